"""What a sentence is about: the subject that says what its numbers are, and the time that it speaks of.

Takes a context, a number's span and kind, and the resolved dates (sorted by span); gives a label and a period. Does not look into tables.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from operator import attrgetter

from pipeline.model import Candidate, LabelValue, Mention, Span
from pipeline.resolve.amount_headers import header_kind
from pipeline.resolve.amount_periods import Period
from pipeline.resolve.context import Context
from pipeline.resolve.date_particles import particles

#: lengths of time and rates are about no time of their own
_TIMELESS = ("duration", "frequency")
_OPENING = re.compile(r"[\s。]*[(（〔［]$")
_OF_SUBJECT = re.compile(
    r"の(?:[^、。はがをにでと0-9０-９]|では(?=な)){1,24}(?:は|が|につ(?:き|いて)|といたしま|としま|におい|、)"
)
#: how far back the sentences before reach, in characters
_REACH = 240
_OF_A_BUDGET = ("money", "percent")
_YEARS = ("year", "fiscal_year")
_start = attrgetter("span.start")


def topic(context: Context, number: Span, kind: str) -> Candidate | None:
    """The nearest subject before a number in its sentence, where it is something measured of that kind (市民税は…1億円); a per cent
    may be the change of anything measured (市民税は3％の増). The subject of a clause that gives a reason (経費が増となったことにより) is
    none of the number's."""
    sentence = context.sentence(number)
    if number.start <= sentence.start:
        return None
    subjects = [
        label
        for label in context.inside("label", Span(sentence.start, number.start))
        if label.rule_id.endswith(".topic") and (kind == "percent" or header_kind(context, label.span) == kind)
    ]
    return next((subject for subject in reversed(subjects) if not _gives_reason(context, subject, number)), None)


def _gives_reason(context: Context, subject: Candidate, number: Span) -> bool:
    behind = context.document.text[subject.span.end : number.start]
    ends = context.gazetteers.get("clause_ends")
    return behind.startswith("が") and ends is not None and any(word in behind for word in ends.surfaces)


def topic_label(subject: Candidate) -> str:
    assert isinstance(subject.value, LabelValue)
    return subject.value.text


def told_period(context: Context, number: Span, kind: str, dates: Sequence[Mention]) -> Period:
    """The time of a number in running text.

    The nearest date of its sentence that says when (2023年には, 3月30日時点で), stands right before it (令和5年度1,826件) or belongs to
    the subject (令和5年の消費額が); the day in brackets behind the sentence (（4月1日現在）); for money and its shares, the year of the
    subject of the sentences before, or of the heading's budget, while no other date comes between.
    """
    if kind in _TIMELESS:
        return Period()
    sentence = context.sentence(number)
    found = _of_sentence(context, sentence, number, dates) or _behind(context, sentence, number, dates)
    if found is None and kind in _OF_A_BUDGET:
        found = _goes_on(context, sentence, number, dates) or _of_heading(context, number, dates)
    return Period(found.columns["edtf"], found.span) if found is not None else Period()


def _of_sentence(context: Context, sentence: Span, number: Span, dates: Sequence[Mention]) -> Mention | None:
    for date in _nearest_first(dates, sentence.start, number.start):
        if date.columns.get("edtf") and _says_when(context, date, number.start):
            return date
    return None


def _goes_on(context: Context, sentence: Span, number: Span, dates: Sequence[Mention]) -> Mention | None:
    """The year that the sentences before, in the same paragraph, are about; none where the number's own sentence names a date."""
    block = context.block(number)
    if block is None or _absolute(dates, sentence.start, number.start) is not None:
        return None
    date = _absolute(dates, max(block.start, sentence.start - _REACH), sentence.start)
    if date is None or not date.columns.get("edtf") or date.columns.get("precision") not in _YEARS:
        return None
    return date if _subject(context, date, sentence.start) else None


def _of_heading(context: Context, number: Span, dates: Sequence[Mention]) -> Mention | None:
    """The fiscal year of the budget or accounts that the nearest heading names (2023年度決算の概要)."""
    for heading in context.headings(number)[:2]:
        words = context.gazetteers["budget_words"].surfaces
        if any(word in context.document.text[heading.start : heading.end] for word in words):
            found = [
                d for d in _nearest_first(dates, heading.start, heading.end) if d.columns.get("precision") in _YEARS
            ]
            return found[0] if len(found) == 1 else None
    return None


def _says_when(context: Context, date: Mention, end: int) -> bool:
    role = date.columns.get("role")
    if role in ("deadline", "start", "published", "approved"):
        return False
    text = context.document.text[date.span.end : end]
    if text.startswith("、") and date.columns.get("precision") in _YEARS and _opens(context, date):
        return True
    if role == "as_of" or not text.strip(" \u3000\n（(）)"):
        return True
    return bool(particles(context.gazetteers["date_particles"]).when.match(text)) or _subject(context, date, end)


def _opens(context: Context, date: Mention) -> bool:
    """Whether a sentence begins with a date: 昨年、市内では…618件."""
    return context.sentence(date.span).start == date.span.start


def _subject(context: Context, date: Mention, end: int) -> bool:
    """Whether a date belongs to the subject of its sentence (令和8年度の税収につきましては)."""
    return _OF_SUBJECT.match(context.document.text, date.span.end, end) is not None


def _behind(context: Context, sentence: Span, number: Span, dates: Sequence[Mention]) -> Mention | None:
    """The as-of day in brackets behind a number in its sentence, or right behind the sentence."""
    text = context.document.text
    at = bisect_left(dates, number.end, key=_start)
    if at == len(dates):
        return None
    date = dates[at]
    if date.columns.get("role") != "as_of" or not date.columns.get("edtf"):
        return None
    inside = date.span.start < sentence.end and text[number.end : date.span.start].rstrip()[-1:] in tuple("(（〔［")
    following = sentence.end <= date.span.start and _OPENING.fullmatch(text[sentence.end : date.span.start])
    return date if inside or following else None


def _absolute(dates: Sequence[Mention], start: int, end: int) -> Mention | None:
    """The nearest date that is not told from another one: 前年度 is what a budget is compared with."""
    return next((date for date in _nearest_first(dates, start, end) if date.basis != "relative"), None)


def _nearest_first(dates: Sequence[Mention], start: int, end: int) -> Iterator[Mention]:
    at = bisect_left(dates, end, key=_start)
    while at > 0 and dates[at - 1].span.start >= start:
        at -= 1
        if dates[at].span.end <= end:
            yield dates[at]
