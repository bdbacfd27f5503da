"""Decisions on the terminal.

Takes rows of `decisions.csv`; prints what was decided, what came of it, and the rules that it speaks against. Does not compute it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from rich.text import Text

from pipeline.console import console
from pipeline.tables.contradicted import contradicted_rules

#: states in which something must be looked at stand first
_ORDER = ("expired", "contradicted", "agreed", "applied", "overruled", "withdrawn")
_MEANING = {
    "expired": "their text is gone",
    "contradicted": "the pipeline says another thing than it did",
    "agreed": "the pipeline says so by itself now",
    "applied": "they hold",
    "overruled": "a later one counts",
    "withdrawn": "taken back",
}


def show_decisions(rows: Sequence[Mapping[str, str]], most: int) -> None:
    """By state; `most` 0 shows all of them. Rules that five or more speak against are to be changed."""
    screen = console()
    screen.print(f"{len(rows)} decision{'s' * (len(rows) != 1)}")
    for state in _ORDER:
        found = [row for row in rows if row["state"] == state]
        if not found:
            continue
        screen.print(f"[bold]{state}[/bold]: {len(found)} ({_MEANING[state]})")
        for row in found[:most] if most else found:
            screen.print(_decision(row))
        if most and len(found) > most:
            screen.print(f"  … and {len(found) - most} more (--most 0 shows all)")
    for rule in contradicted_rules(rows):
        if rule.enough:
            agree = f"; {rule.agreeing} agree with it" if rule.agreeing else ""
            screen.print(
                Text(f"a rule to change: {rule.rule_id} ({len(rule.against)} decisions against it{agree})", "bold")
            )


def _decision(row: Mapping[str, str]) -> Text:
    place = f"{row['source_id']}:{row['start']}" if row["start"] else row["source_id"]
    columns = json.loads(row["set"] or "{}")
    told = " → " + ", ".join(f"{name} {value}" for name, value in columns.items() if value) if columns else ""
    text = Text(f"  {row['do']} {row['kind']}".rstrip() + f" {row['surface']!r}{told}")
    who = ", ".join(filter(None, (row["by"], row["date"], row["reason"])))
    text.append(f"   {place} {row['decision_id']}" + (f" [{row['rule_id']}]" if row["rule_id"] else ""), style="dim")
    if who:
        text.append(f" ({who})", style="dim")
    return text
