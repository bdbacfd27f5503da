"""Takes rows of cells that may span; gives a ruled table on a canvas.

Knows nothing of what the cells mean, nor of page breaks: the caller leaves the room.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.pdfgen.canvas import Canvas

from tools.documents.typesetting import MINCHO, break_lines, draw_line, measure


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell over `columns` columns and `rows` rows; `align` is left, right or centre."""

    text: str
    columns: int = 1
    rows: int = 1
    align: str = "left"


Row = Sequence[Cell | str]


def draw_table(
    canvas: Canvas,
    left: float,
    top: float,
    widths: list[float],
    rows: list[Row],
    *,
    size: float = 8.5,
    font: str = MINCHO,
    pad: float = 3,
) -> float:
    """Draws the table with its upper left corner at `left`, `top`; gives the y of its lower edge."""
    placed = _place(rows, len(widths))
    leading = size * 1.35
    heights = [leading + 2 * pad] * len(rows)
    for row, column, cell in placed:
        if cell.rows == 1:
            lines = break_lines(cell.text, font, size, sum(widths[column : column + cell.columns]) - 2 * pad)
            heights[row] = max(heights[row], len(lines) * leading + 2 * pad)
    canvas.setLineWidth(0.5)
    for row, column, cell in placed:
        x = left + sum(widths[:column])
        y = top - sum(heights[:row])
        width = sum(widths[column : column + cell.columns])
        height = sum(heights[row : row + cell.rows])
        canvas.rect(x, y - height, width, height)
        lines = break_lines(cell.text, font, size, width - 2 * pad)
        baseline = y - (height - len(lines) * leading) / 2 - size
        for line in lines:
            room = width - 2 * pad - measure(line, font, size)
            shift = {"left": 0.0, "centre": room / 2, "right": room}[cell.align]
            draw_line(canvas, x + pad + shift, baseline, line, font, size)
            baseline -= leading
    return top - sum(heights)


def _place(rows: list[Row], columns: int) -> list[tuple[int, int, Cell]]:
    taken: set[tuple[int, int]] = set()
    placed = []
    for row, cells in enumerate(rows):
        column = 0
        for given in cells:
            cell = Cell(given) if isinstance(given, str) else given
            while (row, column) in taken:
                column += 1
            if column + cell.columns > columns:
                raise ValueError(f"row {row}: more cells than {columns} columns")
            taken |= {(row + r, column + c) for r in range(cell.rows) for c in range(cell.columns)}
            placed.append((row, column, cell))
            column += cell.columns
    return placed


def number_cell(amount: int) -> Cell:
    """A cell with a number as public accounts print it.

    >>> number_cell(-1234).text
    '△1,234'
    """
    return Cell(f"△{-amount:,}" if amount < 0 else f"{amount:,}", align="right")
