"""Takes Japanese text; gives it in vertical writing: columns from top to bottom, set from right to left, in tiers.

Two half-width digits stand side by side in one square (縦中横, JIS X 4051). Knows nothing of any document's content.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.pdfmetrics import registerFont, stringWidth
from reportlab.pdfgen.canvas import Canvas

from tools.documents.typesetting import MINCHO, Frame

VERTICAL = "HeiseiMin-W3-V"

_SQUARE = re.compile(r"[0-9]{1,2}|.")
_NOT_FIRST = set("、。」』）〕ーゃゅょっャュョッ")


def register_vertical_font() -> None:
    """Makes the vertical form of the Mincho font known to reportlab, under a name of its own."""
    font = UnicodeCIDFont(MINCHO, isVertical=True)
    font.name = font.fontName = VERTICAL
    registerFont(font)


def break_columns(text: str, squares: int) -> list[list[str]]:
    """Columns of at most `squares` squares; 。 and 、 hang below the last one; `\\n` breaks.

    >>> break_columns("8月12日。", 4)
    [['8', '月', '12', '日', '。']]
    """
    columns = []
    for part in text.split("\n"):
        column: list[str] = []
        for square in _SQUARE.findall(part):
            if len(column) >= squares and (square not in _NOT_FIRST or len(column) > squares):
                columns.append(column)
                column = []
            column.append(square)
        columns.append(column)
    return columns


def draw_column(canvas: Canvas, x: float, top: float, column: list[str], size: float) -> None:
    """Draws one column centred on `x`; runs of full squares are one text object, digits side by side another.

    A run ends with a narrow space: where no Japanese font is installed, pdfium takes glyphs to be empty, and leaves
    out text whose glyphs are all empty and all of one width.
    """
    run = ""
    start = top
    for index, square in enumerate([*column, "12"]):
        if not square.isascii():
            run += square
            continue
        if run:
            canvas.setFont(VERTICAL, size)
            canvas.drawString(x, start, run + " ")
        if index < len(column):
            canvas.setFont(MINCHO, size * 0.9)
            width = float(stringWidth(square, MINCHO, size * 0.9))
            canvas.drawString(x - width / 2, top - index * size - size * 0.85, square)
        run, start = "", top - (index + 1) * size


@dataclass(slots=True)
class Tiers:
    """Text running through the tiers of a page, each filled with columns from its right edge to its left."""

    canvas: Canvas
    tiers: list[Frame]
    new_page: Callable[[int], list[Frame]]
    page: int = 1
    tier: int = 0
    used: float = 0.0

    def _room(self, width: float) -> Frame:
        if self.used + width > self.tiers[self.tier].width:
            self.used = 0.0
            self.tier += 1
            if self.tier == len(self.tiers):
                self.page, self.tier = self.page + 1, 0
                self.tiers = self.new_page(self.page)
        return self.tiers[self.tier]

    def write(self, text: str, *, size: float = 10.5, leading: float = 18, before: float = 0) -> None:
        """Sets a paragraph or, larger and with room `before` it, a heading."""
        self.used += before
        squares = int((self.tiers[0].top - self.tiers[0].bottom) / size) - 1
        for column in break_columns(text, squares):
            frame = self._room(leading)
            draw_column(self.canvas, frame.left + frame.width - self.used - leading / 2, frame.top, column, size)
            self.used += leading
