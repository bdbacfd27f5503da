"""White glyphs on white paper, which nobody sees.

Takes the glyphs of a page and the page, gives the glyphs that are seen. Does not know lines, nor what is written.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import pypdfium2.raw as pdfium

from pipeline.parsers.pdf.calls import address, calls, handle
from pipeline.parsers.pdf.glyphs import WHITE, WHITEST, Glyph
from pipeline.parsers.pdf.pdfium import Frame
from pipeline.parsers.pdf.ruling import MAX_OBJECTS, Box

_GROUNDS = (pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_SHADING)


def seen(glyphs: Sequence[Glyph], page: Any, frame: Frame) -> list[Glyph]:
    """The glyphs without white ones that stand on nothing: on no filled shape, image or shading, whatever its order.

    What a form draws is taken for a ground as a whole.
    """
    grounds = _grounds(page, frame)
    kept: list[Glyph] = []
    last: Box = (0.0, 0.0, 0.0, 0.0)
    for glyph in glyphs:
        if glyph.flags & WHITE:
            x, y = (glyph.x0 + glyph.x1) / 2, (glyph.top + glyph.bottom) / 2
            if not _holds(last, x, y):
                found = next((box for box in grounds if _holds(box, x, y)), None)
                if found is None:
                    continue
                last = found
        kept.append(glyph)
    return kept


def _grounds(page: Any, frame: Frame) -> list[Box]:
    """Boxes of what is painted on the page in another colour than white."""
    call = calls()
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    get: Callable[[int], int | None] = partial(call.page_object, address(page))
    boxes: list[Box] = []
    for index in range(min(pdfium.FPDFPage_CountObjects(page), MAX_OBJECTS)):
        where = get(index)
        kind = call.kind(where) if where else pdfium.FPDF_PAGEOBJ_UNKNOWN
        if not where or (kind not in _GROUNDS and kind != pdfium.FPDF_PAGEOBJ_FORM):
            continue
        if kind == pdfium.FPDF_PAGEOBJ_PATH and is_white(where):
            continue
        if pdfium.FPDFPageObj_GetBounds(handle(pdfium.FPDF_PAGEOBJECT, where), left, bottom, right, top):
            boxes.append(frame.box(left.value, bottom.value, right.value, top.value))
    return boxes


def is_white(where: int) -> bool:
    """Whether an object is filled with white or with nothing."""
    r, g, b, a = (ctypes.c_uint() for _ in range(4))
    if not calls().fill_colour(where, address(r), address(g), address(b), address(a)):
        return False
    return a.value == 0 or min(r.value, g.value, b.value) >= WHITEST


def _holds(box: Box, x: float, y: float) -> bool:
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]
