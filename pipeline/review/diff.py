"""Rows gained, lost and changed between two builds.

Takes two sets of mention tables; gives changes. Does not know where the tables lie or how changes are shown.

Rows are paired by id; what is left is aligned as a sequence inside each source, between rows that are paired, so that a row whose surroundings were
edited is a change and not a loss and a gain.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from pipeline.model import PipelineError
from pipeline.tables.schema import MENTION_TABLES, TableSchema

Row = Mapping[str, str]
#: columns that tell where a row stands, not what it says
PLACE = frozenset(
    (
        "mention_id",
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


@dataclass(frozen=True, slots=True)
class Change:
    """`old` is None for a gain, `new` for a loss. `moved`: the same mention with the same value elsewhere. `columns` are those that differ."""

    table: str
    how: Literal["added", "removed", "changed", "moved"]
    source_id: str
    old: Row | None
    new: Row | None
    columns: tuple[str, ...] = ()


def diff(old: Mapping[str, Iterable[Row]], new: Mapping[str, Iterable[Row]]) -> list[Change]:
    """Changes in order of table, source and place. A table with two rows of one id raises `PipelineError`."""
    changes: list[Change] = []
    for table in MENTION_TABLES.values():
        before = _by_source(table, old.get(table.name, ()), "the old")
        after = _by_source(table, new.get(table.name, ()), "the new")
        for source_id in sorted(set(before) | set(after)):
            changes += _source(table.name, source_id, before.get(source_id, []), after.get(source_id, []))
    return changes


def _by_source(table: TableSchema, rows: Iterable[Row], which: str) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    seen: set[str] = set()
    for row in rows:
        mention_id = row["mention_id"]
        if mention_id in seen:
            raise PipelineError(f"{table.name}.csv", f"{which} table has two rows {mention_id}", "build it anew")
        seen.add(mention_id)
        found.setdefault(row["source_id"], []).append(row)
    return found


def _source(table: str, source_id: str, old: list[Row], new: list[Row]) -> Iterator[Change]:
    pairs = _paired(old, new)
    old_of = {j: i for i, j in pairs}
    gone = [i for i in range(len(old)) if i not in {i for i, _ in pairs}]
    events: list[tuple[int, Change]] = [
        (int(old[i]["start"]), Change(table, "removed", source_id, old[i], None)) for i in gone
    ]
    for j, row in enumerate(new):
        place = int(row["start"])
        if j not in old_of:
            events.append((place, Change(table, "added", source_id, None, row)))
            continue
        before = old[old_of[j]]
        columns = tuple(c for c in row if c not in PLACE and row[c] != before.get(c, ""))
        if columns:
            events.append((place, Change(table, "changed", source_id, before, row, columns)))
        elif (row["start"], row["end"]) != (before["start"], before["end"]):
            events.append((place, Change(table, "moved", source_id, before, row)))
    return iter(change for _, change in sorted(events, key=lambda event: event[0]))


def _paired(old: list[Row], new: list[Row]) -> list[tuple[int, int]]:
    """Indices of rows that are the same mention."""
    place = {row["mention_id"]: j for j, row in enumerate(new)}
    pairs = [(i, place[row["mention_id"]]) for i, row in enumerate(old) if row["mention_id"] in place]
    used_old, used_new = {i for i, _ in pairs}, {j for _, j in pairs}
    rest_old = [i for i in range(len(old)) if i not in used_old]
    rest_new = [j for j in range(len(new)) if j not in used_new]
    return pairs + list(_aligned(old, new, rest_old, rest_new, sorted(pairs)))


def _aligned(
    old: list[Row], new: list[Row], rest_old: list[int], rest_new: list[int], anchors: list[tuple[int, int]]
) -> Iterator[tuple[int, int]]:
    """Pairs inside the gaps between anchors: equal surfaces first, then runs of equal length."""
    gaps: dict[int, tuple[list[int], list[int]]] = {}
    for side, rest in ((0, rest_old), (1, rest_new)):
        known = [anchor[side] for anchor in anchors]
        at = 0
        for index in rest:
            while at < len(known) and known[at] < index:
                at += 1
            gaps.setdefault(at, ([], []))[side].append(index)
    for before, after in gaps.values():
        matcher = SequenceMatcher(
            None, [old[i]["surface"] for i in before], [new[j]["surface"] for j in after], autojunk=False
        )
        for tag, i1, i2, j1, j2 in matcher.get_opcodes():
            if tag == "equal" or (tag == "replace" and i2 - i1 == j2 - j1):
                yield from zip(before[i1:i2], after[j1:j2], strict=True)
