"""Amounts that may be another thing: what makes a careful reader look again, as issues.

Takes a context and an amount as understood; gives issues. Does not change an amount.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from pipeline.model import Issue, Mention, Span
from pipeline.resolve.amount_headers import header_kind
from pipeline.resolve.amount_notes import table_above
from pipeline.resolve.context import Context
from pipeline.text.numerals import read_numeral
from pipeline.text.patterns import late

#: a bare figure before a number, one blank between them
_FIGURE_BEFORE = late(r"(?:^|[\s\u3000])[△▲\-−－]?[0-9０-９][0-9０-９,，.．]*[ \u3000]+$")
_POINT = str.maketrans("．，０１２３４５６７８９", ".,0123456789")
_BLANKS = (" ", "\u3000")
#: a word goes on behind the counter that it was read with: 都市計画税, 人にやさしい
_GOES_ON = late(r"[一-龥々ァ-ヶー]|に[一-龥ぁ-んァ-ヶ]")
_BARE = re.compile(r"[△▲\-−－]?[ \u3000]?[0-9０-９,，.．]+[ \u3000]*")
#: a figure that ends a line of running text, the next line set full
_BROKEN, _LINE_END = late(r"[^\s\d０-９][0-9０-９，,]{1,12}\r?\n\Z"), 16
#: how far before a number a figure may begin, in characters
_REACH = 20


def amount_doubts(context: Context, amount: Mention) -> Iterator[Issue]:
    """`broken-number`: a number whose beginning may stand at the end of the line above. `doubtful-unit`: a figure in a row of bare ones that was read with the word behind it; a unit from a title that stands
    apart from its table, or from a note above another table; a decimal in thousands of yen, persons in yen."""
    text = context.document.text
    span = amount.span
    begun = text[span.start : span.start + 1].isdecimal() and context.cell(span) is None
    if begun and _BROKEN.search(text, max(span.start - _LINE_END, 0), span.start):
        message = "the line above ends with a figure: the number may begin there"
        yield Issue("broken-number", message, "warning", span.start, span.end)
    if amount.basis == "header":
        place, _, title = str(amount.antecedent).partition(":")
        unit = amount.columns["unit"]
        if place == "heading" and _stands_apart(context, amount, int(title)):
            yield _doubt(span, f"the unit {unit} is that of a title some lines above the table")
        if place == "caption" and _is_of_another(context, amount, int(title)):
            yield _doubt(span, f"the unit {unit} is that of a note above another table")
        if unit == "JPY" and place == "caption" and _may_count(context, span):
            yield _doubt(span, "the row names what may be counted: the sum may be their number")
        if unit == "JPY" and place == "caption" and _is_parted(span.cut(text), str(amount.columns["value"])):
            yield _doubt(span, "sums in thousands of yen have no decimals: it may be counted in something else")
        return
    if text[span.start - 1 : span.start] not in _BLANKS or amount.columns["kind"] != "count":
        return
    if not _FIGURE_BEFORE.search(text, max(span.start - _REACH, 0), span.start):
        return
    bare = _BARE.match(text, span.start, span.end)
    parted = bare is not None and bare[0][-1] in _BLANKS
    if bare is not None and (parted or _GOES_ON.match(text, span.end)):
        word = text[bare.end() : span.end]
        yield _doubt(span, f"{word} may begin what stands behind a row of figures, and be no unit")


def _stands_apart(context: Context, amount: Mention, title: int) -> bool:
    placed = context.cell(amount.span)
    first = placed[0].first.start if placed is not None and placed[0].first is not None else title
    above = context.blocks_before(Span(first, first + 1), 1)
    return bool(above) and above[0].start != title and not above[0].table_id


def _is_of_another(context: Context, amount: Mention, note: int) -> bool:
    """Whether the note stands above a table of another shape, with a title between that table and this one."""
    placed = context.cell(amount.span)
    if placed is None or (placed[0].caption is not None and placed[0].caption.start <= note):
        return False
    table, above = placed[0], table_above(context, placed[0])
    if above is None or above.first is None or table.first is None or note >= above.first.start:
        return False
    beside = context.blocks_before(Span(table.first.start, table.first.end), 1)
    titled = bool(beside) and not beside[0].table_id
    return titled and any(cell.heading for cell in table.in_row(0)) and above.width != table.width


def _may_count(context: Context, number: Span) -> bool:
    """Whether all that heads a number is a row of persons or things (審議会委員 1,216)."""
    placed = context.cell(number)
    if placed is None or placed[0].column_headers(placed[1]):
        return False
    return any(header_kind(context, header) == "count" for header in placed[0].row_headers(placed[1])[-1:])


def _is_parted(surface: str, value: str) -> bool:
    """Whether a number with decimals was multiplied by a thousand; a price in yen may have them (給水原価 314.83円)."""
    number = read_numeral("".join(surface.translate(_POINT).split()).lstrip("△▲-+−－（("))
    return number is not None and number % 1 != 0 and abs(Decimal(value)) == 1000 * number


def _doubt(span: Span, message: str) -> Issue:
    return Issue("doubtful-unit", message, "warning", span.start, span.end)
