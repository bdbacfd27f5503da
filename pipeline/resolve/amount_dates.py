"""Dates before a number: the nearest one, and whether one belongs to the subject of its sentence.

Takes a context and the resolved dates (sorted by span). Does not know amounts.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from operator import attrgetter

from pipeline.model import Mention
from pipeline.resolve.context import Context
from pipeline.text.patterns import late

#: what dates are sorted by
start_of = attrgetter("span.start")
YEARS = ("year", "fiscal_year")
_OF_SUBJECT = late(
    r"の(?!前)(?:[^、。はがをにでと0-9０-９]|では(?=な)|による|における){1,24}(?:は|が|も|につ(?:き|いて)|といたしま|としま|におい|、)"
)
_NAMES_SUBJECT = late(
    r"(?!へ)(?:[^\s、。はがをにでと0-9０-９]|による|における){2,24}(?:は|が|も|につ(?:き|いて)|といたしま|としま|におい)"
)

#: a year in which something was done that is named behind: 令和6年度に実施された減税, 前年度において実施した工事
_PASSING = late(
    r"(?:に|において|で|から)(?:[^、。はがを\s]{0,16})(?:した|された|している|されている|する|される|った|んだ)(?=[一-龥ァ-ヶ])[^、。]*?(?:[^、。0-9０-９]{4,}|、)"
)


def is_passing(context: Context, date: Mention, end: int) -> bool:
    """Whether a date is only of something that is named in passing, further off from the number: 令和6年度に実施された減税の影響により3億円."""
    return (
        date.columns.get("precision") in YEARS and _PASSING.match(context.document.text, date.span.end, end) is not None
    )


def is_subject(context: Context, date: Mention, end: int) -> bool:
    """Whether a date belongs to the subject of its sentence (令和8年度の税収につきましては, 令和6年度一般会計予算について)."""
    text = context.document.text
    return _OF_SUBJECT.match(text, date.span.end, end) is not None or (
        date.columns.get("precision") in YEARS and _NAMES_SUBJECT.match(text, date.span.end, end) is not None
    )


def nearest_first(dates: Sequence[Mention], start: int, end: int) -> Iterator[Mention]:
    """The dates that lie wholly between two offsets, the last one first."""
    at = bisect_left(dates, end, key=start_of)
    while at > 0 and dates[at - 1].span.start >= start:
        at -= 1
        if dates[at].span.end <= end:
            yield dates[at]
