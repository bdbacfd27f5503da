"""Takes Japanese text and a canvas; gives broken lines, paragraphs and columns on its pages.

Fonts are Adobe-Japan1 CID fonts that are named, not embedded, as older office software does it.
Knows nothing of tables, vertical writing or any document's content.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.pdfmetrics import registerFont, stringWidth
from reportlab.pdfgen.canvas import Canvas

GOTHIC = "HeiseiKakuGo-W5"
MINCHO = "HeiseiMin-W3"
WIDTH, HEIGHT = A4

# A number or a Latin word stays on one line; ⟦1⟧ is a raised footnote mark.
_PIECE = re.compile(r"⟦[^⟧]*⟧|[0-9A-Za-z.,+/:@-]+|.", re.DOTALL)
_NOT_FIRST = set("、。，．・：；？！」』）〕】〉》ーぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮ々)%％℃")
_NOT_LAST = set("「『（〔【〈《(")
_MARK_SCALE = 0.6


def open_canvas(path: Path, title: str, author: str) -> Canvas:
    """A canvas for A4 pages; its bytes depend on no clock, no random id and no version of zlib."""
    for name in (GOTHIC, MINCHO):
        registerFont(UnicodeCIDFont(name))
    canvas = Canvas(str(path), pagesize=A4, invariant=1, pageCompression=0)
    canvas.setTitle(title)
    canvas.setAuthor(author)
    return canvas


def measure(text: str, font: str, size: float) -> float:
    """The width of a line in points, its footnote marks at their smaller size."""
    return sum(float(stringWidth(part, font, size * scale)) for part, scale in _parts(text))


def break_lines(text: str, font: str, size: float, width: float) -> list[str]:
    """Lines of at most `width` points; `\\n` breaks, and 。 or 、 never stands first (it hangs over the edge).

    >>> registerFont(UnicodeCIDFont(GOTHIC))
    >>> break_lines("令和3年9月14日。", GOTHIC, 10, 66)
    ['令和3年9月', '14日。']
    """
    lines = []
    for piece_of_text in text.split("\n"):
        line, line_width = "", 0.0
        pieces = _PIECE.findall(piece_of_text)
        for index, piece in enumerate(pieces):
            piece_width = measure(piece, font, size)
            opens = piece in _NOT_LAST and index + 1 < len(pieces)
            needed = piece_width + (measure(pieces[index + 1], font, size) if opens else 0.0)
            if line and line_width + needed > width and piece not in _NOT_FIRST:
                lines.append(line)
                line, line_width = "", 0.0
            line, line_width = line + piece, line_width + piece_width
        lines.append(line)
    return lines


def draw_line(canvas: Canvas, x: float, y: float, text: str, font: str, size: float) -> None:
    """Draws one line with its baseline at `y`; footnote marks are raised.

    A lone character gets a space behind it: where no Japanese font is installed, pdfium takes the box of a glyph to
    be empty, and leaves out text that has no width from its first to its last glyph.
    """
    for part, scale in _parts(text + "　" if len(text) == 1 else text):
        canvas.setFont(font, size * scale)
        canvas.drawString(x, y if scale == 1.0 else y + size * 0.4, part)
        x += float(stringWidth(part, font, size * scale))


def _parts(text: str) -> list[tuple[str, float]]:
    parts = []
    for part in re.split(r"(⟦[^⟧]*⟧)", text):
        if part:
            parts.append((part[1:-1], _MARK_SCALE) if part.startswith("⟦") else (part, 1.0))
    return parts


@dataclass(frozen=True, slots=True)
class Frame:
    """A column to fill: `left` and `width`, from `top` down to `bottom`, in points from the lower left corner."""

    left: float
    width: float
    top: float
    bottom: float


@dataclass(slots=True)
class Flow:
    """Text running through the frames of a page and on to the next page.

    `decorate` draws what every page has (running head, page number) and is called once a page with its number.
    """

    canvas: Canvas
    frames: list[Frame]
    decorate: Callable[[Canvas, int], None]
    page: int = 1
    column: int = 0
    y: float = field(default=0.0)

    def __post_init__(self) -> None:
        self.y = self.frames[0].top
        self.decorate(self.canvas, self.page)

    @property
    def frame(self) -> Frame:
        return self.frames[self.column]

    def next_page(self, frames: list[Frame] | None = None) -> None:
        """Closes the page and opens one with `frames` (those of the last page, when none are given)."""
        self.canvas.showPage()
        self.frames = frames or self.frames
        self.page, self.column, self.y = self.page + 1, 0, (frames or self.frames)[0].top
        self.decorate(self.canvas, self.page)

    def next_frame(self) -> None:
        """Goes to the head of the next column, or of the next page."""
        if self.column + 1 == len(self.frames):
            self.next_page()
        else:
            self.column += 1
            self.y = self.frame.top

    def need(self, height: float) -> None:
        """Goes to the next column unless `height` points are left in this one."""
        if self.y - height < self.frame.bottom:
            self.next_frame()

    def paragraph(
        self,
        text: str,
        *,
        font: str = MINCHO,
        size: float = 9.5,
        leading: float = 15,
        indent: float = 0,
        after: float = 5,
    ) -> None:
        """Sets a paragraph, line by line, over columns and pages."""
        for line in break_lines(text, font, size, self.frame.width - indent):
            self.need(leading)
            draw_line(self.canvas, self.frame.left + indent, self.y - size, line, font, size)
            self.y -= leading
        self.y -= after

    def heading(self, text: str, size: float = 13) -> None:
        """Sets a heading that stays with at least three lines of what follows."""
        self.need(size * 1.5 + 50)
        self.y -= size * 0.4
        self.paragraph(text, font=GOTHIC, size=size, leading=size * 1.4, after=4)
