"""A trial tells what a build would change, and writes nothing."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from project import Project, built, project, tree

from pipeline.cli import main
from pipeline.review.diff import diff
from pipeline.review.told import told as plain
from pipeline.tables.files import read_table
from pipeline.tables.schema import MENTION_TABLES

__all__ = ["built", "project"]


def tried(project: Project, capsys: pytest.CaptureFixture[str], *more: str) -> tuple[int, str]:
    arguments = ["--raw", str(project.folder / "raw"), "--rules", str(project.rules)]
    ended = main(["try", *arguments, "--cache", str(project.folder / "cache"), *more])
    return ended, capsys.readouterr().out


def edit_pattern(project: Project) -> None:
    project.rule(pattern="(?P<month>5)月の朝市", example="«5月の朝市»")


def edit_rules_away(project: Project) -> None:
    (project.rules / "date" / "own.yml").write_text(
        "kind: date\ndisable: [date.western.date, date.era.date]\n", encoding="utf-8"
    )


def edit_body(project: Project) -> None:
    project.bodies("x-hibari,ひばり谷読書会,,association,,,,\n")


def edit_unit(project: Project) -> None:
    header = (Path(__file__).parent.parent / "rules" / "gazetteer" / "units.csv").read_text("utf-8").splitlines()[0]
    row = dict.fromkeys(header.split(","), "") | {"surface": "人", "unit": "名", "kind": "count", "factor": "1"}
    (project.rules / "gazetteer" / "units.csv").write_text(f"{header}\n{','.join(row.values())}\n", encoding="utf-8")


@pytest.mark.parametrize("edit", [edit_pattern, edit_rules_away, edit_body, edit_unit])
def test_a_trial_tells_what_the_build_then_does(
    project: Project, capsys: pytest.CaptureFixture[str], edit: object
) -> None:
    assert callable(edit)
    edit(project)
    before, stored = tree(project.folder / "out"), tree(project.folder / "cache")
    ended, out = tried(project, capsys, "--json")
    assert ended == 0
    assert tree(project.folder / "out") == before
    assert tree(project.folder / "cache") == stored
    told = [json.loads(line) for line in out.splitlines()]
    assert told
    shutil.copytree(project.folder / "out", project.folder / "old")
    project.build()
    changes = diff(tables(project.folder / "old"), tables(project.folder / "out"))
    real = [plain(change) for change in changes]
    assert sorted(map(ordered, real)) == sorted(map(ordered, told))


def test_several_processes_tell_the_same(
    project: Project, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    edit_rules_away(project)
    alone = tried(project, capsys, "--json")
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    monkeypatch.setattr("pipeline.review.trial.MOMENT", 0.0)
    assert tried(project, capsys, "--json") == alone
    assert alone[1]


def tables(folder: Path) -> dict[str, list[dict[str, str]]]:
    names = [table.name for table in MENTION_TABLES.values()]
    return {name: list(read_table(folder / "tables" / f"{name}.csv")) for name in names}


def ordered(change: object) -> str:
    return json.dumps(change, sort_keys=True)


def test_changes_are_told_rule_by_rule(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    edit_pattern(project)
    _, out = tried(project, capsys)
    assert "date.own.market → date.partial.month: 1 changed" in out
    assert "~ '5月'" in out
    assert out.rstrip().endswith("1 of 3 sources hold what was edited; nothing was written")


def test_an_edit_without_meaning_changes_nothing(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    project.rule(comment="別の", description="other")
    assert tried(project, capsys)[1].splitlines() == [
        "no row would change",
        "0 of 3 sources hold what was edited; nothing was written",
    ]


def test_a_source_that_changed_is_left_out_and_named(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    edit_pattern(project)
    (project.folder / "raw" / "market.source.yml").write_text("covers: 2021\n", encoding="utf-8")
    out = tried(project, capsys)[1]
    assert "no row would change" in out
    assert "not looked at, since they changed after the last build (run make): market" in out


def test_a_damaged_store_is_not_looked_at(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    edit_pattern(project)
    for path in (project.folder / "cache" / "found").rglob("*"):
        if path.is_file():
            path.write_bytes(path.read_bytes()[:-40])
    ended, out = tried(project, capsys)
    assert ended == 0
    assert "no row would change" in out or "market" in out


def test_without_a_build_there_is_nothing_to_compare_with(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    project = Project(tmp_path)
    assert tried(project, capsys)[0] == 2
    assert not (tmp_path / "cache").exists()
