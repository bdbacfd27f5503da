"""A PDF becomes a document.

Takes a source, gives a `Document` with glyph boxes; never raises for bad data: what cannot be read is an issue. Does not know rules.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import groupby
from types import MappingProxyType

from pipeline.model import Document, Glyphs, Issue, Severity, Source, Span
from pipeline.parsers import ManyPages
from pipeline.parsers.pdf.continued import join_tables
from pipeline.parsers.pdf.digits import differing_digits
from pipeline.parsers.pdf.drafts import CellDraft, PageDraft, TableDraft, pages_of
from pipeline.parsers.pdf.furniture import mark_furniture
from pipeline.parsers.pdf.kinds import join_over_columns, join_over_pages, mark_kinds
from pipeline.parsers.pdf.ocr import CODES, INSTALL
from pipeline.parsers.pdf.ocr import version as ocr_version
from pipeline.parsers.pdf.pdfium import Unopened, metadata, opened, page_count
from pipeline.parsers.pdf.reading import read_pages
from pipeline.parsers.pdf.streams import MAX_STREAM, has_larger_stream
from pipeline.parsers.placed_cells import PlacedCell
from pipeline.parsers.writer import DocumentWriter

PARSER = "pdf"
#: pages read of one file
MAX_PAGES = 5_000
_NONE: Mapping[int, PageDraft] = MappingProxyType({})
_CROSS_REFERENCE = re.compile(rb"\s*(?:xref|[0-9]+\s+[0-9]+\s+obj)")
_TITLE_OF_A_PROGRAM = re.compile(
    r"^(?:microsoft |untitled|無題|名称未設定|文書$|document|book ?[0-9]*$|スライド|powerpoint|.*\.(?:docx?|xlsx?|pptx?|jtd|jtdc|pdf|indd|ai|dvi|tif)$|[\W\d_]*$)",
    re.IGNORECASE,
)


def parse_pdf(source: Source, known: Mapping[int, PageDraft] = _NONE, most: int | None = None) -> Document:
    """Text, blocks, tables and boxes of a PDF; `status` failed where no page gives text, partial where some do not. `known` are pages that
    were read before, by their numbers. Raises `ManyPages` for a file of more than `most` pages, before one is read.

    Issues of the file: `empty`, `not-a-pdf`, `pdf-password`, `pdf-broken`, `pdf-no-end-mark`. Of pages: `blank-page`, `no-text-layer`,
    `outlined-text`, `unreadable-text`, `private-use-characters`, `mojibake`, `wrong-character-map`, `damaged-text`, `poor-ocr`. Of table cells: `digits-differ`. With OCR:
    `read-by-ocr`, `ocr-missing`.
    Limits: `too-large-stream` (`streams.MAX_STREAM`), `too-many-pages` (`MAX_PAGES`); a page each `too-many-objects`
    (`pdfium.MAX_OBJECTS`; rules alone: `ruling.MAX_OBJECTS`), `too-many-texts` (`pdfium.MAX_TEXTS`), `too-many-characters`
    (`glyphs.MAX_GLYPHS`), `too-deep` (`ruling.MAX_DEPTH`). Time and memory are the driver's (`too-slow`, `too-much-memory`, `reader-stopped`).
    """
    data = source.data
    if not data.strip(b"\x00\t\r\n\f "):
        return _failed("empty", "the file is empty")
    if b"%PDF-" not in data[:1024]:
        return _failed("not-a-pdf", f"the file does not begin as a PDF: it is {_looks_like(data)}")
    if has_larger_stream(data):
        return _failed("too-large-stream", f"a stream grows to more than {MAX_STREAM >> 20} MB when it is decompressed")
    issues: list[Issue] = []
    try:
        with opened(data) as document:
            count = page_count(document)
            numbers = range(1, min(count, MAX_PAGES) + 1)
            if most is not None and len(numbers) > most:
                raise ManyPages(len(numbers))
            title = _title(metadata(document, "Title"))
            published = _day(metadata(document, "CreationDate"))
            missing = read_pages(document, source, [number for number in numbers if number not in known])
            pages = [known[number] if number in known else next(missing) for number in numbers]
    except Unopened as error:
        return _failed(error.code, error.why)
    if b"%%EOF" not in data[-2048:]:
        issues.append(_without_end_mark(data))
    if count > MAX_PAGES:
        issues.append(Issue("too-many-pages", f"{count} pages, only the first {MAX_PAGES} are read", "error"))
    if not count:
        issues.append(Issue("pdf-broken", "the file has no pages", "error"))
    mark_furniture(pages)
    mark_kinds(pages)
    join_over_columns(pages)
    join_over_pages(pages)
    join_tables(pages)
    return _document(source, pages, issues, count, title, published)


def _without_end_mark(data: bytes) -> Issue:
    """A file is whole if its `startxref` (ISO 32000, 7.5.5) tells where a cross-reference table or stream stands."""
    found = re.search(rb"startxref\s+([0-9]+)\s*$", data[-64:].rstrip(b"\x00\t\n\f\r "))
    if found and _CROSS_REFERENCE.match(data, int(found[1]) + data.index(b"%PDF-")):
        return Issue("pdf-no-end-mark", "the mark of the file's end is missing; nothing else is", "info")
    return Issue("pdf-broken", "the end of the file is missing; what is there was read", "error")


def _document(
    source: Source, pages: Sequence[PageDraft], issues: list[Issue], count: int, title: str, published: str
) -> Document:
    writer = DocumentWriter(boxes=True)
    for page in pages:
        _write_page(writer, page)
    written = writer.finish()
    issues.extend(_page_issues(pages))
    ocr_pages = tuple(page.number for page in pages if page.by_ocr and not page.failure)
    if ocr_pages:
        words = "read from the image (OCR): characters may be wrong"
        issues.append(Issue("read-by-ocr", f"page {page_ranges(ocr_pages)}: {words}", "info"))
    elif source.sidecar.ocr and not ocr_version() and any(issue.code in CODES for issue in issues):
        issues.append(
            Issue("ocr-missing", f"OCR is asked for, and Tesseract with jpn and jpn_vert is not here: {INSTALL}")
        )
    if written.tables and written.glyphs:
        asked = source.sidecar.check_digits
        tables = [table for table in written.tables if table.page not in ocr_pages]
        issues.extend(differing_digits(source.data, written.text, tables, written.glyphs, asked))
    has_text = written.body_end > 0 and bool(written.text.strip())
    lost = any(issue.severity == "error" for issue in issues)
    return Document(
        written.text,
        written.blocks,
        written.tables,
        written.body_end,
        title=title,
        published=published,
        parser=PARSER,
        pages=count,
        status="failed" if not has_text else "partial" if lost else "ok",
        glyphs=written.glyphs,
        issues=tuple(issues),
        ocr_pages=ocr_pages,
    )


def _write_page(writer: DocumentWriter, page: PageDraft) -> None:
    caption = None
    for draft in page.drafts:
        if isinstance(draft, TableDraft):
            writer.table(
                [_placed(cell) for cell in draft.cells],
                caption=caption,
                unit=draft.unit,
                page=draft.page,
                header_rows=draft.header_rows,
            )
            caption = None
        else:
            span = writer.block(
                draft.kind, draft.text, level=draft.level, page=draft.page, glyphs=Glyphs(draft.pages, draft.boxes)
            )
            if draft.kind == "caption":
                caption = span if caption is None else Span(caption.start, span.end)
            elif draft.kind != "furniture":
                caption = None
    for ruby in page.ruby:
        writer.block("furniture", ruby.text, page=page.number, glyphs=Glyphs(ruby.pages, ruby.boxes), element="ruby")


def _placed(cell: CellDraft) -> PlacedCell:
    return PlacedCell(
        cell.row,
        cell.column,
        cell.text,
        cell.row_span,
        cell.column_span,
        page=cell.page,
        box=tuple(round(edge, 1) for edge in cell.box),
        glyphs=Glyphs(pages_of(cell.text, cell.page), cell.boxes),
    )


def _page_issues(pages: Sequence[PageDraft]) -> list[Issue]:
    """An issue for each stretch of pages with the same trouble; a blank page is no loss unless all are."""
    found: list[tuple[str, str, int]] = []
    for page in pages:
        if page.failure:
            found.append((*page.failure, page.number))
        found.extend((*warning, page.number) for warning in page.warnings)
    all_lost = all(page.failure for page in pages)
    issues = []
    order = {key: index for index, key in enumerate(dict.fromkeys((code, words) for code, words, _ in found))}
    found.sort(key=lambda entry: (order[entry[0], entry[1]], entry[2]))
    for (code, words), group in groupby(found, key=lambda entry: (entry[0], entry[1])):
        numbers = [number for _, _, number in group]
        lost = any(page.failure == (code, words) for page in pages)
        severity: Severity = "error" if lost and (code != "blank-page" or all_lost) else "warning"
        if code == "blank-page" and not all_lost:
            severity = "info"
        issues.append(Issue(code, f"page {page_ranges(numbers)}: {words}", severity))
    return issues


def page_ranges(numbers: Sequence[int]) -> str:
    """Ascending page numbers in short.

    >>> page_ranges([1, 2, 3, 7])
    '1-3, 7'
    """
    parts: list[list[int]] = []
    for number in numbers:
        if parts and number == parts[-1][1] + 1:
            parts[-1][1] = number
        else:
            parts.append([number, number])
    return ", ".join(str(a) if a == b else f"{a}-{b}" for a, b in parts)


def _failed(code: str, message: str) -> Document:
    return Document("", body_end=0, parser=PARSER, status="failed", issues=(Issue(code, message, "error"),))


def _looks_like(data: bytes) -> str:
    head = data[:512].lstrip(b"\xef\xbb\xbf\x00\t\r\n ").lower()
    if head.startswith((b"<!doctype html", b"<html", b"<head")) or b"<html" in head:
        return "an HTML page"
    if head.startswith(b"pk\x03\x04"):
        return "a ZIP or Office file"
    return "something else"


def _title(raw: str) -> str:
    """The title of the document information, unless a program wrote it for its own use.

    >>> _title("令和4年度 交付税の推移"), _title("Microsoft Word - 01表紙.docx"), _title("スライド 1")
    ('令和4年度 交付税の推移', '', '')
    """
    text = " ".join(raw.replace("\x00", "").split())
    return "" if "\ufffd" in text or len(text) < 3 or _TITLE_OF_A_PROGRAM.match(text) else text


def _day(raw: str) -> str:
    """`D:20210914120000+09'00'` (ISO 32000, 7.9.4) as an ISO day."""
    found = re.match(r"^D?:?((?:19|20)[0-9]{2})(0[1-9]|1[0-2])([0-2][0-9]|3[01])", raw)
    return "-".join(found.groups()) if found else ""
