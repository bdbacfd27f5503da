"""Amounts as written: numeral, scale, unit and qualifier to an `AmountValue`."""

from __future__ import annotations

from pipeline.engine.reading import Match, Reading
from pipeline.model import AmountValue


def read_amount(match: Match) -> Reading | None:
    return None


def read_unit(match: Match) -> Reading | None:
    return None


def amount_notation(value: AmountValue) -> str:
    return ""
