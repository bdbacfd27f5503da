"""A number of a table with what is known of it before its time is asked for: its cell, its kind, its label.

Takes a place and what is around its table. Does not know where a time may stand.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from pipeline.model import Cell, Mention, Span, Table
from pipeline.resolve.amount_around import Around, Surroundings
from pipeline.resolve.context import Context
from pipeline.resolve.continued_headers import column_headers
from pipeline.resolve.label_words import GAZETTEERS, LabelWords, label_words

#: lengths of time, rates and degrees are about no time of their own
TIMELESS = ("duration", "frequency", "temperature")


@dataclass(frozen=True)
class Figure:
    """`title` is the line above the table that said what is counted, None where none did; `covers` whether what the source covers is
    the time of such a number where nothing else is."""

    surroundings: Surroundings
    table: Table
    cell: Cell
    kind: str
    label: str
    title: Span | None = None
    covers: bool = False

    @property
    def context(self) -> Context:
        return self.surroundings.context

    @property
    def dates(self) -> Sequence[Mention]:
        return self.surroundings.dates

    @property
    def around(self) -> Around:
        return self.surroundings.of(self.table)

    @cached_property
    def headers(self) -> tuple[Cell, ...]:
        """Those of the column from the innermost, then those of the row."""
        columns = column_headers(self.context, self.table, self.cell)
        return (*reversed(columns), *reversed(self.table.row_headers(self.cell)))

    @property
    def timeless(self) -> bool:
        return self.kind in TIMELESS

    @cached_property
    def limited(self) -> bool:
        """Whether the number is a limit, a rate or a price, which a title's year is not the time of (補助率, 定員, 使用料)."""
        return self._words.ends(self.label, "limit")

    @property
    def _words(self) -> LabelWords:
        return label_words(*(self.context.gazetteers.get(name) for name in GAZETTEERS))
