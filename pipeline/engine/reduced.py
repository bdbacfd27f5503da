"""Lines in which candidates already found stand as one character each, for composed rules.

Takes a page and chosen candidates; gives the lines that hold any. Does not know rules.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pipeline.engine.fragments import CANDIDATE_AREA
from pipeline.engine.page import Line, Page
from pipeline.model import Candidate


class Reduced(NamedTuple):
    """A line's text in which the n-th candidate is the character U+E000 + n; `spans` are where in the line they stand.

    Of most no composed rule wants more than the text.
    """

    line: Line
    text: str
    candidates: Sequence[Candidate]
    spans: Sequence[tuple[int, int]]


class ReducedLine(Line):
    """The same as a line of its own."""

    def __init__(self, reduced: Reduced) -> None:
        super().__init__(reduced.line.start, reduced.text, reduced.line.block)
        self._candidates = reduced.candidates
        #: the candidates' offsets in the reduced text, and by how much the first n of them shorten it
        self._places: list[int] = []
        self._shifts = [0]
        for first, last in reduced.spans:
            self._places.append(first - self._shifts[-1])
            self._shifts.append(self._shifts[-1] + last - first - 1)

    def located(self, start: int, end: int) -> tuple[int, int]:
        return self._in_view(start), self._in_view(end)

    def candidate(self, mark: str) -> Candidate:
        """The candidate that a character of this line stands for."""
        return self._candidates[ord(mark) - CANDIDATE_AREA[0]]

    def _in_view(self, offset: int) -> int:
        return self.start + offset + self._shifts[bisect_left(self._places, offset)]


def reduced_lines(page: Page, chosen: Sequence[Candidate]) -> Iterator[Reduced]:
    """The lines that hold candidates. `chosen` is sorted and does not overlap; one that begins inside another's view is left out."""
    starts = [line.block.start for line in page.lines]
    at = 0
    while at < len(chosen):
        line = page.lines[bisect_right(starts, chosen[at].span.start) - 1]
        text: list[str] = []
        candidates: list[Candidate] = []
        spans: list[tuple[int, int]] = []
        here = 0
        while at < len(chosen) and chosen[at].span.start < line.block.end:
            candidate = chosen[at]
            first, last = page.inside(line, candidate.span)
            at += 1
            if first < here:
                continue
            text += [line.text[here:first], chr(CANDIDATE_AREA[0] + len(candidates))]
            candidates.append(candidate)
            spans.append((first, last))
            here = last
        if candidates:
            yield Reduced(line, "".join([*text, line.text[here:]]), candidates, spans)
        else:
            at += 1
