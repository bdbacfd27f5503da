"""Dates that only their list or table tells: 11.9-13 or 5.21 at the heads of lines (month and day, or an outline's numbers), H30 in a cell,
months over rows of several years.

Takes the context; gives the spans that may be dates. Does not choose years.
"""

from __future__ import annotations

from pipeline.model import Candidate, DateValue, Span
from pipeline.resolve.context import Context
from pipeline.resolve.date_year_columns import headed_years

#: one or two such figures are no list: they count only where no outline goes that far
_LIST = 3
_LONGEST_OUTLINE = 12
#: how many lines above a row its header, or the row before, may stand
_HEADER_LINES, _HEADER = 4, 200
#: of a list of dates only few follow each other by one, as the numbers of an outline do
_OUTLINE_SHARE = 0.5


def listed_dates(context: Context) -> frozenset[Span]:
    """Spans of month.day figures that the document shows to be dates.

    A list is shown by figures at the heads of lines of which fewer than half are first numbers (3.1) or successors (3.2 behind 3.1).
    """
    dates = [
        c
        for c in context.of_kind("date")
        if isinstance(c.value, DateValue) and c.value.role in ("listed", "row", "column")
    ]
    listed = [c for c in dates if isinstance(c.value, DateValue) and c.value.role == "listed"]
    years = [c for c in listed if _year(c) is not None]
    in_rows = _below_header(context, [c for c in dates if isinstance(c.value, DateValue) and c.value.role == "row"])
    return _in_row_or_column(context, years) | _days(context, [c for c in listed if _year(c) is None]) | in_rows


def heads_years(context: Context, span: Span) -> bool:
    """Whether a date stands at the top of a column whose rows are of several years: a month there has no one year."""
    placed = context.cell(span)
    if placed is None:
        return False
    table, cell = placed
    if cell.column == 0 or cell.row != table.cells[0].row:
        return False
    firsts = [c for c in table.cells if c.column == 0 and c.row > cell.row and c.end > c.start]
    found = (context.inside("date", Span(c.start, c.end)) for c in firsts)
    return len({year for dates in found for date in dates[:1] if (year := _year(date)) is not None}) > 1


def _in_row_or_column(context: Context, years: list[Candidate]) -> frozenset[Span]:
    """Years of an era's letter (H30) that share a row or column of a table with another one."""
    lines: dict[tuple[str, str, int], list[Candidate]] = {}
    for candidate in years:
        placed = context.cell(candidate.span)
        if placed is not None:
            table, cell = placed
            lines.setdefault((table.table_id, "row", cell.row), []).append(candidate)
            lines.setdefault((table.table_id, "column", cell.column), []).append(candidate)
    return frozenset(c.span for line in lines.values() if len({_year(c) for c in line}) > 1 for c in line)


def _below_header(context: Context, candidates: list[Candidate]) -> frozenset[Span]:
    """Years in rows without a table: several lines, each with one, not far below a line of which a word ends as headers of years do (設立年)."""
    found: set[Span] = set()
    group: list[Candidate] = []
    for candidate in candidates:
        before = context.blocks_before(candidate.span, _HEADER_LINES)
        block = context.block(candidate.span)
        near = before[-1].start if before else block.start if block is not None else candidate.span.start
        if group and group[-1].span.start < near:
            group = []
        above = context.document.text[near : candidate.span.start]
        headed = any(headed_years(context, word) for word in above[-_HEADER:].split())
        group = [*group, candidate] if group or headed else []
        if len(group) >= _LIST:
            found |= {c.span for c in group}
    return frozenset(found)


def _days(context: Context, candidates: list[Candidate]) -> frozenset[Span]:
    heads = [c for c in candidates if _heads_line(context, c.span)]
    numbers = [_number(c) for c in heads]
    if not heads:
        return frozenset()
    seen = set(numbers)
    outlined = sum(day == 1 or (month, day - 1) in seen for month, day in numbers)
    if outlined >= _OUTLINE_SHARE * len(numbers):
        return frozenset()
    if len(seen) >= _LIST:
        return frozenset(c.span for c in candidates)
    return frozenset(
        c.span for c, (_, day) in zip(heads, numbers, strict=True) if day > _LONGEST_OUTLINE or _is_range(c)
    )


def _heads_line(context: Context, span: Span) -> bool:
    """Whether nothing but a bullet stands before it in its line."""
    block = context.block(span)
    return block is not None and not any(map(str.isalnum, context.document.text[block.start : span.start]))


def _year(candidate: Candidate) -> int | None:
    value = candidate.value
    return value.start.year if isinstance(value, DateValue) and value.start is not None else None


def _number(candidate: Candidate) -> tuple[int, int]:
    assert isinstance(candidate.value, DateValue)
    start = candidate.value.start
    return (start.month or 0, start.day or 0) if start is not None else (0, 0)


def _is_range(candidate: Candidate) -> bool:
    return isinstance(candidate.value, DateValue) and candidate.value.range
