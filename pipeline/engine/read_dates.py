"""Dates as written: eras, calendar parts and clock times to a `DateValue`."""

from __future__ import annotations

from pipeline.engine.reading import Match, Reading


def read_date(match: Match) -> Reading | None:
    return None


def read_date_range(match: Match) -> Reading | None:
    return None
