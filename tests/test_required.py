"""What a pattern demands of a text: too little is slow, too much would lose mentions."""

from __future__ import annotations

import pytest

from pipeline.engine.load import Rule, load_rules
from pipeline.engine.required import Required, _known, required
from pipeline.text.fold import fold


@pytest.mark.parametrize(
    ("pattern", "words", "figure"),
    [
        ("第[0-9]+号", {"第"}, True),
        ("[0-9]+(?:人|世帯)", {"人", "世帯"}, True),
        ("(?:平成|昭和)(?P<year>元|[0-9]+)年度", {"年度"}, False),
        ("[0-9]+(?:か月)?", set(), True),
        ("(?:市|)長", {"長"}, False),
        ("課?長", {"長"}, False),
        ("(?:一部)*事務組合", {"事務組合"}, False),
        ("(?:株式){0,2}会社{2}", {"会"}, False),
        (r"\(株\)|有限会社", {"(株)", "有限会社"}, False),
        ("[町村]会", {"会"}, False),
        ("[町村]", {"町", "村"}, False),
        ("^[^都道府県]$", set(), False),
        ("(?i:april) [0-9]", {" "}, True),
        (r"[(（\[][^()]+万円", {"万円"}, False),
        (r"[(（\[][0-9]+", {"(", "（", "["}, True),
        (r"\p{Han}+市", set(), False),
        ("[[:digit:]]円", set(), False),
        ("市\\n町", set(), False),
        (".*", set(), False),
        ("", set(), False),
    ],
)
def test_a_pattern_demands_the_rarest_words_that_every_match_holds(pattern: str, words: set[str], figure: bool) -> None:
    assert required(pattern) == Required(frozenset(words), figure)


def test_what_a_rule_demands_stands_in_all_its_examples() -> None:
    asked = 0
    for rule in _simple():
        demanded = required(rule.source)
        for example in rule.examples:
            text = fold(example.text).text
            if rule.pattern.occurs(text):
                asked += 1
                assert not demanded.words or any(word in text for word in demanded.words), (rule.id, text)
                assert not demanded.figure or any(character in "0123456789" for character in text), (rule.id, text)
    assert asked > 300


def test_nearly_all_rules_demand_something() -> None:
    rules = _simple()
    assert sum(required(rule.source) == Required() for rule in rules) < len(rules) // 10


def test_what_a_pattern_demands_does_not_depend_on_those_asked_before() -> None:
    sources = [rule.source for rule in _simple()]
    together = [required(source) for source in [*sources, *sources]]
    for source, known, again in zip(sources, together, together[len(sources) :], strict=False):
        _known.cache_clear()
        assert required(source) == known == again


def _simple() -> list[Rule]:
    return [rule for rule in load_rules().rules if rule.pattern is not None and not rule.composed]
