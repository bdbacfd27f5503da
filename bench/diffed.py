"""The time of a diff of a hundred thousand rows, as a person waits for it: the whole command, against the last commit.

Takes a number of rows; makes texts with one amount a line, builds and commits them, edits the rule that finds the amounts, so that every row has another unit, and builds
again. Gives seconds. Does not read what the diff says, but for how many rows it tells of.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import NamedTuple

ROWS = 100_000
#: rows a source
_TOGETHER = 250
_RULE = """\
kind: amount
rules:
  - id: amount.bench.rings
    description: rings of a tree
    pattern: "年輪は{{number}}本"
    set: {{as_unit: {unit}, kind: count}}
    value: amount
    examples:
      12 {unit}: ["«年輪は12本»"]
"""


class Diffed(NamedTuple):
    """Seconds of a diff of so many changed rows of so many sources, as it is shown to people and as JSON, and of one in which nothing changed."""

    rows: int
    sources: int
    shown: float
    all_changed: float
    unchanged: float


def measure(rows: int = ROWS, rounds: int = 3) -> Diffed:
    with tempfile.TemporaryDirectory() as temporary:
        base = Path(temporary)
        chance = random.Random(7)
        sources = rows // _TOGETHER
        (base / "raw").mkdir()
        (base / "rules" / "amount").mkdir(parents=True)
        for number in range(sources):
            lines = [f"大杉の年輪は{chance.randint(20, 900)}本。\n" for _ in range(_TOGETHER)]
            (base / "raw" / f"木-{number:04}.txt").write_text("".join(lines), encoding="utf-8")
        _build(base, "輪")
        (base / ".gitignore").write_text(".cache\n", encoding="utf-8")
        for command in (["init", "-q"], ["add", "-A"], ["-c", "user.name=t", "-c", "user.email=t@t", "commit", "-qm1"]):
            subprocess.run(["git", *command], cwd=base, check=True, capture_output=True)
        unchanged, _ = _seconds(base, rounds)
        _build(base, "株")
        shown, _ = _seconds(base, rounds)
        as_json, told = _seconds(base, rounds, "--json")
        return Diffed(told, sources, shown, as_json, unchanged)


def _build(base: Path, unit: str) -> None:
    (base / "rules" / "amount" / "bench.yml").write_text(_RULE.format(unit=unit), encoding="utf-8")
    _run(base, "build")


def _seconds(base: Path, rounds: int, *more: str) -> tuple[float, int]:
    """(median seconds, lines)."""
    taken, lines = [], 0
    for _ in range(rounds):
        start = time.perf_counter()
        lines = _run(base, "diff", *more).count(b"\n")
        taken.append(time.perf_counter() - start)
    return median(taken), lines


def _run(base: Path, *arguments: str) -> bytes:
    root = str(Path(__file__).resolve().parent.parent)
    paths = os.pathsep.join([root, *filter(None, [os.environ.get("PYTHONPATH")])])
    command = [sys.executable, "-m", "pipeline", *arguments]
    return subprocess.run(command, cwd=base, env=os.environ | {"PYTHONPATH": paths}, check=True, stdout=-1).stdout


if __name__ == "__main__":
    print(measure(*map(int, sys.argv[1:])))
