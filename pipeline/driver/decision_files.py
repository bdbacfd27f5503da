"""The files of decisions: their bytes, whether what they say can be, and which of them belong to no source.

Takes the folder of a project's own rules; gives lines, digests and issues. Does not know where decisions stand in a text.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from pipeline.driver.keys import Task
from pipeline.driver.stages import consulted
from pipeline.engine.load import RuleSet
from pipeline.model import Issue, PipelineError
from pipeline.resolve.decision_columns import Known, problems
from pipeline.sources.decisions import decisions_path, numbered_decisions
from pipeline.text.shipped import shipped_rules


def decision_lines(own: Path | None, source_id: str) -> bytes:
    """The bytes of a source's decisions, b"" where there are none. `PipelineError` where they cannot be read."""
    path = decisions_path(own or shipped_rules(), source_id)
    try:
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return b""
    except OSError as error:
        raise PipelineError(str(path), f"cannot be read ({error.strerror})", "mend it, or move it away") from None


def decisions_digest(lines: bytes) -> str:
    """Of a file of decisions, "" for an empty one."""
    return hashlib.blake2b(lines, digest_size=16).hexdigest() if lines else ""


def check_decisions(tasks: Iterable[Task], own: Path | None, rules: RuleSet) -> None:
    """Raises `PipelineError`, with file and line, for a line that cannot be read or sets a column to what it cannot be."""
    known = Known(consulted(rules), rules.gazetteers.get("units"))
    for task in tasks:
        if task.lines:
            where = str(decisions_path(own or shipped_rules(), task.found.source_id))
            for number, decision in numbered_decisions(task.lines, where):
                if decision.kind:
                    for what, remedy in problems(decision.kind, decision.set, known, whole=decision.do == "add"):
                        raise PipelineError(f"{where}:{number}", what, remedy)


def strays(own: Path | None, source_ids: Collection[str]) -> Iterator[Issue]:
    """Issues about files of decisions whose source is not there."""
    folder = (own or shipped_rules()) / "decisions"
    for path in sorted(folder.rglob("*.jsonl")):
        source_id = path.relative_to(folder).as_posix().removesuffix(".jsonl")
        if source_id not in source_ids:
            yield Issue("decisions-without-source", f"decisions/{source_id}.jsonl belongs to no source that is here")
