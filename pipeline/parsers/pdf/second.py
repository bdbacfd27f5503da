"""The second reader: pdfplumber, for pages where pdfium names few of the characters.

Takes a PDF's bytes and a page number, gives glyphs like the first reader. Imported only when it is needed.
"""

from __future__ import annotations

import io
from typing import Any

from pipeline.parsers.pdf.damage import unmapped_names
from pipeline.parsers.pdf.glyphs import MAX_GLYPHS, ROTATED, SPACE, WIDE_SPACE, Glyph


def read_again(data: bytes, index: int) -> tuple[list[Glyph], int]:
    """Glyphs of page `index` (from 0) and the number of blank ones; none where pdfplumber cannot read it either."""
    import pdfplumber
    from pdfminer.pdfexceptions import PDFException
    from pdfminer.psexceptions import PSException

    try:
        with pdfplumber.open(io.BytesIO(data), pages=[index + 1]) as document:
            page = document.pages[0]
            left, top = page.bbox[0], page.bbox[1]
            return _glyphs(page.chars, left, top)
    except (PDFException, PSException, ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError):
        # pdfminer answers a damaged object with any of these
        return [], 0


def _glyphs(chars: list[dict[str, Any]], left: float, top: float) -> tuple[list[Glyph], int]:
    glyphs: list[Glyph] = []
    blank = blanks = 0
    for char in chars[:MAX_GLYPHS]:
        text = unmapped_names(char["text"])
        if not text.strip():
            blank |= WIDE_SPACE if text == "\u3000" else SPACE
            blanks += 1
            continue
        x0, x1 = char["x0"] - left, char["x1"] - left
        y0, y1 = char["top"] - top, char["bottom"] - top
        em = float(char["size"]) or 1.0
        flags = blank | (0 if char["upright"] else ROTATED)
        width = (x1 - x0) / len(text)
        for place, letter in enumerate(text):
            glyphs.append(Glyph(letter, x0 + place * width, y0, x0 + (place + 1) * width, y1, em, flags))
        blank = 0
    return glyphs, blanks
