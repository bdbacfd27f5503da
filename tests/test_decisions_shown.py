"""What is shown of decisions, what scores make of them, and where an added row stands on a page of a PDF."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from pdf_maker import Maker
from project import Project, built, project

from pipeline.cli import main
from pipeline.driver.build import build
from pipeline.model import Anchor, Decision, Span
from pipeline.review.decide import append, withdraw
from pipeline.tables.contradicted import contradicted_rules, rules_to_change
from pipeline.tables.files import read_table
from pipeline.text.anchor import anchor_of, ground_of_rows

__all__ = ["built", "project"]


def row(rule: str, do: str, state: str = "applied") -> dict[str, str]:
    return {"rule_id": rule, "do": do, "state": state}


def test_five_decisions_against_a_rule_ask_for_another_rule() -> None:
    rows = [row("date.a", "reject") for _ in range(3)] + [
        row("date.a", "replace"),
        row("date.a", "accept", "contradicted"),
    ]
    rows += [row("date.a", "accept"), row("date.b", "reject"), row("", "add"), row("date.b", "reject", "withdrawn")]
    rows += [row("date.b", "reject", state) for state in ("agreed", "expired", "overruled", "withdrawn")]
    first, second = contradicted_rules(rows)
    assert (first.rule_id, len(first.against), first.agreeing, first.enough) == ("date.a", 5, 1, True)
    assert (second.rule_id, len(second.against), second.agreeing, second.enough) == ("date.b", 1, 1, False)
    assert [rule.rule_id for rule in rules_to_change(rows)] == ["date.a"]
    assert not rules_to_change(rows[1:])


def test_decisions_are_listed_with_what_came_of_them_and_the_rule_to_change(
    project: Project, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(project.folder)
    lines = [f"第{number}組は{number}億円を充てる。" for number in range(2, 8)]
    (project.folder / "raw" / "road.txt").write_text("\n\n".join(lines), encoding="utf-8")
    rejected = [
        Decision("reject", "amount", Anchor(f"{n}億円", f"第{n}組は", "を充てる。"), by="佐藤", date="2026-11-26")
        for n in range(2, 8)
    ]
    append(project.rules, "road", [*rejected, Decision("add", "date", Anchor("夏", "今年の"), {"edtf": "2021-22"})])
    withdraw(project.rules, "road", [rejected[0].decision_id])
    project.build()
    assert main(["decisions", "--out", "out", "--most", "2"]) == 0
    shown = capsys.readouterr().out.splitlines()
    assert shown[:3] == ["7 decisions", "expired: 1 (their text is gone)", shown[2]]
    assert shown[2].startswith("  add date '夏' → edtf 2021-22   road dec-")
    assert shown[3] == "applied: 5 (they hold)"
    assert shown[4].startswith("  reject amount '3億円'   road:")
    assert shown[4].endswith("(佐藤, 2026-11-26)")
    assert shown[6] == "  … and 3 more (--most 0 shows all)"
    assert shown[-3] == "withdrawn: 1 (taken back)"
    assert shown[-1].startswith("a rule to change: amount.")
    assert shown[-1].endswith("(5 decisions against it)")
    assert main(["decisions", "--out", "out", "--json", "road"]) == 0
    told = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [one["state"] for one in told] == ["applied"] * 5 + ["expired", "withdrawn"]
    assert main(["decisions", "--out", "out", "market"]) == 0
    assert capsys.readouterr().out == "0 decisions\n"


def test_scores_are_those_of_the_pipeline_without_decisions(
    project: Project, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(project.folder)
    (project.folder / "gold").mkdir()
    gold = {"doc": "road", "type": "amount", "start": 24, "end": 27, "surface": "3億円", "optional": False}
    gold["start"] = (project.folder / "raw" / "road.txt").read_text(encoding="utf-8").index("3億円")
    gold["end"] = int(str(gold["start"])) + 3
    gold["value"] = {"value": "310000000", "unit": "JPY"}
    (project.folder / "gold" / "road.jsonl").write_text(json.dumps(gold) + "\n", encoding="utf-8")
    asked = ["score", "gold", "--out", "out", "--cache", "cache"]
    assert main(asked) == 0
    before = capsys.readouterr().out
    assert "amount        value P 0.000  R 0.000" in before
    append(
        project.rules,
        "road",
        [Decision("replace", "amount", Anchor("3億円", "青森市は", "で橋を直す。"), {"value": "310000000"})],
    )
    append(project.rules, "market", [Decision("reject", "amount", Anchor("2,000円", "出店料は", "である。"))])
    project.build()
    amounts = list(read_table(project.folder / "out" / "tables" / "amounts.csv"))
    assert "310000000" not in {one["value"] for one in amounts if one["status"] == "machine"}
    assert main(asked) == 0
    assert capsys.readouterr().out == before
    shutil.rmtree(project.folder / "cache")
    assert main(asked) == 0
    assert capsys.readouterr().out == before


def test_a_row_added_on_a_page_has_its_box(tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    (tmp_path / "rules").mkdir()
    page = Maker()
    page.lines(72, 100, ["工事の計画を令和3年に改めた。", "", "ひばり谷が受け持つ。"])
    (tmp_path / "raw" / "plan.pdf").write_bytes(page.data())
    build(tmp_path / "raw", tmp_path / "out", tmp_path / "rules", tmp_path / "cache", jobs=1)
    there = tmp_path / "out" / "sources" / "plan"
    text = (there / "text.txt").read_text(encoding="utf-8")
    ground = ground_of_rows(text, read_table(there / "blocks.csv"), read_table(there / "cells.csv"))
    start = text.index("ひばり谷")
    anchor = anchor_of(ground, Span(start, start + 4))
    append(tmp_path / "rules", "plan", [Decision("add", "organisation", anchor, {"name": "ひばり谷"})])
    build(tmp_path / "raw", tmp_path / "out", tmp_path / "rules", tmp_path / "cache", jobs=1)
    (added,) = read_table(there / "organisation_mentions.csv")
    assert (added["page"], added["quote"], added["status"]) == ("1", "ひばり谷が受け持つ。", "added")
    places = [one for one in read_table(there / "locations.csv") if one["mention_id"] == added["mention_id"]]
    assert [(one["part"], one["page"]) for one in places] == [("1", "1")]
    assert float(places[0]["x1"]) > float(places[0]["x0"])
