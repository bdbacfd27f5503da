"""The store: what is built again after which edit, and that a damaged entry is none."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from project import MARKET, RULE, TEXTS, Project, built, project

from pipeline.driver.build import Report
from pipeline.driver.made import load_record
from pipeline.driver.store import entry_path, object_folder, open_entry, packed, put_file, unpacked, write_entry
from pipeline.driver.sweep import drop_unused
from pipeline.model import Anchor, Decision
from pipeline.review.decide import append

__all__ = ["built", "project"]


def test_all_stages_run_once(built: tuple[Path, Report]) -> None:
    ran = built[1].ran
    assert set(ran) == set(TEXTS)
    assert all(stages[0] == "reading" and stages[-1] == "resolving" and len(stages) == 9 for stages in ran.values())


@pytest.mark.parametrize("edited", [{"comment": "市の月"}, {"description": "other"}, {"example": "«5月朝市»の日"}])
def test_what_means_nothing_runs_nothing(project: Project, edited: dict[str, str]) -> None:
    project.rule(**edited)
    assert project.ran() == {}


def test_an_edited_rule_finds_its_kind_again_where_its_words_stand(project: Project) -> None:
    assert "5月朝市" in project.surfaces("dates")
    project.rule(pattern="(?P<month>5)月(?:の)?朝市", example="«5月の朝市»")
    assert project.ran() == {"market": ("finding date",)}  # with the same dates there is nothing to resolve
    project.rule(pattern="(?P<month>5)月の朝市", example="«5月の朝市»")
    assert project.ran() == {"market": ("finding date", "resolving")}
    assert "5月朝市" not in project.surfaces("dates")
    assert project.same_as_anew()


def test_a_rule_taken_away_takes_its_mentions_along(project: Project) -> None:
    (project.rules / "date" / "own.yml").unlink()
    assert project.ran() == {"market": ("finding date", "resolving")}
    assert "5月朝市" not in project.surfaces("dates")
    assert project.same_as_anew()


def test_a_body_is_found_where_its_name_stands_and_all_sources_are_resolved(project: Project) -> None:
    project.bodies("x-hibari,ひばり谷読書会,,association,,,,\n")
    ran = project.ran()
    assert ran["school"] == ("finding organisation", "resolving")
    assert ran["road"] == ran["market"] == ("resolving",)
    assert "ひばり谷読書会" in project.surfaces("organisation_mentions")
    assert project.same_as_anew()
    project.bodies("x-hibari,ひばり谷読書会,,association,,,,\n", "x-momiji,もみじ沢合唱団,,association,,,,\n")
    assert not [stages for stages in project.ran().values() if stages != ("resolving",)]
    assert project.same_as_anew()


def test_a_unit_concerns_amounts_and_no_dates(project: Project) -> None:
    (project.rules / "gazetteer" / "units.csv").write_text(
        "surface,unit,kind,factor,kanji,note,layout,aliases\n枡目,枡目,count,1,,,,\n", encoding="utf-8"
    )
    found = {stage for stages in project.ran().values() for stage in stages}
    assert "finding amount" in found
    assert not found & {"reading", "finding date", "finding organisation", "finding municipality"}
    assert project.same_as_anew()


def test_a_sidecar_resolves_one_source_and_reads_nothing(project: Project) -> None:
    (project.folder / "raw" / "market.source.yml").write_text("covers: 2021-04/2022-03\n", encoding="utf-8")
    assert project.ran() == {"market": ("resolving",)}
    (project.folder / "raw" / "market.source.yml").write_text(
        "covers: 2021-04/2022-03\ncontent_type: text/plain; charset=utf-8\n", encoding="utf-8"
    )
    assert project.ran() == {"market": ("reading", "resolving")}
    assert project.same_as_anew()


def test_a_decision_resolves_its_source(project: Project) -> None:
    append(project.rules, "road", [Decision("reject", "amount", Anchor("3億円"))])
    assert project.ran() == {"road": ("resolving",)}
    assert project.ran() == {}
    assert project.same_as_anew()


def test_a_touched_file_is_not_read_and_an_edited_one_alone_is(project: Project) -> None:
    road = project.folder / "raw" / "road.txt"
    road.write_text(TEXTS["road"], encoding="utf-8")
    assert project.ran() == {}
    road.write_text(TEXTS["road"].replace("3億円", "4億円"), encoding="utf-8")
    ran = project.ran()
    assert set(ran) == {"road"}
    assert ran["road"][0] == "reading"
    assert project.same_as_anew()


def test_a_record_that_is_lost_costs_nothing_but_looking(project: Project) -> None:
    (project.folder / "cache" / "made.jsonl").unlink()
    assert project.ran() == {}


@pytest.mark.parametrize(
    ("stage", "damage"),
    [
        ("read", "cut"),
        ("read", "foreign"),
        ("found", "flipped"),
        ("found", "cut"),
        ("found", "empty"),
        ("rules", "foreign"),
        ("made.jsonl", "cut"),
    ],
)
def test_a_damaged_store_is_none(project: Project, stage: str, damage: str) -> None:
    cache = project.folder / "cache"
    for path in [cache / stage] if stage == "made.jsonl" else [p for p in (cache / stage).rglob("*") if p.is_file()]:
        data = path.read_bytes()
        middle = len(data) // 2
        wrong = {"cut": data[:middle], "empty": b"", "foreign": b"PK\x03\x04\n\n\n" + data}
        path.write_bytes(wrong.get(damage, data[:middle] + bytes([data[middle] ^ 255]) + data[middle + 1 :]))
    project.rule(pattern="(?P<month>5)月の朝市", example="«5月の朝市»")
    (project.folder / "raw" / "school.source.yml").write_text("covers: 2019\n", encoding="utf-8")
    project.build()
    assert project.same_as_anew()


def test_an_entry_is_given_back_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "ab" / "abc"
    write_entry(path, {"kind": "日付"}, {"text": "五月".encode(), "found": packed((1, "二"))})
    entry = open_entry(path)
    assert entry is not None
    assert entry.about == {"kind": "日付"}
    assert unpacked(entry.section("found")) == (1, "二")
    path.write_bytes(path.read_bytes()[:-1])
    cut = open_entry(path)
    assert cut is not None
    assert cut.section("text") is not None
    assert cut.section("found") is None
    assert open_entry(tmp_path / "nothing") is None


def test_a_pickle_of_anything_else_is_not_opened() -> None:
    assert unpacked(packed(Path("x"))) is None


def test_rows_of_which_a_file_is_gone_are_written_again(project: Project) -> None:
    key = load_record(project.folder / "cache").sources["road"].key
    (object_folder(project.folder / "cache", key) / "dates.csv").unlink()
    shutil.rmtree(project.folder / "out")
    assert project.ran() == {"road": ("resolving",)}
    assert project.same_as_anew()


def test_what_no_source_needs_is_dropped_the_oldest_first(project: Project) -> None:
    cache = project.folder / "cache"
    record = load_record(cache)
    needed = {path for path in cache.rglob("*") if path.is_file()}
    for number in range(3):
        put_file(entry_path(cache, "found", f"ab{number}"), b"." * 1000)
        os.utime(entry_path(cache, "found", f"ab{number}"), (number, number))
    spared = sum(path.stat().st_size for path in needed if {"read", "found", "objects"} & set(path.parts))
    assert drop_unused(cache, record, spare=0) == 0  # as much as is needed may lie there beside it
    put_file(entry_path(cache, "read", "abc"), b"." * (spared - 1500))
    assert drop_unused(cache, record, spare=0) == 2
    assert needed < {path for path in cache.rglob("*") if path.is_file()}
    assert not entry_path(cache, "found", "ab0").exists()
    assert entry_path(cache, "found", "ab2").exists()


def test_a_build_that_was_ended_leaves_no_folder_behind(project: Project) -> None:
    (project.folder / "cache" / "made-x").mkdir()
    project.build()
    assert not list((project.folder / "cache").glob("made-*"))


def test_edits_that_concern_no_text_add_up(project: Project) -> None:
    other = project.rules / "date" / "other.yml"
    for pattern in ("(?P<month>6)月の蛍狩り", "(?P<month>6)月の蛍祭り"):
        other.write_text(
            RULE.format(**MARKET | {"pattern": pattern, "example": "«6月の蛍狩り»"}).replace("own", "other"), "utf-8"
        )
        assert project.ran() == {}
    other.write_text(
        RULE.format(**MARKET | {"pattern": "(?P<month>10)月2日から", "example": "«10月2日から»"}).replace(
            "own", "other"
        ),
        "utf-8",
    )
    assert project.ran() == {"road": ("finding date", "resolving")}
    other.unlink()
    project.rule(pattern="(?P<month>5)月の朝市", example="«5月の朝市»")
    assert set(project.ran()) == {"market", "road"}
    assert project.same_as_anew()
