"""Years that only their column or row of a table tells: 28 and 29 below 平成27年, or 2018, 2019 and 2020 below each other.

Takes a context; gives a candidate and its antecedent for each. Does not know text outside of tables.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple
from unicodedata import normalize

from pipeline.engine.gazetteer import Gazetteer
from pipeline.model import Candidate, Cell, DatePoint, DateValue, Span, Table
from pipeline.resolve.context import Context
from pipeline.text.calendar_jp import numeral

#: the rule that reads 12年 in a cell reads 12 there too, where the cells before it count up to it
_RULE = "date.partial.cell_year"
#: so many cells that count on are no accident, so many years neither
_RUN, _YEARS = 2, 3
#: no era has counted further
_LONGEST = 70
_YEAR_LENGTH, _FIRST, _LAST = 4, 1868, 2100
_STEPS = frozenset((1, -1, 5, 10))
#: a number, two of them with a mark between, in a cell that is folded to half width
_NUMBERS = re.compile(r"(?P<first>[0-9]{1,2}) ?(?:(?P<mark>[・,、~〜\-–—]) ?(?P<last>[0-9]{1,2}))?")
_NUMBER = re.compile("[0-9０-９]+")
_LISTING = "・,、"


class Told(NamedTuple):
    """A year told by its column or row; the antecedent is None where it is written out."""

    candidate: Candidate
    antecedent: Span | None


class _Year(NamedTuple):
    cell: Cell
    candidate: Candidate
    point: DatePoint
    number: int


def told_years(context: Context) -> dict[Span, Told]:
    """By span, the cells that hold a number and are years."""
    found: dict[Span, Told] = {}
    years = _years(context)
    for table in context.document.tables:
        of_eras = years.get(table.table_id, [])
        for told in (
            *_counted_on(context, table, of_eras),
            *_headed(context, table, of_eras),
            *_written(context, table),
        ):
            found.setdefault(told.candidate.span, told)
    taken = {c.span.start for span in found for c in context.inside("date", span)}
    return {span: told for span, told in found.items() if span.start not in taken}


def headed_years(context: Context, text: str) -> str:
    """`year` or `fiscal` where a word of a header says that years stand below it (年度, 設立年), else ""."""
    whole, ends = _head_words(context.gazetteers["date_notices"])
    if text in whole:
        return whole[text]
    if not text.endswith(tuple(ends)):
        return ""
    return next(told for word, told in ends.items() if text.endswith(word))


def heads_fiscal(context: Context, span: Span) -> bool:
    """Whether a span begins a cell of a column that is headed as one of fiscal years (年度)."""
    placed = context.cell(span)
    return placed is not None and placed[1].start == span.start and _head(context, *placed) == "fiscal"


@lru_cache(maxsize=4)
def _head_words(gazetteer: Gazetteer) -> tuple[dict[str, str], dict[str, str]]:
    """Headers of years, and ends of such headers, with what they tell."""
    whole, ends = (
        {r["surface"]: r["tense"] for r in gazetteer.rows if r["place"] == place} for place in ("head", "years")
    )
    return whole, ends


def _years(context: Context) -> dict[str, list[_Year]]:
    """For each table the cells that hold a year of an era and nothing else."""
    found: dict[str, list[_Year]] = {}
    if not context.document.tables:
        return found
    for candidate in context.of_kind("date"):
        number = numeral(candidate.groups.get("era_year", ""))
        point = _single_year(candidate)
        placed = context.cell(candidate.span) if number is not None and point is not None else None
        if placed is None or number is None or point is None:
            continue
        table, cell = placed
        if len(_text(context, cell)) == candidate.span.end - candidate.span.start:
            found.setdefault(table.table_id, []).append(_Year(cell, candidate, point, number))
    return found


def _single_year(candidate: Candidate) -> DatePoint | None:
    value = candidate.value
    point = value.start if isinstance(value, DateValue) and not value.range else None
    if point is None or point.year is None or point.wrong:
        return None
    return point if point.month is None and point.season is None and not point.part else None


def _counted_on(context: Context, table: Table, years: Sequence[_Year]) -> Iterator[Told]:
    """Numbers that count on below a year or to its right; not below years that stand side by side, which head columns."""
    if not years:
        return
    in_row, in_column = Counter(y.cell.row for y in years), Counter(y.cell.column for y in years)
    columns: dict[int, list[Cell]] = {}
    for cell in sorted(table.cells, key=_row):
        if cell.column in in_column:
            columns.setdefault(cell.column, []).append(cell)
    starts = {year.cell.start for year in years}
    for year in years:
        line = columns[year.cell.column]
        below = line[bisect_right(line, year.cell.row, key=_row) :][:_LONGEST]
        right = sorted((c for c in table.in_row(year.cell.row) if c.column > year.cell.column), key=_column)
        for cells, beside in ((below, in_row[year.cell.row]), (right, in_column[year.cell.column])):
            run = _run(context, year, cells) if beside == 1 else []
            ended = cells[len(run)].start in starts if len(run) < len(cells) else False
            if len(run) >= _RUN or (run and ended):
                yield from run


def _run(context: Context, year: _Year, cells: Sequence[Cell]) -> list[Told]:
    told: list[Told] = []
    for later, cell in enumerate(cells, 1):
        text = _text(context, cell)
        if not text.isdecimal() or len(text) > 2 or int(text) != year.number + later:
            break
        point = year.point._replace(year=(year.point.year or 0) + later)
        told.append(Told(_candidate(context, cell, point), year.candidate.span))
    return told


def _headed(context: Context, table: Table, years: Sequence[_Year]) -> Iterator[Told]:
    """Numbers, ranges (28～30) and lists (2・3) of them in a column that is headed as one of years, below a year of an era, as long as
    they count on; other text (計) ends the column."""
    written = {year.cell.start: year for year in years}
    for column in {year.cell.column for year in years if _head(context, table, year.cell)}:
        above: _Year | None = None
        for cell in (c for c in table.cells if c.column == column and c.end > c.start):
            found = written.get(cell.start)
            if found is not None:
                above = found
                continue
            numbers = _NUMBERS.fullmatch(_text(context, cell)) if above is not None else None
            if above is None:
                continue
            if numbers is None or not above.number < int(numbers["first"]) < int(numbers["last"] or _LONGEST):
                break
            told = list(_numbered(context, cell, above, (numbers["mark"] or "~") in _LISTING))
            above = above._replace(number=int(numbers["last"] or numbers["first"]), point=_last(told[-1]))
            yield from told


def _numbered(context: Context, cell: Cell, above: _Year, listed: bool) -> Iterator[Told]:
    """The years of a cell's numbers: one each where they are listed, else one from the first to the last."""
    spans = [Span(m.start(), m.end()) for m in _NUMBER.finditer(context.document.text, cell.start, cell.end)]
    points = []
    for span in spans:
        later = int(span.cut(context.document.text)) - above.number
        points.append(above.point._replace(year=(above.point.year or 0) + later))
    if len(points) == 1 or listed:
        for span, point in zip(spans, points, strict=True):
            yield Told(Candidate("date", span, _RULE, DateValue(point)), above.candidate.span)
    else:
        whole = Span(spans[0].start, spans[-1].end)
        value = DateValue(points[0], points[-1], range=True)
        yield Told(Candidate("date", whole, _RULE, value), above.candidate.span)


