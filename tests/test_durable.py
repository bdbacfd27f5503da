"""A durable state is on the disk before it counts, and the step that publishes it before the old one is deleted."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from pipeline.driver import switch
from pipeline.driver.build import build
from pipeline.driver.switch import next_state


@pytest.mark.parametrize("exchanges", [True, False])
def test_all_is_forced_onto_the_disk_before_it_counts_and_before_the_old_goes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, exchanges: bool
) -> None:
    folder, beside = tmp_path / "out", tmp_path / ".out.next"
    seen: list[tuple[str, bool]] = []
    monkeypatch.setattr(os, "sync", lambda: seen.append((_text(folder / "file"), beside.is_dir())))
    if not exchanges:
        monkeypatch.setattr(switch, "exchange", lambda *_: False)
    for text in ("old", "new"):
        seen.clear()
        with next_state(folder, durable=True) as state:
            state.new("file").write_text(text, encoding="utf-8")
            state.keep("file")
            state.publish()
        assert _text(folder / "file") == text
    # without an exchange the list of changes is what counts: it is on the disk before a file is moved
    assert seen == [("old", True), ("new" if exchanges else "old", True)]


def test_only_a_build_that_is_asked_waits_for_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "bridge.txt").write_text("橋の工事費は三百万円である。\n", encoding="utf-8")
    forced: list[int] = []
    monkeypatch.setattr(os, "sync", lambda: forced.append(1))
    build(tmp_path / "raw", tmp_path / "out", cache=tmp_path / "cache", jobs=1)
    assert not forced
    build(tmp_path / "raw", tmp_path / "other", cache=tmp_path / "cache", jobs=1, durable=True)
    assert forced


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""
