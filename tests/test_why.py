"""Why a build did what it did: which stages ran, and the thing that changed."""

from __future__ import annotations

import shutil

import pytest
from project import BODIES, Project, built, project

from pipeline.cli import main
from pipeline.driver import program as programs
from pipeline.driver.why import load_why
from pipeline.model import Anchor, Decision
from pipeline.review.decide import append

__all__ = ["built", "project"]


def why(project: Project) -> dict[str, dict[str, list[str]]]:
    project.build()
    told = load_why(project.folder / "cache")
    assert told.sources == 3
    return {source_id: dict(stages) for source_id, stages in told.ran.items()}


def test_a_first_build_says_so(project: Project) -> None:
    told = load_why(project.folder / "cache").ran["road"]
    assert set(told) == {
        "reading",
        "finding amount, date, ignore, label, municipality, organisation, unit",
        "resolving",
    }
    assert {reason for reasons in told.values() for reason in reasons} == {"nothing is known of a build of it"}
    assert why(project) == {}


def test_an_edited_rule_is_named(project: Project) -> None:
    project.rule(pattern="(?P<month>5)月の朝市", example="«5月の朝市»")
    assert why(project) == {
        "market": {
            "finding date": ["rule edited: date.own.market"],
            "resolving": ["other candidates were found (date)"],
        }
    }
    (project.rules / "date" / "own.yml").unlink()
    assert why(project) == {}  # no text holds its words
    project.rule()
    assert why(project)["market"]["finding date"] == ["rule new: date.own.market"]


def test_lines_of_a_gazetteer_are_named(project: Project) -> None:
    project.bodies("x-hibari,ひばり谷読書会,,association,,,,\n")
    told = why(project)
    line = "gazetteer organisations: x-hibari"
    assert told["school"]["finding organisation"] == [line]
    assert told["road"] == {"resolving": [line]}
    (project.rules / "gazetteer" / "organisations.csv").write_text(BODIES, encoding="utf-8")
    assert why(project) == {"school": {"finding organisation": [line]}}  # its rows of before are kept


def test_keys_of_a_sidecar_are_named(project: Project) -> None:
    sidecar = project.folder / "raw" / "market.source.yml"
    sidecar.write_text("covers: 2021\n", encoding="utf-8")
    assert why(project) == {"market": {"resolving": ["a sidecar was added", "sidecar: covers is 2021"]}}
    sidecar.write_text("covers: 2022\ncontent_type: text/plain; charset=utf-8\n", encoding="utf-8")
    told = why(project)["market"]
    assert told["reading"] == ["sidecar: content_type is text/plain; charset=utf-8"]
    assert "sidecar: covers is 2022, it was 2021" in told["resolving"]


def test_a_file_and_its_decisions_are_named(project: Project) -> None:
    road = project.folder / "raw" / "road.txt"
    road.write_text(road.read_text(encoding="utf-8").replace("3億円", "7億円"), encoding="utf-8")
    told = why(project)["road"]
    assert told["reading"] == ["the file's bytes changed"]
    assert ["the document is another one"] in told.values()
    append(project.rules, "school", [Decision("reject", "amount", Anchor("40人"))])
    assert why(project) == {"school": {"resolving": ["its decisions changed"]}}
    append(project.rules, "school", [Decision("text", anchor=Anchor("40人"), set={"text": "4人"})])
    told = why(project)["school"]
    assert {stage for stage in told if stage.startswith("finding")}
    assert ["its errata changed"] in told.values()


@pytest.mark.parametrize(
    ("module", "package", "stages", "reason"),
    [
        ("parsers/plain.py", "", {"reading"}, "code changed: pipeline/parsers/plain.py"),
        ("", "lxml", {"reading"}, "lxml is 0.1, it was "),
        ("resolve/dates.py", "", {"resolving"}, "code changed: pipeline/resolve/dates.py"),
        ("engine/select.py", "", {"finding", "resolving"}, "code changed: pipeline/engine/select.py"),
    ],
)
def test_code_and_versions_are_named(
    project: Project, monkeypatch: pytest.MonkeyPatch, module: str, package: str, stages: set[str], reason: str
) -> None:
    now = programs.program()
    other = programs.Program(
        {**now.modules, **({module: "0"} if module else {})},
        {**now.packages, **({package: "0.1"} if package else {})},
        now.words,
    )
    for place in ("keys", "recorder", "rule_files", "tasks", "build"):
        monkeypatch.setattr(f"pipeline.driver.{place}.program", lambda: other)
    told = why(project)
    assert set(told) == {"market", "road", "school"}
    for ran in told.values():
        assert {stage.split()[0] for stage in ran} == stages
        assert all(any(why.startswith(reason) for why in reasons) for reasons in ran.values())


def test_what_is_gone_from_the_store_is_made_again_and_told(project: Project) -> None:
    shutil.rmtree(project.folder / "cache" / "objects")
    assert why(project)["road"] == {"resolving": ["what it gave before is not in the store any more"]}


def test_why_is_printed_in_groups(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    cache = str(project.folder / "cache")
    assert main(["why", "--cache", cache]) == 0
    out = capsys.readouterr().out
    assert out.startswith("of 3 sources 3 had something to do\nmarket, road, school\n  reading: nothing is known")
    project.build()
    assert main(["why", "--cache", cache, "road"]) == 0
    assert capsys.readouterr().out == "road: nothing had to run\n"
    assert main(["why", "--cache", str(project.folder / "none")]) == 2
    assert "holds no reasons of a build; run make first" in capsys.readouterr().err
