"""HTML tables: which hold data and which only lay out the page, and where every cell stands.

Takes a table element; gives places of its cells in a grid. Does not know the cells' text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from lxml.etree import _Element

from pipeline.parsers.html_emphasis import is_emphasised, is_hidden
from pipeline.parsers.html_tree import text_of

_LAYOUT_INSIDE = ("h1", "h2", "h3", "h4", "h5", "h6", "main", "article", "nav")
_ABOVE_CELLS = ("table", "thead", "tbody", "tfoot", "tr")
#: no cell spans further (the HTML standard's limit for columns), and no table is read beyond so many cells
_WIDEST_SPAN, _MOST_CELLS = 1000, 200_000
#: a table around more tables than this is no data
_MOST_INSIDE = 20
_LONGEST_CELL = 1500
_SPAN = re.compile(r"\s*(\d{1,9})")


@dataclass(frozen=True, slots=True)
class CellPlace:
    """A cell element, its place and spans; `heading` None where the markup leaves it to the position."""

    element: _Element
    row: int
    column: int
    row_span: int
    column_span: int
    heading: bool | None


@dataclass(frozen=True, slots=True)
class _Row:
    cells: list[_Element]
    in_head: bool


def is_data_table(table: _Element) -> bool:
    """False for a table of one column, and for one with headings, forms or tables of data inside: its cells are read as blocks."""
    if (table.get("role") or "").lower() in ("presentation", "none"):
        return False
    inside = list(islice(table.iter("table"), 1, _MOST_INSIDE))
    if len(inside) == _MOST_INSIDE - 1 or next(table.iter(*_LAYOUT_INSIDE), None) is not None:
        return False
    # a form around rows is how old pages put a table into a form
    if any(
        parent is not None and parent.tag not in _ABOVE_CELLS for parent in (f.getparent() for f in table.iter("form"))
    ):
        return False
    return _has_grid(table, bool(inside)) and not any(_has_grid(other) for other in inside)


def _has_grid(table: _Element, told: bool = False) -> bool:
    """Whether it has rows and columns; `told` asks for header cells or a caption."""
    rows = _rows(table)
    widths = [sum(_span(cell, "colspan") for cell in row.cells) for row in rows]
    if not widths or max(widths) < 2:
        return False
    if any(child.tag == "caption" for child in table) or any(cell.tag == "th" for row in rows for cell in row.cells):
        return True
    if told or len(rows) == 1 or sum(width > 1 for width in widths) < 2:
        return False
    return all(len(text_of(cell)) < _LONGEST_CELL for row in rows for cell in row.cells)


def cell_places(table: _Element) -> list[CellPlace]:
    """Cells with row and column from 0, as the HTML standard's table model places them.

    Header cells are th and, in rows without th, cells of thead and cells with a scope; without any, rows and columns set in bold
    or on a background. Where they only head columns, whether the first column heads the rows is left to the position.
    """
    rows = _rows(table)
    marked = _marked(rows)
    places = [CellPlace(cell, *place, cell in marked) for cell, place in _placed(rows)]
    heads = places if marked else _emphasised(places)
    if heads is None:
        return [CellPlace(p.element, *_place(p), None) for p in places]
    across = {p.row for p in heads if not p.heading and (len(p.element) or (p.element.text or "").strip())}
    by_row = len(across) < 2 or any(p.heading and p.row in across for p in heads)
    # a row of one cell is the table's title: what heads the columns is left to the position too
    count = Counter(p.row for p in heads)
    titled = not by_row and all(count[p.row] == 1 for p in heads if p.heading)
    return [
        p if p.heading or by_row or (p.column and not titled) else CellPlace(p.element, *_place(p), None) for p in heads
    ]


def _place(place: CellPlace) -> tuple[int, int, int, int]:
    return place.row, place.column, place.row_span, place.column_span


def _marked(rows: Sequence[_Row]) -> set[_Element]:
    marked: set[_Element] = set()
    for row in rows:
        told = [cell for cell in row.cells if cell.tag == "th"]
        marked.update(told or (row.cells if row.in_head else [c for c in row.cells if c.get("scope") is not None]))
    return marked


def _emphasised(places: Sequence[CellPlace]) -> list[CellPlace] | None:
    """The whole rows at the top and columns at the left that are set apart marked as headers; None where there are none, or where
    cells between them are set apart too (rows that are so as a whole, totals, do not count)."""
    looks = [is_emphasised(p.element) for p in places]
    if not any(looks) or all(looks):
        return None
    plain_rows = {p.row for p, look in zip(places, looks, strict=True) if look is False}
    top = min(plain_rows, default=0)
    below = [(p, look) for p, look in zip(places, looks, strict=True) if p.row in plain_rows and look is not None]
    left = min((p.column for p, look in below if not look), default=0)
    if any(look and p.column >= left for p, look in below) or (top == 0 and (left == 0 or len(plain_rows) < 2)):
        return None
    return [CellPlace(p.element, *_place(p), p.row < top or p.column < left) for p in places]


def _placed(rows: Sequence[_Row]) -> Iterator[tuple[_Element, tuple[int, int, int, int]]]:
    # for each column the row below the cell that reaches down into it
    taken: dict[int, int] = {}
    count = 0
    for row, one in enumerate(rows):
        column = 0
        for cell in one.cells:
            while taken.get(column, 0) > row:
                column += 1
            down = _span(cell, "rowspan", len(rows) - row)
            across = _span(cell, "colspan")
            while across > 1 and any(taken.get(column + step, 0) > row for step in range(across)):
                across -= 1
            for step in range(across):
                taken[column + step] = row + down
            yield cell, (row, column, down, across)
            column += across
            count += 1
            if count >= _MOST_CELLS:
                return


def _rows(table: _Element) -> list[_Row]:
    """Rows of the table itself as they are shown: the head first, the foot last. What stands between table, row and cell
    (a form, say) is passed through."""
    found: list[tuple[int, _Row]] = []
    for element, place in _below(table, ("tr",), 1):
        cells = [cell for cell, _ in _below(element, ("td", "th"), 1) if not is_hidden(cell)]
        found.append((place, _Row(cells, place == 0)))
    if any(place != 1 for place, _ in found):
        found.sort(key=lambda one: one[0])
    return [row for _, row in found]


def _below(parent: _Element, names: tuple[str, ...], place: int) -> Iterator[tuple[_Element, int]]:
    """Elements of these names below `parent`, not inside of one another or of another table, that are shown; 0 in a head, 2 in a foot."""
    stack = [(iter(parent), place)]
    while stack:
        children, place = stack[-1]
        child = next(children, None)
        if child is None:
            stack.pop()
        elif child.tag in names:
            if not is_hidden(child):
                yield child, place
        elif child.tag not in ("table", "caption", "td", "th", "tr") and len(child) and not is_hidden(child):
            stack.append((iter(child), {"thead": 0, "tfoot": 2}.get(child.tag, place)))


def _span(cell: _Element, name: str, rest: int = _WIDEST_SPAN) -> int:
    """A span as browsers read it: the number at the start of the text, 1 if there is none, 0 for all the rest."""
    written = cell.get(name)
    if written is None or written == "1":
        return 1
    match = _SPAN.match(written)
    if match is None:
        return 1
    number = int(match[1])
    if number == 0:
        return max(rest, 1) if name == "rowspan" else 1
    return max(1, min(number, rest, _WIDEST_SPAN))
