"""Workers: processes that build sources within a limit of time and memory.

Takes tasks and rules; gives what each source was made of as it is done, its rows in the store. Does not know what is published.
"""

from __future__ import annotations

import gc
import multiprocessing
import shutil
import signal
import sys
import time
from collections.abc import Generator, Sequence
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from pipeline.driver.keys import Plan, Task
from pipeline.driver.made import load_meaning
from pipeline.driver.rule_files import files_digest
from pipeline.driver.staged import Done, staged, unkeyed_source
from pipeline.driver.stages import collector_at_rest, crashed
from pipeline.driver.store import new_folder, object_folder, put
from pipeline.engine.load import load_rules
from pipeline.model import Issue, PipelineError
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
    task: Task | None = None
    until: float = 0.0


@dataclass(frozen=True, slots=True)
class Work:
    """What every worker needs: the plan; `own` is the folder of rules laid over the shipped ones, `files` a digest of both. `shared`: a
    worker is a copy of this process, else a new one that loads the rules again."""

    plan: Plan
    own: Path | None
    files: str
    seconds: float = SECONDS
    memory: int = MEMORY
    shared: bool = sys.platform.startswith("linux")


def build_all(ordered: Sequence[Task], work: Work, workers: int) -> Generator[Done, None, None]:
    """Build sources in workers; yields what they are made of as they are done, without their rows, which are in the store.

    A source beyond its time is stored as failed (`too-slow`), one that ends its worker too (`reader-stopped`): the
    worker is ended, even inside a library's C code, and a new one goes on with the next source.
    """
    waiting = list(reversed(ordered))
    pool: list[_Worker] = []
    try:
        for _ in range(min(workers, len(waiting))):
            pool.append(_started(work, pool))
        while pool:
            for number, worker in enumerate(pool):
                if worker.task is None and waiting:
                    pool[number] = _given(waiting.pop(), worker, work, pool)
            idle = [worker for worker in pool if worker.task is None]
            for worker in idle:
                _ended(worker)
                pool.remove(worker)
            if not pool:
                return
            left = max(0.0, min(worker.until for worker in pool) - time.monotonic())
            answered = wait([worker.pipe for worker in pool], left)
            for number, worker in enumerate(pool):
                task = worker.task
                if task is None:
                    continue
                if worker.pipe in answered:
                    answer = _answer(worker)
                    worker.task = None
                elif time.monotonic() >= worker.until:
                    answer = too_slow(seconds_for(task.found, work.seconds))
                else:
                    continue
                if isinstance(answer, Issue):
                    _ended(worker)
                    pool[number] = _started(work, [other for other in pool if other is not worker])
                    answer = given_up(task, work.plan, answer)
                yield answer
    finally:
        for worker in pool:
            _ended(worker)


def seconds_for(found: SourceFile, seconds: float = SECONDS) -> float:
    """The time that a source may take: a large file more than a small one."""
    size = found.path.stat().st_size if found.path.exists() else 0
    return (seconds + SECONDS_A_MB * (size // 2**20)) * (OCR_FACTOR if found.sidecar.ocr else 1.0)


def too_slow(limit: float) -> Issue:
    return Issue("too-slow", f"reading was ended after {limit:.0f} seconds", "error")


def stopped(code: int) -> Issue:
    """About a source that ended its worker; `code` as the system tells it, below 0 for a signal."""
    told = f"signal {-code}" if code < 0 else f"exit code {code}"
    message = f"the file ended its reader ({told}): it asks for too much memory, or shows a fault of a library"
    return Issue("reader-stopped", message, "error")


def into_store(task: Task, plan: Plan) -> Done:
    """Build a source here; its rows are in the store then."""
    with collector_at_rest():
        done = staged(task, plan)
    store(done, plan.cache)
    return replace(done, built=None)


def given_up(task: Task, plan: Plan, issue: Issue) -> Done:
    """A source that its worker could not build; without a key: the next build tries again."""
    failed = unkeyed_source(task, plan, crashed(task.found, issue, plan.rules))
    store(failed, plan.cache)
    return replace(failed, built=None)


def store(done: Done, cache: Path) -> None:
    """Write a source's files into the store; without a key they stand there until they are published."""
    if done.built is None:
        return
    made = new_folder(cache)
    write_source(made, done.built.text, done.built.rows)
    key = done.made.key or unkeyed(done.made.source_id)
    if not done.made.key:
        shutil.rmtree(object_folder(cache, key), ignore_errors=True)
    put(cache, key, made)


def unkeyed(source_id: str) -> str:
    """Where the result of a source lies that must not be used a second time."""
    return f"unkeyed-{source_id.encode().hex()}"


def _given(task: Task, worker: _Worker, work: Work, pool: Sequence[_Worker]) -> _Worker:
    """The worker with a task; a new one in its place, if it died while it had none."""
    try:
        worker.pipe.send(task)
    except BrokenPipeError:
        _ended(worker)
        worker = _started(work, [other for other in pool if other is not worker])
        worker.pipe.send(task)
    worker.task = task
    worker.until = time.monotonic() + seconds_for(task.found, work.seconds)
    return worker


def _answer(worker: _Worker) -> Done | Issue:
    """What was built; an issue where the worker ended; raises what it could not deal with (a full disk)."""
    try:
        answer = worker.pipe.recv()
    except (EOFError, ConnectionResetError):
        worker.process.join()
        return stopped(worker.process.exitcode or 0)
    if isinstance(answer, BaseException):
        raise answer
    assert isinstance(answer, Done)
    return answer


def _started(work: Work, others: Sequence[_Worker]) -> _Worker:
    """A worker beside others. It shares the rules that are loaded already, where the system can (fork)."""
    context: Any = multiprocessing.get_context("fork" if work.shared else "spawn")
    here, there = context.Pipe()
    plan = work.plan
    # Ends that a fork inherits are closed in it, so that a worker sees when the driver is gone.
    shared = (plan, [here, *(other.pipe for other in others)]) if work.shared else (None, [])
    arguments = (there, *shared, work.own, work.files, plan.meaning.digest, plan.consulted, plan.cache, work.memory)
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
    plan: Plan | None,
    inherited: Sequence[Connection],
    own: Path | None,
    files: str,
    meaning: str,
    consulted: str,
    cache: Path,
    memory: int,
) -> None:
    """A worker's life: it loads the rules once, then builds what it is sent."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the driver ends its workers
    for end in inherited:
        end.close()
    plan = plan or _loaded(own, files, meaning, consulted, cache)
    gc.freeze()  # the rules live as long as the worker: no round of the collector need look at them
    bound_memory(memory)
    while True:
        try:
            task = pipe.recv()
        except EOFError:
            return
        try:
            done = into_store(task, plan)
        except Exception as error:
            pipe.send(error)
        else:
            pipe.send(done)


def _loaded(own: Path | None, files: str, meaning: str, consulted: str, cache: Path) -> Plan:
    rules, known = load_rules(own), load_meaning(cache, meaning)
    if known is None or files_digest(own) != files:
        raise PipelineError("rules/", "were edited while the build began", "run make again")
    return Plan(rules, known, consulted, cache)


def bound_memory(size: int) -> None:
    """Beyond this an allocation fails; a system without such a limit has only that of time."""
    try:
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_DATA)
        resource.setrlimit(resource.RLIMIT_DATA, (size if hard < 0 else min(size, hard), hard))
    except (ImportError, ValueError, OSError):
        return
