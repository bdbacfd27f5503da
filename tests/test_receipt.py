"""The receipt of a build, and what `verify` says when anything is another one."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.cli import main
from pipeline.driver.behind import RECEIPT
from pipeline.driver.build import build
from pipeline.driver.receipt import read_receipt
from pipeline.driver.stamps import sha256_of, stamp_of

RULE = """\
kind: date
anchor: [年]
disable: [date.era.date]
"""
DECISION = '{"do": "reject", "kind": "date", "surface": "10.7"}\n'


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "raw" / "plans").mkdir(parents=True)
    (tmp_path / "raw" / "plans" / "bridge.txt").write_text(
        "橋の工事費は3億円、令和2年5月に岡山市が着工した。\n", "utf-8"
    )
    (tmp_path / "raw" / "plans" / "bridge.source.yml").write_text("title: 橋\n", "utf-8")
    (tmp_path / "raw" / "crowd.txt").write_text("2019年10月4日、松江市の会場に250人が集まった。\n", "utf-8")
    (tmp_path / "raw" / "notes.docx").write_bytes(b"PK")
    rules = tmp_path / "rules"
    (rules / "date").mkdir(parents=True)
    (rules / "gazetteer").mkdir()
    (rules / "date" / "mine.yml").write_text(RULE, "utf-8")
    (rules / "decisions" / "plans").mkdir(parents=True)
    (rules / "decisions" / "plans" / "bridge.jsonl").write_text("", "utf-8")
    run(tmp_path)
    return tmp_path


def run(project: Path) -> None:
    build(project / "raw", project / "out", project / "rules", cache=project / "cache", jobs=1)


def verified(project: Path) -> int:
    folders = ["--raw", str(project / "raw"), "--out", str(project / "out"), "--rules", str(project / "rules")]
    return main(["verify", *folders])


def edited(name: str, text: str) -> Callable[[Path], object]:
    return lambda project: (project / name).write_text(text, "utf-8")


def gone(name: str) -> Callable[[Path], object]:
    return lambda project: (project / name).unlink()


def test_the_receipt_holds_digests_and_no_place_or_time(project: Path) -> None:
    receipt = read_receipt(project / "out")
    bridge = receipt["sources"]["plans/bridge"]
    assert bridge["sha256"] == sha256_of(project / "raw" / "plans" / "bridge.txt")
    assert bridge["sidecar"] == sha256_of(project / "raw" / "plans" / "bridge.source.yml")
    assert receipt["sources"]["crowd"]["sidecar"] == ""
    assert receipt["tables"]["tables/dates.csv"]["sha256"] == sha256_of(project / "out" / "tables" / "dates.csv")
    assert receipt["tables"]["tables/sources.csv"]["rows"] == 2
    assert receipt["decisions"] == {"plans/bridge.jsonl": sha256_of(project / "rules/decisions/plans/bridge.jsonl")}
    assert "lxml" in receipt["packages"]
    text = (project / "out" / RECEIPT).read_text("utf-8")
    assert str(project) not in text
    shutil.copytree(project, project / "else" / "where")
    run(project / "else" / "where")
    build(project / "raw", project / "out2", project / "rules", cache=project / "cache2", jobs=2)
    assert (project / "else" / "where" / "out" / RECEIPT).read_text("utf-8") == text
    assert (project / "out2" / RECEIPT).read_text("utf-8") == text


def test_what_was_built_here_has_no_difference(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert verified(project) == 0
    assert capsys.readouterr().out == f"{project / 'out'}: no differences\n"


@pytest.mark.parametrize(
    ("edit", "line"),
    [
        (edited("raw/crowd.txt", "三百人\n"), "crowd.txt: has changed since the build"),
        (edited("raw/plans/bridge.source.yml", "title: 大橋\n"), "plans/bridge.txt: its sidecar has changed since"),
        (edited("raw/crowd.source.yml", "title: 会\n"), "crowd.txt: its sidecar is new since the build"),
        (gone("raw/plans/bridge.source.yml"), "plans/bridge.txt: its sidecar is gone since the build"),
        (edited("raw/more.txt", "百円\n"), "more: was not built"),
        (gone("raw/crowd.txt"), "crowd: is gone since the build"),
        (edited("rules/date/mine.yml", "kind: date\nanchor: [年]\n"), "rules/date: has changed since the build"),
        (
            edited("rules/gazetteer/organisation_redirects.csv", "old_id,new_id,reason\nold,new,joined\n"),
            "gazetteers/organisation_redirects: has changed since the build",
        ),
        (edited("rules/decisions/crowd.jsonl", DECISION), "decisions/crowd.jsonl: is new since the build"),
        (edited("out/tables/dates.csv", "x\n"), "out/tables/dates.csv: is not what was built"),
        (gone("out/tables/dates.csv"), "out/tables/dates.csv: is missing"),
        (edited("out/sources/crowd/text.txt", "x"), "out/sources/crowd: is not what was built"),
        (edited("out/sources/crowd/amounts.csv", "x"), "out/sources/crowd: is not what was built"),
        (gone("out/sources/crowd/amounts.csv"), "out/sources/crowd: lacks a file"),
    ],
)
def test_each_difference_is_a_line_and_the_next_build_mends_it(
    project: Path, capsys: pytest.CaptureFixture[str], edit: Callable[[Path], object], line: str
) -> None:
    edit(project)
    assert verified(project) == 1
    told = capsys.readouterr().out.splitlines()
    assert any(line in found for found in told[:-1])
    assert len(told) == 2
    assert told[-1] == f"{project / 'out'}: 1 difference"
    run(project)
    assert verified(project) == 0


def test_a_comment_in_a_rule_file_is_none(project: Path) -> None:
    before = (project / "out" / RECEIPT).stat()
    (project / "rules" / "date" / "mine.yml").write_text("# days are told by others\n" + RULE, "utf-8")
    assert verified(project) == 0
    run(project)
    assert (project / "out" / RECEIPT).stat().st_mtime_ns == before.st_mtime_ns


def test_another_version_is_a_difference(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = project / "out" / RECEIPT
    told = json.loads(path.read_text("utf-8"))
    path.write_text(json.dumps({**told, "packages": {**told["packages"], "lxml": "0.1"}}), "utf-8")
    assert verified(project) == 1
    assert "is here, the tables were built with 0.1" in capsys.readouterr().out


def test_without_a_receipt_it_says_what_to_do(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "out" / RECEIPT).unlink()
    assert verified(project) == 2
    assert capsys.readouterr().err == f"koubun: {project / 'out' / RECEIPT}: is not there; run make first\n"


def test_a_young_file_has_no_stamp_and_an_old_one_is_known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a"
    path.write_text("1", "utf-8")
    written = path.stat().st_mtime_ns
    assert stamp_of(path) == ""
    monkeypatch.setattr("pipeline.driver.stamps.time.time_ns", lambda: written + 10**10)
    stamp = stamp_of(path)
    assert stamp == stamp_of(path) != ""
    path.write_text("2", "utf-8")
    monkeypatch.setattr("pipeline.driver.stamps.time.time_ns", lambda: written + 10**12)
    assert stamp_of(path) not in ("", stamp)
    assert stamp_of(path, tmp_path / "b") == ""
