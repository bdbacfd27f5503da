"""The time of a build in which nothing changed, as a person waits for it: the whole command.

Takes a folder of sources; gives seconds of a cold and of an unchanged build. Does not read what was built.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median


def measure(raw: Path, rounds: int = 5) -> tuple[float, float]:
    """(cold, median unchanged), in seconds."""
    with tempfile.TemporaryDirectory() as temporary:
        out, cache = Path(temporary) / "out", Path(temporary) / "cache"
        command = [
            sys.executable,
            "-m",
            "pipeline",
            "build",
            "--raw",
            str(raw),
            "--out",
            str(out),
            "--cache",
            str(cache),
        ]
        times = []
        for _ in range(rounds + 1):
            start = time.perf_counter()
            subprocess.run(command, check=False, capture_output=True)
            times.append(time.perf_counter() - start)
    return times[0], median(times[1:])
