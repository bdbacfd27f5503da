"""Where on a PDF page a span stands: one box a line.

Takes glyph boxes and a span; gives (page, box) a line or column of text. Does not know mentions.
"""

from __future__ import annotations

from pipeline.model import Glyphs, Span

Box = tuple[float, float, float, float]


def parts(glyphs: Glyphs, span: Span) -> list[tuple[int, Box]]:
    """Boxes (x0, top, x1, bottom) in points from the page's top left, in reading order; characters that the parser wrote have none."""
    found: list[tuple[int, Box]] = []
    last: Box | None = None
    for offset in range(span.start, span.end):
        page = glyphs.page[offset]
        if page == 0:
            continue
        box = glyphs.box(offset)
        if found and found[-1][0] == page and last is not None and _follows(last, box):
            found[-1] = page, _union(found[-1][1], box)
        else:
            found.append((page, box))
        last = box
    return found


def _follows(last: Box, box: Box) -> bool:
    """Whether a glyph stands on the line, or in the vertical column, of the one before it."""
    size = max(last[3] - last[1], last[2] - last[0], box[3] - box[1], box[2] - box[0], 1.0)
    beside = abs((last[1] + last[3]) - (box[1] + box[3])) < size and -size < box[0] - last[2] < 4 * size
    below = abs((last[0] + last[2]) - (box[0] + box[2])) < size and -size / 2 < box[1] - last[3] < 4 * size
    return beside or below


def _union(one: Box, other: Box) -> Box:
    return min(one[0], other[0]), min(one[1], other[1]), max(one[2], other[2]), max(one[3], other[3])
