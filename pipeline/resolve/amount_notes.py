"""Where the notes stand that say the unit of a table's numbers: （単位：千円）.

Takes a context and a table; gives spans, the nearest first, and the units in a span. Does not read headers or numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from pipeline.model import Candidate, Span, Table
from pipeline.resolve.context import Context
from pipeline.text.orthography import words
from pipeline.text.patterns import late

#: blocks above a table, and behind it, that may say its unit; the rule that finds a note
_ABOVE, _BEHIND = 3, 1
_NOTE = "amount.units.note"
#: tables above that may have the note, titles between two of them, characters of one
_TABLES, _TITLES, _LONGEST_TITLE = 6, 2, 30
_SENTENCE, _FIGURE = re.compile("[。、]"), re.compile(r"[0-9０-９][,，][0-9０-９]{3}")
_DASHES = re.compile(r"[-－―–—]+")
_OTHER = late(rf"{words('other_table')}(?:[(（][^()（）]*[)）])?$")
_PAGE = re.compile(r"[-－―–—\s　]*[0-9０-９]{1,4}[-－―–—\s　]*")


def notes_of(context: Context, table: Table) -> Iterable[Span]:
    """Where a unit note may stand: the caption, header cells that head no column of their own, the blocks above; where none of them
    says a unit, the notes of a table close above, then a note behind the table (that of a page that was bound beside it)."""
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
    above: Table | None = table
    for _ in range(_TABLES):
        above = table_above(context, above) if above is not None else None
        own = tuple(_own_notes(context, above)) if above is not None else ()
        if any(stated_units(context, span) for span in own):
            yield from own
            break
    last = table.last
    if last is None:
        return
    behind = [
        block
        for block in context.blocks_behind(Span(last.start, last.end), 2 * _BEHIND)
        if block.table_id or not _PAGE.fullmatch(block.span.cut(context.document.text))
    ]
    for number, block in enumerate(behind[:_BEHIND]):
        if any(other.table_id for other in behind[: number + 2]):
            return
        if any(is_note(unit) for unit in units_inside(context, block.span)):
            yield block.span


def table_above(context: Context, table: Table, titles_with_figures: bool = False) -> Table | None:
    """The table right above, or with a title or two between; none where a sentence, a figure (unless `titles_with_figures`) or a
    title of something measured otherwise (利用の推移) stands there."""
    first = table.first
    if first is None:
        return None
    titles = 0
    for block in context.blocks_before(Span(first.start, first.end), _TITLES + 2):
        placed = context.cell(block.span)
        if placed is not None:
            return placed[0]
        title = "".join(block.span.cut(context.document.text).split())
        titles += not _DASHES.fullmatch(title)
        if titles > _TITLES or len(title) > _LONGEST_TITLE or _SENTENCE.search(title) or _OTHER.search(title):
            return None
        if not titles_with_figures and _FIGURE.search(title):
            return None
    return None


def units_inside(context: Context, span: Span) -> Sequence[Candidate]:
    return context.inside("unit", span) if span.end > span.start else ()


def stated_units(context: Context, span: Span) -> Sequence[Candidate]:
    """Units that are nothing else: a header 区分 or 施設 may be what is counted, or a name."""
    return [unit for unit in units_inside(context, span) if not is_noun(unit)]


def is_note(unit: Candidate) -> bool:
    """Whether 単位 stands before it."""
    return unit.rule_id == _NOTE


def is_noun(unit: Candidate) -> bool:
    return "noun" in unit.groups
