"""What the weekdays of a document say of its year, where they contradict the day of publication that it is said to have.

Takes a context; gives a month as EDTF, or "". Does not complete dates. A file's own date may be that of its last saving; a dozen
weekdays written beside days do not lie.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from pipeline.model import DatePoint, DateValue
from pipeline.resolve.context import Context
from pipeline.text.calendar_jp import is_day, shifted_month, weekday
from pipeline.text.edtf import interval

#: fewer weekdays may be misprints; years looked at before and behind the day of publication
_LEAST, _BEFORE, _BEHIND = 6, 12, 1
_Day = tuple[int, int, int]


def told_by_weekdays(context: Context) -> str:
    """The month (`2020-02`) in the middle of the twelve in which the weekdays of the document's days without a year are right.

    "" where the twelve months around the day of publication are as good, where fewer than four in five are right in any, or where two
    years are equally good.
    """
    published = _month(context.statement.published)
    if published is None or context.statement.covers:
        return ""
    days = set(_days(context))
    if len(days) < _LEAST:
        return ""
    year, month = published
    scores = Counter({start: _fitting(days, start) for start in _starts(year)})
    around = max(scores[start] for start in scores if start <= (year, month) <= shifted_month(*start, 12))
    best = max(scores.values())
    starts = sorted(start for start in scores if scores[start] == best)
    if 2 * around >= len(days) or 5 * best < 4 * len(days) or starts[-1] > shifted_month(*starts[0], 11):
        return ""
    months = sorted(_in_window(day, starts[0]) for day in days)
    year, month = months[len(months) // 2]
    return f"{year:04}-{month:02}"


def _days(context: Context) -> Iterator[_Day]:
    """Month, day and weekday of the points that lack a year."""
    for candidate in context.of_kind("date"):
        if isinstance(candidate.value, DateValue):
            for point in (candidate.value.start, candidate.value.end):
                if point is not None and _is_asked(point):
                    yield point.month or 0, point.day or 0, point.weekday or 0


def _is_asked(point: DatePoint) -> bool:
    written = point.month is not None and point.day is not None and point.weekday is not None
    return written and point.year is None and point.short_year is None and not point.anchor and not point.wrong


def _month(edtf: str) -> tuple[int, int] | None:
    try:
        last = interval(edtf)[1] if edtf else ""
    except ValueError:
        return None
    return (int(last[:4]), int(last[5:7])) if last else None


def _starts(year: int) -> Iterator[tuple[int, int]]:
    """First months of the windows of twelve months that are looked at."""
    return ((y, m) for y in range(year - _BEFORE, year + _BEHIND + 1) for m in range(1, 13))


def _in_window(day: _Day, start: tuple[int, int]) -> tuple[int, int]:
    year, month = start
    return (year if day[0] >= month else year + 1), day[0]


def _fitting(days: set[_Day], start: tuple[int, int]) -> int:
    found = ((*_in_window(day, start), day[1], day[2]) for day in days)
    return sum(is_day(y, m, d) and weekday(y, m, d) == shown for y, m, d, shown in found)
