"""Runs rules over a page.

Takes a page and a rule set; gives every candidate that a rule's pattern, conditions and reader let through, overlaps and all, and the
rejected ones where asked. Does not choose between candidates.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from pipeline.engine.conditions import extended, lacking
from pipeline.engine.gazetteer import Gazetteer, Row
from pipeline.engine.load import RuleSet
from pipeline.engine.page import Line, Page
from pipeline.engine.prefilter import prefilter
from pipeline.engine.readers import READERS
from pipeline.engine.reading import Match, Reading
from pipeline.engine.reduced import reduced_lines
from pipeline.engine.rule import Rule
from pipeline.model import Candidate, Issue, Span

#: told of a match that came to nothing: rule, span, what it lacked
Rejected = Callable[[Rule, Span, str], None]


def match_rules(page: Page, rules: RuleSet, rejected: Rejected | None = None) -> list[Candidate]:
    """Candidates of all rules that need no other candidates."""
    candidates: list[Candidate] = []
    simple = [rule for rule in rules.rules if rule.pattern is not None and not rule.composed and not rule.across]
    occurring = prefilter(simple, guarded=rejected is None)
    for line in page.lines:
        for index in occurring(line.data):
            candidates += _matches(page, line, simple[index], rules, rejected)
    named = [rule for rule in rules.rules if rule.gazetteer]
    names = {name: _located(page, rules.gazetteers[name]) for name in sorted({rule.gazetteer for rule in named})}
    for rule in named:
        for line, start, end, rows in names[rule.gazetteer]:
            made = _candidate(page, line, rule, rules, start, end, None, rows, rejected)
            if made is not None:
                candidates.append(made[0])
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
    candidates: list[Candidate] = []
    for kind in sorted({rule.kind for rule in rules.rules if rule.composed}):
        composed = [rule for rule in rules.rules if rule.composed and rule.kind == kind]
        occurring = prefilter(composed, guarded=rejected is None)
        for line in reduced_lines(page, [c for c in chosen if c.kind == kind]):
            for index in occurring(line.data):
                candidates += _matches(page, line, composed[index], rules, rejected)
    return candidates


def _matches(page: Page, line: Line, rule: Rule, rules: RuleSet, rejected: Rejected | None) -> Iterator[Candidate]:
    """From left to right; behind a match that came to nothing the search goes on one character later."""
    kind = line.block.kind
    if rejected is None and ((rule.blocks and kind not in rule.blocks) or kind in rule.not_blocks):
        return
    data, position = line.data, 0
    while (match := rule.pattern.search(data, position)) is not None:
        first, last = match.span()
        surface = data[first:last]
        bare = surface.strip()
        if not bare:
            position = last + 1
            continue
        first += len(surface) - len(surface.lstrip())
        start = len(data[:first].decode())
        end = start + len(bare.decode())
        made = _candidate(page, line, rule, rules, start, end, match, (), rejected)
        if made is None:
            position = first + len(line.text[start].encode())
            continue
        yield made[0]
        if made[1] < end:
            last = len(line.text[: made[1]].encode())
        position = max(last, first + 1)


def _located(page: Page, gazetteer: Gazetteer) -> list[tuple[Line, int, int, tuple[Row, ...]]]:
    """A gazetteer's names in the view as (line, start, end, rows), offsets in the line; what crosses a line's end is none."""
    starts = [line.start for line in page.lines]
    located = []
    for start, end, rows in gazetteer.find(page.view.text):
        line = page.lines[bisect_right(starts, start) - 1]
        if end <= line.start + len(line.text):
            located.append((line, start - line.start, end - line.start, rows))
    return located


def _candidate(
    page: Page,
    line: Line,
    rule: Rule,
    rules: RuleSet,
    start: int,
    end: int,
    match: Any,
    rows: tuple[Row, ...],
    rejected: Rejected | None,
) -> tuple[Candidate, int] | None:
    """What a match at start to end of a line comes to, and where in the line that ends: conditions first, since they are
    cheap, then the value."""

    grown: int | None = start
    lack = ""
    if rule.extend is not None:
        grown = extended(rule.extend, line, start, end)
        if grown is None:
            lack = "nothing before it that its name could begin with"
    if grown is not None:
        start = grown
        lack = lacking(rule, line, start, end)
    reading: Reading | None = None
    groups: dict[str, str] = {}
    inner: dict[str, Candidate] = {}
    if not lack:
        if rule.groups:
            texts = match.groups()
            for name, index in rule.groups:
                text = texts[index]
                if not text:
                    continue
                if name.startswith("at_"):
                    inner[name.removeprefix("at_")] = line.candidate(text.decode())
                else:
                    groups[name] = text.decode().strip()
        given = Match(line.text[start:end], groups | rule.settings, rows, inner, rules.gazetteers)
        reading = READERS[rule.value](given) if rule.value else Reading(None)
    if reading is None:
        if rejected:
            rejected(rule, page.span(*line.located(start, end)), lack or f"`{rule.value}` reads no value there")
        return None
    if reading.length:
        end = start + reading.length
    span = page.span(*line.located(start + reading.skip, end))
    issues = tuple(Issue(code, message, "warning", span.start, span.end) for code, message in reading.problems)
    for candidate in inner.values():
        issues += candidate.issues
    return Candidate(rule.kind, span, rule.id, reading.value, groups, issues), end
