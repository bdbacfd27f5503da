"""Ten thousand sources: a cold build, one in which nothing changed, one of which a single source was edited, and what the driver holds meanwhile.

Takes a number; gives seconds, bytes and counts of files. Does not read what was built.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from bench.memory import peak
from bench.synthetic import write_sources

NUMBER = 10_000


@dataclass(frozen=True, slots=True)
class Many:
    """Seconds of whole commands, bytes of the driver's peak, files that the edit of one source has written below `extracted/`: in
    folders of sources, and others."""

    number: int
    cold: float
    again: float
    edited: float
    memory: int
    folders: int
    written: int
    others: int


def measure(number: int = NUMBER, rounds: int = 3) -> Many:
    """Makes the sources, builds them cold with a worker a core, and again."""
    with tempfile.TemporaryDirectory() as temporary:
        base = Path(temporary)
        write_sources(base / "raw", number)
        cold, most = _built(base)
        _built(base)  # what was written in the last tick is read once more
        again = [_built(base) for _ in range(rounds)]
        edited = next(path for path in sorted((base / "raw").rglob("*.html")))
        edited.write_bytes(edited.read_bytes().replace(b"</body>", b"<p>2021-10-04</p></body>"))
        before = time.time_ns()
        seconds, more = _built(base)
        written = [path for path in _files(base / "extracted") if path.stat().st_mtime_ns >= before]
        folders = {path.parent for path in written if path.is_relative_to(base / "extracted" / "sources")}
        inside = sum(path.parent in folders for path in written)
        peaks = (most, more, *(memory for _, memory in again))
        return Many(
            number, cold, median(s for s, _ in again), seconds, max(peaks), len(folders), inside, len(written) - inside
        )


def _built(base: Path) -> tuple[float, int]:
    folders = ["--raw", str(base / "raw"), "--out", str(base / "extracted"), "--cache", str(base / "cache")]
    start = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "bench.many", "build", *folders], check=True, stdout=subprocess.PIPE, text=True
    )
    return time.perf_counter() - start, int(done.stdout.splitlines()[-1])


def _files(folder: Path) -> list[Path]:
    return [Path(top, name) for top, _, names in os.walk(folder) for name in names]


def _main(arguments: list[str]) -> int:
    from pipeline.cli import main

    code = main(arguments)
    print(peak())
    return 0 if code in (0, 1) else code


if __name__ == "__main__":
    sys.exit(_main(sys.argv[1:]) if sys.argv[1:2] == ["build"] else print(measure(*map(int, sys.argv[1:]))))
