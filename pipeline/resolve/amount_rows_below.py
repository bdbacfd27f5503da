"""A row that a table's rules do not reach: a name and figures on the line right below it (合計 14,111,186 1,774,295).

Takes a context and a number outside tables; gives the table and the cell of its last row above the number. Does not know units.
"""

from __future__ import annotations

import re

from pipeline.model import Cell, Span, Table
from pipeline.resolve.context import Context

_FIGURE = re.compile(r"(?<![^\s△▲\-−－])[0-9０-９]{1,3}(?:[,，][0-9０-９]{3})+(?![^\s])")
_BARE = re.compile(r"[\s△▲\-−－]*[0-9０-９][0-9０-９,，.．]*\s*")


def cell_above(context: Context, number: Span) -> tuple[Table, Cell] | None:
    """Where the line holds as many figures as the last row of the table right above it has; None elsewhere."""
    block = context.block(number)
    before = context.blocks_before(number, 1)
    placed = context.cell(before[0].span) if before else None
    if block is None or placed is None:
        return None
    table = placed[0]
    text = context.document.text
    figures = [match.start() for match in _FIGURE.finditer(text, block.start, block.end)]
    cells = [
        cell
        for cell in table.in_row(table.height - 1)
        if not cell.heading and _BARE.fullmatch(text, cell.start, cell.end)
    ]
    if len(figures) < 2 or len(figures) != len(cells):
        return None
    at = sum(start <= number.end - 1 for start in figures) - 1
    return table, cells[at]
