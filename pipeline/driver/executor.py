"""Who builds sources: two functions, and who has them.

Takes what every source is built with; gives an executor: the workers of this machine, or a cluster's. Does not know what is built.
"""

from __future__ import annotations

import os
from collections.abc import Generator, Iterator, Sequence
from typing import Protocol

from pipeline.driver.keys import Task
from pipeline.driver.staged import Done
from pipeline.driver.workers import Work, build_all
from pipeline.model import PipelineError


class Executor(Protocol):
    """Builds every source within a limit of time and memory."""

    def build_all(self, ordered: Sequence[Task]) -> Iterator[Done]:
        """What the sources are made of, as they are done: each once, in any order. Their rows are in the store then."""

    def stop(self) -> None:
        """End what is still at work, at once; what is done stays done. Called in any case, also twice."""


class Local:
    """Processes of this machine."""

    def __init__(self, work: Work, workers: int) -> None:
        self.work, self.workers = work, workers
        self.running: Generator[Done, None, None] | None = None

    def build_all(self, ordered: Sequence[Task]) -> Iterator[Done]:
        self.running = build_all(ordered, self.work, self.workers)
        return self.running

    def stop(self) -> None:
        if self.running is not None:
            self.running.close()


def executor(work: Work, jobs: int, scheduler: str) -> Executor:
    """A cluster's where the address of a Dask scheduler is given, else this machine's (`jobs` 0: a worker a core). `PipelineError` where the
    scheduler does not answer."""
    if not scheduler:
        return Local(work, jobs or os.cpu_count() or 1)
    try:
        from pipeline.driver.cluster import Cluster
    except ImportError:
        cure = "pip install 'koubun[dask]'"
        raise PipelineError("--scheduler", "needs the package distributed", cure) from None
    return Cluster(scheduler, work)
