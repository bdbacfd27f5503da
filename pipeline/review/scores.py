"""How a build changed the agreement with gold.

Takes a folder of gold and two states; gives F1 before and after. Does not know why it changed.
"""

from __future__ import annotations

import csv
import json
import tempfile
from pathlib import Path
from typing import NamedTuple

from pipeline.model import PipelineError
from pipeline.review.state import State
from pipeline.tables.schema import MENTION_TABLES
from pipeline.tables.score import score


class ScoreChange(NamedTuple):
    """F1 of a kind by a measure (`span`, `value`, `link`), over the sources that have gold; rows count as they stand in the tables."""

    kind: str
    measure: str
    old: float
    new: float


def score_changes(gold: Path, old: State, new: State) -> tuple[ScoreChange, ...]:
    """In the order of `make score`. `PipelineError` where there is no gold."""
    before, after = (_scores(gold, state) for state in (old, new))
    return tuple(ScoreChange(*key, before.get(key, 0.0), f1) for key, f1 in after.items())


def _scores(gold: Path, state: State) -> dict[tuple[str, str], float]:
    with tempfile.TemporaryDirectory() as temporary:
        for table in MENTION_TABLES.values():
            with (Path(temporary) / f"{table.name}.csv").open("w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, table.columns, restval="", extrasaction="ignore", lineterminator="\n")
                writer.writeheader()
                for source_id in _sources(gold):
                    writer.writerows(state.rows(source_id, table.name))
        return {(told.kind, told.measure): told.f1 for told in score(gold, Path(temporary))}


def _sources(gold: Path) -> list[str]:
    """The sources that have gold."""
    found: set[str] = set()
    for path in sorted(gold.glob("*.jsonl")) if gold.is_dir() else ():
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            try:
                found |= {json.loads(line)["doc"]} if line.strip() else set()
            except (ValueError, KeyError, TypeError) as error:
                raise PipelineError(f"{path.name}:{number}", f"is no annotation ({error})", "mend the line") from None
    return sorted(found)
