"""The year that a budget, or anything announced, is of, for the numbers of the sentences that follow.

Takes a context, a number's span and the resolved dates (sorted by span); gives a date or none. Does not read the headings.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from pipeline.engine.gazetteer import Gazetteer
from pipeline.model import Block, Mention, Span
from pipeline.resolve.amount_announcements import announcements
from pipeline.resolve.amount_dates import YEARS, is_passing, is_subject, nearest_first
from pipeline.resolve.context import Context
from pipeline.resolve.date_particles import one_of

#: kinds of number that are of a budget's year through the paragraphs that follow
OF_A_BUDGET = ("money", "percent")
#: how far back the sentences before reach, in characters, those of a budget, and how many lines above an item may begin
_REACH, _BUDGET_REACH, _LINES = 600, 4000, 6
#: between a sentence and the next
_NEXT = 3
_ITEM = re.compile(r"^[□■◆◇●○◎☆★【]")
#: a year with which one is compared, or from which something comes
_COMPARED = re.compile(r"[^、。]{0,6}(?:と比|に比|より|から|を上回|を下回)")
_OF_ANOTHER = ("deadline", "start", "published", "approved")


def goes_on(context: Context, sentence: Span, number: Span, kind: str, dates: Sequence[Mention]) -> Mention | None:
    """The year that the sentences before are about; none where the number's own sentence names another one. Of a budget that year goes on
    for sums and shares through the paragraphs that follow; of anything announced, for all numbers of its item."""
    block = context.block(number)
    if block is None or _own(context, dates, sentence.start, number.start) is not None:
        return None
    budget = kind in OF_A_BUDGET
    reach = _reach(context, number, sentence, block, budget)
    if next(nearest_first(dates, reach, sentence.start), None) is None:
        return None
    words = announcements(context.gazetteers["announcements"])
    also = words.also.match(context.document.text, sentence.start) is not None
    for date in nearest_first(dates, reach, sentence.start):
        told = context.sentence(date.span)
        if date.basis == "relative" or (budget and _is_aside(context, date, told.end)):
            continue
        if date.columns.get("precision") not in YEARS or not date.columns.get("edtf") or "/.." in date.columns["edtf"]:
            return None
        if words.told.search(context.document.text, date.span.end, told.end) or (
            budget and names_budget(context, date)
        ):
            return date
        if not budget and date.span.start < block.start:
            return None
        known = (also and 0 <= sentence.start - told.end <= _NEXT) or (budget and date.span.start >= block.start)
        near = sentence.start - date.span.end <= _REACH
        known = near and (known or _of_budget(context, Span(date.span.end, told.end)))
        if is_subject(context, date, told.end):
            return date if known else None
        if not budget:
            return None
    return None


def names_budget(context: Context, date: Mention) -> bool:
    """Whether a year is that of a budget or its settlement (令和6年度当初予算でございまして), which is not what another one is compared with."""
    if date.columns.get("precision") != "fiscal_year" or date.basis == "relative":
        return False
    named = _budget(context.gazetteers["budget_words"]).match(context.document.text, date.span.end)
    return named is not None and _COMPARED.match(context.document.text, named.end()) is None


def _reach(context: Context, number: Span, sentence: Span, block: Block, budget: bool) -> int:
    reach = max(sentence.start - (_BUDGET_REACH if budget else _REACH), 0)
    headings = context.headings(number)
    if headings:
        reach = max(reach, headings[0].end)
    if not budget:
        return max(reach, _item_of(context, number, block))
    speakers = announcements(context.gazetteers["announcements"]).speaker
    return max(
        (begun.start() for begun in speakers.finditer(context.document.text, reach, sentence.start)), default=reach
    )


def _is_aside(context: Context, date: Mention, end: int) -> bool:
    """Whether a date among the sentences of a budget is not what they are about: a day, a deadline, a year in passing or compared with."""
    if date.columns.get("precision") not in YEARS or date.columns.get("role") in _OF_ANOTHER:
        return True
    if is_passing(context, date, end):
        return True
    named = _budget(context.gazetteers["budget_words"]).match(context.document.text, date.span.end)
    return _COMPARED.match(context.document.text, named.end() if named is not None else date.span.end) is not None


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


def _own(context: Context, dates: Sequence[Mention], start: int, end: int) -> Mention | None:
    """The nearest date before a number that is neither told from another one (前年度 is what a budget is compared with) nor an aside."""
    found = (date for date in nearest_first(dates, start, end) if date.basis != "relative")
    return next((date for date in found if not is_passing(context, date, end)), None)


@lru_cache(maxsize=4)
def _budget(gazetteer: Gazetteer) -> re.Pattern[str]:
    return re.compile(
        rf"(?:における|の)?[^\s、。はがをにで]{{0,16}}?(?:{one_of(row['surface'] for row in gazetteer.rows)})(?:案|書|額|の総額)*"
    )
