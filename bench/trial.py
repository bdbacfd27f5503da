"""The time of a preview of an edited rule, as a person waits for it: the whole command.

Takes texts; builds copies of them with other facts, ten million characters together, in a hundredth of which the rule's words stand. Gives seconds. Does not read what
it says.
"""

from __future__ import annotations

import random
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import NamedTuple

_FIGURE = re.compile("[1-9][0-9]*")
_RULE = """\
kind: amount
rules:
  - id: amount.bench.rings
    description: rings of a tree
    pattern: "年輪は{number} 本"
    set: {as_unit: 輪, kind: count}
    value: amount
    examples:
      12 輪: ["«年輪は12本»"]
"""


class Waited(NamedTuple):
    """Seconds of a cold build, and of a preview."""

    sources: int
    characters: int
    cold: float
    preview: float


def measure(texts: Sequence[str], characters: int = 10_000_000, rounds: int = 5) -> Waited:
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        count = _write_copies(folder / "raw", texts, characters, "大杉の年輪は350本を数える。", 0.01)
        (folder / "rules" / "amount").mkdir(parents=True)
        places = ["--raw", str(folder / "raw"), "--rules", str(folder / "rules"), "--cache", str(folder / "cache")]
        cold = _seconds(["build", *places, "--out", str(folder / "out")])
        (folder / "rules" / "amount" / "bench.yml").write_text(_RULE, encoding="utf-8")
        tried = [_seconds(["try", *places]) for _ in range(rounds)]
        return Waited(count, characters, cold, median(tried))


def _seconds(arguments: Sequence[str]) -> float:
    start = time.perf_counter()
    subprocess.run([sys.executable, "-m", "pipeline", *arguments], check=True, capture_output=True)
    return time.perf_counter() - start


def _write_copies(folder: Path, texts: Sequence[str], characters: int, marked: str = "", share: float = 0.0) -> int:
    """Write copies in turn until they have as many characters together; gives the number of files. In a share of them stands one more
    line, `marked`."""
    folder.mkdir(parents=True, exist_ok=True)
    chance = random.Random(4)
    count = written = 0
    while written < characters:
        text = _FIGURE.sub(lambda match: _other(match[0], chance), texts[count % len(texts)])
        if share and count % round(1 / share) == 0:
            text = f"{text}\n\n{marked}\n"
        (folder / f"{count:06}.txt").write_text(text, encoding="utf-8")
        written += len(text)
        count += 1
    return count


def _other(figure: str, chance: random.Random) -> str:
    """A number of as many figures; years stay near, months and days possible."""
    if len(figure) <= 2:
        return str(chance.randint(1, 9 if len(figure) == 1 else 12))
    if len(figure) == 4 and figure[:2] in ("19", "20"):
        return str(int(figure) - chance.randint(0, 4))
    return str(chance.randint(10 ** (len(figure) - 1), 10 ** len(figure) - 1))
