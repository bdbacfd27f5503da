"""What people decided about a source: `rules/decisions/<source_id>.jsonl`, one decision a line.

Takes files; gives `Decision`s, and tells which of them count. Does not know whether their text is there, nor a kind's columns.
"""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, get_args

from pipeline.model import Anchor, Decision, PipelineError
from pipeline.model.decision import Do

KINDS = ("date", "amount", "organisation", "municipality")
_DOES: tuple[str, ...] = get_args(Do)
_ANCHOR = tuple(Anchor.__dataclass_fields__)
_NUMBERS = ("number", "among")
_TEXTS = ("do", "kind", "rule", "of", "by", "date", "reason", *(name for name in _ANCHOR if name not in _NUMBERS))
_KNOWN = (*_TEXTS, *_NUMBERS, "set", "was")
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


def decisions_path(rules: Path, source_id: str) -> Path:
    """Where a source's decisions lie, in sub-folders where its id has them; `PipelineError` for an id that would lead elsewhere."""
    if any(part in ("", ".", "..") for part in source_id.split("/")) or re.search(r'[\\:*?"<>|\x00-\x1f]', source_id):
        raise PipelineError(repr(source_id), "is no source id", "see the column source_id of sources.csv")
    return rules / "decisions" / f"{source_id}.jsonl"


def read_decisions(path: Path) -> tuple[Decision, ...]:
    """All lines in their order, () where there is no file. A line that is none raises `PipelineError` with file and line."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise PipelineError(str(path), f"cannot be read ({error.strerror})", "mend it") from None
    return tuple(decision for _, decision in numbered_decisions(data, str(path)))


def numbered_decisions(data: bytes, where: str) -> list[tuple[int, Decision]]:
    """The same with the numbers of their lines, from 1; `where` names the file in errors."""
    found: list[tuple[int, Decision]] = []
    above: set[str] = set()
    for number, line in enumerate(data.splitlines(), 1):
        if not line.strip():
            continue
        place = f"{where}:{number}"
        decision = _decision(line, place)
        if decision.do == "withdraw" and decision.of not in above:
            raise PipelineError(place, f"takes back {decision.of}, which does not stand above it", "remove the line")
        above.add(decision.decision_id)
        found.append((number, decision))
    return found


def standing(decisions: Iterable[Decision]) -> tuple[tuple[Decision, ...], tuple[Decision, ...]]:
    """The decisions that count, each once, and those that were taken back. What takes back a `withdraw` puts back what that had taken; a line that is
    written again below counts again."""
    lines = list(decisions)
    last: dict[str, int] = {}
    target: dict[int, int] = {}
    counts: list[bool] = []

    def count(at: int, whether: bool) -> None:
        counts[at] = whether
        if at in target:
            count(target[at], not whether)

    for at, decision in enumerate(lines):
        counts.append(True)
        if decision.do == "withdraw":
            target[at] = last[decision.of]
            count(last[decision.of], False)
        last[decision.decision_id] = at
    own = [(lines[at], counts[at]) for at in sorted(last.values()) if lines[at].do != "withdraw"]
    return tuple(decision for decision, alive in own if alive), tuple(decision for decision, alive in own if not alive)


def _decision(line: bytes, place: str) -> Decision:
    told = _object(line, place)
    for key in told:
        if key not in _KNOWN:
            near = difflib.get_close_matches(key, _KNOWN, 1)
            remedy = f"did you mean {near[0]}?" if near else f"known are {', '.join(_KNOWN)}"
            raise PipelineError(place, f"unknown key {key}", remedy)
    for key in _TEXTS:
        if not isinstance(told.get(key, ""), str):
            raise PipelineError(place, f"{key} is no text", "write it in quotes")
    for key in _NUMBERS:
        if type(told.get(key, 1)) is not int or told.get(key, 1) < 1:
            raise PipelineError(place, f"{key} is no number from 1", "write 1")
    anchor = Anchor(**{"surface": "", **{key: told[key] for key in _ANCHOR if key in told}})
    was = _columns(told["was"], "was", place) if "was" in told else None
    rest = {key: told.get(key, "") for key in ("rule", "of", "by", "date", "reason")}
    decision = Decision(
        told.get("do", ""), told.get("kind", ""), anchor, _columns(told.get("set", {}), "set", place), was, **rest
    )
    for problem, remedy in _problems(decision):
        raise PipelineError(place, problem, remedy)
    return decision


def _problems(decision: Decision) -> Iterator[tuple[str, str]]:
    do, told = decision.do, f"do is {decision.do!r}"
    if do not in _DOES:
        near = difflib.get_close_matches(do, _DOES, 1)
        yield told, f"did you mean {near[0]}?" if near else f"write one of {', '.join(_DOES)}"
    if decision.date and not _is_day(decision.date):
        yield f"date {decision.date!r} is no day", "write it such as 2026-11-26"
    if do == "withdraw":
        if not decision.of:
            yield told + " and `of` names no decision", "write the id of the decision to be taken back"
        return
    if not "".join(decision.anchor.surface.split()):
        yield told + " without a surface", "write the text that it is about"
    if do == "text":
        if set(decision.set) != {"text"}:
            yield told + " and `set` has not just `text`", 'write "set": {"text": "…"}, what is meant'
        return
    if decision.kind not in KINDS:
        yield f"kind is {decision.kind!r}", f"write one of {', '.join(KINDS)}"
    if do == "reject" and decision.set:
        yield told + " with columns in `set`", "leave them out, or write replace"
    if do != "reject" and not decision.set:
        yield told + " without columns in `set`", 'write what the row should be, such as "set": {"edtf": "2021-09-14"}'


def _object(line: bytes, place: str) -> Mapping[str, Any]:
    try:
        told = json.loads(line.decode("utf-8", "surrogatepass"), object_pairs_hook=_once)
    except ValueError as error:
        raise PipelineError(place, f"is no JSON ({error})", "mend or remove the line") from None
    if not isinstance(told, dict):
        raise PipelineError(place, "is no JSON object", 'write {"do": …}')
    return told


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    told = dict(pairs)
    if len(told) != len(pairs):
        raise ValueError("a key stands twice")
    return told


def _columns(told: Any, name: str, place: str) -> dict[str, str]:
    if not isinstance(told, dict) or not all(isinstance(value, str) for value in told.values()):
        raise PipelineError(place, f"{name} is no object of texts", 'write {"column": "value"}, numbers in quotes too')
    return told


def _is_day(text: str) -> bool:
    try:
        return bool(_DAY.fullmatch(text)) and bool(date.fromisoformat(text))
    except ValueError:
        return False
