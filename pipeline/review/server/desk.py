"""What lies on a reviewer's desk: the changes, what is decided of them, and the sources to look at.

Takes a project and what it is compared with; gives items, states of sources, and keeps who decided what. Does not know requests.

A server has one desk; requests come in threads, so whatever changes it holds its lock.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from pipeline.engine.load import load_rules
from pipeline.model import Decision, Span
from pipeline.review.comparison import Comparison, Project, compare
from pipeline.review.decide import append, withdraw
from pipeline.review.server.changes import Item, effects_by_group, listed
from pipeline.review.server.decisions import Said, Verdict, judged, values_of
from pipeline.review.server.states import Row, SourceState, folder_state
from pipeline.sources.decisions import decisions_path, read_decisions, standing
from pipeline.sources.discovery import SourceFile, discover
from pipeline.text.anchor import anchor_of, place_of

#: states of sources that are kept, of now and of then
_KEPT = 24


@dataclass(frozen=True, slots=True)
class Batch:
    """What was decided at once, and is taken back at once: ids by source, and the changes that it decided."""

    ids: Mapping[str, tuple[str, ...]]
    keys: tuple[str, ...]


@dataclass
class Desk:
    """`decided` tells of a change's key how it was decided: `accepted`, `rejected`, `corrected`."""

    project: Project
    against: str
    by: str
    items: tuple[Item, ...] = ()
    by_key: dict[str, Item] = field(default_factory=dict)
    decided: dict[str, str] = field(default_factory=dict)
    lock: threading.RLock = field(default_factory=threading.RLock)
    built: str = ""
    touched: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._batches: list[Batch] = []
        self._read: dict[str, tuple[tuple[int, int, int], tuple[Decision, ...]]] = {}
        self._now: OrderedDict[str, SourceState] = OrderedDict()
        self._then: OrderedDict[str, SourceState] = OrderedDict()
        self.load()

    def load(self) -> None:
        """Compare anew, as at the start."""
        built = self.build_stamp()
        comparison = compare(self.project, self.against)
        items = listed(comparison.changes, [change.cause for change in comparison.changes])
        files = {found.source_id: found for found in discover(self.project.raw).sources}
        rule_set = load_rules(self.project.rules)
        with self.lock:
            self.built, self.comparison, self.items, self.files = built, comparison, items, files
            self.rule_set = rule_set
            self.effects = effects_by_group(comparison.effects)
            self.by_key = {item.key: item for item in items}
            self._now.clear()
            self._then.clear()
            self.decided = self._decided_before()

    def build_stamp(self) -> str:
        """Changes with every build that changed something."""
        try:
            told = (self.project.out / "build.json").stat()
        except OSError:
            return ""
        return f"{told.st_mtime_ns}-{told.st_size}-{told.st_ino}"

    @property
    def rules(self) -> Path:
        return self.project.rules if self.project.rules is not None else Path("rules")

    def now(self, source_id: str) -> SourceState | None:
        """A source as it is built; None for what is no source here."""
        if source_id not in self.known:
            return None
        with self.lock:
            return _kept(
                self._now, source_id, lambda: folder_state(self.project.out / "sources" / source_id, source_id)
            )

    def then(self, source_id: str) -> SourceState | None:
        """A source as it was; None where there was none of this id."""
        with self.lock:
            if source_id in self._then:
                return self._then[source_id]
            past: Comparison = self.comparison
            text = past.then.text(source_id)
            if text is None:
                return None
            return _kept(
                self._then,
                source_id,
                lambda: SourceState(source_id, text, lambda table: past.then.rows(source_id, table)),
            )

    @property
    def known(self) -> Mapping[str, SourceFile]:
        """Sources by id: nothing else is read."""
        return self.files

    def said(self, reason: str = "") -> Said:
        return Said(self.by, date.today().isoformat(), reason)

    def judge(self, keys: Iterable[str], verdict: Verdict, reason: str = "") -> tuple[int, int]:
        """Accept or reject changes as one batch: how many were decided, and of how many the text is gone, so that only the list remembers them."""
        with self.lock:
            chosen = [self.by_key[key] for key in dict.fromkeys(keys) if key in self.by_key]
            found: dict[str, list[Decision]] = {}
            gone = 0
            for item in chosen:
                state = self.now(item.change.source_id) or SourceState(item.change.source_id, "", lambda _: [])
                new = item.change.new
                was = None if new is None else self.machine(item.kind, new)
                told = judged(item, verdict, state, self.said(reason), self._lost_at(item, state), was)
                gone += not told
                found.setdefault(item.change.source_id, []).extend(told)
            self.write(found, [item.key for item in chosen])
            for item in chosen:
                self.decided[item.key] = f"{verdict}ed"
            return len(chosen), gone

    def machine(self, kind: str, row: Row) -> Mapping[str, str] | None:
        """What the machine says of a row: what it said when the row was decided, where it was."""
        if not row["decision_id"]:
            return values_of(kind, row)
        decisions = {decision.decision_id: decision for decision in self.standing(row["source_id"])}
        earlier = decisions.get(row["decision_id"])
        return earlier.was if earlier is not None else values_of(kind, row)

    def standing(self, source_id: str) -> tuple[Decision, ...]:
        """The decisions about a source that count; read again when its file is another one."""
        path = decisions_path(self.rules, source_id)
        try:
            told = path.stat()
        except FileNotFoundError:
            return ()
        stamp = told.st_ino, told.st_mtime_ns, told.st_size
        known = self._read.get(source_id)
        if known is None or known[0] != stamp:
            known = self._read[source_id] = stamp, standing(read_decisions(path))[0]
        return known[1]

    def write(self, found: Mapping[str, Sequence[Decision]], keys: Sequence[str]) -> None:
        """Append decisions; what is written at once is undone at once."""
        ids: dict[str, tuple[str, ...]] = {}
        for source_id, decisions in found.items():
            added = append(self.rules, source_id, decisions) if decisions else ()
            if added:
                ids[source_id] = tuple(decision.decision_id for decision in reversed(added))
                self.touched.add(source_id)
        self._batches.append(Batch(ids, tuple(keys)))

    def undo(self, key: str = "") -> tuple[str, ...] | None:
        """Take back the last batch of this desk, or else what was decided of one change before: the keys that are open again."""
        with self.lock:
            if not self._batches:
                return self._undone_before(key)
            batch = self._batches.pop()
            for source_id, ids in batch.ids.items():
                withdraw(self.rules, source_id, ids, self.by, self.said().date)
                self.touched.add(source_id)
            for one in batch.keys:
                self.decided.pop(one, None)
            return batch.keys

    def _undone_before(self, key: str) -> tuple[str, ...] | None:
        item = self.by_key.get(key)
        if item is None or key not in self.decided:
            return None
        source_id = item.change.source_id
        ids = [decision.decision_id for decision in reversed(self._about(source_id).get(self._spot(item), ()))]
        if ids:
            withdraw(self.rules, source_id, ids, self.by, self.said().date)
            self.touched.add(source_id)
        self.decided.pop(key)
        return (key,)

    def _spot(self, item: Item) -> tuple[str, tuple[int, int] | None]:
        """The kind and the span that a decision about a change is about."""
        new, state = item.change.new, self.now(item.change.source_id)
        if new is not None:
            return item.kind, (int(new["start"]), int(new["end"]))
        return item.kind, self._lost_at(item, state) if state is not None else None

    def _lost_at(self, item: Item, state: SourceState) -> tuple[int, int] | None:
        """Where a lost row's text stands now."""
        old = item.change.old
        then = self.then(old["source_id"]) if old is not None else None
        if old is None or item.change.new is not None or then is None:
            return None
        span = Span(int(old["start"]), int(old["end"]))
        if then.text == state.text:
            return span.start, span.end
        place = place_of(state.ground, anchor_of(then.ground, span))
        return (place.start, place.end) if isinstance(place, Span) else None

    def _about(self, source_id: str) -> dict[tuple[str, tuple[int, int] | None], list[Decision]]:
        """The decisions about a source that count, by kind and span."""
        found: dict[tuple[str, tuple[int, int] | None], list[Decision]] = {}
        state = self.now(source_id)
        for decision in self.standing(source_id) if state is not None else ():
            place = place_of(state.ground, decision.anchor) if state is not None else "gone"
            if isinstance(place, Span):
                found.setdefault((decision.kind, (place.start, place.end)), []).append(decision)
        return found

    def pending(self, source_id: str) -> list[tuple[Decision, tuple[int, int]]]:
        """Decisions about a source that no build has seen yet, with their spans."""
        state = self.now(source_id)
        if state is None:
            return []
        built = {row["decision_id"] for _, row in state.mentions.values()}
        built |= {row["decision_id"] for row in state.table("decisions")}
        return [
            (decision, span)
            for (_, span), decisions in self._about(source_id).items()
            for decision in decisions
            if span is not None and decision.decision_id not in built
        ]

    def _decided_before(self) -> dict[str, str]:
        """What the files say of the changes on the list."""
        found: dict[str, str] = {}
        about: dict[str, dict[tuple[str, tuple[int, int] | None], list[Decision]]] = {}
        for item in self.items:
            source_id = item.change.source_id
            if source_id not in about:
                about[source_id] = self._about(source_id)
            if about[source_id] and (decisions := about[source_id].get(self._spot(item))):
                found[item.key] = _verdict(item, decisions[-1])
        return found


def _verdict(item: Item, decision: Decision) -> str:
    old, new = item.change.old, item.change.new
    if decision.do == "accept" or (new is None and decision.do == "reject"):
        return "accepted"
    if decision.do == "replace" and (old is None or any(old.get(c, "") != value for c, value in decision.set.items())):
        return "corrected"
    return "rejected"


def _kept(states: OrderedDict[str, SourceState], source_id: str, make: object) -> SourceState:
    assert callable(make)
    if source_id not in states:
        states[source_id] = make()
        while len(states) > _KEPT:
            states.popitem(last=False)
    states.move_to_end(source_id)
    return states[source_id]
