"""Decisions as what they say about rules: a rule that people contradict again and again is a rule to change.

Takes a desk; gives decisions by rule, the most contradicted first. Does not write.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.model import Decision
from pipeline.review.server.desk import Desk
from pipeline.tables.contradicted import ENOUGH, verdict

#: decisions of a rule that are shown
MOST_SHOWN = 50


@dataclass(frozen=True, slots=True)
class Told:
    """A live decision of a source, and what the last build made of it."""

    source_id: str
    decision: Decision
    state: str


@dataclass(frozen=True, slots=True)
class Spoken:
    """Live decisions against a rule ("" for rows that no rule found), and how many agree with it."""

    rule_id: str
    against: Sequence[Told]
    agreeing: int
    enough: bool


def speaking(desk: Desk) -> list[Spoken]:
    """Rules by the number of decisions against them; one that no build has seen counts as it will if nothing else changes. What was only added speaks against no
    rule."""
    against: dict[str, list[Told]] = {}
    agreeing: dict[str, int] = {}
    for told in all_live(desk):
        rule = "" if told.decision.do in ("add", "text") else told.decision.rule
        said = verdict(told.decision.do, told.state or "applied")
        if said == "against":
            against.setdefault(rule, []).append(told)
        elif said == "agreeing":
            agreeing[rule] = agreeing.get(rule, 0) + 1
    return sorted(
        (
            Spoken(rule, found, agreeing.get(rule, 0), bool(rule) and len(found) >= ENOUGH)
            for rule, found in against.items()
        ),
        key=lambda spoken: (not spoken.enough, not spoken.rule_id, -len(spoken.against), spoken.rule_id),
    )


def all_live(desk: Desk) -> Iterator[Told]:
    """Decisions that count, of every source that is here."""
    for source_id in desk.shelf.files:
        decisions = desk.decisions.standing(source_id)
        state = desk.shelf.now(source_id) if decisions else None
        states = {row["decision_id"]: row["state"] for row in state.table("decisions")} if state is not None else {}
        for decision in decisions:
            yield Told(source_id, decision, states.get(decision.decision_id, ""))
