"""Tables of a plan's years that lost their columns: a row begins with its year, goes on as text over lines and ends with its figures.

Takes lines; gives tables rebuilt by the order of their headers, and the lines they use up. Does not know units.

    年度 取組実績 事業費 / （百万円） / H28 設置補助 184件 13.8 / R1 / （H31） 設置補助 126件と / 説明会 22.3
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from pipeline.model import Cell, Table
from pipeline.parsers.collapsed_tables import one_after_another
from pipeline.parsers.figure_lines import names_of
from pipeline.parsers.text_tables import TextTable
from pipeline.parsers.textlines import BLANK, Line
from pipeline.parsers.year_names import SECOND, YEAR
from pipeline.text.orthography import units, words
from pipeline.text.patterns import late

_D = "0-9０-９"
_YEAR = re.compile(rf"{YEAR}(?=[{BLANK}]|$)")
_SECOND_NAME = re.compile(rf"{SECOND}(?=[{BLANK}]|$)")
_TOTAL = re.compile(rf"[合総小累]?計(?=[{BLANK}])")
#: the header of the years, first of its line
_PERIOD_NAME = late(rf"[{BLANK}]*[^{BLANK}]*{words('row_period')}(?=[{BLANK}]|$)")
_TOKEN = re.compile(rf"[^{BLANK}]+")
_VALUE = late(
    rf"[△▲+＋\-−－]?[{_D}][{_D},，]*(?:[.．][{_D}]+)?(?:[十百千万億兆]*{units('cell')}|[%％])?|[\-−－–—―…]+|{words('no_value')}|{words('figure_mark')}"
)
_BRACKETED = re.compile(r"[（(［\[][^（()）]{1,20}[)）］\]]")
_SENTENCE = re.compile("[。、]")
_LONGEST_HEADER, _MOST_HEADER_LINES, _MOST_LINES = 24, 8, 40


@dataclass(frozen=True, slots=True)
class _Row:
    """Where a row's name stands (the year, or 計) and its words behind that, each `(start, end)`, a list a line."""

    name: tuple[int, int]
    lines: tuple[tuple[tuple[int, int], ...], ...]
    last: int


def year_rows(text: str, lines: Sequence[Line], taken: Collection[int]) -> list[TextTable]:
    """Tables in order, ids `y1`, `y2` …: all rows end, or begin, with as many values as there are headers beside those of text.

    >>> from pipeline.parsers.textlines import lines
    >>> text = "年度 取組 事業費\\n(百万円)\\nH28 説明会を3回 1.5\\nH29 補助31台、相談\\n会を開催 2.8"
    >>> [[text[c.start:c.end] for c in t.table.cells if c.row == 2] for t in year_rows(text, list(lines(text)), ())]
    [['H29', '補助31台、相談\\n会を開催', '2.8']]
    """
    return one_after_another(len(lines), lambda index, found: _at(text, lines, index, taken, f"y{found + 1}"))


def _at(text: str, lines: Sequence[Line], index: int, taken: Collection[int], name: str) -> TextTable | None:
    if not _PERIOD_NAME.match(lines[index].text):
        return None
    begin = _first_row(lines, index, taken)
    headers = _headers(lines[index:begin]) if begin else []
    if not 3 <= len(headers) <= 8:
        return None
    rows = list(_rows(lines, begin, taken))
    years = [row for row in rows if _YEAR.match(text, row.name[0])]
    if len(years) < 2 or len({text[slice(*row.name)] for row in years}) < len(years):
        return None
    shape = next(((k, m) for k, m in _shapes(len(headers)) if all(_fits(text, row, k, m) for row in years)), None)
    if shape is None or not any(_has_text(text, row, *shape) for row in years):
        return None
    rows = [row for row in rows if row in years or _fits(text, row, 0, shape[1])]
    cells = [Cell(name, 0, number, start, end, heading=True) for number, (start, end, _) in enumerate(headers)]
    for number, row in enumerate(rows, 1):
        cells.append(Cell(name, number, 0, *row.name, heading=True))
        cells += _cells(row, number, headers, shape if row in years else (0, shape[1]), name)
    return TextTable(Table(name, tuple(cells)), index, rows[-1].last)


