"""Totals against their parts: where a row or column says 計, 合計 or 小計, the numbers above, below or beside it are added up.

Takes a context and the amounts of its tables; gives issues. Does not change an amount.

A total may add up the lines since the last total, all lines that are no totals, or the totals (and what stands behind them); it may stand
before its parts (総数, 男, 女). Which of these a line does, its own numbers tell: the way by which most of them agree is the line's way, and
only numbers that disagree with it are reported. A line with one number alone is compared where the table has one level.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from pipeline.engine.gazetteer import Gazetteer
from pipeline.model import Issue, Mention, Table
from pipeline.resolve.amount_headers import header_words
from pipeline.resolve.context import Context
from pipeline.text.numerals import plain

_ADDITIVE = ("money", "count", "mass", "area", "length", "volume", "energy", "duration", "power")
#: a sum that is further off than this share of its total was no sum of these
_NEAR = Decimal("0.2")
#: a longer cell is a sentence
_LONGEST = 24

#: numbers by the line that they stand in and their place in it
_Lines = Mapping[int, Mapping[int, Mention]]


@dataclass(frozen=True, slots=True)
class _Sum:
    """What a total was compared with: the sum of `parts` numbers."""

    value: Decimal
    parts: int


def total_issues(context: Context, amounts: Sequence[Mention]) -> Iterator[Issue]:
    """`total-differs`, at the total, with the sum of its parts."""
    words = context.gazetteers.get("total_words")
    starts = [mention.span.start for mention in amounts]
    for table in context.document.tables:
        rows, columns = _total_lines(context, table, words)
        if not (rows or columns) or not table.cells:
            continue
        by_row, by_column = _numbers(table, amounts, starts)
        yield from _compared(context.document.text, by_row, rows, "rows")
        yield from _compared(context.document.text, by_column, columns, "columns")


def _total_lines(context: Context, table: Table, words: Gazetteer | None) -> tuple[set[int], set[int]]:
    """Rows and columns that a cell calls a total: a row by a cell that is no column header, a column by a header."""
    if words is None:
        return set(), set()
    whole = {row["surface"] for row in words.rows}
    ends = tuple(row["surface"] for row in words.rows if row["place"] == "end")
    heads = {cell.row for cell in table.cells if cell.heading and cell.column > 0}
    first = min(heads, default=-1)
    rows: set[int] = set()
    columns: set[int] = set()
    for cell in table.cells:
        text = header_words(context, cell) if 0 < cell.end - cell.start <= _LONGEST else ""
        if not text or not (text in whole or text.endswith(ends)):
            continue
        if cell.heading and cell.column > 0 and cell.row in heads and cell.row - first <= 3:
            columns.update(cell.columns if cell.column_span == 1 else ())
        elif cell.row_span == 1:
            rows.add(cell.row)
    return rows, columns


def _numbers(table: Table, amounts: Sequence[Mention], starts: Sequence[int]) -> tuple[_Lines, _Lines]:
    """The amounts that fill a cell, by row and by column; a merged cell's number stands in its first place."""
    by_row: dict[int, dict[int, Mention]] = {}
    by_column: dict[int, dict[int, Mention]] = {}
    for cell in table.cells:
        at = bisect_left(starts, cell.start)
        if cell.heading or at == len(amounts) or amounts[at].span.end > cell.end or cell.end == cell.start:
            continue
        mention = amounts[at]
        alone = at + 1 == len(amounts) or amounts[at + 1].span.start >= cell.end
        row = mention.columns
        if alone and row["kind"] in _ADDITIVE and not row["value_max"] and row["modifier"] == "exact":
            by_row.setdefault(cell.row, {})[cell.column] = mention
            by_column.setdefault(cell.column, {})[cell.row] = mention
    return by_row, by_column


def _compared(text: str, lines: _Lines, totals: set[int], name: str) -> Iterator[Issue]:
    order = sorted(lines)
    totals = totals & set(order)
    if len(order) - len(totals) < 2:
        return
    for total in sorted(totals):
        ways = [way for way in _ways(order, totals, total) if len(way) > 1]
        judged = [(way, *_agreement(text, lines, way, lines[total])) for way in ways]
        if not judged:
            continue
        way, right, wrong = max(judged, key=lambda j: (len(j[1]), -len(j[2])))
        most = len(right) > len(wrong)
        flat = len(totals) == 1 and len(lines[total]) == 1 and len(way) > 2
        if not (most or flat or (right and len(right) == len(wrong))):
            continue
        for mention, added in wrong:
            value = Decimal(mention.columns["value"])
            if most or abs(added.value - value) <= _NEAR * abs(value):
                yield _issue(mention, added, name)


def _ways(order: Sequence[int], totals: set[int], total: int) -> Iterator[Sequence[int]]:
    """Which lines a total may add up, the likeliest first."""
    before, behind = [k for k in order if k < total], [k for k in order if k > total]
    last = max((k for k in before if k in totals), default=-1)
    following = min((k for k in behind if k in totals), default=order[-1] + 1)
    parts = [k for k in before if k not in totals]
    yield [k for k in parts if k > last]
    yield parts
    yield [k for k in before if k in totals]
    yield [k for k in before if k in totals or k > last]
    yield [k for k in behind if k < following]
    yield [k for k in behind if k not in totals]
    yield [k for k in behind if k in totals]


def _agreement(
    text: str, lines: _Lines, way: Sequence[int], total: Mapping[int, Mention]
) -> tuple[list[Mention], list[tuple[Mention, _Sum]]]:
    """The numbers of a total line that are the sum of their parts, and those that are not."""
    right: list[Mention] = []
    wrong: list[tuple[Mention, _Sum]] = []
    for place, mention in total.items():
        unit = mention.columns["unit"]
        parts = [part for k in way if (part := lines[k].get(place)) is not None and part.columns["unit"] == unit]
        if len(parts) < 2:
            continue
        added = sum((Decimal(part.columns["value"]) for part in parts), Decimal(0))
        value = Decimal(mention.columns["value"])
        if not added and not value:
            continue
        step = _last_figure(text, mention)
        # numbers in thousands or with decimals were rounded one by one
        allowed = step * (len(parts) + 1) / 2 if step != 1 else 0
        if abs(added - value) <= allowed:
            right.append(mention)
        else:
            wrong.append((mention, _Sum(added, len(parts))))
    return right, wrong


def _last_figure(text: str, mention: Mention) -> Decimal:
    """What one unit of a number's last figure is worth: 100000 for 5.5 百万円, 1 for 1,234円.

    >>> from pipeline.model import Span
    >>> row = {"value": "5500000"}
    >>> _last_figure("5.5", Mention("amount", Span(0, 3), "", row))
    Decimal('1E+5')
    """
    figures = "".join(character for character in mention.span.cut(text) if character.isdecimal()).lstrip("0")
    value = abs(Decimal(mention.columns["value"]))
    return Decimal(1).scaleb((value / int(figures)).adjusted()) if figures and value else Decimal(1)


def _issue(mention: Mention, added: _Sum, name: str) -> Issue:
    return Issue(
        "total-differs",
        f"the {added.parts} {name} that it adds up give {plain(added.value)}, not {mention.columns['value']}",
        "warning",
        mention.span.start,
        mention.span.end,
    )
