"""The calls of pdfium that are made once a character or object, bound so that they cost little.

Takes nothing, gives callables on addresses; the caller answers for the types. Does not know what is done with them.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from functools import cache
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

_ADDRESS, _INT = ctypes.c_void_p, ctypes.c_int


class Calls(NamedTuple):
    """Handles, boxes and results that are handles are addresses, None for none; an index counts from 0.

    `loose_box(text_page, index, FS_RECTF)`, `origin(text_page, index, double, double)`,
    `matrix(text_page, index, FS_MATRIX)` and `segment_point(segment, float,
    float)` and `fill_colour(object, uint, uint, uint, uint)` (red, green, blue, alpha) fill what the addresses point at.
    """

    code: Callable[[int, int], int]
    text_object: Callable[[int, int], int | None]
    loose_box: Callable[[int, int, int], int]
    origin: Callable[[int, int, int, int], int]
    is_unmapped: Callable[[int, int], int]
    matrix: Callable[[int, int, int], int]
    font_size: Callable[[int, int], float]
    page_object: Callable[[int, int], int | None]
    form_object: Callable[[int, int], int | None]
    kind: Callable[[int], int]
    path_segment: Callable[[int, int], int | None]
    segment_kind: Callable[[int], int]
    segment_point: Callable[[int, int, int], int]
    segment_closes: Callable[[int], int]
    font: Callable[[int], int | None]
    render_mode: Callable[[int], int]
    fill_colour: Callable[[int, int, int, int, int], int]


@cache
def calls() -> Calls:
    """Bound anew without the checks of argument types, which cost more than most of the calls themselves."""
    return Calls(
        _bound(pdfium.FPDFText_GetUnicode, ctypes.c_uint, _ADDRESS, _INT),
        _bound(pdfium.FPDFText_GetTextObject, _ADDRESS, _ADDRESS, _INT),
        _bound(pdfium.FPDFText_GetLooseCharBox, _INT, _ADDRESS, _INT, _ADDRESS),
        _bound(pdfium.FPDFText_GetCharOrigin, _INT, _ADDRESS, _INT, _ADDRESS, _ADDRESS),
        _bound(pdfium.FPDFText_HasUnicodeMapError, _INT, _ADDRESS, _INT),
        _bound(pdfium.FPDFText_GetMatrix, _INT, _ADDRESS, _INT, _ADDRESS),
        _bound(pdfium.FPDFText_GetFontSize, ctypes.c_double, _ADDRESS, _INT),
        _bound(pdfium.FPDFPage_GetObject, _ADDRESS, _ADDRESS, _INT),
        _bound(pdfium.FPDFFormObj_GetObject, _ADDRESS, _ADDRESS, ctypes.c_ulong),
        _bound(pdfium.FPDFPageObj_GetType, _INT, _ADDRESS),
        _bound(pdfium.FPDFPath_GetPathSegment, _ADDRESS, _ADDRESS, _INT),
        _bound(pdfium.FPDFPathSegment_GetType, _INT, _ADDRESS),
        _bound(pdfium.FPDFPathSegment_GetPoint, _INT, _ADDRESS, _ADDRESS, _ADDRESS),
        _bound(pdfium.FPDFPathSegment_GetClose, _INT, _ADDRESS),
        _bound(pdfium.FPDFTextObj_GetFont, _ADDRESS, _ADDRESS),
        _bound(pdfium.FPDFTextObj_GetTextRenderMode, _INT, _ADDRESS),
        _bound(pdfium.FPDFPageObj_GetFillColor, _INT, _ADDRESS, _ADDRESS, _ADDRESS, _ADDRESS, _ADDRESS),
    )


def address(handle: Any) -> int:
    """Where a ctypes structure, or what a ctypes pointer points at, lies."""
    return ctypes.addressof(handle.contents if hasattr(handle, "contents") else handle)


def handle(pointer_type: Any, where: int) -> Any:
    """An address as the pointer that pdfium's own functions take."""
    return ctypes.cast(where, pointer_type)


def _bound(function: Any, result: Any, *arguments: Any) -> Any:
    return ctypes.PYFUNCTYPE(result, *arguments)(ctypes.cast(function, _ADDRESS).value or 0)
