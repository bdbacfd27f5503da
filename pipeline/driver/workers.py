"""Workers: processes that build sources within a limit of time and memory.

Takes sources and rules; gives the ids as they are done, each with its result in the store. Does not know what is published.
"""

from __future__ import annotations

import gc
import multiprocessing
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from pipeline.driver.stages import Built, build_source, failed_source
from pipeline.driver.store import object_folder, put
from pipeline.engine.load import RuleSet, load_rules
from pipeline.model import Issue
from pipeline.sources.discovery import SourceFile
from pipeline.tables.files import write_source

#: seconds that a source may take, and more for each MB of it; page images to text take their time
SECONDS, SECONDS_A_MB, OCR_FACTOR = 120.0, 10.0, 30.0
#: bytes that a worker may allocate; a budget book of 612 pages takes some 300 MB
MEMORY = 4 * 2**30


@dataclass(slots=True)
class _Worker:
    process: BaseProcess
    pipe: Connection
    found: SourceFile | None = None
    until: float = 0.0


@dataclass(frozen=True, slots=True)
class Work:
    """What every worker needs: `keys` by source id, the rules (`own` is the folder laid over the shipped ones), the store."""

    keys: Mapping[str, str]
    rules: RuleSet
    own: Path | None
    cache: Path
    seconds: float = SECONDS
    memory: int = MEMORY


def build_all(ordered: Sequence[SourceFile], work: Work, workers: int) -> Iterator[str]:
    """Build sources in workers; yields ids as they are done.

    A source beyond its time is stored as failed (`too-slow`), one that ends its worker too (`reader-stopped`): the
    worker is ended, even inside a library's C code, and a new one goes on with the next source.
    """
    waiting = list(reversed(ordered))
    pool = [_started(work, workers) for _ in range(min(workers, len(waiting)))]
    try:
        while pool:
            for worker in pool:
                if worker.found is None and waiting:
                    worker.found = waiting.pop()
                    worker.until = time.monotonic() + seconds_for(worker.found, work.seconds)
                    worker.pipe.send(worker.found)
            idle = [worker for worker in pool if worker.found is None]
            for worker in idle:
                _ended(worker)
                pool.remove(worker)
            if not pool:
                return
            left = max(0.0, min(worker.until for worker in pool) - time.monotonic())
            answered = wait([worker.pipe for worker in pool], left)
            for number, worker in enumerate(pool):
                found = worker.found
                if found is None:
                    continue
                if worker.pipe in answered:
                    issue = _answer(worker)
                    worker.found = None
                elif time.monotonic() >= worker.until:
                    limit = seconds_for(found, work.seconds)
                    issue = Issue("too-slow", f"reading was ended after {limit:.0f} seconds", "error")
                else:
                    continue
                if issue is not None:
                    _ended(worker)
                    pool[number] = _started(work, workers)
                    # without a key: the next build tries again
                    store(failed_source(found, issue, work.rules), found, "", work.cache)
                yield found.source_id
    finally:
        for worker in pool:
            _ended(worker)


def seconds_for(found: SourceFile, seconds: float = SECONDS) -> float:
    """The time that a source may take: a large file more than a small one."""
    size = found.path.stat().st_size if found.path.exists() else 0
    return (seconds + SECONDS_A_MB * (size // 2**20)) * (OCR_FACTOR if found.sidecar.ocr else 1.0)


def store(built: Built, found: SourceFile, key: str, cache: Path) -> None:
    """Write a source's files into the store; without a key they stand there until they are published."""
    made = Path(tempfile.mkdtemp(prefix="made-", dir=cache))
    made.chmod(0o755)
    write_source(made, built.text, built.rows)
    if not key:
        shutil.rmtree(object_folder(cache, unkeyed(found.source_id)), ignore_errors=True)
    put(cache, key or unkeyed(found.source_id), made)


def unkeyed(source_id: str) -> str:
    """Where the result of a source lies that must not be used a second time."""
    return f"unkeyed-{source_id.encode().hex()}"


def _answer(worker: _Worker) -> Issue | None:
    """None where the source is stored; raises what the worker could not deal with (a full disk)."""
    try:
        answer = worker.pipe.recv()
    except (EOFError, ConnectionResetError):
        worker.process.join()
        told = f"signal {-code}" if (code := worker.process.exitcode or 0) < 0 else f"exit code {code}"
        message = f"the file ended its reader ({told}): it asks for too much memory, or shows a fault of a library"
        return Issue("reader-stopped", message, "error")
    if isinstance(answer, BaseException):
        raise answer
    return None


def _started(work: Work, workers: int) -> _Worker:
    """A worker; a single one shares the rules that are loaded already, where the system can (fork)."""
    alone = workers == 1 and sys.platform.startswith("linux")
    context: Any = multiprocessing.get_context("fork" if alone else "spawn")
    here, there = context.Pipe()
    shared = (work.rules, here) if alone else (None, None)
    arguments = (there, *shared, work.own, dict(work.keys), work.cache, work.memory)
    process = context.Process(target=_serve, args=arguments, daemon=True)
    process.start()
    there.close()
    return _Worker(process, here)


def _ended(worker: _Worker) -> None:
    worker.pipe.close()
    worker.process.kill()
    worker.process.join()


def _serve(
    pipe: Connection,
    rules: RuleSet | None,
    other_end: Connection | None,
    own: Path | None,
    keys: Mapping[str, str],
    cache: Path,
    memory: int,
) -> None:
    """A worker's life: it loads the rules once, then builds what it is sent."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the driver ends its workers
    if other_end is not None:
        other_end.close()
    rules = rules or load_rules(own)
    gc.freeze()  # the rules live as long as the worker: no round of the collector need look at them
    _bound_memory(memory)
    while True:
        try:
            found = pipe.recv()
        except EOFError:
            return
        try:
            store(build_source(found, rules), found, keys[found.source_id], cache)
        except Exception as error:
            pipe.send(error)
        else:
            pipe.send(found.source_id)


def _bound_memory(size: int) -> None:
    """Beyond this an allocation fails; a system without such a limit has only that of time."""
    try:
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_DATA)
        resource.setrlimit(resource.RLIMIT_DATA, (size if hard < 0 else min(size, hard), hard))
    except (ImportError, ValueError, OSError):
        return
