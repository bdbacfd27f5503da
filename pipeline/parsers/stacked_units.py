"""Names, their units and their figures, each line by line: columns that were read one after another (面 積 / 人 口 / ㎢ / 人 / 244.95 / 247,887).

Takes lines; gives tables of a name, a unit and a figure a column, and the lines they use up. Does not know notes.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from pipeline.model import Cell, Table
from pipeline.parsers.text_tables import TextTable
from pipeline.parsers.textlines import Line
from pipeline.text.fold import folded
from pipeline.text.orthography import units
from pipeline.text.patterns import late

_UNIT = late(rf"[(（]?[十百千万億兆]*{units('header')}[)）]?")
_FIGURE = re.compile(r"[△▲\-−－]?[ \u3000]?[0-9０-９]+(?:[,，][0-9０-９]{3})*(?:[.．][0-9０-９]+)?")
_NAME = late(r"[^\s0-9０-９。、：:（）()][^0-9０-９。、：:]{0,15}")
#: units that make a stack: one of them above a figure may be a note
_FEWEST = 2
#: characters of a unit
_LONGEST = 12


def stacked_units(lines: Sequence[Line], taken: Collection[int]) -> list[TextTable]:
    """Tables in order, ids `v1`, `v2` …; as many figures as units, as many names above them.

    >>> from pipeline.parsers.textlines import lines
    >>> text = "面 積\\n人 口\\nkm2\\n人\\n244.95\\n247,887"
    >>> [[text[c.start:c.end] for c in t.table.cells] for t in stacked_units(list(lines(text)), ())]
    [['面 積', '人 口', 'km2', '人', '244.95', '247,887']]
    """
    found: list[TextTable] = []
    at = 0
    while at < len(lines):
        last = at
        while last < len(lines) and last not in taken and _is_unit(lines[last]):
            last += 1
        many = last - at
        first = at - many
        if many >= _FEWEST and first >= 0 and _fits(lines, taken, range(first, at), range(last, last + many)):
            name = f"v{len(found) + 1}"
            cells = [
                Cell(name, row, number, lines[index].start, lines[index].end, heading=row < 2)
                for row, begin in enumerate((first, at, last))
                for number, index in enumerate(range(begin, begin + many))
            ]
            found.append(TextTable(Table(name, tuple(cells)), first, last + many))
            last += many
        at = max(last, at + 1)
    return found


def _is_unit(line: Line) -> bool:
    return len(line.text) <= _LONGEST and _UNIT.fullmatch(folded(line.text)) is not None


def _fits(lines: Sequence[Line], taken: Collection[int], names: range, figures: range) -> bool:
    """Whether names and figures stand where they should, no more figures than there are units."""
    if figures.stop > len(lines) or any(index in taken for index in (*names, *figures)):
        return False
    if any(lines[index].gap for index in range(names.start + 1, figures.stop)):
        return False
    more = figures.stop < len(lines) and _FIGURE.fullmatch(lines[figures.stop].text) and not lines[figures.stop].gap
    return (
        not more
        and all(_NAME.fullmatch(lines[index].text) and not _is_unit(lines[index]) for index in names)
        and all(_FIGURE.fullmatch(lines[index].text) for index in figures)
    )
