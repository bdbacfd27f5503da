"""Page ranges of a large PDF over several workers give what one worker gives, also where a page is broken or ends its reader."""

from __future__ import annotations

import multiprocessing
import os
import re
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.driver.build import build
from pipeline.driver.keys import Plan, Task
from pipeline.driver.made import Made, Record, save_meaning
from pipeline.driver.page_ranges import Apart, RangeRead, ranges
from pipeline.driver.queue import Queue
from pipeline.driver.rule_files import rule_files
from pipeline.driver.staged import Done
from pipeline.driver.store import object_folder
from pipeline.driver.tasks import tasks_of
from pipeline.driver.workers import Work, build_all, into_store, unkeyed
from pipeline.model import Issue
from pipeline.parsers.pdf import reading
from pipeline.parsers.pdf.drafts import PageDraft
from pipeline.sources.discovery import SourceFile, discover
from pipeline.tables.files import read_table
from tests.pdf_maker import Maker
from tests.project import tree

PAGES = 7
fork_only = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="a patched reader is shared by fork only")


def report(**more: str) -> bytes:
    """A running head, a table that goes on from page to page, a sentence that a page break parts, page numbers."""
    maker = Maker(**more)  # type: ignore[arg-type]
    for page in range(1, PAGES + 1):
        maker.text(150, 30, "霧島高原町水道事業の報告", 8)
        rows = [
            ("施設名", "完成", "工事費"),
            *((f"第{page}{n}浄水場", f"令和{n}年{page}月", f"{page}{n}00千円") for n in (2, 3, 4)),
        ]
        maker.grid((50, 150, 250, 350), [60 + 20 * n for n in range(len(rows) + 1)])
        for n, row in enumerate(rows):
            for x, text in zip((54, 154, 254), row, strict=True):
                maker.text(x, 74 + 20 * n, text)
        maker.lines(
            50,
            480,
            [f"水道料金は令和{page}年四月一日から改めることとし、", "その額は条例で定めるところにより、町長が別に告"],
        )
        maker.text(200, 570, f"- {page} -", 9)
        maker.page()
    return maker.data()


def broken(page: int) -> bytes:
    """A report whose n-th page does not say that it is one."""
    parts = re.split(rb"/Type /Page(?!s)", report())
    return b"/Type /Pago".join((b"/Type /Page".join(parts[:page]), b"/Type /Page".join(parts[page:])))


def built(folder: Path, workers: int, least: int = 2, **limits: float) -> tuple[dict[str, Made], dict[str, bytes]]:
    """What the sources of a folder are made of, and the files that they gave, by a store of their own."""
    cache = folder / f"cache-{workers}-{least}"
    files = rule_files(None, cache, Record())
    save_meaning(cache, files.meaning)
    plan = Plan(files.rules, files.meaning, files.consulted, cache)
    work = replace(Work(plan, None, files.files), least=least, **limits)  # type: ignore[arg-type]
    made = {
        done.made.source_id: done.made for done in build_all(tasks_of(sources(folder), Record(), None), work, workers)
    }
    given = {
        f"{name}/{path}": data
        for name, one in made.items()
        for path, data in tree(object_folder(cache, one.key or unkeyed(name))).items()
    }
    assert not [path for path in (cache / "pages").glob("*/*") if made and all(one.key for one in made.values())]
    return made, given


def sources(folder: Path) -> tuple[SourceFile, ...]:
    return tuple(discover(folder / "raw").sources)


def put(folder: Path, **files: bytes) -> Path:
    (folder / "raw").mkdir()
    for stem, data in files.items():
        (folder / "raw" / f"{stem}.pdf").write_bytes(data)
    (folder / "raw" / "beside.txt").write_text("橋の工事費は三百万円である。\n", encoding="utf-8")
    return folder


def errors(given: dict[str, bytes], folder: Path) -> list[tuple[str, str]]:
    path = folder / "issues.csv"
    path.write_bytes(given["report/issues.csv"])
    return [(row["code"], row["message"]) for row in read_table(path) if row["severity"] == "error"]


