"""Japan's calendar as arithmetic: numerals of dates, era years, fiscal years, quarters, the parts of a month.

Takes numbers and short strings; gives numbers, ISO days and EDTF points. Does not know documents or which eras there are.
"""

from __future__ import annotations

import calendar
from datetime import date, timedelta

#: 月 is 0, as in `date.weekday()`
WEEKDAYS = "月火水木金土日"
_DIGITS = {c: n for n, c in enumerate("〇一二三四五六七八九")} | {"○": 0, "零": 0}
_FISCAL_START = 4
_MONTHS = (0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def numeral(text: str) -> int | None:
    """A number of a date in figures or kanji, with 十 or by place; 元 is 1. None where it is no number.

    >>> [numeral(t) for t in ("元", "31", "二十六", "二四", "十", "二〇二六", "2 019", "十十")]
    [1, 31, 26, 24, 10, 2026, 2019, None]
    """
    text = text.replace(" ", "")
    if text == "元":
        return 1
    if text.isascii():
        return int(text) if text.isdigit() else None
    if "十" not in text:
        places = [_DIGITS.get(c) for c in text]
        return int("".join(map(str, places))) if places and None not in places else None
    tens, _, ones = text.partition("十")
    if any(len(part) > 1 or (part and part not in _DIGITS) for part in (tens, ones)):
        return None
    return (_DIGITS[tens] if tens else 1) * 10 + (_DIGITS[ones] if ones else 0)


def is_day(year: int, month: int, day: int) -> bool:
    """Whether the proleptic Gregorian calendar has that day.

    >>> is_day(2024, 2, 29), is_day(2021, 2, 29)
    (True, False)
    """
    return 1 <= month <= 12 and 1 <= day <= month_length(year, month)


def month_length(year: int, month: int) -> int:
    """Days of a month of the proleptic Gregorian calendar; IndexError for a month that is none.

    >>> month_length(2024, 2), month_length(1900, 2), month_length(2021, 12)
    (29, 28, 31)
    """
    return 29 if month == 2 and calendar.isleap(year) else _MONTHS[month]


def weekday(year: int, month: int, day: int) -> int:
    """0 is Monday.

    >>> WEEKDAYS[weekday(2021, 10, 22)]
    '金'
    """
    return date(year, month, day).weekday()


def fiscal_year_of(year: int, month: int) -> int:
    """The fiscal year (1 April to 31 March) that a month lies in.

    >>> fiscal_year_of(2021, 3), fiscal_year_of(2021, 4)
    (2020, 2021)
    """
    return year if month >= _FISCAL_START else year - 1


def year_in_fiscal(fiscal_year: int, month: int) -> int:
    """The calendar year of a month of a fiscal year.

    >>> year_in_fiscal(2020, 12), year_in_fiscal(2020, 1)
    (2020, 2021)
    """
    return fiscal_year if month >= _FISCAL_START else fiscal_year + 1


def fiscal_months(fiscal_year: int, part: str = "") -> tuple[str, str]:
    """First and last month of a fiscal year or of its part: Q1-Q4, H1, H2.

    >>> fiscal_months(2020), fiscal_months(2020, "Q4"), fiscal_months(2020, "H1")
    (('2020-04', '2021-03'), ('2021-01', '2021-03'), ('2020-04', '2020-09'))
    """
    first, length = _part_months(part)
    return _month(fiscal_year, _FISCAL_START + first), _month(fiscal_year, _FISCAL_START + first + length - 1)


def calendar_months(year: int, part: str) -> tuple[str, str]:
    """First and last month of a quarter or half of a calendar year.

    >>> calendar_months(2020, "Q2")
    ('2020-04', '2020-06')
    """
    first, length = _part_months(part)
    return _month(year, 1 + first), _month(year, first + length)


def part_days(year: int, month: int, part: str) -> tuple[str, str]:
    """First and last day of a part of a month: 上旬 中旬 下旬 前半 後半 末.

    >>> part_days(2020, 2, "下旬"), part_days(2020, 3, "末")
    (('2020-02-21', '2020-02-29'), ('2020-03-31', '2020-03-31'))
    """
    last = month_length(year, month)
    first, end = {
        "上旬": (1, 10),
        "中旬": (11, 20),
        "下旬": (21, last),
        "前半": (1, 15),
        "後半": (16, last),
        "末": (last, last),
    }[part]
    return f"{year:04}-{month:02}-{first:02}", f"{year:04}-{month:02}-{end:02}"


def shifted_month(year: int, month: int, by: int) -> tuple[int, int]:
    """
    >>> shifted_month(2021, 12, 1)
    (2022, 1)
    """
    months = year * 12 + month - 1 + by
    return months // 12, months % 12 + 1


def shifted_day(day: str, by: int) -> str:
    """
    >>> shifted_day("2021-09-30", 1)
    '2021-10-01'
    """
    return (date.fromisoformat(day) + timedelta(days=by)).isoformat()


def _part_months(part: str) -> tuple[int, int]:
    if part[:1] == "Q":
        return 3 * (int(part[1]) - 1), 3
    if part[:1] == "H":
        return 6 * (int(part[1]) - 1), 6
    return 0, 12


def _month(year: int, month: int) -> str:
    return f"{year + (month - 1) // 12:04}-{(month - 1) % 12 + 1:02}"
