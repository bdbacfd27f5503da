"""Decisions as what they say about rules: a rule that people contradict again and again is a rule to change.

Takes a desk; gives decisions by rule, the most contradicted first. Does not write.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.model import Decision
from pipeline.review.server.desk import Desk

#: so many decisions against one rule ask for another rule
ENOUGH = 5
#: decisions of a rule that are shown
MOST_SHOWN = 50


@dataclass(frozen=True, slots=True)
class Told:
    """A live decision of a source."""

    source_id: str
    decision: Decision


@dataclass(frozen=True, slots=True)
class Spoken:
    """Live decisions against a rule ("" for what no rule found), and how many agree with it."""

    rule_id: str
    against: Sequence[Told]
    agreeing: int
    enough: bool


def speaking(desk: Desk) -> list[Spoken]:
    """Rules by the number of decisions against them."""
    against: dict[str, list[Told]] = {}
    agreeing: dict[str, int] = {}
    for told in all_live(desk):
        rule = told.decision.rule
        if told.decision.do == "accept":
            agreeing[rule] = agreeing.get(rule, 0) + 1
        else:
            against.setdefault(rule, []).append(told)
    return sorted(
        (
            Spoken(rule, found, agreeing.get(rule, 0), bool(rule) and len(found) >= ENOUGH)
            for rule, found in against.items()
        ),
        key=lambda spoken: (not spoken.enough, -len(spoken.against), spoken.rule_id),
    )


def all_live(desk: Desk) -> Iterator[Told]:
    """Decisions that count, of every source that is here."""
    for source_id in desk.shelf.files:
        for decision in desk.decisions.standing(source_id):
            yield Told(source_id, decision)
