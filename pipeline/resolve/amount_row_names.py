"""What a row calls its numbers: the words of the cells to their left.

Takes a context, a table and a cell; gives names, and whether a cell is a number or a date. Does not know what words measure.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from pipeline.engine.gazetteer import Gazetteer
from pipeline.model import Cell, Mention, Span, Table
from pipeline.resolve.amount_headers import bare, dates_inside, header_text
from pipeline.resolve.context import Context
from pipeline.text.patterns import late

#: the number of an item before its name
_HEAD = late(
    r"[(（]?(?:[0-9０-９]{1,2}|0[0-9]{2}|[ア-ン]|[一二三四五六七八九十]{1,2}(?! \S(?: |$)))(?:[)）][\s.．、]*|[\s.．、]+)(?=[^\s\d])|[Ⅰ-Ⅻ]"
)
ITEM = re.compile(r"^[(（]?(?:0[0-9]{2}|[0-9０-９]{1,2}|[ア-ン]|[Ⅰ-Ⅻ]|[一二三四五六七八九十]{1,2})[)）.．、]*")
#: the mark of a note behind a figure: 1,486※１
_MARKED = re.compile(r"(?<=[0-9０-９％%])(?:※[0-9０-９]{0,2}|[*＊][0-9０-９]{0,2})$")
#: a longer header is a sentence
LONGEST_LABEL = 40
_FIGURES = "[△▲+-]?[0-9０-９,，.．－―…-]+"


def left(context: Context, table: Table, cell: Cell, dates: Sequence[Mention], over: bool = False) -> str:
    """The words of the next cell to the left, "" where it holds a number or date; of the next one that holds none, `over` such ones."""
    beside = [c for c in table.in_row(cell.row) if c.column < cell.column and c.end > c.start and not cell.heading]
    for nearest in sorted(beside, key=lambda other: -other.column):
        text = _MARKED.sub("", header_text(context, nearest))
        text = bare(ITEM.sub("", text) if numbered(context, nearest) else text)
        if text and not (
            len(text) > LONGEST_LABEL or is_number(context, nearest, text) or dated(context, nearest, dates)
        ):
            if not _counts(context, nearest):
                return text
            over = True
            continue
        if not over:
            break
    return ""


def _counts(context: Context, cell: Cell) -> bool:
    """Whether a cell ends with a number of its own: 市道18路線、橋梁2橋."""
    inside = context.inside("amount", Span(cell.start, cell.end))
    return bool(inside) and not context.document.text[inside[-1].span.end : cell.end].strip(" \u3000()（）")


def numbered(context: Context, header: Cell) -> bool:
    """Whether a header begins with the number of an item: ア　料金収入, （２）　営業外収益, 2. 総務費."""
    return _HEAD.match(context.document.text, header.start, header.end) is not None


def is_number(context: Context, header: Cell, text: str) -> bool:
    """Whether a header says how much (3％以上4％未満) and not what."""
    counted = sum(a.span.end - a.span.start for a in context.inside("amount", Span(header.start, header.end)))
    number = _number(context.gazetteers.get("header_counters"))
    return number.fullmatch(text) is not None or 3 * counted >= 2 * (header.end - header.start)


@lru_cache(maxsize=4)
def _number(counters: Gazetteer | None) -> re.Pattern[str]:
    """No word at all: a number, with or without its unit."""
    units = "".join(f"|{re.escape(row['surface'])}" for row in counters.rows) if counters is not None else ""
    return re.compile(rf"{_FIGURES}(?:\W{units})*")


def dated(context: Context, header: Cell, dates: Sequence[Mention]) -> bool:
    """Whether a date fills most of a header, but for what stands in brackets there."""
    inside = [*dates_inside(dates, Span(header.start, header.end))]
    most = len(bare(header_text(context, header))) if inside else 0
    return any(2 * (date.span.end - date.span.start) >= most for date in inside)


def between(context: Context, table: Table, cell: Cell, dates: Sequence[Mention]) -> tuple[Cell, ...]:
    """The cell of words right before a number that stands behind the row's own header, in a column that has none of its own (国庫支出金
    behind 財源内訳, 達成率 behind an indicator's name)."""
    heads = table.row_headers(cell)
    beside = [c for c in table.in_row(cell.row) if c.column < cell.column and c.end > c.start and not c.heading]
    named = ((c, bare(header_text(context, c))) for c in beside)
    words = [
        c
        for c, text in named
        if any(map(str.isalpha, text)) and not is_number(context, c, text) and not dated(context, c, dates)
    ]
    if not heads or not words or words[-1].column < heads[-1].column:
        return ()
    above = [c for c in table.column_headers(words[-1]) if c.end > c.start]
    shared = table.column_headers(heads[-1])
    return (words[-1],) if not above or (shared and above[-1] == shared[-1]) else ()
