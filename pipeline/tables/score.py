"""Precision, recall and F1 of a build against gold annotations.

Takes gold mentions (one JSON a line: doc, type, start, end, surface, value, optional) and a build's tables; gives counts. Does not
build.

span: exact (start, end). value: spans that share at least half of their union, with equal values: a date's EDTF and clock times, an amount's
value, maximum and unit (annotations in braces dropped), a municipality's code. link: B-cubed F1 of bodies' grouping. Gold marked optional is neither
demanded nor punished.
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from pipeline.model import PipelineError
from pipeline.tables.files import read_table
from pipeline.tables.rows import Rows
from pipeline.tables.schema import MENTION_TABLES


@dataclass(frozen=True, slots=True)
class Marked:
    """A gold or a predicted mention."""

    start: int
    end: int
    surface: str
    value: Any
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Score:
    """Shares between 0 and 1, and the mentions behind them (none for `link`, which judges groups)."""

    kind: str
    measure: str
    precision: float
    recall: float
    right: int
    missed: tuple[Marked, ...] = ()
    extra: tuple[Marked, ...] = ()

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def score(
    gold_folder: Path, extracted: Path, instead: Callable[[set[str]], Mapping[str, Rows]] | None = None
) -> list[Score]:
    """A `Score` a kind and measure, over the sources that have gold; `instead` is asked for rows that take the place of those that were built."""
    gold = _gold(gold_folder)
    predicted = _predicted(extracted)
    documents = sorted({document for document, _ in gold})
    for document, rows in (instead(set(documents)) if instead is not None else {}).items():
        for kind, table in MENTION_TABLES.items():
            predicted[document, kind] = [_marked(kind, row) for row in rows[table.name]]
    scores = []
    for kind in MENTION_TABLES:
        wanted = {document: gold.get((document, kind), []) for document in documents}
        found = {document: predicted.get((document, kind), []) for document in documents}
        scores.append(_tally(kind, "span", wanted, found, lambda g, p: (g.start, g.end) == (p.start, p.end)))
        if kind == "organisation":
            scores.append(_linking(wanted, found))
        else:
            scores.append(
                _tally(kind, "value", wanted, found, lambda g, p: _overlap(g, p) >= 0.5 and g.value == p.value)
            )
    return scores


def _tally(
    kind: str,
    measure: str,
    gold: Mapping[str, list[Marked]],
    predicted: Mapping[str, list[Marked]],
    accept: Callable[[Marked, Marked], bool],
) -> Score:
    right, missed, extra = 0, [], []
    for document, wanted in gold.items():
        found = predicted[document]
        pairs = _pairs(wanted, found, accept)
        hit, used = {g for g, _ in pairs}, {p for _, p in pairs}
        right += sum(not wanted[g].optional for g in hit)
        missed += [g for i, g in enumerate(wanted) if i not in hit and not g.optional]
        optional = [g for g in wanted if g.optional]
        extra += [p for i, p in enumerate(found) if i not in used and not any(_overlap(p, g) > 0 for g in optional)]
    precision = right / (right + len(extra)) if right or extra else 1.0
    recall = right / (right + len(missed)) if right or missed else 1.0
    return Score(kind, measure, precision, recall, right, tuple(missed), tuple(extra))


def _linking(gold: Mapping[str, list[Marked]], predicted: Mapping[str, list[Marked]]) -> Score:
    """B-cubed precision and recall of the grouping of matched mentions into bodies."""
    groups = [
        (wanted[g].value, predicted[document][p].value)
        for document, wanted in gold.items()
        for g, p in _pairs(wanted, predicted[document], lambda a, b: _overlap(a, b) >= 0.5)
        if not wanted[g].optional
    ]
    sizes, found, both = Counter(g for g, _ in groups), Counter(p for _, p in groups), Counter(groups)
    total = len(groups)
    precision = sum(both[pair] / found[pair[1]] for pair in groups) / total if total else 1.0
    recall = sum(both[pair] / sizes[pair[0]] for pair in groups) / total if total else 1.0
    return Score("organisation", "link", precision, recall, total)


def _pairs(
    gold: Sequence[Marked], predicted: Sequence[Marked], accept: Callable[[Marked, Marked], bool]
) -> list[tuple[int, int]]:
    """One-to-one, best overlap first."""
    possible = sorted(
        ((_overlap(g, p), i, j) for i, g in enumerate(gold) for j, p in enumerate(predicted) if accept(g, p)),
        reverse=True,
    )
    used_gold: set[int] = set()
    used_predicted: set[int] = set()
    pairs = []
    for _, i, j in possible:
        if i not in used_gold and j not in used_predicted:
            used_gold.add(i)
            used_predicted.add(j)
            pairs.append((i, j))
    return pairs


def _overlap(one: Marked, other: Marked) -> float:
    shared = min(one.end, other.end) - max(one.start, other.start)
    return shared / (max(one.end, other.end) - min(one.start, other.start)) if shared > 0 else 0.0


def _value(kind: str, value: Mapping[str, Any]) -> Any:
    if kind == "date":
        return value.get("edtf") or "", value.get("start_time") or "", value.get("end_time") or ""
    if kind == "amount":
        unit = re.sub(r"\{.*?\}", "", value.get("unit") or "")
        return _number(value.get("value")), _number(value.get("max") or value.get("value_max")), unit
    if kind == "organisation":
        return value.get("organisation_id") or value.get("name")
    return value.get("code") or ""


def _number(text: str | None) -> Decimal | str | None:
    try:
        return Decimal(text).normalize() if text else None
    except InvalidOperation:
        return text


def _gold(folder: Path) -> dict[tuple[str, str], list[Marked]]:
    paths = sorted(folder.glob("*.jsonl")) if folder.is_dir() else []
    if not paths:
        raise PipelineError(str(folder), "holds no gold (*.jsonl)", "give GOLD=DIR a folder of annotations")
    gold: dict[tuple[str, str], list[Marked]] = defaultdict(list)
    for path in paths:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if line.strip():
                try:
                    row = json.loads(line)
                    key = row["doc"], row["type"]
                    gold[key].append(
                        Marked(
                            row["start"],
                            row["end"],
                            row["surface"],
                            _value(row["type"], row["value"]),
                            bool(row.get("optional")),
                        )
                    )
                except (json.JSONDecodeError, KeyError) as error:
                    raise PipelineError(
                        f"{path.name}:{number}", f"is no annotation ({error})", "mend the line"
                    ) from None
    return gold


def _predicted(extracted: Path) -> dict[tuple[str, str], list[Marked]]:
    base = extracted / "tables" if (extracted / "tables").is_dir() else extracted
    found: dict[tuple[str, str], list[Marked]] = defaultdict(list)
    for kind, table in MENTION_TABLES.items():
        path = base / f"{table.name}.csv"
        if not path.is_file():
            raise PipelineError(str(path), "is missing", "run make (or koubun build) first")
        rows: Iterable[dict[str, str]] = read_table(path)
        for row in rows:
            found[row["source_id"], kind].append(_marked(kind, row))
    return found


def _marked(kind: str, row: Mapping[str, str]) -> Marked:
    return Marked(int(row["start"]), int(row["end"]), row["surface"], _value(kind, row))
