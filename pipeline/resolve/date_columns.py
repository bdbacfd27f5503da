"""A complete date to the columns of its row: EDTF, days, times, precision, role.

Takes complete points and the words around them; gives text. Does not know where missing parts came from.
"""

from __future__ import annotations

from pipeline.engine.date_edtf import joined, point_edtf
from pipeline.engine.notation import notation
from pipeline.model import DatePoint, DateValue
from pipeline.text.edtf import interval, precision

COLUMNS = ("edtf", "start_date", "end_date", "start_time", "end_time", "precision", "calendar", "role", "as_written")


def columns(value: DateValue, start: DatePoint | None, end: DatePoint | None, role: str) -> dict[str, str] | None:
    """The columns; None where the interval ends before it starts. An open or missing end is None."""
    first, own = point_edtf(start) if start is not None else ("", "")
    last = point_edtf(end)[1] if end is not None else "" if value.range else own
    edtf = joined(first, last)
    try:
        start_date, end_date = interval(edtf)
    except ValueError:
        return None
    shown = start or end
    assert shown is not None
    return {
        "edtf": edtf,
        "start_date": start_date,
        "end_date": end_date,
        "start_time": start.time if start is not None else "",
        "end_time": end.time if end is not None else value.end_time,
        "precision": _precision(shown, edtf),
        "calendar": shown.calendar,
        "role": role,
        "as_written": notation(value),
    }


def unresolved(value: DateValue, role: str) -> dict[str, str]:
    """The row of a date that has no value."""
    shown = value.start or value.end
    return dict.fromkeys(COLUMNS, "") | {
        "role": role,
        "calendar": shown.calendar if shown is not None else "gregorian",
        "as_written": notation(value),
    }


def _precision(point: DatePoint, edtf: str) -> str:
    if point.time:
        return "time"
    if point.fiscal and point.month is None and point.day is None and point.season is None and point.part in ("", "中"):
        return "fiscal_year"
    return precision(edtf)
