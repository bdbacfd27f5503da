"""Lines of figures with the line of their names below each: a table that a PDF gave with its header behind every row.

Takes lines; gives tables and the lines they use up. Does not know units' notes.

    10 35 155 / 東町 西町 南町 / 46 25 / 北町 中町
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from pipeline.model import Cell, Table
from pipeline.parsers.text_tables import TextTable
from pipeline.parsers.textlines import Line

_D = "0-9０-９"
_FIGURE = rf"[△▲\-−－]?(?:[{_D}]{{1,3}}(?:[,，][{_D}]{{3}})+|[{_D}]{{1,6}})"
_FIGURES = re.compile(rf"{_FIGURE}(?: [(（]{_FIGURE}[)）])?")
_ROW = re.compile(rf"{_FIGURES.pattern}(?:[ \u3000]+{_FIGURES.pattern})+")
_NAME = re.compile(rf"[^\s{_D}。、（()）:：]{{1,12}}")
_NAMES = re.compile(rf"{_NAME.pattern}(?:[ \u3000]+{_NAME.pattern})+")
#: pairs of lines that make a table: of one nobody can tell whether its names stand above or below
_FEWEST = 2


def names_below(lines: Sequence[Line], taken: Collection[int]) -> list[TextTable]:
    """Tables in order, ids `n1`, `n2` …: a name for each figure, pair upon pair; a run that could be read with its names above is none.

    >>> from pipeline.parsers.textlines import lines
    >>> text = "10 35 155\\n東町 西町 南町\\n46 25\\n北町 中町"
    >>> [[text[c.start:c.end] for c in t.table.cells] for t in names_below(list(lines(text)), ())]
    [['東町', '西町', '南町', '10', '35', '155', '北町', '中町', '46', '25']]
    """
    figures = [_count(_ROW, _FIGURES, line) if at not in taken else 0 for at, line in enumerate(lines)]
    names = [_count(_NAMES, _NAME, line) if at not in taken else 0 for at, line in enumerate(lines)]
    found: list[TextTable] = []
    at = 0
    while at + 1 < len(lines):
        last = at
        while last + 1 < len(lines) and figures[last] and figures[last] == names[last + 1] and not lines[last + 1].gap:
            last += 2
        above = at > 0 and names[at - 1] == figures[at]
        beyond = last < len(lines) and last > at and figures[last] == names[last - 1]
        if last - at >= 2 * _FEWEST and not above and not beyond:
            name = f"n{len(found) + 1}"
            cells = [cell for row in range(at, last, 2) for cell in _pair(name, lines, row, row - at)]
            found.append(TextTable(Table(name, tuple(cells)), at, last))
        at = max(last, at + 1)
    return found


def _count(row: re.Pattern[str], one: re.Pattern[str], line: Line) -> int:
    return len(one.findall(line.text)) if row.fullmatch(line.text) else 0


def _pair(table: str, lines: Sequence[Line], at: int, row: int) -> list[Cell]:
    upper, lower = lines[at], lines[at + 1]
    headers = [match.span() for match in _NAME.finditer(lower.text)]
    cells = [
        Cell(table, row, column, lower.start + start, lower.start + end, heading=True)
        for column, (start, end) in enumerate(headers, 1)
    ]
    for column, match in enumerate(_FIGURES.finditer(upper.text), 1):
        header = lower.text[slice(*headers[column - 1])]
        cells.append(
            Cell(table, row + 1, column, upper.start + match.start(), upper.start + match.end(), header=header)
        )
    return cells
