"""Headers of a table that goes on from one above it: as wide, a title or two between them, without headers of its own.

Takes a context, a table and a cell; gives header cells. Does not read them.
"""

from __future__ import annotations

from pipeline.model import Cell, Table
from pipeline.resolve.amount_notes import table_above
from pipeline.resolve.context import Context

#: tables above that may have the header
_TABLES = 6


def column_headers(context: Context, table: Table, cell: Cell) -> tuple[Cell, ...]:
    """Header cells above a cell, outermost first: those of its table, else of the table that it goes on from."""
    own = table.column_headers(cell)
    if own:
        return own
    begun = headed(context, table)
    return begun.heads_of(cell.column) if begun is not table else ()


def headed(context: Context, table: Table) -> Table:
    """The table with headers that one without any goes on from, else the table itself."""
    if table.table_id not in context.known_begun:
        context.known_begun[table.table_id] = _searched(context, table) or table
    return context.known_begun[table.table_id]


def _searched(context: Context, table: Table) -> Table | None:
    above: Table | None = table
    for _ in range(_TABLES):
        if above is None or above.is_headed:
            return None
        above = table_above(context, above, titles_with_figures=True)
        if above is None or above.width != table.width:
            return None
        if above.is_headed:
            return above
    return None
