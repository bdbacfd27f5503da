"""EDTF (ISO 8601-2, level 1, the part that public documents need): what is one, and which days it covers.

Takes EDTF text; gives ISO days and precisions. Does not know how Japanese writes dates.
"""

from __future__ import annotations

import calendar
import re
from datetime import date
from functools import lru_cache
from typing import Literal

EdtfPrecision = Literal["day", "month", "season", "year", "decade", "century"]

_POINT = re.compile(
    r"(?:(?P<century>\d\d)XX|(?P<decade>\d{3})X|(?P<year>\d{4})(?:-(?P<season>2[1-4])|-(?P<month>\d\d)(?:-(?P<day>\d\d))?)?)"
    r"[~?%]?",
    re.ASCII,
)
#: first month of a season's three (JMA's seasons; winter runs into the next year)
_SEASON_STARTS = {"21": 3, "22": 6, "23": 9, "24": 12}


def is_edtf(text: str) -> bool:
    """Whether `text` is a possible date, month, season, year, decade, century or interval of these.

    >>> [is_edtf(text) for text in ("2020-02-29", "2020-04/2021-03", "../2019-05", "2023-24", "199X", "2022-01~")]
    [True, True, True, True, True, True]
    >>> [is_edtf(text) for text in ("2021-02-29", "2020-13", "2020-4", "2021/2020", "../..", "", "令和2年")]
    [False, False, False, False, False, False, False]
    """
    try:
        interval(text)
    except ValueError:
        return False
    return True


@lru_cache(maxsize=1 << 12)
def interval(edtf: str) -> tuple[str, str]:
    """First and last day that `edtf` covers, as ISO days, inclusive; "" where it is open. ValueError if it is not EDTF.

    A season is three calendar months: spring March to May, winter December to February of the next year.

    >>> interval("2021-04/2022-03")
    ('2021-04-01', '2022-03-31')
    >>> interval("2045/..")
    ('2045-01-01', '')
    >>> interval("2023-24"), interval("20XX")
    (('2023-12-01', '2024-02-29'), ('2000-01-01', '2099-12-31'))
    """
    first, slash, last = edtf.partition("/")
    if not slash:
        return _days(edtf)
    start = "" if first == ".." else _days(first)[0]
    end = "" if last == ".." else _days(last)[1]
    if not start and not end:
        raise ValueError(f"{edtf!r} is open at both ends")
    if start and end and (start > end or _days(first)[1] > end):
        raise ValueError(f"{edtf!r} ends before it starts")
    return start, end


@lru_cache(maxsize=1 << 12)
def precision(edtf: str) -> EdtfPrecision:
    """Precision of a point, or of an interval's finer end. A fiscal year is written as months: `month`.

    >>> precision("2020-02-07"), precision("2021-10/.."), precision("199X")
    ('day', 'month', 'decade')
    """
    order: tuple[EdtfPrecision, ...] = ("day", "month", "season", "year", "decade", "century")
    found = {_precision(end) for end in edtf.split("/") if end != ".."}
    for step in order:
        if step in found:
            return step
    raise ValueError(f"{edtf!r} is not an EDTF date")


def is_approximate(edtf: str) -> bool:
    """Whether an end is marked `~`: `2021-09~/2021-10~`."""
    return "~" in edtf


def _precision(point: str) -> EdtfPrecision:
    match = _match(point)
    for name in ("century", "decade", "season", "day", "month"):
        if match[name]:
            return name
    return "year"


def _days(point: str) -> tuple[str, str]:
    match = _match(point)
    if match["century"]:
        return _years(int(match["century"]) * 100, 100)
    if match["decade"]:
        return _years(int(match["decade"]) * 10, 10)
    year = int(match["year"])
    if match["season"]:
        start = _SEASON_STARTS[match["season"]]
        end_year, end_month = (year, start + 2) if start < 12 else (year + 1, 2)
        return date(year, start, 1).isoformat(), _month_end(end_year, end_month)
    if not match["month"]:
        return _years(year, 1)
    month = int(match["month"])
    if match["day"]:
        day = date(year, month, int(match["day"])).isoformat()
        return day, day
    return date(year, month, 1).isoformat(), _month_end(year, month)


def _match(point: str) -> re.Match[str]:
    match = _POINT.fullmatch(point)
    if match is None:
        raise ValueError(f"{point!r} is not an EDTF date")
    return match


def _years(first: int, count: int) -> tuple[str, str]:
    return date(first, 1, 1).isoformat(), date(first + count - 1, 12, 31).isoformat()


def _month_end(year: int, month: int) -> str:
    return date(year, month, calendar.monthrange(year, month)[1]).isoformat()
