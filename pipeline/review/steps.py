"""Which of several edits changed a row: they are made one after the other, and each row takes the one with which it came, went or changed.

Takes the old and the new text and rows of a source, its edits in order, and how rows are made; gives the changes with their causes. Does not know where
rows lie.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from pipeline.driver.stages import Built
from pipeline.review.cause import UNKNOWN, Cause
from pipeline.review.diff import Change, Row, changed_rows, differing, paired, place_of
from pipeline.review.edits import Edit
from pipeline.review.made_of import Inputs
from pipeline.tables.schema import MENTION_TABLES
from pipeline.text.align import Alignment, aligned

Tables = Mapping[str, Sequence[Row]]
MENTIONS = tuple(table.name for table in MENTION_TABLES.values())
#: tables of which lines come and go, by what tells one from another
TELLING = {"issues": ("code", "severity", "message"), "leftovers": ("surface", "context")}


@dataclass(frozen=True)
class Version:
    """A source at some moment; `text` is None where it is not at hand."""

    text: str | None
    rows: Tables


@dataclass(frozen=True)
class Step:
    """Edits between two versions; more than one where there is no version between them."""

    edits: tuple[Edit, ...]
    old: Version
    new: Version
    _pairs: dict[str, dict[int, int]] = field(default_factory=dict)

    @cached_property
    def lines(self) -> Alignment | None:
        if self.old.text is None or self.new.text is None:
            return None
        return aligned(self.old.text, self.new.text)

    def before(self, table: str) -> dict[int, int]:
        """The old row of each new one that has one, by their numbers."""
        if table not in self._pairs:
            rows = self.old.rows[table], self.new.rows[table]
            self._pairs[table] = {j: i for i, j in paired(*rows, self.lines)}
        return self._pairs[table]

    def after(self, table: str) -> dict[int, int]:
        return {i: j for j, i in self.before(table).items()}


def changes_of(source_id: str, whole: Step) -> list[Change]:
    """All changes of a source; with their cause where there is one edit."""
    found: list[Change] = []
    edit = whole.edits[0] if len(whole.edits) == 1 else None
    for table in MENTIONS:
        rows = whole.old.rows[table], whole.new.rows[table]
        if rows[0] or rows[1]:
            cause = UNKNOWN if edit is None else edit.by_table(table) if edit.by_table is not None else edit.cause
            found += changed_rows(table, source_id, *rows, whole.lines, cause)
    return found


def stepped(whole: Step, inputs: Inputs, built: Callable[[Inputs], Built | None]) -> list[Step]:
    """The same way in as many steps as there are edits, or fewer where a version between two cannot be made."""
    steps: list[Step] = []
    waiting: list[Edit] = []
    version, stuck = whole.old, False
    for number, edit in enumerate(whole.edits, 1):
        waiting.append(edit)
        if number == len(whole.edits):
            break
        stuck = stuck or edit.applied is None  # what cannot be made by itself goes with all that follows
        inputs = edit.applied(inputs) if edit.applied is not None else inputs
        made = built(inputs) if not stuck else None
        if made is not None:
            following = Version(made.text, made.rows)
            steps.append(Step(tuple(waiting), version, following))
            version, waiting = following, []
    return [*steps, Step(tuple(waiting), version, whole.new)]


def with_causes(changes: Sequence[Change], whole: Step, steps: Sequence[Step]) -> Iterator[Change]:
    places = {
        table: (
            {id(row): i for i, row in enumerate(whole.old.rows[table])},
            {id(row): j for j, row in enumerate(whole.new.rows[table])},
        )
        for table in {change.table for change in changes}
    }
    for change in changes:
        old, new = places[change.table]
        if change.new is None:
            at = _gone(change.table, old[id(change.old)], steps)
            found = [at] if at is not None else []
        else:
            found = _came(change, new[id(change.new)], steps)
        causes = list(dict.fromkeys(_cause(change, steps[number], whole.lines) for number in found or [len(steps) - 1]))
        yield replace(change, cause=causes[0], also=tuple(causes[1:]))


def _gone(table: str, index: int, steps: Sequence[Step]) -> int | None:
    """The step in which an old row is lost."""
    for number, step in enumerate(steps):
        following = step.after(table).get(index)
        if following is None:
            return number
        index = following
    return None


def _came(change: Change, index: int, steps: Sequence[Step]) -> list[int]:
    """The steps in which a new row came or became what it is, the weightiest first: the one that changed most of what differs, the last of several."""
    weights: Counter[int] = Counter()
    differs = set(change.columns)
    for number in range(len(steps) - 1, -1, -1):
        step = steps[number]
        before = step.before(change.table).get(index)
        if before is None:
            weights[number] += len(differs) + 1
            break
        one, other = step.old.rows[change.table][before], step.new.rows[change.table][index]
        changed = differs & set(differing(one, other))
        if changed or (change.how == "moved" and place_of(one) != place_of(other)):
            weights[number] += len(changed) or 1
        differs -= changed
        index = before
    return sorted(weights, key=lambda number: (-weights[number], -number))


def _cause(change: Change, step: Step, lines: Alignment | None) -> Cause:
    """The edit of a step that changed a row; of several the one that the row itself speaks of."""
    edits = step.edits
    if len(edits) > 1:
        edits = tuple(_likely(change, edits, lines)) or edits
    if len(edits) == 1:
        edit = edits[0]
        return edit.by_table(change.table) if edit.by_table is not None else edit.cause
    return _one_of(edits)


def _likely(change: Change, edits: Sequence[Edit], lines: Alignment | None) -> list[Edit]:
    rows = [row for row in (change.old, change.new) if row is not None]
    if any(row.get("decision_id") for row in rows):
        decided = [edit for edit in edits if edit.cause.kind == "decision"]
        if decided:
            return decided
    rules = {row["rule_id"] for row in rows}
    named = [edit for edit in edits if edit.cause.kind == "rule" and edit.cause.name in rules]
    if named:
        return named[:1]
    if lines is not None:
        new = _in_new_line(change, lines)
        edits = [edit for edit in edits if (edit.cause.kind == "file") == new] or edits
    said = any(row["antecedent"].startswith("sidecar:") for row in rows)
    sidecars = [edit for edit in edits if edit.cause.kind == "sidecar"] if said else []
    return sidecars or [edit for edit in edits if edit.cause.kind != "rule"]


def _in_new_line(change: Change, lines: Alignment) -> bool:
    if change.new is not None:
        return lines.is_new(int(change.new["start"]), int(change.new["end"]))
    assert change.old is not None
    return lines.moved(int(change.old["start"]), int(change.old["end"])) is None


def effects_of(source_id: str, whole: Step, steps: Sequence[Step]) -> Iterator[Change]:
    """Issues and leftovers that came and went, as rows `added` and `removed`."""
    for table, telling in TELLING.items():
        counts = [_counted(version, table, telling) for version in (steps[0].old, *(step.new for step in steps))]
        for how, rows, old, new in (
            ("removed", whole.old.rows[table], counts[-1], counts[0]),
            ("added", whole.new.rows[table], counts[0], counts[-1]),
        ):
            left = new - old
            gained = how == "added"
            for row in rows:
                key = tuple(row.get(name, "") for name in telling)
                if left[key] > 0:
                    left[key] -= 1
                    sign = 1 if gained else -1
                    at = next(n for n in range(len(steps), 0, -1) if sign * (counts[n][key] - counts[n - 1][key]) > 0)
                    edits = steps[at - 1].edits
                    cause = edits[0].cause if len(edits) == 1 else _one_of(edits)
                    change = Change(table, "removed", source_id, row, None, (), cause)
                    yield replace(change, how="added", old=None, new=row) if gained else change


def _one_of(edits: Sequence[Edit]) -> Cause:
    named = ", ".join(edit.cause.told() for edit in edits[:4]) + (" …" if len(edits) > 4 else "")
    return Cause("unknown", "", f"one of: {named}")


def _counted(version: Version, table: str, telling: Sequence[str]) -> Counter[tuple[str, ...]]:
    return Counter(tuple(row.get(name, "") for name in telling) for row in version.rows[table])