def _first_row(lines: Sequence[Line], index: int, taken: Collection[int]) -> int:
    """The line of the first year below a line of headers, 0 where other text stands between them."""
    for below in range(index + 1, min(index + _MOST_HEADER_LINES, len(lines))):
        line = lines[below]
        if _YEAR.match(line.text):
            return below
        if below in taken or line.gap or len(line.text) > _LONGEST_HEADER or _SENTENCE.search(line.text):
            return 0
    return 0


def _headers(lines: Sequence[Line]) -> list[tuple[int, int, str]]:
    """Headers as `(start, end, name)`; what stands in brackets belongs to the one before (事業費 （百万円）)."""
    headers: list[tuple[int, int, str]] = []
    for line in lines:
        for start, end in names_of(line):
            name = "".join(line.text[start - line.start : end - line.start].split())
            if headers and _BRACKETED.fullmatch(name):
                headers[-1] = (headers[-1][0], end, f"{headers[-1][2]} {name}")
            else:
                headers.append((start, end, name))
    return headers


def _rows(lines: Sequence[Line], begin: int, taken: Collection[int]) -> Iterator[_Row]:
    """Rows up to a blank line, a note, or another table; a year's second name may stand at the head of the next line."""
    index = begin
    while index < len(lines) and index - begin < _MOST_LINES:
        line = lines[index]
        match = _YEAR.match(line.text) or _TOTAL.match(line.text)
        if match is None or index in taken or (index > begin and line.gap):
            return
        name, at = (line.start, line.start + match.end()), match.end()
        words_of: list[tuple[tuple[int, int], ...]] = []
        while True:
            words_of.append(
                tuple((line.start + m.start(), line.start + m.end()) for m in _TOKEN.finditer(line.text, at))
            )
            index += 1
            if index == len(lines) or index in taken:
                break
            line, at = lines[index], 0
            if line.gap or line.head == "note" or _YEAR.match(line.text) or _TOTAL.match(line.text):
                break
            second = _SECOND_NAME.match(line.text) if words_of == [()] else None
            if second is not None:
                name, at = (name[0], line.start + second.end()), second.end()
        yield _Row(name, tuple(part for part in words_of if part), index)


def _shapes(headers: int) -> Iterator[tuple[int, int]]:
    """How many values may stand before and behind the text: as many as leave a column for it, the most first."""
    for values in range(headers - 2, 0, -1):
        yield from ((before, values - before) for before in range(values))


def _fits(text: str, row: _Row, before: int, behind: int) -> bool:
    """Whether a row begins and ends with so many values and has text between them."""
    if not row.lines:
        return False
    told = [*row.lines[0][:before], *row.lines[-1][-behind:]]
    enough = len(row.lines[-1]) >= behind and sum(map(len, row.lines)) >= before + behind
    return enough and all(_VALUE.fullmatch(text, *span) for span in told)


def _has_text(text: str, row: _Row, before: int, behind: int) -> bool:
    """Whether anything but a value stands between a row's values."""
    spans = [span for line in row.lines for span in line]
    return any(not _VALUE.fullmatch(text, *span) for span in spans[before : len(spans) - behind])


def _cells(
    row: _Row, number: int, headers: Sequence[tuple[int, int, str]], shape: tuple[int, int], name: str
) -> Iterator[Cell]:
    """Cells of a row; text under several headers is one cell that spans them: what parted it is gone."""
    spans = [span for line in row.lines for span in line]
    before, behind = shape
    middle = spans[before : len(spans) - behind]
    columns = len(headers)
    for column, span in enumerate(spans[:before], 1):
        yield Cell(name, number, column, *span, header=headers[column][2])
    if middle:
        width = columns - behind - 1 - before
        header = "・".join(headers[at][2] for at in range(before + 1, before + 1 + width))
        yield Cell(name, number, before + 1, middle[0][0], middle[-1][1], 1, width, header=header)
    for column, span in enumerate(spans[len(spans) - behind :], columns - behind):
        yield Cell(name, number, column, *span, header=headers[column][2])
