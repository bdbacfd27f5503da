"""A whole source with all that was found in it: part by part, page by page.

Takes a source's state; gives marked parts, and boxes on its pages. Does not know requests.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.model import Decision
from pipeline.review.server.changes import said
from pipeline.review.server.excerpt import Part, whole
from pipeline.review.server.marked import Mark, visible
from pipeline.review.server.states import Row, SourceState
from pipeline.tables.schema import MENTION_TABLES

#: blocks that are shown at once
BLOCKS = 250


@dataclass(frozen=True, slots=True)
class Entry:
    """Something on the page that the list beside it names: a mention (`look` is its kind), a leftover, an issue."""

    ref: str
    look: str
    start: int
    end: int
    surface: str
    value: str


@dataclass(frozen=True, slots=True)
class SourcePart:
    """Blocks `first` to `last` of `count`, as `parts`, and what stands in them."""

    parts: Sequence[Part]
    entries: Sequence[Entry]
    number: int
    count: int


@dataclass(frozen=True, slots=True)
class PageBoxes:
    """A page of a PDF: boxes (ref, look, x, y, width, height in points), and their entries."""

    page: int
    boxes: Sequence[tuple[str, str, float, float, float, float]]
    entries: Sequence[Entry]


def entries(state: SourceState, pending: Sequence[tuple[Decision, tuple[int, int]]] = ()) -> list[Entry]:
    """Everything on the source in the order of its text, with what was decided and is not built yet; issues about the whole source have no place and come
    first."""
    found = [_mention(kind, row) for kind, row in state.mentions.values()]
    for number, row in enumerate(state.table("leftovers")):
        found.append(_entry(f"leftover-{number}", "leftover", row, row["surface"], ""))
    for number, row in enumerate(state.table("issues")):
        start, end = int(row["start"] or -1), int(row["end"] or -1)
        surface = state.text[start : min(end, start + 80)] if start >= 0 else ""
        told = f"{row['code']}: {row['message']}"
        found.append(_entry(f"issue-{number}", f"issue {row['severity']}", row, surface, told))
    for decision, (start, end) in pending:
        told = visible(" ".join(value for value in decision.set.values() if value), 200)
        look = f"pending {decision.do}"
        found.append(Entry(decision.decision_id, look, start, end, visible(state.text[start:end], 60), told))
    return sorted(found, key=lambda entry: (entry.start, entry.end))


def source_part(
    state: SourceState, number: int, pending: Sequence[tuple[Decision, tuple[int, int]]] = ()
) -> SourcePart:
    """Part `number` from 0; beyond the last one that."""
    count = max(1, -(-len(state.blocks) // BLOCKS))
    number = max(0, min(number, count - 1))
    first, last = number * BLOCKS, min((number + 1) * BLOCKS, len(state.blocks))
    left = state.blocks[first].start if state.blocks and number else -1
    right = state.blocks[last].start if last < len(state.blocks) else len(state.text) + 1
    here = [entry for entry in entries(state, pending) if left <= entry.start < right]
    marks = [Mark(entry.start, entry.end, entry.look, entry.ref) for entry in here if entry.end > entry.start >= 0]
    return SourcePart(whole(state, first, last, marks), here, number, count)


def part_of(state: SourceState, offset: int) -> int:
    """The part in which an offset stands."""
    starts = [block.start for block in state.blocks]
    return max(0, bisect_left(starts, offset + 1) - 1) // BLOCKS


def page_boxes(state: SourceState, page: int) -> PageBoxes:
    """What stands on a page of a PDF, from 1."""
    boxes: list[tuple[str, str, float, float, float, float]] = []
    here: list[Entry] = []
    for kind, row in state.mentions.values():
        told = [box for box in state.boxes.get(row["mention_id"], ()) if box[0] == page]
        boxes += [(row["mention_id"], kind, x0, top, x1 - x0, bottom - top) for _, x0, top, x1, bottom in told]
        if told:
            here.append(_mention(kind, row))
    return PageBoxes(page, boxes, here)


def _mention(kind: str, row: Row) -> Entry:
    look = f"{kind} {row['status']}" if row["status"] not in ("", "machine") else kind
    return _entry(row["mention_id"], look, row, row["surface"], said(MENTION_TABLES[kind].name, row))


def _entry(ref: str, look: str, row: Row, surface: str, value: str) -> Entry:
    return Entry(ref, look, int(row["start"] or -1), int(row["end"] or -1), visible(surface, 60), visible(value, 200))
