"""Tables out of ruled grids and the glyphs in them.

Takes a grid and the glyphs of each of its cells, gives a `TableDraft`, or none where the rules only frame a text. Does not know reading order.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from pipeline.parsers.pdf.drafts import CellDraft, TableDraft, joined
from pipeline.parsers.pdf.glyphs import BOLD, Glyph
from pipeline.parsers.pdf.line import Line
from pipeline.parsers.pdf.lines import lines
from pipeline.parsers.pdf.overflow import gathered
from pipeline.parsers.pdf.ruled import Grid
from pipeline.parsers.pdf.spacing import Box, spaced_text
from pipeline.parsers.pdf.table_rows import LinedCell, TextLine, parted_rows

#: a row or column narrower than this many points without text is the gap of a double line
_SLIVER = 6.0
#: em: a cell narrower than this has no room for two glyphs side by side
_NARROW = 2.0
#: glyphs of a header that is set vertically
_LONGEST = 24
#: glyphs of a cell that holds an article, and the share of a frame's glyphs that makes the rest its trimmings
_ARTICLE, _MOST = 150, 0.9


def table(grid: Grid, inside: Mapping[int, Sequence[Glyph]], page: int, vertical: bool) -> TableDraft | None:
    """The grid as a table; None where it frames prose or draws a chart.

    Columns of a table in vertical writing are counted from the right, as they are read.
    """
    if not is_table(grid, inside):
        return None
    inside = gathered(grid, inside)
    sizes: Counter[float] = Counter(round(glyph.em * 4) / 4 for glyphs in inside.values() for glyph in glyphs)
    texts: dict[int, tuple[TextLine, ...]] = {}
    upright = 0
    for index, glyphs in inside.items():
        rows, downward = text_rows(lines(glyphs, vertical)[0])
        upright += len(glyphs) if downward else -len(glyphs)
        if len(rows) > 1 and (columns_down := _stacked(rows, grid.cells[index].box)):
            rows, downward = columns_down, True
        texts[index] = tuple(_line(row, downward) for row in rows)
    columns = _kept(grid.xs, [(cell.column, cell.column_span, index in texts) for index, cell in enumerate(grid.cells)])
    kept = _kept(grid.ys, [(cell.row, cell.row_span, index in texts) for index, cell in enumerate(grid.cells)])
    cells: list[LinedCell] = []
    for index, cell in enumerate(grid.cells):
        row, row_end = kept[cell.row], kept[cell.row + cell.row_span]
        column, column_end = columns[cell.column], columns[cell.column + cell.column_span]
        if row == row_end or column == column_end:
            continue
        if upright > 0:
            column, column_end = columns[-1] - column_end, columns[-1] - column
        cells.append(LinedCell(row, column, row_end - row, column_end - column, cell.box, texts.get(index, ())))
    if upright <= 0:
        cells = parted_rows(cells)
    return TableDraft(
        page,
        [_draft(cell, page) for cell in cells],
        grid.box,
        grid.xs,
        em=max(sizes, key=lambda size: (sizes[size], size)),
        characters=sizes.total(),
        bold=sum(1 for glyphs in inside.values() for glyph in glyphs if glyph.flags & BOLD),
        lined=upright <= 0,
    )


def _line(row: list[Glyph], vertical: bool) -> TextLine:
    text, boxes = spaced_text(row, vertical, in_cell=True)
    return TextLine(text, boxes, min(glyph.top for glyph in row), max(glyph.bottom for glyph in row))


def _draft(cell: LinedCell, page: int) -> CellDraft:
    text, boxes = joined([(line.text, line.boxes) for line in cell.lines])
    return CellDraft(cell.row, cell.column, cell.row_span, cell.column_span, text, boxes, cell.box, page)


def is_table(grid: Grid, inside: Mapping[int, Sequence[Glyph]]) -> bool:
    """At least two columns and two filled cells; not a chart's lattice, not a framed article, not two frames of prose side by side."""
    filled = [grid.cells[index] for index in inside]
    columns = {cell.column for cell in filled}
    if len({cell.room for cell in filled}) < 2 or len(columns) < 2:
        return False
    if len(grid.cells) > 20 and len(filled) < 0.15 * len(grid.cells):
        return False
    if len({cell.row for cell in filled}) > 2 and _stand_apart(columns, len(grid.xs) - 1):
        return False
    sizes = [len(glyphs) for glyphs in inside.values()]
    if len(filled) <= 4 and max(sizes) > max(_ARTICLE, _MOST * sum(sizes)):
        return False
    return not (len({cell.row for cell in filled}) == 1 and min(sizes) > _ARTICLE)


