"""A rule: a pattern or a gazetteer, what may stand around it, how its value is read, and its examples."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from pipeline.engine.search import Pattern
from pipeline.model.candidate import Kind


@dataclass(frozen=True, slots=True)
class TokenCondition:
    """What MeCab must say: `start` and `end` demand a token boundary there; the regexes are searched in the token's
    `surface<TAB>part-of-speech`: of the token before, the first, the last, the one behind. `start_only`: a boundary before the span is all that is asked."""

    start: bool = False
    end: bool = False
    first: Pattern | None = None
    last: Pattern | None = None
    before: Pattern | None = None
    after: Pattern | None = None
    not_first: Pattern | None = None
    not_last: Pattern | None = None
    not_before: Pattern | None = None
    not_after: Pattern | None = None
    start_only: bool = False


@dataclass(frozen=True, slots=True)
class Extension:
    """A span that grows to the left over tokens as long as `left` is found in `surface<TAB>part-of-speech` and `stop` is not,
    at least `least` tokens (else no match), at most `most` characters."""

    left: Pattern
    stop: Pattern | None = None
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
    candidates already chosen. An `across` pattern may cross the end of a block.
    """

    id: str
    kind: Kind
    where: str
    description: str
    value: str
    pattern: Pattern | None = None
    source: str = ""
    gazetteer: str = ""
    composed: bool = False
    across: bool = False
    settings: dict[str, str] = field(default_factory=dict, hash=False)
    before: Pattern | None = None
    after: Pattern | None = None
    not_before: Pattern | None = None
    not_after: Pattern | None = None
    tokens: TokenCondition | None = None
    extend: Extension | None = None
    blocks: frozenset[str] = frozenset()
    not_blocks: frozenset[str] = frozenset()
    against: frozenset[str] = frozenset()
    beats: frozenset[str] = frozenset()
    anchors: tuple[str, ...] = ()
    examples: tuple[Example, ...] = ()
    counterexamples: tuple[Example, ...] = ()

    @property
    def groups(self) -> tuple[tuple[str, int], ...]:
        """The pattern's named groups with their numbers."""
        return self.pattern.groups if self.pattern is not None else ()

    def patterns(self) -> Iterator[Pattern]:
        """All that it searches for."""
        asked: list[Pattern | None] = [self.pattern, self.before, self.after, self.not_before, self.not_after]
        if self.tokens is not None:
            told = self.tokens
            asked += [told.first, told.last, told.before, told.after]
            asked += [told.not_first, told.not_last, told.not_before, told.not_after]
        if self.extend is not None:
            asked += [self.extend.left, self.extend.stop]
        return (pattern for pattern in asked if pattern is not None)
