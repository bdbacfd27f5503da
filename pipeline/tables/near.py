"""Bodies that may be one, or an id that may hold two, for a person to look at.

Takes the rows of `organisations.csv` and `organisation_mentions.csv`; gives pairs and why. Merges nothing.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

from pipeline.resolve.body_names import normalised

Row = Mapping[str, str]
_VARYING = re.compile(r"[ぁ-ヿA-Za-z]")
_V_ROW = (("ヴァ", "バ"), ("ヴィ", "ビ"), ("ヴェ", "ベ"), ("ヴォ", "ボ"), ("ヴ", "ブ"))
_LARGE = str.maketrans("ァィゥェォッャュョヮヵヶ", "アイウエオツヤユヨワカケ")
_HIRAGANA_TO_KATAKANA = {code: code + 0x60 for code in range(0x3041, 0x3097)}
#: local governments have codes: 府中市 in 東京都 and 府中市 in 広島県 are two
_LOCAL = re.compile(r"lg-[0-9]+$")
#: a shorter name with one character changed is another name
_SHORTEST = 5
#: more bodies with one form are a pattern of names, not spellings of one
_MOST = 4


@dataclass(frozen=True, slots=True)
class Near:
    """Two names and their ids (the same id where one id holds two legal forms), and what is alike."""

    one: str
    other: str
    one_id: str
    other_id: str
    why: str


def near_misses(organisations: Iterable[Row], mentions: Iterable[Row]) -> list[Near]:
    """Sorted by name. Units of two owners are never near: their names begin with their owners'."""
    return sorted(
        {*_two_forms(mentions), *_alike(list(organisations))}, key=lambda near: (near.one, near.other, near.why)
    )


def _two_forms(mentions: Iterable[Row]) -> Iterator[Near]:
    forms: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for row in mentions:
        if row["legal_form"]:
            forms[row["organisation_id"]].add((row["legal_form"], row["name"]))
    for body, found in forms.items():
        for (form, name), (other_form, other_name) in combinations(sorted(found), 2):
            if form != other_form:
                yield Near(f"{form} {name}", f"{other_form} {other_name}", body, body, "one name, two legal forms")


def _alike(rows: list[Row]) -> Iterator[Near]:
    alike: dict[tuple[str, str], dict[str, Row]] = defaultdict(dict)
    for row in rows:
        if _LOCAL.match(row["organisation_id"]):
            continue
        for why, key in {*_keys(row["name"])}:
            alike[why, key][row["organisation_id"]] = row
    told: set[tuple[str, str]] = set()
    for (why, _), bearers in sorted(alike.items(), key=lambda item: (_WHYS.index(item[0][0]), item[0][1])):
        if len(bearers) > _MOST:
            continue
        for one, other in combinations(sorted(bearers.values(), key=lambda row: row["name"]), 2):
            ids = (one["organisation_id"], other["organisation_id"])
            apart = _apart(one["name"], other["name"])
            if ids not in told and _owner(ids[0]) == _owner(ids[1]) and (why != _WHYS[2] or apart):
                told.add(ids)
                yield Near(one["name"], other["name"], *ids, why)


_WHYS = (
    "the same but for width, case, blanks and joints",
    "the same but for how its kana are written",
    "one kana or Latin letter apart",
)


def _keys(name: str) -> Iterator[tuple[str, str]]:
    plain = normalised(name)
    yield _WHYS[0], plain
    yield _WHYS[1], kana_folded(plain)
    if len(plain) >= _SHORTEST:
        yield _WHYS[2], plain
        for place, character in enumerate(plain):
            if _VARYING.match(character):
                yield _WHYS[2], plain[:place] + plain[place + 1 :]


def _apart(one: str, other: str) -> bool:
    """Whether two names are one kana or Latin letter apart: one put in, or one in the place of another."""
    one, other = sorted((normalised(one), normalised(other)), key=len)
    start = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), len(one))
    if len(one) == len(other):
        return (
            start < len(one)
            and one[start + 1 :] == other[start + 1 :]
            and bool(_VARYING.match(one[start]) and _VARYING.match(other[start]))
        )
    return one[start:] == other[start + 1 :] and bool(_VARYING.match(other[start]))


def kana_folded(name: str) -> str:
    """One form for what is written now with ヴ, now with バ行; with long marks or without; with large or small kana.

    >>> kana_folded("ヴェオリア・ジェネッツ") == kana_folded("ベオリア・ジエネツツ")
    True
    """
    folded = unicodedata.normalize("NFKC", name).translate(_HIRAGANA_TO_KATAKANA)
    for written, plain in _V_ROW:
        folded = folded.replace(written, plain)
    return folded.translate(_LARGE).replace("ー", "")


def _owner(organisation_id: str) -> str:
    return organisation_id.rpartition("/")[0]
