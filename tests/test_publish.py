"""Builds that are killed, that cannot write, that come in twos: `extracted/` is a whole state of one of them."""

from __future__ import annotations

import multiprocessing
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.cli import main
from pipeline.driver.build import build
from pipeline.driver.lock import held
from pipeline.driver.switch import settle
from pipeline.engine.load import load_rules
from pipeline.model import Document, PipelineError, Source
from pipeline.parsers.plain import parse_plain

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="processes are forked, locks are flock")
fork = multiprocessing.get_context("fork")
KILLS = 30
Trees = list[dict[str, bytes]]


def facts(raw: Path, state: int) -> None:
    """Three sources in one of two states: one changes, one comes and goes, one stays."""
    (raw / "plans").mkdir(parents=True, exist_ok=True)
    (raw / "plans" / "bridge.txt").write_text(
        f"橋の工事費は{state + 3}億円、令和{state + 2}年5月に岡山市が着工した。\n", "utf-8"
    )
    (raw / "stays.txt").write_text("2019年10月4日、松江市の会場に250人が集まった。\n", "utf-8")
    passing = raw / "plans" / f"passing{state}.txt"
    passing.write_text("津市は平成28年度に2,400万円を補助した。\n", "utf-8")
    (raw / "plans" / f"passing{1 - state}.txt").unlink(missing_ok=True)


def tree(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


@pytest.fixture(scope="module")
def wanted(tmp_path_factory: pytest.TempPathFactory) -> Trees:
    """What each state comes to, built apart."""
    tmp_path, trees = tmp_path_factory.mktemp("wanted"), []
    for state in (0, 1):
        facts(tmp_path / f"raw{state}", state)
        build(tmp_path / f"raw{state}", tmp_path / f"out{state}", cache=tmp_path / f"cache{state}", jobs=1)
        trees.append(tree(tmp_path / f"out{state}"))
    assert trees[0] != trees[1]
    return trees


def forked(act: Callable[[], object]) -> multiprocessing.process.BaseProcess:
    process = fork.Process(target=act)
    process.start()
    return process


def killed_after(seconds: float, act: Callable[[], object]) -> float:
    """0.0, or the seconds in which it came to its end before."""
    began = time.monotonic()
    process = forked(act)
    process.join(seconds)
    ended = 0.0 if process.is_alive() else time.monotonic() - began
    process.kill()
    process.join()
    return ended


def test_a_build_killed_at_random_moments_leaves_a_whole_state(tmp_path: Path, wanted: Trees) -> None:
    raw, out, cache = tmp_path / "raw", tmp_path / "out", tmp_path / "cache"
    load_rules()
    facts(raw, 0)

    def act(fresh: bool = True) -> None:
        if fresh:
            shutil.rmtree(cache, ignore_errors=True)
        build(raw, out, cache=cache, jobs=1)

    began = time.monotonic()
    act()
    takes = time.monotonic() - began
    chance = random.Random(20210914)
    before, cut = 0, 0
    for kill in range(KILLS):
        after = (kill + 1) % 2
        facts(raw, after)
        # half of them late, where files are put in their places
        share = chance.uniform(0.0, 1.0) if kill % 2 else chance.uniform(0.7, 1.0)
        ended = killed_after(takes * share, lambda fresh=kill % 3 > 0: act(fresh))  # type: ignore[misc]
        cut += not ended
        if ended and kill % 3:
            takes = ended  # other work on the machine has come to an end
        at_once = tree(out)
        assert tree_without_traces(at_once) in (wanted[before], wanted[after])
        settle(out)
        now = tree(out)
        assert now in (wanted[before], wanted[after])
        assert not (tmp_path / ".out.next").exists()
        before = wanted.index(now)
    assert cut >= KILLS // 3
    facts(raw, 0)
    assert main(["build", "--raw", str(raw), "--out", str(out), "--cache", str(cache), "--jobs", "1"]) == 0
    assert tree(out) == wanted[0]


def tree_without_traces(found: dict[str, bytes]) -> dict[str, bytes]:
    return {name: data for name, data in found.items() if not name.startswith(".publishing")}


def test_two_builds_at_once_wait_for_each_other(tmp_path: Path, wanted: Trees) -> None:
    raw, out = tmp_path / "raw", tmp_path / "out"
    facts(raw, 1)
    command = [sys.executable, "-m", "pipeline", "build", "--raw", str(raw), "--out", str(out), "--jobs", "1"]
    command += ["--cache", str(tmp_path / "cache")]
    (tmp_path / "cache").mkdir()
    with held(tmp_path / "cache" / "build.lock"):  # both are held off until both are there
        both = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(2)]
        told = [process.stderr.readline() for process in both if process.stderr]
    ends = [process.communicate(timeout=60) for process in both]
    assert [process.returncode for process in both] == [0, 0]
    assert all(f"process {os.getpid()} is at work here; waiting" in line for line in told)
    assert sorted("(3 built, 0 unchanged)" in output for output, _ in ends) == [False, True]
    assert tree(out) == wanted[1]


