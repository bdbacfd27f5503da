"""The time from nothing to the mentions of a first sentence, as a notebook waits for it: a fresh process each.

Takes nothing; gives seconds. Does not count what Python compiles once for each installation.
"""

from __future__ import annotations

import subprocess
import sys
import time

#: a date, a city and a body, so that rules, gazetteers and MeCab are all asked
_FIRST = "import pipeline; pipeline.extract('令和5年4月3日に高松市と四国経済産業局が公表した。')"


def measure(rounds: int = 10) -> float:
    """The shortest of some starts, after one that is not counted."""
    return min([_seconds() for _ in range(rounds + 1)][1:])


def _seconds() -> float:
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", _FIRST], check=True)
    return time.perf_counter() - start
