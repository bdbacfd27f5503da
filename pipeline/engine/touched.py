"""Whether a text can hold a match of some rules at all.

Takes rules; gives a function from a folded text to yes or no. Does not match: it may say yes too often, never no.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from pipeline.engine.gazetteer import Gazetteer
from pipeline.engine.guards import surrounded
from pipeline.engine.required import Required, required
from pipeline.engine.rule import Rule

#: as many words are looked for one by one; more of them all at once
_FEW = 12
_FIGURE = re.compile(b"[0-9]")


def touching(rules: Sequence[Rule]) -> Callable[[bytes], bool]:
    """For rules with patterns by the words that every match holds; a rule by a gazetteer can match anywhere."""
    if any(rule.gazetteer for rule in rules):
        return _anywhere
    tests = [_demanded(required(surrounded(rule))) for rule in rules]
    return lambda text: any(test(text) for test in tests)


def _demanded(demand: Required) -> Callable[[bytes], bool]:
    if not demand.words:
        return _figure if demand.numeral > 1 else _anywhere
    words = holding(demand.words)
    also = holding(demand.also) if demand.also else _anywhere
    return lambda text: words(text) and also(text)


def holding(words: Iterable[str]) -> Callable[[bytes], bool]:
    """Whether one of some words stands in a text, as it is written."""
    encoded = sorted({word.encode() for word in words})
    if len(encoded) <= _FEW:
        return lambda text: any(word in text for word in encoded)
    import ahocorasick_rs

    find = ahocorasick_rs.BytesAhoCorasick(encoded).find_matches_as_indexes
    return lambda text: bool(find(text))


def naming(names: Sequence[str]) -> Callable[[str], bool]:
    """Whether a gazetteer with these names would find one in a text."""
    gazetteer = Gazetteer("", (), dict.fromkeys(names, ()))
    return lambda text: bool(gazetteer.find(text))


def _figure(text: bytes) -> bool:
    return _FIGURE.search(text) is not None


def _anywhere(text: bytes) -> bool:
    return True
