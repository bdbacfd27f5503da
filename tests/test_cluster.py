"""A cluster: sources as tasks of a Dask scheduler give what they give at home, also when a worker is lost on the way."""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from pipeline.driver import builder, cluster
from pipeline.driver.build import build
from pipeline.driver.executor import executor
from pipeline.driver.keys import Plan, Task
from pipeline.driver.made import Record, load_record, save_meaning
from pipeline.driver.page_ranges import RangeRead
from pipeline.driver.queue import Answer, Queue
from pipeline.driver.rule_files import rule_files
from pipeline.driver.staged import Done
from pipeline.driver.store import has_rows
from pipeline.driver.tasks import tasks_of
from pipeline.driver.workers import Work, build_all
from pipeline.model import Issue, PipelineError
from pipeline.sources.discovery import discover
from pipeline.tables.files import read_table
from tests.foreground import started
from tests.project import tree
from tests.test_page_ranges import report

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="processes are looked up in /proc")
SOURCES = 40


@dataclass
class Machines:
    """A scheduler and its workers on loopback."""

    address: str
    scheduler: subprocess.Popen[str]
    folder: Path
    workers: list[subprocess.Popen[bytes]]

    def worker(self) -> subprocess.Popen[bytes]:
        arguments = [self.address, "--nthreads", "1", "--no-dashboard", "--no-nanny"]
        told = (self.folder / f"worker-{len(self.workers)}.log").open("wb")
        process = _module("distributed.cli.dask_worker", arguments, stdout=told, stderr=told, cwd=self.folder)
        self.workers.append(process)
        return process


@pytest.fixture
def builders() -> Callable[[], list[int]]:
    """The processes that a test has begun in this one and not ended; those of other tests (a browser's server) are none of them."""
    earlier = _children(os.getpid())
    return lambda: [process for process in _children(os.getpid()) if process not in earlier]


def _module(name: str, arguments: list[str], **more: object) -> subprocess.Popen:  # type: ignore[type-arg]
    return subprocess.Popen([sys.executable, "-m", name, *arguments], **more)  # type: ignore[call-overload]


@contextmanager
def machines(folder: Path, workers: int, **settings: str) -> Iterator[Machines]:
    arguments = ["--host", "127.0.0.1", "--port", "0", "--no-dashboard"]
    environment = {**os.environ, **settings}
    scheduler = _module(
        "distributed.cli.dask_scheduler",
        arguments,
        stderr=subprocess.PIPE,
        text=True,
        env=environment,
        cwd=folder,
    )
    running: list[subprocess.Popen[bytes]] = []
    try:
        address = ""
        while not address:
            line = scheduler.stderr.readline()
            assert line, "the scheduler ended"
            if "Scheduler at:" in line:
                address = line.split("Scheduler at:")[1].strip()
        threading.Thread(target=scheduler.stderr.read, daemon=True).start()
        here = Machines(address, scheduler, folder, running)
        for _ in range(workers):
            here.worker()
        yield here
    finally:
        for process in (*running, scheduler):
            process.kill()
            process.wait()


def _many(raw: Path, lines: int = 200, sources: int = SOURCES) -> Path:
    raw.mkdir()
    for number in range(sources):
        text = "\n".join(
            f"令和{number % 5 + 1}年{line % 12 + 1}月に第{line}回の会議を開き、{line}万円を払った。"
            for line in range(lines)
        )
        (raw / f"{number:02}.txt").write_text(text, encoding="utf-8")
    return raw


def _command(folder: Path, address: str) -> list[str]:
    places = ["--raw", str(folder / "raw"), "--out", str(folder / "out"), "--cache", str(folder / "cache")]
    return [sys.executable, "-m", "pipeline", "build", *places, "--scheduler", address]


def _waits_for(folder: Path, sources: int) -> None:
    until = time.monotonic() + 60
    while len(load_record(folder / "cache").sources) < sources:
        assert time.monotonic() < until
        time.sleep(0.01)


