"""The characters of a page with the boxes they are drawn in.

Takes a pdfium text page and its frame, gives `Glyph`s in the order of the content stream. Does not know lines.
"""

from __future__ import annotations

import ctypes
from dataclasses import dataclass, field
from math import hypot
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from pipeline.parsers.pdf.pdfium import Frame

#: what `Glyph.flags` holds
INVISIBLE, ROTATED, BOLD, SPACE, WIDE_SPACE = 1, 2, 4, 8, 16
#: a page beyond this is a drawing or an attack
MAX_GLYPHS = 100_000
#: the baseline of a CJK em box lies 12 % above its bottom (OpenType ideographic em box)
_DESCENT = 0.12
#: bullets and marks of the Symbol and Wingdings fonts, which have no Unicode value but their code in the private area
_SYMBOLS = {
    0xF06C: "●",
    0xF06D: "❍",
    0xF06E: "■",
    0xF06F: "□",
    0xF071: "❑",
    0xF075: "◆",
    0xF076: "❖",
    0xF09E: "・",
    0xF09F: "・",
    0xF0A7: "▪",
    0xF0A8: "□",
    0xF0B7: "・",
    0xF0D8: "➢",
    0xF0DF: "←",
    0xF0E0: "→",
    0xF0E8: "➔",
    0xF0FC: "✓",
    0xF0FE: "☑",
}
_BLANKS = frozenset({0x09, 0x0A, 0x0D, 0x20, 0xA0, *range(0x2000, 0x200C), 0x202F, 0x3000, 0xFEFF})


class Glyph(NamedTuple):
    """One character: points from the page's top left; `em` its font size as drawn; SPACE flags tell of a blank glyph before it.

    The box of upright glyphs is advance width by em square, so that fonts of one line share top and bottom.
    """

    char: str
    x0: float
    top: float
    x1: float
    bottom: float
    em: float
    flags: int = 0


class _Style(NamedTuple):
    em: float
    flags: int
    upright: bool


@dataclass(slots=True)
class PageText:
    """Glyphs of a page; how many characters have no Unicode value, how many are blank."""

    glyphs: list[Glyph] = field(default_factory=list)
    unmapped: int = 0
    blanks: int = 0


def read_glyphs(text_page: Any, frame: Frame) -> PageText:
    """Visible characters inside the page's box.

    Blanks become flags of the next glyph, and what pdfium generates (blanks, line breaks) is dropped.
    """
    width, height, turned = frame.width, frame.height, frame.turn != 0
    rect, x, y = pdfium.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    unicode, loose, origin = pdfium.FPDFText_GetUnicode, pdfium.FPDFText_GetLooseCharBox, pdfium.FPDFText_GetCharOrigin
    rect_ref, x_ref, y_ref = ctypes.byref(rect), ctypes.byref(x), ctypes.byref(y)
    found = PageText()
    before = high = address = foot_of = 0
    foot = 0.0
    style = _Style(0.0, 0, True)
    for index in range(min(pdfium.FPDFText_CountChars(text_page), MAX_GLYPHS)):
        holder = pdfium.FPDFText_GetTextObject(text_page, index)
        if not holder:
            continue
        here = ctypes.addressof(holder.contents)
        if here != address:
            address, style = here, _style(text_page, index, holder, turned)
        code = unicode(text_page, index)
        if 0xD800 <= code < 0xE000:
            if code < 0xDC00 or not high:
                high = code if code < 0xDC00 else 0
                continue
            code, high = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00), 0
        if code in _BLANKS:
            if not pdfium.FPDFText_IsGenerated(text_page, index):
                before |= WIDE_SPACE if code == 0x3000 else SPACE
                found.blanks += 1
            continue
        char = _char(code)
        if char == "\ufffd" or pdfium.FPDFText_HasUnicodeMapError(text_page, index) == 1:
            found.unmapped += 1
        loose(text_page, index, rect_ref)
        if style.upright:
            if rect.bottom != foot or here != foot_of:
                # on one baseline the boxes of an object have one foot: ask for the origin once
                origin(text_page, index, x_ref, y_ref)
                foot, foot_of = rect.bottom, here
            x0, x1 = rect.left - frame.left, rect.right - frame.left
            bottom = frame.top - y.value + _DESCENT * style.em
            top = bottom - style.em
        else:
            x0, top, x1, bottom = frame.box(rect.left, rect.bottom, rect.right, rect.top)
        if 0 <= x0 + x1 <= 2 * width and 0 <= top + bottom <= 2 * height:
            found.glyphs.append(Glyph(char, x0, top, x1, bottom, style.em, style.flags | before))
            before = 0
    return found


def _char(code: int) -> str:
    """pdfium tells a hyphen at a line's end as U+0002 or U+FFFE, and a glyph without a value as a control character."""
    if code < 0x20 or code in {0xAD, 0xFFFE}:
        return "-" if code in {2, 0xAD, 0xFFFE} else "\ufffd"
    return _SYMBOLS.get(code) or chr(code)


def _style(text_page: Any, index: int, holder: Any, turned: bool) -> _Style:
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFText_GetMatrix(text_page, index, matrix)
    size = pdfium.FPDFText_GetFontSize(text_page, index)
    em = size * hypot(matrix.c, matrix.d) or 1.0
    slanted = abs(matrix.b) > 0.2 * abs(matrix.a) or matrix.a <= 0 or matrix.d <= 0
    rotated = slanted != turned
    flags = ROTATED if rotated else 0
    if pdfium.FPDFTextObj_GetTextRenderMode(holder) == pdfium.FPDF_TEXTRENDERMODE_INVISIBLE:
        flags |= INVISIBLE
    font = pdfium.FPDFTextObj_GetFont(holder)
    if font and pdfium.FPDFFont_GetWeight(font) >= 600:
        flags |= BOLD
    return _Style(em, flags, not slanted and not turned)
