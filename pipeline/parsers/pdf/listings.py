"""Cells that hold a list of items with their figures, line by line: each line becomes a row, the figures a column.

Takes a table of cells, changes it in place. Does not know glyphs; lines and where they stand come from the boxes of the characters.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.parsers.cell_kinds import is_figure, is_unit
from pipeline.parsers.pdf.drafts import CellDraft, TableDraft

_FIGURE = r"(?:[△▲\-－−] ?)?[0-9０-９][0-9０-９,，]*(?:[.．][0-9０-９]+)?$"
#: an item, white space that parts columns, its figure; the same with white space that parts words
_ITEM = re.compile(r"^(?:\S.*?)?(?P<gap>[ 　]{2,})" + _FIGURE)
_NEAR_ITEM = re.compile(r"^\S*[^\s0-9０-９,，.．△▲](?P<gap>[ 　]+|(?=[△▲]))" + _FIGURE)
#: items of a column, their share of its column's lines, how many edges their figures end at, the share that does so
_LEAST, _SHARE, _STOPS, _ALIGNED = 3, 0.2, 4, 0.8
#: points by which the feet of one line, the right edges of one column may differ
_NEAR = 3.0


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of a cell: offsets into its text, where the figure of an item begins (`end` without), its top, foot, right edge."""

    start: int
    end: int
    figure: int
    top: float
    foot: float
    right: float


def part_units(table: TableDraft) -> None:
    """A cell that goes down from a row of units gives its first line to the row where that is a unit, else it begins below."""
    rows: dict[int, list[CellDraft]] = {}
    for cell in table.cells:
        if cell.row_span == 1:
            rows.setdefault(cell.row, []).append(cell)
    units = {
        row
        for row, members in rows.items()
        if any(cell.text for cell in members) and all(is_unit(cell.text) for cell in members if cell.text)
    }
    if not units:
        return
    parted: list[CellDraft] = []
    for cell in table.cells:
        first, _, rest = cell.text.partition("\n")
        if cell.row_span == 1 or cell.row not in units:
            parted.append(cell)
            continue
        if not is_unit(first):
            first, rest = "", cell.text
        x0, top, x1, bottom = cell.box
        foot = max(other.box[3] for other in rows[cell.row])
        own, below = cell.boxes[: 4 * len(first)], cell.boxes[len(cell.boxes) - 4 * len(rest) :]
        parted.append(replace(cell, row_span=1, text=first, boxes=own, box=(x0, top, x1, foot)))
        parted.append(
            replace(
                cell,
                row=cell.row + 1,
                row_span=cell.row_span - 1,
                text=rest,
                boxes=below,
                box=(x0, foot, x1, bottom),
            )
        )
    table.cells = parted


def part_listings(tables: Sequence[TableDraft]) -> None:
    """Cut the rows of tables by the lines of their listings, and part each listing's column in items and figures.

    A column is a listing where items with a figure set apart at its right edge come line by line. Cells beside it
    stand for all the lines that they are level with. Tables with the same edges of columns are one form, which is read alike.
    """
    forms: dict[tuple[int, ...], list[TableDraft]] = {}
    for table in tables:
        forms.setdefault(tuple(round(edge / _NEAR) for edge in table.edges), []).append(table)
    for alike in forms.values():
        may = {cell.column for table in alike for cell in table.cells if "\n" in cell.text and "  " in cell.text}
        columns = {column: stops for column in may if (stops := _stops(alike, column))}
        if columns:
            columns |= _with_the_same_items(alike, columns)
            for table in alike:
                _part(table, columns)


def _stops(tables: Sequence[TableDraft], column: int) -> tuple[float, ...]:
    """Where the figures of a column's items end; none where it is no listing."""
    cells = [cell for table in tables for cell in table.cells if cell.column == column and cell.column_span == 1]
    lines = [line for cell in cells for line in _lines(cell)]
    rights = sorted(line.right for line in lines if line.start < line.figure < line.end)
    if len(rights) < _LEAST or len(rights) < _SHARE * len(lines):
        return ()
    stops: list[list[float]] = []
    for right in rights:
        if stops and right - stops[-1][0] <= _NEAR:
            stops[-1].append(right)
        else:
            stops.append([right])
    most = sorted(stops, key=len, reverse=True)[:_STOPS]
    return tuple(stop[-1] for stop in most) if sum(map(len, most)) >= _ALIGNED * len(rights) else ()


def _with_the_same_items(
    tables: Sequence[TableDraft], columns: Mapping[int, tuple[float, ...]]
) -> dict[int, tuple[float, ...]]:
    """Columns beside listings that hold nothing but some of their items with figures: 取崩 △ 18,000."""
    items: dict[int, set[str]] = {}
    stops: dict[int, list[float]] = {}
    for table in tables:
        first = _first_row(table, set(columns))
        for cell in table.cells:
            if cell.text and cell.row >= first and cell.column_span == 1:
                for text, line in zip(cell.text.split("\n"), _lines(cell), strict=False):
                    item = _ITEM.match(text) or _NEAR_ITEM.match(text)
                    items.setdefault(cell.column, set()).add(text[: item.start("gap")] if item else text)
                    stops.setdefault(cell.column, []).append(line.right)
    listed = {item for column in columns for item in items.get(column, ())}
    return {
        column: tuple(stops[column])
        for column, own in items.items()
        if column not in columns and own <= listed and not any(map(is_figure, own))
    }


