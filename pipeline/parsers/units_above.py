"""A unit and its figure on two lines: cells of a table that were read one after another (千円 / 2,681 / 円 / 191,464).

Takes lines; gives tables of a unit and a figure below it, and the lines they use up. Does not know notes.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from pipeline.model import Cell, Table
from pipeline.parsers.text_tables import TextTable
from pipeline.parsers.textlines import Line
from pipeline.text.orthography import units
from pipeline.text.patterns import late

#: a unit alone, or behind another cell's words
_UNIT = late(rf"(?:(?P<before>[^。0-9０-９]{{1,20}}?)[ \u3000]+)?(?P<unit>[十百千万億兆]*{units('header')})")
_FIGURE = re.compile(r"[△▲\-−－]?[ \u3000]?[0-9０-９][0-9０-９,，.． \u3000]*")
_GROUPED = re.compile(
    r"[0-9０-９]{1,3}[ \u3000]?(?:[0-9０-９ \u3000]{0,4})(?:[ \u3000]?[,，][ \u3000]?(?:[0-9０-９][ \u3000]?){3})+"
)


def units_above(lines: Sequence[Line], taken: Collection[int]) -> list[TextTable]:
    """Tables in order, ids `u1`, `u2` …; a figure without commas is believed where another pair stands beside it.

    >>> from pipeline.parsers.textlines import lines
    >>> text = "千円\\n2,681\\n円\\n191,464"
    >>> [[text[c.start:c.end] for c in t.table.cells] for t in units_above(list(lines(text)), ())]
    [['千円', '2,681'], ['円', '191,464']]
    """
    pairs: dict[int, re.Match[str]] = {}
    for index in range(1, len(lines)):
        line = lines[index]
        if not _FIGURE.fullmatch(line.text) or line.gap or index in taken or index - 1 in taken:
            continue
        unit = _UNIT.fullmatch(lines[index - 1].text)
        if unit is not None:
            pairs[index] = unit
    found: list[TextTable] = []
    for index, unit in pairs.items():
        beside = index - 2 in pairs or index + 2 in pairs
        if not beside and not _GROUPED.match(lines[index].text.lstrip("△▲-−－ \u3000")):
            continue
        name, above, figure = f"u{len(found) + 1}", lines[index - 1], lines[index]
        cells = [Cell(name, 0, 1, above.start + unit.start("unit"), above.end, heading=True)]
        if unit["before"]:
            cells.insert(0, Cell(name, 0, 0, above.start, above.start + unit.end("before"), heading=True))
        header = unit["unit"]
        cells.append(Cell(name, 1, 1, figure.start, figure.end, header=header))
        found.append(TextTable(Table(name, tuple(cells)), index - 1, index + 1))
    return found
