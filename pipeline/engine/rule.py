"""A rule: a pattern or a gazetteer, what may stand around it, how its value is read, and its examples."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from pipeline.model.candidate import Kind


@dataclass(frozen=True, slots=True)
class TokenCondition:
    """What MeCab must say: `start` and `end` demand a token boundary there; the regexes are searched in the token's
    `surface<TAB>part-of-speech`: of the token before, the first, the last, the one behind. `start_only`: a boundary before the span is all that is asked."""

    start: bool = False
    end: bool = False
    first: Any = None
    last: Any = None
    before: Any = None
    after: Any = None
    not_first: Any = None
    not_last: Any = None
    not_before: Any = None
    not_after: Any = None
    start_only: bool = False


@dataclass(frozen=True, slots=True)
class Extension:
    """A span that grows to the left over tokens as long as `left` is found in `surface<TAB>part-of-speech` and `stop` is not,
    at least `least` tokens (else no match), at most `most` characters."""

    left: Any
    stop: Any = None
    least: int = 1
    most: int = 40


@dataclass(frozen=True, slots=True)
class Example:
    """`text` without its marks; `spans` are the marked ones, `value` their written value ("" in a counterexample)."""

    text: str
    spans: tuple[tuple[int, int], ...]
    value: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule, compiled. Patterns are RE2; `before` and `not_before` are searched in what stands to the left in the line and end
    there, `after` and `not_after` begin at the span's end.

    Exactly one of `pattern` and `gazetteer` is set. A `composed` pattern contains `{@kind}`: it runs after the other rules, over
    candidates already chosen. An `across` pattern may cross the end of a block. `groups` are the pattern's named groups with
    their numbers.
    """

    id: str
    kind: Kind
    where: str
    description: str
    value: str
    pattern: Any = None
    source: str = ""
    groups: tuple[tuple[str, int], ...] = ()
    gazetteer: str = ""
    composed: bool = False
    across: bool = False
    settings: dict[str, str] = field(default_factory=dict, hash=False)
    before: Any = None
    after: Any = None
    not_before: Any = None
    not_after: Any = None
    tokens: TokenCondition | None = None
    extend: Extension | None = None
    blocks: frozenset[str] = frozenset()
    not_blocks: frozenset[str] = frozenset()
    against: frozenset[str] = frozenset()
    beats: frozenset[str] = frozenset()
    anchors: tuple[str, ...] = ()
    examples: tuple[Example, ...] = ()
    counterexamples: tuple[Example, ...] = ()