@pytest.fixture(scope="module")
def at_home(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    folder = tmp_path_factory.mktemp("home")
    build(_many(folder / "raw"), folder / "out", cache=folder / "cache", jobs=2)
    return tree(folder / "out")


def test_a_lost_workers_sources_are_built_by_another_one(tmp_path: Path, at_home: dict[str, bytes]) -> None:
    _many(tmp_path / "raw")
    with machines(tmp_path, workers=2) as here:
        process = subprocess.Popen(_command(tmp_path, here.address))
        _waits_for(tmp_path, 6)
        here.workers[0].kill()
        assert len(load_record(tmp_path / "cache").sources) < SOURCES - 5
        assert process.wait(timeout=90) == 0
    assert tree(tmp_path / "out") == at_home


def test_a_source_fails_once_its_workers_are_lost_too_often(tmp_path: Path, at_home: dict[str, bytes]) -> None:
    _many(tmp_path / "raw")
    with machines(tmp_path, workers=2, DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES="0") as here:
        process = subprocess.Popen(_command(tmp_path, here.address))
        _waits_for(tmp_path, 6)
        here.workers[0].kill()
        assert process.wait(timeout=90) == 1
        told = {
            row["source_id"]: row["code"]
            for row in read_table(tmp_path / "out" / "tables" / "issues.csv")
            if row["severity"] == "error"
        }
        assert 0 < len(told) < 5
        assert set(told.values()) == {"reader-stopped"}
        assert subprocess.run(_command(tmp_path, here.address), check=False).returncode == 0
    assert tree(tmp_path / "out") == at_home


def test_an_interrupted_build_ends_the_builders_and_keeps_what_is_done(tmp_path: Path) -> None:
    _many(tmp_path / "raw")
    with machines(tmp_path, workers=2) as here:
        process = started(_command(tmp_path, here.address))
        _waits_for(tmp_path, 4)
        process.send_signal(signal.SIGINT)
        began = time.monotonic()
        _, told = process.communicate(timeout=60)
        assert time.monotonic() - began < 10
        assert (process.returncode, told.splitlines()[-1]) == (130, "koubun: stopped; what was built is kept")
        kept = load_record(tmp_path / "cache").sources
        assert 4 <= len(kept) < SOURCES
        assert not (tmp_path / "out").exists()
        until = time.monotonic() + 10
        while any(_children(worker.pid) for worker in here.workers):
            assert time.monotonic() < until
            time.sleep(0.05)


def test_a_scheduler_that_goes_away_is_told_and_nothing_is_lost(tmp_path: Path) -> None:
    _many(tmp_path / "raw")
    with machines(tmp_path, workers=1) as here:
        process = subprocess.Popen(_command(tmp_path, here.address), stderr=subprocess.PIPE, text=True)
        _waits_for(tmp_path, 4)
        here.scheduler.kill()
        _, told = process.communicate(timeout=120)
        assert process.returncode == 2
        assert f"koubun: {here.address}: the scheduler is gone; start it and run make again" in told
    assert not (tmp_path / "out").exists()
    assert len(load_record(tmp_path / "cache").sources) >= 4


def test_a_scheduler_without_workers_is_waited_for_and_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "_PATIENCE", 1.0)
    _many(tmp_path / "raw", lines=1)
    with machines(tmp_path, workers=0) as here, pytest.raises(PipelineError, match="has had no worker for 1 second"):
        build(tmp_path / "raw", tmp_path / "out", cache=tmp_path / "cache", scheduler=here.address)


def test_a_scheduler_without_koubun_is_told(tmp_path: Path) -> None:
    _many(tmp_path / "raw", lines=1)
    (tmp_path / "other" / "pipeline").mkdir(parents=True)
    (tmp_path / "other" / "pipeline" / "__init__.py").touch()
    with machines(tmp_path, workers=1, PYTHONPATH=str(tmp_path / "other")) as here:
        process = subprocess.run(_command(tmp_path, here.address), stderr=subprocess.PIPE, text=True, check=False)
    assert process.returncode == 2
    assert f"koubun: {here.address}: it, or a worker of it, has no koubun or another one" in process.stderr


def test_where_no_scheduler_is_it_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "_ANSWER", 0.5)
    with pytest.raises(PipelineError, match=r"tcp://127\.0\.0\.1:9: no Dask scheduler answers there"):
        executor(_work(tmp_path)[0], 0, "tcp://127.0.0.1:9")


@pytest.mark.parametrize(
    ("edited", "told"),
    [
        ({"program": "other"}, "has another koubun: its code differs; install"),
        ({"program": "other", "packages": {"lxml": "1.0"}}, "lxml is .*, the driver has 1.0"),
        ({"meaning": "other"}, "does not see the store"),
        ({"own": "OWN"}, "has rules that mean something else than the driver's"),
        ({"tesseract": "tesseract 1.0"}, "has Tesseract .*, the driver tesseract 1.0"),
    ],
)
def test_a_worker_that_is_not_as_the_driver_builds_nothing(
    tmp_path: Path, edited: dict[str, object], told: str, builders: Callable[[], list[int]]
) -> None:
    work, (task, *_) = _work(tmp_path)
    own = tmp_path / "own" / "date"
    own.mkdir(parents=True)
    (own / "less.yml").write_text("disable: [date.era.date]\n", encoding="utf-8")
    if edited == {"own": "OWN"}:
        edited = {"own": str(tmp_path / "own")}
    errand = {**builder.errand_of(work, ""), **edited}
    with pytest.raises(PipelineError, match=told):
        builder.built_beside(errand, pickle.dumps(task), 60)
    assert not builders()


