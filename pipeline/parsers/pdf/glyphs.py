"""The characters of a page with the boxes they are drawn in.

Takes a pdfium text page and its frame, gives `Glyph`s in the order of the content stream. Does not know lines.
"""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from dataclasses import dataclass, field
from math import hypot, nan
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from pipeline.parsers.pdf.calls import address, calls, handle
from pipeline.parsers.pdf.pdfium import Frame

#: what `Glyph.flags` holds
INVISIBLE, ROTATED, BOLD, SPACE, WIDE_SPACE, WHITE, UPWARD = 1, 2, 4, 8, 16, 32, 64
#: from here on each of red, green and blue is white
WHITEST = 250
#: a page beyond this is a drawing or an attack
MAX_GLYPHS = 100_000
#: the baseline of a CJK em box lies 12 % above its bottom (OpenType ideographic em box)
_DESCENT = 0.12
#: bullets and marks of the Symbol and Wingdings fonts, which have no Unicode value but their code in the private area
_SYMBOLS = {
    "\uf06c": "●",
    "\uf06d": "❍",
    "\uf06e": "■",
    "\uf06f": "□",
    "\uf071": "❑",
    "\uf075": "◆",
    "\uf076": "❖",
    "\uf09e": "・",
    "\uf09f": "・",
    "\uf0a7": "▪",
    "\uf0a8": "□",
    "\uf0b7": "・",
    "\uf0d8": "➢",
    "\uf0df": "←",
    "\uf0e0": "→",
    "\uf0e8": "➔",
    "\uf0fc": "✓",
    "\uf0fe": "☑",
}
_BLANKS = frozenset("\t\n\r \xa0\u202f\u3000\ufeff" + "".join(map(chr, range(0x2000, 0x200C))))


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


@dataclass(slots=True)
class PageText:
    """Glyphs of a page; how many characters have no Unicode value, how many are blank; what flags there are among them."""

    glyphs: list[Glyph] = field(default_factory=list)
    unmapped: int = 0
    blanks: int = 0
    flags: int = 0


def read_glyphs(text_page: Any, frame: Frame) -> PageText:
    """Visible characters inside the page's box.

    Blanks become flags of the next glyph, and what pdfium generates (blanks, line breaks) is dropped.
    """
    call, page = calls(), address(text_page)
    object_of, fill_box, fill_origin = call.text_object, call.loose_box, call.origin
    rect, x, y = pdfium.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    to_rect, to_x, to_y = address(rect), address(x), address(y)
    left, top_edge, wide, high = frame.left, frame.top, 2 * frame.width, 2 * frame.height
    styles = _Styles(page, frame.turn != 0)
    found = PageText()
    # what Glyph(…) does, in half the time
    glyphs, new = found.glyphs, tuple.__new__
    blank = current = 0
    foot = bottom = nan
    for index, code in enumerate(_codes(text_page, page)):
        here = object_of(page, index)
        if not here or not code:
            continue
        if here != current:
            current, foot = here, nan
            font, em, flags, upright = styles.style(index, here)
            found.flags |= flags
            names, unmapped = font.names, font.unmapped
        if code in _BLANKS:
            if not pdfium.FPDFText_IsGenerated(text_page, index):
                blank |= WIDE_SPACE if code == "\u3000" else SPACE
                found.blanks += 1
            continue
        char = names.get(code)
        if char is None:
            char = names[code] = _char(code)
            if char == "\ufffd" or call.is_unmapped(page, index) == 1:
                unmapped.add(code)
        if unmapped and code in unmapped:
            found.unmapped += 1
        fill_box(page, index, to_rect)
        if upright:
            if rect.bottom != foot:
                # on one baseline the boxes of an object have one foot: ask for the origin once
                fill_origin(page, index, to_x, to_y)
                foot, bottom = rect.bottom, top_edge - y.value + _DESCENT * em
            x0, x1, top = rect.left - left, rect.right - left, bottom - em
            if 0 <= x0 + x1 <= wide and 0 <= top + bottom <= high:
                glyphs.append(new(Glyph, (char, x0, top, x1, bottom, em, flags | blank)))
                blank = 0
        else:
            box = frame.box(rect.left, rect.bottom, rect.right, rect.top)
            if 0 <= box[0] + box[2] <= wide and 0 <= box[1] + box[3] <= high:
                glyphs.append(Glyph(char, *box, em, flags | blank))
                blank = 0
    return found


