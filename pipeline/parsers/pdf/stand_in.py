"""A font that stands in for the Japanese fonts a PDF does not embed, so that no machine's own fonts matter.

Takes nothing, gives a TrueType font in which every character is one bar, and tells pdfium to use it. Does not know pages.
"""

from __future__ import annotations

import ctypes
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

import pypdfium2.raw as pdfium

#: FPDF_SYSFONTINFO charsets of fonts with full-width glyphs: Shift_JIS, Hangul, GB 2312, Big5
_WIDE_CHARSETS = frozenset({128, 129, 134, 136})
_EM, _ASCENT, _DESCENT = 1000, 880, -120
#: the outline is narrower than any advance: pdfium reckons a character as wide as the wider of the two
_OUTLINE_FOOT, _OUTLINE_HEAD, _OUTLINE_WIDTH = 0, 700, 100
_HANDLE = 1


@contextmanager
def stand_in() -> Iterator[None]:
    """Inside, pdfium looks up no font of the system: a wide one is the bar font, others are pdfium's built-in ones.

    pdfium leaves out glyphs without an outline and takes heights from the font it finds; a bar for every character
    keeps all of them, alike everywhere. The system's fonts are back afterwards: page images need them.
    """
    pdfium.FPDF_SetSystemFontInfo(_font_info())
    try:
        yield
    finally:
        pdfium.FPDF_SetSystemFontInfo(pdfium.FPDF_GetDefaultSystemFontInfo())


@cache
def _font_info() -> Any:
    """An FPDF_SYSFONTINFO; cached, because pdfium keeps its address."""
    font = bar_font()

    def map_font(_info: Any, _weight: int, _italic: int, charset: int, _pitch: int, _face: Any, _exact: Any) -> Any:
        return _HANDLE if charset in _WIDE_CHARSETS else None

    def font_data(_info: Any, _handle: Any, table: int, buffer: Any, size: int) -> int:
        if table:
            return 0
        if buffer and size >= len(font):
            ctypes.memmove(buffer, font, len(font))
        return len(font)

    calls = {
        "EnumFonts": lambda _info, _mapper: None,
        "MapFont": map_font,
        "GetFont": lambda _info, _face: None,
        "GetFontData": font_data,
        "GetFaceName": lambda _info, _handle, _buffer, _size: 0,
        "GetFontCharset": lambda _info, _handle: min(_WIDE_CHARSETS),
        "DeleteFont": lambda _info, _handle: None,
    }
    info = pdfium.FPDF_SYSFONTINFO(version=1)
    kinds = dict(pdfium.FPDF_SYSFONTINFO._fields_)
    for name, call in calls.items():
        setattr(info, name, kinds[name](call))
    return info


@cache
def bar_font() -> bytes:
    """A TrueType font (ISO/IEC 14496-22) whose `cmap` of format 13 gives one glyph for every character."""
    foot, head, width = _OUTLINE_FOOT, _OUTLINE_HEAD, _OUTLINE_WIDTH
    glyph = struct.pack(">5h", 1, 0, foot, width, head)
    glyph += struct.pack(">HH4B", 3, 0, 1, 1, 1, 1)
    glyph += struct.pack(">8h", 0, width, 0, -width, foot, 0, head - foot, 0)
    glyph += bytes(-len(glyph) % 4)
    mapping = struct.pack(">HHIIIIII", 13, 0, 28, 0, 1, 0x20, 0x10FFFF, 1)
    tables = {
        b"cmap": struct.pack(">HHHHI", 0, 1, 3, 10, 12) + mapping,
        b"glyf": glyph + glyph,
        b"head": struct.pack(
            ">4IHHqqhhhhHHhhh",
            *(0x10000, 0x10000, 0, 0x5F0F3CF5, 3, _EM, 0, 0),
            *(0, foot, width, head, 0, 8, 2, 1, 0),
        ),
        b"hhea": struct.pack(">IhhhH11hH", 0x10000, _ASCENT, _DESCENT, 0, _EM, 0, 0, _EM, 1, *(0,) * 7, 1),
        b"hmtx": struct.pack(">Hhh", _EM, 0, 0),
        b"loca": struct.pack(">III", 0, len(glyph), 2 * len(glyph)),
        b"maxp": struct.pack(">I14H", 0x10000, 2, 4, 1, 0, 0, 2, *(0,) * 8),
    }
    directory = struct.pack(">IHHHH", 0x10000, len(tables), 64, 2, 16 * len(tables) - 64)
    body, start = b"", len(directory) + 16 * len(tables)
    for tag, table in sorted(tables.items()):
        padded = table + bytes(-len(table) % 4)
        checksum = sum(struct.unpack(f">{len(padded) // 4}I", padded)) & 0xFFFFFFFF
        directory += tag + struct.pack(">III", checksum, start + len(body), len(table))
        body += padded
    return directory + body
