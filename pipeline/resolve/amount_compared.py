"""The unit of numbers that are compared with those beside them, or part of them: 対前年増減, 前日比, 前年度末 or うち男 behind 人口（人）.

Takes a context, a table and a cell whose headers say no unit; gives that of the nearest column of numbers to its left. Does not know labels.
"""

from __future__ import annotations

import re

from pipeline.model import Cell, DateValue, Span, Table
from pipeline.resolve.amount_counters import counted_unit
from pipeline.resolve.amount_headers import CHANGE, OF_ITSELF, HeaderUnit, bare, header_kind, header_text, header_unit
from pipeline.resolve.context import Context
from pipeline.resolve.label_words import GAZETTEERS, label_words

_POINT = re.compile("[.．]")


def compared_unit(context: Context, table: Table, cell: Cell) -> HeaderUnit | None:
    """None where the header says no comparison, where shares stand to the left, or decimals beside what is counted: they are shares."""
    headers = table.column_headers(cell)
    if not headers or cell.heading or header_kind(context, headers[-1]) not in ("", CHANGE):
        return None
    words = label_words(*(context.gazetteers.get(name) for name in GAZETTEERS))
    text = bare(header_text(context, headers[-1]))
    if not (words.ends(text, "comparing") or words.part.match(text) or _is_earlier(context, headers[-1])):
        return None
    for other in reversed([c for c in table.in_row(cell.row) if c.column < cell.column and c.end > c.start]):
        if other.heading or other.column == 0:
            continue
        found = header_unit(context, table, other) or counted_unit(context, table, other, whole=True)
        if found is not None:
            share = found.kind == "count" and _POINT.search(context.document.text, cell.start, cell.end)
            return found if found.kind not in OF_ITSELF and not share else None
    return None


def _is_earlier(context: Context, header: Cell) -> bool:
    """Whether a header is no more than a time before another one (前年度末, 前回)."""
    dates = context.inside("date", Span(header.start, header.end))
    value = dates[0].value if dates else None
    start = value.start if isinstance(value, DateValue) else None
    filled = bool(dates) and dates[0].span.end - dates[0].span.start == header.end - header.start
    return filled and start is not None and start.anchor != "" and (start.relative or 0) < 0
