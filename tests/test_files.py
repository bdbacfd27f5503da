"""Files of a git revision, read through one process of git."""

from __future__ import annotations

import multiprocessing
import subprocess
import time
from pathlib import Path

from pipeline.review.files import Revision


def committed(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    git = ["git", "-C", str(folder), "-c", "user.name=x", "-c", "user.email=x@example.jp"]
    for command in (["init", "-q"], ["add", "-A"], ["commit", "-q", "-m", "一"]):
        subprocess.run([*git, *command], check=True)
    return folder


def test_a_revision_gives_the_bytes_that_were_committed(tmp_path: Path) -> None:
    folder = committed(tmp_path, {"raw/計画.txt": "令和3年度", "raw/議案/1.txt": "", "rules/a.yml": "x"})
    (folder / "raw/計画.txt").write_text("令和4年度", encoding="utf-8")
    files = Revision(folder, "HEAD").below(folder / "raw")
    assert files is not None
    assert sorted(files.names()) == ["計画.txt", "議案/1.txt"]
    assert files.read("計画.txt") == "令和3年度".encode()
    assert files.read("議案/1.txt") == b""
    assert files.read("無い.txt") is None


def test_a_worker_forked_meanwhile_does_not_keep_git_waiting(tmp_path: Path) -> None:
    revision = Revision(committed(tmp_path, {"a.txt": "一"}), "HEAD")
    files = revision.below(tmp_path)
    assert files is not None
    assert files.read("a.txt") == "一".encode()
    worker = multiprocessing.get_context("fork").Process(target=time.sleep, args=(30,), daemon=True)
    worker.start()
    try:
        start = time.monotonic()
        del files, revision
        assert time.monotonic() - start < 10
    finally:
        worker.kill()
        worker.join()
