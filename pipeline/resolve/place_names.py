"""What the gazetteers know of places: rows by code, parents, kinds.

Takes the gazetteers; gives a `Places` index and the six-digit code of a publisher. Does not know documents.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from pipeline.engine.gazetteer import Gazetteer, Row
from pipeline.resolve.place_words import PlaceWords, place_words
from pipeline.text.fold import fold
from pipeline.text.patterns import late

_BRACKETED = late(r"^(?P<name>[^()]+?) ?\((?P<prefecture>[^()]+[都道府県])\)$")


@dataclass(frozen=True, slots=True)
class Places:
    """Rows of the gazetteers of municipalities and of cities abroad by code, of former municipalities by their id (`22204A1968`).

    Where this package speaks of the codes that a name may stand for, the id of a former place is one of them.
    """

    rows: Mapping[str, Row]
    surfaces: Mapping[str, tuple[Row, ...]]
    former: Mapping[str, tuple[str, ...]]
    words: PlaceWords

    def prefecture(self, code: str) -> str:
        """The prefecture's name, "" for a place abroad."""
        return self.rows.get(code, {}).get("prefecture", "")

    def parent(self, code: str) -> str:
        """Code of the designated city that a ward belongs to, or of the prefecture that a municipality lies in."""
        return self.rows.get(code, {}).get("parent", "")

    def code(self, code: str) -> str:
        """The six-digit code of a place that may be a former one."""
        return self.rows[code]["code"] if code in self.rows else code

    def today(self, code: str) -> str:
        """The code of what a place is today, "" where it was divided."""
        return self.rows.get(code, {}).get("successor", code)

    def all_in(self, prefecture: str, kinds: str) -> list[str]:
        """Codes of the municipalities and special wards of a prefecture today whose names end in one of `kinds` (市町村)."""
        return [
            code
            for code, row in self.rows.items()
            if row.get("prefecture") == prefecture
            and prefecture
            and code == row["code"]
            and "successor" not in row
            and row["name"][-1] in kinds
            and (row["level"] == "municipality" or row["code"].startswith("131"))
        ]

    def level(self, code: str) -> str:
        return "foreign" if code.startswith("geonames:") else self.rows.get(code, {}).get("level", "")


def places(gazetteers: Mapping[str, Gazetteer]) -> Places:
    return _indexed(
        gazetteers.get("municipalities"), gazetteers.get("foreign"), gazetteers.get("former"), place_words(gazetteers)
    )


@lru_cache(maxsize=4)
def _indexed(home: Gazetteer | None, abroad: Gazetteer | None, past: Gazetteer | None, words: PlaceWords) -> Places:
    rows = {row["code"]: row for gazetteer in (home, abroad) if gazetteer is not None for row in gazetteer.rows}
    former: dict[str, tuple[str, ...]] = {}
    for row in past.rows if past is not None else ():
        rows[row["id"]] = row
        rows.setdefault(row["code"], row)
        former[row["name"]] = (*former.get(row["name"], ()), row["id"])
    return Places(rows, home.surfaces if home is not None else {}, former, words)


def publisher_code(name: str, gazetteers: Mapping[str, Gazetteer]) -> str:
    """The code of a publisher that is a local government, or an office of one; "" for any other, and where several bear the name.

    The prefecture may stand before the name or behind it in brackets: 東京都府中市, 南国市（高知県）, 京都市環境政策局. A name of the past counts alone
    or behind its prefecture: 静岡県由比町.
    """
    written = re.sub(r"\s+", "", fold(name).text)
    bracketed = _BRACKETED.match(written)
    if bracketed:
        written = bracketed["prefecture"] + bracketed["name"]
    known = places(gazetteers)
    found = _codes(written, known)
    if not found:
        found = _former_codes(written, known)
    return found[0] if len(found) == 1 else ""


def _former_codes(written: str, known: Places) -> list[str]:
    prefecture = next((written[:n] for n in (3, 4) if written[n - 1 : n] in tuple("都道府県")), "")
    ids = known.former.get(written, ()) or known.former.get(written.removeprefix(prefecture), ())
    return list(
        dict.fromkeys(
            known.code(i) for i in ids if written == known.rows[i]["name"] or known.prefecture(i) == prefecture
        )
    )


def _codes(written: str, known: Places) -> list[str]:
    exact = known.surfaces.get(written)
    if exact:
        return [row["code"] for row in exact]
    for length in range(len(written) - 1, 1, -1):
        rows = known.surfaces.get(written[:length])
        if not rows:
            continue
        rest = written[length:]
        inner = [code for code in _codes(rest, known) if known.parent(code) in {row["code"] for row in rows}]
        if inner:
            return inner
        if known.words.office.match(rest):
            return [row["code"] for row in rows]
    return []
