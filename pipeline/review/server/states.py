"""A source as a build left it: its text, blocks, cells, rows and boxes, with what stands where.

Takes a text and tables; gives them indexed by place. Does not know where they lie, nor HTML.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from pipeline.tables.files import read_table
from pipeline.tables.schema import MENTION_TABLES
from pipeline.text.anchor import Ground, ground_of_rows

Row = Mapping[str, str]
KIND_OF = {table.name: kind for kind, table in MENTION_TABLES.items()}


class Place(NamedTuple):
    """A span of a block or cell; `row` is its row in `blocks.csv` or `cells.csv`."""

    start: int
    end: int
    row: Row


@dataclass(frozen=True)
class SourceState:
    """`table(name)` gives the rows of one of the source's tables."""

    source_id: str
    text: str
    table: Callable[[str], Sequence[Row]]

    @cached_property
    def blocks(self) -> list[Place]:
        return _places(self.table("blocks"))

    @cached_property
    def cells(self) -> list[Place]:
        """Cells in order of their tables, empty ones too."""
        return _places(self.table("cells"))

    @cached_property
    def cell_at(self) -> dict[int, Place]:
        """Cells that hold text, by their start."""
        return {cell.start: cell for cell in self.cells if cell.end > cell.start}

    @cached_property
    def grids(self) -> dict[str, list[Place]]:
        found: dict[str, list[Place]] = {}
        for cell in self.cells:
            found.setdefault(cell.row["table_id"], []).append(cell)
        return found

    @cached_property
    def mentions(self) -> dict[str, tuple[str, Row]]:
        """Kind and row by `mention_id`, in order of the spans."""
        found = [(kind, row) for table, kind in KIND_OF.items() for row in self.table(table)]
        found.sort(key=lambda item: (int(item[1]["start"]), int(item[1]["end"]), item[0]))
        return {row["mention_id"]: (kind, row) for kind, row in found}

    @cached_property
    def boxes(self) -> dict[str, list[tuple[int, float, float, float, float]]]:
        """Page, x0, top, x1, bottom of a mention's lines, by `mention_id`."""
        found: dict[str, list[tuple[int, float, float, float, float]]] = {}
        for row in self.table("locations"):
            box = int(row["page"]), float(row["x0"]), float(row["top"]), float(row["x1"]), float(row["bottom"])
            found.setdefault(row["mention_id"], []).append(box)
        return found

    @cached_property
    def ground(self) -> Ground:
        """What decisions are anchored in."""
        return ground_of_rows(self.text, self.table("blocks"), self.table("cells"))

    def blocks_at(self, start: int, end: int) -> tuple[int, int]:
        """Indices (first, last exclusive) of the blocks that a span touches; the one before it where it stands in none."""
        starts = self._starts
        first = max(0, bisect_right(starts, start) - 1)
        last = max(first + 1, bisect_right(starts, max(start, end - 1)))
        return first, min(last, len(starts))

    @cached_property
    def _starts(self) -> list[int]:
        return [block.start for block in self.blocks]


def folder_state(folder: Path, source_id: str) -> SourceState:
    """What lies in a source's folder under `extracted/sources/`; empty where there is none."""
    text = folder / "text.txt"
    told = text.read_bytes().decode("utf-8", "surrogatepass") if text.is_file() else ""

    def table(name: str) -> Sequence[Row]:
        path = folder / f"{name}.csv"
        return list(read_table(path)) if path.is_file() else []

    return SourceState(source_id, told, table)


def _places(rows: Sequence[Row]) -> list[Place]:
    return [Place(int(row["start"]), int(row["end"]), row) for row in rows]
