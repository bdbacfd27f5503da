"""Pages of a PDF, each by itself: all of them, or a range, so that several processes can read one file.

Takes a source and page numbers (from 1), gives a `PageDraft` a page; what a page gives hangs on no other one. Does not join them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pipeline.model import Source
from pipeline.parsers.pdf.drafts import PageDraft
from pipeline.parsers.pdf.ocr import version as ocr_version
from pipeline.parsers.pdf.page import read_page
from pipeline.parsers.pdf.pdfium import Opened, Unopened, loaded, opened


def read_range(source: Source, pages: range) -> list[PageDraft]:
    """Pages of a file that is known to open; raises `Unopened` where it does not."""
    with opened(source.data) as document:
        return [*read_pages(document, source, pages)]


def read_pages(document: Opened, source: Source, pages: Iterable[int]) -> Iterator[PageDraft]:
    """A page that cannot be loaded has a `failure`."""
    by_ocr = source.sidecar.ocr and bool(ocr_version())
    for number in pages:
        hints = [hint for hint in source.sidecar.tables if hint.page == number]
        try:
            with loaded(document, number - 1) as parts:
                draft = read_page(source.data, *parts, number, hints, by_ocr)
        except Unopened as error:
            draft = PageDraft(number, 0.0, 0.0, failure=(error.code, error.why))
        yield draft  # with the page closed
