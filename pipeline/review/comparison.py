"""What a build changed, and why: a project against what it was.

Takes a project and what to compare it with; gives changes with their causes, and their effects. Does not know how they are shown.

Sources whose folders have the digests that they had are not read. Where one thing was edited that can matter to a source, it is the cause of all that changed there; where
several were, they are made one after the other (`steps.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from pipeline.driver.stages import collector_at_rest
from pipeline.review.cause import Cause
from pipeline.review.diff import Change
from pipeline.review.edited_rules import RuleEdits
from pipeline.review.edits import Edit, Edits
from pipeline.review.made_of import Maker
from pipeline.review.scores import ScoreChange, score_changes
from pipeline.review.state import Project, State, now, then
from pipeline.review.steps import (
    MENTIONS,
    TELLING,
    Step,
    Version,
    changes_of,
    effects_of,
    stepped,
    with_causes,
)
from pipeline.tables.schema import MENTION_TABLES
from pipeline.text.fold import Run, fold

_NAMES_ALONE = (
    "the rules that were built with, then or now, are not at hand (edited after the build, or not in git): "
    "where several things were edited, causes are guessed by names"
)
#: told of each source that was looked at: its id, how many of how many are, and their share
Progress = Callable[[str, int, int, float], None]


@dataclass(frozen=True)
class Comparison:
    """`changes` in order of sources, tables and places; `effects` are issues and leftovers that came and went; `scores` are told where there is gold. `then` and
    `now` give texts, rows and files of both states. `notes` are sentences about what stands in the way of causes."""

    changes: tuple[Change, ...]
    effects: tuple[Change, ...]
    then: State = field(repr=False)
    now: State = field(repr=False)
    scores: tuple[ScoreChange, ...] = ()
    notes: tuple[str, ...] = ()

    def groups(self) -> list[tuple[Cause, list[Change]]]:
        """Changes by their cause, in order of sources and places; first the causes that changed most beside moving rows, of as many by kind and name."""
        return list(self._groups)

    def narrowed(
        self, sources: Collection[str] = (), kinds: Collection[str] = (), causes: Sequence[str] = ()
    ) -> Comparison:
        """What is of some sources, of some kinds of mention (effects: only where no kind is named), and of causes that hold one of some words (`rule date.era`)."""
        tables = {MENTION_TABLES[kind].name for kind in kinds}

        def asked(change: Change) -> bool:
            return (
                (not sources or change.source_id in sources)
                and (not tables or change.table in tables)
                and (not causes or any(words in change.cause.told() for words in causes))
            )

        return replace(self, changes=tuple(filter(asked, self.changes)), effects=tuple(filter(asked, self.effects)))

    @cached_property
    def _groups(self) -> list[tuple[Cause, list[Change]]]:
        found: dict[Cause, list[Change]] = {}
        for change in self.changes:
            found.setdefault(change.cause, []).append(change)
        for changes in found.values():
            changes.sort(key=lambda change: (change.source_id, int(change.row["start"])))
        return sorted(found.items(), key=lambda group: (-sum(change.how != "moved" for change in group[1]), group[0]))


def compare(project: Project, against: str, gold: Path | None = None, progress: Progress | None = None) -> Comparison:
    """Compare with a git revision, or with another folder of tables. `PipelineError` for what is neither, or holds no tables."""
    new = now(project)
    old = then(project, against)
    rules = RuleEdits(old, new, project.cache)
    edits, maker = Edits(old, new, rules), Maker(project.cache, rules.after)
    changes: list[Change] = []
    effects: list[Change] = []
    pairs = list(_pairs(old, new))
    for number, (old_id, new_id) in enumerate(pairs, 1):
        with collector_at_rest():
            whole = Step((), *_versions(old, old_id, new, new_id))
            more, others = _compared(old_id, new_id, whole, edits, maker)
            changes += more
            effects += others
        if progress is not None:
            progress(new_id or old_id, number, len(pairs), number / len(pairs))
    scores = score_changes(gold, old, new) if gold is not None else ()
    notes = (_NAMES_ALONE,) if changes and not rules.known else ()
    return Comparison(tuple(changes), tuple(effects), old, new, scores, notes)


def _pairs(old: State, new: State) -> Iterator[tuple[str, str]]:
    """(old id, new id) of the sources that may differ, "" where one of the states has none."""
    gone, come = old.sources.keys() - new.sources.keys(), new.sources.keys() - old.sources.keys()
    renamed = _renamed(old, new, gone, come)
    for source_id in sorted(old.sources.keys() | new.sources.keys()):
        if source_id in gone:
            if source_id not in renamed.values():
                yield source_id, ""
        elif source_id in come:
            yield renamed.get(source_id, ""), source_id
        else:
            folders = old.sources[source_id].folder, new.sources[source_id].folder
            if folders[0] != folders[1] or not folders[0]:
                yield source_id, source_id


def _renamed(old: State, new: State, gone: set[str], come: set[str]) -> dict[str, str]:
    """Old ids by new ones: of sources with the same bytes, where no other one has them."""
    before: dict[str, list[str]] = {}
    after: dict[str, list[str]] = {}
    for state, ids, files in ((old, gone, before), (new, come, after)):
        for source_id in ids:
            files.setdefault(state.sources[source_id].sha256, []).append(source_id)
    return {
        ids[0]: before[sha256][0] for sha256, ids in after.items() if len(ids) == 1 and len(before.get(sha256, ())) == 1
    }


def _versions(old: State, old_id: str, new: State, new_id: str) -> tuple[Version, Version]:
    """What a source said and says. Of tables that are the same no row is read."""
    tables: Sequence[str] = (*MENTIONS, *TELLING)
    text = new.text(new_id) if new_id else ""
    before = old.text(old_id) if old_id != new_id and old_id else ""
    if old_id == new_id:
        tables = [table for table in tables if not old.same_table(new, new_id, table)]
        before = text if old.same_text(new, new_id) else old.text(old_id)
    if not old_id or not new_id:
        empty = Version("", dict.fromkeys(tables, ()))
        return (
            (_version(old, old_id, tables, before), empty) if old_id else (empty, _version(new, new_id, tables, text))
        )
    return _version(old, old_id, tables, before), _version(new, new_id, tables, text)


def _version(state: State, source_id: str, tables: Sequence[str], text: str | None) -> Version:
    rows = {table: state.rows(source_id, table) if table in tables else [] for table in (*MENTIONS, *TELLING)}
    return Version(text, rows)


def _compared(
    old_id: str, new_id: str, whole: Step, edits: Edits, maker: Maker
) -> tuple[Sequence[Change], Sequence[Change]]:
    source_id = new_id or old_id
    if not old_id or not new_id:
        cause = Cause("source-added", new_id, edits.new.sources[new_id].file) if new_id else None
        cause = cause or Cause("source-removed", old_id, edits.old.sources[old_id].file)
        whole = replace(whole, edits=(Edit(cause),))
        return _with_one(source_id, whole)
    possible = edits.of(old_id, new_id)
    concerned = _concerned(possible, edits, old_id, new_id, whole) if len(possible) > 1 else possible
    whole = replace(whole, edits=tuple(concerned or possible))
    if old_id != new_id:
        renamed = Edit(Cause("source-renamed", f"{old_id} → {new_id}"))
        whole = replace(whole, edits=(*whole.edits, renamed))
    if len(whole.edits) < 2:
        return _with_one(source_id, whole)
    changes = changes_of(source_id, whole)
    steps = stepped(whole, edits.inputs(old_id), maker.built)
    return list(with_causes(changes, whole, steps)), list(effects_of(source_id, whole, steps))


def _with_one(source_id: str, whole: Step) -> tuple[Sequence[Change], Sequence[Change]]:
    edit = whole.edits[0] if whole.edits else Edit(Cause("unknown", "", "nothing is known to differ"))
    whole = replace(whole, edits=(edit,))
    return changes_of(source_id, whole), list(effects_of(source_id, whole, [whole]))


def _concerned(possible: Sequence[Edit], edits: Edits, old_id: str, new_id: str, whole: Step) -> list[Edit]:
    """The edits that can matter to what the source says. Where people have said what is meant in the place of a slip, all of them."""
    if any(
        b'"text"' in edits.lines(state, source_id) for state, source_id in ((edits.old, old_id), (edits.new, new_id))
    ):
        return list(possible)
    folded = [
        _folded(version.text or "", state.rows(source_id, "blocks"))
        for state, source_id, version in ((edits.old, old_id, whole.old), (edits.new, new_id, whole.new))
    ]
    return [edit for edit in possible if any(map(edit.concerns, folded))]


def _folded(text: str, blocks: Sequence[dict[str, str]]) -> bytes:
    """The text as rules see it."""
    runs = [Run(int(row["start"]), int(row["end"]), "\n") for row in blocks if row["kind"] != "furniture"]
    return fold(text, runs).text.encode("utf-8", "surrogatepass")


__all__ = ["Cause", "Change", "Comparison", "Project", "compare"]
