"""What was reviewed is marked, kept by every build, and gone with its source."""

from __future__ import annotations

import json
import multiprocessing
import os
import time

import pytest
from project import Project, built, project, tree

from pipeline.cli import main
from pipeline.driver.switch import settle
from pipeline.model import Anchor, Decision, PipelineError
from pipeline.review.decide import append
from pipeline.review.reviewed import LOOKED_AT, accept, unreviewed
from pipeline.tables.schema import REVIEWED

__all__ = ["built", "project"]


def open_sources(project: Project) -> list[str]:
    return [source.source_id for source in unreviewed(project.folder / "out")]


def test_what_was_never_looked_at_is_unreviewed_and_accepting_marks_it(project: Project) -> None:
    out = project.folder / "out"
    assert open_sources(project) == ["market", "road", "school"]
    assert accept(out, ["road"]) == ["road"]
    assert open_sources(project) == ["market", "school"]
    assert accept(out) == ["market", "school"]
    assert accept(out) == []
    assert open_sources(project) == []
    told = json.loads((out / "sources" / "road" / REVIEWED).read_text(encoding="ascii"))
    assert tuple(told) == LOOKED_AT
    with pytest.raises(PipelineError, match="roads: is no source that was built"):
        accept(out, ["roads"])


def test_a_changed_table_is_named_and_other_sources_stay_reviewed(project: Project) -> None:
    out = project.folder / "out"
    accept(out)
    before = tree(out)
    assert project.ran() == {}
    assert tree(out) == before
    append(project.rules, "road", [Decision("reject", "amount", Anchor("3億円", "青森市は", "で橋を直す。"))])
    project.build()
    assert open_sources(project) == ["road"]
    text = (project.folder / "raw" / "road.txt").read_text(encoding="utf-8")
    (project.folder / "raw" / "road.txt").write_text(text.replace("3億円", "4億円"), encoding="utf-8")
    project.build()
    (found,) = unreviewed(out)
    assert found.source_id == "road"
    assert {"amounts.csv", "issues.csv"} <= set(found.tables)
    assert "organisation_mentions.csv" not in found.tables


def test_the_mark_goes_with_its_source_and_stands_in_no_receipt(project: Project) -> None:
    out = project.folder / "out"
    receipt = (out / "build.json").read_bytes()
    accept(out)
    project.build()
    assert (out / "build.json").read_bytes() == receipt
    (project.folder / "raw" / "road.txt").unlink()
    project.build()
    assert not (out / "sources" / "road").exists()
    assert (out / "sources" / "market" / REVIEWED).is_file()


@pytest.mark.parametrize("mark", ["", "{", "[]", '{"dates.csv": "0"}'])
def test_a_mark_that_is_none_is_no_mark(project: Project, mark: str) -> None:
    accept(project.folder / "out")
    (project.folder / "out" / "sources" / "road" / REVIEWED).write_text(mark, encoding="utf-8")
    assert open_sources(project) == ["road"]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="a process is killed that was forked")
def test_a_build_that_is_killed_keeps_the_marks_of_a_whole_state(project: Project) -> None:
    out, raw = project.folder / "out", project.folder / "raw"
    accept(out)
    context = multiprocessing.get_context("fork")
    marks = {name: (out / "sources" / name / REVIEWED).read_bytes() for name in ("market", "road")}
    there = {True: 0, False: 0}
    for number in range(16):
        (raw / "market.txt").write_text(f"会費は{number + 2}億円である。\n", encoding="utf-8")
        school = raw / "school.txt"
        if school.exists():
            school.unlink()
        else:
            school.write_text("児童40人が加わった。\n", encoding="utf-8")
        builder = context.Process(target=project.build)
        builder.start()
        time.sleep(0.02 * number)
        builder.kill()
        builder.join()
        settle(out)
        folder = out / "sources" / "school"
        there[folder.exists()] += 1
        assert folder.exists() == (folder / "sources.csv").is_file()
        assert {name: (out / "sources" / name / REVIEWED).read_bytes() for name in marks} == marks
    project.build()
    assert {name: (out / "sources" / name / REVIEWED).read_bytes() for name in marks} == marks


def test_make_check_reviewed_fails_until_everything_is_accepted(
    project: Project, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(project.folder)
    assert main(["check-reviewed", "--out", "out"]) == 1
    shown = capsys.readouterr().out
    assert "market: was never reviewed" in shown
    assert main(["accept", "--out", "out", "market", "road"]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "2 sources marked as reviewed"
    assert main(["check-reviewed", "--out", "out"]) == 1
    assert capsys.readouterr().out.splitlines() == ["school: was never reviewed", "1 source of out is not reviewed"]
    assert main(["check-reviewed", "--out", "out", "road"]) == 0
    assert main(["accept", "--out", "out"]) == 0
    capsys.readouterr()
    assert main(["check-reviewed", "--out", "out"]) == 0
    assert capsys.readouterr().out.splitlines() == ["every source of out is reviewed"]
    assert main(["accept", "--out", "nowhere"]) == 2
