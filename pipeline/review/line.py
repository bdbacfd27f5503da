"""The line that a row stands in, with its span.

Takes a text and a span; gives what stands before, in and behind it. Does not know how it is shown.
"""

from __future__ import annotations

from typing import NamedTuple

from pipeline.review.diff import Change
from pipeline.review.server.marked import visible
from pipeline.review.state import State


class Line(NamedTuple):
    """One line; what cannot be seen stands there by name, what is cut off as …."""

    before: str
    span: str
    after: str


def line_of(text: str, start: int, end: int, room: int = 36) -> Line:
    """At most `room` characters on each side of the span, and not beyond its line's ends. A span over several lines is shown as one.

    >>> line_of("題\\n本計画は令和3年9月\\n14日に公表した。\\n", 6, 16)
    Line(before='本計画は', span='令和3年9月 14日', after='に公表した。')
    """
    first, last = text.rfind("\n", 0, start) + 1, text.find("\n", end)
    last = len(text) if last < 0 else last
    left, right = max(first, start - room), min(last, end + room)
    before, after = text[left:start].lstrip(), text[end:right].rstrip()
    return Line(
        "…" * (left > first) + visible(before) + " " * (before != before.rstrip()),
        visible(text[start:end], 2 * room),
        " " * (after != after.lstrip()) + visible(after) + "…" * (right < last),
    )


class Lines:
    """Lines of changes; texts are kept from one change of a source to the next."""

    def __init__(self, then: State, now: State) -> None:
        self._states = (then, now)
        self._last: tuple[int, str, str] = (-1, "", "")

    def of(self, change: Change) -> Line | None:
        """In the new text, in the old one for what is lost; None where it has no place there."""
        row, which = change.row, int(change.new is not None)
        if not row.get("start") or not row.get("end"):
            return None
        if self._last[:2] != (which, row["source_id"]):
            self._last = (which, row["source_id"], self._states[which].text(row["source_id"]) or "")
        text, start, end = self._last[2], int(row["start"]), int(row["end"])
        return line_of(text, start, end) if end <= len(text) else None
