"""Plain text and Markdown: the text is the decoded file, blocks and cells are spans of it.

Takes a source; gives a document. Does not know HTML or PDF.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from pipeline.model import Block, Document, Issue, Source, Table
from pipeline.model.document import BlockKind
from pipeline.parsers.plain_kinds import kind_of, underlined
from pipeline.parsers.plain_paragraphs import paragraphs
from pipeline.parsers.plain_tables import plain_tables
from pipeline.parsers.textlines import Line, is_page_number, lines
from pipeline.sources.encoding import declared_charset, decode

#: characters and lines of a text (measured: 200,000 lines take some three seconds)
MOST_CHARACTERS, MOST_LINES = 6_000_000, 200_000


def parse_plain(source: Source) -> Document:
    """The document of a text file: nothing added or removed, line ends as stored, only a byte order mark dropped.

    Status `failed` with an issue for an empty file (`empty`), for bytes that are no text (`binary-file`) and for a text over the
    limit (`too-large`).
    """
    decoded = decode(source.data, declared_charset(b"", source.sidecar.content_type))
    if not decoded.readable or "\0" in decoded.text:
        issue = Issue("binary-file", "the bytes are no text in any encoding that Japanese documents use", "error")
        return Document("", body_end=0, parser="plain", status="failed", issues=(issue,))
    text = decoded.text
    if not text.strip():
        issue = Issue("empty", "the file holds no text", "error")
        return Document(
            text, body_end=len(text), encoding=decoded.encoding, parser="plain", status="failed", issues=(issue,)
        )
    if len(text) > MOST_CHARACTERS or sum(text.count(end) for end in "\n\r") > MOST_LINES:
        issue = Issue("too-large", f"more than {MOST_CHARACTERS} characters or {MOST_LINES} lines", "error")
        return Document("", body_end=0, encoding=decoded.encoding, parser="plain", status="failed", issues=(issue,))
    blocks, tables, issues = blocks_of(text, markdown=source.file.lower().endswith(".md"))
    title = next((text[b.start : b.end] for b in blocks if b.kind == "heading" and b.level == 1), "")
    return Document(
        text,
        blocks,
        tables,
        body_end=len(text),
        title=title if source.file.lower().endswith(".md") else "",
        encoding=decoded.encoding,
        parser="plain",
        status="partial" if decoded.damaged else "ok",
        issues=(*decoded.issues, *issues),
    )


def blocks_of(text: str, markdown: bool = False) -> tuple[tuple[Block, ...], tuple[Table, ...], tuple[Issue, ...]]:
    """Blocks, tables and issues of a text.

    >>> blocks, _, _ = blocks_of("第1章 予算\\n\\n本市の一般会計予算は、前年度より増\\nえた。")
    >>> [(block.kind, block.section) for block in blocks]
    [('heading', ''), ('paragraph', '第1章 予算')]
    """
    found, numbers = _without_page_numbers(lines(text))
    levels = underlined(text) if markdown else {}
    regions, issues = plain_tables(text, found, numbers)
    tables: list[Table] = []
    blocks: list[Block] = []
    index = 0
    for region in regions:
        blocks += _text_blocks(found[index : region.first], markdown, levels)
        named = _renamed(region.table, f"t{len(tables) + 1}")
        tables.append(named)
        of_table = _lined_blocks if region.lined else _table_blocks
        of_cells = list(of_table(text, found[region.first : region.last], named, markdown))
        blocks += sorted(
            [*of_cells, *_beside(found[region.first : region.last], of_cells, markdown)], key=lambda block: block.start
        )
        index = region.last
    blocks += _text_blocks(found[index:], markdown, levels)
    blocks = _with_furniture(blocks, numbers)
    return _numbered(text, blocks), tuple(tables), issues


def _without_page_numbers(found: Iterable[Line]) -> tuple[list[Line], list[Line]]:
    """The lines that tell something, and those that only number a page; these part as a blank line does."""
    kept: list[Line] = []
    numbers: list[Line] = []
    gap = 0
    for line in found:
        if is_page_number(line):
            numbers.append(line)
            gap = 1
        else:
            kept.append(replace(line, gap=1) if gap else line)
            gap = 0
    return kept, numbers


def _with_furniture(blocks: Sequence[Block], numbers: Sequence[Line]) -> list[Block]:
    """Blocks with the page numbers between them; one inside a sentence stays there, as its soft line ends do."""
    merged = [*blocks]
    starts = [block.start for block in blocks]
    for line in numbers:
        before = bisect_left(starts, line.start) - 1
        if before < 0 or blocks[before].end <= line.start:
            merged.append(Block(0, "furniture", line.start, line.end))
    return sorted(merged, key=lambda block: block.start)


def _text_blocks(found: Sequence[Line], markdown: bool, levels: Mapping[int, int] | None = None) -> Iterator[Block]:
    groups = paragraphs(found)
    for index, group in enumerate(groups):
        before = groups[index - 1] if index else None
        after = groups[index + 1] if index + 1 < len(groups) else None
        kind, level, markup = kind_of(group, before, after, markdown)
        if levels and group[-1].start in levels:
            kind, level, markup = "heading", levels[group[-1].start], 0
        yield Block(0, kind, group[0].start + markup, group[-1].end, level=level)


def _table_blocks(text: str, found: Sequence[Line], table: Table, markdown: bool) -> Iterator[Block]:
    """Cells as blocks; the lines of a long text cell stay blocks of their own (list items, sentences)."""
    cells = sorted((cell for cell in table.cells if cell.end > cell.start), key=lambda cell: cell.start)
    starts = [line.start for line in found]
    for cell in cells:
        inside = found[bisect_left(starts, cell.start) : bisect_left(starts, cell.end)]
        if len(inside) > 1 and any(line.head or line.gap for line in inside[1:]) and not _short(inside):
            for block in _text_blocks(inside, markdown):
                yield replace(block, kind=_in_cell(block.kind), level=0, table_id=table.table_id)
        else:
            yield Block(0, "cell", cell.start, cell.end, table_id=table.table_id)


def _beside(found: Sequence[Line], cells: Sequence[Block], markdown: bool) -> Iterator[Block]:
    """Lines of a table's region that no cell holds are text: nothing is lost."""
    ends = [cell.end for cell in cells]
    run: list[Line] = []
    for line in found:
        at = bisect_left(ends, line.start + 1)
        if at < len(cells) and cells[at].start < line.end:
            yield from _text_blocks(run, markdown)
            run = []
        else:
            run.append(line)
    yield from _text_blocks(run, markdown)


