"""Tables without rules: rows of short entries whose columns stand under each other.

Takes the rows of a column of the page, gives them back with stretches of such rows made to tables. Does not know rules.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from pipeline.parsers.cell_kinds import is_figure
from pipeline.parsers.pdf.blocks import is_unit_line
from pipeline.parsers.pdf.drafts import CellDraft, TableDraft, joined
from pipeline.parsers.pdf.layout import Leaf, Row
from pipeline.parsers.pdf.line import Line
from pipeline.parsers.pdf.spacing import spaced_text
from pipeline.parsers.pdf.statement import Entry, are_contents, entries, statement
from pipeline.parsers.pdf.statement import columns as columns_of

#: rows that make a table, and the share of figures in its columns of figures
_LEAST_ROWS, _FIGURES = 3, 0.6
#: em of white between two columns all the way down; em of white between two rows
_GUTTER, _ROW_GAP = 0.4, 2.2

Interval = tuple[float, float]


def with_tables(rows: Leaf, page: int) -> list[Leaf | TableDraft]:
    """Stretches of rows, and the tables between them, in their order.

    A table has at least three rows of two entries or more, a gutter between its columns all the way, and a column of figures;
    or it is a statement: labels and figures right-aligned beside them.
    """
    if sum(1 for row in rows if len(row) > 1) < 2:
        return [rows]
    result: list[Leaf | TableDraft] = []
    plain: Leaf = []
    index = 0
    while index < len(rows):
        end, columns = _stretch(rows, index)
        if end - index < _LEAST_ROWS or not _is_table(rows[index:end], columns):
            end = index
        told, statement_rows = statement(rows, index)
        found = None
        if told > end:
            header = _header_above(plain, statement_rows)
            if header:
                plain.pop()
            found = _statement(rows[index - len(header) : told], [*header, *statement_rows], len(header), page)
            end = told
        elif end > index:
            found = _table(rows[index:end], columns, page)
        if found is not None:
            if plain:
                result.append(plain)
                plain = []
            result.append(found)
            index = end
        else:
            plain.append(rows[index])
            index += 1
    if plain:
        result.append(plain)
    return result


def _header_above(plain: Leaf, found: Sequence[Sequence[Entry]]) -> list[list[Entry]]:
    """The row right above a statement, if its entries stand over the columns of figures, one each."""
    row = plain[-1] if plain else []
    if len(row) < 2 or not _may_be_row(row) or found[0][0].glyphs[0].top - row[0].w1 > _ROW_GAP * row[0].em:
        return []
    own = entries(row)
    figures = columns_of(found)
    over = [[place for place, (low, high) in enumerate(figures) if entry.u0 < high and low < entry.u1] for entry in own]
    if any(len(places) > 1 for places in over) or any(entry.figure for entry in own):
        return []
    named = [places[0] for places in over if places]
    if len(set(named)) < len(named) or len(own) - len(named) > 1 or len(named) < len(figures):
        return []
    return [own]


def _statement(rows: Leaf, found: Sequence[Sequence[Entry]], header_rows: int, page: int) -> TableDraft:
    """A column of labels and columns of figures; a label without figures stands alone in its row."""
    figures = columns_of(found)
    labels = (min(row[0].u0 for row in found), max(row[0].u1 for row in found[header_rows:]))
    extents = [labels, *figures]
    cells: list[CellDraft] = []
    for number, (row, own) in enumerate(zip(rows, found, strict=True)):
        placed = {}
        for entry in own:
            if not entry.figure and (number >= header_rows or entry.u1 < figures[0][0]):
                placed[0] = entry
                continue
            placed[1 + min(range(len(figures)), key=lambda place: abs(figures[place][1] - entry.u1))] = entry
        top, foot = min(item.w0 for item in row), max(item.w1 for item in row)
        for column, (low, high) in enumerate(extents):
            text, boxes = joined([placed[column].written()] if column in placed else [])
            cells.append(CellDraft(number, column, 1, 1, text, boxes, (low, top, high, foot), page))
    draft = _draft(rows, cells, extents, page)
    draft.header_rows = header_rows
    return draft


def _stretch(rows: Leaf, start: int) -> tuple[int, list[Interval]]:
    """How far rows from `start` on share the columns, and those columns."""
    if not _may_be_row(rows[start]):
        return start, []
    columns: list[Interval] = [(item.u0, item.u1) for item in rows[start]]
    end = start + 1
    while end < len(rows):
        row = rows[end]
        em = row[0].em
        if not _may_be_row(row) or row[0].w0 - rows[end - 1][0].w1 > _ROW_GAP * em:
            break
        grown = _merged([*columns, *((item.u0, item.u1) for item in row)], _GUTTER * em)
        if len(grown) < 2 or any(_shared(grown, other) for other in rows[start : end + 1]):
            break
        columns = grown
        end += 1
    return end, columns


def _may_be_row(row: Row) -> bool:
    return (
        len(row) > 1
        and not any(item.solid or item.content.vertical for item in row)
        and not is_unit_line(row[-1].content)
    )


def _merged(intervals: Sequence[Interval], gutter: float) -> list[Interval]:
    merged: list[Interval] = []
    for low, high in sorted(intervals):
        if merged and low < merged[-1][1] + gutter:
            merged[-1] = (merged[-1][0], max(merged[-1][1], high))
        else:
            merged.append((low, high))
    return merged


def _place(columns: Sequence[Interval], position: float) -> int:
    return next(index for index, (low, high) in enumerate(columns) if low - 0.1 <= position <= high + 0.1)


def _shared(columns: Sequence[Interval], row: Row) -> bool:
    """Whether two entries of a row fall into one column."""
    places = [_place(columns, item.u0) for item in row]
    return len(set(places)) < len(places)


def _is_table(rows: Leaf, columns: Sequence[Interval]) -> bool:
    return _has_figures(rows, columns) and not are_contents([entries(row) for row in rows])


def _has_figures(rows: Leaf, columns: Sequence[Interval]) -> bool:
    entries: Counter[int] = Counter()
    figures: Counter[int] = Counter()
    for row in rows:
        for item in row:
            place = _place(columns, item.u0)
            entries[place] += 1
            figures[place] += is_figure("".join(glyph.char for glyph in item.content.glyphs))
    if not any(len(item.content.glyphs) > 1 for row in rows for item in row):
        return False  # words that are written downwards
    return any(entries[place] >= _LEAST_ROWS - 1 and figures[place] >= _FIGURES * entries[place] for place in entries)


def _table(rows: Leaf, columns: Sequence[Interval], page: int) -> TableDraft:
    cells: list[CellDraft] = []
    for number, row in enumerate(rows):
        own = {_place(columns, item.u0): item for item in row}
        top, foot = min(item.w0 for item in row), max(item.w1 for item in row)
        for column, (low, high) in enumerate(columns):
            line: Line | None = own[column].content if column in own else None
            text, boxes = joined([spaced_text(line.glyphs, in_cell=True)] if line else [])
            cells.append(CellDraft(number, column, 1, 1, text, boxes, (low, top, high, foot), page))
    return _draft(rows, cells, columns, page)


def _draft(rows: Leaf, cells: list[CellDraft], columns: Sequence[Interval], page: int) -> TableDraft:
    lines = [item.content for row in rows for item in row]
    return TableDraft(
        page,
        cells,
        (columns[0][0], rows[0][0].w0, columns[-1][1], rows[-1][0].w1),
        em=lines[0].em,
        characters=sum(len(line.glyphs) for line in lines),
        bold=sum(len(line.glyphs) for line in lines if line.bold),
    )
