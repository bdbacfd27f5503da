"""Workers: a source that takes too long, or ends its reader, costs its limit and is told of; the others are built."""

from __future__ import annotations

import csv
import os
import signal
import sys
import time
from pathlib import Path

import pytest

from pipeline.driver.keys import Plan
from pipeline.driver.made import Record
from pipeline.driver.store import object_folder
from pipeline.driver.tasks import tasks_of
from pipeline.driver.workers import Work, build_all, unkeyed
from pipeline.engine.load import load_rules
from pipeline.engine.meaning import meaning_of
from pipeline.model import Document, Source
from pipeline.parsers.plain import parse_plain
from pipeline.sources.discovery import discover

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="a patched reader is shared by fork only")


def _reader(source: Source) -> Document:
    """Sleeps on one file, dies on another: what C code does that Python cannot stop."""
    if source.source_id == "slow":
        time.sleep(60)
    if source.source_id == "deadly":
        os.kill(os.getpid(), signal.SIGKILL)
    return parse_plain(source)


@pytest.mark.parametrize(("name", "code"), [("slow", "too-slow"), ("deadly", "reader-stopped")])
def test_a_source_that_ends_its_reader_is_failed_and_the_next_is_built(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, code: str
) -> None:
    raw, cache = tmp_path / "raw", tmp_path / "cache"
    raw.mkdir()
    cache.mkdir()
    for stem in (name, "well"):
        (raw / f"{stem}.txt").write_text("橋の工事費は三百万円である。\n", encoding="utf-8")
    monkeypatch.setattr("pipeline.driver.stages.parse", _reader)
    sources = discover(raw).sources
    tasks = tasks_of(sources, Record(), None)
    rules = load_rules()
    plan = Plan(rules, meaning_of(rules), "", cache)
    began = time.monotonic()
    done = {one.made.source_id: one.made for one in build_all(tasks, Work(plan, None, "", seconds=1.5), 1)}
    assert time.monotonic() - began < 20
    assert sorted(done) == sorted([name, "well"])
    assert done[name].key == ""
    failed = object_folder(cache, unkeyed(name))
    assert [row["code"] for row in _rows(failed / "issues.csv") if row["severity"] == "error"] == [code]
    assert _rows(failed / "sources.csv")[0]["status"] == "failed"
    assert _rows(object_folder(cache, done["well"].key) / "sources.csv")[0]["status"] == "ok"


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
