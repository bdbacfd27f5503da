"""What an expression leaves out as it is written: its year, its month, all but a word that counts from another date.

Takes a date value; gives yes or no. Does not know context.
"""

from __future__ import annotations

from pipeline.model import DatePoint, DateValue


def lacks_year(value: DateValue) -> bool:
    """Whether a month or day stands for itself: no year, and no word that counts from one."""
    return all(_lacks_year(point) for point in (value.start, value.end) if point is not None)


def _lacks_year(p: DatePoint) -> bool:
    return p.month is not None and p.year is None and p.short_year is None and not p.anchor and p.weekday is None


def counts_from_none(value: DateValue) -> bool:
    """Whether an expression only counts from a day or year told before it (同日, 前年度)."""
    points = (point for point in (value.start, value.end) if point is not None)
    return all(
        p.anchor != "" and p.month is None and p.day is None and (p.fiscal or p.anchor == "antecedent") for p in points
    )


def in_any_year(value: DateValue) -> bool:
    """Whether each end of an expression lacks its year or counts from one told before it (4月1日から翌年3月31日まで)."""
    points = (point for point in (value.start, value.end) if point is not None)
    return all(_lacks_year(point) or _counts_from_year(point) for point in points)


def is_day_alone(value: DateValue) -> bool:
    start = value.start
    return start is not None and start.day is not None and start.month is None and start.weekday is None


def _counts_from_year(point: DatePoint) -> bool:
    """Whether a month or day is told from a year before it (翌年3月31日)."""
    return point.anchor == "antecedent" and point.month is not None and point.relative is not None


def is_turn_of_year(value: DateValue) -> bool:
    """Whether a range without years or weekdays is the break at the turn of the year (12月29日から1月3日)."""
    start, end = value.start, value.end
    if start is None or end is None or not _lacks_year(start) or end.weekday is not None:
        return False
    return start.month == 12 and (start.day or 0) > 27 and end.month == 1 and 0 < (end.day or 0) < 7
