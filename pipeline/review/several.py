"""A long row of things looked at in several processes, a short one in this one.

Takes things and a function; gives its answers, in order. Does not know what they are.
"""

from __future__ import annotations

import multiprocessing
import signal
import sys
import time
from collections.abc import Callable, Generator, Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import Any, TypeVar

Thing = TypeVar("Thing")
Answer = TypeVar("Answer")
#: seconds that are worked alone: what is done by then needs no processes
MOMENT = 1.0
#: what the copies of this process inherit: an answer by the number of a thing
_shared: Callable[[int], Any] | None = None


def each_in_order(
    things: Sequence[Thing], look: Callable[[Thing], Answer], jobs: int, moment: float = MOMENT
) -> Generator[Answer, None, None]:
    """Ask `look` about each. What takes longer than a moment goes on in copies of this process, which share all that it holds (fork; where a system
    cannot, here), so that only answers are sent. Not for a process with threads."""
    began = time.monotonic()
    for number, thing in enumerate(things):
        if jobs > 1 and time.monotonic() - began > moment and sys.platform.startswith("linux"):
            yield from _in_copies(things[number:], look, min(jobs, len(things) - number))
            return
        yield look(thing)


def _in_copies(things: Sequence[Thing], look: Callable[[Thing], Answer], jobs: int) -> Generator[Answer, None, None]:
    global _shared  # noqa: PLW0603  the one way into a copy without sending it
    _shared = lambda number: look(things[number])  # noqa: E731
    pool = ProcessPoolExecutor(jobs, multiprocessing.get_context("fork"), _quiet)
    try:
        yield from pool.map(_asked, range(len(things)), chunksize=4)
    finally:
        _shared = None
        pool.shutdown(cancel_futures=True)


def _asked(number: int) -> Any:
    assert _shared is not None
    return _shared(number)


def _quiet() -> None:
    """Ctrl-C is for the process that a person started."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
