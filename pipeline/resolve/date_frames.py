"""Which year a month or day without one belongs to, once it is known what it hangs on.

Takes a `Frame` (the period of a row, heading or sidecar, or an earlier date) and a `DatePoint`; gives the year, or None. Does not
search for frames.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from typing import Literal, NamedTuple

from pipeline.model import DatePoint, Span
from pipeline.text.calendar_jp import is_day, month_length, weekday
from pipeline.text.edtf import interval

#: how a frame gives a year: a `period` holds the date; a `point` shares its calendar year; a `list` goes on from the item before;
#: `near` is the date of a notice: what it tells of lies within half a year; `latest` is the day of publication
Kind = Literal["period", "point", "list", "near", "latest"]
_HALF_YEAR = 184
#: what is dated (4月1日付け人事異動) may be told so many days ahead
_DATED = 31
#: how much further off than it is a day in the past seems, where something is announced, and in bulletins and reports as a whole
_BACK = {"announced": 3, "bulletin": 2, "report": 1}
#: a year is taken without doubt where its day is so much nearer than that of the next one
_CLEARLY = 0.7


class Frame(NamedTuple):
    """`first` and `last` are ISO days, inclusive ("" where open); `antecedent` as in `Mention`; `monthly` where a month is named."""

    kind: Kind
    first: str
    last: str
    antecedent: Span | str
    monthly: bool = False


@lru_cache(maxsize=1 << 12)
def period(edtf: str, antecedent: Span | str, kind: Kind = "period") -> Frame | None:
    """The frame of a period as EDTF; each date asks for those of its document."""
    try:
        first, last = interval(edtf)
    except ValueError:
        return None
    return Frame(kind, first, last, antecedent)


def year_in(frame: Frame, point: DatePoint, tense: str = "") -> int | None:
    """The year of a point that has a month.

    `tense` (`past`, `future`, `announced`: what lies near) matters where the frame is the day of a notice or of publication; a
    written weekday decides there too.

    >>> year_in(Frame("period", "2016-04-01", "2017-03-31", ""), DatePoint(month=2))
    2017
    >>> year_in(Frame("latest", "2016-02-01", "2016-02-29", ""), DatePoint(month=10))
    2015
    """
    if point.month is None:
        return None
    match frame.kind:
        case "period":
            years = [year for year in years_of(frame) if _overlaps(frame, year, point)]
            if len(years) > 1:
                years = [year for year in years if _weekday_fits(year, point) and point.weekday is not None]
            return years[0] if len(years) == 1 else None
        case "point":
            year = int((frame.first or frame.last)[:4])
            return _by_weekday(year, point)
        case "list":
            year, month, day = (int(part) for part in frame.first.split("-"))
            wraps = (point.month, point.day or 31) < (month, day if point.day else 1)
            return year + int(wraps)
        case "near":
            return _nearest(frame, point, tense)
        case "latest":
            return _latest(frame, point, tense)


def years_of(frame: Frame) -> range:
    """The calendar years of a frame."""
    first = int(frame.first[:4]) if frame.first else int(frame.last[:4])
    last = int(frame.last[:4]) if frame.last else first
    return range(first, min(last, first + 60) + 1)


def _overlaps(frame: Frame, year: int, point: DatePoint) -> bool:
    first, last = _days(year, point)
    return bool(first) and (not frame.first or frame.first <= last) and (not frame.last or first <= frame.last)


def _days(year: int, point: DatePoint) -> tuple[str, str]:
    """First and last day of a month or day in a year; empty where there is no such day."""
    month = point.month or 1
    if point.day is not None:
        if not is_day(year, month, point.day):
            return "", ""
        return (f"{year:04}-{month:02}-{point.day:02}",) * 2
    return f"{year:04}-{month:02}-01", f"{year:04}-{month:02}-{month_length(year, month):02}"


def _weekday_fits(year: int, point: DatePoint) -> bool:
    if point.weekday is None or point.day is None or point.month is None:
        return True
    return is_day(year, point.month, point.day) and weekday(year, point.month, point.day) == point.weekday


def _by_weekday(year: int, point: DatePoint) -> int:
    if _weekday_fits(year, point):
        return year
    fitting = [other for other in (year + 1, year - 1) if _weekday_fits(other, point)]
    return fitting[0] if len(fitting) == 1 else year


def other_near(frame: Frame, point: DatePoint, tense: str) -> int:
    """The year that is nearly as near as the one that `year_in` gives for what a notice tells of, 0 where none is."""
    ranked = _by_distance(frame._replace(first=frame.last), point, tense)
    if len(ranked) < 2 or ranked[0][0] != ranked[1][0]:
        return 0
    return ranked[1][2] if ranked[0][1] > _CLEARLY * ranked[1][1] else 0


def _nearest(frame: Frame, point: DatePoint, tense: str) -> int | None:
    ranked = _by_distance(frame, point, tense)
    return ranked[0][2] if ranked else None


def _by_distance(frame: Frame, point: DatePoint, tense: str) -> list[tuple[bool, float, int]]:
    """The years around a frame, the likeliest first: whether something speaks against it, how far off it is, the year."""
    anchor = date.fromisoformat(frame.last or frame.first)
    found = []
    for year in (anchor.year - 1, anchor.year, anchor.year + 1):
        first, last = _days(year, point)
        if not first:
            continue
        start, end = date.fromisoformat(first), date.fromisoformat(last)
        away = 0 if start <= anchor <= end else min(abs((start - anchor).days), abs((end - anchor).days))
        against = (tense == "future" and end < anchor) or (tense == "past" and start > anchor)
        wrong = not _weekday_fits(year, point)
        found.append(
            (wrong, against and away > _HALF_YEAR // 6, away * (_BACK.get(tense, 1) if end < anchor else 1), year)
        )
    return [(wrong or against, away, year) for wrong, against, away, year in sorted(found)]


def _latest(frame: Frame, point: DatePoint, tense: str) -> int | None:
    if tense in _BACK:
        return _nearest(frame, point, tense)
    anchor_first, anchor_last = frame.first or frame.last, frame.last or frame.first
    year = int(anchor_last[:4])
    if tense == "future":
        years = [y for y in (year - 1, year, year + 1) if _days(y, point)[1] >= anchor_first]
        default = years[0] if years else None
    else:
        years = [y for y in (year + 1, year, year - 1) if _days(y, point)[0] and _days(y, point)[0] <= anchor_last]
        default = years[0] if years else None
    if tense == "dated":
        near = date.fromisoformat(anchor_last) + timedelta(days=_DATED)
        default = next((y for y in (year, year + 1) if anchor_last < _days(y, point)[0] <= near.isoformat()), default)
    if point.weekday is not None and default is not None and not _weekday_fits(default, point):
        past = [y for y in (year, year + 1, year - 1) if tense != "past" or _days(y, point)[0] <= anchor_last]
        fitting = [y for y in past if _weekday_fits(y, point)]
        return fitting[0] if fitting else default
    return default
