"""What rules mean: which edits count, and that what depends on them says so."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest

from pipeline.driver.plain import candidate_of, document_of, plain_candidate, plain_document
from pipeline.driver.stages import statement_of
from pipeline.engine.find import find, gather, gather_again
from pipeline.engine.gazetteer import Gazetteer
from pipeline.engine.kept_page import kept, reopened
from pipeline.engine.load import RuleSet, load_rules
from pipeline.engine.meaning import edits, meaning_of
from pipeline.engine.page import open_page
from pipeline.engine.readers import CONSULTED as READ_WITH
from pipeline.engine.rule import Example, Extension, Rule, TokenCondition
from pipeline.engine.search import Pattern
from pipeline.engine.touched import touching
from pipeline.parsers import parse
from pipeline.resolve.context import Context
from pipeline.resolve.mentions import CONSULTED, resolve
from pipeline.sources.discovery import discover, read_source
from pipeline.text.shipped import PARSED_WITH

ROOT = Path(__file__).parent.parent
PIPELINE = ROOT / "pipeline"
NAMED = re.compile(r'gazetteers(?:\.get\(|\[)\s*"(\w+)"')
OTHER: Mapping[str, Any] = {
    "id": "date.other", "kind": "amount", "value": "date_range", "gazetteer": "units", "composed": True, "across": True,
    "settings": {"role": "deadline"}, "tokens": TokenCondition(start=True), "extend": Extension(Pattern("名詞")),
    "blocks": frozenset(["cell"]), "not_blocks": frozenset(["cell"]), "against": frozenset(["date"]),
    "beats": frozenset(["date.era"]), "where": "rules/x.yml:9 x", "description": "別", "source": "別", "anchors": ("別",),
    "examples": (Example("別", ()),), "counterexamples": (Example("別", ()),),
}  # fmt: skip
NO_MEANING = {"where", "description", "source", "anchors", "examples", "counterexamples"}


@pytest.fixture(scope="module")
def rules() -> RuleSet:
    return load_rules()


@pytest.fixture(scope="module")
def plain() -> Rule:
    return Rule("date.one", "date", "rules/date/x.yml:1 x", "ある日", "date", Pattern("[0-9]+日"))


@pytest.mark.parametrize("field", [field.name for field in fields(Rule)])
def test_every_field_of_a_rule_means_something_or_is_known_not_to(plain: Rule, field: str) -> None:
    edited = replace(plain, **{field: OTHER.get(field, Pattern("別"))})
    one, other = meaning_of(RuleSet((plain,), {})), meaning_of(RuleSet((edited,), {}))
    assert (one.digest == other.digest) == (field in NO_MEANING)


@pytest.mark.parametrize("field", [field.name for field in fields(TokenCondition) if field.name != "start_only"])
def test_every_token_condition_means_something(plain: Rule, field: str) -> None:
    asked = replace(TokenCondition(), **{field: True if field in ("start", "end") else Pattern("別")})
    edited = replace(plain, tokens=asked)
    assert meaning_of(RuleSet((plain,), {})).kinds != meaning_of(RuleSet((edited,), {})).kinds


def test_the_order_of_rules_means_nothing(rules: RuleSet) -> None:
    turned = RuleSet(tuple(reversed(rules.rules)), rules.gazetteers)
    assert meaning_of(turned).digest == meaning_of(rules).digest


def test_edits_are_told_by_kind(rules: RuleSet, plain: Rule) -> None:
    old, new = meaning_of(rules), meaning_of(RuleSet((*rules.rules, plain), rules.gazetteers))
    assert edits(old, new, "date").rules == {"date.one"}
    assert not any(edits(old, new, "amount"))
    units = replace(rules.gazetteers["units"], rows=rules.gazetteers["units"].rows[:-1])
    less = meaning_of(RuleSet(rules.rules, {**rules.gazetteers, "units": units}))
    assert edits(old, less, "amount").whole
    assert not any(edits(old, less, "date"))


def test_readers_are_given_the_gazetteers_that_they_name() -> None:
    named = {
        path.stem: set(NAMED.findall(path.read_text(encoding="utf-8"))) for path in (PIPELINE / "engine").glob("*.py")
    }
    readers = {
        "amount": ("read_amounts", "counting_nouns"),
        "unit": ("read_amounts",),
        "date": ("read_dates", "date_points"),
        "organisation": ("read_bodies", "read_named_after", "body_words"),
        "place": ("read_names",),
    }
    for reader, modules in readers.items():
        wanted = {name for module in modules for name in named[module]}
        assert wanted <= {*READ_WITH[reader], *(READ_WITH["amount"] if reader == "unit" else ())}, reader
    home = {module for modules in readers.values() for module in modules}
    assert {module for module, found in named.items() if found} <= home


def test_resolving_is_given_the_gazetteers_that_it_names() -> None:
    named = {name for path in (PIPELINE / "resolve").glob("*.py") for name in NAMED.findall(path.read_text("utf-8"))}
    assert named <= set(CONSULTED)


class Asked(dict[str, Gazetteer]):
    """Gazetteers that keep in mind which of them were asked for, in whatever way the code names them."""

    def __init__(self, gazetteers: Mapping[str, Gazetteer]) -> None:
        super().__init__(gazetteers)
        self.names: set[str] = set()

    def __getitem__(self, name: str) -> Gazetteer:
        self.names.add(name)
        return super().__getitem__(name)

    def get(self, name: str, default: Any = None) -> Any:
        self.names.add(name)
        return super().get(name, default)


def test_resolving_asks_for_no_other_gazetteers_than_those_and_for_each(rules: RuleSet) -> None:
    asked = Asked(rules.gazetteers)
    for found in discover(ROOT / "raw").sources:
        source, _ = read_source(found)
        document = parse(source)
        statement = statement_of(source.sidecar, document, rules.gazetteers)
        resolve(Context(document, statement, tuple(find(document, rules)), asked))
    assert asked.names == set(CONSULTED)


def test_the_tables_that_parsers_know_are_told() -> None:
    asked = (re.findall(r'shipped_table\("(\w+)"\)', path.read_text("utf-8")) for path in PIPELINE.rglob("*.py"))
    assert {name for names in asked for name in names} == set(PARSED_WITH)


@pytest.mark.parametrize("source", discover(ROOT / "raw").sources, ids=lambda found: found.source_id)
def test_what_is_found_again_is_what_is_found(source: Any, rules: RuleSet) -> None:
    document = parse(read_source(source)[0])
    page = open_page(document)
    again = reopened(page.view.text, kept(page))
    found = gather(page, rules)
    assert document_of(plain_document(document)) == document
    assert [candidate_of(plain_candidate(candidate)) for candidate in found] == found
    for kind in ("date", "amount", "organisation", "municipality", "ignore"):
        known = [candidate for candidate in found if candidate.kind == kind]
        for start in range(2):
            edited = [rule.id for rule in rules.rules if rule.kind == kind][start::2]
            assert _listed(gather_again(again, rules, kind, known, edited)) == _listed(known)


@pytest.mark.parametrize("source", discover(ROOT / "raw").sources, ids=lambda found: found.source_id)
def test_a_text_without_a_rules_words_holds_no_match(source: Any, rules: RuleSet) -> None:
    page = open_page(parse(read_source(source)[0]))
    data = page.view.text.encode()
    by = {candidate.rule_id for candidate in gather(page, rules)}
    told = {rule.id for rule in rules.rules if touching([rule])(data)}
    assert by <= told
    assert len(told) < len(rules.rules)


def _listed(found: Any) -> list[str]:
    return sorted(map(repr, found))
