"""What lies on a reviewer's desk: the changes, what is decided of them, and the sources to look at.

Takes a project and what it is compared with; gives items, states of sources, and keeps who decided what. Does not know requests.

A server has one desk; requests come in threads, so whatever changes it holds its lock.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from pipeline.driver.stages import consulted
from pipeline.engine.load import load_rules
from pipeline.model import Decision, PipelineError
from pipeline.resolve.decision_columns import Known, problems
from pipeline.review.comparison import Progress, Project, compare
from pipeline.review.decide import append, withdraw
from pipeline.review.server.changes import Item, effects_by_group, listed
from pipeline.review.server.decided import Decided
from pipeline.review.server.decisions import Said, Verdict, judged
from pipeline.review.server.shelf import Shelf
from pipeline.review.server.states import SourceState
from pipeline.sources.discovery import discover


@dataclass(frozen=True, slots=True)
class Batch:
    """What was decided at once, and is taken back at once: ids by source, and the changes that it decided with what they were before ("" for open)."""

    ids: Mapping[str, tuple[str, ...]]
    before: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Judged:
    """How many changes were decided, and of how many of these the text is gone, so that only the list remembers them; how many were refused, since no build
    would take them, and why the first one was."""

    done: int
    gone: int
    refused: int
    why: str


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
    progress: Progress | None = None

    def __post_init__(self) -> None:
        self._batches: list[Batch] = []
        #: changes that are decided without a line of a file
        self._ticked: dict[str, str] = {}
        self.load(self.progress)

    def load(self, progress: Progress | None = None) -> None:
        """Compare anew, as at the start."""
        built = self.build_stamp()
        comparison = compare(self.project, self.against, progress=progress)
        items = listed(comparison.changes, [change.cause for change in comparison.changes])
        files = {found.source_id: found for found in discover(self.project.raw).sources}
        rule_set = load_rules(self.project.rules)
        with self.lock:
            self.built, self.comparison, self.items = built, comparison, items
            self.shelf = Shelf(self.project.out, files, comparison.then)
            self.decisions = Decided(self.rules, self.shelf)
            self.rule_set = rule_set
            self.known_columns = Known(consulted(rule_set), rule_set.gazetteers.get("units"))
            self.effects = effects_by_group(comparison.effects)
            self.by_key = {item.key: item for item in items}
            ticked = {key: state for key, state in self._ticked.items() if key in self.by_key}
            self.decided = ticked | self.decisions.verdicts(items)

    def counts(self) -> dict[str, int]:
        """How many changes ask for a person, how many of them are decided, and how many rows only moved."""
        asking = [item.key for item in self.items if item.asks]
        decided = sum(key in self.decided for key in asking)
        return {"total": len(asking), "decided": decided, "moved": len(self.items) - len(asking)}

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

    def said(self, reason: str = "") -> Said:
        return Said(self.by, date.today().isoformat(), reason)

    def judge(self, keys: Iterable[str], verdict: Verdict, reason: str = "") -> Judged:
        """Accept or reject changes as one batch."""
        with self.lock:
            chosen = [self.by_key[key] for key in dict.fromkeys(keys) if key in self.by_key]
            found: dict[str, list[Decision]] = {}
            gone, refused, done = 0, "", []
            for item in chosen:
                state = self.shelf.now(item.change.source_id) or SourceState(item.change.source_id, "", lambda _: [])
                new = item.change.new
                was = None if new is None else self.decisions.machine(item.kind, new)
                told = judged(item, verdict, state, self.said(reason), self.decisions.lost_at(item, state), was)
                problem = next(iter(self.problems(told)), "")
                refused = refused or problem
                if not problem:
                    done.append(item.key)
                    if not told:
                        gone += 1
                        self._ticked[item.key] = f"{verdict}ed"
                    found.setdefault(item.change.source_id, []).extend(told)
            self._append(found, dict.fromkeys(done, f"{verdict}ed"))
            return Judged(len(done), gone, len(chosen) - len(done), refused)

    def problems(self, decisions: Iterable[Decision]) -> Iterator[str]:
        """Why a build would not take decisions, in a line each."""
        for decision in decisions:
            if decision.kind:
                whole = decision.do == "add"
                for what, remedy in problems(decision.kind, decision.set, self.known_columns, whole):
                    yield f"{what}; {remedy}"

    def write(self, found: Mapping[str, Sequence[Decision]], states: Mapping[str, str]) -> None:
        """Append decisions that give changes these states; what is written at once is undone at once. `PipelineError` for what no build would take."""
        for source_id, decisions in found.items():
            for problem in self.problems(decisions):
                raise PipelineError(source_id, *problem.split("; ", 1))
        self._append(found, states)

    def _append(self, found: Mapping[str, Sequence[Decision]], states: Mapping[str, str]) -> None:
        ids: dict[str, tuple[str, ...]] = {}
        for source_id, decisions in found.items():
            added = append(self.rules, source_id, decisions) if decisions else ()
            if added:
                ids[source_id] = tuple(decision.decision_id for decision in reversed(added))
                self.touched.add(source_id)
        before = {key: self.decided.get(key, "") for key in states}
        if ids or not all(before.values()):
            self._batches.append(Batch(ids, before))
        self.decided |= states

    def undo(self, key: str = "") -> tuple[str, ...] | None:
        """Take back the last batch of this desk, or else what was decided of one change before: the keys that are open again."""
        with self.lock:
            if not self._batches:
                return self._undone_before(key)
            batch = self._batches.pop()
            for source_id, ids in batch.ids.items():
                withdraw(self.rules, source_id, ids, self.by, self.said().date)
                self.touched.add(source_id)
            for one, state in batch.before.items():
                if state and one in self.by_key:
                    self.decided[one] = state
                else:
                    self.decided.pop(one, None)
                    self._ticked.pop(one, None)
            return tuple(batch.before)

    def _undone_before(self, key: str) -> tuple[str, ...] | None:
        item = self.by_key.get(key)
        if item is None or key not in self.decided:
            return None
        source_id = item.change.source_id
        ids = [
            decision.decision_id
            for decision in reversed(self.decisions.about(source_id).get(self.decisions.spot(item), ()))
        ]
        if ids:
            withdraw(self.rules, source_id, ids, self.by, self.said().date)
            self.touched.add(source_id)
        self.decided.pop(key)
        self._ticked.pop(key, None)
        return (key,)
