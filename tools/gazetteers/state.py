"""Takes: three public lists of bodies of the state (a folder), and the rows that are kept by hand in organisations.csv.
Gives: courts, prosecutors, divisions of ministries and their offices in the regions, as rules/gazetteer/organisations_state.csv holds them.
Does not know: how a text names a body.

gbiz-jpgovs.csv: 法人番号 of the bodies of the state (gBizINFO, collected by code4fukui). rs-ministry-names.csv, rs-government-agency-names.csv: divisions
and offices as 行政事業レビュー names them (collected by igomuni), with the slips of those who filled it in.
"""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from pathlib import Path

COLUMNS = ("organisation_id", "name", "legal_form", "kind", "parent_id", "corporate_number", "aliases", "note")
NUMBERED, DIVISIONS, OFFICES = "gbiz-jpgovs.csv", "rs-ministry-names.csv", "rs-government-agency-names.csv"
LEVELS = ("bureau", "division", "section", "office", "team", "unit")
#: what is alike throughout the country: the end of its name, the end of its short name, its ministry
_SERIES = (
    ("高等裁判所", "高裁", ""), ("地方裁判所", "地裁", ""), ("家庭裁判所", "家裁", ""), ("簡易裁判所", "簡裁", ""),
    ("高等検察庁", "高検", "法務省"), ("地方検察庁", "地検", "法務省"), ("検察審査会", "", ""),
)  # fmt: skip
#: the ministry's own bureaus stand below this heading, which is no body
_NO_LEVEL = frozenset({"内部部局"})
#: a post, a desk, a team, a system, a slip: here a chain of divisions ends
_NO_DIVISION = re.compile(
    r"[()（）]|(?:係|担当|班|総括|チーム|付|職|官|G|サービス|システム|システム整理|組織|機能|廃止|担当室|別室)$|参事官(?!室$)|官付|^室$"
)
_LAST_OF_TWO = re.compile(r"(?:課|室|部|部門|センター|所|グループ)$")
_GROUP = "グループ"
#: an office that has a name of its own: no heading (労働局), no account (…(資金前渡官吏)), no private body
_OFFICE = re.compile(r"^[^()（）]{3,}(?:局|支局|部|所|本部|大学校|学院|研究所|センター|支所|校|院|台|基地|学校)$")

Row = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class StateBody:
    """A body of the state; `parent_id` is "" for one that stands alone."""

    organisation_id: str
    name: str
    kind: str
    parent_id: str = ""
    corporate_number: str = ""
    alias: str = ""

    def row(self) -> dict[str, str]:
        """The columns of organisations_state.csv."""
        own = (self.organisation_id, self.name, "", self.kind, self.parent_id, self.corporate_number, self.alias, "")
        return dict(zip(COLUMNS, own, strict=True))


def state_bodies(lists: Path, by_hand: Sequence[Row], none: Set[str]) -> list[StateBody]:
    """All that the lists name in order of id, without what is kept by hand and `none`, entries that are no bodies."""
    numbered = read_list(lists / NUMBERED)
    owners = {
        row["name"]: row["organisation_id"]
        for row in by_hand
        if row["organisation_id"].startswith("jp-") and row["kind"] != "unit"
    }
    found = [
        *courts(numbered, owners),
        *divisions(read_list(lists / DIVISIONS), owners, none),
        *offices([row for row in read_list(lists / OFFICES) if row["name"] not in none], owners),
    ]
    kept = {row["organisation_id"] for row in by_hand}
    names = {name for row in by_hand for name in (row["name"], *row["aliases"].split("|"))}
    by_id: dict[str, StateBody] = {}
    for body in found:
        if body.organisation_id not in kept and body.name not in names:
            by_id.setdefault(body.organisation_id, body)
    return [by_id[key] for key in sorted(by_id)]


def courts(numbered: Iterable[Row], owners: Mapping[str, str]) -> Iterator[StateBody]:
    """Courts, prosecutors and 検察審査会: as good as all that have a 法人番号; ministries and agencies are kept by hand."""
    for row in numbered:
        name, number = row["corporateName"], row["corporateID"]
        for end, short, ministry in _SERIES:
            if name.endswith(end):
                kind = "government" if short else "assembly"
                alias = name.removesuffix(end) + short if short else ""
                yield StateBody(f"jp-{number}", name, kind, owners.get(ministry, ""), number, alias)


def divisions(named: Iterable[Row], owners: Mapping[str, str], none: Set[str]) -> Iterator[StateBody]:
    """Divisions with all above them: 環境省 › 地球環境局 › 総務課. A body that is no division (中小企業庁) begins a chain of its own."""
    chains = [
        (ministry, [piece.strip() for level in LEVELS for piece in row[level].split("/") if piece.strip()])
        for row in named
        if (ministry := row["ministry"].removeprefix(row["policy_ministry"]) or row["ministry"]) in owners
    ]
    known = {(ministry, *pieces[:n]) for ministry, pieces in chains for n in range(1, len(pieces) + 1)}
    for ministry, pieces in chains:
        names, at = [ministry], owners[ministry]
        for number, piece in enumerate(pieces):
            if piece in _NO_LEVEL:
                continue
            if len(names) == 1 and piece in owners:
                names, at = [piece], owners[piece]
                continue
            own = _without(names, piece)
            if not own or own in none or _NO_DIVISION.search(own):
                break
            for part in _parts(own, (ministry, *pieces[:number]), known):
                names.append(part)
                parent, at = at, f"{at}/{part}"
                yield StateBody(at, "".join(names), "unit", parent)


def _without(names: Sequence[str], piece: str) -> str:
    """A division without those above it, which some write before it once more."""
    tails = ("".join(names[first:]) for first in range(len(names)))
    return next((piece.removeprefix(tail) for tail in tails if piece.startswith(tail)), piece)


def _parts(piece: str, above: tuple[str, ...], known: set[tuple[str, ...]]) -> list[str]:
    """Two divisions written as one (地方政策課調整室), where the first stands alone elsewhere; a group with its division."""
    for end in range(2, len(piece) - 1):
        first, rest = piece[:end], piece[end:]
        if ((*above, first) in known or first.endswith(_GROUP)) and _LAST_OF_TWO.search(rest) and len(rest) > 1:
            return [first, rest]
    return [piece]


def offices(named: Iterable[Row], owners: Mapping[str, str]) -> Iterator[StateBody]:
    """Offices in the regions and institutes, each directly under its ministry: their names are their own."""
    for row in named:
        owner = row["parent_name"] or row["ministry"]
        name = row["name"].removeprefix(owner)
        if row["agency_type"] == "field_office" and owner in owners and _OFFICE.search(name):
            yield StateBody(f"{owners[owner]}/{name}", name, "unit", owners[owner], "", owner + name)


def read_list(path: Path) -> list[Row]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))
