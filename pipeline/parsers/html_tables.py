"""HTML tables: which hold data and which only lay out the page, and where every cell stands.

Takes a table element; gives places of its cells in a grid. Does not know the cells' text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bs4 import Tag

_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_LAYOUT_INSIDE = ("table", "h1", "h2", "h3", "h4", "h5", "h6", "form", "main", "article", "nav")
#: no cell spans further (the HTML standard's limit for columns), and no table is read beyond so many cells
_WIDEST_SPAN, _MOST_CELLS = 1000, 200_000


@dataclass(frozen=True, slots=True)
class CellPlace:
    """A cell element, its place and spans; `heading` None where no cell of the table is marked as a header."""

    tag: Tag
    row: int
    column: int
    row_span: int
    column_span: int
    heading: bool | None
    path: str


def is_hidden(tag: Tag) -> bool:
    """Whether a browser shows nothing of it, as far as the element itself says."""
    attributes = tag.attrs
    if not attributes:
        return False
    style = attributes.get("style")
    return "hidden" in attributes or (style is not None and bool(_HIDDEN.search(str(style))))


def is_data_table(table: Tag) -> bool:
    """False for a table of one column or with tables or headings inside: its cells are read as blocks."""
    if str(table.get("role", "")).lower() in ("presentation", "none") or table.find(_LAYOUT_INSIDE) is not None:
        return False
    rows = list(_rows(table))
    widths = [sum(_span(cell, "colspan") for cell in cells) for _, cells, _ in rows]
    if not widths or max(widths) < 2:
        return False
    if table.find(("th", "caption")) is not None:
        return True
    if len(rows) == 1 or len([width for width in widths if width > 1]) < 2:
        return False
    texts = [len(cell.get_text(strip=True)) for _, cells, _ in rows for cell in cells]
    return max(texts, default=0) < 1500


def cell_places(table: Tag) -> Iterator[CellPlace]:
    """Cells with row and column from 0, as the HTML standard's table model places them."""
    rows = list(_rows(table))
    marked = any(cell.name == "th" or head for _, cells, head in rows for cell in cells)
    # for each column the row below the cell that reaches down into it
    taken: dict[int, int] = {}
    count = 0
    for row, (path, cells, in_head) in enumerate(rows):
        column = 0
        numbers: dict[str, int] = {}
        for cell in cells:
            numbers[cell.name] = numbers.get(cell.name, 0) + 1
            while taken.get(column, 0) > row:
                column += 1
            down = _span(cell, "rowspan", len(rows) - row)
            across = _span(cell, "colspan")
            while across > 1 and any(taken.get(column + step, 0) > row for step in range(across)):
                across -= 1
            for step in range(across):
                taken[column + step] = row + down
            heading = (cell.name == "th" or in_head) if marked else None
            yield CellPlace(cell, row, column, down, across, heading, f"{path}/{cell.name}[{numbers[cell.name]}]")
            column += across
            count += 1
            if count >= _MOST_CELLS:
                return


def _rows(table: Tag) -> Iterator[tuple[str, list[Tag], bool]]:
    """Rows of the table itself with their path below it, their cells, and whether they stand in its head."""
    numbers: dict[str, int] = {}
    for child in table.find_all(("tr", "thead", "tbody", "tfoot"), recursive=False):
        numbers[child.name] = numbers.get(child.name, 0) + 1
        path = f"/{child.name}[{numbers[child.name]}]"
        if child.name == "tr":
            if not is_hidden(child):
                yield path, _cells(child), False
            continue
        for number, row in enumerate(child.find_all("tr", recursive=False), 1):
            if not is_hidden(row):
                yield f"{path}/tr[{number}]", _cells(row), child.name == "thead"


def _cells(row: Tag) -> list[Tag]:
    return [cell for cell in row.find_all(("td", "th"), recursive=False) if not is_hidden(cell)]


def _span(cell: Tag, name: str, rest: int = _WIDEST_SPAN) -> int:
    """A span as browsers read it: the number at the start of the text, 1 if there is none, 0 for all the rest."""
    match = re.match(r"\s*(\d{1,9})", str(cell.get(name) or ""))
    if match is None:
        return 1
    number = int(match[1])
    if number == 0:
        return max(rest, 1) if name == "rowspan" else 1
    return max(1, min(number, rest, _WIDEST_SPAN))
