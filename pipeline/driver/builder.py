"""Builders: processes beside a cluster's worker, in which sources are built within a limit of time and memory.

Takes an errand (what all sources of a build are built with, in plain values) and tasks; gives what each source was made of, its rows in the store. Does
not know what a cluster is.

Whatever a source does to its builder, the worker goes on with a new one. A builder loads the rules once. It builds nothing unless it has
the driver's program, rules that mean the same, and the same store and sources before it: another one's results would not be those of this build.
"""

from __future__ import annotations

import gc
import os
import pickle
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pipeline.driver.keys import Plan, Task
from pipeline.driver.limits import bound_memory, stopped, too_slow
from pipeline.driver.made import meaning_path
from pipeline.driver.page_ranges import Apart, RangeRead
from pipeline.driver.program import program, program_digest
from pipeline.driver.queue import Answer
from pipeline.driver.staged import Done
from pipeline.driver.workers import Work, into_store
from pipeline.engine.load import load_rules
from pipeline.engine.meaning import meaning_of
from pipeline.model import Issue, PipelineError

#: plain values: another version of the program must be able to read them, and to say that it is another one
Errand = Mapping[str, Any]

_lock = threading.Lock()
#: those of this process, and which of them have nothing to do
_all: list[_Builder] = []
_idle: list[_Builder] = []
#: builds that are over: a task that a worker begins late makes no builder for one
_over: set[str] = set()


def errand_of(work: Work, tesseract: str) -> Errand:
    """`tesseract` is its version, where a source asks for it."""
    plan = work.plan
    return {
        "build": os.urandom(8).hex(),
        "program": program_digest(),
        "packages": dict(program().packages),
        "tesseract": tesseract,
        "meaning": plan.meaning.digest,
        "consulted": plan.consulted,
        "own": os.path.abspath(work.own) if work.own is not None else "",
        "cache": os.path.abspath(plan.cache),
        "memory": work.memory,
    }


def built_beside(errand: Errand, packed: bytes, limit: float) -> Answer:
    """Build a source (a pickled `Task`), or read a range of it, in a builder; an issue where it took more than `limit` seconds, or ended its builder. Raises what the
    builder could not deal with: a full disk, other rules."""
    builder = _taken(errand)
    try:
        answer = builder.asked(packed, limit)
    except BaseException:
        _gone(builder)
        raise
    if isinstance(answer, Issue):
        _gone(builder)
        return answer
    with _lock:
        _idle.append(builder)
    if isinstance(answer, Done | Apart | RangeRead):
        return answer
    raise answer


def end_builders(errand: Errand) -> None:
    """End those of a build in this process, whatever they do."""
    with _lock:
        _over.add(errand["build"])
        ended = [builder for builder in _all if builder.errand == errand]
    for builder in ended:
        _gone(builder)


class _Builder:
    """A process, spoken to through pipes."""

    def __init__(self, errand: Errand) -> None:
        self.errand, self.loaded = errand, False
        package = str(Path(__file__).resolve().parents[2])
        path = os.pathsep.join([package, *filter(None, [os.environ.get("PYTHONPATH", "")])])
        self.process = subprocess.Popen(
            [sys.executable, "-m", "pipeline.driver.builder"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": path},
        )

    def begun(self) -> None:
        """Waits until the rules are loaded; raises why it cannot build."""
        answer = self._answer(pickle.dumps(dict(self.errand), 5))
        if isinstance(answer, BaseException):
            raise answer
        if isinstance(answer, Issue):
            raise PipelineError("a builder", f"ended as it began ({answer.message})", "see what it wrote above")
        self.loaded = True

    def asked(self, packed: bytes, limit: float) -> Any:
        late = threading.Event()

        def end() -> None:
            late.set()
            self.process.kill()

        timer = threading.Timer(limit, end)
        timer.start()
        try:
            answer = self._answer(packed)
        finally:
            timer.cancel()
        return too_slow(limit) if late.is_set() else answer

    def _answer(self, packed: bytes) -> Any:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        try:
            self.process.stdin.write(packed)
            self.process.stdin.flush()
            return pickle.load(self.process.stdout)
        except (EOFError, OSError, ValueError, pickle.UnpicklingError):
            self.process.kill()
            return stopped(self.process.wait())


def _taken(errand: Errand) -> _Builder:
    """One that has nothing to do, else a new one. Those of another build are ended."""
    with _lock:
        others = [builder for builder in _idle if builder.errand != errand]
        _idle[:] = [builder for builder in _idle if builder.errand == errand]
        found = _idle.pop() if _idle else None
    for builder in others:
        _gone(builder)
    if found is not None and found.process.poll() is None:
        return found
    if found is not None:
        _gone(found)
    builder = _Builder(errand)
    with _lock:
        _all.append(builder)
        over = errand["build"] in _over
    try:
        if over:
            raise PipelineError("a build", "is over")
        builder.begun()
    except BaseException:
        _gone(builder)
        raise
    return builder


def _gone(builder: _Builder) -> None:
    builder.process.kill()
    builder.process.wait()
    with _lock:
        for kept in (_all, _idle):
            if builder in kept:
                kept.remove(builder)


def _serve() -> None:
    """A builder's life. It ends when its worker does: there is nothing more to read then."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    asked, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever prints, answers are answers

    def answer(told: object) -> None:
        answers.write(pickle.dumps(told, 5))
        answers.flush()

    try:
        errand = pickle.load(asked)
        plan = _loaded(errand)
    except Exception as error:
        answer(error)
        return
    gc.freeze()
    bound_memory(errand["memory"])
    answer(None)
    while True:
        try:
            task: Task = pickle.load(asked)
        except EOFError:
            return
        try:
            if not task.found.path.exists():
                raise _other(f"does not see {task.found.path}", "give it the folder of sources under the same path")
            done = into_store(task, plan)
        except MemoryError:
            answer(Issue("too-much-memory", "reading asked for more memory than a source may take", "error"))
        except Exception as error:
            answer(error)
        else:
            answer(done)


def _loaded(errand: Errand) -> Plan:
    if errand["program"] != program_digest():
        here, there = program().packages, errand["packages"]
        told = [
            f"{name} is {here.get(name, 'missing')}, the driver has {there.get(name, 'none')}"
            for name in sorted(here.keys() | there.keys())
            if here.get(name) != there.get(name)
        ]
        what = f"has another koubun: {'; '.join(told) or 'its code differs'}"
        raise _other(what, "install the driver's version, and the same packages, on every machine")
    if errand["tesseract"]:
        from pipeline.parsers.pdf import ocr

        if ocr.version() != errand["tesseract"]:
            what = f"has Tesseract {ocr.version() or '(none)'}, the driver {errand['tesseract']}"
            raise _other(what, "install one version on every machine")
    cache, own = Path(errand["cache"]), Path(errand["own"]) if errand["own"] else None
    if not meaning_path(cache, errand["meaning"]).is_file():
        raise _other(f"does not see the store {cache}", "give it that folder under the same path")
    rules = load_rules(own)
    meaning = meaning_of(rules)
    if meaning.digest != errand["meaning"]:
        what = f"has rules that mean something else than the driver's ({own or 'the shipped ones'})"
        raise _other(what, "give it that folder under the same path, and run make again")
    return Plan(rules, meaning, errand["consulted"], cache)


def _other(what: str, cure: str) -> PipelineError:
    import platform

    return PipelineError(f"the worker on {platform.node() or 'a machine'}", what, cure)


if __name__ == "__main__":
    _serve()
