"""A page as a picture, for people who compare a row with the page that it came from.

Takes a file's bytes and a page number; gives PNG and the page's size in points. Does not know text.

pdfium is not to be called by two threads at once: whoever draws from threads holds a lock.
"""

from __future__ import annotations

import io
from typing import NamedTuple

import pypdfium2.raw as pdfium

from pipeline.parsers.pdf.pdfium import drawn, loaded, opened, page_count

#: pixels of the longer side, whatever the page's size
_MOST = 3_000
_FLAGS = pdfium.FPDF_ANNOT | pdfium.FPDF_LCD_TEXT


class Picture(NamedTuple):
    """`png` shows the page as it is read (crop box, rotation); `width` and `height` are points, as in `locations.csv`."""

    png: bytes
    width: float
    height: float


def page_size(data: bytes, page: int) -> tuple[float, float] | None:
    """Width and height in points of a page (from 1), None where there is no such page. Raises `Unopened`."""
    with opened(data, for_people=True) as document:
        if not 1 <= page <= page_count(document):
            return None
        with loaded(document, page - 1) as (_, _, frame):
            return frame.width, frame.height


def page_picture(data: bytes, page: int, width: int) -> Picture | None:
    """Draw a page (from 1) `width` pixels wide, None where there is no such page. Raises `Unopened` for what pdfium cannot open."""
    from PIL import Image  # Pillow comes with pdfplumber

    with opened(data, for_people=True) as document:
        if not 1 <= page <= page_count(document):
            return None
        with loaded(document, page - 1) as (handle, _, frame):
            scale = min(width / max(frame.width, 1.0), _MOST / max(frame.width, frame.height, 1.0))
            across, down = max(1, round(frame.width * scale)), max(1, round(frame.height * scale))
            pixels = drawn(handle, across, down, pdfium.FPDFBitmap_BGRx, 4, _FLAGS)
            image = Image.frombuffer("RGB", (across, down), pixels, "raw", "BGRX", across * 4, 1)
            file = io.BytesIO()
            image.save(file, "PNG", compress_level=3)
            return Picture(file.getvalue(), frame.width, frame.height)
