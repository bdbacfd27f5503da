"""What a page holds before the document is written: blocks of text and tables, in reading order.

Plain things that the page reader fills and the writer empties. Knows neither pdfium nor the document's text.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import chain

from pipeline.model.document import BlockKind
from pipeline.parsers.pdf.spacing import Box


@dataclass(slots=True)
class TextDraft:
    """A block: `boxes` four numbers and `pages` one a character of `text`; a line end inside is "\\n" with an empty box.

    `em` is the font size, `rows` its number of lines, `box` its place; `starts_inside` tells that its first line stands at the edge of its
    column (no indent), `ends_full` that its last line goes to the end of it.
    """

    text: str
    boxes: array[float]
    pages: array[int]
    box: Box
    em: float
    bold: bool = False
    rows: int = 1
    vertical: bool = False
    starts_inside: bool = False
    ends_full: bool = False
    kind: BlockKind = "paragraph"
    level: int = 0

    @property
    def page(self) -> int:
        return self.pages[0]


@dataclass(slots=True)
class CellDraft:
    """A table cell: its place in the grid, its text with boxes, its box and page."""

    row: int
    column: int
    row_span: int
    column_span: int
    text: str
    boxes: array[float]
    box: Box
    page: int


@dataclass(slots=True)
class TableDraft:
    """A table and where it lies; `edges` are the x of its columns, `lined` tells that they are ruled and the rows go down the page,
    `header_rows` and `unit` are what a person said of it, `em`, `characters` and `bold` its font size and how much is written in it.
    """

    page: int
    cells: list[CellDraft]
    box: Box
    edges: tuple[float, ...] = ()
    header_rows: int | None = None
    unit: str = ""
    em: float = 0.0
    characters: int = 0
    bold: int = 0
    lined: bool = False


Draft = TextDraft | TableDraft


@dataclass(slots=True)
class PageDraft:
    """One page: drafts in reading order, ruby readings apart, and what is wrong with it (an issue's code and words).

    `upward` tells that something on it is set from the foot to the head, `by_ocr` that its text was recognised from its image.
    """

    number: int
    width: float
    height: float
    drafts: list[Draft] = field(default_factory=list)
    ruby: list[TextDraft] = field(default_factory=list)
    vertical: bool = False
    upward: bool = False
    by_ocr: bool = False
    failure: tuple[str, str] | None = None
    warnings: list[tuple[str, str]] = field(default_factory=list)


def joined(lines: Sequence[tuple[str, list[Box]]]) -> tuple[str, array[float]]:
    """Lines with boxes as one text with "\\n" between them."""
    text = "\n".join([line for line, _ in lines])
    boxes: array[float] = array("f")
    for index, (_, places) in enumerate(lines):
        if index:
            boxes.extend((0.0, 0.0, 0.0, 0.0))
        boxes.extend(chain.from_iterable(places))
    return text, boxes


def pages_of(text: str, page: int) -> array[int]:
    """The page of each character of a text that stands on one page; 0 of a line end.

    >>> pages_of("予算\\n額", 3)
    array('H', [3, 3, 0, 3])
    """
    pages = array("H", [page]) * len(text)
    end = text.find("\n")
    while end >= 0:
        pages[end] = 0
        end = text.find("\n", end + 1)
    return pages
