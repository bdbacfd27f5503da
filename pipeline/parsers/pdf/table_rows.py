"""Rows that a table does not rule: a line of units above the figures, figures set line by line in one tall cell.

Takes the cells of a grid with their lines, gives them back with such rows parted. Does not know glyphs.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.parsers.cell_kinds import is_figure, is_unit
from pipeline.parsers.pdf.spacing import Box


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line in a cell: its text, a box a character, where it stands between `top` and `foot`."""

    text: str
    boxes: list[Box]
    top: float
    foot: float


@dataclass(frozen=True, slots=True)
class LinedCell:
    """A cell before its lines are joined."""

    row: int
    column: int
    row_span: int
    column_span: int
    box: Box
    lines: tuple[TextLine, ...]


def parted_rows(cells: Sequence[LinedCell]) -> list[LinedCell]:
    """Cells with every row cut where its lines tell that it is more than one.

    A row is cut below units that stand over its figures, and between figures when another cell has a line on each baseline.
    """
    by_row: dict[int, list[LinedCell]] = {}
    for cell in cells:
        if cell.row_span == 1:
            by_row.setdefault(cell.row, []).append(cell)
    cuts = {row: found for row, members in by_row.items() if (found := _cuts(members))}
    if not cuts:
        return list(cells)
    parted: list[LinedCell] = []
    for cell in cells:
        above = sum(len(cuts[row]) for row in cuts if row < cell.row)
        own = cuts.get(cell.row, []) if cell.row_span == 1 else []
        if own:
            units = bool(_below_units(by_row[cell.row]))
            parted.extend(_parts(cell, cell.row + above, own, units))
        else:
            within = sum(len(cuts[row]) for row in cuts if cell.row <= row < cell.row + cell.row_span)
            parted.append(replace(cell, row=cell.row + above, row_span=cell.row_span + within))
    return parted


def _parts(cell: LinedCell, row: int, cuts: list[float], below_units: bool) -> list[LinedCell]:
    x0, top, x1, bottom = cell.box
    edges = [top, *cuts, bottom]
    lines: list[list[TextLine]] = [[] for _ in range(len(cuts) + 1)]
    for line in cell.lines:
        place = bisect_right(cuts, (line.top + line.foot) / 2)
        # a label level with the units belongs to the figures below them
        lines[max(place, 1) if below_units and not is_unit(line.text) else place].append(line)
    return [
        replace(cell, row=row + index, box=(x0, edges[index], x1, edges[index + 1]), lines=tuple(own))
        for index, own in enumerate(lines)
    ]


def _cuts(cells: Sequence[LinedCell]) -> list[float]:
    below_units = _below_units(cells)
    rest = [
        replace(cell, lines=tuple(line for line in cell.lines if not below_units or line.foot > below_units[0]))
        for cell in cells
    ]
    return sorted(below_units + _between_figures(rest))


def _below_units(cells: Sequence[LinedCell]) -> list[float]:
    """One cut under the units that open cells with more lines, if nothing but units and the row's labels left of them stands above it."""
    openers = [cell.lines[0] for cell in cells if len(cell.lines) > 1 and is_unit(cell.lines[0].text)]
    if not openers:
        return []
    cut = max(line.foot for line in openers) + 0.5
    others = {
        cell.column
        for cell in cells
        for line in cell.lines
        if (line.top + line.foot) / 2 < cut and not is_unit(line.text)
    }
    labels = min(cell.column for cell in cells if len(cell.lines) > 1 and is_unit(cell.lines[0].text))
    return [cut] if not others or (len(openers) > 1 and max(others) < labels) else []


def _between_figures(cells: Sequence[LinedCell]) -> list[float]:
    columns = [cell.lines for cell in cells if len(cell.lines) > 1 and all(is_figure(line.text) for line in cell.lines)]
    if not columns:
        return []
    base = max(columns, key=len)
    labels = [cell.lines for cell in cells if cell.lines and not all(is_figure(line.text) for line in cell.lines)]
    if not any(_stand_on(lines, base) and abs(lines[0].foot - base[0].foot) < 3 for lines in labels):
        return []
    if not all(_stand_on(base, lines) for lines in columns):
        return []
    return [line.top - 0.5 for line in base[1:]]


def _stand_on(lines: Sequence[TextLine], base: Sequence[TextLine]) -> bool:
    """Whether each line of `base` has one of `lines` on its baseline."""
    return all(any(abs(line.foot - other.foot) < 3 for line in lines) for other in base)
