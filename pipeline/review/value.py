"""What rows and their changes say in a few words.

Takes changes; gives text for people. Does not know terminals or pages.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from pipeline.review.diff import Change, How, Row

#: kinds in the words of people, by table
NAMES: Mapping[str, str] = {
    "dates": "dates",
    "amounts": "amounts",
    "organisation_mentions": "organisations",
    "municipality_mentions": "municipalities",
}
#: how rows change, in the order in which they are counted
COUNTED: Mapping[How, str] = {"added": "gained", "removed": "lost", "changed": "changed", "moved": "moved"}
_VALUES: Mapping[str, tuple[str, ...]] = {
    "dates": ("edtf", "start_time", "end_time"),
    "amounts": ("value", "value_max", "unit", "label", "period"),
    "organisation_mentions": ("name", "legal_form", "kind"),
    "municipality_mentions": ("code", "name", "prefecture"),
    "issues": ("severity", "code", "message"),
    "leftovers": ("surface",),
}
#: columns that are not told where one that they follow from differs
_FOLLOWING = {"start_date": ("edtf",), "end_date": ("edtf",), "as_written": ("edtf", "surface")}


def value(table: str, row: Row) -> str:
    """The columns that a person looks at first."""
    return " ".join(row[column] for column in _VALUES[table] if row.get(column))


def difference(change: Change) -> str:
    """The columns that differ, with both values; `surface` first, without those that only follow from another one."""
    assert change.old is not None
    assert change.new is not None
    old, new = change.old, change.new
    told = [name for name in change.columns if not set(_FOLLOWING.get(name, ())) & set(change.columns)]
    columns = sorted(told, key=lambda column: column != "surface")
    return "; ".join(f"{column}: {old.get(column, '') or 'none'} → {new[column] or 'none'}" for column in columns)


def counted(changes: Iterable[Change]) -> str:
    """Such as `12 gained, 3 changed`; "" for none."""
    counts = Counter(change.how for change in changes)
    return ", ".join(f"{counts[how]} {name}" for how, name in COUNTED.items() if counts[how])
