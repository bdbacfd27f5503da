"""Runs rules over a page.

Takes a page and a rule set; gives every candidate that a rule's pattern, conditions and reader let through, overlaps and all, and the
rejected ones where asked. Does not choose between candidates.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from pipeline.engine.conditions import extended, lacking
from pipeline.engine.fragments import CANDIDATE_AREA
from pipeline.engine.load import RuleSet
from pipeline.engine.page import Line, Page
from pipeline.engine.readers import READERS
from pipeline.engine.reading import Match, Reading
from pipeline.engine.rule import Rule
from pipeline.model import Candidate, Issue, Span

#: told of a match that came to nothing: rule, span, what it lacked
Rejected = Callable[[Rule, Span, str], None]
_OPTIONS_MEMORY = 1 << 28


@dataclass(frozen=True, slots=True)
class _Found:
    start: int
    end: int
    groups: dict[str, str]


def match_rules(page: Page, rules: RuleSet, rejected: Rejected | None = None) -> list[Candidate]:
    """Candidates of all rules that need no other candidates."""
    candidates: list[Candidate] = []
    simple = tuple(rule for rule in rules.rules if rule.pattern is not None and not rule.composed and not rule.across)
    finder = _prefilter(tuple(rule.source for rule in simple))
    for line in page.lines:
        for index in finder(line.data):
            candidates += _matches(page, line, simple[index], rules, rejected)
    for rule in rules.rules:
        if rule.gazetteer:
            candidates += _names(page, rule, rules, rejected)
    across = [rule for rule in rules.rules if rule.across]
    if across and page.lines:
        whole = Line(0, page.view.text, page.lines[0].block)
        for rule in across:
            candidates += _matches(page, whole, rule, rules, rejected)
    return candidates


def compose(
    page: Page, rules: RuleSet, chosen: Sequence[Candidate], rejected: Rejected | None = None
) -> list[Candidate]:
    """Candidates of composed rules, built over those already chosen (sorted, not overlapping inside a kind)."""
    composed = [rule for rule in rules.rules if rule.composed]
    if not composed:
        return []
    finder = _prefilter(tuple(rule.source for rule in composed))
    candidates: list[Candidate] = []
    for kind in sorted({rule.kind for rule in composed}):
        for line, inner, offsets in _reduced(page, [c for c in chosen if c.kind == kind]):
            for index in finder(line.data):
                if composed[index].kind == kind:
                    candidates += _matches(page, line, composed[index], rules, rejected, inner, offsets)
    return candidates


def _reduced(page: Page, chosen: Sequence[Candidate]) -> Iterator[tuple[Line, list[Candidate], list[int]]]:
    """Lines with a candidate, each candidate one private character; with them the candidates and, for every character of the
    reduced line and its end, the offset in the line."""
    at = 0
    for line in page.lines:
        end = line.start + len(line.text)
        inside = []
        while at < len(chosen) and (start := page.view.at(chosen[at].span.start)) < end:
            if start >= line.start:
                inside.append((start - line.start, page.view.at(chosen[at].span.end - 1) + 1 - line.start, chosen[at]))
            at += 1
        if not inside:
            continue
        text, offsets, here = "", [], 0
        for number, (first, last, _) in enumerate(inside):
            text += line.text[here:first] + chr(CANDIDATE_AREA[0] + number)
            offsets += [*range(here, first), first]
            here = last
        text += line.text[here:]
        offsets += [*range(here, len(line.text)), len(line.text)]
        yield Line(line.start, text, line.block), [candidate for *_, candidate in inside], offsets


def _matches(
    page: Page,
    line: Line,
    rule: Rule,
    rules: RuleSet,
    rejected: Rejected | None,
    inner: Sequence[Candidate] = (),
    offsets: Sequence[int] = (),
) -> Iterator[Candidate]:
    position = 0
    while (found := _search(rule, line, position)) is not None:
        if found.end == found.start:
            position = found.end + 1
            continue
        candidate = _candidate(page, line, rule, rules, found, rejected, (), inner, offsets)
        if candidate is None:
            position = found.start + 1
            continue
        position = found.end
        if not offsets and candidate.span.end < page.span(line.start + found.start, line.start + found.end).end:
            position = page.view.at(candidate.span.end - 1) + 1 - line.start
        yield candidate


def _search(rule: Rule, line: Line, position: int) -> _Found | None:
    """The first match at or behind a character position, with white space at its ends taken off."""
    if position > len(line.text):
        return None
    data = line.data
    match = rule.pattern.search(data, len(line.text[:position].encode()))
    if match is None:
        return None
    first, last = match.span()
    start = len(data[:first].decode())
    surface = data[first:last].decode()
    start += len(surface) - len(surface.lstrip())
    surface = surface.strip()
    groups = {name: value.decode().strip() for name, value in match.groupdict().items() if value}
    return _Found(start, start + len(surface), groups)


def _names(page: Page, rule: Rule, rules: RuleSet, rejected: Rejected | None) -> Iterator[Candidate]:
    gazetteer = rules.gazetteers[rule.gazetteer]
    lines = iter(page.lines)
    line = next(lines, None)
    for start, end in gazetteer.find(page.view.text):
        while line is not None and line.start + len(line.text) < end:
            line = next(lines, None)
        if line is None or start < line.start:
            continue
        found = _Found(start - line.start, end - line.start, {})
        rows = gazetteer.surfaces[page.view.text[start:end]]
        candidate = _candidate(page, line, rule, rules, found, rejected, rows)
        if candidate is not None:
            yield candidate


def _candidate(
    page: Page,
    line: Line,
    rule: Rule,
    rules: RuleSet,
    found: _Found,
    rejected: Rejected | None,
    rows: tuple[Any, ...] = (),
    inner: Sequence[Candidate] = (),
    offsets: Sequence[int] = (),
) -> Candidate | None:
    def mapped(start: int, end: int) -> Span:
        if not offsets:
            return page.span(line.start + start, line.start + end)
        return page.span(line.start + offsets[start], line.start + _end(page, line, end, inner, offsets))

    start = found.start
    if rule.extend is not None:
        grown = extended(rule.extend, line, found.start, found.end)
        if grown is None:
            if rejected:
                rejected(rule, mapped(found.start, found.end), "nothing before it that its name could begin with")
            return None
        start = grown
    lack = lacking(rule, line, start, found.end)
    if lack:
        if rejected:
            rejected(rule, mapped(start, found.end), lack)
        return None
    reading: Reading | None = Reading(None)
    if rule.value:
        chosen = {
            name.removeprefix("at_"): inner[ord(mark) - CANDIDATE_AREA[0]]
            for name, mark in found.groups.items()
            if name.startswith("at_")
        }
        groups = {name: text for name, text in found.groups.items() if not name.startswith("at_")} | rule.settings
        match = Match(line.text[start : found.end], groups, rows, chosen, rules.gazetteers)
        reading = READERS[rule.value](match)
    if reading is None:
        if rejected:
            rejected(rule, mapped(start, found.end), f"`{rule.value}` reads no value there")
        return None
    span = mapped(start, start + reading.length if reading.length else found.end)
    issues = tuple(Issue(code, message, "warning", span.start, span.end) for code, message in reading.problems)
    issues += tuple(issue for candidate in _inner(found, inner) for issue in candidate.issues)
    return Candidate(rule.kind, span, rule.id, reading.value, dict(found.groups), issues)


def _inner(found: _Found, inner: Sequence[Candidate]) -> Iterable[Candidate]:
    return (inner[ord(mark) - CANDIDATE_AREA[0]] for name, mark in found.groups.items() if name.startswith("at_"))


def _end(page: Page, line: Line, end: int, inner: Sequence[Candidate], offsets: Sequence[int]) -> int:
    """Where the last character of a reduced match ends in the line: a candidate's own end where it is one."""
    last = line.text[end - 1]
    if CANDIDATE_AREA[0] <= ord(last) <= CANDIDATE_AREA[1]:
        candidate = inner[ord(last) - CANDIDATE_AREA[0]]
        return page.view.at(candidate.span.end - 1) + 1 - line.start
    return offsets[end - 1] + 1


@lru_cache(maxsize=16)
def _prefilter(sources: tuple[str, ...]) -> Callable[[bytes], list[int]]:
    """Which of the patterns occur in a line, asked of all at once (`re2.Set`): most lines hold few of them."""
    import re2

    options = re2.Options()
    options.log_errors = False
    options.max_mem = _OPTIONS_MEMORY
    searched = re2.Set.SearchSet(options)
    for source in sources:
        searched.Add(source)
    if not sources:
        return lambda data: []
    searched.Compile()
    return lambda data: sorted(searched.Match(data) or ())
