"""Everything after reading, against bare fugashi tokenisation of the same text.

Takes documents; gives characters a second of both, run in turn so that a noisy machine slows both. Does not read files.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from pipeline.driver.stages import collector_at_rest, rows_of, statement_of
from pipeline.engine.find import find_on
from pipeline.engine.load import RuleSet
from pipeline.engine.page import Page, open_page
from pipeline.model import Document, Source
from pipeline.resolve.amounts import resolve_amounts
from pipeline.resolve.context import Context
from pipeline.resolve.dates import resolve_dates
from pipeline.resolve.municipalities import resolve_municipalities
from pipeline.resolve.organisations import resolve_organisations


@dataclass(frozen=True, slots=True)
class Speed:
    """Medians over the rounds, in characters a second; `ratio` is the median of the rounds' own ratios."""

    characters: int
    pipeline: float
    fugashi: float
    ratio: float


#: stages that are measured alone: the kinds that their rules are of, and what resolves them
STAGES: Mapping[str, tuple[tuple[str, ...], Callable[[Context], object]]] = {
    "dates and amounts": (
        ("date", "amount", "unit", "label", "ignore"),
        lambda context: resolve_amounts(context, resolve_dates(context)[0]),
    ),
    "places and bodies": (
        ("municipality", "organisation", "title", "ignore"),
        lambda context: resolve_organisations(context, resolve_municipalities(context, [])[0]),
    ),
}


def measure(read: Sequence[tuple[Source, Document]], rules: RuleSet, rounds: int = 5) -> Speed:
    """All stages, each round in turn with fugashi."""

    def understand() -> float:
        return _seconds(lambda: [rows_of(source, document, (), rules) for source, document in read])

    return _compared(read, understand, rounds)


def measure_stage(name: str, read: Sequence[tuple[Source, Document]], rules: RuleSet, rounds: int = 5) -> Speed:
    """One of `STAGES`: finding and resolving, on pages that are folded already and whose tokens are known."""
    kinds, resolve = STAGES[name]
    chosen = RuleSet(tuple(rule for rule in rules.rules if rule.kind in kinds), rules.gazetteers)
    statements = [statement_of(source.sidecar, document, rules.gazetteers) for source, document in read]
    known = [open_page(document) for _, document in read]
    for page in known:
        find_on(page, chosen)

    def understand() -> float:
        pages = [_with_tokens(page) for page in known]

        def all_pages() -> None:
            for page, statement in zip(pages, statements, strict=True):
                candidates = tuple(find_on(page, chosen))
                resolve(Context(page.document, statement, candidates, dict(rules.gazetteers)))

        return _seconds(all_pages)

    return _compared(read, understand, rounds)


def _with_tokens(known: Page) -> Page:
    """The page anew, of which nothing is known but its tokens."""
    page = open_page(known.document)
    for line, before in zip(page.lines, known.lines, strict=True):
        line._clauses.update(before._clauses)
    return page


def _compared(read: Sequence[tuple[Source, Document]], understand: Callable[[], float], rounds: int) -> Speed:
    import fugashi

    tagger = fugashi.Tagger()
    characters = sum(len(document.text) for _, document in read)

    def tokenise() -> None:
        for _, document in read:
            for line in document.text.splitlines():
                for node in tagger(line):
                    _ = node.surface, node.feature_raw

    gc.freeze()  # as a worker does once its rules are loaded
    understand()
    tokenise()
    ours, bare = [], []
    for _ in range(rounds):
        ours.append(characters / understand())
        bare.append(characters / _seconds(tokenise))
    ratio = median(a / b for a, b in zip(ours, bare, strict=True))
    return Speed(characters, median(ours), median(bare), ratio)


def _seconds(work: Callable[[], object]) -> float:
    with collector_at_rest():
        return _timed(work)


def _timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start
