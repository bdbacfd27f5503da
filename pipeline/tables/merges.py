"""Bodies whose id a build gave up for another one.

Takes the rows of `organisations.csv` of two builds and the redirects; gives the ids that somebody may still hold. Does not know files.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from pipeline.resolve.body_names import normalised
from pipeline.resolve.body_redirects import current_id

Row = Mapping[str, str]


def merged_ids(before: Iterable[Row], after: Iterable[Row], redirects: Mapping[str, str]) -> list[tuple[str, str]]:
    """(old id, new id) of each body that is there under another id now, sorted; those that a redirect resolves are left out.

    It is the same body where the corporate number or the normalised name (its own or an alias) is, and only one body now has it.
    """
    now = list(after)
    ids = {row["organisation_id"] for row in now}
    bearers: dict[str, set[str]] = defaultdict(set)
    for row in now:
        for key in (row["name"], row["legal_form"] + row["name"], row["corporate_number"], *row["aliases"].split("|")):
            bearers[normalised(key)].add(row["organisation_id"])
    merged = []
    for row in before:
        old = row["organisation_id"]
        if old in ids or current_id(old, redirects) != old:
            continue
        keys = [normalised(key) for key in (row["corporate_number"], row["name"]) if key]
        found = next((bearers[key] for key in keys if key in bearers), set())
        if len(found) == 1:
            merged.append((old, next(iter(found))))
    return sorted(merged)
