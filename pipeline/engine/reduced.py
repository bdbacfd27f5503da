"""Lines in which candidates already found stand as one character each, for composed rules.

Takes a page and chosen candidates; gives the lines that hold any. Does not know rules.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.engine.fragments import CANDIDATE_AREA
from pipeline.engine.page import Line, Page
from pipeline.model import Block, Candidate


class ReducedLine(Line):
    """A line whose n-th candidate is the character U+E000 + n. `starts` and `ends` say
    where each of its characters begins and ends in the view."""

    def __init__(
        self, text: str, block: Block, candidates: Sequence[Candidate], starts: list[int], ends: list[int]
    ) -> None:
        super().__init__(starts[0] if starts else 0, text, block)
        self._candidates, self._starts, self._ends = candidates, starts, ends

    def located(self, start: int, end: int) -> tuple[int, int]:
        return self._starts[start], self._ends[end - 1]

    def candidate(self, mark: str) -> Candidate:
        """The candidate that a character of this line stands for."""
        return self._candidates[ord(mark) - CANDIDATE_AREA[0]]


def reduced_lines(page: Page, chosen: Sequence[Candidate]) -> Iterator[ReducedLine]:
    """`chosen` is sorted and does not overlap."""
    at = 0
    view = page.view
    for line in page.lines:
        end = line.start + len(line.text)
        inside: list[tuple[int, int, Candidate]] = []
        while at < len(chosen) and (start := view.at(chosen[at].span.start)) < end:
            if start >= line.start:
                inside.append((start, view.at(chosen[at].span.end - 1) + 1, chosen[at]))
            at += 1
        if not inside:
            continue
        text: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        here = line.start
        for number, (first, last, _) in enumerate(inside):
            text += [line.text[here - line.start : first - line.start], chr(CANDIDATE_AREA[0] + number)]
            starts += [*range(here, first), first]
            ends += [*range(here + 1, first + 1), last]
            here = last
        text.append(line.text[here - line.start :])
        starts += range(here, end)
        ends += range(here + 1, end + 1)
        yield ReducedLine("".join(text), line.block, [candidate for *_, candidate in inside], starts, ends)
