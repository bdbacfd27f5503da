"""Names of hosts as evidence: city.fuchu.tokyo.jp is 東京都's 府中市.

Takes the codes that a name may stand for and a text; gives those whose own host the text names. Does not know what stands around the name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from pipeline.model import Span
from pipeline.resolve.place_names import Places
from pipeline.text.romaji import romaji

_HOST = re.compile(r"(?<![a-z])(?:city|town|vill|pref|metro)\.([a-z-]+)\.(?:lg\.|([a-z]+)\.)?jp(?![a-z])")
_SUFFIX = {"市": "シ", "区": "ク", "町": "チョウ|マチ", "村": "ソン|ムラ", "県": "ケン", "府": "フ", "都": "ト"}


def by_domain(codes: Sequence[str], text: str, known: Places) -> Iterable[tuple[list[str], Span | str]]:
    """For each host in the text, the codes that it fits: the place's own, its city's or its prefecture's."""
    if ".jp" not in text:
        return
    for host in _HOST.finditer(text):
        fitting = [code for code in codes if _fits(code, host[1], host[2] or "", known)]
        if fitting:
            yield fitting, Span(*host.span())


def _fits(code: str, name: str, prefecture: str, known: Places) -> bool:
    row = known.rows.get(code, {})
    parent = known.rows.get(known.parent(code), {})
    home = next(
        (r for r in (parent, known.rows.get(parent.get("parent", ""), {})) if r.get("level") == "prefecture"), {}
    )
    if prefecture and prefecture != _letters(home.get("name", ""), home.get("kana", "")):
        return False
    return name in {_letters(r.get("name", ""), r.get("kana", "")) for r in (row, parent)}


def _letters(name: str, kana: str) -> str:
    return romaji(re.sub(f"(?:{_SUFFIX.get(name[-1:], '(?!)')})$", "", kana))
