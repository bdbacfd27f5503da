"""Why the last build did what it did, as it is kept: `.cache/why.jsonl`.

Takes and gives what ran for which source, and for what reasons. Does not find them.

The first line is {"sources": how many were asked for}, each other one {"source_id": …, "stages": {stage: [reason, …]}} of a source for which a stage ran.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pipeline.driver.store import put_file
from pipeline.model import PipelineError

#: reasons by stage, a source each
Reasons = Mapping[str, Mapping[str, list[str]]]


@dataclass(frozen=True, slots=True)
class Why:
    """`sources` is how many were asked for; `ran` has those for which a stage ran."""

    sources: int
    ran: Reasons

    def groups(self) -> list[tuple[list[str], Mapping[str, list[str]]]]:
        """Sources with the same stages and reasons, the largest group first."""
        alike: dict[str, list[str]] = {}
        for source_id, stages in sorted(self.ran.items()):
            alike.setdefault(json.dumps(stages), []).append(source_id)
        ordered = sorted(alike.values(), key=lambda ids: (-len(ids), ids))
        return [(ids, self.ran[ids[0]]) for ids in ordered]


def save_why(cache: Path, why: Why) -> None:
    lines: list[object] = [{"sources": why.sources}]
    lines += [{"source_id": source_id, "stages": stages} for source_id, stages in sorted(why.ran.items())]
    put_file(cache / "why.jsonl", "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines).encode())


def load_why(cache: Path) -> Why:
    """`PipelineError` where no build left its reasons."""
    try:
        head, *lines = [json.loads(line) for line in (cache / "why.jsonl").read_bytes().splitlines()]
        return Why(head["sources"], {line["source_id"]: line["stages"] for line in lines})
    except (OSError, ValueError, KeyError, TypeError):
        raise PipelineError(str(cache), "holds no reasons of a build", "run make first") from None
