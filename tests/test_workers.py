"""Workers: a source that takes too long, or ends its reader, costs its limit and is told of; the others are built."""

from __future__ import annotations

import csv
import multiprocessing
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pipeline.driver.build import build
from pipeline.driver.keys import Plan
from pipeline.driver.made import Made, Record, load_record, save_meaning
from pipeline.driver.rule_files import rule_files
from pipeline.driver.store import object_folder
from pipeline.driver.tasks import tasks_of
from pipeline.driver.workers import Work, build_all, unkeyed
from pipeline.engine.load import load_rules
from pipeline.engine.meaning import meaning_of
from pipeline.model import Document, Source
from pipeline.parsers.plain import parse_plain
from pipeline.sources.discovery import discover
from tests.foreground import started

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="a patched reader is shared by fork only")


def _reader(source: Source) -> Document:
    """Sleeps on one file, dies on another: what C code does that Python cannot stop."""
    if source.source_id == "slow":
        time.sleep(60)
    if source.source_id == "deadly":
        os.kill(os.getpid(), signal.SIGKILL)
    if source.source_id == "greedy":
        bytearray(2**33)
    return parse_plain(source)


@pytest.mark.parametrize(("name", "code"), [("slow", "too-slow"), ("deadly", "reader-stopped")])
def test_a_source_that_ends_its_reader_is_failed_and_the_next_is_built(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, code: str
) -> None:
    raw, cache = tmp_path / "raw", tmp_path
    raw.mkdir()
    for stem in (name, "well"):
        (raw / f"{stem}.txt").write_text("橋の工事費は三百万円である。\n", encoding="utf-8")
    monkeypatch.setattr("pipeline.driver.stages.parse", _reader)
    began = time.monotonic()
    done = _built(tmp_path, seconds=1.5)
    assert time.monotonic() - began < 20
    assert sorted(done) == sorted([name, "well"])
    assert done[name].key == ""
    failed = object_folder(cache, unkeyed(name))
    assert [row["code"] for row in _rows(failed / "issues.csv") if row["severity"] == "error"] == [code]
    assert _rows(failed / "sources.csv")[0]["status"] == "failed"
    assert _rows(object_folder(cache, done["well"].key) / "sources.csv")[0]["status"] == "ok"


@pytest.mark.parametrize("shared", [True, False])
def test_workers_that_share_the_rules_and_those_that_load_them_build_the_same(tmp_path: Path, shared: bool) -> None:
    (tmp_path / "raw").mkdir()
    for number in range(5):
        (tmp_path / "raw" / f"{number}.txt").write_text(
            f"令和{number + 2}年の予算は{number}億円である。\n", encoding="utf-8"
        )
    rules = load_rules()
    files = rule_files(None, tmp_path, Record())
    save_meaning(tmp_path, files.meaning)
    plan = Plan(rules, files.meaning, files.consulted, tmp_path)
    tasks = tasks_of(discover(tmp_path / "raw").sources, Record(), None)
    keys = {}
    for ordered, workers in ((tasks, 2), (tasks[::-1], 3)):
        work = Work(plan, None, files.files, shared=shared)
        done = {one.made.source_id: one.made.key for one in build_all(ordered, work, workers)}
        assert keys in ({}, done)
        keys = done
    assert len(set(keys.values())) == 5


def test_a_worker_that_dies_between_two_sources_costs_neither(tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    for stem in ("first", "second"):
        (tmp_path / "raw" / f"{stem}.txt").write_text("橋の工事費は三百万円である。\n", encoding="utf-8")
    rules = load_rules()
    plan = Plan(rules, meaning_of(rules), "", tmp_path)
    built = build_all(tasks_of(discover(tmp_path / "raw").sources, Record(), None), Work(plan, None, ""), 1)
    done = [next(built)]
    (worker,) = multiprocessing.active_children()
    worker.kill()
    worker.join()
    done += built
    assert sorted(one.made.source_id for one in done) == ["first", "second"]
    assert all(one.made.key for one in done)


@pytest.mark.parametrize("workers", [1, 3])
def test_workers_end_when_the_driver_is_killed(tmp_path: Path, workers: int) -> None:
    (tmp_path / "raw").mkdir()
    for number in range(200):
        text = "\n".join(f"令和3年{line % 12 + 1}月に第{number}回の会議を開いた。" for line in range(200))
        (tmp_path / "raw" / f"{number:03}.txt").write_text(text, encoding="utf-8")
    places = ["--raw", str(tmp_path / "raw"), "--out", str(tmp_path / "out"), "--cache", str(tmp_path / "cache")]
    process = subprocess.Popen([sys.executable, "-m", "pipeline", "build", *places, "--jobs", str(workers)])
    while not load_record(tmp_path / "cache").sources:
        time.sleep(0.01)
    listed = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    children = [int(pid) for pid in listed.read_text(encoding="ascii").split()] if listed.exists() else []
    process.kill()
    process.wait()
    if not children:
        pytest.skip("this system does not list a process's children")
    assert len(children) == workers
    until = time.monotonic() + 20
    while any(_runs(child) for child in children):
        assert time.monotonic() < until
        time.sleep(0.05)


def _runs(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text(encoding="ascii").rsplit(") ", 1)[1][0] != "Z"
    except OSError:
        return False


def _built(folder: Path, seconds: float = 60, memory: int = 2**32) -> dict[str, Made]:
    """Sources in one worker; the store lies beside them."""
    rules = load_rules()
    plan = Plan(rules, meaning_of(rules), "", folder)
    tasks = tasks_of(discover(folder / "raw").sources, Record(), None)
    return {one.made.source_id: one.made for one in build_all(tasks, Work(plan, None, "", seconds, memory), 1)}


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_a_source_that_asks_for_too_much_memory_is_failed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "raw").mkdir()
    for stem in ("greedy", "well"):
        (tmp_path / "raw" / f"{stem}.txt").write_text("橋の工事費は三百万円である。\n", encoding="utf-8")
    monkeypatch.setattr("pipeline.driver.stages.parse", _reader)
    done = _built(tmp_path, memory=2**30)
    assert done["greedy"].key == ""
    failed = object_folder(tmp_path, unkeyed("greedy"))
    assert [row["code"] for row in _rows(failed / "issues.csv") if row["severity"] == "error"] == ["too-much-memory"]
    assert _rows(object_folder(tmp_path, done["well"].key) / "sources.csv")[0]["status"] == "ok"


def test_an_interrupted_build_stops_at_once_and_keeps_what_is_done(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    for number in range(40):
        lines = (f"令和{number % 5 + 1}年{line % 12 + 1}月に第{line}回の会議を開いた。" for line in range(200))
        (raw / f"{number:02}.txt").write_text("\n".join(lines), encoding="utf-8")
    arguments = ["--raw", str(raw), "--out", str(tmp_path / "out"), "--cache", str(tmp_path / "cache"), "--jobs", "2"]
    command = [sys.executable, "-m", "pipeline", "build", *arguments]
    process = started(command)
    while len(load_record(tmp_path / "cache").sources) < 5:
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    began = time.monotonic()
    _, told = process.communicate(timeout=30)
    assert time.monotonic() - began < 5
    assert (process.returncode, told) == (130, "koubun: stopped; what was built is kept\n")
    kept = set(load_record(tmp_path / "cache").sources)
    assert 5 <= len(kept) < 40
    assert not (tmp_path / "out").exists()
    report = build(raw, tmp_path / "out", cache=tmp_path / "cache", jobs=1)
    assert set(report.built).isdisjoint(kept)
    assert 38 <= len(report.built) + len(kept) <= 40  # a worker may have been done that was not heard any more
