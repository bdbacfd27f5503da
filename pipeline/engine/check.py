"""`make rules`: runs the examples in the rule files.

Takes a rule set; gives what is wrong, one line each. Does not load files that are wrong: that has raised `PipelineError` before,
and so does a pattern that RE2 refuses.

Each example is run as written, with full-width and half-width digits, and with a soft line break at each gap inside its span that is not between
two digits or two Latin letters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.engine.find import find
from pipeline.engine.load import RuleSet, compile_all
from pipeline.engine.notation import notation
from pipeline.engine.rule import Example, Rule
from pipeline.model import Block, Candidate, Document
from pipeline.model.document import BlockKind

_HALF = {ord(c): ord(c) + 0xFEE0 for c in "0123456789"}
_FULL = {full: half for half, full in _HALF.items()}


@dataclass(frozen=True, slots=True)
class Checked:
    """What `check` found: problems as `where: what; what to do`, and how much was run."""

    problems: tuple[str, ...]
    rules: int
    examples: int
    variants: int
    counterexamples: int


def check(rules: RuleSet) -> Checked:
    compile_all(rules.rules)
    problems: list[str] = []
    counts = [0, 0, 0]
    for rule in rules.rules:
        if len(rule.examples) < 2:
            problems.append(f"{rule.where}: has {len(rule.examples)} examples; give at least two")
        if not rule.counterexamples:
            problems.append(f"{rule.where}: has no counterexample; give one that the rule could take for its own")
        for example in rule.examples:
            counts[0] += 1
            for text, spans, how in variants(example):
                counts[1] += 1
                problem = _example_problem(rule, rules, text, spans, example.value)
                if problem:
                    problems.append(f"{rule.where}: example {example.text!r}{how}: {problem}")
                    break
        for counter in rule.counterexamples:
            counts[2] += 1
            problems += [
                f"{rule.where}: counterexample {counter.text!r}: {p}" for p in _counter_problems(rule, rules, counter)
            ]
    return Checked(tuple(problems), len(rules.rules), *counts)


def variants(example: Example) -> Iterator[tuple[str, tuple[tuple[int, int], ...], str]]:
    """An example's text and spans, in every spelling that must give the same value."""
    yield example.text, example.spans, ""
    for table, how in ((_HALF, " in full-width digits"), (_FULL, " in half-width digits")):
        changed = example.text.translate(table)
        if changed != example.text:
            yield changed, example.spans, how
    for start, end in example.spans:
        for gap in range(start + 1, end):
            left, right = example.text[gap - 1], example.text[gap]
            if left.isspace() or right.isspace() or (_western(left) and _western(right)):
                continue
            text = example.text[:gap] + "\n" + example.text[gap:]
            spans = tuple((s + (s >= gap), e + (e > gap)) for s, e in example.spans)
            yield text, spans, f" broken behind {left}"


def run(text: str, rules: RuleSet, kind: BlockKind = "paragraph") -> list[Candidate]:
    """Candidates of a text that is one block."""
    start = len(text) - len(text.lstrip())
    return find(Document(text, (Block(0, kind, start, len(text.rstrip())),)), rules)


def _example_problem(rule: Rule, rules: RuleSet, text: str, spans: tuple[tuple[int, int], ...], value: str) -> str:
    candidates = [c for c in run(text, rules, _block_kind(rule)) if c.kind == rule.kind]
    for start, end in spans:
        surface = text[start:end]
        exact = [c for c in candidates if (c.span.start, c.span.end) == (start, end)]
        if not exact:
            near = [c for c in candidates if c.span.start < end and start < c.span.end]
            instead = f" ({near[0].rule_id} found {near[0].span.cut(text)!r})" if near else ""
            return f"{surface!r} is not found{instead}"
        candidate = exact[0]
        tie = next((i.message for i in candidate.issues if i.code == "rule-tie"), "")
        if tie:
            return tie
        if candidate.rule_id != rule.id:
            return f"{surface!r} is found by {candidate.rule_id}"
        if rule.value and (read := notation(candidate.value)) != value:
            return f"{surface!r} is read as {read}, not {value}"
    extra = [c for c in candidates if c.rule_id == rule.id and (c.span.start, c.span.end) not in spans]
    return f"{extra[0].span.cut(text)!r} is found too" if extra else ""


def _counter_problems(rule: Rule, rules: RuleSet, counter: Example) -> Iterator[str]:
    if not any(re.search(anchor, counter.text) for anchor in rule.anchors):
        shown = ", ".join(anchor if len(anchor) < 40 else f"{anchor[:38]}…" for anchor in rule.anchors)
        yield f"holds none of the file's anchors ({shown or 'there are none'}), so it tests nothing"
    for candidate in run(counter.text, rules, _block_kind(rule)):
        marked = not counter.spans or any(
            candidate.span.start < end and start < candidate.span.end for start, end in counter.spans
        )
        if candidate.rule_id == rule.id and marked:
            yield f"{candidate.span.cut(counter.text)!r} is found, but {counter.why}"


def _block_kind(rule: Rule) -> BlockKind:
    return "cell" if rule.blocks and "cell" in rule.blocks else "paragraph"


def _western(character: str) -> bool:
    return (character.isascii() and character.isalnum()) or "０" <= character <= "ｚ"
