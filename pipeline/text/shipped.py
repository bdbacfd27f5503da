"""The tables that come with the program, for those who know no rules.

Takes the name of a table under `rules/gazetteer/`; gives its rows. Does not know what they mean, nor a project's own.
"""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

#: the tables that are asked for here; of units the lines that tell a layout
PARSED_WITH = ("english_months", "eras", "layout_words", "units")


def shipped_rules() -> Path:
    """The folder of the rules that come with the program: inside the wheel, or `rules/` of a checkout."""
    package = Path(__file__).resolve().parent.parent
    inside = package / "shipped_rules"
    return inside if inside.is_dir() else package.parent / "rules"


@cache
def shipped_table(name: str) -> tuple[dict[str, str], ...]:
    """The rows of a shipped table in their order.

    >>> shipped_table("eras")[-1]["surface"]
    '令和'
    """
    with (shipped_rules() / "gazetteer" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))
