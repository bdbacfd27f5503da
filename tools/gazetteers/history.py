"""Takes: the source package of pygeonlp, whose dictionary geoshape-city lists every municipality from 1920 to 2020, and three small CSV files.
Gives: the former places that had a code, as rules/gazetteer/former.csv holds them, and since when the present ones exist.
Does not know: the postal data; how a text names a former place.

歴史的行政区域データセットβ版地名辞書 (ROIS-DS人文学オープンデータ共同利用センター), CC BY 4.0. Readings and successors (successors.csv) and what changed
since 2020 (ended.csv, begun.csv) are facts of the official lists of 廃置分合.
"""

import csv
import io
import re
import tarfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pipeline.text.codes import check_digit
from tools.gazetteers.places import ALIAS_SEPARATOR, Place
from tools.gazetteers.spellings import spellings

COLUMNS = (
    "id", "code", "name", "kana", "prefecture", "level", "parent", "district", "aliases", "valid_from", "valid_to", "successor",
)  # fmt: skip
_DICTIONARY = "base_data/geoshape-city.csv"
# Places that ended before 1968 never had a code; their ids have a B.
_CODED = re.compile(r"^\d{5}A\d{4}$")
_WARD = re.compile(r"^(.+市)(.+区)$")
#: six villages without people, north of Japan, and the 23 wards as one
_NO_PLACES = frozenset({"01695", "01696", "01697", "01698", "01699", "01700", "13100"})


@dataclass(frozen=True, slots=True)
class Former:
    """A place of the past; `entry_id` is the dictionary's, since one code may have had several names one after the other.

    `successor` is the six-digit code of what it is today, "" where it was divided.
    """

    entry_id: str
    place: Place
    successor: str

    def row(self) -> dict[str, str]:
        """The row as text by column."""
        return {"id": self.entry_id, **self.place.row(), "successor": self.successor}


def read_dictionary(package: Path) -> list[dict[str, str]]:
    """The dictionary's entries that have a code, sorted by id; `package` is pygeonlp-….tar.gz."""
    with tarfile.open(package) as archive:
        member = next(name for name in archive.getnames() if name.endswith(_DICTIONARY))
        file = archive.extractfile(member)
        assert file is not None
        rows = csv.DictReader(io.TextIOWrapper(file, "utf-8", newline=""))
        coded = (row for row in rows if _CODED.match(row["entry_id"]) and row["entry_id"][:5] not in _NO_PLACES)
        return sorted(coded, key=lambda row: row["entry_id"])


def read_facts(path: Path) -> dict[str, dict[str, str]]:
    """A CSV file's rows by their first column."""
    with path.open(encoding="utf-8", newline="") as file:
        return {next(iter(row.values())): row for row in csv.DictReader(file)}


def former_places(
    entries: Iterable[Mapping[str, str]],
    today: Iterable[Mapping[str, str]],
    successors: Mapping[str, Mapping[str, str]],
    ended: Mapping[str, Mapping[str, str]],
    variants: Mapping[str, tuple[str, ...]],
) -> list[Former]:
    """What has ended, sorted by id. `today` are the rows of municipalities.csv: they give parents, and names that are no alias."""
    today = list(today)
    parents = {(row["prefecture"], row["name"]): row["code"] for row in today if row["level"] != "ward"}
    gone = list(_gone(entries, ended))
    taken = {name for row in today for name in (row["name"], *row["aliases"].split(ALIAS_SEPARATOR))}
    taken |= {entry["body"] + entry["suffix"] for entry, _ in gone}
    found = []
    for entry, valid_to in gone:
        prefecture = entry["prefname"].split("/")[0]
        five, facts = entry["entry_id"][:5], successors[entry["entry_id"]]
        name = entry["body"] + entry["suffix"]
        ward = _WARD.match(entry["address"].removeprefix(prefecture)) if entry["suffix"] == "区" else None
        place = Place(
            code=five + check_digit(five),
            name=name,
            kana=facts["kana"],
            prefecture=prefecture,
            level="ward" if ward else "municipality",
            parent=parents[prefecture, ward[1] if ward else prefecture],
            district=district if (district := entry["countyname"].split("/")[0]).endswith("郡") else "",
            aliases=tuple(other for other in spellings(name, variants) if other not in taken),
            valid_from=entry["valid_from"],
            valid_to=valid_to,
        )
        found.append(Former(entry["entry_id"], place, facts["successor"]))
    return found


def beginnings(entries: Iterable[Mapping[str, str]], today: Iterable[Mapping[str, str]]) -> list[dict[str, str]]:
    """`code` and `valid_from` of the places of today that the dictionary dates, sorted by code."""
    known = {(row["code"][:5], row["name"]): row["code"] for row in today}
    return sorted(
        (
            {"code": known[key], "valid_from": entry["valid_from"]}
            for entry in entries
            if entry["valid_from"]
            and not entry["valid_to"]
            and (key := (entry["entry_id"][:5], entry["body"] + entry["suffix"])) in known
        ),
        key=lambda row: row["code"],
    )


def _gone(
    entries: Iterable[Mapping[str, str]], ended: Mapping[str, Mapping[str, str]]
) -> Iterator[tuple[Mapping[str, str], str]]:
    """Entries that ended, each with the day from which it was no more."""
    for entry in entries:
        valid_to = entry["valid_to"] or ended.get(entry["entry_id"], {}).get("valid_to", "")
        if valid_to:
            yield entry, valid_to
