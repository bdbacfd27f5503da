"""The time that a number of running text is about: of its sentence, of the item or paragraph, of the heading, of the source.

Takes a context, a number's span and kind, and the resolved dates (sorted by span); gives a period. Does not look into tables.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from pipeline.engine.gazetteer import Gazetteer
from pipeline.model import Mention, Span
from pipeline.resolve.amount_budgets import goes_on, names_budget
from pipeline.resolve.amount_dates import YEARS, is_passing, is_subject, nearest_first, start_of
from pipeline.resolve.amount_figures import TIMELESS
from pipeline.resolve.amount_frames import of_heading, of_item
from pipeline.resolve.amount_periods import Period
from pipeline.resolve.context import Context
from pipeline.resolve.date_particles import one_of, particles
from pipeline.text.patterns import late

_OPENING = re.compile(r"[\s。]*[(（〔［]$")
#: 2023年度に実施した53事業
_DONE = late(
    r"[にで][^\s、。はがを0-9０-９]{1,10}(?:した|された|する|される|している|されている|った|いた|んだ)(?:延べ|の)?[\s　]*$"
)
_RANGE = re.compile(r"から|より|[〜～~－―-]")
_FROM = re.compile(r"(?:から|より)の?\s*(?:向こう)?")
_FIRST = re.compile(r"(?P<year>\d{4})(?P<fiscal>-04/\d{4}-03)?(?:$|/)")
_OF_CLAUSE = re.compile(r"、|に(?!(?:[^。]*?)[しりてでれきいち]、)")
_ON_THE_DAY = re.compile(r"に[^は、。]")
#: 2020年度に木材など108,200tを使い
_IN_YEAR = re.compile(r"に[^、，。はがも0-9０-９]{1,20}")
_TO_A_LENGTH = re.compile(r"(?:まで)?[の、（(\s]*$")
#: kinds of number that are about what their source covers where nothing else is said
OF_THE_SOURCE = ("money", "count", "percent")
_COUNTED = ("money", "count")


@dataclass(frozen=True, slots=True)
class _TimeWords:
    """What stands between a date and its number (令和4年度が312頭, 令和4年度末で71％, 昨年度、52万人), and what closes the brackets around a date."""

    between: re.Pattern[str]
    closed: re.Pattern[str]


@lru_cache(maxsize=4)
def _time_words(gazetteer: Gazetteer) -> _TimeWords:
    between, bracket = (
        one_of(row["surface"] for row in gazetteer.rows if place in row["place"].split("|"))
        for place in ("between", "bracket")
    )
    return _TimeWords(
        re.compile(
            rf"[\s　]*(?:{between})?[)）〕］]?(?:[がはにでの]|には|では)?[、，：:]?[\s　（(]*"
            r"(?:(?<=[\s　：:])[^\s　、。はがをにでの：:0-9０-９]{2,20}[\s　：:（(]+)?"
        ),
        re.compile(rf"(?:{bracket})?[)）〕］]"),
    )


def told_period(
    context: Context,
    number: Span,
    kind: str,
    years: int,
    labelled: bool,
    dates: Sequence[Mention],
    bounds: bool = False,
) -> Period:
    """The time of a number in running text.

    In this order: the nearest date of its sentence that says when (2023年には, 3月30日時点で), stands right before it (令和5年度1,826件)
    or belongs to the subject (令和5年の消費額が); the day in brackets behind it (（4月1日現在）); the day that its item begins with or
    names (日時：10月5日); the year of the subject of the sentences before; the heading's year or day; for sums, and for shares and counts
    that have a label, what the source covers. Lengths of time (`years` of them, 0 of others) have only the range that they are the length of, and the day as of which
    an age is, but one that `bounds` (18歳以上).
    """
    sentence = context.sentence(number)
    if kind in TIMELESS:
        ranged = _length_of(context, sentence, number, dates)
        if ranged is None and not bounds:
            ranged = _as_of(_behind(context, sentence, number, dates))
        return _period(ranged) if ranged is not None else _years_from(context, sentence, number, years, dates)
    found = _of_sentence(context, sentence, number, dates) or _behind(context, sentence, number, dates)
    if found is None and kind in OF_THE_SOURCE:
        found = next((d for d in nearest_first(dates, sentence.start, number.start) if names_budget(context, d)), None)
    if found is None and kind in _COUNTED:
        found = of_item(context, number, dates)
    found = found or goes_on(context, sentence, number, kind, dates) or of_heading(context, number, dates)
    if found is None and (kind == "money" or (labelled and kind in OF_THE_SOURCE)):
        return Period(context.statement.about if kind == "money" else context.statement.covers)
    return _period(found)


def _as_of(date: Mention | None) -> Mention | None:
    """A day as of which: 推定2歳（4月1日現在）."""
    return date if date is not None and date.columns.get("role") == "as_of" else None


def _period(date: Mention | None) -> Period:
    return Period(date.columns["edtf"], date.span) if date is not None else Period()


def _length_of(context: Context, sentence: Span, number: Span, dates: Sequence[Mention]) -> Mention | None:
    """The range that a length of time is the length of: 4月1日から4月30日までの30日間."""
    date = next(nearest_first(dates, sentence.start, number.start), None)
    text = context.document.text
    if date is None or not date.columns.get("edtf") or not _RANGE.search(date.span.cut(text)):
        return None
    return date if _TO_A_LENGTH.match(text[date.span.end : number.start]) else None


def _years_from(context: Context, sentence: Span, number: Span, years: int, dates: Sequence[Mention]) -> Period:
    """So many years from a year on: 平成17年度から10年間 is 2005-04/2015-03."""
    date = next(nearest_first(dates, sentence.start, number.start), None)
    if date is None or date.columns.get("precision") not in YEARS or not years:
        return Period()
    first = _FIRST.match(date.columns.get("edtf", ""))
    if first is None or not _FROM.fullmatch(context.document.text[date.span.end : number.start]):
        return Period()
    year = int(first["year"])
    end = f"{year}-04/{year + years}-03" if first["fiscal"] else f"{year}/{year + years - 1}"
    return Period(end, date.span)


def _of_sentence(context: Context, sentence: Span, number: Span, dates: Sequence[Mention]) -> Mention | None:
    for date in nearest_first(dates, sentence.start, number.start):
        if date.columns.get("edtf") and _says_when(context, date, number.start):
            return date
    return None


def _says_when(context: Context, date: Mention, end: int) -> bool:
    role = date.columns.get("role")
    text = context.document.text[date.span.end : end]
    if is_passing(context, date, end):
        return False
    if role in ("deadline", "start", "published", "approved"):
        return False
    if role == "as_of":
        return True
    if _time_words(context.gazetteers["time_words"]).between.fullmatch(text) and not (
        date.basis == "relative" and "の" in text
    ):
        return True
    if date.columns.get("precision") in YEARS and _DONE.match(text):
        return True
    if date.columns.get("precision") in YEARS and _opens(context, date) and _OF_CLAUSE.match(text):
        return True
    if date.columns.get("precision") in YEARS and _IN_YEAR.fullmatch(text):
        return True
    if date.columns.get("precision") == "day" and _ON_THE_DAY.match(text) and _opens(context, date):
        return True
    return bool(particles(context.gazetteers["date_particles"]).when.match(text)) or is_subject(context, date, end)


def _opens(context: Context, date: Mention) -> bool:
    """Whether a sentence begins with a date: 昨年、市内では…618件."""
    return context.sentence(date.span).start == date.span.start


def _behind(context: Context, sentence: Span, number: Span, dates: Sequence[Mention]) -> Mention | None:
    """The date in brackets right behind a number, the as-of day behind it in its sentence, or in brackets behind the sentence."""
    text = context.document.text
    at = bisect_left(dates, number.end, key=start_of)
    if at == len(dates):
        return None
    date = dates[at]
    opened = text[number.end : date.span.start].strip() in tuple("(（〔［")
    closed = _time_words(context.gazetteers["time_words"]).closed
    if opened and date.columns.get("edtf") and closed.match(text, date.span.end):
        return date
    if date.columns.get("role") != "as_of" or not date.columns.get("edtf"):
        return None
    inside = date.span.start < sentence.end and text[number.end : date.span.start].rstrip()[-1:] in tuple("(（〔［")
    following = sentence.end <= date.span.start and _OPENING.fullmatch(text[sentence.end : date.span.start])
    return date if inside or following else None
