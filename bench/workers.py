"""A cold build with one worker and with two: of many PDFs, and of a large one, whose pages both read.

Takes a folder, or a file; gives seconds of the whole command, the shortest of some rounds in turn. Does not read what was built.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path


def measure(raw: Path, rounds: int = 3) -> tuple[float, float]:
    """(one worker, two workers), in seconds."""
    taken = [[_seconds(raw, workers) for workers in (1, 2)] for _ in range(rounds)]
    return min(one for one, _ in taken), min(two for _, two in taken)


def measure_one(path: Path, rounds: int = 3) -> tuple[float, float]:
    """The same of one file."""
    with tempfile.TemporaryDirectory() as raw:
        shutil.copy(path, raw)
        return measure(Path(raw), rounds)


def _seconds(raw: Path, workers: int) -> float:
    with tempfile.TemporaryDirectory() as temporary:
        places = ["--raw", str(raw), "--out", f"{temporary}/out", "--cache", f"{temporary}/cache"]
        start = time.perf_counter()
        command = [sys.executable, "-m", "pipeline", "build", *places, "--jobs", str(workers)]
        subprocess.run(command, check=False, capture_output=True)
        return time.perf_counter() - start
