"""The table grid that html and pdf share: which cells are headers, and the header path of every cell.

Takes placed cells, gives them back in row-major order with `heading` and `header` set. Does not know where they came from.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from pipeline.parsers.cell_kinds import ends_with_unit, is_figure, is_prose, is_value
from pipeline.parsers.grid_headers import columns_that_head, rows_that_head
from pipeline.parsers.placed_cells import PlacedCell

_FIGURES = re.compile(r"[0-9０-９]")
_SOFT_BREAK = re.compile(r"(?<=[^\x00-\x7f])[ 　]*\n[ 　]*(?=[^\x00-\x7f])")


def headed(cells: Sequence[PlacedCell], header_rows: int | None = None) -> tuple[PlacedCell, ...]:
    """Row-major cells with `heading` decided and `header` filled: the texts of the header cells above, joined by `/`.

    >>> grid = [PlacedCell(0, 0, "年度"), PlacedCell(0, 1, "予算", column_span=2), PlacedCell(1, 0, ""),
    ...         PlacedCell(1, 1, "予算額"), PlacedCell(1, 2, "決算額"), PlacedCell(2, 0, "30年度"),
    ...         PlacedCell(2, 1, "25.8"), PlacedCell(2, 2, "17.8")]
    >>> [cell.header for cell in headed(grid)][-2:]
    ['予算/予算額', '予算/決算額']
    """
    ordered = sorted(cells, key=lambda cell: (cell.row, cell.column))
    top = rows_that_head(ordered) if header_rows is None else header_rows
    bands = _bands(ordered, top) if header_rows is None else []
    left = columns_that_head(ordered, top)
    heading = [
        cell.heading if cell.heading is not None else (cell.row < top or cell.column < left or cell.row in bands)
        for cell in ordered
    ]
    paths = _paths([cell for cell, heads in zip(ordered, heading, strict=True) if heads], top)
    above = {(cell.row, cell.column): one_line(cell.text) for cell in ordered if cell.row in bands}

    def header(cell: PlacedCell) -> str:
        if cell.row < top or cell.row in bands:
            return ""
        return above.get((cell.row - 1, cell.column), "") if cell.row - 1 in bands else paths.get(cell.column, "")

    return tuple(_with_header(cell, heads, header(cell)) for cell, heads in zip(ordered, heading, strict=True))


def _with_header(cell: PlacedCell, heading: bool, header: str) -> PlacedCell:
    """`dataclasses.replace`, which takes several times as long."""
    return PlacedCell(
        cell.row,
        cell.column,
        cell.text,
        cell.row_span,
        cell.column_span,
        heading,
        header,
        cell.page,
        cell.box,
        cell.glyphs,
        cell.element,
    )


def one_line(text: str) -> str:
    """A text for a path of headers or headings: a line break between Japanese characters is nothing, any other white space one blank.

    >>> one_line("産科又は産\\n婦人科 A\\nB")
    '産科又は産婦人科 A B'
    """
    return " ".join(_SOFT_BREAK.sub("", text).split())


def _bands(cells: Sequence[PlacedCell], top: int) -> list[int]:
    """Header rows further down, in a table that is folded.

    They begin with the first header's name again (区分), or each of their names ends with its unit (普及率(％)), or rows of names and
    rows of figures take turns all the way.

    >>> rows = [("千代田", "中央", "港"), ("10", "35", "155"), ("世田谷", "渋谷", "中野"), ("191", "69", "62")]
    >>> folded = [PlacedCell(r, c, text) for r, row in enumerate(rows) for c, text in enumerate(row)]
    >>> _bands(folded, 1), [cell.header for cell in headed(folded)][-3:]
    ([2], ['世田谷', '渋谷', '中野'])
    """
    rows: dict[int, list[PlacedCell]] = {}
    for cell in cells:
        if cell.text.strip() and cell.heading is None:
            rows.setdefault(cell.row, []).append(cell)
    last = max(rows, default=0)
    if top != 1 or last < 3 or 0 not in rows:
        return []
    if repeated := _repeated(rows) or _measured(rows):
        return repeated
    if last % 2 == 0 or sorted(rows) != list(range(last + 1)) or len(rows[0]) < 3:
        return []
    turns = all(
        all(is_value(cell.text) == bool(row % 2) for cell in members)
        and (row % 2 == 0 or any(_FIGURES.search(cell.text) for cell in members))
        for row, members in rows.items()
    )
    return list(range(2, last, 2)) if turns else []


def _repeated(rows: Mapping[int, Sequence[PlacedCell]]) -> list[int]:
    """Rows that begin as the header does and hold names of their own behind that, two at least.

    >>> rows = [("区分", "扶養手当", "住居手当"), ("本年度", "5", "6"), ("区分", "期末手当", "勤勉手当"), ("本年度", "7", "8")]
    >>> _repeated({r: [PlacedCell(r, c, text) for c, text in enumerate(row)] for r, row in enumerate(rows)})
    [2]
    """
    first = next((cell for cell in rows[0] if cell.row_span == 1), None)
    if first is None:
        return []
    found: list[int] = []
    for row, members in rows.items():
        begins = any(cell.column == first.column and cell.text == first.text for cell in members)
        if row and begins and sum(cell.column > first.column for cell in members) > 1:
            if any(is_value(cell.text) for cell in members):
                return []
            found.append(row)
    return found


def _measured(rows: Mapping[int, Sequence[PlacedCell]]) -> list[int]:
    """Rows whose names all end with their unit in brackets, two at least, over a row with a figure.

    >>> rows = [("業種名", "事業名"), ("水道事業", "簡易水道"), ("普及率(％)", "料金(円)"), ("92.2", "3,680")]
    >>> _measured({r: [PlacedCell(r, c, text) for c, text in enumerate(row)] for r, row in enumerate(rows)})
    [2]
    """
    return [
        row
        for row, members in rows.items()
        if row > 1
        and len(members) > 1
        and all(ends_with_unit(cell.text) for cell in members)
        and any(is_figure(cell.text) for cell in rows.get(row + 1, ()))
    ]


def _paths(cells: Sequence[PlacedCell], top: int) -> dict[int, str]:
    """Of header cells: the header path of each column, outermost first; a text that repeats is told once."""
    above: dict[int, list[str]] = {}
    for cell in cells:
        text = one_line(cell.text)
        if cell.row >= top or not text or is_prose(text):
            continue
        for column in range(cell.column, cell.column + cell.column_span):
            path = above.setdefault(column, [])
            if text not in path:
                path.append(text)
    return {column: "/".join(path) for column, path in above.items()}
