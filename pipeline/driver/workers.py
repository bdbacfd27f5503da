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
from pipeline.driver.limits import MEMORY, SECONDS, bound_memory, stopped, too_slow
from pipeline.driver.made import load_meaning
from pipeline.driver.page_ranges import LEAST, Apart, RangeRead, read_range
from pipeline.driver.queue import Answer, Queue
from pipeline.driver.rule_files import files_digest
from pipeline.driver.staged import Done, staged, unkeyed_source
from pipeline.driver.stages import collector_at_rest, crashed
from pipeline.driver.store import new_folder, object_folder, put
from pipeline.engine.load import load_rules
from pipeline.model import Issue, PipelineError
from pipeline.parsers import ManyPages
from pipeline.tables.files import write_source


@dataclass(slots=True, eq=False)
class _Worker:
    process: BaseProcess
    pipe: Connection
    task: Task | None = None
    until: float = 0.0


@dataclass(frozen=True, slots=True)
class Work:
    """What every worker needs: the plan; `own` is the folder of rules laid over the shipped ones, `files` a digest of both. `shared`: a
    worker is a copy of this process, else a new one that loads the rules again. `least`: pages of a range of a PDF at least, if several workers read it (0: never)."""

    plan: Plan
    own: Path | None
    files: str
    seconds: float = SECONDS
    memory: int = MEMORY
    least: int = LEAST
    shared: bool = sys.platform.startswith("linux")


def build_all(ordered: Sequence[Task], work: Work, workers: int) -> Generator[Done, None, None]:
    """Build sources in workers; yields what they are made of as they are done, without their rows, which are in the store.

    A source beyond its time is stored as failed (`too-slow`), one that ends its worker too (`reader-stopped`): the
    worker is ended, even inside a library's C code, and a new one goes on with the next source.
    """
    queue = Queue(ordered, work.seconds, work.least if workers > 1 else 0)
    pool: list[_Worker] = []
    try:
        while True:
            _hand_out(queue, pool, work, workers)
            busy = [(worker, worker.task) for worker in pool if worker.task is not None]
            if not busy:
                return
            left = max(0.0, min(worker.until for worker, _ in busy) - time.monotonic())
            answered = wait([worker.pipe for worker, _ in busy], left)
            for worker, task in busy:
                if worker.task is None:
                    continue  # ended with one that read another range of its source
                if worker.pipe in answered:
                    answer = _answer(worker)
                elif time.monotonic() >= worker.until:
                    answer = too_slow(queue.limit(task))
                else:
                    continue
                worker.task = None
                if isinstance(answer, Issue):
                    _end(pool, worker, task)
                came = queue.answered(task, answer, workers)
                if came is not None:
                    yield given_up(task, work.plan, came) if isinstance(came, Issue) else came
    finally:
        for worker in pool:
            _ended(worker)


def into_store(task: Task, plan: Plan) -> Done | Apart | RangeRead:
    """Build a source here, or read a range of its pages; what it gives is in the store then."""
    with collector_at_rest():
        if task.pages is not None:
            return read_range(task, plan.cache)
        try:
            done = staged(task, plan)
        except ManyPages as many:
            return Apart(many.pages)
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


def _hand_out(queue: Queue, pool: list[_Worker], work: Work, workers: int) -> None:
    """Give what waits to those that have nothing to do, and to new ones as long as there are less than `workers`."""
    idle = [worker for worker in pool if worker.task is None]
    while (idle or len(pool) < workers) and (task := queue.next()) is not None:
        if idle and _given(task, queue.limit(task), idle[-1]):
            idle.pop()
            continue
        if idle:
            pool.remove(idle.pop())  # it died while it had no task
        worker = _started(work, pool)
        pool.append(worker)
        _given(task, queue.limit(task), worker)


def _given(task: Task, limit: float, worker: _Worker) -> bool:
    """Whether the worker has the task; one that has died is ended."""
    try:
        worker.pipe.send(task)
    except BrokenPipeError:
        _ended(worker)
        return False
    worker.task = task
    worker.until = time.monotonic() + limit
    return True


def _end(pool: list[_Worker], failed: _Worker, task: Task) -> None:
    """End a worker, and those that are at work on ranges of the same source."""
    source_id = task.found.source_id
    for worker in [w for w in pool if w is failed or (w.task is not None and w.task.found.source_id == source_id)]:
        _ended(worker)
        worker.task = None
        pool.remove(worker)


def _answer(worker: _Worker) -> Answer:
    """What was built; an issue where the worker ended; raises what it could not deal with (a full disk)."""
    try:
        answer = worker.pipe.recv()
    except (EOFError, ConnectionResetError):
        worker.process.join()
        return stopped(worker.process.exitcode or 0)
    if isinstance(answer, BaseException):
        raise answer
    assert isinstance(answer, Done | Apart | RangeRead)
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
            answer: object = into_store(task, plan)
        except Exception as error:
            answer = error
        pipe.send(answer)


def _loaded(own: Path | None, files: str, meaning: str, consulted: str, cache: Path) -> Plan:
    rules, known = load_rules(own), load_meaning(cache, meaning)
    if known is None or files_digest(own) != files:
        raise PipelineError("rules/", "were edited while the build began", "run make again")
    return Plan(rules, known, consulted, cache)
