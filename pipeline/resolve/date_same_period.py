"""The same period a year before (前年同期): of the quarter, half, month or year that is told of.

Takes the place of such an expression and the dates known so far; gives a point and what it was counted from, or None where that is no period of a
year's calendar. Does not know EDTF of ranges.
"""

from __future__ import annotations

from pipeline.model import DatePoint, Span
from pipeline.resolve.date_frames import period
from pipeline.resolve.date_timeline import Timeline
from pipeline.text.calendar_jp import is_day, shifted_month

#: what of a fiscal or calendar year begins with a month and has so many
_FISCAL = {(4, 3): "Q1", (7, 3): "Q2", (10, 3): "Q3", (1, 3): "Q4", (4, 6): "H1", (10, 6): "H2", (4, 12): ""}
_CALENDAR = {(1, 6): "H1", (7, 6): "H2", (1, 12): ""}
_YEAR = 12
#: the part of a year that such an expression names
SAME = "同期"


def same_period(point: DatePoint, span: Span, timeline: Timeline) -> tuple[DatePoint, Span | str] | None:
    """That of the nearest date before in the paragraph which nothing is compared with, else of what the source covers."""
    block = timeline.context.block(span)
    for known in timeline.before(span, block.start if block is not None else span.start):
        if not known.compared and not known.deadline and known.first and known.last and not known.day:
            found = _a_year_before(point, known.first, known.last)
            if found is not None:
                return found, known.span
    covers = timeline.context.statement.covers
    frame = period(covers, "sidecar:covers") if covers else None
    found = _a_year_before(point, frame.first, frame.last) if frame is not None and frame.first and frame.last else None
    return (found, "sidecar:covers") if found is not None else None


def _a_year_before(point: DatePoint, first: str, last: str) -> DatePoint | None:
    year, month, day = (int(part) for part in first.split("-"))
    end_year, end_month, end_day = (int(part) for part in last.split("-"))
    if day != 1 or is_day(end_year, end_month, end_day + 1):
        return None
    months = (end_year - year) * _YEAR + end_month - month + 1
    told = point._replace(relative=None, anchor="", part="", year=year - 1)
    if months == 1:
        return told._replace(month=month, precision="month")
    fiscal, calendar = _FISCAL.get((month, months)), _CALENDAR.get((month, months))
    if fiscal is not None:
        of = shifted_month(year - 1, month, -3)[0]
        return told._replace(year=of, fiscal=True, part=fiscal, precision="fiscal_year" if not fiscal else "month")
    return told._replace(part=calendar, precision="year" if not calendar else "month") if calendar is not None else None
