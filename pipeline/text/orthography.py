"""How documents write eras, units and the words that tables and lines are told by: alternatives of a pattern.

Takes the shipped tables; gives pieces of patterns for Python's `re`. Does not know what they match in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from pipeline.text.shipped import shipped_table


def any_of(words: Iterable[str]) -> str:
    """A group of alternatives, the longest first.

    >>> any_of(["月", "月期", "m2"])
    '(?:m2|月期|月)'
    """
    ordered = sorted(dict.fromkeys(words), key=lambda word: (-len(word), word))
    return f"(?:{'|'.join(map(re.escape, ordered))})"


def era_names() -> tuple[str, ...]:
    """All eras, the present one last.

    >>> era_names()[-2:]
    ('平成', '令和')
    """
    return tuple(_firsts())


def era_letters() -> str:
    """Their letters, as a set of characters holds them."""
    return "".join(row["latin"] for row in shipped_table("eras"))


def first_year(era: str) -> int:
    """The year of the Gregorian calendar in which an era begins: its year 元.

    >>> first_year("令和")
    2019
    """
    return _firsts()[era]


def english_months() -> str:
    """Names and abbreviations of the months, in small letters."""
    return any_of(row["surface"] for row in shipped_table("english_months"))


@cache
def units(use: str, kind: str = "") -> str:
    """Units and counters by which a figure is told to be one: `cell` in a cell of its own, `header` in brackets in a header, `line`
    at the end of a line when the figure stands at the end of the one before; those of a kind, where one is asked for.

    >>> units("header", "percent")
    '(?:percent|パーセント|%|㌫|％)'
    """
    rows = [row for row in shipped_table("units") if use in row["layout"].split("|") and kind in ("", row["kind"])]
    return any_of(name for row in rows for name in (row["surface"], *row["aliases"].split("|")) if name)


@cache
def words(use: str) -> str:
    """Words of layout: those of `layout_words.csv` for a use.

    >>> words("updated")
    '(?:更新年月日|最終更新日|更新日時|最終更新|更新日|更新)'
    """
    return any_of(row["surface"] for row in shipped_table("layout_words") if use in row["use"].split("|"))


@cache
def _firsts() -> dict[str, int]:
    rows = sorted(shipped_table("eras"), key=lambda row: row["first_day"])
    return {row["surface"]: int(row["first_day"][:4]) for row in rows}
