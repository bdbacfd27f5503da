"""What is left to do: sources, largest first, and page ranges of those that one worker alone would read for long.

Takes tasks, and what workers answer; gives the next task, and what each source came to. Does not know workers.

Whoever begins a large PDF answers how many pages it has. They are handed out in ranges before all that waits; then the source is handed out again, to be
joined. A source has the time of one worker, however many have a part in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.driver.keys import Task
from pipeline.driver.limits import seconds_for, too_slow
from pipeline.driver.page_ranges import Apart, RangeRead, least_pages, ranges
from pipeline.driver.staged import Done
from pipeline.model import Issue

Answer = Done | Apart | RangeRead | Issue


@dataclass(slots=True)
class _Parted:
    """A source whose ranges are being read: all of them, those without an answer, and the seconds that others took."""

    parts: tuple[range, ...]
    left: set[range]
    seconds: float = 0.0


class Queue:
    """`least` are the pages of a range at least; 0: nothing is read in ranges."""

    def __init__(self, ordered: Sequence[Task], seconds: float, least: int) -> None:
        self.seconds, self.least = seconds, least
        self.waiting = [*map(self._whole, reversed(ordered))]
        self.parted: dict[str, _Parted] = {}

    def next(self) -> Task | None:
        """None where nothing waits; an answer may change that."""
        return self.waiting.pop() if self.waiting else None

    def limit(self, task: Task) -> float:
        """Seconds that are left to its source."""
        parted = self.parted.get(task.found.source_id)
        return max(0.0, seconds_for(task.found, self.seconds) - (parted.seconds if parted else 0.0))

    def answered(self, task: Task, answer: Answer, workers: int) -> Done | Issue | None:
        """What the source came to (an issue: it was given up); None as long as something of it is left to do. `workers` may share what is."""
        source_id = task.found.source_id
        if isinstance(answer, Apart):
            parts = ranges(answer.pages, workers, least_pages(task, self.least))
            if len(parts) == 1:
                self.waiting.append(replace(task, most=0))
            else:
                self.parted[source_id] = _Parted(parts, set(parts))
                self.waiting += [replace(task, most=0, pages=part) for part in reversed(parts)]
            return None
        parted = self.parted.get(source_id)
        if task.pages is not None and parted is None:
            return None  # another range ended its worker: all was said
        if isinstance(answer, RangeRead):
            assert parted is not None
            assert task.pages is not None
            parted.left.discard(task.pages)
            parted.seconds += answer.seconds
            if not parted.left:
                self.waiting.append(replace(task, pages=None, parts=parted.parts))
            return None
        if parted is not None:
            del self.parted[source_id]
            self.waiting = [other for other in self.waiting if other.found.source_id != source_id]
        if isinstance(answer, Issue) and answer.code == "too-slow":
            return too_slow(seconds_for(task.found, self.seconds))
        return answer

    def _whole(self, task: Task) -> Task:
        return replace(task, most=2 * least_pages(task, self.least) - 1) if self.least else task
