"""Why a spot is, or is not, a mention.

Takes a page, a rule set and an offset; gives the candidates there, or the rules that came nearest with what they lacked. Does not
render.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.engine.find import find_on
from pipeline.engine.load import RuleSet
from pipeline.engine.page import Page
from pipeline.engine.rule import Rule
from pipeline.model import Candidate, Span


@dataclass(frozen=True, slots=True)
class NearMiss:
    """A rule that did not make a mention of a span near the spot, and what it lacked."""

    rule_id: str
    where: str
    span: Span
    lacked: str


@dataclass(frozen=True, slots=True)
class Explanation:
    found: tuple[Candidate, ...]
    near: tuple[NearMiss, ...]


def explain(page: Page, rules: RuleSet, offset: int) -> Explanation:
    """Candidates that cover the offset (every kind, what is ignored too), and near misses, nearest first."""
    near: list[NearMiss] = []

    def rejected(rule: Rule, span: Span, lacked: str) -> None:
        near.append(NearMiss(rule.id, rule.where.split(" ")[0], span, lacked))

    def lost(loser: Candidate, winner: Candidate) -> None:
        rule = rules.rule(loser.rule_id)
        near.append(
            NearMiss(
                rule.id,
                rule.where.split(" ")[0],
                loser.span,
                f"lost to {winner.rule_id}, which holds {winner.span.cut(page.document.text)!r}",
            )
        )

    found = [c for c in find_on(page, rules, rejected, lost) if c.span.start <= offset < c.span.end]
    block = next((b for b in page.document.blocks if b.start <= offset < b.end), None)
    there = [miss for miss in near if miss.span.start <= offset < miss.span.end]
    if block is not None and not found and not there:
        there = [miss for miss in near if block.start <= miss.span.start < block.end] or _anchored(
            rules, page, offset, block.start, block.end
        )
    there.sort(key=lambda miss: (_distance(miss.span, offset), -(miss.span.end - miss.span.start), miss.rule_id))
    return Explanation(tuple(found), tuple(dict.fromkeys(there)))


def _anchored(rules: RuleSet, page: Page, offset: int, start: int, end: int) -> list[NearMiss]:
    """Rules of which an anchor stands near the spot although their pattern does not fit."""
    misses = []
    low, high = max(start, offset - 10), min(end, offset + 10)
    around = page.document.text[low:high]
    for rule in rules.rules:
        for anchor in rule.anchors:
            match = re.search(anchor, around)
            if match:
                span = Span(low + match.start(), low + match.end())
                misses.append(
                    NearMiss(
                        rule.id,
                        rule.where.split(" ")[0],
                        span,
                        f"{match.group()!r} is there, the rest of the pattern is not: {rule.description}",
                    )
                )
                break
    return misses


def _distance(span: Span, offset: int) -> int:
    return 0 if span.start <= offset < span.end else min(abs(span.start - offset), abs(span.end - offset))
