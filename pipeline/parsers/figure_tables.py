"""Tables of a plain text that has lost their rules and gaps: names and figures in lines, one blank between them.

Takes lines; gives tables whose cells are spans of the text, and the lines they use up. Two things make lines of figures a table:
a line above that has as many names as they have figures (one more where a name begins them), or a note that says the figures' unit.

    目 本年度 前年度 比較 / 1.個人 15,840 14,297 1,543 / 2.法人 2,580 2,441 139
    （単位：千円） / 12 委託料 1,002 003 介護手当費 7,080
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from pipeline.model import Cell, Span, Table
from pipeline.parsers.figure_lines import LinePiece, amounts_of, groups_of, holds_figures, line_pieces, numbers_an_item
from pipeline.parsers.grid import one_line
from pipeline.parsers.named_columns import Columns, columns_above
from pipeline.parsers.text_tables import TextTable
from pipeline.parsers.textlines import Line
from pipeline.parsers.unit_notes import UnitNote, breaks_between

#: lines without figures between two runs of lines under the same names
_BETWEEN = 3
#: how near, in lines, a figure with commas tells that a smaller one beside a name is of its sort
_NEAR = 4


@dataclass(frozen=True, slots=True)
class _Row:
    """A line's pieces; a name may begin them (`named`), `figures` follow it."""

    index: int
    pieces: tuple[LinePiece, ...]

    @property
    def named(self) -> bool:
        return self.pieces[0].kind == "name"

    @property
    def lead(self) -> int:
        """How many pieces there are before the next name."""
        last = int(self.named)
        while last < len(self.pieces) and self.pieces[last].kind != "name" and not self.pieces[last].factor:
            last += 1
        return last

    @property
    def figures(self) -> int:
        return self.lead - self.named

    @property
    def grouped(self) -> bool:
        return any(piece.grouped for piece in self.pieces)

    def leads(self, text: str, columns: Columns | None) -> int:
        """How many pieces stand under columns: a name or an item's number and the figures; 0 where their number is not the same."""
        if columns is None:
            return 0
        first = int(self.named)
        if columns.named and not self.named and self.grouped and numbers_an_item(text, self.pieces[0]):
            first = 1
        fits = self.lead - first == columns.figures and (columns.named or not self.named)
        return self.lead if fits else 0


def figure_tables(
    text: str, lines: Sequence[Line], notes: Sequence[UnitNote | None], breaks: Sequence[int], taken: Collection[int]
) -> list[TextTable]:
    """Tables in order, ids `t1`, `t2` …; `notes` are those that hold at each line (none: no text has one), `breaks` where pages end,
    `taken` the lines that are tables already.

    >>> from pipeline.parsers.textlines import lines
    >>> from pipeline.parsers.unit_notes import notes_that_hold
    >>> text = "（単位：千円）\\n12 委託料 1,002 003 手当費 7,080"
    >>> found = list(lines(text))
    >>> [[text[c.start:c.end] for c in t.table.cells] for t in figure_tables(text, found, notes_that_hold(found, []), [], ())]
    [['12 委託料', '1,002', '003 手当費', '7,080']]
    """
    rows = {index: row for index, line in enumerate(lines) if index not in taken and (row := _row(index, line))}
    found: list[TextTable] = []
    making: _Making | None = None

    def close() -> None:
        if making is not None and making.cells:
            caption = Span(making.note.start, making.note.end) if making.note is not None else None
            table = Table(making.name, tuple(sorted(making.cells, key=_place)), caption)
            found.append(TextTable(table, making.first, making.last))

    for index, row in rows.items():
        note = notes[index] if notes else None
        note = note if note is not None and note.unit else None
        if (
            making is not None
            and making.takes(text, lines, row, note, breaks, taken)
            and making.add(text, lines, row, rows)
        ):
            continue
        close()
        floor = found[-1].last if found else 0
        columns = columns_above(text, lines, index, floor, (row.named, row.figures), {*rows, *taken})
        making = _Making(f"t{len(found) + 1}", columns, note, columns.first if columns is not None else index)
        if not making.add(text, lines, row, rows):
            making = None
    close()
    return found


