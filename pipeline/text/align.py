"""Which lines of a text stand, unchanged, where in another version of it.

Takes two texts; gives stretches that both have, and where a span of the one is in the other. Does not know documents.

Lines that stand once in both texts hold the rest in place; between them lines are compared in their order. So a copy of a line put elsewhere is what is
new, and the line itself stays what it was.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from operator import itemgetter

#: more lines than these, on both sides together, are not compared one by one: what has changed so much is another text
_MOST = 2_000


@dataclass(frozen=True, slots=True)
class Alignment:
    """Stretches of whole lines as (start in the old text, start in the new one, length), in order in both; code points."""

    stretches: tuple[tuple[int, int, int], ...]

    def moved(self, start: int, end: int) -> tuple[int, int] | None:
        """Where a span of the old text is in the new one; None where a line that it stands in has changed.

        >>> aligned("甲\\n乙\\n", "丙\\n甲\\n乙\\n").moved(2, 3)
        (4, 5)
        """
        at = bisect_right(self.stretches, start, key=_old) - 1
        if at < 0:
            return None
        old, new, length = self.stretches[at]
        return (start - old + new, end - old + new) if end <= old + length else None

    def is_new(self, start: int, end: int) -> bool:
        """Whether a line that a span of the new text stands in is not the old text's."""
        at = bisect_right(self.stretches, start, key=_new) - 1
        return at < 0 or end > self.stretches[at][1] + self.stretches[at][2]


_old, _new = itemgetter(0), itemgetter(1)


def aligned(old: str, new: str) -> Alignment:
    """How two versions of a text belong together."""
    if old == new:
        return Alignment(((0, 0, len(old)),))
    one, other = old.splitlines(keepends=True), new.splitlines(keepends=True)
    starts, ends = _starts(one), _starts(other)
    joined: list[tuple[int, int, int]] = []
    for i, j, count in _runs(one, other):
        start, end, length = starts[i], ends[j], starts[i + count] - starts[i]
        if joined and joined[-1][0] + joined[-1][2] == start and joined[-1][1] + joined[-1][2] == end:
            start, end, length = joined[-1][0], joined[-1][1], joined.pop()[2] + length
        joined.append((start, end, length))
    return Alignment(tuple(joined))


def _starts(lines: Sequence[str]) -> list[int]:
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line))
    return starts


def _runs(one: Sequence[str], other: Sequence[str]) -> Iterator[tuple[int, int, int]]:
    """(index in one, index in the other, number of lines) of equal runs, in order."""
    same = min(len(one), len(other))
    head = next((i for i in range(same) if one[i] != other[i]), same)
    rest = same - head
    tail = next((i for i in range(rest) if one[-1 - i] != other[-1 - i]), rest)
    if head:
        yield 0, 0, head
    yield from _between(one, other, (head, len(one) - tail), (head, len(other) - tail))
    if tail:
        yield len(one) - tail, len(other) - tail, tail


def _between(
    one: Sequence[str], other: Sequence[str], left: tuple[int, int], right: tuple[int, int]
) -> Iterator[tuple[int, int, int]]:
    at, to = left[0], right[0]
    for i, j in [*_held(one, other, left, right), (left[1], right[1])]:
        if at < i and to < j and i - at + j - to <= _MOST:
            matcher = SequenceMatcher(None, one[at:i], other[to:j], autojunk=False)
            yield from ((at + a, to + b, size) for a, b, size in matcher.get_matching_blocks() if size)
        if i < left[1] and j < right[1]:
            yield i, j, 1
        at, to = i + 1, j + 1


def _held(
    one: Sequence[str], other: Sequence[str], left: tuple[int, int], right: tuple[int, int]
) -> list[tuple[int, int]]:
    """Lines that stand once in both, as many as follow each other in both."""
    counts, others = Counter(one[slice(*left)]), Counter(other[slice(*right)])
    place = {line: j for j, line in enumerate(other[slice(*right)], right[0]) if others[line] == 1}
    pairs = [
        (i, place[line]) for i, line in enumerate(one[slice(*left)], left[0]) if counts[line] == 1 and line in place
    ]
    ends: list[int] = []
    best: list[int] = []
    before: list[int] = []
    for number, (_, j) in enumerate(pairs):
        length = bisect_left(ends, j)
        before.append(best[length - 1] if length else -1)
        ends[length : length + 1] = [j]
        best[length : length + 1] = [number]
    chain, number = [], best[-1] if best else -1
    while number >= 0:
        chain.append(pairs[number])
        number = before[number]
    return chain[::-1]
