"""A line: glyphs on one baseline or in one column.

Takes glyphs in reading order, gives a `Line` with its box and size. Does not know how they were found.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.parsers.pdf.glyphs import BOLD, Glyph
from pipeline.parsers.pdf.spacing import Box, spaced_text


@dataclass(frozen=True, slots=True)
class Line:
    """Glyphs in reading order; (x0, top, x1, bottom) is their box, `em` the size of most of them."""

    glyphs: tuple[Glyph, ...]
    vertical: bool
    x0: float
    top: float
    x1: float
    bottom: float
    em: float

    @property
    def bold(self) -> bool:
        return sum(1 for glyph in self.glyphs if glyph.flags & BOLD) * 2 > len(self.glyphs)

    def text(self) -> tuple[str, list[Box]]:
        return spaced_text(self.glyphs, self.vertical)


def line_of(glyphs: Sequence[Glyph], vertical: bool) -> Line:
    _, x0s, tops, x1s, bottoms, ems, _ = zip(*glyphs, strict=True)
    em = ems[0]
    if any(size != em for size in ems):
        sizes = Counter(round(size * 4) / 4 for size in ems)
        em = max(sizes, key=lambda size: (sizes[size], size))
    return Line(tuple(glyphs), vertical, min(x0s), min(tops), max(x1s), max(bottoms), em)
