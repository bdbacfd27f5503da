"""What a build changed, and why: a project against what it was.

Takes a project and what to compare it with; gives changes with their causes, and their effects. Does not know how they are shown.

Sources whose folders have the digests that they had are not read. Where one thing was edited that can matter to a source, it is the cause of all that changed there; where
several were, they are made one after the other (`steps.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from pipeline.review.cause import Cause
from pipeline.review.diff import Change
from pipeline.review.edited_rules import RuleEdits
from pipeline.review.edits import Edit, Edits
from pipeline.review.made_of import Maker
from pipeline.review.state import Project, State, now, then
from pipeline.review.steps import (
    MENTIONS,
    TELLING,
    Effect,
    Step,
    Version,
    changes_of,
    effects_of,
    stepped,
    with_causes,
    with_one,
)
from pipeline.text.fold import Run, fold

#: told of each source that was looked at: its id, how many of how many are, and their share
Progress = Callable[[str, int, int, float], None]


@dataclass(frozen=True)
class Comparison:
    """`changes` in order of sources, tables and places. `then` and `now` give texts, rows and files of both states."""

    changes: tuple[Change, ...]
    effects: tuple[Effect, ...]
    then: State = field(repr=False)
    now: State = field(repr=False)

    def groups(self) -> list[tuple[Cause, list[Change]]]:
        """Changes by their cause, those first that changed most beside moving rows; causes of as many by kind and name."""
        return list(self._groups)

    @cached_property
    def _groups(self) -> list[tuple[Cause, list[Change]]]:
        found: dict[Cause, list[Change]] = {}
        for change in self.changes:
            found.setdefault(change.cause, []).append(change)
        return sorted(found.items(), key=lambda group: (-sum(change.how != "moved" for change in group[1]), group[0]))


def compare(project: Project, against: str, progress: Progress | None = None) -> Comparison:
    """Compare with a git revision, or with another folder of tables. `PipelineError` for what is neither, or holds no tables."""
    new = now(project)
    old = then(project, against)
    rules = RuleEdits(old, new, project.cache)
    edits, maker = Edits(old, new, rules), Maker(project.cache, rules.after)
    changes: list[Change] = []
    effects: list[Effect] = []
    pairs = list(_pairs(old, new))
    for number, (old_id, new_id) in enumerate(pairs, 1):
        whole = Step((), _version(old, old_id), _version(new, new_id))
        more, others = _compared(old_id, new_id, whole, edits, maker)
        changes += more
        effects += others
        if progress is not None:
            progress(new_id or old_id, number, len(pairs), number / len(pairs))
    return Comparison(tuple(changes), tuple(effects), old, new)


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


def _version(state: State, source_id: str) -> Version:
    if not source_id:
        return Version("", dict.fromkeys((*MENTIONS, *TELLING), ()))
    return Version(state.text(source_id), {table: state.rows(source_id, table) for table in (*MENTIONS, *TELLING)})


def _compared(
    old_id: str, new_id: str, whole: Step, edits: Edits, maker: Maker
) -> tuple[Sequence[Change], Sequence[Effect]]:
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


def _with_one(source_id: str, whole: Step) -> tuple[Sequence[Change], Sequence[Effect]]:
    edit = whole.edits[0] if whole.edits else Edit(Cause("unknown", "", "nothing is known to differ"))
    whole = replace(whole, edits=(edit,))
    return with_one(changes_of(source_id, whole), edit), list(effects_of(source_id, whole, [whole]))


def _concerned(possible: Sequence[Edit], edits: Edits, old_id: str, new_id: str, whole: Step) -> list[Edit]:
    """The edits that can matter to what the source says."""
    folded = [
        _folded(version.text or "", state.rows(source_id, "blocks"))
        for state, source_id, version in ((edits.old, old_id, whole.old), (edits.new, new_id, whole.new))
    ]
    return [edit for edit in possible if any(map(edit.concerns, folded))]


def _folded(text: str, blocks: Sequence[dict[str, str]]) -> bytes:
    """The text as rules see it."""
    runs = [Run(int(row["start"]), int(row["end"]), "\n") for row in blocks if row["kind"] != "furniture"]
    return fold(text, runs).text.encode("utf-8", "surrogatepass")


__all__ = ["Cause", "Change", "Comparison", "Effect", "Project", "compare"]
