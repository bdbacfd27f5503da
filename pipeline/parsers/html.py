"""HTML: visible text in reading order, headings, lists, tables as grids, navigation marked as furniture.

Takes a source; gives a document. Opens no URL. Does not know PDF or plain text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise, zip_longest

from pipeline.model import Document, Issue, Source, Span, Stated
from pipeline.parsers.html_about import day_of, page_title, published_of, publisher_of, title_of
from pipeline.parsers.html_blocks import Entry
from pipeline.parsers.html_content import content
from pipeline.parsers.html_flow import flow
from pipeline.parsers.html_records import records
from pipeline.parsers.html_tree import DEEPEST, second_tree, tree_of
from pipeline.parsers.writer import DocumentWriter, Written
from pipeline.sources.encoding import declared_charset, decode

#: characters and tags of a page (measured: the tree takes some 1.7 kB an element)
MOST_CHARACTERS, MOST_TAGS = 6_000_000, 500_000
_LONGEST_UNIT_LINE, _LONGEST_MESSAGE = 40, 120


def parse_html(source: Source) -> Document:
    """The document of a web page. Status `failed` with an issue if the bytes are no text (`binary-file`), the page is
    over the limit (`too-large`) or shows no text (`no-text`)."""
    decoded = decode(source.data, declared_charset(source.data, source.sidecar.content_type))
    if not decoded.readable:
        return _failed("binary-file", "the bytes are no text in any encoding that Japanese documents use")
    if len(decoded.text) > MOST_CHARACTERS or decoded.text.count("<") > MOST_TAGS:
        return _failed("too-large", f"more than {MOST_CHARACTERS} characters or {MOST_TAGS} tags", decoded.encoding)
    issues = decoded.issues
    tree = tree_of(decoded.text)
    entries = [] if tree is None else content(list(flow(tree)), page_title(tree.root))
    if tree is None or not entries:
        tree = second_tree(decoded.text)
        entries = content(list(flow(tree)), page_title(tree.root))
        if not entries:
            return _failed("no-text", "the page shows no text (it may be drawn by a script)", decoded.encoding)
        message = "an element that is never closed hides the page; it was read as if it were closed"
        issues += (Issue("page-broken", message),)
    if tree.too_deep:
        issues += (Issue("too-deep", f"elements deeper than {DEEPEST} in each other are read as if side by side"),)
    written, stated = _written(entries)
    issues += tuple(_contradicted(stated, written.text))
    if struck := [entry.text for entry in entries if entry.struck]:
        message = f"struck out, so left out of the body: {' / '.join(struck)[:_LONGEST_MESSAGE]}"
        issues += (Issue("struck-out-text", message),)
    return Document(
        written.text,
        written.blocks,
        written.tables,
        body_end=written.body_end,
        title=title_of(tree.root),
        publisher=publisher_of(tree.root),
        published=published_of(tree.root, written.text),
        encoding=decoded.encoding,
        parser="html",
        status="partial" if decoded.damaged else "ok",
        issues=issues,
        stated=stated,
    )


def _failed(code: str, message: str, encoding: str = "") -> Document:
    issue = Issue(code, message, "error")
    return Document("", body_end=0, encoding=encoding, parser="html", status="failed", issues=(issue,))


def _written(entries: Sequence[Entry]) -> tuple[Written, tuple[Stated, ...]]:
    """The text of the entries, and what their time elements say."""
    writer = DocumentWriter()
    stated: list[Stated] = []
    tables = iter(records([entry.cells for entry in entries if entry.cells]))
    last: Span | None = None
    for entry, following in zip_longest(_captions_first(entries), _captions_first(entries)[1:]):
        if entry.cells:
            written = {(cell.row, cell.column): cell.start for cell in writer.table(next(tables), caption=last).cells}
            starts = [written[cell.row, cell.column] for cell in entry.cells]
            last = None
        else:
            follows = following is not None and bool(following.cells)
            unit_line = follows and "単位" in entry.text and len(entry.text) <= _LONGEST_UNIT_LINE
            kind = "caption" if unit_line and entry.kind in ("paragraph", "list_item") else entry.kind
            span = writer.block(kind, entry.text, level=entry.level, element=entry.element)
            last = span if kind == "caption" and follows and not entry.alternative else None
            starts = [span.start]
        stated += [Stated(starts[n] + start, starts[n] + end, value) for n, start, end, value in entry.times]
    return writer.finish(), tuple(stated)


def _captions_first(entries: Sequence[Entry]) -> list[Entry]:
    """A figcaption below its table goes above it, where captions are looked for."""
    ordered = list(entries)
    for index, (entry, below) in enumerate(pairwise(entries)):
        figure, _, name = below.element.rpartition("/")
        if entry.cells and name.startswith("figcaption") and entry.element.startswith(f"{figure}/"):
            ordered[index : index + 2] = [below, entry]
    return ordered


def _contradicted(stated: Sequence[Stated], text: str) -> Iterator[Issue]:
    for one in stated:
        written, told = day_of(text[one.start : one.end]), day_of(one.value)
        if written and told and written != told:
            message = f"the page shows {written} and its markup says {one.value[:40]}"
            yield Issue("time-element-disagrees", message, start=one.start, end=one.end)
