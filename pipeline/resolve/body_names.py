"""What the gazetteer knows of bodies, and the identity that a name alone gives.

Takes the gazetteers; gives bodies by name, by abbreviation, by their short name inside a parent. Does not know documents.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple

from pipeline.engine.gazetteer import Gazetteer, Row
from pipeline.resolve.legal_forms import LegalForms, legal_forms
from pipeline.resolve.unit_words import UnitWords, unit_words
from pipeline.text.patterns import late

_SPACE_AND_JOINTS = late(r"[\s　・･,，、.．‐\-－―–'’]")


class Body(NamedTuple):
    """A body: `organisation_id` is the same wherever it is named, `name` its full name without the legal form."""

    organisation_id: str
    name: str
    legal_form: str = ""
    kind: str = "other"


@dataclass(frozen=True, eq=False)
class Bodies:
    """Rows of `organisations.csv` by id; the words that units end with, legal forms. Names are put in order when a document first has one."""

    rows: Mapping[str, Row]
    words: UnitWords
    forms: LegalForms

    @cached_property
    def named(self) -> Mapping[str, Row]:
        """Rows by folded name, with and without the legal form."""
        named: dict[str, Row] = {}
        for row in self.rows.values():
            for name in _names(row):
                named.setdefault(normalised(name), row)
                if row.get("legal_form"):
                    named.setdefault(normalised(row["legal_form"] + name), row)
        return named

    @cached_property
    def units(self) -> Mapping[str, tuple[Row, ...]]:
        """Rows by what a unit's name adds to its parent's, or to a parent's of that."""
        units: dict[str, list[Row]] = {}
        for row in self.rows.values():
            parent = self.rows.get(row.get("parent_id", ""))
            while parent is not None:
                for name in _names(parent):
                    if row["name"].startswith(name) and len(row["name"]) > len(name) + 1:
                        units.setdefault(normalised(row["name"][len(name) :]), []).append(row)
                parent = self.rows.get(parent.get("parent_id", ""))
        return {name: tuple(found) for name, found in units.items()}

    def by_id(self, organisation_id: str) -> Body | None:
        row = self.rows.get(organisation_id)
        return body_of(row) if row is not None else None

    def aliases(self, organisation_id: str) -> tuple[str, ...]:
        """The other names of a body that the gazetteer knows."""
        return tuple(filter(None, self.rows.get(organisation_id, {}).get("aliases", "").split("|")))

    def by_name(self, name: str) -> Body | None:
        row = self.named.get(normalised(name))
        return body_of(row) if row is not None else None

    def longest_prefix(self, name: str) -> tuple[Body, str] | None:
        """The known body that a name begins with, and the rest of the name."""
        for length in range(len(name) - 1, 1, -1):
            row = self.named.get(normalised(name[:length]))
            if row is not None and not name[length - 1].isspace():
                return body_of(row), name[length:].strip()
        return None


def bodies(gazetteers: Mapping[str, Gazetteer]) -> Bodies:
    return _indexed(gazetteers.get("organisations"), unit_words(gazetteers), legal_forms(gazetteers))


@lru_cache(maxsize=4)
def _indexed(gazetteer: Gazetteer | None, words: UnitWords, forms: LegalForms) -> Bodies:
    rows = gazetteer.rows if gazetteer is not None else ()
    return Bodies({row["organisation_id"]: row for row in rows}, words, forms)


def body_of(row: Row) -> Body:
    return Body(row["organisation_id"], row["name"], row.get("legal_form", ""), row.get("kind", "other"))


@lru_cache(maxsize=1 << 15)
def normalised(name: str) -> str:
    """A name's form for comparison: width, case, spaces and joints folded.

    >>> normalised("ＣＩＴＹＦＯＯＤ ネットワーク") == normalised("Cityfoodネットワーク")
    True
    """
    return _SPACE_AND_JOINTS.sub("", unicodedata.normalize("NFKC", name)).casefold()


def own_id(name: str) -> str:
    """The id of a body that no gazetteer knows: `n-` and its normalised name."""
    return "n-" + normalised(name).replace("/", "／")


def _names(row: Row) -> Iterable[str]:
    return [name for name in (row["name"], *row.get("aliases", "").split("|")) if name]
