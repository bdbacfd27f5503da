"""Which rows at the top of a grid and which columns at its left head the others, where the format does not say.

Takes placed cells; gives how many. Does not know header paths, nor rows of headers further down.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pipeline.parsers.cell_kinds import is_date, is_figure, is_mark, is_ordinal, is_prose, is_unit, is_value
from pipeline.parsers.placed_cells import PlacedCell


def rows_that_head(cells: Sequence[PlacedCell]) -> int:
    """Rows at the top that head the others: rows of th; without th the first row, unless it holds values or running text, and
    what goes on below it: units, what a name over several columns is parted into, what names of several rows stand beside.

    >>> rows_that_head([PlacedCell(0, 0, "区分"), PlacedCell(0, 1, "額"), PlacedCell(1, 1, "（千円）"), PlacedCell(2, 1, "5")])
    2
    """
    if not cells:
        return 0
    rows: dict[int, list[PlacedCell]] = {}
    for cell in cells:
        if cell.text.strip():
            rows.setdefault(cell.row, []).append(cell)
    last = max(cell.row + cell.row_span for cell in cells) - 1
    width = max(cell.column + cell.column_span for cell in cells)
    top = 0
    title = True
    for row in range(last):
        here = rows.get(row, [])
        if not here and top == row and row and title:
            top += 1  # the white between a title and its table
            continue
        explicit = [cell.heading for cell in here if cell.heading is not None]
        if explicit:
            belongs = all(explicit)
        elif len(here) == 1 and here[0].column_span == width > 1 and title:
            belongs = not is_value(here[0].text)
        elif any(is_figure(cell.text) for cell in here) or (
            width > 1 and _holds_values(here if title else [cell for cell in here if cell.row_span == 1], rows, width)
        ):
            belongs = False
        else:
            belongs = title or _is_under_header(here, rows, row)
            title = False
        if not belongs:
            break
        top = row + 1
    while top > 0 and not rows.get(top - 1):
        top -= 1
    return top


def _holds_values(here: Sequence[PlacedCell], rows: Mapping[int, Sequence[PlacedCell]], width: int) -> bool:
    """Whether a row tells something instead of naming columns.

    Days name columns too, but not columns of days.
    """
    if any(is_value(cell.text) or is_ordinal(cell.text) for cell in here):
        return True
    if any(is_prose(cell.text, beside_name=width == 2 and cell.column > 0) for cell in here):
        return True
    for cell in here:
        if is_date(cell.text):
            below = [
                is_date(other.text)
                for row in rows
                if row > cell.row
                for other in rows[row]
                if other.column == cell.column
            ]
            if width == 2 or (width == 4 and cell.column % 2) or 2 * sum(below) > len(below):
                return True
    return False


def _is_under_header(here: Sequence[PlacedCell], rows: Mapping[int, Sequence[PlacedCell]], row: int) -> bool:
    if not here:
        return False
    if all(is_unit(cell.text) for cell in here):
        return True
    heads = [cell for above in range(row) for cell in rows.get(above, [])]
    if any(cell.row + cell.row_span > row for cell in heads):
        return True
    spanning = [cell for cell in heads if cell.column_span > 1 and cell.row + cell.row_span == row]
    if any(
        above.column <= cell.column and cell.column + cell.column_span <= above.column + above.column_span
        for above in spanning
        for cell in here
        if cell.column_span < above.column_span
    ):
        return True
    below = {cell.column for cell in rows.get(row + 1, []) if is_value(cell.text)}
    return here[0].column > 0 and all(cell.column in below for cell in here)


def columns_that_head(cells: Sequence[PlacedCell], top: int) -> int:
    """Columns at the left that name the rows: the first if it has no figure, and each one right of a cell that spans rows."""
    columns = max((cell.column + cell.column_span for cell in cells), default=0)
    columns_of: dict[int, list[PlacedCell]] = {}
    named: set[int] = set()
    for cell in cells:
        if not cell.text.strip():
            continue
        if cell.column_span == 1:
            named.add(cell.column)
        if cell.row + cell.row_span > top:
            columns_of.setdefault(cell.column, []).append(cell)
    first = 0 if 0 in named else 1
    left = 0
    for column in range(first, columns - 1):
        body = columns_of.get(column, [])
        if not body or any(is_figure(cell.text) or is_mark(cell.text) for cell in body):
            break
        if column > first and any(_tells(cell.text) for cell in body):
            break
        if 2 * sum(is_value(cell.text) for cell in body) >= len(body):
            break
        left = column + 1
        if not any(cell.row_span > 1 for cell in body):
            break
    return left


def _tells(text: str) -> bool:
    return is_value(text) or is_date(text) or is_prose(text)
