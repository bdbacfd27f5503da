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
    boxes = glyphs.boxes
    for offset, page in enumerate(glyphs.page[span.start : span.end], span.start):
        if page == 0:
            continue
        x0, top, x1, bottom = boxes[4 * offset : 4 * offset + 4]
        box = x0, top, x1, bottom
        if last is not None and found[-1][0] == page and _follows(last, box):
            left, above, right, below = found[-1][1]
            found[-1] = (
                page,
                (
                    x0 if x0 < left else left,
                    top if top < above else above,
                    x1 if x1 > right else right,
                    bottom if bottom > below else below,
                ),
            )
        else:
            found.append((page, box))
        last = box
    return found


def _follows(last: Box, box: Box) -> bool:
    """Whether a glyph stands on the line, or in the vertical column, of the one before it."""
    x0, top, x1, bottom = box
    last_x0, last_top, last_x1, last_bottom = last
    size = max(last_bottom - last_top, last_x1 - last_x0, bottom - top, x1 - x0, 1.0)
    if -size < (last_top + last_bottom) - (top + bottom) < size and -size < x0 - last_x1 < 4 * size:
        return True
    return -size < (last_x0 + last_x1) - (x0 + x1) < size and -size / 2 < top - last_bottom < 4 * size
