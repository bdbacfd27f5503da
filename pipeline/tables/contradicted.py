"""What decisions say of rules: one that people contradict again and again is a rule to change.

Takes rows of `decisions.csv`; gives them by rule. Does not know files of decisions.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, NamedTuple

#: so many decisions against one rule ask for another rule
ENOUGH = 5
#: states in which a decision and what the pipeline says by itself are two things
_APART = ("applied", "contradicted")


class Contradicted(NamedTuple):
    """A rule, rows of decisions that hold against it, and how many agree with it."""

    rule_id: str
    against: Sequence[Mapping[str, str]]
    agreeing: int

    @property
    def enough(self) -> bool:
        return len(self.against) >= ENOUGH


def verdict(do: str, state: str) -> Literal["against", "agreeing", ""]:
    """What a decision in one of the ledger's states says of the rule behind its row; "" for one that does not hold.

    >>> verdict("reject", "applied"), verdict("accept", "applied"), verdict("accept", "contradicted"), verdict("replace", "expired")
    ('against', 'agreeing', 'against', '')
    """
    if state in _APART and (do != "accept" or state == "contradicted"):
        return "against"
    return "agreeing" if state in (*_APART, "agreed") else ""


def contradicted_rules(rows: Iterable[Mapping[str, str]]) -> list[Contradicted]:
    """Rules that decisions hold against, the most contradicted first. What was only added speaks against no rule."""
    against: dict[str, list[Mapping[str, str]]] = {}
    agreeing: dict[str, int] = {}
    for row in rows:
        rule, said = row["rule_id"], verdict(row["do"], row["state"])
        if rule and said == "against":
            against.setdefault(rule, []).append(row)
        elif rule and said == "agreeing":
            agreeing[rule] = agreeing.get(rule, 0) + 1
    found = [Contradicted(rule, held, agreeing.get(rule, 0)) for rule, held in against.items()]
    return sorted(found, key=lambda rule: (-len(rule.against), rule.rule_id))


def rules_to_change(rows: Iterable[Mapping[str, str]]) -> list[Contradicted]:
    """Those that five decisions or more hold against."""
    return [rule for rule in contradicted_rules(rows) if rule.enough]
