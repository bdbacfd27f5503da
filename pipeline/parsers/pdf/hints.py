"""Tables that a person points out in the sidecar.

Takes the hints of a page, its glyphs and rules, gives grids and what to tell the tables. Does not know how a sidecar is written.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.model import TableHint
from pipeline.parsers.pdf.drafts import Draft, TableDraft
from pipeline.parsers.pdf.glyphs import Glyph
from pipeline.parsers.pdf.ruled import MEET, Grid, GridCell
from pipeline.parsers.pdf.ruling import Ruling
from pipeline.parsers.pdf.spacing import Box

#: em of white that parts two columns where the hint tells none
_GUTTER = 0.8


def with_hints(
    found: Sequence[Grid], hints: Sequence[TableHint], glyphs: Sequence[Glyph], ruling: Ruling
) -> list[Grid]:
    """Grids of the page; a hint with columns, or with an area that no ruled grid fills, replaces what lies there."""
    grids = list(found)
    for hint in hints:
        area = hint.area or _extent(glyphs)
        inside = [grid for grid in grids if _center_in(grid.box, area)]
        if area is None or (not hint.columns and (inside or hint.area is None)):
            continue
        grid = _grid(area, hint.columns, [glyph for glyph in glyphs if _center_in(glyph[1:5], area)], ruling)
        if grid is not None:
            grids = [other for other in grids if other not in inside]
            grids.append(grid)
    return sorted(grids, key=lambda grid: -(grid.box[2] - grid.box[0]) * (grid.box[3] - grid.box[1]))


def tell_tables(drafts: Sequence[Draft], hints: Sequence[TableHint]) -> None:
    """Header rows and unit of a hint for the tables in its area, for all of the page where it has none."""
    for draft in drafts:
        for hint in hints:
            if isinstance(draft, TableDraft) and (hint.area is None or _center_in(draft.box, hint.area)):
                draft.header_rows = hint.header_rows if hint.header_rows is not None else draft.header_rows
                draft.unit = hint.unit or draft.unit


def _extent(glyphs: Sequence[Glyph]) -> Box | None:
    if not glyphs:
        return None
    return (
        min(glyph.x0 for glyph in glyphs) - 1,
        min(glyph.top for glyph in glyphs) - 1,
        max(glyph.x1 for glyph in glyphs) + 1,
        max(glyph.bottom for glyph in glyphs) + 1,
    )


def _center_in(box: Box, area: Box | None) -> bool:
    if area is None:
        return False
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return area[0] <= x <= area[2] and area[1] <= y <= area[3]


def _grid(area: Box, columns: Sequence[float], glyphs: Sequence[Glyph], ruling: Ruling) -> Grid | None:
    if not glyphs:
        return None
    x0, top, x1, bottom = area
    inner = [x for x in columns if x0 + MEET < x < x1 - MEET] if columns else _white(glyphs)
    ruled = sorted(
        {round(y) for y, a, b in ruling.horizontal if top < y < bottom and min(b, x1) - max(a, x0) > 0.6 * (x1 - x0)}
    )
    ys = [float(y) for y in ruled] if len(ruled) >= 3 else _between_lines(glyphs)
    xs = (x0, *inner, x1)
    edges = (top, *(y for y in ys if top + MEET < y < bottom - MEET), bottom)
    wide = len(xs) - 1
    cells = tuple(
        GridCell(row, column, 1, 1, (xs[column], edges[row], xs[column + 1], edges[row + 1]), row * wide + column)
        for row in range(len(edges) - 1)
        for column in range(wide)
    )
    owner = tuple(tuple(range(row * wide, (row + 1) * wide)) for row in range(len(edges) - 1))
    return Grid(tuple(xs), edges, cells, owner)


def _white(glyphs: Sequence[Glyph]) -> list[float]:
    """Middles of the white gaps that no glyph of the area crosses."""
    em = max(glyph.em for glyph in glyphs)
    middles: list[float] = []
    reach = None
    for glyph in sorted(glyphs, key=lambda glyph: glyph.x0):
        if reach is not None and glyph.x0 - reach > _GUTTER * em:
            middles.append((reach + glyph.x0) / 2)
        reach = glyph.x1 if reach is None else max(reach, glyph.x1)
    return middles


def _between_lines(glyphs: Sequence[Glyph]) -> list[float]:
    middles: list[float] = []
    reach = None
    for glyph in sorted(glyphs, key=lambda glyph: glyph.top):
        if reach is not None and glyph.top > reach - 0.2 * glyph.em:
            middles.append((reach + glyph.top) / 2)
        reach = glyph.bottom if reach is None else max(reach, glyph.bottom)
    return middles
