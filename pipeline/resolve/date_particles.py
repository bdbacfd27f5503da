"""Particles and conjunctions around dates: between two items of a list or the ends of a range, before a role, where a sentence goes on.

Takes the words of rules/gazetteer/date_particles.csv; gives patterns, compiled once for a gazetteer. Does not know dates.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from pipeline.engine.gazetteer import Gazetteer, Row

_MARK = "[、,，・･/／]"
_WAVE = "[〜～~]"
_DASH = "[－−―-]"
_BRACKETED = r"[(（〔［][^()（）〔〕［］]{1,12}[)）〕］]"
_CLOSING = r"[\s)）〕\]］」』]*"


@dataclass(frozen=True, slots=True)
class Particles:
    """Patterns for the text between two dates or behind one.

    `listed` is what may stand between two items of one list, `listed_days` the same where an item may be a range; `joined` is a
    single mark or word of a list or range. `before_role` leads from a date to its role; `when` makes it the time that a sentence
    speaks of; `goes_on` begins the rest of a sentence.
    """

    listed: re.Pattern[str]
    listed_days: re.Pattern[str]
    joined: re.Pattern[str]
    before_role: re.Pattern[str]
    when: re.Pattern[str]
    goes_on: re.Pattern[str]


@lru_cache(maxsize=4)
def particles(gazetteer: Gazetteer) -> Particles:
    """The column `place` names where a word stands: `list`, `range`, `role`, `sentence`, `time`, several parted by `|`.

    `rest` is how many characters at least follow a word with which a sentence goes on: の goes on in a title too (2021年度の活動).
    """
    lists, ranges, roles, goes_on = (_at(gazetteer, place) for place in ("list", "range", "role", "sentence"))
    item = one_of(row["surface"] for row in lists)
    joint = one_of(row["surface"] for row in (*lists, *ranges))
    rests = "|".join(re.escape(row["surface"]) + f".{{{int(row['rest'] or 0)}}}" for row in goes_on)
    return Particles(
        listed=re.compile(f"(?:{_MARK}|{item}|{_BRACKETED})+"),
        listed_days=re.compile(f"(?:{_MARK}|{_WAVE}|{item}|{_BRACKETED})+"),
        joined=re.compile(f"{_MARK}|{_WAVE}|{_DASH}|{joint}"),
        before_role=re.compile(f"{_CLOSING}(?:{one_of(row['surface'] for row in roles)})?"),
        when=re.compile(f"{_CLOSING}(?:{one_of(row['surface'] for row in _at(gazetteer, 'time'))})"),
        goes_on=re.compile(f"、|{rests}" if rests else "、"),
    )


def one_of(words: Iterable[str]) -> str:
    """A pattern of one of the words, the longest at any place; with no words, of nothing.

    >>> one_of(["及び", "並びに"])
    '並びに|及び'
    """
    return "|".join(map(re.escape, sorted(words, key=lambda word: (-len(word), word)))) or "(?!)"


def _at(gazetteer: Gazetteer, place: str) -> list[Row]:
    return [row for row in gazetteer.rows if place in row["place"].split("|")]
