"""The time that a number of a table is about: from its row, column or caption, else from what the source covers.

Takes a context, a place and the resolved dates (sorted by span); gives EDTF and the date's span. Does not know units.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.model import Cell, Mention, Span, Table
from pipeline.resolve.amount_headers import dates_inside, header_kind
from pipeline.resolve.context import Context

#: a longer cell is a text of its own
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Period:
    """`edtf` is "" where nothing tells the time; `span` is that of the date mention, None where it is the source's `covers`."""

    edtf: str = ""
    span: Span | None = None


def period_of(amount: Mention) -> Period:
    """The time that an amount was given."""
    start, _, end = amount.columns.get("period_span", "").partition(":")
    return Period(amount.columns["period"], Span(int(start), int(end)) if end else None)


def table_period(
    context: Context, table: Table, cell: Cell, dates: Sequence[Mention], title: Span | None, covers: bool
) -> Period:
    """The date of the column or row header, the first cell of the row, the caption, the title that said what is counted; else
    `covers` where asked for."""
    for span in (*_places(table, cell), *([title] if title is not None else ())):
        for date in dates_inside(dates, span):
            if date.columns.get("edtf") and not _compares(context, date, span) and not _is_told_of(date, span):
                return Period(date.columns["edtf"], date.span)
    return Period(context.statement.covers) if covers else Period()


def _is_told_of(date: Mention, header: Span) -> bool:
    """Whether a date stands inside a text that is too long for a header."""
    return header.end - header.start > _LONGEST and date.span.start > header.start


def _compares(context: Context, date: Mention, header: Span) -> bool:
    """Whether 前年度 in a header is what is compared with (対前年度比) or part of a name (前年度繰上充用金), not the numbers' own time."""
    if date.basis != "relative":
        return False
    fills = 2 * (date.span.end - date.span.start) >= header.end - header.start
    return header_kind(context, header) == "percent" or not fills


def _places(table: Table, cell: Cell) -> Iterator[Span]:
    for header in (*reversed(table.column_headers(cell)), *reversed(table.row_headers(cell))):
        yield Span(header.start, header.end)
    for other in table.in_row(cell.row):
        if other.column < cell.column:
            yield Span(other.start, other.end)
            break
    if table.caption is not None:
        yield table.caption
