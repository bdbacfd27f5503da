"""Dates as written: eras, calendar parts and clock times to a `DateValue`."""

from __future__ import annotations

from pipeline.engine.reading import Match, Reading
from pipeline.model import DateValue


def read_date(match: Match) -> Reading | None:
    return None


def read_date_range(match: Match) -> Reading | None:
    return None


def date_notation(value: DateValue) -> str:
    return ""
