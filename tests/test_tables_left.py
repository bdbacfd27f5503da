"""Over a size that the user sets a build leaves tables/ to `make tables`; nobody takes them for those of the last build."""

from __future__ import annotations

import warnings
from pathlib import Path

import pytest

import pipeline
from pipeline.cli import main
from pipeline.driver.behind import RECEIPT, told_behind
from pipeline.driver.build import Report, build
from pipeline.driver.receipt import read_receipt
from pipeline.driver.tabulate import make_tables
from pipeline.model import PipelineError
from tests.project import TEXTS, Project, tree


@pytest.fixture
def project(tmp_path: Path) -> Project:
    made = Project(tmp_path)
    made.build()
    return made


def run(project: Project, limit: int | None, out: str = "out", cache: str = "cache") -> Report:
    folders = project.folder / "raw", project.folder / out, project.rules, project.folder / cache
    return build(*folders, jobs=1, tables_limit=limit)


def tables(project: Project) -> Report:
    return make_tables(project.folder / "raw", project.folder / "out", project.rules, project.folder / "cache")


def edit(project: Project, more: str = "令和5年6月1日に7人が来た。\n") -> None:
    (project.folder / "raw" / "market.txt").write_text(TEXTS["market"] + more, encoding="utf-8")


def verified(project: Project, capsys: pytest.CaptureFixture[str]) -> list[str]:
    names = {"raw": "raw", "out": "out", "rules": "rules"}
    main(["verify", *(word for name, place in names.items() for word in (f"--{name}", str(project.folder / place)))])
    return capsys.readouterr().out.splitlines()


def test_the_folder_of_a_source_is_written_and_no_table(project: Project) -> None:
    before = tree(project.folder / "out")
    edit(project)
    report = run(project, 2)
    after = tree(project.folder / "out")
    changed = {name for name in after if before.get(name) != after[name]}
    assert report.behind
    assert (report.built, report.rows) == (("market",), {})
    assert changed
    assert all(name.startswith("sources/market/") or name == RECEIPT for name in changed)


@pytest.mark.parametrize("limit", [3, None])
def test_up_to_the_limit_tables_are_written(project: Project, limit: int | None) -> None:
    edit(project)
    assert not run(project, limit).behind
    assert project.same_as_anew()


def test_make_tables_gives_what_a_build_gives(project: Project) -> None:
    edit(project)
    run(project, 0)
    edit(project, "令和5年7月1日に8人が来た。\n")
    run(project, 0)
    report = tables(project)
    assert not report.behind
    assert report.rows["sources"] == 3
    assert project.same_as_anew()


def test_decisions_without_a_source_are_told_by_both(project: Project) -> None:
    (project.rules / "decisions").mkdir()
    (project.rules / "decisions" / "nowhere.jsonl").write_text("", encoding="utf-8")
    run(project, 0)
    edit(project)
    run(project, 0)
    tables(project)
    assert project.same_as_anew()


def test_so_does_the_next_build_without_a_limit_though_nothing_changed(project: Project) -> None:
    edit(project)
    run(project, 0)
    assert run(project, None).built == ()
    assert project.same_as_anew()


def test_a_first_build_without_tables_and_then_the_tables(project: Project) -> None:
    assert run(project, 0, "first", "other").behind
    assert not (project.folder / "first" / "tables").exists()
    assert read_receipt(project.folder / "first")["tables"] == {}
    make_tables(project.folder / "raw", project.folder / "first", project.rules, project.folder / "other")
    assert tree(project.folder / "first") == tree(project.folder / "out")


def test_a_source_that_is_gone_is_gone_from_the_tables_too(project: Project) -> None:
    (project.folder / "raw" / "road.txt").unlink()
    assert run(project, 0).removed == ("road",)
    assert not (project.folder / "out" / "sources" / "road").exists()
    tables(project)
    assert project.same_as_anew()


def test_tables_that_nothing_has_left_behind_are_not_behind(project: Project) -> None:
    before = tree(project.folder / "out")
    assert not run(project, 0).behind
    assert tree(project.folder / "out") == before


def test_a_build_whose_store_is_lost_does_not_claim_to_know_the_tables(project: Project) -> None:
    assert run(project, 0, cache="fresh").behind
    make_tables(project.folder / "raw", project.folder / "out", project.rules, project.folder / "fresh")
    assert not told_behind(project.folder / "out")


def test_verify_tells_that_tables_are_behind(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    edit(project)
    run(project, 0)
    out = project.folder / "out"
    assert verified(project, capsys) == [
        f"{out / 'tables'}: is of an earlier state of the sources; run make tables",
        f"{out}: 1 difference",
    ]
    tables(project)
    assert verified(project, capsys) == [f"{out}: no differences"]


def test_who_reads_tables_is_told_too(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    edit(project)
    run(project, 0)
    out = str(project.folder / "out")
    main(["leftovers", "--out", out])
    assert "is of an earlier state of the sources; run make tables" in capsys.readouterr().err
    with pytest.warns(UserWarning, match="run make tables"):
        pipeline.load(out)
    tables(project)
    main(["leftovers", "--out", out])
    assert capsys.readouterr().err == ""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        pipeline.load(out)


def test_tables_are_not_made_with_other_rules_than_the_sources(project: Project) -> None:
    edit(project)
    run(project, 0)
    project.bodies("rd,ひばり谷読書会,,,,,,\n")
    with pytest.raises(PipelineError, match="was built with other rules"):
        tables(project)
    with pytest.raises(PipelineError, match="is no build that the store knows of"):
        make_tables(project.folder / "raw", project.folder / "nowhere", project.rules, project.folder / "cache")


def test_the_command_says_what_it_did(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    names = {"raw": "raw", "out": "out", "rules": "rules", "cache": "cache"}
    places = [word for name, place in names.items() for word in (f"--{name}", str(project.folder / place))]
    edit(project)
    assert main(["build", *places, "--jobs", "1", "--tables-limit", "1"]) == 0
    told = capsys.readouterr().out
    assert "3 sources (1 built, 2 unchanged)\n" in told
    assert "make tables" in "".join(told.split("\n")).replace("  ", " ")
    assert main(["tables", *places]) == 0
    assert "3 sources (0 built, 3 unchanged): " in capsys.readouterr().out


def test_a_failed_source_is_told_though_no_table_is_made(project: Project) -> None:
    (project.folder / "raw" / "empty.pdf").write_bytes(b"no PDF")
    assert run(project, 0).failed == ("empty",)
    edit(project)
    assert run(project, 0).failed == ("empty",)


def test_the_receipt_tells_what_the_command_asked_for(project: Project) -> None:
    (project.folder / "raw" / "plan.pdf").write_bytes(b"no PDF")
    (project.folder / "raw" / "other.pdf").write_bytes(b"no PDF either")
    (project.folder / "raw" / "other.source.yml").write_text("check_digits: yes\n", encoding="utf-8")
    folders = project.folder / "raw", project.folder / "out", project.rules, project.folder / "cache"
    build(*folders, jobs=1, check_digits=True)
    asked = {name: told.get("asked") for name, told in read_receipt(project.folder / "out")["sources"].items()}
    assert asked == {"plan": "check_digits", "other": None, "market": None, "road": None, "school": None}
    build(*folders, jobs=1, only=["plan"])
    assert "asked" not in read_receipt(project.folder / "out")["sources"]["plan"]
