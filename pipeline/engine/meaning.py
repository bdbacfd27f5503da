"""What a rule set means: a digest for every rule, every line of a gazetteer and every kind.

Takes a `RuleSet`; gives a `Meaning`, and what differs between two of them. Does not know documents.

A description, an example, a comment, the place of a rule in its file and the order of rules mean nothing. The order of a gazetteer's
lines does, since of two bodies with one name the first is taken.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from pipeline.engine.gazetteer import Gazetteer, Row
from pipeline.engine.load import RuleSet
from pipeline.engine.readers import CONSULTED
from pipeline.engine.rule import Rule
from pipeline.engine.search import Pattern

_CONDITIONS = ("pattern", "before", "after", "not_before", "not_after")
_OF_TOKENS = ("first", "last", "before", "after", "not_first", "not_last", "not_before", "not_after")
#: gazetteers that readers ask only for names that stand in the text before them, so that a line whose names do not occur changes nothing
ASKED_BY_TEXT = frozenset(("organisations",))


class RuleMeaning(NamedTuple):
    kind: str
    digest: str


class LineMeaning(NamedTuple):
    """A gazetteer's line: `names` are the folded names by which it is found."""

    digest: str
    names: tuple[str, ...]


class Meaning(NamedTuple):
    """`rules` by id, `gazetteers` by name and first column in their order; `orders` are digests of whole gazetteers, `kinds` of
    all that the candidates of a kind are found by, `used` the gazetteers of each kind; `digest` is over everything."""

    rules: Mapping[str, RuleMeaning]
    gazetteers: Mapping[str, Mapping[str, LineMeaning]]
    orders: Mapping[str, str]
    used: Mapping[str, tuple[str, ...]]
    kinds: Mapping[str, str]
    digest: str


class Edits(NamedTuple):
    """What differs for one kind: ids of rules that are new, gone or other, and names in changed lines of gazetteers that are found in
    the text. `whole`: a gazetteer that says more than names differs, so that every rule of the kind may."""

    rules: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    whole: bool = False


def meaning_of(rules: RuleSet) -> Meaning:
    told = {rule.id: RuleMeaning(rule.kind, _rule_digest(rule)) for rule in rules.rules}
    lines = {name: _lines(gazetteer) for name, gazetteer in rules.gazetteers.items()}
    orders = {name: digest_of(f"{key}\t{line.digest}" for key, line in of.items()) for name, of in lines.items()}
    used: dict[str, set[str]] = {}
    for rule in rules.rules:
        used.setdefault(rule.kind, set()).update(_gazetteers(rule) & orders.keys())
    kinds = {
        kind: digest_of(
            [
                *(f"{rule_id}\t{rule.digest}" for rule_id, rule in sorted(told.items()) if rule.kind == kind),
                *(f"{name}\t{orders[name]}" for name in sorted(names)),
            ]
        )
        for kind, names in sorted(used.items())
    }
    digest = digest_of([*map("\t".join, kinds.items()), *map("\t".join, sorted(orders.items()))])
    return Meaning(told, lines, orders, {kind: tuple(sorted(names)) for kind, names in used.items()}, kinds, digest)


def edits(old: Meaning, new: Meaning, kind: str) -> Edits:
    """What leads from one meaning of a kind to another."""
    if old.kinds.get(kind) == new.kinds.get(kind):
        return Edits()
    ids = {
        rule_id
        for rule_id in old.rules.keys() | new.rules.keys()
        if old.rules.get(rule_id) != new.rules.get(rule_id)
        and kind in (rules[rule_id].kind for rules in (old.rules, new.rules) if rule_id in rules)
    }
    names: set[str] = set()
    for name in {*old.used.get(kind, ()), *new.used.get(kind, ())}:
        if old.orders.get(name) == new.orders.get(name):
            continue
        lines = changed_lines(old, new, name)
        if name not in ASKED_BY_TEXT or not lines:
            return Edits(frozenset(ids), whole=True)
        for meaning in (old, new):
            of = meaning.gazetteers.get(name, {})
            names.update(found for key in lines if key in of for found in of[key].names)
    return Edits(frozenset(ids), frozenset(names))


def changed_lines(old: Meaning, new: Meaning, name: str) -> list[str]:
    """First columns of a gazetteer's lines that are new, gone or other, sorted; none where only their order differs."""
    one, other = old.gazetteers.get(name, {}), new.gazetteers.get(name, {})
    return sorted(key for key in one.keys() | other.keys() if one.get(key) != other.get(key))


def digest_of(parts: Iterable[str]) -> str:
    """32 hexadecimal digits."""
    digest = hashlib.blake2b(digest_size=16)
    for part in parts:
        digest.update(part.encode("utf-8", "surrogatepass") + b"\n")
    return digest.hexdigest()


def _gazetteers(rule: Rule) -> set[str]:
    return {*CONSULTED.get(rule.value, ()), *([rule.gazetteer] if rule.gazetteer else [])}


def _rule_digest(rule: Rule) -> str:
    """Over all that a rule finds and beats by."""
    tokens, extend = rule.tokens, rule.extend
    parts = (
        rule.id, rule.kind, rule.value, rule.gazetteer, rule.composed, rule.across, sorted(rule.settings.items()),
        *map(sorted, (rule.blocks, rule.not_blocks, rule.against, rule.beats)),
        tokens and (tokens.start, tokens.end),
        extend and (extend.least, extend.most),
    )  # fmt: skip
    patterns = [getattr(rule, name) for name in _CONDITIONS]
    patterns += [getattr(tokens, name) if tokens else None for name in _OF_TOKENS]
    patterns += [extend.left, extend.stop] if extend else []
    return digest_of([repr(parts), *map(_source, patterns)])


def _source(pattern: Pattern | None) -> str:
    return "-" if pattern is None else f"+{pattern.pattern}"


def _lines(gazetteer: Gazetteer) -> dict[str, LineMeaning]:
    names: dict[int, list[str]] = {}
    for name, rows in gazetteer.surfaces.items():
        for row in rows:
            names.setdefault(id(row), []).append(name)
    return {
        next(iter(row.values())): LineMeaning(_line_digest(row), tuple(names.get(id(row), ())))
        for row in gazetteer.rows
    }


def _line_digest(row: Row) -> str:
    text = "\x1f".join([*row, *row.values()])
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
