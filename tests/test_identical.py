"""The same files, rules and versions give the same bytes: whatever the process, the machine's habits and the order of files."""

from __future__ import annotations

import locale
import os
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bench.synthetic import write_sources

ROOT = Path(__file__).parent.parent
CORPUS = ROOT.parent / "shared" / "corpus"


def tree(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def built(raw: Path, base: Path, here: Path, jobs: int, **habits: str) -> dict[str, bytes]:
    """A cold build in a process of its own, which stands in the folder `here`."""
    folders = ["--raw", os.path.relpath(raw, here), "--out", os.path.relpath(base / "out", here)]
    folders += ["--cache", str(base / "cache"), "--rules", str(ROOT / "rules"), "--jobs", str(jobs)]
    here.mkdir(parents=True, exist_ok=True)
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **habits}
    command = [sys.executable, "-m", "pipeline", "build", *folders]
    done = subprocess.run(command, cwd=here, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode in (0, 1), done.stderr  # 1: some source gave no text
    return tree(base / "out")


def other_locale() -> str:
    """One that counts and sorts otherwise, where the system has any."""
    kept = locale.setlocale(locale.LC_ALL)
    try:
        for name in ("ja_JP.UTF-8", "tr_TR.UTF-8", "de_DE.UTF-8", "C.UTF-8"):
            try:
                return locale.setlocale(locale.LC_ALL, name)
            except locale.Error:
                continue
        return "C"
    finally:
        locale.setlocale(locale.LC_ALL, kept)


def shuffled(raw: Path, to: Path) -> Path:
    """A copy whose files were made in another order, so that folders list them in another one."""
    files = [path for path in sorted(raw.rglob("*")) if path.is_file()]
    random.Random(7).shuffle(files)
    for path in files:
        place = to / path.relative_to(raw)
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, place)
    return to


def built_twice(raw: Path, base: Path) -> tuple[dict[str, bytes], dict[str, bytes]]:
    """By one worker and by two, of files in another order, with another hash seed, locale, time zone and folder to stand in."""
    one = built(raw, base / "1", ROOT, 1, PYTHONHASHSEED="0", LC_ALL="C", TZ="UTC")
    other, elsewhere = shuffled(raw, base / "raw"), base / "else" / "where"
    habits = {"PYTHONHASHSEED": "4711", "LC_ALL": other_locale(), "TZ": "Asia/Tokyo"}
    return one, built(other, base / "2", elsewhere, 2, **habits)


def test_cold_builds_are_byte_identical(tmp_path: Path) -> None:
    one, two = built_twice(ROOT / "raw", tmp_path)
    assert one.keys() == two.keys()
    assert [name for name in one if one[name] != two[name]] == []
    assert "build.json" in one


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the shared folder with real documents is not beside the project")
def test_so_are_those_of_real_documents(tmp_path: Path) -> None:
    """The whole corpus: damaged, locked, scanned and vertical PDFs among it, and one of 612 pages."""
    raw = tmp_path / "raw"
    for kind in ("html", "text", "pdf"):
        shutil.copytree(CORPUS / kind, raw / kind)
    one, two = built_twice(raw, tmp_path / "built")
    assert len(one) > 300
    assert one.keys() == two.keys()
    assert [name for name in one if one[name] != two[name]] == []


def test_synthetic_sources_are_the_same_each_time_and_differ_from_each_other(tmp_path: Path) -> None:
    write_sources(tmp_path / "one", 20)
    write_sources(tmp_path / "two", 20)
    one = tree(tmp_path / "one")
    assert one == tree(tmp_path / "two")
    texts = [data for name, data in one.items() if not name.endswith(".yml")]
    assert len(texts) == len(set(texts)) == 20
    out = built(tmp_path / "one", tmp_path, tmp_path, 1)
    assert out["tables/sources.csv"].count(b"\n") == 21
    assert b",failed," not in out["tables/sources.csv"]