def _part(table: TableDraft, columns: Mapping[int, tuple[float, ...]]) -> None:
    """The header, down to the first row with a figure or a unit, stays as it is."""
    first = _first_row(table, set(columns))
    listings = {
        index: _lines(cell, columns[cell.column])
        for index, cell in enumerate(table.cells)
        if cell.row >= first and cell.column in columns and cell.column_span == 1 and cell.text
    }
    table.cells = list(_parted(table.cells, listings, set(columns)))


def _first_row(table: TableDraft, columns: set[int]) -> int:
    rows = (
        cell.row for cell in table.cells if cell.column not in columns and (is_figure(cell.text) or is_unit(cell.text))
    )
    return min(rows, default=0)


def _lines(cell: CellDraft, stops: Sequence[float] = ()) -> list[_Line]:
    """Lines of a cell; with `stops` a figure may stand nearer to its item where it ends at one of them."""
    lines = []
    start = 0
    boxes = cell.boxes
    for text in cell.text.split("\n"):
        end = start + len(text)
        if text:
            right = max(boxes[4 * start + 2 : 4 * end : 4])
            item = _ITEM.match(text)
            if not item and any(abs(right - stop) <= _NEAR for stop in stops):
                item = _NEAR_ITEM.match(text)
            figure = end if not item else start + item.end("gap")
            figure = start if is_unit(text) or is_figure(text) else figure
            top, foot = min(boxes[4 * start + 1 : 4 * end : 4]), max(boxes[4 * start + 3 : 4 * end : 4])
            lines.append(_Line(start, end, figure, top, foot, right))
        start = end + 1
    return lines


def _parted(
    cells: Sequence[CellDraft], listings: Mapping[int, Sequence[_Line]], columns: set[int]
) -> Iterator[CellDraft]:
    """Cells in new rows (each row has as many as it has lines of listings, at least one) and new columns (a listing has two)."""
    tops = _tops(cells)
    height = max(cell.row + cell.row_span for cell in cells)
    in_row: dict[int, list[float]] = {}
    places: dict[tuple[int, int], tuple[int, float]] = {}
    for index, lines in listings.items():
        cell = cells[index]
        rows = list(range(cell.row, cell.row + cell.row_span))
        starts = [tops.get((row, cell.page), cell.box[1]) for row in rows]
        for number, line in enumerate(lines):
            row = rows[max(bisect_right(starts, (line.top + line.foot) / 2) - 1, 0)]
            places[index, number] = row, line.foot
            in_row.setdefault(row, []).append(line.foot)
    in_row = {row: _levels(heights) for row, heights in in_row.items()}
    at = [0]
    for row in range(height):
        at.append(at[-1] + max(len(in_row.get(row, ())), 1))
    for index, cell in enumerate(cells):
        column = cell.column + sum(1 for listing in columns if listing < cell.column)
        wide = cell.column_span + sum(
            1 for listing in columns if cell.column <= listing < cell.column + cell.column_span
        )
        row, end = at[cell.row], at[cell.row + cell.row_span]
        if index not in listings:
            yield replace(cell, row=row, row_span=end - row, column=column, column_span=wide)
            continue
        placed: dict[int, list[_Line]] = {}
        for number, line in enumerate(listings[index]):
            old, foot = places[index, number]
            placed.setdefault(at[old] + _level(in_row[old], foot), []).append(line)
        for new in range(row, end):
            yield from _items(cell, placed.get(new, []), new, column)


def _tops(cells: Sequence[CellDraft]) -> dict[tuple[int, int], float]:
    """The top of each row on each page, as its cells tell."""
    tops: dict[tuple[int, int], float] = {}
    for cell in cells:
        key = cell.row, cell.page
        tops[key] = min(tops.get(key, cell.box[1]), cell.box[1])
    return tops


def _levels(feet: Sequence[float]) -> list[float]:
    levels: list[float] = []
    for foot in sorted(feet):
        if not levels or foot - levels[-1] > _NEAR:
            levels.append(foot)
    return levels


def _level(levels: Sequence[float], foot: float) -> int:
    return max(bisect_right(levels, foot) - 1, 0)


def _items(cell: CellDraft, lines: Sequence[_Line], row: int, column: int) -> Iterator[CellDraft]:
    """An item and its figure, beside each other in one row of a cell; both empty without a line."""
    x0, top, x1, bottom = cell.box
    if lines:
        top, bottom = min(line.top for line in lines), max(line.foot for line in lines)
    item = [(line.start, len(cell.text[line.start : line.figure].rstrip())) for line in lines]
    figures = [(line.figure, line.end - line.figure) for line in lines]
    edge = next((cell.boxes[4 * start] for start, length in figures if length), x1)
    for place, parts, box in ((column, item, (x0, top, edge, bottom)), (column + 1, figures, (edge, top, x1, bottom))):
        text = "\n".join(cell.text[start : start + length] for start, length in parts if length)
        boxes: array[float] = array("f")
        for start, length in parts:
            if length:
                if boxes:
                    boxes.extend((0.0, 0.0, 0.0, 0.0))
                boxes.extend(cell.boxes[4 * start : 4 * (start + length)])
        yield CellDraft(row, place, 1, 1, text, boxes, box, cell.page)
