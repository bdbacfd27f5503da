"""Tables set in plain text: cells parted by tabs, or by gaps that stand under each other.

Takes lines; gives tables whose cells are spans of the text, and the lines they use up. Does not know collapsed web tables.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.model import Cell, Table
from pipeline.parsers.grid import headed
from pipeline.parsers.header_above import header_above
from pipeline.parsers.placed_cells import PlacedCell
from pipeline.parsers.text_rows import NEAR, Piece, fits_in_order, in_order, names_parted, rows_of_names
from pipeline.parsers.textlines import BLANK, Line, continues, width_of

#: so many blanks part the letters of a word at most; 男 and 女 stand further apart
_SPACED = 4
#: a title's line that ends with the unit is no row
_NOTE = re.compile(r"[（(［\[]\s*単位\s*[:：]?[^（()）]{1,20}[)）］\]]$")
_GAP = re.compile(r"[ \u3000\xa0]{2,}")


@dataclass(frozen=True, slots=True)
class TextTable:
    """A table and the lines `first` to `last` (exclusive, indexes) that it is made of."""

    table: Table
    first: int
    last: int


def text_tables(text: str, lines: Sequence[Line]) -> list[TextTable]:
    """Tables in order, ids `t1`, `t2` …

    >>> from pipeline.parsers.textlines import lines
    >>> text = "開催日\\t主催\\n8月31日\\t松山市"
    >>> [text[c.start:c.end] for c in text_tables(text, list(lines(text)))[0].table.cells]
    ['開催日', '主催', '8月31日', '松山市']
    """
    found: list[TextTable] = []
    index = 0
    while index < len(lines):
        last = _tabbed_end(text, lines, index) or _aligned_end(text, lines, index) or _ordered_end(text, lines, index)
        if not last:
            index += 1
            continue
        name = f"t{len(found) + 1}"
        tabbed = "\t" in _raw(text, lines[index])
        rows = [_tab_pieces(text, line) for line in lines[index:last]]
        rows = rows if tabbed else _aligned_rows(text, lines[index:last])
        named = rows_of_names(text, rows)
        free = index > (found[-1].last if found else 0)
        above = header_above(text, lines[index - 1], lines[index], rows, bool(named)) if free and not tabbed else []
        if above:
            rows, named, index = [above, *rows], named + 1, index - 1
        found.append(TextTable(table_of(name, text, rows, named), index, last))
        index = last
    return found


def _tabbed_end(text: str, lines: Sequence[Line], first: int) -> int:
    last = first
    while last < len(lines) and "\t" in _raw(text, lines[last]) and (last == first or not lines[last].gap):
        last += 1
    cells = max((len(_tab_pieces(text, line)) for line in lines[first:last]), default=0)
    return last if last - first >= 2 and cells >= 2 else 0


def _tab_pieces(text: str, line: Line) -> list[Piece]:
    pieces: list[Piece] = []
    offset = line.origin
    for number, part in enumerate(_raw(text, line).split("\t")):
        stripped = part.strip(BLANK)
        begin = offset + len(part) - len(part.lstrip(BLANK)) if stripped else offset
        pieces.append(Piece(begin, begin + len(stripped), number))
        offset += len(part) + 1
    return pieces


def _raw(text: str, line: Line) -> str:
    """The line with the white space before it."""
    return text[line.origin : line.end]


def _space_pieces(line: Line) -> list[Piece]:
    """Cells of a line by its gaps; one between two single letters is letter-spacing (山　　正)."""
    text = line.text
    pieces: list[Piece] = []
    start, column = 0, line.indent
    for match in _GAP.finditer(text):
        left, right = match.span()
        if right - left <= _SPACED and _alone(text, left - 1) and _alone(text, right):
            continue
        pieces.append(Piece(line.start + start, line.start + left, column))
        column += width_of(text[start:right])
        start = right
    return [*pieces, Piece(line.start + start, line.end, column)]


def _alone(text: str, at: int) -> bool:
    """Whether a letter stands between blanks (or ends)."""
    return text[at].isalpha() and (at == 0 or text[at - 1] in BLANK) and (at + 1 == len(text) or text[at + 1] in BLANK)


def _aligned_end(text: str, lines: Sequence[Line], first: int) -> int:
    """End of a run of lines of which each has a column (not its first) under one of the line before."""
    if not lines[first].columned or "\t" in _raw(text, lines[first]) or _NOTE.search(lines[first].text):
        return 0
    columns = {piece.at for piece in _space_pieces(lines[first])[1:]}
    if not columns:
        return 0
    rows, last, edge = 1, first + 1, _space_pieces(lines[first])[-1].at
    while last < len(lines) and continues(text, lines[last - 1], lines[last]) and "\t" not in _raw(text, lines[last]):
        pieces = _space_pieces(lines[last])
        here = {piece.at for piece in pieces[1:]}
        if here and any(abs(one - other) <= NEAR for one in here for other in columns):
            rows, columns, edge = rows + 1, here, pieces[-1].at
        elif len(pieces) > 1 or lines[last].indent < edge - NEAR:
            break
        last += 1
    return last if rows >= 2 else 0


def _ordered_end(text: str, lines: Sequence[Line], first: int) -> int:
    """End of a run of lines that have a value for each name of the first one, wherever these stand (人口　男　女 over 6月末　5,163人　2,611人)."""
    if not lines[first].columned or "\t" in _raw(text, lines[first]):
        return 0
    last, head = first + 1, _space_pieces(lines[first])
    while last < len(lines) and continues(text, lines[last - 1], lines[last]) and lines[last].columned:
        if not fits_in_order(text, head, _space_pieces(lines[last])):
            break
        last += 1
    return last if last - first > 2 else 0


def _aligned_rows(text: str, lines: Sequence[Line]) -> list[list[Piece]]:
    """Rows of pieces with `at` counted as a column; a line that only goes on in the last column lengthens its cell."""
    rows: list[list[Piece]] = []
    for line in lines:
        pieces = _space_pieces(line)
        if rows and len(pieces) == 1 and line.indent >= rows[-1][-1].at - NEAR:
            last = rows[-1][-1]
            rows[-1][-1] = Piece(last.start, line.end, last.at)
        else:
            rows.append(pieces)
    rows = in_order(text, rows)
    edges = _clusters(sorted({piece.at for row in rows for piece in row}))
    placed = [[Piece(p.start, p.end, next(i for i, e in enumerate(edges) if p.at <= e)) for p in row] for row in rows]
    return [names_parted(text, placed[0], len(edges)), *placed[1:]] if placed else placed


def _clusters(places: Sequence[int]) -> list[int]:
    """Last place of every run of places that lie near each other."""
    return [place for i, place in enumerate(places) if i + 1 == len(places) or places[i + 1] - place > NEAR]


def table_of(name: str, text: str, rows: Sequence[Sequence[Piece]], header_rows: int) -> Table:
    """The table of rows of pieces, the first `header_rows` of them headers."""
    placed = [
        PlacedCell(number, piece.at, text[piece.start : piece.end], column_span=piece.span)
        for number, row in enumerate(rows)
        for piece in row
    ]
    spans = {(number, piece.at): piece for number, row in enumerate(rows) for piece in row}
    cells = tuple(
        Cell(
            name,
            cell.row,
            cell.column,
            spans[cell.row, cell.column].start,
            spans[cell.row, cell.column].end,
            column_span=cell.column_span,
            heading=bool(cell.heading),
            header=cell.header,
        )
        for cell in headed(placed, header_rows)
    )
    return Table(name, cells)
