"""EDTF of a date expression, complete or as written.

Takes `DatePoint`s; gives EDTF (ISO 8601-2, level 1). Does not know where a missing part could come from.
"""

from __future__ import annotations

from functools import lru_cache

from pipeline.model import DatePoint
from pipeline.text.calendar_jp import calendar_months, fiscal_months, part_days

#: stands in for a year that is not written, while the notation is made; a leap year, and so is no other it can come to
_SAMPLE = 2000
_APRIL = 4
_PRECISE_PARTS = ("上旬", "中旬", "下旬", "前半", "後半", "末")


@lru_cache(maxsize=1 << 12)
def point_edtf(point: DatePoint) -> tuple[str, str]:
    """First and last EDTF point that a complete point covers: the same one unless it is a period of its own.

    >>> point_edtf(DatePoint(2021, 10, 22)), point_edtf(DatePoint(2020, fiscal=True))
    (('2021-10-22', '2021-10-22'), ('2020-04', '2021-03'))
    >>> point_edtf(DatePoint(2020, 4, part="上旬"))
    ('2020-04-01', '2020-04-10')
    >>> point_edtf(DatePoint(2020, 1, fiscal=True))
    ('2021-01', '2021-01')

    Raises ValueError for a point without a year, or with a day without a month.
    """
    if point.year is None or (point.day is not None and point.month is None):
        raise ValueError(f"{point} is not complete")
    first, last = _ends(point, point.year)
    mark = "~" if point.approx or _is_vague(point) else ""
    return first + mark, last + mark


def joined(first: str, last: str) -> str:
    """One point or an interval; "" is an open end.

    >>> joined("2021", "2021"), joined("2021-04", ""), joined("", "2050")
    ('2021', '2021-04/..', '../2050')
    """
    return first if first == last else f"{first or '..'}/{last or '..'}"


@lru_cache(maxsize=1 << 12)
def written(point: DatePoint) -> tuple[str, str]:
    """The same as written: X for what is left out, `XX28` for a year without its era, `Y-1` for 昨年, `y+0` for 同年 (counted from an
    earlier date), `M+1`, `D+1` likewise.

    >>> written(DatePoint(month=7)), written(DatePoint(short_year=28, fiscal=True))
    (('XXXX-07', 'XXXX-07'), ('XX28-04', 'XX29-03'))
    >>> written(DatePoint(month=10, relative=-1, anchor="document"))
    ('Y-1-10', 'Y-1-10')
    """
    if point.year is not None and (point.day is None or point.month is not None):
        return point_edtf(point)
    if not _has_calendar(point):
        return "", ""
    if point.relative is not None and relative_unit(point) != "Y":
        unit = relative_unit(point)
        tail = f"-{point.day:02}" if point.day is not None else f"-{point.part}" if point.part else ""
        token = _counted(unit, point) + tail
        return token, token
    if point.month is None and point.day is not None:
        token = f"{_token(point, 0)}-XX-{point.day:02}" + ("~" if point.approx else "")
        return token, token
    first, last = _ends(point, _SAMPLE)
    mark = "~" if point.approx or _is_vague(point) else ""
    return _unsampled(first, point) + mark, _unsampled(last, point) + mark


def relative_unit(point: DatePoint) -> str:
    """What `relative` counts: Y, M or D; years where a month or season stands beside it, months where a day does."""
    if point.month is not None or point.season is not None or point.fiscal:
        return "Y"
    if point.day is not None or point.precision == "month":
        return "M"
    return "D" if point.precision in ("day", "time") else "Y"


def _unsampled(edtf: str, point: DatePoint) -> str:
    return _token(point, int(edtf[:4]) - _SAMPLE) + edtf[4:]


def _token(point: DatePoint, later: int) -> str:
    if point.short_year is not None:
        return f"XX{point.short_year + later:02}"
    if point.relative is not None:
        return _counted("FY" if point.fiscal else "Y", point._replace(relative=point.relative + later))
    return "XXXX"


def _counted(unit: str, point: DatePoint) -> str:
    return (unit.lower() if point.anchor == "antecedent" else unit) + f"{point.relative:+d}"


def _has_calendar(point: DatePoint) -> bool:
    return any(
        v is not None for v in (point.year, point.month, point.day, point.short_year, point.relative, point.season)
    ) or bool(point.part)


def _is_vague(point: DatePoint) -> bool:
    return point.part in ("初", "中")


def _ends(point: DatePoint, year: int) -> tuple[str, str]:
    if point.precision == "century":
        return (f"{year // 100:02}XX",) * 2
    if point.precision == "decade":
        return _decade(year, point.part)
    if point.season is not None:
        return (f"{year:04}-{point.season}",) * 2
    if point.month is None:
        return _year_ends(point, year)
    year += point.fiscal and point.month < _APRIL
    if point.day is not None:
        return (f"{year:04}-{point.month:02}-{point.day:02}",) * 2
    if point.part in _PRECISE_PARTS:
        return part_days(year, point.month, point.part)
    return (f"{year:04}-{point.month:02}",) * 2


def _decade(year: int, part: str) -> tuple[str, str]:
    if part == "前半":
        return f"{year:04}", f"{year + 4:04}"
    if part == "後半":
        return f"{year + 5:04}", f"{year + 9:04}"
    return (f"{year // 10:03}X",) * 2


def _year_ends(point: DatePoint, year: int) -> tuple[str, str]:
    if point.fiscal:
        match point.part:
            case "末":
                return (f"{year + 1:04}-03-31",) * 2
            case "初":
                return (f"{year:04}-04",) * 2
            case "前半" | "H1":
                return fiscal_months(year, "H1")
            case "後半" | "H2":
                return fiscal_months(year, "H2")
            case part:
                return fiscal_months(year, part if part[:1] == "Q" else "")
    match point.part:
        case "末":
            return (f"{year:04}-12-31",) * 2
        case "前半" | "H1":
            return calendar_months(year, "H1")
        case "後半" | "H2":
            return calendar_months(year, "H2")
        case part if part[:1] == "Q":
            return calendar_months(year, part)
    return (f"{year:04}",) * 2
