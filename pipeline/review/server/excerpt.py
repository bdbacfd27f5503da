"""The blocks and tables of a source as they are shown, with marks on them.

Takes a source's state, a range of blocks and marks; gives parts to be written as HTML. Does not know what the marks mean.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.review.server.marked import Mark, Run, runs
from pipeline.review.server.states import Place, SourceState

#: blocks before and behind a span, rows of its table, and characters of a block on each side of it
_BLOCKS, _ROWS, _CHARACTERS = 3, 4, 1_200
#: rows at the top of a long table that are shown with any row of it
_HEAD = 2
#: rows of a table that are shown at once
_MOST_ROWS = 400


@dataclass(frozen=True, slots=True)
class CellPart:
    """A cell with its spans; `heading` where it is a header of a marked cell or of the first row."""

    runs: Sequence[Run]
    start: int
    row_span: int = 1
    column_span: int = 1
    heading: bool = False
    marked: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """A block (`runs`), or a table (`rows`, None where rows are left out). `cut` tells at which ends of a long block text is left out."""

    kind: str
    start: int
    end: int
    runs: Sequence[Run] = ()
    rows: Sequence[Sequence[CellPart] | None] = ()
    cut: tuple[bool, bool] = (False, False)
    page: str = ""


@dataclass(frozen=True, slots=True)
class Excerpt:
    """`section` is the path of headings above it; `header` that of the cell in the middle."""

    parts: Sequence[Part]
    section: str = ""
    header: str = ""


def around(state: SourceState, start: int, end: int, marks: Sequence[Mark]) -> Excerpt:
    """What stands around a span: a few blocks, or the rows beside it and the head of its table."""
    if not state.blocks:
        return Excerpt([_block("paragraph", state.text, 0, len(state.text), marks, start, end)])
    first, last = state.blocks_at(start, end)
    block = state.blocks[first]
    cell = state.cell_at.get(block.start) if block.row["kind"] == "cell" else None
    parts: list[Part] = []
    for place in state.blocks[max(0, first - _BLOCKS) : first]:
        if place.row["kind"] != "cell":
            parts.append(_of(state, place, marks, start, end))
    if cell is not None:
        parts.append(_table(state, cell.row["table_id"], marks, int(cell.row["row"]), start))
    else:
        parts += [_of(state, place, marks, start, end) for place in state.blocks[first:last]]
    for place in state.blocks[last : last + (_BLOCKS if cell is None else 0)]:
        if place.row["kind"] != "cell":
            parts.append(_of(state, place, marks, start, end))
    return Excerpt(parts, block.row["section"], cell.row["header"] if cell is not None else "")


def whole(state: SourceState, first: int, last: int, marks: Sequence[Mark]) -> list[Part]:
    """The blocks of a range, cells as rows of their tables."""
    parts: list[Part] = []
    shown: set[str] = set()
    ordered = sorted(marks)
    for place in state.blocks[first:last]:
        cell = state.cell_at.get(place.start) if place.row["kind"] == "cell" else None
        if cell is None:
            parts.append(_of(state, place, _near(ordered, place), place.start, place.end, cut=False))
        elif cell.row["table_id"] not in shown:
            shown.add(cell.row["table_id"])
            parts.append(_table(state, cell.row["table_id"], ordered, None, place.start))
    if not state.blocks and state.text:
        parts.append(_block("paragraph", state.text, 0, len(state.text), ordered, 0, len(state.text)))
    return parts


def _near(ordered: Sequence[Mark], place: Place) -> Sequence[Mark]:
    """Marks that may touch a block: those that begin before its end, from the first that could reach into it."""
    behind = bisect_left(ordered, place.end, key=lambda mark: mark.start)
    first = bisect_left(ordered, place.start - 5_000, key=lambda mark: mark.start)
    return ordered[first:behind]


def _of(state: SourceState, place: Place, marks: Sequence[Mark], start: int, end: int, cut: bool = True) -> Part:
    if not cut:
        start, end = place.start, place.end
    return _block(place.row["kind"], state.text, place.start, place.end, marks, start, end, place.row["page"])


def _block(
    kind: str, text: str, first: int, last: int, marks: Sequence[Mark], start: int, end: int, page: str = ""
) -> Part:
    inside = first <= start < last
    left = max(first, start - _CHARACTERS) if inside else first
    right = min(last, (end if inside else first) + _CHARACTERS)
    right = max(right, min(last, end)) if inside else right
    return Part(kind, left, right, runs(text, left, right, marks), cut=(left > first, right < last), page=page)


def _table(state: SourceState, table_id: str, marks: Sequence[Mark], row: int | None, at: int) -> Part:
    """A table, or of a long one the rows beside `row` under its first ones."""
    cells = state.grids[table_id]
    last = max(int(cell.row["row"]) for cell in cells)
    if row is None:
        first = int(state.cell_at[at].row["row"]) if at in state.cell_at else 0
        wanted = set(range(first if first > _HEAD else 0, min(last, first + _MOST_ROWS) + 1))
    else:
        wanted = {
            number for number in range(last + 1) if number < _HEAD or abs(number - row) <= _ROWS or last <= 3 * _ROWS
        }
    in_rows: dict[int, list[Place]] = {}
    for cell in cells:
        if (number := int(cell.row["row"])) in wanted:
            in_rows.setdefault(number, []).append(cell)
    target = [cell for cell in in_rows.get(row, ()) if cell.start <= at < cell.end] if row is not None else []
    rows: list[Sequence[CellPart] | None] = []
    before = -1
    for number in sorted(in_rows):
        if number > before + 1 and before >= 0:
            rows.append(None)
        before = number
        rows.append([_cell(state.text, cell, marks, _heads(cell, target), cell in target) for cell in in_rows[number]])
    held = [cell for group in in_rows.values() for cell in group if cell.end > cell.start] or cells
    return Part("table", min(cell.start for cell in held), max(cell.end for cell in held), rows=rows)


def _heads(cell: Place, target: Sequence[Place]) -> bool:
    """Whether a cell's text is a piece of the header path of the cell that is looked at."""
    if not target or not cell.row["text"]:
        return False
    wanted = target[0].row
    above = _in(wanted, cell.row, "column") and int(cell.row["row"]) < int(wanted["row"])
    left = _in(wanted, cell.row, "row") and int(cell.row["column"]) < int(wanted["column"])
    return (above or left) and " ".join(cell.row["text"].split()) in wanted["header"]


def _in(wanted: object, row: object, axis: str) -> bool:
    assert isinstance(wanted, dict)
    assert isinstance(row, dict)
    at, first = int(wanted[axis]), int(row[axis])
    return first <= at < first + int(row[f"{axis}_span"] or 1)


def _cell(text: str, cell: Place, marks: Sequence[Mark], heading: bool, marked: bool) -> CellPart:
    row = cell.row
    shown = runs(text, cell.start, min(cell.end, cell.start + _CHARACTERS), marks) if cell.end > cell.start else []
    return CellPart(shown, cell.start, int(row["row_span"] or 1), int(row["column_span"] or 1), heading, marked)
