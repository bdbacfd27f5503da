"""A change as an object of JSON.

Takes a change; gives a dict of plain things, or its line. Does not know where it is written.
"""

from __future__ import annotations

import json
from typing import Any

from pipeline.review.diff import Change


def told(change: Change) -> dict[str, Any]:
    """`table`, `how`, `source_id`, `old` and `new` (rows, null for none), `columns` (those that differ); `cause` and `also` ({"kind", "name", "detail"}) where they are known."""
    told = {name: getattr(change, name) for name in ("table", "how", "source_id", "old", "new")}
    told["columns"] = list(change.columns)
    if change.cause.kind != "unknown" or change.cause.detail:
        told["cause"] = change.cause._asdict()
    return told | ({"also": [cause._asdict() for cause in change.also]} if change.also else {})


_ENCODER = json.JSONEncoder(ensure_ascii=False)


def line(change: Change) -> str:
    """The same as a line, with its end."""
    return _ENCODER.encode(told(change)) + "\n"
