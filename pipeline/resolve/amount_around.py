"""What the lines around a table, and its own cells, say of the time of all its numbers: read once for a table.

Takes a context and the resolved dates (sorted by span); gives dates with the lines that they stand in. Does not know figures.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.model import Block, Mention, Span, Table
from pipeline.resolve.amount_dates import nearest_first
from pipeline.resolve.amount_headers import dates_inside
from pipeline.resolve.context import Context
from pipeline.resolve.title_times import LineTime, fills, line_time
from pipeline.text.patterns import late

#: how many lines above a table its title may begin, how many below a note may stand
_ABOVE, _BELOW = 6, 6
#: how long the word of a date's role is, with the sentence's end
_ROLE = 4
_NOTE = late(r"[\s\u3000]*(?:[※＊*]|[（(]?[注備]|[（(]|[0-9０-９]{1,2}[\s\u3000.．、])")
#: what a note tells of: 人口は、令和6年1月1日現在
_TOPIC = late(r"(?P<topic>[一-龥々ァ-ヺーA-Za-z]{2,16})(?:は|については|につきましては)[、，]?[\s\u3000]*$")

#: the line that names a time, and the date in it
Named = tuple[Block, Mention]


@dataclass(frozen=True, slots=True)
class Around:
    """`above` is what the title says; `notes` are the days as of which of the notes below, each with what it tells of, "" for all numbers;
    `filled` are the dates that fill cells, by column, with their rows."""

    above: Named | None
    notes: tuple[tuple[str, Mention], ...]
    filled: dict[int, tuple[list[int], list[Mention]]]

    def in_column(self, column: int, row: int) -> Mention | None:
        """The date that fills the nearest cell above a row."""
        rows, dates = self.filled.get(column, ((), ()))
        at = bisect_left(rows, row)
        return dates[at - 1] if at else None


@dataclass(frozen=True)
class Surroundings:
    """Those of one document's tables and lines; each is read once."""

    context: Context
    dates: Sequence[Mention]
    _tables: dict[str, Around] = field(default_factory=dict)
    _lines: dict[int, LineTime] = field(default_factory=dict)

    def of(self, table: Table) -> Around:
        known = self._tables.get(table.table_id)
        if known is None:
            first = min(cell.start for cell in table.cells if cell.end > cell.start)
            last = max(cell.end for cell in table.cells)
            known = self._tables[table.table_id] = Around(
                self._above(Span(first, first + 1)), tuple(self._notes(Span(last - 1, last))), self._filled(table)
            )
        return known

    def said(self, line: Block) -> LineTime:
        known = self._lines.get(line.start)
        if known is None:
            known = self._lines[line.start] = line_time(self.context, line.span, self.dates)
        return known

    def _above(self, first: Span) -> Named | None:
        """The title or note above, up to the nearest table, heading or sentence."""
        for steps, line in enumerate(self.context.blocks_before(first, _ABOVE)):
            if line.table_id:
                return None
            whole = fills(self.context, line.span, self.dates) if steps == 0 else None
            said = LineTime(whole) if whole is not None else self.said(line)
            if said.date is not None or said.several:
                return (line, said.date) if said.date is not None else None
            tail = self._ends_with_day(line) if steps == 0 else None
            if tail is not None:
                return line, tail
            if line.kind == "heading" or self.context.document.text[line.start : line.end].rstrip().endswith("。"):
                return None
        return None

    def _ends_with_day(self, line: Block) -> Mention | None:
        """The day as of which, where the last sentence of a paragraph says no more (…で計算しています。R6.9.1時点。)."""
        date = next(nearest_first(self.dates, line.start, line.end), None)
        if date is None or date.columns.get("role") != "as_of" or not date.columns.get("edtf"):
            return None
        sentence = self.context.sentence(date.span)
        return date if sentence.start == date.span.start and sentence.end - date.span.end <= _ROLE else None

    def _notes(self, last: Span) -> list[tuple[str, Mention]]:
        text = self.context.document.text
        found: list[tuple[str, Mention]] = []
        for line in self.context.blocks_behind(last, _BELOW):
            if line.table_id or line.kind == "heading" or not _NOTE.match(text, line.start):
                break
            for date in nearest_first(self.dates, line.start, line.end):
                if date.columns.get("role") == "as_of" and date.columns.get("edtf"):
                    topic = _TOPIC.search(text[self.context.sentence(date.span).start : date.span.start])
                    found.append((topic["topic"] if topic is not None else "", date))
        return found

    def _filled(self, table: Table) -> dict[int, tuple[list[int], list[Mention]]]:
        columns: dict[int, tuple[list[int], list[Mention]]] = {}
        for cell in sorted(table.cells, key=lambda other: other.row):
            date = next(dates_inside(self.dates, Span(cell.start, cell.end)), None) if cell.end > cell.start else None
            if date is None or not date.columns.get("edtf") or date.basis == "relative":
                continue
            if 2 * (date.span.end - date.span.start) >= cell.end - cell.start:
                for column in cell.columns:
                    rows, dates = columns.setdefault(column, ([], []))
                    rows.append(cell.row)
                    dates.append(date)
        return columns
