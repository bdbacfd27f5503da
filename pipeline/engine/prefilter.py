"""Which rules can match in a line at all, asked of all of them at once.

Takes rules; gives a function from a line's bytes to the rules to try. Does not match: it may name too many rules, never too few.

A rule is asked for together with what must stand around it: most lines hold a number, few hold one that stands alone.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

from pipeline.engine.rule import Rule

_MEMORY = 1 << 28
#: kinds asked for together. One automaton of all rules has so many states that text of a new sort costs more than finding;
#: one for every few rules reads the text too often.
_FAMILIES = {"label": "amount", "unit": "amount", "municipality": "organisation"}


def prefilter(rules: Sequence[Rule], guarded: bool = True) -> Callable[[bytes], list[int]]:
    """Indices of the rules whose pattern occurs; `guarded`: with its `before` and `after`, else anywhere."""
    families: dict[str, list[int]] = {}
    for index, rule in enumerate(rules):
        families.setdefault(_FAMILIES.get(rule.kind, rule.kind), []).append(index)
    sources = tuple(_guarded(rule) if guarded else rule.source for rule in rules)
    return _occurring(sources, tuple(tuple(indices) for indices in families.values()))


def _guarded(rule: Rule) -> str:
    """The pattern with its surroundings as one pattern. White space at a match's ends is cut off later, so it may stand between."""
    before = rule.before.pattern.removesuffix("$") + "[ ]*" if rule.before is not None and rule.extend is None else ""
    after = "[ ]*" + rule.after.pattern.removeprefix("^") if rule.after is not None else ""
    return f"{before}(?:{rule.source}){after}"


@lru_cache(maxsize=16)
def _occurring(sources: tuple[str, ...], families: tuple[tuple[int, ...], ...]) -> Callable[[bytes], list[int]]:
    asked = [(indices, _together(tuple(sources[index] for index in indices)).Match) for indices in families]

    def occurring(data: bytes) -> list[int]:
        found: list[int] = []
        for indices, match in asked:
            hits = match(data)
            if hits:
                found += [indices[hit] for hit in hits]
        found.sort()
        return found

    return occurring


def _together(sources: tuple[str, ...]) -> Any:
    import re2

    options = re2.Options()
    options.log_errors = False
    options.never_capture = True
    options.max_mem = _MEMORY
    searched = re2.Set.SearchSet(options)
    for source in sources:
        searched.Add(source)
    searched.Compile()
    return searched
