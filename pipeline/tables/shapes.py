"""Leftovers by shape: what a rule could teach at once, the most frequent first.

Takes rows of `leftovers.csv`; gives groups. Does not find them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ShapeGroup:
    """Leftovers of one shape, in how many sources they stand, and the first few of them (`source_id:start`, context)."""

    shape: str
    count: int
    sources: int
    examples: tuple[tuple[str, str], ...]


def by_shape(rows: Iterable[Mapping[str, str]], most: int = 3) -> list[ShapeGroup]:
    """Groups from the largest; examples are of different sources as far as there are any.

    >>> rows = [{"source_id": s, "start": "3", "context": c, "shape": "␣9基"} for s, c in (("a", "9基"), ("a", "8基"), ("b", "7基"))]
    >>> by_shape(rows, most=2)
    [ShapeGroup(shape='␣9基', count=3, sources=2, examples=(('a:3', '9基'), ('b:3', '7基')))]
    """
    groups: dict[str, list[Mapping[str, str]]] = {}
    for row in rows:
        groups.setdefault(row["shape"], []).append(row)
    return [
        ShapeGroup(shape, len(group), len({row["source_id"] for row in group}), _examples(group, most))
        for shape, group in sorted(groups.items(), key=lambda item: (-len(item[1]), item[0]))
    ]


def _examples(group: list[Mapping[str, str]], most: int) -> tuple[tuple[str, str], ...]:
    first = {row["source_id"]: row for row in reversed(group)}
    others = [row for row in group if first[row["source_id"]] is not row]
    shown = [*reversed(first.values()), *others][:most]
    return tuple((f"{row['source_id']}:{row['start']}", row["context"]) for row in shown)
