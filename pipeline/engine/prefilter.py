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
#: patterns in one set: the automaton of all of them together has so many states that reading new text costs more than finding
_TOGETHER = 16


def prefilter(rules: Sequence[Rule], guarded: bool = True) -> Callable[[bytes], list[int]]:
    """Indices of the rules whose pattern occurs; `guarded`: with its `before` and `after`, else anywhere."""
    return _occurring(tuple(_guarded(rule) if guarded else rule.source for rule in rules))


def _guarded(rule: Rule) -> str:
    """The pattern with its surroundings as one pattern. White space at a match's ends is cut off later, so it may stand between."""
    before = rule.before.pattern.removesuffix("$") + "[ ]*" if rule.before is not None and rule.extend is None else ""
    after = "[ ]*" + rule.after.pattern.removeprefix("^") if rule.after is not None else ""
    return f"{before}(?:{rule.source}){after}"


@lru_cache(maxsize=16)
def _occurring(sources: tuple[str, ...]) -> Callable[[bytes], list[int]]:
    asked = [(start, _together(sources[start : start + _TOGETHER])) for start in range(0, len(sources), _TOGETHER)]

    def occurring(data: bytes) -> list[int]:
        found: list[int] = []
        for start, searched in asked:
            indices = searched.Match(data)
            if indices:
                found += [start + index for index in sorted(indices)]
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
