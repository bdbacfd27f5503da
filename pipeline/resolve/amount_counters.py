"""The counter that a header or a title has of its own: numbers below 人口 count people, without any unit's note.

Takes a context, a table and a cell of which no header or note says the unit; gives the unit. What is counted in what is data: `counter`
in `rules/gazetteer/header_words.csv`, and `title` where the word may stand over a whole table (区別の患者数).
"""

from __future__ import annotations

from decimal import Decimal

from pipeline.engine.gazetteer import Row
from pipeline.model import Cell, Span, Table
from pipeline.resolve.amount_headers import (
    HeaderUnit,
    header_text,
    header_word,
    place_of,
)
from pipeline.resolve.amount_notes import notes_of, stated_units
from pipeline.resolve.context import Context

#: cells of tables under one title that may stand between it and a table, characters of a title
_CELLS_ABOVE, _LONGEST_TITLE = 80, 60
#: lines above a table whose names stand behind its figures: where they do, its title does not stand next to it either
_LINES_ABOVE = 40


def counted_unit(context: Context, table: Table, cell: Cell, whole: bool) -> HeaderUnit | None:
    """By the innermost column header, else the nearest row header that is a word for something; by the title above for `whole`
    numbers where no header says what they are."""
    words = context.gazetteers.get("header_words")
    headers = (*reversed(table.column_headers(cell)), *reversed(table.row_headers(cell)))
    noted = any(stated_units(context, span) for span in notes_of(context, table))
    for header in headers:
        row = header_word(header_text(context, header), words)
        # below 単位：千円 審議会委員 is what is paid
        if row is not None and row["counter"] and noted and not row["title"]:
            return None
        # 総数 says no more than the title
        if row is not None and row["kind"] != "name" and row["surface"] != "数":
            return _by(row, place_of(header))
    first = next((other for other in table.cells if other.end > other.start), None)
    if first is None or not headers or not whole or noted:
        return None
    above = context.blocks_before(Span(first.start, first.end), _CELLS_ABOVE)
    lines = [block.span for block in above if not block.table_id]
    for title in lines[: _LINES_ABOVE if headers[0].start > cell.start else 1]:
        row = header_word(header_text(context, title), words) if title.end - title.start <= _LONGEST_TITLE else None
        if row is not None and row["title"]:
            return _by(row, f"heading:{title.start}", title)
    return None


def _by(row: Row, antecedent: str, title: Span | None = None) -> HeaderUnit | None:
    return HeaderUnit(row["counter"], "count", Decimal(1), antecedent, title) if row["counter"] else None
