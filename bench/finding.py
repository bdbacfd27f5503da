"""Everything after reading, against bare fugashi tokenisation of the same text.

Takes documents; gives characters a second of both, run in turn so that a noisy machine slows both. Does not read files.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from pipeline.driver.stages import rows_of
from pipeline.engine.load import RuleSet
from pipeline.model import Document, Source


@dataclass(frozen=True, slots=True)
class Speed:
    """Medians over the rounds, in characters a second; `ratio` is the median of the rounds' own ratios."""

    characters: int
    pipeline: float
    fugashi: float
    ratio: float


def measure(read: Sequence[tuple[Source, Document]], rules: RuleSet, rounds: int = 5) -> Speed:
    import fugashi

    tagger = fugashi.Tagger()
    characters = sum(len(document.text) for _, document in read)

    def tokenise() -> None:
        for _, document in read:
            for line in document.text.splitlines():
                for node in tagger(line):
                    _ = node.surface, node.feature_raw

    def understand() -> None:
        for source, document in read:
            rows_of(source, document, (), rules)

    gc.freeze()  # as a worker does once its rules are loaded
    understand()
    tokenise()
    ours, bare = [], []
    for _ in range(rounds):
        ours.append(characters / _seconds(understand))
        bare.append(characters / _seconds(tokenise))
    ratio = median(a / b for a, b in zip(ours, bare, strict=True))
    return Speed(characters, median(ours), median(bare), ratio)


def _seconds(work: object) -> float:
    assert callable(work)
    start = time.perf_counter()
    work()
    return time.perf_counter() - start
