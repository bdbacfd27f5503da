"""Finding: a document to its candidates.

Takes a `Document` and a `RuleSet`; gives the candidates that stay. Does not know context.
"""

from __future__ import annotations

from pipeline.engine.load import RuleSet
from pipeline.engine.matcher import Rejected, compose, composed_kinds, match_rules
from pipeline.engine.page import Page, open_page
from pipeline.engine.select import Lost, longest, select
from pipeline.model import Candidate, Document


def find(document: Document, rules: RuleSet) -> list[Candidate]:
    """Candidates sorted by span; those of one kind do not overlap."""
    return find_on(open_page(document), rules)


def find_on(page: Page, rules: RuleSet, rejected: Rejected | None = None, lost: Lost | None = None) -> list[Candidate]:
    """The same on an opened page; `rejected` and `lost` are told of what came to nothing, and why."""
    simple = match_rules(page, rules, rejected)
    composed: list[Candidate] = []
    for kind in composed_kinds(rules):
        points = longest([candidate for candidate in simple if candidate.kind == kind], rules.by_id)
        composed += compose(page, rules, kind, points, rejected)
    return select(simple + composed, rules.by_id, lost)
