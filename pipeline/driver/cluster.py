"""A Dask cluster as executor: sources go out as tasks, their rows come back through the store, a folder that all machines share.

Takes a scheduler's address; gives what sources are made of. Does not know how a source is built. The only module that knows Dask.

A source that harms its builder (`driver/builder.py`) costs that one only. What a lost worker had to do, the scheduler gives to another one; a source whose
workers are lost again and again (Dask's `allowed-failures`, three by default) is failed.
"""

from __future__ import annotations

import os
import pickle
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any

from distributed import Client
from distributed.comm.core import CommClosedError
from distributed.scheduler import KilledWorker

from pipeline.driver.builder import Errand, built_beside, end_builders, errand_of
from pipeline.driver.keys import Task
from pipeline.driver.page_ranges import Apart
from pipeline.driver.queue import Answer, Queue
from pipeline.driver.staged import Done
from pipeline.driver.workers import Work, given_up
from pipeline.model import Issue, PipelineError

#: seconds: for the scheduler to answer; without any worker; between two looks at the workers
_ANSWER, _PATIENCE, _LOOK = 10.0, 60.0, 2.0
#: sources that are with the scheduler at a time, for each thread of its workers
_AHEAD = 8


class Cluster:
    """The workers of a scheduler. Each of their threads has a builder."""

    def __init__(self, scheduler: str, work: Work) -> None:
        self.scheduler, self.work = scheduler, work
        self.errand: Errand = {}
        self.out: dict[Any, Task] = {}
        connect: Any = Client  # typed in part only
        try:
            self.client = connect(scheduler, timeout=_ANSWER, set_as_default=False)
        except (OSError, ValueError, CommClosedError) as error:
            raise PipelineError(
                scheduler, "no Dask scheduler answers there", "see that `dask scheduler` runs"
            ) from error
        self.seen = self.looked = time.monotonic()
        self.threads = 0

    def build_all(self, ordered: Sequence[Task]) -> Iterator[Done]:
        self.errand = errand_of(self.work, _tesseract(ordered))
        queue = Queue(ordered, self.work.seconds, self.work.least)
        ranks = {task.found.source_id: -rank for rank, task in enumerate(ordered)}
        finished: SimpleQueue[Any] = SimpleQueue()
        self._look(now=True)
        while queue.waiting or self.out:
            while len(self.out) < max(1, self.threads) * _AHEAD and (task := queue.next()) is not None:
                packed = pickle.dumps(replace(task, found=_placed(task)), 5)
                told = self.errand, packed, queue.limit(task)
                future = self.client.submit(built_beside, *told, pure=False, priority=ranks[task.found.source_id])
                self.out[future] = task
                future.add_done_callback(finished.put)
            with suppress(Empty):
                future = finished.get(timeout=_LOOK)
                task = self.out.pop(future)
                answer = self._answer(future)
                if isinstance(answer, Apart):
                    self._look(now=True)  # how many ranges: workers may have come since
                came = queue.answered(task, answer, self.threads)
                if came is not None:
                    yield given_up(task, self.work.plan, came) if isinstance(came, Issue) else came
            self._look()

    def stop(self) -> None:
        with suppress(Exception):  # a scheduler that is gone has nothing to stop
            self.client.cancel([*self.out], force=True)
            self.out.clear()
            self.client.run(end_builders, self.errand, on_error="ignore")
        with suppress(Exception):
            self.client.close(timeout=_ANSWER)

    def _answer(self, future: Any) -> Answer:
        if future.status in {"cancelled", "lost"}:
            raise self._lost()
        error: Any = future.exception()
        if error is None:
            answer: Answer = future.result()
            return answer
        if isinstance(error, KilledWorker):
            message = "the workers that read it were lost, one after the other: it may ask for too much memory"
            return Issue("reader-stopped", message, "error")
        if isinstance(error, ImportError | AttributeError | TypeError | RuntimeError):
            what = f"it, or a worker of it, has no koubun or another one ({str(error).strip().splitlines()[0]})"
            cure = "install the driver's version on the scheduler's machine and on every worker's"
            raise PipelineError(self.scheduler, what, cure) from error
        raise error

    def _look(self, now: bool = False) -> None:
        """How many threads there are; raises where there has been none for long."""
        if not now and time.monotonic() - self.looked < _LOOK:
            return
        try:
            self.threads = sum(self.client.nthreads().values())
        except (OSError, ValueError, CommClosedError):
            raise self._lost() from None
        self.looked = time.monotonic()
        if self.threads:
            self.seen = self.looked
        elif self.looked - self.seen > _PATIENCE:
            cure = f"start `dask worker {self.scheduler}` and run make again: what was built is kept"
            raise PipelineError(self.scheduler, f"has had no worker for {_PATIENCE:.0f} seconds", cure)

    def _lost(self) -> PipelineError:
        return PipelineError(
            self.scheduler, "the scheduler is gone", "start it and run make again: what was built is kept"
        )


def _placed(task: Task) -> Any:
    """The file by its whole path, which is the same on every machine."""
    found = task.found
    beside = Path(os.path.abspath(found.sidecar_path)) if found.sidecar_path else None
    return replace(found, path=Path(os.path.abspath(found.path)), sidecar_path=beside)


def _tesseract(ordered: Sequence[Task]) -> str:
    if not any(task.found.sidecar.ocr for task in ordered):
        return ""
    from pipeline.parsers.pdf import ocr

    return ocr.version()
