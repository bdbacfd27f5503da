"""The shipped rules: every example holds, every counterexample bites, no two rules tie."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from pipeline.engine.check import check
from pipeline.engine.load import RuleSet, load_rules
from pipeline.engine.matcher import match_rules
from pipeline.engine.page import open_page
from pipeline.engine.prefilter import prefilter
from pipeline.parsers import parse
from pipeline.sources.discovery import discover, read_source

RAW = Path(__file__).resolve().parent.parent / "raw"


@cache
def shipped() -> RuleSet:
    return load_rules()


def test_every_example_holds_in_every_spelling() -> None:
    checked = check(shipped())
    assert checked.problems == ()
    assert checked.rules > 100
    assert checked.variants > 4 * checked.rules


def test_each_kind_of_mention_has_rules_and_what_is_none_too() -> None:
    kinds = {rule.kind for rule in shipped().rules}
    assert {"date", "amount", "organisation", "municipality", "ignore", "unit", "label"} <= kinds


@pytest.mark.parametrize("guarded", [True, False])
def test_the_prefilter_names_every_rule_whose_own_example_it_is_asked_for(guarded: bool) -> None:
    """It is an optimisation: a rule that it does not name for a text that the rule finds would be lost."""
    rules = [r for r in shipped().rules if r.pattern is not None and not r.composed and not r.across]
    occurring = prefilter(rules, guarded)
    from pipeline.text.fold import fold

    missed = [
        (rule.id, example.text)
        for index, rule in enumerate(rules)
        for example in rule.examples
        if not occurring([(fold(example.text).text.encode(), min(rule.blocks, default="paragraph"))])[index]
    ]
    assert not missed


def test_what_must_stand_around_a_match_takes_none_away() -> None:
    """Lines are asked for a rule together with its surroundings; without them, which is slow, no more is found."""
    rules = shipped()
    for found in discover(RAW).sources:
        page = open_page(parse(read_source(found)[0]))
        quick = {(c.span, c.rule_id) for c in match_rules(page, rules)}
        assert quick == {(c.span, c.rule_id) for c in match_rules(page, rules, lambda *_: None)}, found.source_id
