"""Words beside the names of places, made into patterns.

Takes the gazetteer `place_words` (surface, role); gives `PlaceWords`. Does not know places.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from pipeline.engine.gazetteer import Gazetteer


@dataclass(frozen=True, slots=True, eq=False)
class PlaceWords:
    """One pattern a role of `rules/gazetteer/place_words.csv`."""

    #: says that the name behind it is a former one (`formerly`: 旧), at the end of a text
    formerly: re.Pattern[str]
    #: tells of a merger or another change of places (`change`: 合併), anywhere
    change: re.Pattern[str]
    #: makes the name before it a person's or an office's (`person`: 長, 氏), at the beginning of a text
    person: re.Pattern[str]
    #: what a publisher's name may have behind a place's: an office of it, or a unit with its own name (`office`, `unit`), at the end
    office: re.Pattern[str]
    #: a number of places: within a government, of a part of the country (`region`), all of them; groups inside, region, all
    in_front: re.Pattern[str]


def place_words(gazetteers: Mapping[str, Gazetteer]) -> PlaceWords:
    """
    >>> from pipeline.engine.load import load_rules
    >>> words = place_words(load_rules().gazetteers)
    >>> bool(words.formerly.search("今の峠市は旧")), bool(words.change.search("町村合併により"))
    (True, True)
    """
    return _compiled(gazetteers.get("place_words"))


@lru_cache(maxsize=4)
def _compiled(gazetteer: Gazetteer | None) -> PlaceWords:
    by_role: dict[str, list[str]] = {}
    for row in sorted(gazetteer.rows if gazetteer is not None else (), key=lambda row: -len(row["surface"])):
        for role in row["role"].split("|"):
            by_role.setdefault(role, []).append(re.escape(row["surface"]))

    def words(role: str) -> str:
        return "|".join(by_role.get(role) or ["(?!)"])

    return PlaceWords(
        formerly=re.compile(rf"(?:{words('formerly')})[・「『]?\s*$"),
        change=re.compile(rf"{words('change')}|旧[0-9０-９]{{0,3}}[市町村]"),
        person=re.compile(rf"^\s*(?:{words('person')})"),
        office=re.compile(rf"(?:{words('office')}|[^0-9]{{1,30}}(?:{words('unit')}))$"),
        in_front=re.compile(
            rf"(?P<inside>(?<![一-龥])[県都道府]内の?|管内の?)?(?P<region>{words('region')}|[一-龥]{{1,4}}地方)?の?"
            r"(?P<all>全て?の?)?$"
        ),
    )
