"""Names as written: bodies, places and labels."""

from __future__ import annotations

from pipeline.engine.reading import Match, Reading


def read_organisation(match: Match) -> Reading | None:
    return None


def read_place(match: Match) -> Reading | None:
    return None


def read_label(match: Match) -> Reading | None:
    return None
