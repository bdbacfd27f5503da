"""The time that a number of a table is about: from its row, column or caption, from the lines around the table, else from what the source covers.

Takes a figure; gives EDTF and the date's span. Does not know units. Each way is a function that answers with a date or not at all; `TIMES` is
the order in which they are asked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from pipeline.model import Cell, Mention, Span
from pipeline.resolve.amount_figures import Figure
from pipeline.resolve.amount_headers import bare, dates_inside, header_kind, header_text
from pipeline.resolve.amount_table_lines import of_document, of_headings, of_lines_above, of_note_below
from pipeline.resolve.context import Context
from pipeline.resolve.continued_headers import column_headers
from pipeline.resolve.date_cue_words import cue_words
from pipeline.resolve.label_words import GAZETTEERS, label_words

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


def table_period(figure: Figure) -> Period:
    """The first date that one of `TIMES` gives, else what the source covers where the figure asks for it."""
    date = next((date for time in TIMES if (date := time(figure)) is not None), None)
    if date is None:
        return Period(figure.context.statement.about if figure.covers else "")
    return Period(date.columns["edtf"], date.span)


def of_own_cell(figure: Figure) -> Mention | None:
    """The day that the cell begins with (1月8日（土）午後2時～　参加者23名)."""
    date = next(dates_inside(figure.dates, Span(figure.cell.start, figure.cell.end)), None)
    if date is None or date.span.start > figure.cell.start or date.columns["precision"] not in ("day", "time"):
        return None
    return date if date.columns["edtf"] and not date.columns["role"] else None


def of_headers(figure: Figure) -> Mention | None:
    """The date of a column header from the innermost, else of a row header."""
    return _first(figure, (Span(header.start, header.end) for header in figure.headers))


def of_column(figure: Figure) -> Mention | None:
    """The date that fills the nearest cell above in the column, header or not, unless it is one that the numbers are compared with."""
    date = figure.around.in_column(figure.cell.column, figure.cell.row)
    return date if date is None or date.basis == "relative" or not _is_compared(figure.context, date) else None


def of_row(figure: Figure) -> Mention | None:
    """The date that fills a cell of the row headed 期間, 年度 or 実施日, else that of the first cell."""
    cells = [cell for cell in figure.table.in_row(figure.cell.row) if cell.end > cell.start]
    for cell in cells:
        if cell.column != figure.cell.column and _tells_when(figure, cell):
            date = _first(figure, (Span(cell.start, cell.end),))
            if date is not None:
                return date
    first = next((cell for cell in cells if cell.column < figure.cell.column), None)
    return _first(figure, (Span(first.start, first.end),)) if first is not None else None


def of_caption(figure: Figure) -> Mention | None:
    """The date of the caption, or of the line above that said what is counted."""
    return _first(figure, (span for span in (figure.table.caption, figure.title) if span is not None))


def _is_name(figure: Figure, date: Mention, place: Span) -> bool:
    """Whether 当年度 begins the name of a row (当年度純利益), which is not of the time of all its columns."""
    if date.basis != "relative":
        return False
    rest = "".join(figure.context.document.text[date.span.end : place.end].split())
    words = label_words(*(figure.context.gazetteers.get(name) for name in GAZETTEERS))
    return bool(words.measured(rest)) and not any(
        cell.start == place.start for cell in column_headers(figure.context, figure.table, figure.cell)
    )


def _first(figure: Figure, places: Iterator[Span] | tuple[Span, ...]) -> Mention | None:
    for span in places:
        for date in dates_inside(figure.dates, span):
            if date.columns.get("edtf") and not _is_of_another(figure, date, span):
                return date
    return None


def _is_of_another(figure: Figure, date: Mention, place: Span) -> bool:
    return _compares(figure.context, date, place) or _is_told_of(date, place) or _is_name(figure, date, place)


def _tells_when(figure: Figure, cell: Cell) -> bool:
    words = figure.context.gazetteers["period_words"].surfaces
    heads = figure.table.column_headers(cell)
    return bool(heads) and bare(header_text(figure.context, heads[-1])) in words


def _is_told_of(date: Mention, header: Span) -> bool:
    """Whether a date stands inside a text that is too long for a header."""
    return header.end - header.start > _LONGEST and date.span.start > header.start


def _compares(context: Context, date: Mention, header: Span) -> bool:
    """Whether 前年度 in a header is what is compared with (対前年度比) or part of a name (前年度繰上充用金), not the numbers' own time."""
    if date.basis != "relative":
        return _is_compared(context, date)
    filled = 2 * (date.span.end - date.span.start) >= len(bare(header_text(context, header)))
    return header_kind(context, header) == "percent" or not filled


def _is_compared(context: Context, date: Mention) -> bool:
    """Whether a year is one that something is compared with (2013年度比)."""
    given = (context.gazetteers[name] for name in ("date_roles", "date_tenses", "date_notices"))
    return cue_words(*given).compared.match(context.document.text, date.span.end) is not None


TIMES: tuple[Callable[[Figure], Mention | None], ...] = (
    of_own_cell,
    of_headers,
    of_column,
    of_row,
    of_caption,
    of_lines_above,
    of_headings,
    of_note_below,
    of_document,
)
