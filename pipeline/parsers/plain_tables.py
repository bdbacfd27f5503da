"""All tables of a plain text, from the surest sign to the weakest: each line is of one table.

Takes a text and its lines; gives tables and the lines they use up. Does not make blocks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from pipeline.model import Issue, Span, Table
from pipeline.parsers.bar_tables import bar_tables
from pipeline.parsers.cards import card_tables
from pipeline.parsers.collapsed_schedules import collapsed_schedules
from pipeline.parsers.collapsed_tables import CollapsedTable, collapsed_tables
from pipeline.parsers.figure_tables import figure_tables
from pipeline.parsers.headers_behind import headers_behind
from pipeline.parsers.names_below import names_below
from pipeline.parsers.stacked_figures import stacked_figures
from pipeline.parsers.stacked_rows import stacked_rows
from pipeline.parsers.stacked_units import stacked_units
from pipeline.parsers.text_tables import TextTable, text_tables
from pipeline.parsers.textlines import Line
from pipeline.parsers.unit_notes import UnitNote, notes_that_hold, page_breaks
from pipeline.parsers.units_above import units_above
from pipeline.parsers.year_rows import year_rows

#: a figure behind something else in a cell: what a gap should part is parted by one blank
_GROUPED = r"[0-9０-９]{1,3}(?:[,，][0-9０-９]{3})+"
_CROWDED = re.compile(rf"\S[ \u3000\xa0][△▲\-−－]?(?:{_GROUPED}|[0-9０-９]{{1,3}})$|{_GROUPED}[ \u3000\xa0]\S")


@dataclass(frozen=True, slots=True)
class Region:
    """A table and the lines `first` to `last` (exclusive, indexes) that it is made of; `lined` where the lines of its cells stay apart."""

    first: int
    last: int
    table: Table
    lined: bool = False


def plain_tables(text: str, lines: Sequence[Line], numbers: Sequence[Line]) -> tuple[list[Region], tuple[Issue, ...]]:
    """Tables in the order of their lines; `numbers` are the lines that only number a page.

    >>> from pipeline.parsers.textlines import lines
    >>> text = "開催日\\t主催\\n8月31日\\t松山市\\n以上です。"
    >>> [(region.first, region.last) for region in plain_tables(text, list(lines(text)), [])[0]]
    [(0, 2)]
    """
    stacked = stacked_rows(lines)
    schedules = [table for table in collapsed_schedules(text, lines) if _free(table, stacked)]
    collapsed = [*schedules, *(table for table in collapsed_tables(lines) if _free(table, [*schedules, *stacked]))]
    regions = [Region(table.first, table.last, table.table, table in schedules) for table in collapsed]
    taken = {index for region in regions for index in range(region.first, region.last)}

    def add(found: Iterable[Region]) -> None:
        for region in found:
            if taken.isdisjoint(range(region.first, region.last)):
                regions.append(region)
                taken.update(range(region.first, region.last))

    breaks = page_breaks(text, numbers, lines)
    notes = notes_that_hold(lines, breaks)
    columned = [
        Region(table.first, table.last, _noted(table.table, notes[table.first] if notes else None))
        for table in (*bar_tables(text, lines), *text_tables(text, lines), *card_tables(text, lines))
    ]
    crowded = [region for region in columned if _is_crowded(text, region.table)]
    add(region for region in columned if region not in crowded)
    add(Region(table.first, table.last, table.table) for table in year_rows(text, lines, taken))
    add(
        Region(table.first, table.last, _noted(table.table, notes[table.first] if notes else None)) for table in stacked
    )
    add(Region(table.first, table.last, table.table) for table in stacked_units(lines, taken))
    add(Region(table.first, table.last, table.table) for table in units_above(lines, taken))
    add(Region(table.first, table.last, table.table) for table in stacked_figures(lines, notes, breaks, taken))
    add(Region(table.first, table.last, table.table) for table in names_below(lines, taken))
    figures = figure_tables(text, lines, notes, breaks, taken)
    add(Region(table.first, table.last, table.table) for table in figures)
    add(crowded)
    behind = headers_behind(lines, breaks, taken)
    add(Region(table.first, table.last, table.table, lined=True) for table in behind)
    issues = tuple(issue for table in collapsed for issue in table.issues)
    return sorted(regions, key=lambda region: region.first), issues


def _noted(table: Table, note: UnitNote | None) -> Table:
    """The table with the note that holds at its first line as its caption, where it has none."""
    if note is None or not note.unit or table.caption is not None:
        return table
    return replace(table, caption=Span(note.start, note.end))


def _free(table: CollapsedTable, others: Sequence[CollapsedTable | TextTable]) -> bool:
    return not any(table.first < other.last and other.first < table.last for other in others)


def _is_crowded(text: str, table: Table) -> bool:
    """Whether the gaps of a table part less than its figures: it may be one told by their number."""
    return any(_CROWDED.search(text, cell.start, cell.end) is not None for cell in table.cells)
