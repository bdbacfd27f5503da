"""Dates as written: eras, calendar parts and clock times to a `DateValue`.

Takes a match of a rule; gives the value and problems. Does not know context.
"""

from __future__ import annotations

from pipeline.engine.date_edtf import joined, written
from pipeline.engine.date_points import read_clock, read_point
from pipeline.engine.date_ranges import completed_right
from pipeline.engine.reading import Match, Reading
from pipeline.model import Candidate, DatePoint, DateValue
from pipeline.text.calendar_jp import numeral

_LOST_WAVE = ("repaired", "a question mark stands where a wave was lost")


def read_date(match: Match) -> Reading | None:
    """A single expression, or one that a composed rule builds on another (`open: start` is behind it, `open: end` before it)."""
    inner = match.inner.get("date")
    if inner is not None:
        return _built(inner, match)
    point, problems = read_point(match.groups, match.gazetteers)
    if point is None or _is_impossible_alone(point):
        return None
    if match.groups.get("wanted") == "improper" and (point.month or 0) <= (point.day or 0):
        return None
    end_time, time_wrong = read_clock(_afternoon(match))
    if time_wrong:
        problems.append(("impossible-date", "there is no such time"))
    if "?" in match.surface:
        problems.append(_LOST_WAVE)
    if match.groups.get("decade_era") and point.year is not None:
        first = point.year + 5 * (point.part == "後半")
        last = point.year + (4 if point.part == "前半" else 9)
        ends = (point._replace(year=year, part="", precision="year") for year in (first, last))
        return Reading(DateValue(next(ends), next(ends), range=True), tuple(problems))
    if match.groups.get("open") == "start":
        return Reading(DateValue(None, point, range=True), tuple(problems))
    if match.groups.get("open") == "end":
        return Reading(DateValue(point, None, range=True), tuple(problems))
    return Reading(DateValue(point, end_time=end_time, role=_listed(match)), tuple(problems))


def read_date_range(match: Match) -> Reading | None:
    """Two ends: of candidates (`{@date}`, `{@date:end}`), or of groups of which the right end's names end in `_end`."""
    first, last = match.inner.get("date"), match.inner.get("date_end")
    if first is not None and last is not None:
        left, right = _single(first), _single(last) or _with_hours(last)
        if left is not None and right is not None and not left.time and (hours := _hours(last)):
            left, right = left._replace(time=right.time), right._replace(time=hours)
        if left is None or right is None or _is_clock(left) != _is_clock(right):
            return None
        lost = (_LOST_WAVE,) if match.groups.get("lost_wave") else ()
        return Reading(DateValue(left, completed_right(left, right), range=True), lost)
    shared = {name: text for name, text in match.groups.items() if not name.endswith("_end")}
    ends = {name: text for name, text in match.groups.items() if name.endswith("_end")}
    left_point, problems = read_point(shared, match.gazetteers)
    right_point, more = read_point(ends, match.gazetteers, "_end")
    if left_point is None or right_point is None or _is_impossible_alone(left_point):
        return None
    right_point = _short_end(left_point, right_point, match)
    if match.groups.get("part_end"):
        right_point = left_point._replace(part=right_point.part)
    fiscal = left_point.fiscal or right_point.fiscal
    approx = left_point.approx or right_point.approx
    left_point = left_point._replace(fiscal=fiscal, approx=approx, precision=right_point.precision)
    right_point = right_point._replace(fiscal=fiscal, approx=approx)
    if fiscal and right_point.precision == "year":
        left_point = left_point._replace(precision="fiscal_year")
        right_point = right_point._replace(precision="fiscal_year")
    if match.groups.get("wanted") == "ascending" and not _ascending(left_point, right_point):
        return None
    if match.groups.get("decade_era") and right_point.year is not None:
        right_point = right_point._replace(year=right_point.year + 9)
    right_point = completed_right(left_point, right_point)
    if "?" in match.surface:
        problems.append(_LOST_WAVE)
    return Reading(DateValue(left_point, right_point, range=True, role=_listed(match)), tuple(problems + more))


