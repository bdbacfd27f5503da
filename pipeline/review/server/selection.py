"""What the program reads in a text that a person selected, to fill in the form of a row.

Takes a span and its source's state; gives the columns of each kind. Does not write.
"""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.driver.extract import Extracted, extract
from pipeline.engine.load import RuleSet
from pipeline.review.server.decisions import columns_of
from pipeline.review.server.states import Row, SourceState
from pipeline.tables.schema import MENTION_TABLES

#: a longer block is read from so many characters before the selection to as many behind it
_REACH = 300


def readings(state: SourceState, start: int, end: int, about: Row, rules: RuleSet) -> dict[str, dict[str, str]]:
    """Columns by kind, for the kinds that are read on exactly the selection or, failing that, on most of it: in its block, then alone.

    `about` is the source's row of `sources.csv`.
    """
    known = {name: about.get(name) or None for name in ("published", "covers", "publisher")}
    first, last = _block(state, start, end)
    found: dict[str, dict[str, str]] = {}
    for text, at in ((state.text[first:last], first), (state.text[start:end], start)):
        read = extract(text, known["publisher"], known["published"], known["covers"], rules)
        for kind in MENTION_TABLES:
            best = _best([mention for mention in read if mention.kind == kind], start - at, end - at)
            if best is not None:
                found.setdefault(kind, _columns(kind, best.row()))
    return found


def _block(state: SourceState, start: int, end: int) -> tuple[int, int]:
    if not state.blocks:
        return max(0, start - _REACH), min(len(state.text), end + _REACH)
    first, last = state.blocks_at(start, end)
    left, right = state.blocks[first].start, state.blocks[last - 1].end
    return min(start, max(left, start - _REACH)), max(end, min(right, end + _REACH))


def _best(read: list[Extracted], start: int, end: int) -> Extracted | None:
    """The mention that shares most with the selection, and at least half of both."""
    shared = [(min(end, mention.end) - max(start, mention.start), mention) for mention in read]
    wide = [(size, mention) for size, mention in shared if 2 * size > max(end - start, mention.end - mention.start)]
    return max(wide, key=lambda pair: pair[0])[1] if wide else None


def _columns(kind: str, row: Mapping[str, str]) -> dict[str, str]:
    return {column: row[column] for column in columns_of(kind) if row.get(column)}
