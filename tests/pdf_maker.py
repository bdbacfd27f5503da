"""Smallest PDFs, each with one trouble, drawn with reportlab. Points from the top left corner of an A5 page."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Sequence

from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from pipeline.model import Document, Sidecar, Source, TableHint
from pipeline.parsers.pdf import parse_pdf

GOTHIC, MINCHO = "HeiseiKakuGo-W5", "HeiseiMin-W3"
WIDTH, HEIGHT = 420.0, 595.0
for _font in (GOTHIC, MINCHO):
    pdfmetrics.registerFont(UnicodeCIDFont(_font))


class Maker:
    """A canvas that counts from the top left corner; `data()` is the finished file. With a `password` nobody reads it without, with that of an `owner`
    alone everybody does, though it is encrypted."""

    def __init__(
        self,
        password: str = "",
        turn: int = 0,
        crop: tuple[float, float, float, float] | None = None,
        owner: str = "",
    ) -> None:
        self._buffer = io.BytesIO()
        encrypt = StandardEncryption(password, owner or None, canPrint=0) if password or owner else None
        self.canvas = Canvas(self._buffer, pagesize=(WIDTH, HEIGHT), encrypt=encrypt, invariant=1)
        if turn:
            self.canvas.setPageRotation(turn)
        if crop:
            self.canvas.setCropBox(crop)

    def text(self, x: float, baseline: float, text: str, size: float = 10, font: str = MINCHO, mode: int = 0) -> None:
        line = self.canvas.beginText(x, HEIGHT - baseline)
        line.setFont(font, size)
        line.setTextRenderMode(mode)
        line.textOut(text)
        self.canvas.drawText(line)

    def lines(self, x: float, baseline: float, lines: Sequence[str], leading: float = 16, size: float = 10) -> None:
        for index, line in enumerate(lines):
            self.text(x, baseline + index * leading, line, size)

    def column(self, x: float, top: float, text: str, size: float = 10) -> None:
        """A vertical line: upright glyphs below each other, two digits side by side."""
        y, index = top, 0
        while index < len(text):
            pair = text[index : index + 2]
            if len(pair) == 2 and pair.isascii() and pair.isdecimal():
                self.text(x, y + 0.88 * size, pair, size, "Helvetica")
                index += 2
            else:
                self.text(x, y + 0.88 * size, text[index], size)
                index += 1
            y += size

    def rule(self, x0: float, y0: float, x1: float, y1: float) -> None:
        self.canvas.setLineWidth(0.5)
        self.canvas.line(x0, HEIGHT - y0, x1, HEIGHT - y1)

    def grid(self, xs: Sequence[float], ys: Sequence[float]) -> None:
        for y in ys:
            self.rule(xs[0], y, xs[-1], y)
        for x in xs:
            self.rule(x, ys[0], x, ys[-1])

    def page(self) -> None:
        self.canvas.showPage()

    def data(self) -> bytes:
        self.canvas.save()
        return self._buffer.getvalue()


def parsed(data: bytes, tables: tuple[TableHint, ...] = ()) -> Document:
    sidecar = Sidecar(tables=tables)
    return parse_pdf(Source("made", "made.pdf", data, "application/pdf", hashlib.sha256(data).hexdigest(), sidecar))
