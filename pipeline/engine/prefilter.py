"""Which rules can match in a line at all, asked of all of them at once.

Takes rules; gives a function from lines to the rules to try. Does not match: it may name too many rules, never too few.

A rule is asked for together with what must stand around it: most lines hold a number, few hold one that stands alone. How often
something is repeated is not asked: counting costs an automaton a state for every count.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from itertools import accumulate, pairwise
from typing import Any, NamedTuple

from pipeline.engine.guards import surrounded
from pipeline.engine.required import KANJI_FIGURES, Required, is_common, required
from pipeline.engine.rule import Rule
from pipeline.engine.search import Pattern, listing

#: a line: its bytes and the kind of its block
Asked = tuple[bytes, str]

_MEMORY = 1 << 28
#: kinds asked for together
_FAMILIES = {"label": "amount", "unit": "amount", "municipality": "organisation"}
#: rules asked for together. An automaton remembers which of its rules have matched in the line, so that one of many rules has
#: a state for every mixture of them, and text of a new sort costs more than finding; one for every few rules reads the text too often.
_MOST_TOGETHER = 12
#: a repetition, or a piece of a pattern inside which there is none
_REPEATED = re.compile(r"\\x\{\w+\}|\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\{(?P<least>\d+)(?P<open>,(?P<most>\d*))?\}")
_MOST_COUNTED = 2
_NAMED = re.compile(r"\(\?P<\w+>")
#: mixtures of rules that are remembered
_MOST_PLANS = 1 << 14


def prefilter(rules: Sequence[Rule], guarded: bool = True) -> Callable[[Sequence[Asked]], list[list[int]]]:
    """For each rule, the numbers of the lines in which its pattern occurs; `guarded`: with its `before` and `after`, and only
    if the line's block is one that it is for; else anywhere."""
    sources = [surrounded(rule) if guarded else rule.source for rule in rules]
    demands = [required(source) for source in sources]
    families: dict[_Family, list[int]] = {}
    for index, rule in enumerate(rules):
        demand, blocks = demands[index], rule.blocks if guarded else frozenset()
        family = _Family(_FAMILIES.get(rule.kind, rule.kind), demand.numeral, is_common(demand.words), blocks)
        families.setdefault(family, []).append(index)
    parts = [(indices, family.blocks) for family, members in families.items() for indices in _parts(members)]
    possible = _possible([demands[index] for indices, _ in parts for index in indices])
    ends = list(accumulate((len(indices) for indices, _ in parts), initial=0))
    masks = [(1 << last) - (1 << first) for first, last in pairwise(ends)]
    plans: dict[tuple[str, int], list[int]] = {}

    @cache
    def listed(number: int) -> Callable[[bytes], Sequence[int]]:
        """A part's search: compiled for the first line that holds what the part demands."""
        return listing(_together(_uncounted(sources[index]) for index in parts[number][0]))

    def occurring(lines: Sequence[Asked]) -> list[list[int]]:
        asked: list[list[int]] = [[] for _ in parts]
        for at, (data, kind) in enumerate(lines):
            able = possible(data)
            plan = plans.get((kind, able))
            if plan is None:
                fitting = (number for number, (_, blocks) in enumerate(parts) if not blocks or kind in blocks)
                plan = [number for number in fitting if able & masks[number]]
                if len(plans) < _MOST_PLANS:
                    plans[kind, able] = plan
            for number in plan:
                asked[number].append(at)
        found: list[list[int]] = [[] for _ in rules]
        # A part at a time: an automaton that goes through all its lines in one go stays in the processor's cache.
        for number, numbers in enumerate(asked):
            if numbers:
                (indices, _), search = parts[number], listed(number)
                for at in numbers:
                    for hit in search(lines[at][0]):
                        found[indices[hit]].append(at)
        return found

    return occurring


def scan(rules: Sequence[Rule], guarded: bool = True) -> Callable[[Sequence[str]], list[int]]:
    """The numbers of the lines in which any of the rules occurs, asked of all lines as one text: quicker where rules are few and
    most lines hold none."""
    sources = [_uncounted(surrounded(rule) if guarded else rule.source) for rule in rules]
    search = Pattern("|".join(f"(?:{_NAMED.sub('(?:', source)})" for source in sources), lines=True).search

    def occurring(lines: Sequence[str]) -> list[int]:
        encoded = [line.encode() for line in lines]
        starts = list(accumulate((len(data) + 1 for data in encoded), initial=0))
        text = b"\n".join(encoded)
        found: list[int] = []
        position = 0
        while position < len(text) and (first := search(text, position, len(text))[0][0]) >= 0:
            found.append(bisect_right(starts, first) - 1)
            position = starts[found[-1] + 1]
        return found

    return occurring


class _Family(NamedTuple):
    """What rules that are asked for together have in common."""

    kind: str
    numeral: int
    common: bool
    blocks: frozenset[str]


def _possible(demands: Sequence[Required]) -> Callable[[bytes], int]:
    """The rules (a bit each) of which a line holds all that they demand."""
    import ahocorasick_rs

    # A number has four lanes of a bit a rule: for its words, for its others, for its numeral, for its letter.
    many = len(demands)
    bits_of: dict[str, int] = {}
    free = figured = lettered = 0
    for number, demand in enumerate(demands):
        # what nearly every line holds one of is not asked for
        telling = (frozenset[str]() if is_common(words) else words for words in (demand.words, demand.also))
        for lane, wanted in enumerate((*telling, KANJI_FIGURES if demand.numeral == 1 else "")):
            bit = 1 << lane * many + number
            free |= 0 if wanted or (lane == 2 and demand.numeral) else bit
            for word in wanted:
                bits_of[word] = bits_of.get(word, 0) | bit
        figured |= 1 << 2 * many + number if demand.numeral else 0
        lettered |= 1 << 3 * many + number
        free |= 0 if demand.latin else 1 << 3 * many + number
    bits = list(bits_of.values())
    find = ahocorasick_rs.BytesAhoCorasick([word.encode() for word in bits_of]).find_matches_as_indexes
    figure, letter = re.compile(b"[0-9]").search, re.compile(b"[A-Za-z]").search

    def possible(data: bytes) -> int:
        held = free
        if figure(data):
            held |= figured
        if letter(data):
            held |= lettered
        for index, _, _ in find(data, overlapping=True):
            held |= bits[index]
        return held & held >> many & held >> 2 * many & held >> 3 * many & (1 << many) - 1

    return possible


def _parts(indices: Sequence[int]) -> Iterator[tuple[int, ...]]:
    """The rules of a family in parts of about one size."""
    size = -(-len(indices) // -(-len(indices) // _MOST_TOGETHER))
    for first in range(0, len(indices), size):
        yield tuple(indices[first : first + size])


def _uncounted(source: str) -> str:
    """A pattern that matches wherever the source does: what it repeats a certain number of times may stand there any number of times.

    >>> _uncounted("[一-龥]{2,20}会議[0-9]{0,2}")
    '[一-龥]+会議[0-9]{0,2}'
    """

    def often(match: re.Match[str]) -> str:
        if match["least"] is None or (int(match["most"] or 0) if match["open"] else int(match["least"])) in range(
            1, _MOST_COUNTED + 1
        ):
            return match[0]
        return "+" if int(match["least"]) else "*"

    return _REPEATED.sub(often, source)


def _together(sources: Iterable[str]) -> Any:
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
