"""Rows gained, lost and changed between two builds.

Takes two sets of mention tables, and texts where these are at hand; gives changes. Does not know where the tables lie, why rows changed, or how changes are
shown.

Rows are paired by their place, where the line that they stand in is in both texts; then by id; what is left is aligned as a sequence inside each source, between
rows that are paired, so that a row whose surroundings were edited is a change and not a loss and a gain.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from operator import itemgetter
from typing import Literal

from pipeline.model import PipelineError
from pipeline.review.cause import UNKNOWN, Cause
from pipeline.tables.schema import MENTION_TABLES, TableSchema
from pipeline.text.align import Alignment

Row = Mapping[str, str]
How = Literal["added", "removed", "changed", "moved"]
#: columns that tell where a row stands, not what it says
PLACE = frozenset(
    (
        "mention_id",
        "source_id",
        "start",
        "end",
        "quote",
        "section",
        "page",
        "block",
        "table_id",
        "row",
        "column",
        "header",
        "element",
        "antecedent",
        "period_id",
    )
)
#: more rows than these, on both sides together, are not aligned one by one
_MOST = 4_000


@dataclass(frozen=True, slots=True)
class Change:
    """`old` is None for a gain, `new` for a loss. `moved`: the same mention with the same value elsewhere. `columns` are those that differ. `source_id` is the
    new one where a source was renamed. `also` are edits that had a part in it beside its `cause`."""

    table: str
    how: How
    source_id: str
    old: Row | None
    new: Row | None
    columns: tuple[str, ...] = ()
    cause: Cause = UNKNOWN
    also: tuple[Cause, ...] = ()

    @property
    def row(self) -> Row:
        """The new row, the old one where it is lost."""
        row = self.new if self.new is not None else self.old
        assert row is not None
        return row


def diff(old: Mapping[str, Iterable[Row]], new: Mapping[str, Iterable[Row]]) -> list[Change]:
    """Changes in order of table, source and place. A table with two rows of one id raises `PipelineError`."""
    changes: list[Change] = []
    for table in MENTION_TABLES.values():
        before = _by_source(table, old.get(table.name, ()))
        after = _by_source(table, new.get(table.name, ()))
        for source_id in sorted(set(before) | set(after)):
            changes += changed_rows(table.name, source_id, before.get(source_id, []), after.get(source_id, []))
    return changes


def changed_rows(
    table: str,
    source_id: str,
    old: Sequence[Row],
    new: Sequence[Row],
    lines: Alignment | None = None,
    cause: Cause = UNKNOWN,
) -> list[Change]:
    """The changes of one table of one source, in order of their places. `lines` tells how the texts belong together, None that they are the same, or not at hand."""
    _refuse_twice(table, old, "the old")
    _refuse_twice(table, new, "the new")
    pairs = paired(old, new, lines)
    kept = {i for i, _ in pairs}
    events: list[tuple[int, int, Change]] = [
        (int(row["start"]), 0, Change(table, "removed", source_id, row, None, (), cause))
        for i, row in enumerate(old)
        if i not in kept
    ]
    old_of = {j: i for i, j in pairs}
    for j, row in enumerate(new):
        if j not in old_of:
            events.append((int(row["start"]), 1, Change(table, "added", source_id, None, row, (), cause)))
        elif (change := _changed(table, source_id, old[old_of[j]], row, cause)) is not None:
            events.append((int(row["start"]), 1, change))
    return [change for _, _, change in sorted(events, key=itemgetter(0, 1))]


def differing(before: Row, row: Row) -> tuple[str, ...]:
    """The columns in which two rows of one mention say something else."""
    told, names = _saying(tuple(row))
    try:
        one, other = told(before), told(row)
    except KeyError:  # a table of another version
        one, other = tuple([before.get(name, "") for name in names]), told(row)
    if one == other:
        return ()
    return tuple([name for name, was, now in zip(names, one, other, strict=True) if was != now])


@lru_cache(maxsize=64)
def _saying(columns: tuple[str, ...]) -> tuple[Callable[[Row], tuple[str, ...]], tuple[str, ...]]:
    names = tuple(column for column in columns if column not in PLACE)
    return itemgetter(*names), names


def _changed(table: str, source_id: str, before: Row, row: Row, cause: Cause) -> Change | None:
    if before is row or before == row:
        return None
    if columns := differing(before, row):
        return Change(table, "changed", source_id, before, row, columns, cause)
    if place_of(row) != place_of(before):
        return Change(table, "moved", source_id, before, row, (), cause)
    return None


#: a row's source and span
place_of = itemgetter("source_id", "start", "end")


def _by_source(table: TableSchema, rows: Iterable[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row["source_id"], []).append(row)
    return found


def _refuse_twice(table: str, rows: Sequence[Row], which: str) -> None:
    ids = [row["mention_id"] for row in rows]
    if len(set(ids)) < len(ids):
        twice = next(name for name in ids if ids.count(name) > 1)
        raise PipelineError(f"{table}.csv", f"{which} table has two rows {twice}", "build it anew")


def paired(old: Sequence[Row], new: Sequence[Row], lines: Alignment | None = None) -> list[tuple[int, int]]:
    """Indices of rows that are the same mention."""
    pairs: list[tuple[int, int]] = []
    rest_old, rest_new = list(range(len(old))), list(range(len(new)))
    if lines is not None:
        pairs, rest_old, rest_new = _in_place(old, new, lines)
    place = {new[j]["mention_id"]: j for j in rest_new}
    same = [(i, place[old[i]["mention_id"]]) for i in rest_old if old[i]["mention_id"] in place]
    pairs += same
    used_old, used_new = {i for i, _ in same}, {j for _, j in same}
    rest_old, rest_new = [i for i in rest_old if i not in used_old], [j for j in rest_new if j not in used_new]
    return pairs + list(_aligned(old, new, rest_old, rest_new, pairs)) if rest_old and rest_new else pairs


def _in_place(
    old: Sequence[Row], new: Sequence[Row], lines: Alignment
) -> tuple[list[tuple[int, int]], list[int], list[int]]:
    """Pairs of rows in lines that both texts have: those of one span, then those that overlap; what is left there is lost or gained. Gives as well the rows in lines that
    only one of the texts has. No two rows of a table overlap."""
    spans = [(int(row["start"]), int(row["end"])) for row in new]
    place = {span: j for j, span in enumerate(spans)}
    pairs, rest, away = [], [], []
    for i, row in enumerate(old):
        moved = lines.moved(int(row["start"]), int(row["end"]))
        if moved is None:
            away.append(i)
        elif moved in place:
            pairs.append((i, place[moved]))
        else:
            rest.append((i, moved))
    used = {j for _, j in pairs}
    left = [j for j in range(len(new)) if j not in used]
    for i, (start, end) in rest if left else ():
        at = bisect_right(left, start, key=lambda j: spans[j][1])
        if at < len(left) and spans[left[at]][0] < end:
            pairs.append((i, left.pop(at)))
    return pairs, away, [j for j in left if lines.is_new(*spans[j])]


def _aligned(
    old: Sequence[Row], new: Sequence[Row], rest_old: list[int], rest_new: list[int], anchors: list[tuple[int, int]]
) -> Iterator[tuple[int, int]]:
    """Pairs inside the gaps between anchors: equal surfaces first, then runs of equal length."""
    gaps: dict[int, tuple[list[int], list[int]]] = {}
    for side, rest in ((0, rest_old), (1, rest_new)):
        known = sorted(anchor[side] for anchor in anchors)
        for index in rest:
            gaps.setdefault(bisect_left(known, index), ([], []))[side].append(index)
    for before, after in gaps.values():
        if not before or not after or len(before) + len(after) > _MOST:
            continue
        matcher = SequenceMatcher(
            None, [old[i]["surface"] for i in before], [new[j]["surface"] for j in after], autojunk=False
        )
        for tag, i1, i2, j1, j2 in matcher.get_opcodes():
            if tag == "equal" or (tag == "replace" and i2 - i1 == j2 - j1):
                yield from zip(before[i1:i2], after[j1:j2], strict=True)
