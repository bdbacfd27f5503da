"""A budget book's tables over facing pages against the workbook that people made of it.

Takes the workbook and the document; gives, by column, how many printed values stand in the right row. Does not know how cells are found.

The workbook tells every line of a budget with all that it belongs to: 目 and its amounts, 節, 小区分, 説明. The book prints each once, so a value that
the workbook only repeats from the row above counts once. It is found where a row of ours holds it, and that row lies below the right 目
and within the right 節: rows from the one that holds it to the next one's. In a row stand the texts of all cells that cover
it; of "1 報酬" the number and the name count apart, and neighbours count together where the workbook has them in one value (負担金 416). Left out are 款 and 項,
which stand above the tables as headings, and 説明レベル, which is printed nowhere.
"""

from __future__ import annotations

import itertools
import re
import string
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree
from zipfile import ZipFile

from bench.plain import plain
from pipeline.model import Document

_ITEM, _SECTION, _PART, _NOTE = slice(2, 10), slice(10, 13), slice(13, 15), (15, 17, 18)
#: the first of the columns of 財源, which the workbook repeats from the 目 before where the book has none
_SOURCES = 6
_LETTERS = string.ascii_uppercase
_NS = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_NUMBERED = re.compile(r"^(\d{1,3}) (.+)$")
#: rows of ours without any of the next 目 before it is given up
_FAR = 2_000


@dataclass(frozen=True, slots=True)
class _Row:
    """What stands in a row of cells."""

    values: frozenset[str]


def found_by_column(workbook: Path, document: Document) -> dict[str, tuple[int, int]]:
    """(found, expected) of each column of the workbook."""
    head, *rows = _expected(workbook)
    ours = list(_rows(document))
    expected: Counter[int] = Counter()
    found: Counter[int] = Counter()

    def count(row: Sequence[str], columns: Sequence[int], at: _Row | None) -> None:
        for column in columns:
            if row[column]:
                expected[column] += 1
                found[column] += at is not None and row[column] in at.values

    items = [index for index, row in enumerate(rows) if not index or row[:10] != rows[index - 1][:10]]
    starts = _placed([rows[index] for index in items], ours)
    for number, index in enumerate(items):
        end = items[number + 1] if number + 1 < len(items) else len(rows)
        start = starts[number]
        stop = next((later for later in starts[number + 1 :] if later is not None), len(ours))
        own = [
            column
            for column in range(2, 10)
            if column < _SOURCES or not index or rows[index][column] != rows[index - 1][column]
        ]
        count(rows[index], own, ours[start] if start is not None else None)
        _sections(rows[index:end], ours[start:stop] if start is not None else [], count)
    return {str(head[column]): (found[column], expected[column]) for column in sorted(expected)}


def _sections(rows: Sequence[Sequence[str]], ours: Sequence[_Row], count: object) -> None:
    assert callable(count)
    firsts = [index for index, row in enumerate(rows) if not index or row[_SECTION] != rows[index - 1][_SECTION]]
    at = 0
    places: list[int | None] = []
    for index in firsts:
        wanted = {value for value in rows[index][_SECTION] if value}
        place = next((place for place in range(at, len(ours)) if wanted <= ours[place].values), None)
        places.append(place)
        at = at if place is None else place
    for number, index in enumerate(firsts):
        end = firsts[number + 1] if number + 1 < len(firsts) else len(rows)
        start = places[number]
        count(rows[index], range(10, 13), ours[start] if start is not None else None)
        stop = next((later for later in places[number + 1 :] if later is not None), len(ours))
        inside = list(ours[start : max(stop, start + 1)]) if start is not None else []
        for columns in (range(13, 15), _NOTE):
            used: set[int] = set()
            for row in rows[index:end]:
                wanted = {row[column] for column in columns if row[column]}
                if wanted:
                    best = max(
                        (place for place in range(len(inside)) if place not in used),
                        key=lambda place: (len(wanted & inside[place].values), -place),
                        default=None,
                    )
                    if best is not None and wanted & inside[best].values:
                        used.add(best)
                    count(row, columns, inside[best] if best is not None else None)


def _placed(items: Sequence[Sequence[str]], ours: Sequence[_Row]) -> list[int | None]:
    """The row of ours at which each 目 stands: the first behind the one before that begins with its name and has most of its amounts."""
    places: list[int | None] = []
    at = 0
    for item in items:
        wanted = {value for value in item[_ITEM] if value}
        near = range(at, min(at + _FAR, len(ours)))
        best = max(near, key=lambda place: (len(wanted & ours[place].values), -place), default=None)
        if best is None or len(wanted & ours[best].values) * 2 <= len(wanted):
            places.append(None)
            continue
        places.append(best)
        at = best + 1
    return places


def _expected(workbook: Path) -> list[list[str]]:
    """The first sheet (ECMA-376 part 1, 18.3; strings inline): rows of values as `plain` tells them, "" where a cell is empty."""
    with ZipFile(workbook) as parts:
        sheet = ElementTree.fromstring(parts.read("xl/worksheets/sheet1.xml"))
    cells = {cell.get("r", ""): "".join(cell.itertext()) for cell in sheet.iter(f"{_NS}c")}
    places = {name: (int(name.lstrip(_LETTERS)), _LETTERS.index(name[0])) for name in cells}
    width = max(column for _, column in places.values()) + 1
    rows = [[""] * width for _ in range(max(row for row, _ in places.values()))]
    for name, (row, column) in places.items():
        rows[row - 1][column] = plain(cells[name])
    return rows


def _rows(document: Document) -> Iterator[_Row]:
    for table in document.tables:
        rows: dict[int, list[tuple[int, str]]] = {}
        for cell in table.cells:
            text = " ".join(document.text[cell.start : cell.end].split())
            if text:
                for row in cell.rows:
                    rows.setdefault(row, []).append((cell.column, text))
        for row in sorted(rows):
            texts = [text for _, text in sorted(rows[row])]
            values = {plain(text) for text in texts} | {plain(one + other) for one, other in itertools.pairwise(texts)}
            for text in texts:
                if numbered := _NUMBERED.match(text):
                    values |= {numbered[1], str(int(numbered[1])), plain(numbered[2])}
            yield _Row(frozenset(values))
