"""Words that names of units and of a local government's own bodies end with, made into patterns.

Takes the gazetteer `body_words`; gives `UnitWords`. Does not know bodies.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from pipeline.engine.body_words import WordsByRole
from pipeline.engine.gazetteer import Gazetteer


@dataclass(frozen=True, slots=True)
class UnitWords:
    """Patterns to search a name with, by role of `rules/gazetteer/body_words.csv`."""

    #: one unit of a chain, up to a word that ends units (`step`), or what is left
    step: re.Pattern[str]
    #: looks like a unit and is none (`no_step`: 全部)
    no_step: re.Pattern[str]
    #: what belongs to a local government or ministry as a part of it, by its end (`part`) or its only word (`part_alone`)
    part: re.Pattern[str]
    #: bodies that every local government has one of (`own_committee`, `own_committee_end`)
    own_committee: re.Pattern[str]
    #: schools and centres that every local government may have of the same name; a bare name is the publisher's (`own_place`, `own_place_end`)
    own_place: re.Pattern[str]
    #: whom the publisher's kind of government stands before in a body's own name (`own_kind`: 村職員衛生委員会), by their beginning
    own_kind: re.Pattern[str]
    #: a kind of body, which alone is no name (`head_only`: whole)
    head_only: re.Pattern[str]


def unit_words(gazetteers: Mapping[str, Gazetteer]) -> UnitWords:
    return _compiled(gazetteers.get("body_words"))


@lru_cache(maxsize=4)
def _compiled(gazetteer: Gazetteer | None) -> UnitWords:
    words = WordsByRole.of(gazetteer)
    return UnitWords(
        step=re.compile(rf"[^\s]{{1,24}}?{words.beginning('step')}|[^\s]+$"),
        no_step=re.compile(f"{words.end('no_step')}$"),
        part=re.compile(f"^{words.whole('part_alone')}$|{words.end('part')}$"),
        own_committee=re.compile(f"^{words.whole('own_committee')}|{words.end('own_committee_end')}$"),
        own_kind=re.compile(f"^[都道府県市区町村](?={words.whole('own_kind')})"),
        head_only=re.compile(f"^{words.whole('head_only')}$"),
        own_place=re.compile(f"^.{{1,14}}{words.end('own_place_end')}$|^{words.whole('own_place')}$"),
    )
