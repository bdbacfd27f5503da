"""A change beside its source: what the row said and says, and where it stands.

Takes an item and the states of its source; gives what the template shows. Does not know requests.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.model import Span
from pipeline.review.server.changes import Item
from pipeline.review.server.decisions import columns_of
from pipeline.review.server.excerpt import Excerpt, around
from pipeline.review.server.marked import Mark, visible
from pipeline.review.server.states import Row, SourceState
from pipeline.text.anchor import anchor_of, place_of

_CELL = re.compile(r"cell:([^/]+)/(\d+)/(\d+)")
_OFFSET = re.compile(r"(?:heading|caption):(\d+)")
#: blocks that are looked through for one that stands in another state too
_BLOCKS_BACK = 60
#: characters of a value in the table of values
_MOST = 400


@dataclass(frozen=True, slots=True)
class Value:
    """A column as it was and as it is; None where there was or is no row."""

    column: str
    old: str | None
    new: str | None
    differs: bool


@dataclass(frozen=True, slots=True)
class Boxed:
    """A page of a PDF with boxes (look, x, y, width, height in points)."""

    page: int
    boxes: Sequence[tuple[str, float, float, float, float]]


@dataclass(frozen=True, slots=True)
class View:
    """A source on one side of the change: `side` is `now`, `then`, or `both` where its text is the same."""

    side: str
    excerpt: Excerpt
    pages: Sequence[Boxed]
    source_id: str
    start: int
    end: int


def values(item: Item) -> list[Value]:
    """The columns of the row's kind that hold anything, then how it was completed and by which rule."""
    old, new = item.change.old, item.change.new
    shown = [
        _value(column, old, new) for column in (*columns_of(item.kind), "basis", "antecedent", "rule_id", "status")
    ]
    return [value for value in shown if value.old or value.new]


def views(item: Item, now: SourceState | None, then: SourceState | None) -> list[View]:
    """The source as it was where that differs, and as it is, each with the row's span and its antecedent marked."""
    old, new = item.change.old, item.change.new
    same = now is not None and then is not None and now.text == then.text
    found: list[View] = []
    if then is not None and not same:
        if old is not None:
            found.append(_view("then", then, old, [("old", old)]))
        elif now is not None and new is not None and (place := counterpart(now, then, *_span(new))) is not None:
            found.append(_bare("then", then, place))
    if now is not None and new is None and old is not None and then is not None and not same:
        if (place := counterpart(then, now, *_span(old))) is not None:
            found.append(_bare("now", now, place))
    elif now is not None and (new is not None or same):
        row = new if new is not None else old
        assert row is not None
        rows = [("new", new)] if new is not None else [("old", old)]
        if same and old is not None and new is not None and _span(old) != _span(new):
            rows.insert(0, ("old", old))
        found.append(_view("both" if same else "now", now, row, [(look, row) for look, row in rows if row is not None]))
    return found


def counterpart(state: SourceState, other: SourceState, start: int, end: int) -> tuple[int, int] | None:
    """Where in another state of the source a span would stand: its own place there, else behind the nearest block before it that is there alike and once."""
    place = place_of(other.ground, anchor_of(state.ground, Span(start, end)))
    if isinstance(place, Span):
        return place.start, place.end
    first = state.blocks_at(start, end)[0] if state.blocks else 0
    for block in reversed(state.blocks[max(0, first - _BLOCKS_BACK) : first]):
        text = state.text[block.start : block.end]
        at = other.text.find(text)
        if len(text) > 1 and at >= 0 and other.text.find(text, at + 1) < 0:
            return at + len(text), at + len(text)
    return None


def antecedent_span(state: SourceState, antecedent: str) -> tuple[int, int] | None:
    """Where the thing stands that a row was completed from; None for a sidecar, or where it is not found."""
    if antecedent in state.mentions:
        return _span(state.mentions[antecedent][1])
    if told := _CELL.fullmatch(antecedent):
        for cell in state.grids.get(told[1], ()):
            if (cell.row["row"], cell.row["column"]) == (told[2], told[3]):
                return cell.start, cell.end
    if (told := _OFFSET.fullmatch(antecedent)) and state.blocks:
        at = int(told[1])
        block = state.blocks[state.blocks_at(at, at + 1)[0]]
        return block.start, block.end
    return None


def _value(column: str, old: Row | None, new: Row | None) -> Value:
    before = None if old is None else visible(old.get(column, ""), _MOST)
    after = None if new is None else visible(new.get(column, ""), _MOST)
    return Value(column, before, after, before != after and old is not None and new is not None)


def _bare(side: str, state: SourceState, place: tuple[int, int]) -> View:
    """The surroundings in which the row is not."""
    marks = [Mark(*place, "spot")] if place[1] > place[0] else []
    return View(side, around(state, *place, marks), (), state.source_id, *place)


def _view(side: str, state: SourceState, row: Row, rows: Sequence[tuple[str, Row]]) -> View:
    start, end = _span(row)
    marks = [Mark(*_span(told), f"target {look}", told["mention_id"]) for look, told in rows]
    before = antecedent_span(state, row["antecedent"])
    if before is not None:
        marks.append(Mark(*before, "antecedent"))
    pages = list(_pages(state, row, rows))
    return View(side, around(state, start, end, marks), pages, state.source_id, start, end)


def _pages(state: SourceState, row: Row, rows: Sequence[tuple[str, Row]]) -> Iterator[Boxed]:
    """The pages that the row stands on, with its boxes and those of its antecedent there."""
    boxes = [(f"target {look}", box) for look, told in rows for box in state.boxes.get(told["mention_id"], ())]
    boxes += [("antecedent", box) for box in state.boxes.get(row["antecedent"], ())]
    if told := _CELL.fullmatch(row["antecedent"]):
        boxes += [("antecedent", box) for box in _cell_box(state, told[1], told[2], told[3])]
    for page in sorted({box[0] for look, box in boxes if look != "antecedent"}):
        on_page = [(look, x0, top, x1 - x0, bottom - top) for look, (at, x0, top, x1, bottom) in boxes if at == page]
        yield Boxed(page, on_page)


def _cell_box(
    state: SourceState, table: str, row: str, column: str
) -> Iterator[tuple[int, float, float, float, float]]:
    for cell in state.grids.get(table, ()):
        told = cell.row
        if (told["row"], told["column"]) == (row, column) and told["x0"]:
            yield int(told["page"]), float(told["x0"]), float(told["top"]), float(told["x1"]), float(told["bottom"])


def _span(row: Row) -> tuple[int, int]:
    return int(row["start"]), int(row["end"])
