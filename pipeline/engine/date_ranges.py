"""The right end of a range, completed from the left one: both stand in one expression, so no context is needed.

Takes two `DatePoint`s; gives the right one with what it shares with the left. Does not know words or rules.
"""

from __future__ import annotations

from pipeline.model import DatePoint
from pipeline.text.calendar_jp import is_day, shifted_month

#: a range of so many years may be written with two figures at its end
_LONGEST = 30


def completed_right(left: DatePoint, right: DatePoint) -> DatePoint:
    """The earliest reading of the right end that is not before the left one; what the left lacks stays open.

    >>> end = completed_right(DatePoint(2019, 12, 29), DatePoint(month=1, day=3))
    >>> end.year, end.month, end.day
    (2020, 1, 3)
    >>> completed_right(DatePoint(2020, 1, 14), DatePoint(day=16)).month
    1
    """
    if right.wrong or right.year is not None:
        return right
    if right.short_year is not None:
        return _of_century(left, right)
    if right.anchor in ("document", "speaker"):
        return right
    if right.month is None and right.day is not None and left.month is not None:
        year, month = left.year, left.month
        ahead = right.relative if right.relative is not None else int(left.day is not None and right.day < left.day)
        base = year if year is not None else 2000
        shifted = shifted_month(base, month, ahead)
        if not is_day(*shifted, right.day):
            return right._replace(wrong="day")
        return right._replace(
            year=None if year is None else shifted[0],
            month=shifted[1],
            relative=None,
            anchor="",
            calendar=left.calendar,
        )
    if left.year is None:
        return right
    if right.month is None:
        if right.relative is None or right.day is not None:
            return right
        return right._replace(year=left.year + right.relative, relative=None, anchor="")
    if right.relative is not None:
        later = right.relative
    else:
        later = int((right.month, right.day or 0) < (left.month or 0, (left.day or 0) if right.day else 0))
    year = left.year + later
    if right.day is not None and not is_day(year, right.month, right.day):
        return right._replace(wrong="day")
    return right._replace(year=year, relative=None, anchor="", calendar=left.calendar)


def _of_century(left: DatePoint, right: DatePoint) -> DatePoint:
    """A right end of two figures behind a Western year counts on in its century (2005年4月2日～06年4月1日)."""
    if left.year is None or left.calendar != "gregorian" or right.short_year is None:
        return right
    year = left.year - left.year % 100 + right.short_year
    return right._replace(year=year, short_year=None) if left.year <= year <= left.year + _LONGEST else right
