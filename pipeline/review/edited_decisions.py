"""What people decided about a source since an earlier build: a line each.

Takes the bytes of both files of decisions; gives edits in order, each with the file as it is after it. Does not apply decisions.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from pipeline.model import Decision, PipelineError
from pipeline.review.cause import Cause
from pipeline.sources.decisions import numbered_decisions


class DecisionEdit(NamedTuple):
    """`lines` is the file after this edit."""

    cause: Cause
    lines: bytes


def decision_edits(old: bytes, new: bytes, source_id: str) -> list[DecisionEdit]:
    """Lines that are gone, then lines that are new. One edit where a file cannot be read."""
    try:
        before, after = (_read(lines, source_id) for lines in (old, new))
    except PipelineError:
        return [DecisionEdit(Cause("decision", f"{source_id}.jsonl", "edited"), new)]
    kept = {decision.decision_id for decision in after}
    there = list(before)
    edits: list[DecisionEdit] = []
    for decision in before:
        if decision.decision_id not in kept:
            there = [other for other in there if other.decision_id != decision.decision_id]
            edits.append(DecisionEdit(_cause(decision, "gone"), _bytes(there)))
    known = {decision.decision_id for decision in before}
    for decision in after:
        if decision.decision_id not in known:
            there.append(decision)
            edits.append(DecisionEdit(_cause(decision, ""), _bytes(there)))
    if not edits and before != after:  # a line that is written again, or lines in another order
        return [DecisionEdit(Cause("decision", f"{source_id}.jsonl", "edited"), new)]
    return [*edits[:-1], edits[-1]._replace(lines=new)] if edits else []


def _read(lines: bytes, source_id: str) -> Sequence[Decision]:
    return [decision for _, decision in numbered_decisions(lines, f"{source_id}.jsonl")]


def _cause(decision: Decision, how: str) -> Cause:
    """What was done, by whom and when: what a person decided at one go has one cause."""
    return Cause("decision", " ".join(filter(None, (decision.do, decision.by, decision.date))), how)


def _bytes(decisions: Iterable[Decision]) -> bytes:
    return b"".join(decision.line().encode("utf-8", "surrogatepass") + b"\n" for decision in decisions)
