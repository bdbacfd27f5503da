"""Where the notes stand that say the unit of a table's numbers: （単位：千円）.

Takes a context and a table; gives spans, the nearest first, and the units in a span. Does not read headers or numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pipeline.model import Candidate, Cell, Span, Table
from pipeline.resolve.context import Context

#: blocks above a table, and behind it, that may say its unit; the rule that finds a note
_ABOVE, _BEHIND = 3, 1
_NOTE = "amount.units.note"


def notes_of(context: Context, table: Table) -> Iterable[Span]:
    """Where a unit note may stand: the caption, header cells that head no column of their own, the blocks above; where none of them
    says a unit, the notes of the table right above, then a note behind the table (that of a page that was bound beside it)."""
    known = context.known_notes.get(table.table_id)
    if known is None:
        own = tuple(_own_notes(context, table))
        near = () if any(stated_units(context, span) for span in own) else tuple(_notes_near(context, table))
        known = context.known_notes[table.table_id] = own + near
    return known


def _own_notes(context: Context, table: Table) -> Iterator[Span]:
    if table.caption is not None:
        yield table.caption
    first = next((cell for cell in table.cells if cell.end > cell.start), None)
    if first is None:
        return
    if first.heading:
        yield Span(first.start, first.end)
    for block in context.blocks_before(Span(first.start, first.end), _ABOVE):
        if block.table_id:
            break
        yield block.span


def _notes_near(context: Context, table: Table) -> Iterator[Span]:
    filled = [cell for cell in table.cells if cell.end > cell.start]
    if not filled:
        return
    first, last = min(filled, key=_begin), max(filled, key=_begin)
    above = context.blocks_before(Span(first.start, first.end), 1)
    if above and (placed := context.cell(above[0].span)) is not None:
        yield from notes_of(context, placed[0])
    behind = context.blocks_behind(Span(last.start, last.end), _BEHIND + 1)
    for number, block in enumerate(behind[:_BEHIND]):
        if block.table_id or any(other.table_id for other in behind[: number + 2]):
            return
        if any(unit.rule_id == _NOTE for unit in units_inside(context, block.span)):
            yield block.span


def _begin(cell: Cell) -> int:
    return cell.start


def units_inside(context: Context, span: Span) -> list[Candidate]:
    return context.inside("unit", span) if span.end > span.start else []


def stated_units(context: Context, span: Span) -> list[Candidate]:
    """Units that are nothing else: a header 区分 or 施設 may be what is counted, or a name."""
    return [unit for unit in units_inside(context, span) if not is_noun(unit)]


def is_noun(unit: Candidate) -> bool:
    return "noun" in unit.groups