def _codes(text_page: Any, page: int) -> Sequence[str]:
    """The character of each index, half of a surrogate pair being none ("")."""
    count = min(pdfium.FPDFText_CountChars(text_page), MAX_GLYPHS)
    buffer = ctypes.create_string_buffer(2 * count + 2)
    units = pdfium.FPDFText_GetText(text_page, 0, count, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)))
    text = buffer.raw[: 2 * max(units - 1, 0)].decode("utf-16-le", errors="surrogatepass")
    if len(text) == count:
        return text
    # some characters have no text, or two units: ask for each
    code = calls().code
    codes = [code(page, index) for index in range(count)]
    chars = ["" if 0xD800 <= value < 0xE000 else chr(value) for value in codes]
    for index in range(1, count):
        high, low = codes[index - 1], codes[index]
        if 0xD800 <= high < 0xDC00 <= low < 0xE000:
            chars[index] = chr(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00))
    return chars


def _char(code: str) -> str:
    """pdfium tells a hyphen at a line's end as U+0002 or U+FFFE, and a glyph without a value as a control character."""
    if code < " " or code in "\xad\ufffe":
        return "-" if code in "\x02\xad\ufffe" else "\ufffd"
    return _SYMBOLS.get(code) or ("\ufffd" if "\ud800" <= code < "\ue000" else code)


@dataclass(frozen=True, slots=True)
class _Font:
    """A font on the page: what its codes are told as, and which of them have no Unicode value."""

    bold: bool
    names: dict[str, str] = field(default_factory=dict)
    unmapped: set[str] = field(default_factory=set)


class _Styles:
    """Fonts, sizes and directions of a page's text objects."""

    def __init__(self, page: int, turned: bool) -> None:
        self.call, self.page, self.turned = calls(), page, turned
        self.matrix = pdfium.FS_MATRIX()
        self.to_matrix = address(self.matrix)
        self.colour = (ctypes.c_uint * 4)()
        first = ctypes.addressof(self.colour)
        self.to_colour = (first, first + 4, first + 8, first + 12)
        self.fonts: dict[int, _Font] = {}

    def style(self, index: int, text_object: int) -> tuple[_Font, float, int, bool]:
        """Font, em in points, flags and whether the glyphs stand upright, of the object of a character."""
        call, matrix = self.call, self.matrix
        call.matrix(self.page, index, self.to_matrix)
        em = call.font_size(self.page, index) * hypot(matrix.c, matrix.d) or 1.0
        slanted = abs(matrix.b) > 0.2 * abs(matrix.a) or matrix.a <= 0 or matrix.d <= 0
        where = call.font(text_object) or 0
        font = self.fonts.get(where)
        if font is None:
            bold = where != 0 and pdfium.FPDFFont_GetWeight(handle(pdfium.FPDF_FONT, where)) >= 600
            font = self.fonts[where] = _Font(bold)
        flags = (ROTATED if slanted != self.turned else 0) | (BOLD if font.bold else 0)
        if slanted and not self.turned and matrix.b > 3 * abs(matrix.a):
            flags |= UPWARD
        mode = call.render_mode(text_object)
        if mode == pdfium.FPDF_TEXTRENDERMODE_INVISIBLE:
            flags |= INVISIBLE
        elif mode == pdfium.FPDF_TEXTRENDERMODE_FILL and call.fill_colour(text_object, *self.to_colour):
            colour = self.colour
            if colour[0] >= WHITEST and colour[1] >= WHITEST and colour[2] >= WHITEST:
                flags |= WHITE
        return font, em, flags, not slanted and not self.turned
