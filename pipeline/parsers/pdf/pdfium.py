"""Opens a PDF with pdfium and walks its pages; the only place that opens and closes pdfium's handles.

Takes bytes, gives page handles with their frame (crop box and rotation), metadata, or the reason why not. Does not read content.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from pipeline.parsers.pdf.calls import address, calls
from pipeline.parsers.pdf.stand_in import stand_in

#: text objects of a page that is read: a letter each on the densest page; pdfium's time grows with their square
MAX_TEXTS = 50_000
#: objects of a page that is read; of fewer the text is read, but not all ruling lines
MAX_OBJECTS = 1_000_000
_PASSWORD = {pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY}


class Unopened(Exception):
    """pdfium does not open the file: `code` is an issue's code."""

    def __init__(self, code: str, why: str) -> None:
        super().__init__(why)
        self.code, self.why = code, why


@dataclass(frozen=True, slots=True)
class Frame:
    """The page as shown: its crop box in user space and its rotation in quarter turns clockwise.

    >>> Frame(0, 0, 595, 842, 0).point(100, 800)
    (100, 42)
    >>> Frame(0, 0, 595, 842, 1).point(100, 800)
    (800, 100)
    """

    left: float
    bottom: float
    right: float
    top: float
    turn: int

    @property
    def width(self) -> float:
        return self.top - self.bottom if self.turn % 2 else self.right - self.left

    @property
    def height(self) -> float:
        return self.right - self.left if self.turn % 2 else self.top - self.bottom

    def point(self, x: float, y: float) -> tuple[float, float]:
        """User space to points from the top left corner as shown."""
        if self.turn == 0:
            return x - self.left, self.top - y
        if self.turn == 1:
            return y - self.bottom, x - self.left
        if self.turn == 2:
            return self.right - x, y - self.bottom
        return self.top - y, self.right - x

    def box(self, x0: float, y0: float, x1: float, y1: float) -> tuple[float, float, float, float]:
        ax, ay = self.point(x0, y0)
        bx, by = self.point(x1, y1)
        return min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)


class Opened(NamedTuple):
    """A document's handle, and the handle that its pages are loaded from."""

    document: Any
    pages: Any


@contextmanager
def opened(data: bytes, for_people: bool = False) -> Iterator[Opened]:
    """A document, closed at the end; raises Unopened (`pdf-password`, `pdf-broken`). `for_people` it gets the system's fonts for those that it does not
    embed, to be read a stand-in."""
    pdfium.FPDF_InitLibrary()
    with nullcontext() if for_people else stand_in():
        document = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
        if not document:
            error = pdfium.FPDF_GetLastError()
            if error in _PASSWORD:
                raise Unopened("pdf-password", "the file opens only with a password")
            raise Unopened("pdf-broken", "the file is damaged or cut off and does not open")
        pages = _unbound(document)
        try:
            yield Opened(document, pages or document)
        finally:
            if pages:
                pdfium.FPDF_CloseDocument(pages)
            pdfium.FPDF_CloseDocument(document)


def _unbound(document: Any) -> Any:
    """A copy of the pages without the preference `Direction` R2L (ISO 32000, 12.2), None where the document has none.

    Files bound at the right, as vertical writing asks for, have it; pdfium takes it for a right-to-left script:
    it turns lines round and mirrors their brackets.
    """
    value = ctypes.create_string_buffer(8)
    pdfium.FPDF_VIEWERREF_GetName(document, b"Direction", value, len(value))
    if value.value != b"R2L":
        return None
    copy = pdfium.FPDF_CreateNewDocument()
    if (
        copy
        and pdfium.FPDF_ImportPagesByIndex(copy, document, None, 0, 0)
        and pdfium.FPDF_GetPageCount(copy) == pdfium.FPDF_GetPageCount(document)
    ):
        return copy
    if copy:
        pdfium.FPDF_CloseDocument(copy)
    return None


@contextmanager
def loaded(document: Opened, index: int) -> Iterator[tuple[Any, Any, Frame]]:
    """Page `index` (from 0) with its text page and frame, closed at the end; raises Unopened (`pdf-broken`, `too-many-objects`,
    `too-many-texts`)."""
    page = pdfium.FPDF_LoadPage(document.pages, index)
    if not page:
        raise Unopened("pdf-broken", "the page cannot be loaded")
    text = None
    try:
        count = pdfium.FPDFPage_CountObjects(page)
        if count > MAX_OBJECTS:
            raise Unopened("too-many-objects", f"the page holds more than {MAX_OBJECTS} objects and is not read")
        if count > MAX_TEXTS and _texts(page, count) > MAX_TEXTS:
            raise Unopened("too-many-texts", f"the page holds more than {MAX_TEXTS} pieces of text and is not read")
        text = pdfium.FPDFText_LoadPage(page)
        if not text:
            raise Unopened("pdf-broken", "the text of the page cannot be loaded")
        box = pdfium.FS_RECTF()
        pdfium.FPDF_GetPageBoundingBox(page, box)
        turn = pdfium.FPDFPage_GetRotation(page) % 4
        yield page, text, Frame(box.left, box.bottom, box.right, box.top, turn)
    finally:
        if text:
            pdfium.FPDFText_ClosePage(text)
        pdfium.FPDF_ClosePage(page)


def _texts(page: Any, count: int) -> int:
    """Text objects among the first `count` objects of a page."""
    where, call = address(page), calls()
    return sum(call.kind(call.page_object(where, index) or 0) == pdfium.FPDF_PAGEOBJ_TEXT for index in range(count))


def metadata(document: Opened, tag: str) -> str:
    """A value of the document information dictionary (`Title`, `CreationDate`), "" where there is none."""
    key = tag.encode("ascii")
    size = pdfium.FPDF_GetMetaText(document.document, key, None, 0)
    if size <= 2:
        return ""
    buffer = ctypes.create_string_buffer(size)
    pdfium.FPDF_GetMetaText(document.document, key, buffer, size)
    return buffer.raw[: size - 2].decode("utf-16-le", errors="replace").strip()


def page_count(document: Opened) -> int:
    return int(pdfium.FPDF_GetPageCount(document.document))


def drawn(page: Any, width: int, height: int, form: int, size: int, flags: int) -> bytes:
    """A page on white as rows of pixels, from the top: `form` is pdfium's (`FPDFBitmap_Gray`), of `size` bytes a pixel."""
    bitmap = pdfium.FPDFBitmap_CreateEx(width, height, form, None, 0)
    try:
        pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, 0xFFFFFFFF)
        pdfium.FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, flags)
        stride = pdfium.FPDFBitmap_GetStride(bitmap)
        data = ctypes.string_at(pdfium.FPDFBitmap_GetBuffer(bitmap), stride * height)
    finally:
        pdfium.FPDFBitmap_Destroy(bitmap)
    row = width * size
    return data if stride == row else b"".join(data[at * stride : at * stride + row] for at in range(height))
