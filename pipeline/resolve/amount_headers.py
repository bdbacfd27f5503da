"""The unit and the label that a table's headers, caption and notes give to the numbers of its cells.

Takes a context, a table and a cell; gives a unit with its factor and where it stands, and a label. Does not read numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from pipeline.model import AmountValue, Candidate, Cell, Mention, Span, Table
from pipeline.resolve.context import Context

#: headers over numbers that name, rank or date a row instead of counting anything
_NAMING = re.compile(r"^(?:年度?|西暦|月|日|番号|議案番号|整理番号|No\.?|№|コード|順位|順|款|項|目|節|頁|ページ|区分|年月日?|期日|日程|回|号|電話(?:番号)?|郵便番号|#)$")
_SHARE = re.compile(r"(?:率|比|割合|シェア|％|%)$")
_BRACKET = re.compile(r"[(（\[〔【][^()（）\[\]〔〕【】]*[)）\]〕】]")
_NOTES_ABOVE = 3


@dataclass(frozen=True, slots=True)
class HeaderUnit:
    """What a bare number is multiplied by and counted in; `antecedent` as in a mention (`cell:t1/0/2`, `caption:88`)."""

    unit: str
    kind: str
    factor: Decimal
    antecedent: str


def holds_numbers_of_things(context: Context, table: Table, cell: Cell) -> bool:
    """False for a header cell, and for a column whose header says that its numbers are names (番号, 年度)."""
    if cell.heading:
        return False
    headers = table.column_headers(cell)
    return not headers or _NAMING.match(_text(context, headers[-1])) is None


def header_unit(context: Context, table: Table, cell: Cell) -> HeaderUnit | None:
    """The nearest unit: column headers from the innermost, row headers from the nearest, caption, notes above the table."""
    columns, rows = table.column_headers(cell), table.row_headers(cell)
    share = any(_SHARE.search(_bare(_text(context, header))) for header in (*columns[-1:], *rows[-1:]))
    for header in (*reversed(columns), *reversed(rows)):
        found = _inside(context, Span(header.start, header.end))
        if found:
            return _read(found[0], f"cell:{header.table_id}/{header.row}/{header.column}")
    for span in _notes(context, table):
        found = _inside(context, span)
        fitting = [unit for unit in found if (_value(unit).kind == "percent") == share]
        if fitting:
            return _read(fitting[0], f"caption:{fitting[0].span.start}")
        if found:
            return None
    return None


def header_label(context: Context, table: Table, cell: Cell, dates: Sequence[Mention]) -> str:
    """What a column or row says its numbers are: the innermost column header that is no date, else the row's nearest."""
    for header in (*reversed(table.column_headers(cell)), *reversed(table.row_headers(cell))):
        if _dated(header, dates):
            continue
        text = _bare(_text(context, header))
        if text and not any(_bare_unit(context, header, unit) for unit in _inside(context, Span(header.start, header.end))):
            return text
    return ""


def _notes(context: Context, table: Table) -> Iterable[Span]:
    """Where a unit note may stand: the caption, header cells that head no column of their own, the blocks above."""
    if table.caption is not None:
        yield table.caption
    filled = [cell for cell in table.cells if cell.end > cell.start]
    if not filled:
        return
    first = filled[0]
    if first.heading:
        yield Span(first.start, first.end)
    for block in context.blocks_before(Span(first.start, first.end), _NOTES_ABOVE):
        if block.table_id:
            break
        yield block.span


def _inside(context: Context, span: Span) -> list[Candidate]:
    return context.inside("unit", span) if span.end > span.start else []


def _value(candidate: Candidate) -> AmountValue:
    assert isinstance(candidate.value, AmountValue)
    return candidate.value


def _read(candidate: Candidate, antecedent: str) -> HeaderUnit:
    value = _value(candidate)
    return HeaderUnit(value.unit, value.kind, value.number or Decimal(1), antecedent)


def _text(context: Context, cell: Cell) -> str:
    return "".join(context.document.text[cell.start : cell.end].split())


def _bare(text: str) -> str:
    return _BRACKET.sub("", text).strip("・:： ")


def _bare_unit(context: Context, header: Cell, unit: Candidate) -> bool:
    return unit.span.start == header.start and unit.span.end == header.end


def _dated(header: Cell, dates: Sequence[Mention]) -> bool:
    """Whether a date fills most of a header."""
    return any(
        header.start <= date.span.start
        and date.span.end <= header.end
        and 2 * (date.span.end - date.span.start) >= header.end - header.start
        for date in dates
    )