def _row(index: int, line: Line) -> _Row | None:
    if not holds_figures(line):
        return None
    pieces = line_pieces(line)
    return _Row(index, pieces) if any(piece.kind == "figure" for piece in pieces) else None


def _place(cell: Cell) -> tuple[int, int]:
    return cell.row, cell.column


class _Making:
    """A table that is being made, row by row."""

    def __init__(self, name: str, columns: Columns | None, note: UnitNote | None, first: int) -> None:
        self.name, self.columns, self.note = name, columns, note
        self.first = self.last = first
        self.rows = 0
        self.cells: list[Cell] = []
        self.headers: dict[int, str] = {}

    def takes(
        self,
        text: str,
        lines: Sequence[Line],
        row: _Row,
        note: UnitNote | None,
        breaks: Sequence[int],
        taken: Collection[int],
    ) -> bool:
        """Whether a row follows the last one: on the next line, or a few lines further down where it has the same columns."""
        if note is not self.note or breaks_between(breaks, lines[self.last - 1].end, lines[row.index].start):
            return False
        between = range(self.last, row.index)
        shape = row.named, row.figures
        if between and columns_above(text, lines, row.index, self.last, shape, taken) is not None:
            return False  # names of their own
        if any(lines[at].gap for at in (*between, row.index)):
            return False
        return not between or bool(
            len(between) <= _BETWEEN and row.leads(text, self.columns) and not any(at in taken for at in between)
        )

    def add(self, text: str, lines: Sequence[Line], row: _Row, rows: Mapping[int, _Row]) -> bool:
        """Adds a line; False where it does not belong here: other columns and no note, or no figure that the note can be for."""
        lead = row.leads(text, self.columns)
        rest = row.pieces[lead:]
        if self.note is None and (not lead or rest):
            return False
        near = any(rows[at].grouped for at in range(row.index - _NEAR, row.index + _NEAR + 1) if at in rows)
        groups = [
            (group, amounts_of(text, group, near, self.note is not None and self.note.shares))
            for group in groups_of(text, rest)
        ]
        if not lead and not any(known for _, known in groups):
            return False
        if lead and self.columns is not None:
            if not self.cells:
                self._head(text, lines, self.columns, row.index)
            for at in range(self.last, row.index):
                self._cell(0, lines[at].start, lines[at].end)
                self.rows += 1
            first = self.columns.figures + self.columns.named - lead
            for number, piece in enumerate(row.pieces[:lead], first):
                self._cell(number, piece.start, piece.end, heading=self.columns.named and number == 0)
            self.rows += 1
        beyond = self.columns.figures + 1 if self.columns is not None else 0
        for group, known in groups:
            for number, piece in enumerate(group, beyond + (group[0].kind != "name")):
                number_alone = piece.kind == "figure" and piece not in known
                self._cell(number, piece.start, piece.end, heading=piece.kind == "name" or number_alone)
            self.rows += 1
        self.last = row.index + 1
        return True

    def _head(self, text: str, lines: Sequence[Line], columns: Columns, index: int) -> None:
        """The header's lines as rows; one without a column's name is one cell."""
        paths: dict[int, list[str]] = {}
        for name in columns.names:
            self.cells.append(
                Cell(self.name, name.row, name.column, name.start, name.end, column_span=name.span, heading=True)
            )
            for column in range(name.column, name.column + name.span):
                paths.setdefault(column, []).append(one_line(text[name.start : name.end]))
        for at in range(columns.first, index):
            here = [name for name in columns.names if name.row == at - columns.first]
            start = max((name.end for name in here), default=lines[at].start)
            rest = text[start : lines[at].end]
            if rest.strip():
                beyond = columns.figures + 1 if here else 0
                start += len(rest) - len(rest.lstrip())
                self.cells.append(Cell(self.name, at - columns.first, beyond, start, lines[at].end, heading=True))
        self.headers = {column: "/".join(dict.fromkeys(path)) for column, path in paths.items()}
        self.rows, self.last = index - columns.first, index

    def _cell(self, column: int, start: int, end: int, heading: bool = False) -> None:
        header = self.headers.get(column, "")
        self.cells.append(Cell(self.name, self.rows, column, start, end, heading=heading, header=header))
