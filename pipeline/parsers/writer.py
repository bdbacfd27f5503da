"""Writes a document's text block by block, so that every span is right by construction.

Takes blocks and placed cells in reading order; gives the text, `Block`s, `Table`s and glyph boxes. Does not know formats.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.model import Block, Cell, Glyphs, Span, Table
from pipeline.model.document import BlockKind
from pipeline.parsers.grid import headed, one_line
from pipeline.parsers.placed_cells import PlacedCell


@dataclass(frozen=True, slots=True)
class Written:
    """What a writer has written: fields as in `Document`."""

    text: str
    blocks: tuple[Block, ...]
    tables: tuple[Table, ...]
    body_end: int
    glyphs: Glyphs | None


class DocumentWriter:
    """Appends blocks; blocks are parted by a line feed, cells of one row by a tab, furniture stands behind a form feed.

    >>> writer = DocumentWriter()
    >>> writer.block("heading", "予算", level=1)
    Span(start=0, end=2)
    >>> writer.block("paragraph", "令和3年度")
    Span(start=3, end=8)
    >>> written = writer.finish()
    >>> written.text, [b.section for b in written.blocks]
    ('予算\\n令和3年度', ['', '予算'])
    """

    def __init__(self, boxes: bool = False) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._blocks: list[Block] = []
        self._tables: list[Table] = []
        self._headings: list[tuple[int, str]] = []
        self._furniture: list[tuple[str, Glyphs | None, int, str]] = []
        self._glyphs = Glyphs(array("H"), array("f")) if boxes else None

    def block(
        self,
        kind: BlockKind,
        text: str,
        *,
        level: int = 0,
        page: int = 0,
        element: str = "",
        glyphs: Glyphs | None = None,
    ) -> Span:
        """Write one block; white space at its ends must be gone already (glyphs count the characters of `text`)."""
        if kind == "furniture":
            self._furniture.append((text, glyphs, page, element))
            return Span(-1, -1)
        self._gap("\n")
        span = self._append(text, glyphs)
        if kind == "heading":
            while self._headings and self._headings[-1][0] >= level:
                self._headings.pop()
        self._blocks.append(Block(len(self._blocks), kind, span.start, span.end, page, level, self._section(), element))
        if kind == "heading":
            self._headings.append((level, one_line(text)))
        return span

    def table(
        self,
        cells: Sequence[PlacedCell],
        *,
        caption: Span | None = None,
        unit: str = "",
        page: int = 0,
        header_rows: int | None = None,
    ) -> Table:
        """Write a table's cells in row-major order and give them header paths (`grid.headed`)."""
        table_id = f"t{len(self._tables) + 1}"
        written: list[Cell] = []
        row = None
        for placed in headed(cells, header_rows):
            self._gap("\n" if placed.row != row else "\t")
            row = placed.row
            span = self._append(placed.text, placed.glyphs)
            written.append(
                Cell(
                    table_id,
                    placed.row,
                    placed.column,
                    span.start,
                    span.end,
                    placed.row_span,
                    placed.column_span,
                    bool(placed.heading),
                    placed.header,
                    placed.page or page,
                    placed.box,
                )
            )
            if placed.text:
                self._blocks.append(
                    Block(
                        len(self._blocks),
                        "cell",
                        span.start,
                        span.end,
                        placed.page or page,
                        0,
                        self._section(),
                        placed.element,
                        table_id,
                    )
                )
        table = Table(table_id, tuple(written), caption, unit, page)
        self._tables.append(table)
        return table

    def finish(self) -> Written:
        body_end = self._length
        if self._furniture:
            self._append("\f")
            for index, (text, glyphs, page, element) in enumerate(self._furniture):
                if index:
                    self._gap("\n")
                span = self._append(text, glyphs)
                self._blocks.append(Block(len(self._blocks), "furniture", span.start, span.end, page, 0, "", element))
        return Written("".join(self._parts), tuple(self._blocks), tuple(self._tables), body_end, self._glyphs)

    def _section(self) -> str:
        return " > ".join(title for _, title in self._headings)

    def _gap(self, gap: str) -> None:
        if self._length:
            self._append(gap)

    def _append(self, text: str, glyphs: Glyphs | None = None) -> Span:
        start = self._length
        self._parts.append(text)
        self._length += len(text)
        if self._glyphs is not None:
            self._glyphs.page.extend(glyphs.page if glyphs else array("H", bytes(2 * len(text))))
            self._glyphs.boxes.extend(glyphs.boxes if glyphs else array("f", bytes(16 * len(text))))
            assert len(self._glyphs.page) == self._length
        return Span(start, self._length)