def _lined_blocks(text: str, found: Sequence[Line], table: Table, markdown: bool) -> Iterator[Block]:
    """Cells as blocks, the lines of each as in running text: a day and the time on the line below are two."""
    starts = [line.start for line in found]
    for cell in sorted(table.cells, key=lambda cell: cell.start):
        inside = []
        for line in found[max(bisect_left(starts, cell.start) - 1, 0) : bisect_left(starts, cell.end)]:
            start, end = max(line.start, cell.start), min(line.end, cell.end)
            if start < end:
                cut = line.start < start
                inside.append(replace(line, start=start, end=end, text=text[start:end], head="" if cut else line.head))
        groups = paragraphs(inside)
        if len(groups) == 1:
            yield Block(0, "cell", cell.start, cell.end, table_id=table.table_id)
        else:
            for block in _text_blocks(inside, markdown):
                yield replace(block, kind=_in_cell(block.kind), level=0, table_id=table.table_id)


def _in_cell(kind: BlockKind) -> BlockKind:
    return "paragraph" if kind == "heading" else kind


def _short(inside: Sequence[Line]) -> bool:
    """A figure or name with its bracketed note below is one block."""
    return len(inside) == 2 and inside[1].text[0] in "(（" and sum(len(line.text) for line in inside) <= 40


def _renamed(table: Table, name: str) -> Table:
    return replace(table, table_id=name, cells=tuple(replace(cell, table_id=name) for cell in table.cells))


def _numbered(text: str, blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Blocks with their numbers and the path of headings above them."""
    above: list[tuple[int, str]] = []
    numbered = []
    for number, block in enumerate(blocks):
        if block.kind == "heading":
            while above and above[-1][0] >= block.level:
                above.pop()
        section = " > ".join(title for _, title in above)
        numbered.append(replace(block, block_id=number, section=section))
        if block.kind == "heading":
            above.append((block.level, " ".join(text[block.start : block.end].split())))
    return tuple(numbered)
