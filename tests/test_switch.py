"""A folder's next state: whole old or whole new, wherever a process is killed."""

from __future__ import annotations

import errno
import os
import signal
import sys
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pipeline.driver import switch
from pipeline.driver.switch import next_state, settle
from pipeline.model import PipelineError

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="a process is killed that was forked")

OLD = {
    "sources/a/x.csv": "1",
    "sources/a/b/x.csv": "2",
    "sources/c/x.csv": "3",
    "tables/x.csv": "123",
    "notes.md": "mine",
}
NEW = {
    "sources/a/x.csv": "4",
    "sources/a/b/x.csv": "2",
    "sources/d/e/x.csv": "5",
    "tables/x.csv": "425",
    "notes.md": "mine",
}
#: the calls that change what stands in a folder
CALLS = ("link", "symlink", "rename", "replace", "unlink", "mkdir", "rmdir")


def write(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


def seen(folder: Path) -> dict[str, str]:
    """What a reader finds; links are followed."""
    return {
        (Path(top) / name).relative_to(folder).as_posix(): (Path(top) / name).read_text(encoding="utf-8")
        for top, _, names in os.walk(folder, followlinks=True)
        for name in names
        if name != switch.CHANGES
    }


def advance(folder: Path) -> None:
    with next_state(folder) as state:
        for name in sorted(NEW.keys() - {"notes.md"}):
            state.new(name).write_text(NEW[name], encoding="utf-8")
            state.keep(name)
        state.remove("sources/c/x.csv")
        state.publish()


def killed_at(step: int, act: Callable[[], None]) -> bool:
    """Run in a process that is killed before its `step`th change of a folder; False where it came to its end first."""
    child = os.fork()
    if child == 0:
        count = 0

        def counted(call: Callable[..., object]) -> Callable[..., object]:
            def counting(*arguments: object, **options: object) -> object:
                nonlocal count
                count += 1
                if count == step:
                    os.kill(os.getpid(), signal.SIGKILL)
                return call(*arguments, **options)

            return counting

        for name in CALLS:
            setattr(os, name, counted(getattr(os, name)))
        switch.exchange = counted(switch.exchange)  # type: ignore[assignment]
        try:
            act()
        except BaseException:
            traceback.print_exc()
            os._exit(3)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    assert status in (0, signal.SIGKILL)
    return status != 0


def steps() -> Iterator[int]:
    yield from range(1, 500)


@pytest.mark.parametrize("mode", ["links a file", "links a folder", "moves"])
def test_a_process_killed_at_any_step_leaves_one_whole_state(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mode: str
) -> None:
    if mode == "links a folder":
        monkeypatch.setattr(switch, "LINKED", 0)
    if mode == "moves":
        monkeypatch.setattr(switch, "exchange", lambda one, other: False)
    elif not sys.platform.startswith("linux"):
        pytest.skip("no exchange here")
    states = []
    for step in steps():
        folder = tmp_path / f"{step}" / "out"
        write(folder, OLD)
        kept = [(folder / name).stat() for name in ("notes.md", "sources", "sources/a", "sources/a/b/x.csv")]
        killed = killed_at(step, lambda folder=folder: advance(folder))  # type: ignore[misc]
        if mode != "moves":
            assert seen(folder) in (OLD, NEW), f"killed at step {step}, before anything is settled"
        settle(folder)
        assert seen(folder) in (OLD, NEW), f"killed at step {step}"
        assert not any(path.is_symlink() for path in folder.rglob("*"))
        assert not (folder / switch.CHANGES).exists()
        assert {path.name for path in folder.parent.iterdir()} == {"out"}
        again = [(folder / name).stat() for name in ("notes.md", "sources", "sources/a", "sources/a/b/x.csv")]
        assert [s.st_ino for s in kept] == [s.st_ino for s in again]
        assert kept[0].st_mtime_ns == again[0].st_mtime_ns
        states.append(seen(folder) == NEW)
        if not killed:
            break
    assert states == sorted(states)
    assert {True, False} <= set(states)
    assert len(states) > 20


def published_unsettled(folder: Path) -> int:
    """The first step at which a killed process leaves the new state."""
    for step in steps():
        if not killed_at(step, lambda: advance(folder)) or seen(folder) == NEW:
            return step
    pytest.fail("never came to an end")


def test_settling_may_be_killed_as_well(tmp_path: Path) -> None:
    write(tmp_path / "out", OLD)
    first = published_unsettled(tmp_path / "out")
    for step in steps():
        folder = tmp_path / f"{step}" / "out"
        write(folder, OLD)
        assert killed_at(first, lambda folder=folder: advance(folder))  # type: ignore[misc]
        killed = killed_at(step, lambda folder=folder: settle(folder))  # type: ignore[misc]
        assert seen(folder) == NEW
        settle(folder)
        assert seen(folder) == NEW
        assert {path.name for path in folder.parent.iterdir()} == {"out"}
        if not killed:
            break
    assert step > 10


def test_a_first_state_and_one_without_changes(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "out"
    with next_state(folder) as state:
        state.new("tables/x.csv").write_text("1", encoding="utf-8")
        assert state.keep("tables/x.csv")
        state.publish()
    before = (folder / "tables" / "x.csv").stat()
    with next_state(folder) as state:
        state.new("tables/x.csv").write_text("1", encoding="utf-8")
        assert not state.keep("tables/x.csv")
        assert state.file("tables/x.csv") == folder / "tables" / "x.csv"
        state.publish()
    assert (folder / "tables" / "x.csv").stat() == before
    assert [path.name for path in folder.parent.iterdir()] == ["out"]


@pytest.mark.parametrize("call", ["link", "mkdir", "rename"])
def test_a_write_that_fails_is_one_line_and_the_old_state_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    folder = tmp_path / "out"
    write(folder, OLD)

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    def fill() -> None:
        with monkeypatch.context() as patched, next_state(folder) as state:
            state.new("tables/x.csv").write_text("5", encoding="utf-8")
            state.keep("tables/x.csv")
            patched.setattr(os, call, full)
            if call == "link":
                patched.setattr(switch.shutil, "copy2", full)
            if call == "rename":
                patched.setattr(switch, "exchange", lambda one, other: False)
            if call == "mkdir":
                state.new("tables/deep/x.csv")
            state.publish()

    with pytest.raises(PipelineError, match=r"cannot be written \(No space left on device\); the old tables stay"):
        fill()
    assert seen(folder) == OLD
    assert {path.name for path in tmp_path.iterdir()} == {"out"}


def test_what_stands_in_the_way_is_told_before_anything_changes(tmp_path: Path) -> None:
    folder = tmp_path / "out"
    write(folder, {**OLD, "sources/f": "a file"})

    def under_a_file() -> None:
        with next_state(folder) as state:
            state.new("sources/f/x.csv").write_text("5", encoding="utf-8")
            state.keep("sources/f/x.csv")
            state.publish()

    with pytest.raises(PipelineError, match="is a file where a folder must be"):
        under_a_file()
    assert seen(folder) == {**OLD, "sources/f": "a file"}


def test_an_old_folder_that_somebody_took_away_does_not_stop_the_next_state(tmp_path: Path) -> None:
    """`git clean -fdx` after a kill between the two exchanges."""
    folder = tmp_path / "out"
    write(folder, OLD)
    published_unsettled(folder)
    switch.shutil.rmtree(tmp_path / ".out.next")
    advance(folder)
    assert seen(folder) == NEW
