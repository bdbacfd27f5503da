"""Whether figures such as 11.9-13 or 5.21 at the heads of lines are dates: month and day, or an outline's numbers.

Takes the context; gives the spans that may be dates. Does not know years.
"""

from __future__ import annotations

from pipeline.model import Candidate, DateValue, Span
from pipeline.resolve.context import Context

#: one or two such figures are no list: they count only where no outline goes that far
_LIST = 3
_LONGEST_OUTLINE = 12
#: of a list of dates only few follow each other by one, as the numbers of an outline do
_OUTLINE_SHARE = 0.5


def listed_dates(context: Context) -> frozenset[Span]:
    """Spans of month.day figures that the document shows to be dates.

    A list is shown by figures at the heads of lines of which fewer than half are first numbers (3.1) or successors (3.2 behind 3.1).
    """
    candidates = [c for c in context.of_kind("date") if isinstance(c.value, DateValue) and c.value.role == "listed"]
    heads = [c for c in candidates if (block := context.block(c.span)) is not None and block.start == c.span.start]
    numbers = [_number(c) for c in heads]
    if not heads:
        return frozenset()
    seen = set(numbers)
    outlined = sum(day == 1 or (month, day - 1) in seen for month, day in numbers)
    if outlined >= _OUTLINE_SHARE * len(numbers):
        return frozenset()
    if len(seen) >= _LIST:
        return frozenset(c.span for c in candidates)
    return frozenset(
        c.span for c, (_, day) in zip(heads, numbers, strict=True) if day > _LONGEST_OUTLINE or _is_range(c)
    )


def _number(candidate: Candidate) -> tuple[int, int]:
    assert isinstance(candidate.value, DateValue)
    start = candidate.value.start
    return (start.month or 0, start.day or 0) if start is not None else (0, 0)


def _is_range(candidate: Candidate) -> bool:
    return isinstance(candidate.value, DateValue) and candidate.value.range