def date_notation(value: DateValue) -> str:
    """EDTF with X for what is left out; clock times behind a T.

    >>> date_notation(DateValue(None, DatePoint(month=5, precision="month"), range=True))
    '../XXXX-05'
    >>> date_notation(DateValue(DatePoint(2021, 10, 27, time="13:30"), end_time="16:30"))
    '2021-10-27T13:30/16:30'
    """
    first, first_last = written(value.start) if value.start else ("", "")
    last = written(value.end)[1] if value.end else ("" if value.range else first_last)
    wrong = (value.start and value.start.wrong) or (value.end and value.end.wrong)
    text = "!" if wrong else joined(first, last) if first or last else ""
    times = [t for t in (value.start.time if value.start else "", value.end.time if value.end else value.end_time) if t]
    return text + ("T" + "/".join(times) if times else "")


def _short_end(left: DatePoint, right: DatePoint, match: Match) -> DatePoint:
    """平成27～29年度, 2021-22年度: a year of two figures counts on in the era or century of the left end."""
    if right.short_year is None or left.year is None:
        return right
    era_year = numeral(match.groups.get("era_year", ""))
    year = left.year - era_year + right.short_year if era_year else left.year - left.year % 100 + right.short_year
    return right._replace(year=year, short_year=None, calendar=left.calendar)


def _built(inner: Candidate, match: Match) -> Reading | None:
    point = _single(inner)
    if point is None or _is_clock(point):
        return None
    part = match.groups.get("open_part")
    if part:
        rows = match.gazetteers["date_parts"].surfaces[part]
        if point.day is not None or point.part or point.precision in ("decade", "century", "season"):
            return None
        return Reading(
            DateValue(point._replace(part=rows[0]["part"], approx=point.approx or bool(match.groups.get("approx"))))
        )
    if match.groups.get("wanted") == "whole" and (point.year is None or point.month is None):
        return None
    if match.groups.get("open") == "end":
        # 5月28日11時～ begins at eleven, and is that day
        return Reading(DateValue(point, None, range=not point.time, role=match.groups.get("role", "")))
    return Reading(DateValue(None, point, range=True, role=match.groups.get("role", "")))


def _afternoon(match: Match) -> str:
    """The second clock time; 午後 before the first counts for it too where it has no mark of its own and would else be earlier."""
    second = match.groups.get("clock_end") or match.groups.get("hour_end", "")
    if not second:
        return ""
    first = match.groups.get("clock") or match.groups.get("hour", "")
    start, end = (
        read_clock(first if first.endswith(("時", "分", "半", "正午")) or ":" in first else first + "時")[0],
        read_clock(second)[0],
    )
    return "午後" + second if first.startswith("午後") and "午" not in second and end < start else second


def _listed(match: Match) -> str:
    """The role `listed` marks figures that only a list of such makes dates (5.21), `again` days that only an earlier one does."""
    told = match.groups.get("listed", "")
    return "listed" if told == "yes" else told


def _single(candidate: Candidate) -> DatePoint | None:
    value = candidate.value
    if not isinstance(value, DateValue) or value.range or value.end_time:
        return None
    return value.start


def _hours(candidate: Candidate) -> str:
    return candidate.value.end_time if isinstance(candidate.value, DateValue) else ""


def _with_hours(candidate: Candidate) -> DatePoint | None:
    """The day of 26日 9時～17時, behind the first day of a range."""
    value = candidate.value
    if not isinstance(value, DateValue) or value.range or value.start is None or value.start.day is None:
        return None
    return value.start


def _is_clock(point: DatePoint) -> bool:
    return bool(point.time) and point.day is None and point.relative is None


def _is_impossible_alone(point: DatePoint) -> bool:
    """A number before 月 or 日 that can be none, with no year before it, is something else (13月, 45日)."""
    return (
        bool(point.wrong)
        and point.year is None
        and point.short_year is None
        and point.wrong in ("month", "day", "time")
    )


def _ascending(left: DatePoint, right: DatePoint) -> bool:
    for name in ("year", "short_year", "month", "day"):
        first, last = getattr(left, name), getattr(right, name)
        if first is not None and last is not None and first != last:
            return bool(first < last)
    return False
