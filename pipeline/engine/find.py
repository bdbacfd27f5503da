"""Finding: a document to its candidates.

Takes a `Document` and a `RuleSet`; gives the candidates that stay. Does not know context.
"""

from __future__ import annotations

from pipeline.engine.load import RuleSet
from pipeline.engine.matcher import Rejected, compose, match_rules
from pipeline.engine.page import Page, open_page
from pipeline.engine.select import Lost, longest, select
from pipeline.model import Candidate, Document


def find(document: Document, rules: RuleSet) -> list[Candidate]:
    """Candidates sorted by span; those of one kind do not overlap."""
    return find_on(open_page(document), rules)


def find_on(page: Page, rules: RuleSet, rejected: Rejected | None = None, lost: Lost | None = None) -> list[Candidate]:
    """The same on an opened page; `rejected` and `lost` are told of what came to nothing, and why."""
    by_id = {rule.id: rule for rule in rules.rules}
    simple = match_rules(page, rules, rejected)
    composed_kinds = {rule.kind for rule in rules.rules if rule.composed}
    points = [c for kind in sorted(composed_kinds) for c in longest([c for c in simple if c.kind == kind], by_id)]
    composed = compose(page, rules, points, rejected)
    return select(simple + composed, by_id, lost)
