"""Names and figures in turns, a line each, below a unit's note: what is left of a table whose columns were read one cell after another.

Takes lines and the notes that hold; gives tables of two columns and the lines they use up.

    （単位：千円） / 1.市民税 / 2,794 / 2.固定資産税 / 3,163

A sum that stands before its own name is followed by two: its own and that of the next figure (6,538 / 1.市税 / 1.市民税 / 2,794).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from pipeline.model import Cell, Span, Table
from pipeline.parsers.text_tables import TextTable
from pipeline.parsers.textlines import Line
from pipeline.parsers.unit_notes import UnitNote, breaks_between

_GROUPED = re.compile(r"[△▲\-−－]?[ \u3000]?[0-9０-９]{1,3}(?:[,，][0-9０-９]{3})+")
_SMALL = re.compile(r"[△▲\-−－]?[ \u3000]?[0-9０-９]{1,3}")
_NO_NAME = re.compile(r"[。、]$|[はがをにでてりしも]、|[0-9０-９]$|。")
#: characters of a name, names between two figures, figures that make a table and how many of them have commas
_LONGEST, _MOST_NAMES, _FEWEST, _FEWEST_GROUPED = 30, 2, 3, 2


@dataclass(frozen=True, slots=True)
class _Entry:
    """A figure's line and its name's (-1 for none)."""

    figure: int
    name: int = -1


def stacked_figures(
    lines: Sequence[Line], notes: Sequence[UnitNote | None], breaks: Sequence[int], taken: Collection[int]
) -> list[TextTable]:
    """Tables in order, ids `s1`, `s2` …; `notes` are those that hold at each line, `breaks` where pages end.

    >>> from pipeline.parsers.textlines import lines
    >>> from pipeline.parsers.unit_notes import notes_that_hold
    >>> text = "（単位：千円）\\n9,500\\n1.市税\\n1.市民税\\n7,000\\n2.鉱産税\\n2,500"
    >>> found = list(lines(text))
    >>> [[text[c.start:c.end] for c in t.table.cells] for t in stacked_figures(found, notes_that_hold(found, []), [], ())]
    [['1.市税', '9,500', '1.市民税', '7,000', '2.鉱産税', '2,500']]
    """
    found: list[TextTable] = []
    index = 0
    while index < len(lines) and notes:
        last = _end(lines, index, notes, breaks, taken) if notes[index] is not None else index
        entries = _entries(lines, index, last)
        note = notes[index]
        if note is None or not note.unit or not entries:
            index = max(last, index + 1)
            continue
        name = f"s{len(found) + 1}"
        cells = [cell for row, entry in enumerate(entries) for cell in _cells(name, lines, row, entry)]
        used = {index for entry in entries for index in (entry.figure, entry.name) if index >= 0}
        for at in sorted(set(range(min(used), max(used))) - used):
            cells.append(Cell(name, len(entries) + at, 0, lines[at].start, lines[at].end, heading=True))
        table = Table(name, tuple(cells), Span(note.start, note.end))
        found.append(TextTable(table, min(used), max(used) + 1))
        index = last
    return found


def _end(
    lines: Sequence[Line],
    first: int,
    notes: Sequence[UnitNote | None],
    breaks: Sequence[int],
    taken: Collection[int],
) -> int:
    """End of the lines from `first` that are names and figures in turns."""
    names, at = 0, first
    while at < len(lines) and notes[at] is notes[first] and at not in taken:
        line = lines[at]
        if at > first and (line.gap or breaks_between(breaks, lines[at - 1].end, line.start)):
            break
        if _is_figure(line):
            names = 0
        elif names == _MOST_NAMES or len(line.text) > _LONGEST or _NO_NAME.search(line.text):
            break
        else:
            names += 1
        at += 1
    return at


def _is_figure(line: Line) -> bool:
    return _GROUPED.fullmatch(line.text) is not None or _SMALL.fullmatch(line.text) is not None


def _entries(lines: Sequence[Line], first: int, last: int) -> list[_Entry]:
    figures = [at for at in range(first, last) if _is_figure(lines[at])]
    grouped = sum(_GROUPED.fullmatch(lines[at].text) is not None for at in figures)
    if len(figures) < _FEWEST or grouped < _FEWEST_GROUPED or len(figures) > 2 * grouped:
        return []
    entries: list[_Entry] = []
    before, turned = first - 1, False
    for at in figures:
        names = range(before + 1, at)
        if len(names) == _MOST_NAMES and entries and entries[-1].name < 0:
            entries[-1] = _Entry(entries[-1].figure, names[0])
            turned = True
        entries.append(_Entry(at, names[-1] if names else -1))
        before = at
    if turned and entries[-1].name < 0 and before + 1 < last:
        entries[-1] = _Entry(before, before + 1)
    return entries if any(entry.name >= 0 for entry in entries) else []


def _cells(table: str, lines: Sequence[Line], row: int, entry: _Entry) -> list[Cell]:
    figure = lines[entry.figure]
    number = entry.name < 0 and _GROUPED.fullmatch(figure.text) is None
    cells = [Cell(table, row, 1, figure.start, figure.end, heading=number)]
    if entry.name >= 0:
        name = lines[entry.name]
        cells.insert(0, Cell(table, row, 0, name.start, name.end, heading=True))
    return cells
