"""What a pattern demands of a text: too little is slow, too much would lose mentions."""

from __future__ import annotations

import pytest

from pipeline.engine.load import Rule, load_rules
from pipeline.engine.required import KANJI_FIGURES, Required, _known, required
from pipeline.text.fold import fold


@pytest.mark.parametrize(
    ("pattern", "words", "also", "numeral"),
    [
        ("第[0-9]+号", {"第"}, {"号"}, 2),
        ("[0-9]+(?:人|世帯)", {"人", "世帯"}, set(), 2),
        ("(?:平成|昭和)(?P<year>元|[0-9]+)年度", {"年度"}, {"平成", "昭和"}, 1),
        ("[0-9]+(?:か月)?", set(), set(), 2),
        ("[0-9一二三]+月|十月", {"月", "十月"}, set(), 1),
        ("[0-9一二三]+月|上旬", {"月", "上旬"}, set(), 0),
        ("(?:甲|乙丙)(?:丁(?:戊|己))", {"丁"}, {"甲", "乙丙"}, 0),
        ("(?:市|)長", {"長"}, set(), 0),
        ("課?長", {"長"}, set(), 0),
        ("(?:一部)*事務組合", {"事務組合"}, set(), 0),
        ("(?:株式){0,2}会社{2}", {"会"}, {"社"}, 0),
        (r"\(株\)|有限会社", {"(株)", "有限会社"}, set(), 0),
        ("[町村]会", {"会"}, {"町", "村"}, 0),
        ("[町村]", {"町", "村"}, set(), 0),
        ("^[^都道府県]$", set(), set(), 0),
        ("[(（-][0-9]+", {"(", "（", "-"}, set(), 2),
        (r"[(（\[][^()]+万円", {"万円"}, {"(", "（", "["}, 1),
        (r"[(（\[][0-9]+", {"(", "（", "["}, set(), 2),
        (r"\p{Han}+市", set(), set(), 0),
        ("[[:digit:]]円", set(), set(), 0),
        ("市\\n町", set(), set(), 0),
        (".*", set(), set(), 0),
        ("", set(), set(), 0),
    ],
)
def test_a_pattern_demands_the_rarest_words_that_every_match_holds(
    pattern: str, words: set[str], also: set[str], numeral: int
) -> None:
    assert required(pattern) == Required(frozenset(words), frozenset(also), numeral)


@pytest.mark.parametrize(
    ("pattern", "latin"),
    [
        ("(?i:april) [0-9]", True),
        ("[A-Z][a-z]*[0-9]?", True),
        ("(?:FAX|TEL)?[A-Za-z]", True),
        ("(?:FAX|電話)[0-9]", False),
        ("[A-Z-]", False),
        ("[A-Z]?号", False),
        ("[^A-Z]", False),
    ],
)
def test_a_latin_letter_is_demanded_where_every_match_holds_one(pattern: str, latin: bool) -> None:
    assert required(pattern).latin == latin


def test_what_a_rule_demands_stands_in_all_its_examples() -> None:
    asked = 0
    for rule in _simple():
        demanded = required(rule.source)
        for example in rule.examples:
            text = fold(example.text).text
            if rule.pattern.occurs(text):
                asked += 1
                for words in (demanded.words, demanded.also):
                    assert not words or any(word in text for word in words), (rule.id, text)
                figures = {0: text, 1: "0123456789" + KANJI_FIGURES, 2: "0123456789"}[demanded.numeral]
                assert any(character in figures for character in text), (rule.id, text)
                assert not demanded.latin or any(c.isascii() and c.isalpha() for c in text), (rule.id, text)
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
