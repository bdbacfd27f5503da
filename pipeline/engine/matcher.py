"""Runs rules over a page.

Takes a page and a rule set; gives every candidate that a rule's pattern, conditions and reader let through, overlaps and all, and the
rejected ones where asked. Does not choose between candidates.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType

from pipeline.engine.conditions import described, extended, lacking
from pipeline.engine.gazetteer import Names, Row
from pipeline.engine.load import RuleSet
from pipeline.engine.page import Line, Page
from pipeline.engine.prefilter import Asked, prefilter, scan
from pipeline.engine.readers import READERS
from pipeline.engine.reading import Match, Reading
from pipeline.engine.reduced import ReducedLine, reduced_lines
from pipeline.engine.rule import Rule
from pipeline.engine.search import Spans
from pipeline.model import Candidate, Issue, Span, Value

#: told of a match that came to nothing: rule, span, what it lacked
Rejected = Callable[[Rule, Span, str], None]
_NONE: Mapping[str, Candidate] = MappingProxyType({})
#: how many bytes of UTF-8 a character has, by the upper half of its first one
_BYTES = (1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 2, 2, 3, 4)


def match_rules(page: Page, rules: RuleSet, rejected: Rejected | None = None) -> list[Candidate]:
    """Candidates of all rules that need no other candidates."""
    candidates: list[Candidate] = []
    simple, occurring = _simple(rules, guarded=rejected is None)
    # Rule by rule, which is quicker than line by line.
    for rule, found in zip(simple, occurring([(line.data, line.block.kind) for line in page.lines]), strict=True):
        for at in found:
            candidates += _matches(page, page.lines[at], rule, rules, rejected)
    named = [rule for rule in rules.rules if rule.gazetteer]
    names = _located(page, _names(rules)) if named else {}
    for rule in named:
        readings: dict[str, Reading | None] = {}
        for line, start, end, first, last, surface, rows in names[rule.gazetteer]:
            known: Reading | None = None
            if rejected is None and rule.extend is None and rule.value:
                if surface not in readings:
                    match = Match(surface, rule.settings, rows, gazetteers=rules.consulted[rule.value])
                    readings[surface] = READERS[rule.value](match)
                known = readings[surface]
                if known is None:
                    continue  # most rules want names of one sort
            made = _candidate(page, line, rule, rules, start, end, first, last, (), rows, rejected, known)
            if made is not None:
                candidates.append(made[0])
    across = [rule for rule in rules.rules if rule.across]
    if across and page.lines:
        whole = Line(0, page.view.text, page.lines[0].block)
        for rule in across:
            candidates += _matches(page, whole, rule, rules, rejected)
    return candidates


def compose(
    page: Page, rules: RuleSet, kind: str, chosen: Sequence[Candidate], rejected: Rejected | None = None
) -> list[Candidate]:
    """Candidates of a kind's composed rules, built over those of the kind already chosen (sorted, not overlapping)."""
    composed, occurring = _composed(rules, kind, guarded=rejected is None)
    reduced = list(reduced_lines(page, chosen))
    lines = [ReducedLine(reduced[at]) for at in occurring([text for _, text, _, _ in reduced])]
    return [made for rule in composed for line in lines for made in _matches(page, line, rule, rules, rejected)]


@lru_cache(maxsize=8)
def composed_kinds(rules: RuleSet) -> tuple[str, ...]:
    """Kinds of which there are composed rules."""
    return tuple(sorted({rule.kind for rule in rules.rules if rule.composed}))


@lru_cache(maxsize=32)
def _simple(rules: RuleSet, guarded: bool) -> tuple[Sequence[Rule], Callable[[Sequence[Asked]], list[list[int]]]]:
    """The rules that need no candidates, and what tells for each in which lines it occurs."""
    asked = [rule for rule in rules.rules if rule.pattern is not None and not rule.composed and not rule.across]
    return asked, prefilter(asked, guarded)


@lru_cache(maxsize=32)
def _composed(rules: RuleSet, kind: str, guarded: bool) -> tuple[Sequence[Rule], Callable[[Sequence[str]], list[int]]]:
    """The composed rules of a kind, and what tells in which reduced lines any of them occurs."""
    asked = [rule for rule in rules.rules if rule.composed and rule.kind == kind]
    return asked, scan(asked, guarded)


def _matches(page: Page, line: Line, rule: Rule, rules: RuleSet, rejected: Rejected | None) -> list[Candidate]:
    """From left to right; behind a match that came to nothing the search goes on one character later."""
    kind = line.block.kind
    if rejected is None and ((rule.blocks and kind not in rule.blocks) or kind in rule.not_blocks):
        return []
    assert rule.pattern is not None
    found: list[Candidate] = []
    data, size, position, search = line.data, len(line.data), 0, rule.pattern.search
    while position <= size:
        spans = search(data, position, size)
        first, last = spans[0]
        if first < 0:
            break
        surface = data[first:last]
        bare = surface.strip()
        if len(bare) < len(surface) or not bare:
            if not bare:
                position = last + 1
                continue
            first += len(surface) - len(surface.lstrip())
            last = first + len(bare)
        start = len(data[:first].decode())
        end = start + len(bare.decode())
        made = _candidate(page, line, rule, rules, start, end, first, last, spans, (), rejected)
        if made is None:
            position = first + _BYTES[data[first] >> 4]
            continue
        found.append(made[0])
        if made[1] < end:
            last = line.byte(made[1])
        position = max(last, first + 1)
    return found