def test_the_second_of_two_stores_waits_to_publish(
    tmp_path: Path, wanted: Trees, monkeypatch: pytest.MonkeyPatch
) -> None:
    facts(tmp_path / "raw", 0)
    taken, told = fork.Event(), fork.Event()

    def hold() -> None:
        with held(tmp_path / ".out.lock"):
            taken.set()
            told.wait(30)

    process = forked(hold)
    taken.wait(30)
    messages = []

    def warning(message: str, *parts: object) -> None:
        messages.append(message % parts)
        told.set()

    monkeypatch.setattr("pipeline.driver.lock.log.warning", warning)
    build(tmp_path / "raw", tmp_path / "out", cache=tmp_path / "cache", jobs=1)
    process.join()
    assert [f"process {process.pid} is at work here" in message for message in messages] == [True]
    assert tree(tmp_path / "out") == wanted[0]


def test_the_lock_of_a_killed_process_is_free(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    lock = tmp_path / "build.lock"

    def killed() -> None:
        with held(lock):
            worker = fork.Process(target=time.sleep, args=(20,))  # one that outlives it
            worker.start()
            (tmp_path / "worker").write_text(str(worker.pid))
            os.kill(os.getpid(), signal.SIGKILL)

    forked(killed).join()
    assert lock.exists()
    began = time.monotonic()
    with held(lock, wait=False) as mine:
        assert mine
    assert time.monotonic() - began < 1
    assert not lock.exists()
    assert not caplog.records
    os.kill(int((tmp_path / "worker").read_text()), signal.SIGKILL)


@pytest.mark.parametrize("where", ["store", "tables"])
def test_a_full_disk_loses_nothing(tmp_path: Path, capfd: pytest.CaptureFixture[str], where: str) -> None:
    """No file may grow beyond some bytes: those of a source, those of a table over all sources."""
    import resource

    raw, out, cache = tmp_path / "raw", tmp_path / "out", tmp_path / "cache"
    facts(raw, 0)
    arguments = ["build", "--raw", str(raw), "--out", str(out), "--cache", str(cache), "--jobs", "1"]
    assert main(arguments) == 0
    before = tree(out)
    facts(raw, 1)
    (raw / "long.txt").write_text("岡山市は令和3年5月6日に3,000万円を補助した。\n" * 40, "utf-8")
    build(raw, tmp_path / "apart", cache=tmp_path / "apart-cache", jobs=1)
    after = tree(tmp_path / "apart")
    largest = max(len(data) for name, data in after.items() if name.startswith("sources/"))
    most = 300 if where == "store" else largest
    capfd.readouterr()

    def limited() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
        os._exit(main(arguments))

    process = forked(limited)
    process.join()
    error = capfd.readouterr().err
    assert process.exitcode == 2
    assert "cannot be written (File too large); the old tables stay; make room and run again" in error
    assert error.count("\n") == 1
    assert tree(out) == before
    assert main(arguments) == 0
    assert tree(out) == after


def _deadly(source: Source) -> Document:
    if source.source_id == "stays":
        os.kill(os.getpid(), signal.SIGKILL)
    return parse_plain(source)


def test_a_killed_worker_fails_its_source_and_all_others_are_published(
    tmp_path: Path, wanted: Trees, monkeypatch: pytest.MonkeyPatch
) -> None:
    facts(tmp_path / "raw", 0)
    with monkeypatch.context() as patched:
        patched.setattr("pipeline.driver.stages.parse", _deadly)
        report = build(tmp_path / "raw", tmp_path / "out", cache=tmp_path / "cache", jobs=1)
    assert report.failed == ("stays",)
    found = tree(tmp_path / "out")
    assert {name for name in found if found[name] != wanted[0].get(name)} <= {
        name for name in found if name.startswith(("sources/stays/", "tables/", "build.json"))
    }
    build(tmp_path / "raw", tmp_path / "out", cache=tmp_path / "cache", jobs=1)
    assert tree(tmp_path / "out") == wanted[0]


def stamps(folder: Path) -> dict[str, tuple[int, int]]:
    """Inode and time of change of files and folders."""
    found = ((path.relative_to(folder).as_posix(), path.stat()) for path in folder.rglob("*"))
    return {name: (stat.st_ino, stat.st_mtime_ns) for name, stat in found}


def test_what_did_not_change_is_not_touched(tmp_path: Path) -> None:
    raw, out, cache = tmp_path / "raw", tmp_path / "out", tmp_path / "cache"
    facts(raw, 0)
    build(raw, out, cache=cache, jobs=1)
    before, data = stamps(out), tree(out)
    build(raw, out, cache=cache, jobs=1)
    assert stamps(out) == before
    (raw / "plans" / "bridge.txt").write_text("橋の工事費は9億円である。\n", "utf-8")
    build(raw, out, cache=cache, jobs=1)
    after = {name: stamp for name, stamp in stamps(out).items() if stamp != before[name] and (out / name).is_file()}
    assert set(after) == {name for name, bytes_of in tree(out).items() if bytes_of != data[name]}
    assert {name.rsplit("/", 1)[0] for name in after} == {"sources/plans/bridge", "tables", "build.json"}


def test_what_is_published_after_edits_is_what_a_new_folder_gets(tmp_path: Path) -> None:
    raw, out, own = tmp_path / "raw", tmp_path / "out", tmp_path / "rules"
    facts(raw, 0)
    (own / "gazetteer").mkdir(parents=True)
    edits = {
        "nothing": lambda: None,
        "a date": lambda: (raw / "stays.txt").write_text("2018年10月4日、松江市の会場に250人が集まった。\n", "utf-8"),
        "a place": lambda: (raw / "stays.txt").write_text("2018年10月4日、米子市の会場に250人が集まった。\n", "utf-8"),
        "a sidecar": lambda: (raw / "stays.source.yml").write_text("# nobody knows\n", "utf-8"),
        "a comment in it": lambda: (raw / "stays.source.yml").write_text("# somebody knows\n", "utf-8"),
        "no source": lambda: (raw / "list.xlsx").write_bytes(b"PK"),
        "another source": lambda: (raw / "more.txt").write_text(
            "松江市は3億円を、\n津市は「2億円」を補助した。\n", "utf-8"
        ),
        "one less": (raw / "stays.txt").unlink,
        "a gazetteer": lambda: (own / "gazetteer" / "municipalities.csv").write_text(
            "code,name,kana,prefecture,level,parent,district,aliases,valid_from,valid_to\n"
            "322016,松江市,マツエ,島根県,municipality,320005,,,,\n",
            "utf-8",
        ),
        "a table": lambda: (out / "tables" / "dates.csv").write_text("", "utf-8"),
        "a published file": (out / "sources" / "more" / "dates.csv").unlink,
    }
    for number, (name, edit) in enumerate(edits.items()):
        edit()
        build(raw, out, own, cache=tmp_path / "cache", jobs=1)
        cold = tmp_path / f"cold{number}"
        build(raw, cold, own, cache=tmp_path / "cache", jobs=1)
        assert tree(out) == tree(cold), name


def test_a_folder_that_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    facts(tmp_path / "raw", 0)
    (tmp_path / "file").write_text("", "utf-8")
    with pytest.raises(PipelineError, match=r"file.*: cannot be written"):
        build(tmp_path / "raw", tmp_path / "file" / "out", cache=tmp_path / "cache", jobs=1)
