"""Writes down what people decide, so that nothing is lost: two tabs, two processes and a build may be at work at once.

Takes decisions; adds lines to `rules/decisions/<source_id>.jsonl`. Does not apply them: the next build does.

Lines are only ever added (git joins two branches line by line). Whoever writes holds a lock, and puts the whole file in place in one step: a reader sees all of
a decision or nothing.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from pipeline.driver.lock import held
from pipeline.model import Decision, PipelineError
from pipeline.sources.decisions import decisions_path, numbered_decisions, standing

_LOCK = ".decisions.lock"


def append(rules: Path, source_id: str, decisions: Sequence[Decision]) -> tuple[Decision, ...]:
    """Add decisions to a source's file; gives those that were added: one that stands there already and counts is passed over. `PipelineError` for a file
    or a decision that could not be read back, or that cannot be written; nothing is written then."""
    path = decisions_path(rules, source_id)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with held(rules / _LOCK):
            data = path.read_bytes() if path.exists() else b""
            there = [decision for _, decision in numbered_decisions(data, str(path))]
            counting = {decision.decision_id for decision in standing(there)[0]}
            new = [d for d in dict.fromkeys(d.decision_id for d in decisions) if d not in counting]
            by_id = {decision.decision_id: decision for decision in decisions}
            added = tuple(by_id[decision_id] for decision_id in new)
            if added:
                _put(path, data, added)
            return added
    except OSError as error:
        raise PipelineError(str(path), f"cannot be written ({error.strerror})", "see that it can, and again") from None


def withdraw(
    rules: Path, source_id: str, decision_ids: Sequence[str], by: str = "", date: str = "", reason: str = ""
) -> tuple[Decision, ...]:
    """Take decisions back, last one first; gives the lines that were added. An id that does not stand in the file raises `PipelineError`."""
    lines = [Decision("withdraw", of=decision_id, by=by, date=date, reason=reason) for decision_id in decision_ids]
    return append(rules, source_id, lines)


def _put(path: Path, data: bytes, added: Sequence[Decision]) -> None:
    """Write a file anew with lines at its end."""
    if data and not data.endswith(b"\n"):
        data += b"\n"
    data += b"".join(decision.line().encode("utf-8", "surrogatepass") + b"\n" for decision in added)
    numbered_decisions(data, str(path))
    target = Path(os.path.realpath(path))
    beside = target.with_name(f".{target.name}.{os.getpid()}.new")
    try:
        with beside.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if target.exists():
            beside.chmod(target.stat().st_mode & 0o777)
        os.replace(beside, target)
    finally:
        beside.unlink(missing_ok=True)
