"""A stretch of a text: code points, end exclusive."""

from __future__ import annotations

from typing import NamedTuple


class Span(NamedTuple):
    """Half-open interval of code points, ordered by start, then end. A tuple, since a build compares millions of them.

    >>> Span(2, 5).cut("令和3年9月")
    '3年9'
    """

    start: int
    end: int

    def cut(self, text: str) -> str:
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end

    def covers(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end
