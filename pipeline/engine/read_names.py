"""Names as written: places, bodies and labels.

Takes a match; gives the name and what it may stand for. Does not know context: which of two 府中市 is meant is decided in `resolve`.
"""

from __future__ import annotations

import re

from pipeline.engine.gazetteer import Row
from pipeline.engine.reading import Match, Reading
from pipeline.model import LabelValue, PlaceValue

_LATIN = re.compile(r"[A-Za-zÀ-ỹ]")
#: a shorter name in Latin letters is an abbreviation of something else as often
_LEAST_LATIN = 4
_KANA = re.compile(r"[ぁ-ん]")
_SUFFIXED = re.compile(r"(?:市|都|府|郡|首都圏|特別区|直轄領)$")


def read_place(match: Match) -> Reading | None:
    """A place with every code that its name may stand for; `set:` may limit a rule to names of one sort: `kana`, `ward`, `municipality`, `former` (no place's name today), `latin`, `latin_word` (not too short to stand alone), `suffixed`, `bare`.

    A composed match (ボン and 連邦市) stands for what its inner place stands for, if that lies abroad.
    """
    if itself := match.groups.get("itself"):
        return Reading(PlaceValue(itself, (), itself))
    if match.groups.get("names") == "unknown":
        foreign, japanese = match.gazetteers["foreign"].surfaces, match.gazetteers["municipalities"].surfaces
        is_known = any(name in names for names in (foreign, japanese) for name in (match.surface, match.surface[:-1]))
        return None if is_known else Reading(PlaceValue(match.surface))
    inner = match.inner.get("municipality")
    if inner is not None:
        value = inner.value
        if not isinstance(value, PlaceValue) or not value.codes or not value.codes[0].startswith("geonames:"):
            return None
        return Reading(value)
    if place := match.groups.get("place"):
        rows = match.gazetteers["municipalities"].surfaces[place]
        codes = tuple(dict.fromkeys(row["code"] for row in rows))
        return Reading(PlaceValue(_name(rows), codes), skip=len(match.surface) - len(place))
    if not match.rows or not _taken(match):
        return None
    codes = tuple(dict.fromkeys(row.get("id") or row["code"] for row in match.rows))
    return Reading(PlaceValue(_name(match.rows), codes))


def _taken(match: Match) -> bool:
    names = match.groups.get("names", "")
    if not names:
        return True
    if names == "kana":
        return bool(_KANA.match(match.surface))
    if names == "municipality":
        return match.surface[-1] in "市町村"
    if names == "ward":
        return match.surface.endswith("区")
    if names == "former":
        return _name(match.rows) not in match.gazetteers["municipalities"].surfaces
    latin = bool(_LATIN.match(match.surface))
    suffixed = bool(_SUFFIXED.search(match.surface))
    if names == "latin":
        return latin
    if names == "latin_word":
        return latin and len(match.surface) >= _LEAST_LATIN
    if names == "suffixed":
        return suffixed and not latin
    if names == "bare":
        return not latin and not suffixed and match.surface not in match.gazetteers["countries"].surfaces
    return True


def _name(rows: tuple[Row, ...]) -> str:
    return rows[0]["name"]


def read_label(match: Match) -> Reading | None:
    """What a number is, in the words of the page: the group `label`, or the whole match."""
    return Reading(LabelValue(match.groups.get("label") or match.surface))
