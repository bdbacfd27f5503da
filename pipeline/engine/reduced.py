"""Lines in which candidates already found stand as one character each, for composed rules.

Takes a page and chosen candidates; gives the lines that hold any. Does not know rules.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from pipeline.engine.fragments import CANDIDATE_AREA
from pipeline.engine.page import Line, Page
from pipeline.model import Candidate


class ReducedLine(Line):
    """A line whose n-th candidate is the character U+E000 + n.

    `places` are the candidates' offsets in the reduced text, `shifts[n]` is by how much the first n of them shorten it.
    """

    def __init__(
        self, line: Line, text: str, candidates: Sequence[Candidate], places: list[int], shifts: list[int]
    ) -> None:
        super().__init__(line.start, text, line.block)
        self._candidates, self._places, self._shifts = candidates, places, shifts

    def located(self, start: int, end: int) -> tuple[int, int]:
        return self._in_view(start), self._in_view(end)

    def candidate(self, mark: str) -> Candidate:
        """The candidate that a character of this line stands for."""
        return self._candidates[ord(mark) - CANDIDATE_AREA[0]]

    def _in_view(self, offset: int) -> int:
        return self.start + offset + self._shifts[bisect_left(self._places, offset)]


def reduced_lines(page: Page, chosen: Sequence[Candidate]) -> Iterator[ReducedLine]:
    """The lines that hold candidates. `chosen` is sorted and does not overlap; one that begins inside another's view is left out."""
    starts = [line.block.start for line in page.lines]
    at = 0
    while at < len(chosen):
        line = page.lines[bisect_right(starts, chosen[at].span.start) - 1]
        text: list[str] = []
        candidates: list[Candidate] = []
        places: list[int] = []
        shifts = [0]
        here = 0
        while at < len(chosen) and chosen[at].span.start < line.block.end:
            candidate = chosen[at]
            first, last = page.inside(line, candidate.span)
            at += 1
            if first < here:
                continue
            text += [line.text[here:first], chr(CANDIDATE_AREA[0] + len(candidates))]
            places.append(first - shifts[-1])
            shifts.append(shifts[-1] + last - first - 1)
            candidates.append(candidate)
            here = last
        if candidates:
            yield ReducedLine(line, "".join([*text, line.text[here:]]), candidates, places, shifts)
        else:
            at += 1