def test_ranges_hold_every_page_once_and_are_as_many_as_workers_can_share() -> None:
    assert ranges(10, 1, 1) == (range(1, 11),)
    assert ranges(10, 2, 6) == (range(1, 11),)
    for pages, workers, least in ((612, 2, 24), (7, 3, 1), (50, 64, 24), (1, 4, 1)):
        parts = ranges(pages, workers, least)
        assert [page for part in parts for page in part] == [*range(1, pages + 1)]
        assert min(map(len, parts)) >= min(least, pages)
    assert [len(part) for part in ranges(612, 2, 24)] == [51] * 12


@pytest.mark.parametrize("encrypted", [False, True])
def test_any_number_of_workers_and_ranges_give_the_same(tmp_path: Path, encrypted: bool) -> None:
    data = report(owner="himitsu") if encrypted else report()
    made, one = built(put(tmp_path, report=data), 1)
    assert len(one["report/amounts.csv"].splitlines()) > 3 * PAGES
    for workers, least in ((2, 3),) if encrypted else ((2, 1), (2, 3), (3, 2)):
        assert built(tmp_path, workers, least) == (made, one)


def test_a_broken_page_in_the_middle_is_told_as_by_one_worker(tmp_path: Path) -> None:
    made, one = built(put(tmp_path, report=broken(4)), 1)
    assert errors(one, tmp_path) == [("pdf-broken", "page 4: the page cannot be loaded")]
    assert built(tmp_path, 3, 1) == (made, one)


def test_a_file_that_opens_only_with_a_password_is_told_as_by_one_worker(tmp_path: Path) -> None:
    made, one = built(put(tmp_path, report=report(password="himitsu")), 1)
    assert [code for code, _ in errors(one, tmp_path)] == ["pdf-password"]
    assert built(tmp_path, 3, 1) == (made, one)


def _reader(act: Callable[[], None], here: Callable[[], bool] = lambda: True) -> Callable[..., PageDraft]:
    """Something befalls whoever reads page 5."""
    read = reading.read_page

    def reader(data: bytes, page: object, text: object, frame: object, number: int, *more: object) -> PageDraft:
        if number == 5 and here():
            act()
        return read(data, page, text, frame, number, *more)  # type: ignore[arg-type]

    return reader


def _dies() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _fails() -> None:
    raise ValueError("no such glyph")


def _sleeps() -> None:
    time.sleep(60)


def _asks() -> None:
    bytearray(2**33)


@fork_only
@pytest.mark.parametrize(
    ("act", "code"), [(_dies, "reader-stopped"), (_sleeps, "too-slow"), (_asks, "too-much-memory"), (_fails, "crash")]
)
def test_a_range_that_fails_fails_its_source_as_one_worker_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, act: Callable[[], None], code: str
) -> None:
    monkeypatch.setattr(reading, "read_page", _reader(act))
    put(tmp_path, report=report())
    limits = {"seconds": 3.0, "memory": 2**31}
    began = time.monotonic()
    made, one = built(tmp_path, 1, **limits)
    assert [told for told, _ in errors(one, tmp_path)] == [code]
    assert (made["report"].key, bool(made["beside"].key)) == ("", True)
    assert built(tmp_path, 3, 1, **limits) == (made, one)
    assert time.monotonic() - began < 30


