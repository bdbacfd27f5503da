"""Sentences that tell what the next ones, or the lines below, are about: 令和5年度の決算について御説明します, 参加料は次のとおりです.

Takes the gazetteer `announcements`; gives patterns, compiled once for a gazetteer. Does not know numbers.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from pipeline.engine.gazetteer import Gazetteer
from pipeline.resolve.date_particles import one_of


@dataclass(frozen=True, slots=True)
class Announcements:
    """`also` begins a sentence that goes on about the year of the one before; `told` is searched behind a date of an announcement; `following` is in each line of `below`, which is searched at the end of a line, `name` in it being what the numbers
    below are; `sums` is in a line that tells what is done with the sums below, `done` being that (支給); `paid_as`
    holds as what they are paid (計画作成加算として次の額を); `speaker` is where another one begins to speak in minutes (○町長 )."""

    also: re.Pattern[str]
    told: re.Pattern[str]
    following: re.Pattern[str]
    below: re.Pattern[str]
    sums: re.Pattern[str]
    done: re.Pattern[str]
    paid_as: re.Pattern[str]
    speaker: re.Pattern[str]


@lru_cache(maxsize=4)
def announcements(gazetteer: Gazetteer) -> Announcements:
    also, told, following, as_said, speakers = (
        one_of(row["surface"] for row in gazetteer.rows if row["role"] == role)
        for role in ("also", "told", "next", "as", "speaker")
    )
    sums = "|".join("\\n?".join(row["surface"]) for row in gazetteer.rows if row["role"] == "sums") or "(?!)"
    said = rf"[はて、，](?:{following})の?[^。\n]{{0,8}}(?:{as_said})"
    return Announcements(
        re.compile(rf"(?:{also})[、，は]"),
        re.compile(rf"(?:について(?:[、，]|は)?|を)[^。]{{0,20}}(?:{told})"),
        re.compile(said),
        re.compile(
            r"(?P<name>[^\s、。はがをにで]{2,20})(?:は|につ(?:い|き)ては)[、，]?"
            rf"(?:{following})の?[^。]{{0,8}}(?:{as_said})[^。]{{0,12}}[。：:]?\s*$"
        ),
        re.compile(sums),
        re.compile(rf"(?:{sums})[^。]{{0,12}}?(?P<noun>[一-龥]{{2}})(?:す|し)"),
        re.compile(rf"(?P<noun>[一-龥々ァ-ヶー](?:\n?[一-龥々ァ-ヶー]){{1,15}})として[^。]{{0,30}}(?:{sums})"),
        re.compile(rf"\n[○◎◆△●◯][^\n]{{0,30}}?(?:{speakers})[）)］\] \u3000]"),
    )