def _stand_apart(columns: set[int], count: int) -> bool:
    """Whether every column with text has empty ones on both sides, as the bars of a chart have."""
    return not columns & {0, count - 1} and not any(column + 1 in columns for column in columns)


def text_rows(found: Sequence[Line]) -> tuple[list[list[Glyph]], bool]:
    """Lines of a small region as rows of glyphs in reading order, and whether most of it is written vertically."""
    vertical = sum(len(line.glyphs) if line.vertical else -len(line.glyphs) for line in found) > 0
    if vertical:
        return [list(line.glyphs) for line in sorted(found, key=lambda line: (-line.x1 // 3, line.top))], True
    rows: list[list[Line]] = []
    for line in sorted(found, key=lambda line: (line.bottom if not line.vertical else line.top, line.x0)):
        last = rows[-1][0] if rows else None
        if last is not None and abs(last.bottom - line.bottom) < 0.4 * min(last.em, line.em):
            rows[-1].append(line)
        else:
            rows.append([line])
    return [[glyph for line in sorted(row, key=lambda line: line.x0) for glyph in line.glyphs] for row in rows], False


def _stacked(rows: Sequence[list[Glyph]], box: Box) -> list[list[Glyph]]:
    """Columns of a header that is set vertically: kana or kanji below each other, in one column or in two of unlike height or place.

    The column that begins highest is read first, of two that begin alike the right one. Two glyphs alone are such a header only where the
    cell has no room for them side by side, or parts them widely.
    """
    glyphs = [glyph for row in rows for glyph in row]
    em = glyphs[0].em
    if len(glyphs) > _LONGEST or not all(
        glyph.char.isalpha() and glyph.char > "\u3040" and glyph.em == em for glyph in glyphs
    ):
        return []
    columns: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda glyph: glyph.top):
        own = next((column for column in columns if abs(column[0].x0 - glyph.x0) < 0.4 * em), None)
        if own is None:
            columns.append([glyph])
        elif glyph.top - own[-1].top < 0.8 * em:
            return []
        else:
            own.append(glyph)
    if len(columns) > 2 or min(map(len, columns)) < 2:
        return []
    if len(columns) == 2 and len(columns[0]) == len(columns[1]):
        return []
    width = box[2] - box[0]
    if len(glyphs) == 2 and not width < _NARROW * em:
        apart = glyphs[1].top - glyphs[0].top > 1.9 * em and width < 2 * _NARROW * em
        return columns if apart else []
    return sorted(columns, key=lambda column: (round(column[0].top / em), -column[0].x0))


def _kept(edges: Sequence[float], spans: Sequence[tuple[int, int, bool]]) -> list[int]:
    """New index of each edge: edges of slivers and those at which no cell begins fall together with their neighbour."""
    used = {start for start, _, _ in spans} | {start + span for start, span, _ in spans}
    written = {start for start, span, has_text in spans if has_text and span == 1}
    index = [0]
    for edge in range(1, len(edges)):
        sliver = edges[edge] - edges[edge - 1] < _SLIVER and edge - 1 not in written
        index.append(index[-1] + (0 if sliver or edge not in used else 1))
    return index


def bounding(boxes: Sequence[Box]) -> Box:
    return (
        min(box[0] for box in boxes),
        min(box[1] for box in boxes),
        max(box[2] for box in boxes),
        max(box[3] for box in boxes),
    )
