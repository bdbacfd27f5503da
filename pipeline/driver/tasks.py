"""Which sources must be built again.

Takes source files, the record of the last build and the rules; gives tasks, and tells which of them the store answers. Does not build.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from pipeline.driver.decision_files import decision_lines, decisions_digest
from pipeline.driver.keys import Task, reading_key, sidecar_fields
from pipeline.driver.made import Made, Record
from pipeline.driver.program import program
from pipeline.driver.rule_files import RuleFiles
from pipeline.driver.store import has_rows
from pipeline.sources.discovery import MAX_BYTES, SourceFile

#: nanoseconds: a file that was written so shortly before it was looked at may have been written again within the clock's step
_FRESH = 2_000_000_000


def tasks_of(sources: Iterable[SourceFile], last: Record, own: Path | None) -> list[Task]:
    """A task for each source, in their order."""
    return [_task(found, last.sources.get(found.source_id), own) for found in sources]


def is_answered(task: Task, rules: RuleFiles, cache: Path) -> bool:
    """Whether the store holds the rows that a source would be given now."""
    before = task.before
    if before is None or not before.key or not task.sha256:
        return False
    said = (before.file, before.sha256, before.rules, before.consulted, before.decisions)
    return (
        said == (task.found.file, task.sha256, rules.digest, rules.consulted, task.decisions)
        and before.program == program().stages
        and before.sidecar == sidecar_fields(task.found)
        and before.reading in ("", reading_key(task.found, task.sha256))
        and has_rows(cache, before.key)
    )


def _task(found: SourceFile, before: Made | None, own: Path | None) -> Task:
    stat = stat_of(found.path)
    known = before is not None and bool(stat) and before.stat == stat
    sha256 = before.sha256 if known and before is not None else _digest(found.path)
    lines = decision_lines(own, found.source_id)
    return Task(found, sha256, stat, decisions_digest(lines), before, lines)


def stat_of(path: Path) -> tuple[int, ...]:
    """What changes with a file's bytes; empty where it cannot be told."""
    try:
        told = path.stat()
    except OSError:
        return ()
    return told.st_size, told.st_mtime_ns, told.st_ctime_ns, told.st_ino


def _digest(path: Path) -> str:
    try:
        if path.stat().st_size > MAX_BYTES:
            return ""
        with path.open("rb") as handle:
            return hashlib.file_digest(handle, "sha256").hexdigest()
    except OSError:
        return ""


def settled(stat: tuple[int, ...], now: int) -> tuple[int, ...]:
    """What may be trusted the next time: nothing about a file that was written just now (`now` in nanoseconds)."""
    return stat if stat and now - max(stat[1:3]) > _FRESH else ()