def test_sources_that_a_worker_does_not_see_are_told(tmp_path: Path) -> None:
    work, (task, *_) = _work(tmp_path)
    errand = builder.errand_of(work, "")
    other = replace(task, found=replace(task.found, path=tmp_path / "else.txt"))
    try:
        with pytest.raises(PipelineError, match=r"does not see .*else\.txt"):
            builder.built_beside(errand, pickle.dumps(other), 60)
        done = builder.built_beside(errand, pickle.dumps(task), 60)
    finally:
        builder.end_builders(errand)
    assert isinstance(done, Done)
    assert has_rows(tmp_path, done.made.key)


def test_limits_hold_and_rules_are_loaded_once(tmp_path: Path, builders: Callable[[], list[int]]) -> None:
    work, tasks = _work(tmp_path, lines=20_000)
    errand = builder.errand_of(work, "")

    def asked(task: Task, limit: float) -> Answer:
        return builder.built_beside(errand, pickle.dumps(task), limit)

    try:
        slow = asked(tasks[0], 0.3)
        assert isinstance(slow, Issue)
        assert (slow.code, slow.message) == ("too-slow", "reading was ended after 0 seconds")
        assert not builders()
        threading.Thread(target=_kill_child, daemon=True).start()
        dead = asked(tasks[0], 60)
        assert isinstance(dead, Issue)
        assert (dead.code, "signal 9" in dead.message) == ("reader-stopped", True)
        small = [replace(task, found=replace(task.found, path=_short(tmp_path)), sha256="") for task in tasks[1:3]]
        assert isinstance(asked(small[0], 60), Done)
        (first,) = builders()
        assert isinstance(asked(small[1], 60), Done)
        assert builders() == [first]
    finally:
        builder.end_builders(errand)
    assert not builders()


def test_page_ranges_of_a_pdf_are_read_by_several_builders(tmp_path: Path) -> None:
    work, tasks = _work(tmp_path)
    (tmp_path / "raw" / "report.pdf").write_bytes(report())
    tasks = tasks_of(discover(tmp_path / "raw").sources, Record(), None)
    at_home = {done.made.source_id: done.made.key for done in build_all(tasks, work, 1)}
    apart = replace(work, plan=replace(work.plan, cache=tmp_path / "apart"), least=2)
    save_meaning(tmp_path / "apart", work.plan.meaning)
    read = []

    class Told(Queue):
        def answered(self, task: Task, answer: Answer, workers: int) -> Done | Issue | None:
            read.extend([answer] if isinstance(answer, RangeRead) else [])
            return super().answered(task, answer, workers)

    with machines(tmp_path, workers=2) as here, pytest.MonkeyPatch.context() as patched:
        patched.setattr(cluster, "Queue", Told)
        machine = cluster.Cluster(here.address, apart)
        machine.client.wait_for_workers(2, timeout=60)
        try:
            done = {one.made.source_id: one.made.key for one in machine.build_all(tasks)}
        finally:
            machine.stop()
    assert (done, len(read)) == (at_home, 3)
    assert not [*(tmp_path / "apart" / "pages").glob("*/*")]


def test_a_task_that_begins_after_the_end_of_its_build_leaves_no_builder(
    tmp_path: Path, builders: Callable[[], list[int]]
) -> None:
    work, (task, *_) = _work(tmp_path)
    errand = builder.errand_of(work, "")
    builder.end_builders(errand)
    with pytest.raises(PipelineError, match="a build: is over"):
        builder.built_beside(errand, pickle.dumps(task), 60)
    assert not builders()


def test_memory_is_bound(tmp_path: Path) -> None:
    work, (task, *_) = _work(tmp_path, lines=50_000)
    errand = builder.errand_of(replace(work, memory=400 * 2**20), "")
    try:
        done = builder.built_beside(errand, pickle.dumps(task), 60)
    finally:
        builder.end_builders(errand)
    assert isinstance(done, Issue) or done.made.key == ""


def _work(folder: Path, lines: int = 1) -> tuple[Work, list[Task]]:
    files = rule_files(None, folder, Record())
    save_meaning(folder, files.meaning)
    plan = Plan(files.rules, files.meaning, files.consulted, folder)
    return Work(plan, None, files.files), tasks_of(discover(_many(folder / "raw", lines, 3)).sources, Record(), None)


def _short(folder: Path) -> Path:
    path = folder / "short.txt"
    path.write_text("橋の工事費は三百万円である。\n", encoding="utf-8")
    return path


def _kill_child() -> None:
    """The builder, once it has its rules and is at work."""
    while not (builder._all and builder._all[0].loaded):
        time.sleep(0.01)
    time.sleep(0.2)
    builder._all[0].process.kill()


def _children(process: int) -> list[int]:
    found = []
    for listed in Path(f"/proc/{process}/task").glob("*/children"):
        found += [int(pid) for pid in listed.read_text(encoding="ascii").split()]
    return found
