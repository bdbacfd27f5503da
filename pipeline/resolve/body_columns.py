"""Kinds of bodies that head a column of such bodies (保健所 above 若葉保健所, 峠保健所); they are no bodies themselves.

Takes what was found; gives the same without those. Does not know owners.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.resolve.body_found import Found, closed
from pipeline.resolve.context import Context


def without_headers(found: Sequence[Found], context: Context) -> list[Found]:
    return [f for f in found if f.body is not None or f.is_short_name or not _is_header(f, context)]


def _is_header(f: Found, context: Context) -> bool:
    """Whether the cell that a body's name fills has longer names of the kind below it."""
    at = context.cell(f.span)
    if at is None:
        return False
    table, own = at
    text, name = context.document.text, closed(f.span.cut(context.document.text))
    if closed(text[own.start : own.end]) != name:
        return False
    below = (closed(text[c.start : c.end]) for c in table.cells if c.column == own.column and c.row > own.row)
    return any(len(other) > len(name) and other.endswith(name) for other in below)
