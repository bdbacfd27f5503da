"""Tables of a page that were flattened a cell a line: names of columns, then rows that each are a name and as many values.

Takes lines; gives tables rebuilt by the number of their columns, and the lines they use up. Does not know units.

    部門 / 2013年度 / （基準年度） / 2021年度 / 産業 / 1,132 / 1,003 / 家庭 / 571 / 441 / 運輸 / 735 / 633
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.model import Cell, Table
from pipeline.parsers.cell_kinds import is_value
from pipeline.parsers.collapsed_tables import one_after_another
from pipeline.parsers.text_tables import TextTable
from pipeline.parsers.textlines import Line

_BRACKETED = re.compile(r"[（(〔][^（()）]{1,20}[)）〕]")
_SENTENCE = re.compile(r"[。、：:]|[（(]単位")
#: characters of a name; rows and columns of values that make a table
_LONGEST, _FEWEST_ROWS, _FEWEST_VALUES, _MOST_VALUES = 24, 3, 2, 12

#: a cell: where it starts and ends
_Piece = tuple[int, int]


def stacked_rows(lines: Sequence[Line]) -> list[TextTable]:
    """Tables in order, ids `r1`, `r2` ….

    >>> from pipeline.parsers.textlines import lines
    >>> text = "部門\\n2013年度\\n（基準）\\n2021年度\\n産業\\n1,132\\n1,003\\n家庭\\n571\\n441\\n運輸\\n735\\n633"
    >>> table = stacked_rows(list(lines(text)))[0].table
    >>> [(text[c.start:c.end], c.header) for c in table.cells if c.row == 2]
    [('家庭', ''), ('571', '2013年度（基準）'), ('441', '2021年度')]
    """
    return one_after_another(len(lines), lambda index, found: _at(lines, index, f"r{found + 1}"))


def _at(lines: Sequence[Line], index: int, name: str) -> TextTable | None:
    width = _values(lines, index + 1)
    if not _FEWEST_VALUES <= width <= _MOST_VALUES or not _is_name(lines, index):
        return None
    rows = [index]
    while (following := rows[-1] + width + 1) < len(lines) and not lines[following].gap:
        if not _is_name(lines, following) or _values(lines, following + 1) != width:
            break
        rows.append(following)
    if len(rows) < _FEWEST_ROWS:
        return None
    first, headers = _headers(lines, index, width)
    if not headers:
        return None
    texts = ["".join(line for line in _texts(lines, header)) for header in headers]
    cells = [Cell(name, 0, at, *header, heading=True) for at, header in enumerate(headers, width + 1 - len(headers))]
    texts = [""] * (width + 1 - len(texts)) + texts
    for number, row in enumerate(rows, 1):
        cells.append(Cell(name, number, 0, lines[row].start, lines[row].end, heading=True))
        cells += [
            Cell(name, number, at, lines[row + at].start, lines[row + at].end, header=texts[at])
            for at in range(1, width + 1)
        ]
    return TextTable(Table(name, tuple(cells)), first, rows[-1] + width + 1)


def _values(lines: Sequence[Line], first: int) -> int:
    """How many lines from one on are values."""
    at = first
    while at < len(lines) and not lines[at].gap and is_value(lines[at].text):
        at += 1
    return at - first


def _is_name(lines: Sequence[Line], at: int) -> bool:
    line = lines[at]
    short = len(line.text) <= _LONGEST and not line.columned and not _SENTENCE.search(line.text)
    return short and not is_value(line.text)


def _headers(lines: Sequence[Line], row: int, width: int) -> tuple[int, list[_Piece]]:
    """The line that the headers begin with, and their places: one for each column of values, and one for the names where there is one; none where
    it is not plain with which line they begin."""
    headers: list[_Piece] = []
    at = row
    while at > 0 and len(headers) <= width and not lines[at].gap:
        last = at - 1
        first = last - 1 if last > 0 and _BRACKETED.fullmatch(lines[last].text) and not lines[last].gap else last
        if not _is_name(lines, first):
            break
        headers.insert(0, (lines[first].start, lines[last].end))
        at = first
    plain = at == 0 or lines[at].gap > 0 or not _is_name(lines, at - 1)
    return (at, headers) if plain and len(headers) in (width, width + 1) else (at, [])


def _texts(lines: Sequence[Line], place: _Piece) -> list[str]:
    return [line.text for line in lines if place[0] <= line.start and line.end <= place[1]]
