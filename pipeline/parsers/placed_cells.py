"""A table's cell before it is written, wherever it comes from.

Takes nothing; gives the cell. Does not know which cells are headers.
"""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.model import Glyphs


@dataclass(frozen=True, slots=True)
class PlacedCell:
    """One cell before it is written: row and column from 0; `heading` None where the format does not say.

    `glyphs` tells where each character of `text` lies where there is a page, `box` where the cell does.
    """

    row: int
    column: int
    text: str
    row_span: int = 1
    column_span: int = 1
    heading: bool | None = None
    header: str = ""
    page: int = 0
    box: tuple[float, ...] = ()
    glyphs: Glyphs | None = None
    element: str = ""
