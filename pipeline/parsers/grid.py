"""The table grid that html and pdf share: which cells are headers, and the header path of every cell.

Takes placed cells, gives them back in row-major order with `heading` and `header` set. Does not know where they came from.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

_FIGURE = re.compile(r"^[\s△▲\-−－(（]*[0-9０-９][0-9０-９,，.．\s]*[%％)）]?$")


@dataclass(frozen=True, slots=True)
class PlacedCell:
    """One cell before it is written: row and column from 0; `heading` None where the format does not say.

    `boxes` holds (page, x0, top, x1, bottom) a character of `text` where there is a page, `box` the cell's own.
    """

    row: int
    column: int
    text: str
    row_span: int = 1
    column_span: int = 1
    heading: bool | None = None
    header: str = ""
    page: int = 0
    box: tuple[float, ...] = ()
    boxes: Sequence[tuple[int, float, float, float, float]] = ()
    element: str = ""


def headed(cells: Sequence[PlacedCell], header_rows: int | None = None) -> tuple[PlacedCell, ...]:
    """Row-major cells with `heading` decided and `header` filled: the texts of the header cells above, joined by `/`.

    >>> grid = [PlacedCell(0, 0, "年度"), PlacedCell(0, 1, "予算", column_span=2), PlacedCell(1, 0, ""),
    ...         PlacedCell(1, 1, "予算額"), PlacedCell(1, 2, "決算額"), PlacedCell(2, 0, "30年度"),
    ...         PlacedCell(2, 1, "25.8"), PlacedCell(2, 2, "17.8")]
    >>> [cell.header for cell in headed(grid)][-2:]
    ['予算/予算額', '予算/決算額']
    """
    ordered = sorted(cells, key=lambda cell: (cell.row, cell.column))
    top = _header_rows(ordered) if header_rows is None else header_rows
    left = _header_columns(ordered, top)
    marked = [
        replace(cell, heading=cell.heading if cell.heading is not None else (cell.row < top or cell.column < left))
        for cell in ordered
    ]
    return tuple(replace(cell, header=_path(cell, marked, top)) for cell in marked)


def _path(cell: PlacedCell, cells: Sequence[PlacedCell], top: int) -> str:
    if cell.row < top:
        return ""
    above: list[str] = []
    for other in cells:
        if other.row >= cell.row:
            break
        covers = other.column <= cell.column < other.column + other.column_span
        text = " ".join(other.text.split())
        if other.heading and covers and other.row < max(top, 1) and text and text not in above:
            above.append(text)
    return "/".join(above)


def _header_rows(cells: Sequence[PlacedCell]) -> int:
    """Rows at the top without a figure, ended by the first row that has one; th cells decide where the format has them."""
    if not cells:
        return 0
    last = max(cell.row for cell in cells)
    for row in range(last + 1):
        here = [cell for cell in cells if cell.row <= row < cell.row + cell.row_span and cell.text]
        explicit = [cell.heading for cell in here if cell.heading is not None]
        if explicit and not all(explicit):
            return row
        if not explicit and any(_FIGURE.match(cell.text) for cell in here):
            return row
        if not explicit and row >= 1:
            return row
    return 0 if last == 0 else 1


def _header_columns(cells: Sequence[PlacedCell], top: int) -> int:
    body = [cell for cell in cells if cell.row >= top and cell.column == 0 and cell.text]
    return 1 if body and not any(_FIGURE.match(cell.text) for cell in body) else 0
