"""Finding: a document to its candidates.

Takes a `Document` and a `RuleSet`; gives the candidates that stay. Does not know context.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import lru_cache

from pipeline.engine.load import RuleSet
from pipeline.engine.matcher import Rejected, compose, composed_kinds, match_rules
from pipeline.engine.page import Page, open_page
from pipeline.engine.select import Lost, between, by_kind, longest, select
from pipeline.model import Candidate, Document


def find(document: Document, rules: RuleSet) -> list[Candidate]:
    """Candidates sorted by span; those of one kind do not overlap."""
    return find_on(open_page(document), rules)


def find_on(page: Page, rules: RuleSet, rejected: Rejected | None = None, lost: Lost | None = None) -> list[Candidate]:
    """The same on an opened page; `rejected` and `lost` are told of what came to nothing, and why."""
    if lost is not None:
        return select(gather(page, rules, rejected), rules.by_id, lost)
    simple = by_kind(match_rules(page, rules, rejected))
    chosen = {kind: longest(found, rules.by_id) for kind, found in simple.items()}
    for kind in composed_kinds(rules):
        # Of most kinds no composed rule finds anything, and what is chosen stays.
        if composed := compose(page, rules, kind, chosen.get(kind, []), rejected):
            chosen[kind] = longest(simple[kind] + composed, rules.by_id)
    return between(chosen, rules.by_id)


def gather(page: Page, rules: RuleSet, rejected: Rejected | None = None) -> list[Candidate]:
    """All candidates before any is chosen, those of composed rules behind the others."""
    simple = match_rules(page, rules, rejected)
    kinds = by_kind(simple)
    composed: list[Candidate] = []
    for kind in composed_kinds(rules):
        composed += compose(page, rules, kind, longest(kinds.get(kind, []), rules.by_id), rejected)
    return simple + composed


def gather_again(
    page: Page, rules: RuleSet, kind: str, known: Sequence[Candidate], edited: Collection[str]
) -> list[Candidate]:
    """All candidates of a kind, of which those `known` were gathered before some rules of the kind were added, taken away or edited: only these are asked again."""
    part = _part(rules, kind, frozenset(edited))
    kept = [candidate for candidate in known if candidate.rule_id not in edited and candidate.rule_id in rules.by_id]
    composed = [candidate for candidate in kept if rules.by_id[candidate.rule_id].composed]
    simple = [candidate for candidate in kept if not rules.by_id[candidate.rule_id].composed]
    found = match_rules(page, part, None)
    if not found and len(kept) == len(known) and not any(rule.composed for rule in part.rules):
        return list(known)
    simple += found
    if kind not in composed_kinds(rules):
        return simple + composed
    return simple + compose(page, rules, kind, longest(simple, rules.by_id))


@lru_cache(maxsize=16)
def _part(rules: RuleSet, kind: str, ids: frozenset[str]) -> RuleSet:
    """Those rules of a kind that are named."""
    return RuleSet(tuple(rule for rule in rules.rules if rule.id in ids and rule.kind == kind), rules.gazetteers)
