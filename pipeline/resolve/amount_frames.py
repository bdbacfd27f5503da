"""The time that stands around a number's sentence: of its item, of the sentences before, of the headings.

Takes a context, a number's span and the resolved dates (sorted by span); gives a date or none. Does not read the number's own sentence.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from pipeline.model import Block, Mention, Span
from pipeline.resolve.amount_announcements import announcements
from pipeline.resolve.amount_dates import YEARS, is_subject, nearest_first, start_of
from pipeline.resolve.context import Context
from pipeline.text.patterns import late

#: how far back the sentences before reach, in characters; how many lines above an item's time may stand
_REACH, _LINES = 600, 6
#: how many above one that is a row of numbers
ROWS = 30
#: how long the word of a date's role is (現在)
_ROLE = 2
_LONGEST_TITLE = 60
#: between a sentence and the next
_NEXT = 3
_ENDING = " \u3000\r\n（()）〔〕［］【】"
_OF_A_BUDGET = ("money", "percent")
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


def goes_on(context: Context, sentence: Span, number: Span, kind: str, dates: Sequence[Mention]) -> Mention | None:
    """The year that the sentences before are about; none where the number's own sentence names a date. Of a budget that year goes on
    for sums and shares through the paragraphs that follow; of anything announced, for all numbers of its item."""
    block = context.block(number)
    if block is None or _absolute(dates, sentence.start, number.start) is not None:
        return None
    budget = kind in _OF_A_BUDGET
    reach = max(sentence.start - _REACH, 0)
    headings = context.headings(number)
    if headings:
        reach = max(reach, headings[0].end)
    if next(nearest_first(dates, reach, sentence.start), None) is None:
        return None
    if not budget:
        reach = max(reach, _item_of(context, number, block))
    words = announcements(context.gazetteers["announcements"])
    also = words.also.match(context.document.text, sentence.start) is not None
    for date in nearest_first(dates, reach, sentence.start):
        if date.basis == "relative":
            continue
        if date.columns.get("precision") not in YEARS or not date.columns.get("edtf") or "/.." in date.columns["edtf"]:
            return None
        told = context.sentence(date.span)
        if words.told.search(context.document.text, date.span.end, told.end):
            return date
        if not budget and date.span.start < block.start:
            return None
        of_budget = _of_budget(context, Span(date.span.end, told.end))
        known = (
            of_budget
            or (also and 0 <= sentence.start - told.end <= _NEXT)
            or (budget and date.span.start >= block.start)
        )
        return date if known and is_subject(context, date, told.end) else None
    return None


def _item_of(context: Context, number: Span, block: Block) -> int:
    """Where the item begins that a number's block belongs to: at a line with an item's mark."""
    for line in context.blocks_before(number, _LINES):
        if line.kind == "heading" or line.table_id:
            break
        block = line
        if _ITEM.match(context.document.text[line.start : line.start + 1]):
            break
    return block.start


def _of_budget(context: Context, span: Span) -> bool:
    words = context.gazetteers["budget_words"].surfaces
    text = span.cut(context.document.text)[:24]
    return any(word in text for word in words)


def of_heading(context: Context, number: Span, dates: Sequence[Mention]) -> Mention | None:
    """The year of what the nearest headings, or the document's title, report on (2023年度決算の概要), or the day as of which
    (（4月1日現在）)."""
    for heading in context.headings(number)[:3]:
        found = [date for date in nearest_first(dates, heading.start, heading.end) if date.columns.get("edtf")]
        if found:
            return _reported(context, heading, found)
    noted = _of_note(context, number, dates)
    if noted is not None or not context.document.blocks:
        return noted
    title = context.document.blocks[0]
    if title.end > number.start or title.end - title.start > _LONGEST_TITLE:
        return None
    return _reported(context, title, [d for d in nearest_first(dates, title.start, title.end) if d.columns.get("edtf")])


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
    return word in context.gazetteers["note_words"].surfaces or (not word and behind.rstrip().endswith("】"))


def _absolute(dates: Sequence[Mention], start: int, end: int) -> Mention | None:
    """The nearest date that is not told from another one: 前年度 is what a budget is compared with."""
    return next((date for date in nearest_first(dates, start, end) if date.basis != "relative"), None)
