"""Ids of bodies over builds: what an id leads to today, what documents teach, what may be one."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from pipeline.cli import main
from pipeline.engine.gazetteer import Gazetteer
from pipeline.model import PipelineError
from pipeline.resolve.body_redirects import current_id, organisation_redirects
from pipeline.tables.merges import merged_ids
from pipeline.tables.near import kana_folded, near_misses

HEADER = "organisation_id,name,legal_form,kind,parent_id,corporate_number,aliases,note\n"
TEXT = "青葉里山保全協会が開く。青葉里山保全協会事務局が答えた。\n"


def redirects_of(*pairs: tuple[str, str]) -> dict[str, Gazetteer]:
    rows = tuple({"old_id": old, "new_id": new, "reason": ""} for old, new in pairs)
    return {"organisation_redirects": Gazetteer("organisation_redirects", rows, {})}


def body(organisation_id: str, name: str, **other: str) -> dict[str, str]:
    return {
        "organisation_id": organisation_id,
        "name": name,
        "legal_form": "",
        "corporate_number": "",
        "aliases": "",
    } | other


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    assert main(["init"]) == 0
    (tmp_path / "rules" / "gazetteer").mkdir(parents=True, exist_ok=True)
    return tmp_path


def table(project: Path, name: str) -> list[dict[str, str]]:
    with (project / "extracted" / "tables" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("n-青葉協会", "int-aoba"),
        ("n-青葉会", "int-aoba"),
        ("n-青葉会/事務局/総務課", "int-aoba/事務局/総務課"),
        ("n-青葉会議", "n-青葉会議"),
    ],
)
def test_an_id_leads_to_the_one_of_today_over_every_step(old: str, new: str) -> None:
    redirects = organisation_redirects(redirects_of(("n-青葉会", "n-青葉協会"), ("n-青葉協会", "int-aoba")))
    assert current_id(old, redirects) == new


@pytest.mark.parametrize("pairs", [(("n-一", "n-二"), ("n-二", "n-一")), (("n-一", "n-一"),), (("n-一", ""),)])
def test_an_id_that_leads_nowhere_is_an_error(pairs: tuple[tuple[str, str], ...]) -> None:
    with pytest.raises(PipelineError, match="organisation_redirects"):
        organisation_redirects(redirects_of(*pairs))


def test_a_build_tells_of_ids_given_up_and_a_redirect_keeps_them(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "raw" / "plan.txt").write_text(TEXT, encoding="utf-8")
    assert main(["build"]) == 0
    assert "another id" not in capsys.readouterr().out
    own = project / "rules" / "gazetteer"
    (own / "organisations.csv").write_text(HEADER + "int-aoba,青葉里山保全協会,,nonprofit,,,,\n", encoding="utf-8")
    assert main(["build"]) == 0
    told = capsys.readouterr().out
    assert "rules/gazetteer/organisation_redirects.csv" in told
    lines = [line.strip() for line in told.splitlines() if line.startswith("  n-")]
    assert "n-青葉里山保全協会,int-aoba," in lines
    (own / "organisation_redirects.csv").write_text(
        "old_id,new_id,reason\n" + "\n".join(lines) + "\n", encoding="utf-8"
    )
    assert main(["build"]) == 0
    assert "another id" not in capsys.readouterr().out
    assert {"old_id": "n-青葉里山保全協会", "new_id": "int-aoba", "reason": ""} in table(
        project, "organisation_redirects"
    )


def test_a_redirect_joins_two_bodies_and_their_units(project: Path) -> None:
    (project / "raw" / "plan.txt").write_text(
        "株式会社青葉組が工事をした。\n青葉建設株式会社総務部に問う。\n", encoding="utf-8"
    )
    (project / "rules" / "gazetteer" / "organisation_redirects.csv").write_text(
        "old_id,new_id,reason\nn-青葉建設,n-青葉組,社名を改めた\n", encoding="utf-8"
    )
    assert main(["build"]) == 0
    assert {row["organisation_id"].split("/")[0] for row in table(project, "organisation_mentions")} == {"n-青葉組"}


def test_a_body_is_the_same_by_number_or_by_a_name_that_one_body_has() -> None:
    before = [
        body("n-青葉会", "青葉会"),
        body("n-二", "二", corporate_number="1"),
        body("n-三", "三"),
        body("n-四", "四"),
    ]
    after = [
        body("int-aoba", "青葉の会", aliases="青葉会"),
        body("jp-1", "弐", corporate_number="1"),
        body("int-a", "甲", aliases="三"),
        body("int-b", "乙", aliases="三"),
    ]
    assert merged_ids(before, after, {}) == [("n-二", "jp-1"), ("n-青葉会", "int-aoba")]
    assert merged_ids(before, after, {"n-青葉会": "int-aoba"}) == [("n-二", "jp-1")]
    assert merged_ids(after, after, {}) == []


def test_aliases_are_ready_lines_sorted_by_frequency(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "raw" / "plan.txt").write_text(
        "国際青葉気候協会(QACA)が来た。公益財団法人青葉里山財団（以下「里山財団」という。）は里山財団の森で、里山財団が開く。\n"
        "国際協力機構(JICA)と独立行政法人若葉振興機構（以下「機構」という。）が支える。機構は審査する。\n",
        encoding="utf-8",
    )
    assert main(["build"]) == 0
    capsys.readouterr()
    assert main(["aliases"]) == 0
    shown = capsys.readouterr()
    assert shown.out.splitlines() == [
        "n-青葉里山財団,青葉里山財団,公益財団法人,nonprofit,,,里山財団,里山財団: 以下「…」という plan:34 (3)",
        "n-国際青葉気候協会,国際青葉気候協会,,nonprofit,,,QACA,QACA: bracket plan:9 (1)",
    ]
    assert "2 short names" in shown.err
    (project / "rules" / "gazetteer" / "organisations.csv").write_text(HEADER + shown.out, encoding="utf-8")
    assert main(["build"]) == 0
    capsys.readouterr()
    assert main(["aliases"]) == 0
    assert capsys.readouterr().out == ""
    assert main(["aliases", "--out", "nowhere"]) == 2


def test_a_short_name_of_two_bodies_is_no_line(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for number, name in enumerate(("国際青葉気候協会", "国際若葉気候協会")):
        (project / "raw" / f"{number}.txt").write_text(f"{name}(QACA)が来た。\n", encoding="utf-8")
    assert main(["build"]) == 0
    capsys.readouterr()
    assert main(["aliases"]) == 0
    shown = capsys.readouterr()
    assert shown.out == ""
    assert "several bodies bear them: QACA" in shown.err


@pytest.mark.parametrize(
    ("one", "other", "is_near"),
    [
        ("青葉エージェント社", "青葉エイジェント社", True),
        ("ヴェルデ研究所", "ベルデ研究所", True),
        ("青葉ネットワーク", "青葉・ネットワーク", True),
        ("青葉第1病院", "青葉第2病院", False),
        ("青葉北高校", "青葉南高校", False),
        ("森の会", "林の会", False),
    ],
)
def test_near_names_are_told_and_not_merged(one: str, other: str, is_near: bool) -> None:
    found = near_misses([body(f"n-{one}", one), body(f"n-{other}", other)], [])
    assert bool(found) is is_near


def test_cities_of_one_name_and_units_of_two_owners_are_not_near() -> None:
    rows = [body("lg-132063", "府中市"), body("lg-342084", "府中市")]
    rows += [body("lg-132063/総務センター", "総務センター"), body("lg-342084/総務センター", "総務センター")]
    assert near_misses(rows, []) == []


def test_one_name_with_two_legal_forms_is_near(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "raw" / "plan.txt").write_text(
        "株式会社青葉の森が開き、一般社団法人青葉の森が閉じた。\n", encoding="utf-8"
    )
    assert main(["build"]) == 0
    capsys.readouterr()
    assert main(["near"]) == 0
    assert "two legal forms" in capsys.readouterr().out


def test_kana_are_folded_to_one_form() -> None:
    assert kana_folded("ファミリー") == kana_folded("ふあみり")