def _last(told: Told) -> DatePoint:
    value = told.candidate.value
    assert isinstance(value, DateValue)
    assert value.start is not None
    return value.end or value.start


def _written(context: Context, table: Table) -> Iterator[Told]:
    """Years of four figures: those of a column whose header says so, and those that follow each other along the first row. Down a column without
    such a header they may be serial numbers."""
    text = context.document.text
    columns: dict[int, list[tuple[Cell, int]]] = {}
    for cell in table.cells:
        if _YEAR_LENGTH <= cell.end - cell.start <= 2 * _YEAR_LENGTH:
            shown = text[cell.start : cell.end].strip()
            if len(shown) == _YEAR_LENGTH and shown.isdecimal():
                columns.setdefault(cell.column, []).append((cell, int(shown)))
    if not columns:
        return
    first = table.cells[0].row
    for numbers in columns.values():
        head = _head(context, table, numbers[-1][0])
        if head:
            yield from _years_of(context, numbers, head == "fiscal")
    row = sorted(
        (number for numbers in columns.values() for number in numbers if number[0].row == first), key=_in_column
    )
    if (
        len(row) >= _YEARS
        and len(steps := {later - earlier for (_, earlier), (_, later) in pairwise(row)}) == 1
        and steps <= _STEPS
    ):
        yield from _years_of(context, row, False)


def _years_of(context: Context, numbers: Sequence[tuple[Cell, int]], fiscal: bool) -> Iterator[Told]:
    if all(_FIRST <= year <= _LAST for _, year in numbers):
        for cell, year in numbers:
            point = DatePoint(year, precision="fiscal_year" if fiscal else "year", fiscal=fiscal)
            yield Told(_candidate(context, cell, point), None)


def _head(context: Context, table: Table, cell: Cell) -> str:
    """`year` or `fiscal` where the header says that the column holds years (年次, 年度), else ""."""
    texts = [_text(context, header) for header in table.column_headers(cell)]
    return next((told for text in texts if (told := headed_years(context, text))), "")


def _candidate(context: Context, cell: Cell, point: DatePoint) -> Candidate:
    text = context.document.text[cell.start : cell.end]
    start = cell.start + len(text) - len(text.lstrip())
    return Candidate("date", Span(start, start + len(text.strip())), _RULE, DateValue(point))


def _text(context: Context, cell: Cell) -> str:
    return normalize("NFKC", context.document.text[cell.start : cell.end]).strip()


def _row(cell: Cell) -> int:
    return cell.row


def _column(cell: Cell) -> int:
    return cell.column


def _in_column(number: tuple[Cell, int]) -> int:
    return number[0].column
