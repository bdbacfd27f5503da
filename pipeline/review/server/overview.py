"""Tables over all sources for the pages that list them: sources, issues, leftovers.

Takes the folder of tables; gives rows for a page, filtered and counted. Keeps them until another build.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple
from unicodedata import normalize

from pipeline.review.server.states import KIND_OF, Row
from pipeline.tables.files import read_table
from pipeline.tables.shapes import ShapeGroup, by_shape

#: rows of a page
PAGE = 100


class Listing(NamedTuple):
    """Rows of page `number` from 1 of `pages`, of `total` rows in all."""

    rows: Sequence[Row]
    number: int
    pages: int
    total: int


@dataclass
class Overview:
    """The tables of one build under `out`; `stamp` tells builds apart."""

    out: Path
    stamp: str = ""
    _tables: dict[str, list[dict[str, str]]] = field(default_factory=dict)

    def of(self, stamp: str) -> Overview:
        """The tables as they are now."""
        if stamp != self.stamp:
            self._tables.clear()
            self.stamp = stamp
        return self

    def table(self, name: str) -> list[dict[str, str]]:
        if name not in self._tables:
            path = self.out / "tables" / f"{name}.csv"
            self._tables[name] = list(read_table(path)) if path.is_file() else []
        return self._tables[name]

    def counts(self) -> Mapping[str, Counter[str]]:
        """How many rows of each mention table, of issues and of leftovers a source has."""
        found: dict[str, Counter[str]] = {}
        for name in (*KIND_OF, "issues", "leftovers"):
            if f"#{name}" not in self._tables:
                path = self.out / "tables" / f"{name}.csv"
                rows = read_table(path, only=("source_id", "start")) if path.is_file() else iter(())
                counted = Counter(row["source_id"] for row in rows)
                self._tables[f"#{name}"] = [{"source_id": one, "count": str(count)} for one, count in counted.items()]
            found[name] = Counter({row["source_id"]: int(row["count"]) for row in self._tables[f"#{name}"]})
        return found

    def sources(self, words: str, number: int) -> Listing:
        wanted = _folded(words).split()
        rows = [
            row
            for row in self.table("sources")
            if all(word in _folded(f"{row['source_id']} {row['title']} {row['publisher']}") for word in wanted)
        ]
        return _page(rows, number)

    def issues(self, chosen: Mapping[str, str], number: int) -> Listing:
        """Those of a `code`, a `severity` and a `source`, as far as these are given; errors first."""
        columns = {"code": "code", "severity": "severity", "source": "source_id"}
        wanted = {columns[name]: value for name, value in chosen.items() if value}
        rows = [row for row in self.table("issues") if all(row[column] == value for column, value in wanted.items())]
        order = {"error": 0, "warning": 1, "info": 2}
        return _page(sorted(rows, key=lambda row: order.get(row["severity"], 3)), number)

    def codes(self) -> list[tuple[str, int]]:
        return _counted(row["code"] for row in self.table("issues"))

    def shapes(self) -> list[ShapeGroup]:
        return by_shape(self.table("leftovers"))

    def leftovers(self, shape: str, number: int) -> Listing:
        return _page([row for row in self.table("leftovers") if row["shape"] == shape], number)


def _page(rows: Sequence[Row], number: int) -> Listing:
    pages = max(1, -(-len(rows) // PAGE))
    number = max(1, min(number, pages))
    return Listing(rows[(number - 1) * PAGE : number * PAGE], number, pages, len(rows))


def _counted(values: Iterable[str]) -> list[tuple[str, int]]:
    return sorted(Counter(values).items(), key=lambda pair: (-pair[1], pair[0]))


def _folded(text: str) -> str:
    return normalize("NFKC", text).casefold()