#: a name in the view: its line, offsets in that in characters and in bytes, what stands there, and the gazetteer's rows
_Name = tuple[Line, int, int, int, int, str, tuple[Row, ...]]


@lru_cache(maxsize=8)
def _names(rules: RuleSet) -> Names:
    """The gazetteers that rules look for."""
    wanted = sorted({rule.gazetteer for rule in rules.rules if rule.gazetteer})
    return Names(tuple(rules.gazetteers[name] for name in wanted))


def _located(page: Page, names: Names) -> dict[str, list[_Name]]:
    """Each gazetteer's names in the view; what crosses a line's end is none."""
    starts = [line.start for line in page.lines]
    located: dict[str, list[_Name]] = {}
    for gazetteer, found in zip(names.gazetteers, names.find(page.view.text), strict=True):
        here = located[gazetteer.name] = []
        for start, end, rows in found:
            line = page.lines[bisect_right(starts, start) - 1]
            if end <= line.start + len(line.text):
                begin, stop = start - line.start, end - line.start
                first, surface = line.byte(begin), line.text[begin:stop]
                here.append((line, begin, stop, first, first + len(surface.encode()), surface, rows))
    return located


def _candidate(
    page: Page,
    line: Line,
    rule: Rule,
    rules: RuleSet,
    start: int,
    end: int,
    first: int,
    last: int,
    spans: Spans,
    rows: tuple[Row, ...],
    rejected: Rejected | None,
    known: Reading | None = None,
) -> tuple[Candidate, int] | None:
    """What a match at start to end of a line's text, first to last of its data, comes to, and where in the text that ends: conditions
    first, since they are cheap, then the value, unless it is known."""
    if rule.extend is not None:
        grown = extended(rule.extend, line, start, end)
        if grown is None:
            if rejected:
                lack = "nothing before it that its name could begin with"
                rejected(rule, page.located(line, start, end), lack)
            return None
        start, first = grown, line.byte(grown)
    lacked = lacking(rule, line, start, end, first, last)
    if lacked:
        if rejected:
            lack = described(lacked, rule, line, start, end)
            rejected(rule, page.located(line, start, end), lack)
        return None
    groups: dict[str, str] = {}
    inner: Mapping[str, Candidate] = _NONE
    reading = known
    if rule.gazetteer:
        reading = known or _reading(line.text[start:end], rule, rules, groups, rows)
    elif rule.composed:
        groups, inner = _groups(line, rule, spans), _inner(line, rule, spans)
        reading = _reading(line.text[start:end], rule, rules, groups, (), inner)
    elif not rule.value:
        groups = _groups(line, rule, spans)
    else:
        # What a match comes to hangs on nothing but its own characters, and a document says the same thing again and again.
        key = rule.id, line.text[start:end], line.data[spans[0][0] : spans[0][1]]
        told = page.told.get(key)
        if told is None:
            groups = _groups(line, rule, spans)
            told = page.told[key] = groups, _reading(key[1], rule, rules, groups)
        groups, reading = told
    if reading is None and rule.value:
        if rejected:
            rejected(rule, page.located(line, start, end), f"`{rule.value}` reads no value there")
        return None
    value: Value = None
    issues: tuple[Issue, ...] = ()
    begin = start
    if reading is not None:
        value = reading.value
        end = start + reading.length if reading.length else end
        begin += reading.skip
    span = page.located(line, begin, end)
    if reading is not None and reading.problems:
        issues = tuple(Issue(code, message, "warning", span.start, span.end) for code, message in reading.problems)
    for candidate in inner.values():
        issues += candidate.issues
    return Candidate(rule.kind, span, rule.id, value, groups, issues), end


def _groups(line: Line, rule: Rule, spans: Spans) -> dict[str, str]:
    """The named groups that took part and stand for no candidates."""
    groups: dict[str, str] = {}
    for name, index in rule.groups:
        begin, stop = spans[index]
        if begin != stop and not (rule.composed and name.startswith("at_")):
            groups[name] = line.data[begin:stop].decode().strip()
    return groups


def _inner(line: Line, rule: Rule, spans: Spans) -> dict[str, Candidate]:
    """The candidates that groups stand for."""
    return {
        name.removeprefix("at_"): line.candidate(line.data[spans[index][0] : spans[index][1]].decode())
        for name, index in rule.groups
        if name.startswith("at_") and spans[index][0] != spans[index][1]
    }


def _reading(
    surface: str,
    rule: Rule,
    rules: RuleSet,
    groups: dict[str, str],
    rows: tuple[Row, ...] = (),
    inner: Mapping[str, Candidate] = _NONE,
) -> Reading | None:
    """What the rule's reader makes of a match; None where the rule has none, too."""
    if not rule.value:
        return None
    told = groups | rule.settings if rule.settings else groups
    return READERS[rule.value](Match(surface, told, rows, inner, rules.consulted[rule.value]))
