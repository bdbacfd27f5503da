"""Text that is longer than its cell and runs over the rules beside it.

Takes a grid and the glyphs of each of its cells, gives them with such text back in one cell. Does not know lines.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence

from pipeline.parsers.pdf.glyphs import Glyph
from pipeline.parsers.pdf.ruled import Grid

#: em: glyphs of one text stand nearer than this; a text that begins nearer than this to a rule is set from it
_NEAR, _INDENT = 0.15, 0.6
#: points by which a glyph must cross a rule
_CROSSES = 0.5

_IN_NUMBERS = frozenset("0123456789-−.,:")

#: cell, first and last place of its glyphs
_Part = tuple[int, int, int]


def gathered(grid: Grid, inside: Mapping[int, Sequence[Glyph]]) -> Mapping[int, Sequence[Glyph]]:
    """Glyphs by cell; a text of which a glyph lies over a rule stands in the cell from whose left rule it begins, else around its middle.

    Excel draws numbers and dates so where a column is narrow, and texts that are set in the middle.
    """
    cells: dict[int, list[Glyph]] | None = None
    for index in sorted(inside):
        glyphs, wall = inside[index], grid.cells[index].box[2]
        if wall == grid.xs[-1]:
            continue
        for place, glyph in enumerate(glyphs):
            if glyph.x1 > wall - _INDENT * glyph.em and (run := _run(grid, cells or inside, index, place, glyph)):
                cells = cells or {cell: list(own) for cell, own in inside.items()}
                _move(grid, cells, run)
    return {cell: own for cell, own in cells.items() if own} if cells else inside


def _run(grid: Grid, inside: Mapping[int, Sequence[Glyph]], index: int, place: int, glyph: Glyph) -> list[_Part] | None:
    """Parts of a text, one a cell, the first ending with `glyph`."""
    own = inside[index]
    if place >= len(own) or own[place] is not glyph:
        return None
    start = place
    while start and _follows(own[start - 1], own[start]):
        start -= 1
    parts = [(index, start, place)]
    last = glyph
    crosses = False
    while True:
        wall = grid.cells[parts[-1][0]].box[2]
        after = grid.at(wall + 1.0, (last.top + last.bottom) / 2)
        others = inside.get(after, ())
        first = next(
            (at for at, other in enumerate(others) if _follows(last, other) and _is_one_text(last.char, other.char)),
            None,
        )
        if first is None or after == parts[-1][0]:
            break
        crosses = crosses or last.x1 > wall + _CROSSES or others[first].x0 < wall - _CROSSES
        end = first
        while end + 1 < len(others) and _follows(others[end], others[end + 1]):
            end += 1
        parts.append((after, first, end))
        last = others[end]
    return parts if crosses and len(parts) > 1 else None


def _follows(one: Glyph, other: Glyph) -> bool:
    return one.bottom == other.bottom and one.em == other.em and abs(other.x0 - one.x1) < _NEAR * one.em


def _is_one_text(one: str, other: str) -> bool:
    """Whether two neighbours may be of one text: figures do not go on letters, nor Latin letters Japanese ones."""
    return _script(one) == _script(other)


def _script(char: str) -> str:
    folded = unicodedata.normalize("NFKC", char)
    return "0" if folded in _IN_NUMBERS else "a" if folded.isascii() else "字"


def _move(grid: Grid, cells: dict[int, list[Glyph]], parts: Sequence[_Part]) -> None:
    text = [glyph for cell, start, end in parts for glyph in cells[cell][start : end + 1]]
    first = grid.cells[parts[0][0]]
    owner = parts[0][0]
    if text[0].x0 - first.box[0] > _INDENT * text[0].em:
        middle = (text[0].x0 + text[-1].x1) / 2
        around = grid.at(middle, (text[0].top + text[0].bottom) / 2)
        owner = around if any(cell == around for cell, _, _ in parts) else owner
    for cell, start, end in parts:
        cells[cell][start : end + 1] = text if cell == owner else []
