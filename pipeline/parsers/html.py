"""HTML: visible text in reading order, headings, lists, tables as grids, navigation marked as furniture.

Takes a source; gives a document. Opens no URL. Does not know PDF or plain text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.model import Document, Issue, Source, Span
from pipeline.parsers.html_about import published_of, publisher_of, title_of
from pipeline.parsers.html_flow import Entry, flow
from pipeline.parsers.html_tree import second_tree, tree_of
from pipeline.parsers.writer import DocumentWriter
from pipeline.sources.encoding import declared_charset, decode

#: characters and tags of a page (measured: the tree takes some 1.7 kB an element)
MOST_CHARACTERS, MOST_TAGS = 6_000_000, 500_000
#: more furniture than this is no furniture
_MOST_FURNITURE = 0.7
_LONGEST_UNIT_LINE = 40


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
    entries = [] if tree is None else _content(list(flow(tree)))
    if tree is None or not entries:
        tree = second_tree(decoded.text)
        entries = _content(list(flow(tree)))
        if not entries:
            return _failed("no-text", "the page shows no text (it may be drawn by a script)", decoded.encoding)
        issues += (
            Issue("page-broken", "an element that is never closed hides the page; it was read as if it were closed"),
        )
    writer = DocumentWriter()
    _write(writer, entries)
    written = writer.finish()
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
    )


def _failed(code: str, message: str, encoding: str = "") -> Document:
    issue = Issue(code, message, "error")
    return Document("", body_end=0, encoding=encoding, parser="html", status="failed", issues=(issue,))


def _content(entries: Sequence[Entry]) -> list[Entry]:
    """Entries with furniture decided: guesses are dropped where they would take most of the page, then all."""
    total = sum(_length(entry) for entry in entries) or 1
    sure = sum(_length(entry) for entry in entries if entry.furniture == "element" and entry.kind != "furniture")
    guessed = sum(_length(entry) for entry in entries if entry.furniture == "word")
    kinds: tuple[str, ...] = ("element", "word")
    if sure + guessed > _MOST_FURNITURE * total:
        kinds = ("element",) if sure <= _MOST_FURNITURE * total else ()
    decided: list[Entry] = []
    for index, entry in enumerate(entries):
        if entry.alternative and _repeated(entry, entries[max(0, index - 2) : index + 3]):
            continue
        if entry.furniture in kinds:
            decided += [
                replace(entry, kind="furniture", text=text, cells=())
                for text in ([cell.text for cell in entry.cells] if entry.cells else [entry.text])
            ]
        else:
            decided.append(entry)
    return [entry for entry in decided if entry.text or entry.cells]


def _length(entry: Entry) -> int:
    return len(entry.text) + sum(len(cell.text) for cell in entry.cells)


def _repeated(entry: Entry, around: Sequence[Entry]) -> bool:
    """Whether an image's alternative text says what stands beside it, or belongs to furniture."""
    return bool(entry.furniture) or any(
        other is not entry and (entry.text in other.text or any(entry.text in cell.text for cell in other.cells))
        for other in around
    )


def _write(writer: DocumentWriter, entries: Sequence[Entry]) -> None:
    last: Span | None = None
    for index, entry in enumerate(entries):
        if entry.cells:
            writer.table(entry.cells, caption=last)
            last = None
            continue
        follows = index + 1 < len(entries) and bool(entries[index + 1].cells)
        unit_line = follows and "単位" in entry.text and len(entry.text) <= _LONGEST_UNIT_LINE
        kind = "caption" if unit_line and entry.kind in ("paragraph", "list_item") else entry.kind
        span = writer.block(kind, entry.text, level=entry.level, element=entry.element)
        last = span if kind == "caption" and follows and not entry.alternative else None
