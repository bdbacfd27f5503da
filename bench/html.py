"""Reading a page, bytes to document, against BeautifulSoup with lxml parsing the same bytes.

Takes paths of pages; gives a `Speed`, run in pairs so that a noisy machine slows both. Does not know where the files come from.
"""

from __future__ import annotations

import gc
import hashlib
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median

from bs4 import BeautifulSoup

from pipeline.model import Sidecar, Source
from pipeline.parsers.html import parse_html


@dataclass(frozen=True, slots=True)
class Speed:
    """Medians over the rounds, in seconds for all pages; `ratio`, ours to theirs, is the median of the rounds' own ratios."""

    pages: int
    size: int
    ours: float
    theirs: float
    ratio: float


def measure(paths: Iterable[Path], rounds: int = 7) -> Speed:
    """Each page is read both ways in turn, `rounds` times, after a round that does not count."""
    sources = [_source(path) for path in paths]
    gc.freeze()
    seconds = [_round(sources) for _ in range(rounds + 1)][1:]
    ratio = median(ours / theirs for ours, theirs in seconds)
    size = sum(len(source.data) for source in sources)
    return Speed(len(sources), size, median(one for one, _ in seconds), median(two for _, two in seconds), ratio)


def _round(sources: Iterable[Source]) -> tuple[float, float]:
    ours = theirs = 0.0
    for source in sources:
        ours += _seconds(partial(parse_html, source))
        theirs += _seconds(partial(BeautifulSoup, source.data, "lxml"))
    return ours, theirs


def _seconds(work: Callable[[], object]) -> float:
    # neither pays for what the other leaves to be collected
    gc.collect()
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _source(path: Path) -> Source:
    data = path.read_bytes()
    return Source(path.stem, path.name, data, "text/html", hashlib.sha256(data).hexdigest(), Sidecar())
