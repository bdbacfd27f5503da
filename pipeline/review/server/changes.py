"""Changes as a list for people: grouped by cause, the largest group first; filtered; in windows.

Takes changes with their causes; gives items, groups and windows. Does not know sources' texts or decisions' files.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from unicodedata import normalize

from pipeline.review.cause import Cause
from pipeline.review.diff import Change, Row
from pipeline.review.server.marked import visible
from pipeline.review.server.states import KIND_OF

#: columns that say a row's value in a few words, by table
VALUES: Mapping[str, tuple[str, ...]] = {
    "dates": ("edtf", "start_time", "end_time", "role"),
    "amounts": ("value", "value_max", "unit", "label", "period"),
    "organisation_mentions": ("name", "legal_form", "organisation_id"),
    "municipality_mentions": ("code", "name", "prefecture"),
}
#: characters of a surface and of a value in the list
_SURFACE, _VALUE = 80, 60
#: sources and rules that a menu offers; the others are found by words
_CHOICES = 200
_HOW = {"added": "gained", "removed": "lost", "changed": "changed", "moved": "moved"}


@dataclass(frozen=True, slots=True)
class Item:
    """A change in the list. `key` names it in addresses and stays what it is when the page or the server is started again; `words` is what is searched."""

    key: str
    group: str
    cause: Cause
    change: Change
    kind: str
    how: str
    words: str

    @property
    def asks(self) -> bool:
        """Whether a person is asked about it: not where a row stands elsewhere and says the same."""
        return self.change.how != "moved"

    @property
    def row(self) -> Row:
        """The row as it is now, else as it was."""
        row = self.change.new if self.change.new is not None else self.change.old
        assert row is not None
        return row

    def shown(self, decided: str) -> dict[str, object]:
        """What the list shows of it."""
        table, columns = self.change.table, self.change.columns
        told = [column for column in VALUES[table] if column in columns] or list(columns[:3])
        old, new = ("" if row is None else said(table, row, told) for row in (self.change.old, self.change.new))
        return {
            "key": self.key, "kind": self.kind, "how": self.how, "source": visible(self.change.source_id, _SURFACE),
            "surface": visible(self.row["surface"], _SURFACE), "old": old, "new": new if new != old else "", "state": decided,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Filter:
    """What is asked for; empty is everything, but for rows that only moved: an edit above them moves hundreds, and nothing of them is to be judged. They
    are there where `how` asks for them. `state` is `open` or `decided`, `words` are all to be found in surface, values, source or rule."""

    kind: str = ""
    how: str = ""
    state: str = ""
    source: str = ""
    rule: str = ""
    cause: str = ""
    words: str = ""

    def chosen(self, items: Iterable[Item], decided: Container[str]) -> Iterator[Item]:
        words = _folded(self.words).split()
        for item in items:
            if (
                (not self.kind or item.kind == self.kind)
                and (item.how == self.how if self.how else item.asks)
                and (not self.source or item.change.source_id == self.source)
                and (not self.rule or self.rule in _rules(item.change))
                and (not self.cause or item.group == self.cause)
                and (not self.state or (item.key in decided) == (self.state == "decided"))
                and all(word in item.words for word in words)
            ):
                yield item


def listed(changes: Sequence[Change], causes: Sequence[Cause]) -> tuple[Item, ...]:
    """Items in the order in which they are shown: the cause first that asks most of a person, inside it by source and place."""
    sizes = Counter(cause for change, cause in zip(changes, causes, strict=True) if change.how != "moved")
    paired = sorted(
        zip(changes, causes, strict=True),
        key=lambda pair: (-sizes[pair[1]], pair[1], pair[0].source_id, _start(pair[0]), pair[0].table),
    )
    return tuple(_item(change, cause) for change, cause in paired)


def groups(
    items: Iterable[Item], decided: Container[str], effects: Mapping[str, Mapping[str, Sequence[int]]] | None = None
) -> list[dict[str, object]]:
    """Causes in order with the number of their changes, and of those that are open; issues and leftovers that came and went with them."""
    counts: dict[str, Counter[str]] = {}
    first: dict[str, Item] = {}
    for item in items:
        first.setdefault(item.group, item)
        counts.setdefault(item.group, Counter()).update((item.how, "open" if item.key not in decided else "done"))
    return [
        {
            "key": key, "kind": item.cause.kind, "name": visible(item.cause.name, 120), "detail": visible(item.cause.detail, 300),
            "count": counts[key]["open"] + counts[key]["done"], "open": counts[key]["open"],
            "effects": (effects or {}).get(key, {}),
            "hows": {how: counts[key][how] for how in _HOW.values() if counts[key][how]},
        }
        for key, item in first.items()
    ]  # fmt: skip


def effects_by_group(effects: Iterable[Change]) -> dict[str, dict[str, list[int]]]:
    """How many issues and leftovers each cause brought and took away, by its key."""
    found: dict[str, dict[str, list[int]]] = {}
    for effect in effects:
        counts = found.setdefault(_key(*effect.cause), {}).setdefault(effect.table, [0, 0])
        counts[effect.how == "removed"] += 1
    return found


def said(table: str, row: Row, columns: Sequence[str] = ()) -> str:
    """A row's value in a few words, or what it says in some columns."""
    return visible(" ".join(row[column] for column in columns or VALUES[table] if row.get(column)), _VALUE)


def choices(items: Iterable[Item]) -> dict[str, list[tuple[str, int]]]:
    """What can be filtered by: kinds, hows, sources, rules, with how many changes each."""
    found: dict[str, Counter[str]] = {"kind": Counter(), "how": Counter(), "source": Counter(), "rule": Counter()}
    for item in items:
        found["kind"][item.kind] += 1
        found["how"][item.how] += 1
        found["source"][item.change.source_id] += 1
        found["rule"].update(_rules(item.change))
    return {
        name: sorted(counter.items(), key=lambda pair: (-pair[1], pair[0]))[:_CHOICES]
        for name, counter in found.items()
    }


def _item(change: Change, cause: Cause) -> Item:
    group = _key(*cause)
    rows = [row for row in (change.old, change.new) if row is not None]
    key = _key(
        change.table, change.source_id, *("" if row is None else row["mention_id"] for row in (change.old, change.new))
    )
    told = [row[column] for row in rows for column in ("surface", "rule_id", *VALUES[change.table]) if row.get(column)]
    words = _folded(" ".join(dict.fromkeys((change.source_id, *told))))
    return Item(key, group, cause, change, KIND_OF[change.table], _HOW[change.how], words)


def _key(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _start(change: Change) -> int:
    row = change.new if change.new is not None else change.old
    return int(row["start"]) if row is not None else 0


def _rules(change: Change) -> set[str]:
    return {row["rule_id"] for row in (change.old, change.new) if row is not None}


def _folded(text: str) -> str:
    return normalize("NFKC", text).casefold()
