"""What the files of decisions say of sources and changes.

Takes the folder of rules and the sources; gives the decisions that count, where they stand, and what they mean for a change. Does not write.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from pipeline.model import Decision, Span
from pipeline.review.server.changes import Item
from pipeline.review.server.decisions import values_of
from pipeline.review.server.shelf import Shelf
from pipeline.review.server.states import Row, SourceState
from pipeline.sources.decisions import decisions_path, read_decisions, standing
from pipeline.text.anchor import anchor_of, place_of

#: a kind and a span; None where the text is gone
Spot = tuple[str, tuple[int, int] | None]


class Decided:
    """The decisions about the sources of a shelf."""

    def __init__(self, rules: Path, shelf: Shelf) -> None:
        self._rules, self._shelf = rules, shelf
        self._read: dict[str, tuple[tuple[int, int, int], tuple[Decision, ...]]] = {}

    def machine(self, kind: str, row: Row) -> Mapping[str, str] | None:
        """What the machine says of a row: what it said when the row was decided, where it was."""
        if not row["decision_id"]:
            return values_of(kind, row)
        decisions = {decision.decision_id: decision for decision in self.standing(row["source_id"])}
        earlier = decisions.get(row["decision_id"])
        return earlier.was if earlier is not None else values_of(kind, row)

    def standing(self, source_id: str) -> tuple[Decision, ...]:
        """The decisions about a source that count; read again when its file is another one."""
        path = decisions_path(self._rules, source_id)
        try:
            told = path.stat()
        except FileNotFoundError:
            return ()
        stamp = told.st_ino, told.st_mtime_ns, told.st_size
        known = self._read.get(source_id)
        if known is None or known[0] != stamp:
            known = self._read[source_id] = stamp, standing(read_decisions(path))[0]
        return known[1]

    def spot(self, item: Item) -> Spot:
        """The kind and the span that a decision about a change is about."""
        new, state = item.change.new, self._shelf.now(item.change.source_id)
        if new is not None:
            return item.kind, (int(new["start"]), int(new["end"]))
        return item.kind, self.lost_at(item, state) if state is not None else None

    def lost_at(self, item: Item, state: SourceState) -> tuple[int, int] | None:
        """Where a lost row's text stands now."""
        old = item.change.old
        then = self._shelf.then(old["source_id"]) if old is not None else None
        if old is None or item.change.new is not None or then is None:
            return None
        span = Span(int(old["start"]), int(old["end"]))
        if then.text == state.text:
            return span.start, span.end
        place = place_of(state.ground, anchor_of(then.ground, span))
        return (place.start, place.end) if isinstance(place, Span) else None

    def about(self, source_id: str) -> dict[Spot, list[Decision]]:
        """The decisions about a source that count, by kind and span."""
        found: dict[Spot, list[Decision]] = {}
        state = self._shelf.now(source_id)
        for decision in self.standing(source_id) if state is not None else ():
            place = place_of(state.ground, decision.anchor) if state is not None else "gone"
            if isinstance(place, Span):
                found.setdefault((decision.kind, (place.start, place.end)), []).append(decision)
        return found

    def pending(self, source_id: str) -> list[tuple[Decision, tuple[int, int]]]:
        """Decisions about a source that no build has seen yet, with their spans."""
        state = self._shelf.now(source_id)
        if state is None:
            return []
        built = {row["decision_id"] for _, row in state.mentions.values()}
        built |= {row["decision_id"] for row in state.table("decisions")}
        return [
            (decision, span)
            for (_, span), decisions in self.about(source_id).items()
            for decision in decisions
            if span is not None and decision.decision_id not in built
        ]

    def verdicts(self, items: Iterable[Item]) -> dict[str, str]:
        """What the files say of the changes on the list."""
        found: dict[str, str] = {}
        about: dict[str, dict[Spot, list[Decision]]] = {}
        for item in items:
            source_id = item.change.source_id
            if source_id not in about:
                about[source_id] = self.about(source_id)
            if about[source_id] and (decisions := about[source_id].get(self.spot(item))):
                found[item.key] = _verdict(item, decisions[-1])
        return found


def _verdict(item: Item, decision: Decision) -> str:
    old, new = item.change.old, item.change.new
    if decision.do == "accept" or (new is None and decision.do == "reject"):
        return "accepted"
    if decision.do == "replace" and (old is None or any(old.get(c, "") != value for c, value in decision.set.items())):
        return "corrected"
    return "rejected"