@fork_only
def test_what_befell_a_ranges_reader_alone_costs_no_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page that its reader had no memory for is read where the ranges are joined."""
    made, one = built(put(tmp_path, report=report()), 1)
    once = tmp_path / "once"
    once.touch()

    def first() -> bool:
        found = once.exists()
        once.unlink(missing_ok=True)
        return found

    monkeypatch.setattr(reading, "read_page", _reader(_asks, first))
    assert built(tmp_path, 3, 1, memory=2**31) == (made, one)
    assert not once.exists()


@fork_only
def test_a_build_that_stops_leaves_no_worker_and_the_next_one_is_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path, report=report())
    build(tmp_path / "raw", tmp_path / "whole", cache=tmp_path / "other", jobs=1)
    with monkeypatch.context() as patched:
        patched.setattr(reading, "read_page", _reader(_sleeps))
        files = rule_files(None, tmp_path / "cache", Record())
        save_meaning(tmp_path / "cache", files.meaning)
        plan = Plan(files.rules, files.meaning, files.consulted, tmp_path / "cache")
        running = build_all(tasks_of(sources(tmp_path), Record(), None), Work(plan, None, files.files, least=1), 3)
        assert next(running).made.source_id == "beside"
        while not [*(tmp_path / "cache" / "pages").glob("*/*")]:
            time.sleep(0.01)
        running.close()
    assert not multiprocessing.active_children()
    build(tmp_path / "raw", tmp_path / "out", cache=tmp_path / "cache", jobs=3)
    assert tree(tmp_path / "out") == tree(tmp_path / "whole")
    assert not (tmp_path / "cache" / "pages").exists()


def test_a_file_that_was_changed_between_two_ranges_is_read_anew(tmp_path: Path) -> None:
    put(tmp_path, report=report())
    cache = tmp_path / "cache"
    files = rule_files(None, cache, Record())
    plan = Plan(files.rules, files.meaning, files.consulted, cache)
    (task,) = (task for task in tasks_of(sources(tmp_path), Record(), None) if task.found.source_id == "report")
    assert into_store(replace(task, most=PAGES - 1), plan) == Apart(PAGES)
    parts = (range(1, 3), range(3, PAGES + 1))
    assert isinstance(into_store(replace(task, pages=parts[0]), plan), RangeRead)
    task.found.path.write_bytes(broken(4))
    assert isinstance(into_store(replace(task, pages=parts[1]), plan), RangeRead)
    done = into_store(replace(task, parts=parts), plan)
    assert isinstance(done, Done)
    assert done.made.sha256 != task.sha256
    assert b"page 4: the page cannot be loaded" in tree(object_folder(cache, done.made.key))["issues.csv"]


def _queue(folder: Path, least: int = 2) -> tuple[Queue, Task]:
    put(folder, report=report(), second=report())
    queue = Queue([t for t in tasks_of(sources(folder), Record(), None) if t.found.source_id != "beside"], 100, least)
    first = queue.next()
    assert first is not None
    assert first.most == 2 * least - 1
    return queue, first


def test_ranges_come_before_other_sources_and_their_source_behind_the_last_of_them(tmp_path: Path) -> None:
    queue, first = _queue(tmp_path)
    assert queue.answered(first, Apart(PAGES), 2) is None
    taken = [queue.next() for _ in range(3)]
    assert [task and task.pages for task in taken] == [range(1, 3), range(3, 5), range(5, 8)]
    for task, seconds in zip(taken, (30, 20, 40), strict=True):
        assert task is not None
        assert queue.answered(task, RangeRead(seconds), 2) is None
    joining = queue.next()
    assert joining is not None
    assert (joining.found.source_id, joining.pages, len(joining.parts)) == ("report", None, 3)
    assert queue.limit(joining) == 10  # of the hundred seconds that a source has
    assert queue.answered(joining, Issue("too-slow", "after 10 seconds", "error"), 2) == Issue(
        "too-slow", "reading was ended after 100 seconds", "error"
    )
    second = queue.next()
    assert second is not None
    assert (second.found.source_id, queue.limit(second)) == ("second", 100)
    assert queue.next() is None


def test_the_other_ranges_of_a_source_that_failed_are_forgotten(tmp_path: Path) -> None:
    queue, first = _queue(tmp_path)
    queue.answered(first, Apart(PAGES), 2)
    one, other = queue.next(), queue.next()
    assert one is not None
    assert other is not None
    failed = Issue("reader-stopped", "signal 9", "error")
    assert queue.answered(one, failed, 2) == failed
    assert queue.answered(other, RangeRead(1.0), 2) is None
    left = queue.next()
    assert left is not None
    assert (left.found.source_id, queue.next()) == ("second", None)


def test_where_one_worker_is_left_a_source_is_read_whole(tmp_path: Path) -> None:
    queue, first = _queue(tmp_path)
    queue.answered(first, Apart(PAGES), 1)
    again = queue.next()
    assert again is not None
    assert (again.most, again.pages, again.parts) == (0, None, ())
