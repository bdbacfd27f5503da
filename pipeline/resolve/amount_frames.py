"""The time that stands around a number's sentence: of its item, of the sentences before, of the headings.

Takes a context, a number's span and the resolved dates (sorted by span); gives a date or none. Does not read the number's own sentence.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from pipeline.model import Block, Mention, Span
from pipeline.resolve.amount_dates import YEARS, nearest_first, start_of
from pipeline.resolve.context import Context
from pipeline.text.patterns import late

#: how far back the sentences before reach, in characters; how many lines above an item's time may stand
_REACH, _LINES = 600, 6
#: how many above one that is a row of numbers
ROWS = 30
#: how long the word of a date's role is (現在)
_ROLE = 2
_LONGEST_TITLE = 60
_ENDING = " \u3000\r\n（()）〔〕［］【】"
_EVENT_WORDS = late(r"^[\s・◇◆○●□■◎【〔\[]*(?P<word>[^\s：:／/】〕\]　]{1,6})[\s：:／/】〕\]　]+")
_ITEM = re.compile(r"^[□■◆◇●○◎☆★【]")
#: a day that begins an item: 11月9日、13時から。
_SETS = late(r"[\s。(（]|[、，][0-9０-９(（①-⑨午正]|$")


def of_item(context: Context, number: Span, dates: Sequence[Mention]) -> Mention | None:
    """The day on which something listed takes place: the one that its lines begin with, or that one of them names as its time."""
    block = context.block(number)
    if block is None or block.kind == "cell" or not _near(context, number, dates):
        return None
    words = context.gazetteers["period_words"].surfaces
    for line in (block, *context.blocks_before(number, _LINES)):
        text = context.document.text[line.start : line.end]
        if line.kind == "heading" or line.table_id:
            return None
        found = _days(dates, line)
        if not found:
            if _ITEM.match(text):
                return None
            continue
        label = _EVENT_WORDS.match(text)
        start = line.start + (label.end() if label is not None and label["word"] in words else 0)
        inside = [date for date in found if date.span.start >= start]
        if (
            inside
            and not context.document.text[start : inside[0].span.start].strip()
            and (line == block or start > line.start)
        ):
            first = inside[0]
            if line != block and _EVENT_WORDS.match(context.document.text[block.start : block.end]) is None:
                return None
            opens = start > line.start or _SETS.match(context.document.text, first.span.end)
            return first if _alone(inside) and first.span.end <= number.start and opens else None
        if _ITEM.match(text):
            return None
    return None


def in_row(context: Context, number: Span) -> bool:
    """Whether a number stands in a line of several that is no sentence."""
    block = context.block(number)
    if block is None or context.document.text[block.start : block.end].rstrip().endswith("。"):
        return False
    return len(context.inside("amount", block.span)) > 1


def _near(context: Context, number: Span, dates: Sequence[Mention], reach: int = _LINES) -> bool:
    """Whether there is a date at all from the lines above that are looked at to the number."""
    at = bisect_left(dates, number.start, key=start_of)
    if at == 0:
        return False
    lines = context.blocks_before(number, reach)
    block = lines[-1] if lines else context.block(number)
    return block is not None and dates[at - 1].span.start >= block.start


def _days(dates: Sequence[Mention], line: Block) -> list[Mention]:
    at = bisect_left(dates, line.start, key=start_of)
    found = []
    while at < len(dates) and dates[at].span.end <= line.end:
        found.append(dates[at])
        at += 1
    return [date for date in found if date.columns.get("edtf")]


def _alone(days: Sequence[Mention]) -> bool:
    """Whether the first of a line's days stands in no list of days."""
    first = days[0]
    if first.columns.get("precision") not in ("day", "month", "time"):
        return False
    near = [day for day in days[1:] if day.span.start - first.span.end <= 4]
    return all(day.columns["edtf"] == first.columns["edtf"] for day in near)


def of_heading(context: Context, number: Span, dates: Sequence[Mention]) -> Mention | None:
    """The year of what the nearest headings, or the document's title, report on (2023年度決算の概要), or the day as of which
    (（4月1日現在）)."""
    for heading in context.headings(number)[:3]:
        found = _named(dates, heading)
        if found:
            return _reported(context, heading, found)
    noted = _of_note(context, number, dates)
    if noted is not None or not context.document.blocks:
        return noted
    title = context.document.blocks[0]
    if title.end > number.start or title.end - title.start > _LONGEST_TITLE:
        return None
    return _reported(context, title, _named(dates, title))


def _named(dates: Sequence[Mention], line: Block) -> list[Mention]:
    """The dates of a line that are not told from another one (前年比2.9％減)."""
    found = nearest_first(dates, line.start, line.end)
    return [
        date
        for date in found
        if date.columns.get("edtf") and not (date.basis == "relative" and date.span.start > line.start)
    ]


def _reported(context: Context, heading: Block, found: Sequence[Mention]) -> Mention | None:
    if len(found) != 1:
        return None
    if found[0].columns.get("role") == "as_of":
        return found[0] if not _of_number(context, heading, found[0]) else None
    words = context.gazetteers["report_words"].surfaces
    behind = context.document.text[found[0].span.end : heading.end]
    if _is_noted(context, behind):
        return found[0]
    return found[0] if found[0].columns.get("precision") in YEARS and any(word in behind for word in words) else None


def _of_note(context: Context, number: Span, dates: Sequence[Mention]) -> Mention | None:
    """The date that is the whole line above, or the day as of which, in brackets at the end of a line above (接種の状況（1月31日現在）)."""
    reach = ROWS if in_row(context, number) else _LINES
    if not _near(context, number, dates, reach):
        return None
    for steps, line in enumerate(context.blocks_before(number, reach)):
        text = context.document.text[line.start : line.end]
        if text.endswith("。") or line.table_id:
            return None
        last = next(nearest_first(dates, line.start, line.end), None)
        if last is None or not last.columns.get("edtf"):
            continue
        if steps == 0 and line.span.end - last.span.end <= _ROLE and last.span.start == line.start:
            return last
        if text.endswith(("）", ")", "〕", "］")) and last.columns.get("role") == "as_of":
            return last if not _of_number(context, line, last) else None
        if _is_noted(context, context.document.text[last.span.end : line.end]):
            return last
    return None


def _of_number(context: Context, line: Block, date: Mention) -> bool:
    """Whether a line's date is that of the line's own numbers: 18歳以上30歳未満（4月1日現在）."""
    return bool(context.inside("amount", Span(line.start, date.span.start)))


def _is_noted(context: Context, behind: str) -> bool:
    """Whether a line ends with a date of which it says no more than that what follows is of then: ◎8月分, （5月7日発表分）, 【…8月8日】."""
    word = behind.strip(_ENDING)
    closed = behind.rstrip().endswith(("】", "）", ")"))
    return word in context.gazetteers["note_words"].surfaces or (not word and closed)
