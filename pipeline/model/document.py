"""A source as text: one string, and blocks, cells and glyph boxes as spans of it."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from pipeline.model.issue import Issue
from pipeline.model.span import Span

BlockKind = Literal["heading", "paragraph", "list_item", "cell", "caption", "note", "furniture"]
Status = Literal["ok", "partial", "failed"]


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading, list item, table cell …: `text[start:end]`, no white space at its ends.

    Blocks are sorted by start and do not overlap. `page` counts from 1 (0 where there are no pages), `level` is 1-6
    for headings, `section` the path of headings above it (`環境 > 予算`), `element` an HTML element path.
    `furniture` (running heads, page numbers, navigation) is kept but never matched.
    """

    block_id: int
    kind: BlockKind
    start: int
    end: int
    page: int = 0
    level: int = 0
    section: str = ""
    element: str = ""
    table_id: str = ""

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell: row and column count from 0 in the grid's own coordinates; `header` is its header path (`予算/予算額`).

    `heading` tells header cells from data. An empty cell has start == end. Of a merged cell there is one Cell with
    its spans. `box` is (x0, top, x1, bottom) in points on `page`, empty where there is no page.
    """

    table_id: str
    row: int
    column: int
    start: int
    end: int
    row_span: int = 1
    column_span: int = 1
    heading: bool = False
    header: str = ""
    page: int = 0
    box: tuple[float, ...] = ()

    @property
    def rows(self) -> range:
        return range(self.row, self.row + self.row_span)

    @property
    def columns(self) -> range:
        return range(self.column, self.column + self.column_span)


@dataclass(frozen=True)
class Table:
    """Cells of one table in row-major order, and the text that captions it (`表1 歳出`, `単位：千円`) where there is one."""

    table_id: str
    cells: tuple[Cell, ...]
    caption: Span | None = None
    unit: str = ""
    page: int = 0

    def column_headers(self, cell: Cell) -> tuple[Cell, ...]:
        """Header cells above a cell, outermost first."""
        return tuple(other for other in self._headings[0].get(cell.column, ()) if other.row < cell.row)

    def row_headers(self, cell: Cell) -> tuple[Cell, ...]:
        """Header cells to the left in the same row, outermost first."""
        return tuple(other for other in self._headings[1].get(cell.row, ()) if other.column < cell.column)

    def in_row(self, row: int) -> Sequence[Cell]:
        """Cells that stand in a row, merged ones that reach into it too, in the order of `cells`."""
        return self._rows.get(row, ())

    def heads_of(self, column: int) -> tuple[Cell, ...]:
        """All header cells of a column, in the order of `cells`."""
        return tuple(self._headings[0].get(column, ()))

    @cached_property
    def is_headed(self) -> bool:
        """Whether a column has a header."""
        return any(self.column_headers(cell) for cell in self.cells if not cell.heading)

    @cached_property
    def first(self) -> Cell | None:
        """The cell that holds the first of the text."""
        return min((cell for cell in self.cells if cell.end > cell.start), key=lambda cell: cell.start, default=None)

    @cached_property
    def last(self) -> Cell | None:
        """The cell that holds the last of it."""
        return max((cell for cell in self.cells if cell.end > cell.start), key=lambda cell: cell.start, default=None)

    @cached_property
    def width(self) -> int:
        """How many columns there are."""
        return max((cell.column + cell.column_span for cell in self.cells), default=0)

    @cached_property
    def height(self) -> int:
        """How many rows there are."""
        return max((cell.row + cell.row_span for cell in self.cells), default=0)

    @cached_property
    def _rows(self) -> dict[int, list[Cell]]:
        rows: dict[int, list[Cell]] = {}
        for cell in self.cells:
            for row in cell.rows:
                rows.setdefault(row, []).append(cell)
        return rows

    @cached_property
    def _headings(self) -> tuple[dict[int, list[Cell]], dict[int, list[Cell]]]:
        """Header cells of each column and of each row, in the order of `cells`."""
        columns: dict[int, list[Cell]] = {}
        rows: dict[int, list[Cell]] = {}
        for cell in self.cells:
            if cell.heading:
                for column in cell.columns:
                    columns.setdefault(column, []).append(cell)
                for row in cell.rows:
                    rows.setdefault(row, []).append(cell)
        return columns, rows


@dataclass(frozen=True, slots=True)
class Glyphs:
    """Where each character of a PDF's text lies: `page[i]` from 1 (0: a character that the parser wrote, such as a line
    break), `boxes[4*i:4*i+4]` its x0, top, x1, bottom in points from the page's top left corner."""

    page: array[int] = field(default_factory=lambda: array("H"))
    boxes: array[float] = field(default_factory=lambda: array("f"))

    def box(self, offset: int) -> tuple[float, float, float, float]:
        x0, top, x1, bottom = self.boxes[4 * offset : 4 * offset + 4]
        return x0, top, x1, bottom


@dataclass(frozen=True, slots=True)
class Stated:
    """What the markup says that `text[start:end]` means: `value` is the `datetime` of its time element, as the HTML standard
    has it (`2021-09-14`, `2021-09-14T10:00+09:00`, `2021-09`, `10:00`)."""

    start: int
    end: int
    value: str


@dataclass(frozen=True, slots=True)
class Document:
    """What a parser makes of a source.

    `text` is the one coordinate system; `body_end` is where the body ends and the furniture behind a form feed begins
    (`len(text)` where there is none). `title`, `publisher`, `published` are what the document says of itself.
    `ocr_pages` are the pages whose text was recognised from their image.
    """

    text: str
    blocks: tuple[Block, ...] = ()
    tables: tuple[Table, ...] = ()
    body_end: int = -1
    title: str = ""
    publisher: str = ""
    published: str = ""
    encoding: str = ""
    parser: str = ""
    pages: int = 0
    status: Status = "ok"
    glyphs: Glyphs | None = None
    issues: tuple[Issue, ...] = ()
    stated: tuple[Stated, ...] = ()
    ocr_pages: tuple[int, ...] = ()

    def cells(self) -> Iterable[Cell]:
        return (cell for table in self.tables for cell in table.cells)
