"""Decisions at the next build: rows are accepted, corrected, added and taken away; what came of each is told."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from project import TEXTS, Project, built, project, tree

from pipeline.engine.load import RuleSet, load_rules
from pipeline.model import Decision, PipelineError, Span
from pipeline.resolve.decision_columns import COLUMNS, Known, completed, problems
from pipeline.review.decide import append, withdraw
from pipeline.sources.decisions import decisions_path, read_decisions
from pipeline.tables.files import read_table
from pipeline.tables.schema import MENTION_TABLES
from pipeline.text.anchor import anchor_of, ground_of_rows

__all__ = ["built", "project"]
EXTRACTED = Path(__file__).parent.parent / "extracted" / "tables"


@pytest.fixture(scope="module")
def rules() -> RuleSet:
    return load_rules()


def folder(project: Project, source_id: str) -> Path:
    return project.folder / "out" / "sources" / source_id


def table(project: Project, name: str, source_id: str = "road") -> list[dict[str, str]]:
    return list(read_table(folder(project, source_id) / f"{name}.csv"))


def issues(project: Project, source_id: str = "road") -> set[str]:
    return {row["code"] for row in table(project, "issues", source_id) if row["code"].startswith("decision")}


def state(project: Project, source_id: str = "road") -> list[str]:
    return [row["state"] for row in table(project, "decisions", source_id)]


def decided(
    project: Project,
    do: str,
    kind: str,
    surface: str,
    columns: Mapping[str, str] | None = None,
    source_id: str = "road",
    number: int = 0,
    **more: str,
) -> Decision:
    """A decision about a surface of the last build as a page would make it, with the pipeline's columns at the time."""
    there = folder(project, source_id)
    text = (there / "text.txt").read_text(encoding="utf-8")
    start = -1
    for _ in range(number + 1):
        start = text.index(surface, start + 1)
    ground = ground_of_rows(text, read_table(there / "blocks.csv"), read_table(there / "cells.csv"))
    was = None
    if kind:
        rows = table(project, MENTION_TABLES[kind].name, source_id)
        row = next((r for r in rows if int(r["start"]) < start + len(surface) and int(r["end"]) > start), None)
        was = {name: row[name] for name in (*COLUMNS[kind], "surface")} if row is not None else None
    anchor = anchor_of(ground, Span(start, start + len(surface)))
    made = Decision(do, kind, anchor, columns or {}, was, **more)  # type: ignore[arg-type]
    append(project.rules, source_id, [made])
    return made


def row_of(project: Project, kind: str, surface: str, source_id: str = "road") -> dict[str, str]:
    rows = table(project, MENTION_TABLES[kind].name, source_id)
    (row,) = [row for row in rows if row["surface"] == surface]
    return row


def test_an_accepted_row_says_so_and_nothing_else_changes(project: Project) -> None:
    before = row_of(project, "date", "令和3年10月2日")
    made = decided(project, "accept", "date", "令和3年10月2日", {name: before[name] for name in COLUMNS["date"]})
    assert project.ran() == {"road": ("resolving",)}
    after = row_of(project, "date", "令和3年10月2日")
    assert after == before | {"status": "accepted", "decision_id": made.decision_id}
    (told,) = table(project, "decisions")
    assert (told["state"], told["mention_id"], told["do"]) == ("applied", before["mention_id"], "accept")
    assert not issues(project)
    assert project.same_as_anew()


def test_a_corrected_row_keeps_its_id_and_what_follows_is_set(project: Project) -> None:
    before = row_of(project, "date", "令和3年10月2日")
    made = decided(project, "replace", "date", "令和3年10月2日", {"edtf": "2021-10/2022-03"}, reason="議事録による")
    project.build()
    after = row_of(project, "date", "令和3年10月2日")
    assert after["mention_id"] == before["mention_id"]
    assert [after[c] for c in ("edtf", "start_date", "end_date", "precision", "calendar")] == [
        "2021-10/2022-03", "2021-10-01", "2022-03-31", "month", "japanese",
    ]  # fmt: skip
    assert (after["status"], after["decision_id"]) == ("corrected", made.decision_id)
    assert (after["rule_id"], after["quote"]) == (before["rule_id"], before["quote"])
    (told,) = table(project, "decisions")
    assert json.loads(told["set"]) == {"edtf": "2021-10/2022-03"}
    assert json.loads(told["machine"])["edtf"] == "2021-10-02"
    assert (told["state"], told["reason"], told["rule_id"]) == ("applied", "議事録による", before["rule_id"])


def test_a_corrected_span_takes_the_place_of_all_that_it_overlaps(project: Project) -> None:
    before = row_of(project, "date", "令和3年10月2日")
    decided(project, "replace", "date", "令和3年10月", {"edtf": "2021-10"})
    project.build()
    (after,) = table(project, "dates")
    assert (after["surface"], after["edtf"], after["status"]) == ("令和3年10月", "2021-10", "corrected")
    assert after["rule_id"] == before["rule_id"]
    assert after["mention_id"] != before["mention_id"]


def test_a_span_may_be_corrected_by_a_rejection_and_an_addition(project: Project) -> None:
    decided(project, "reject", "date", "令和3年10月2日")
    first = decided(project, "add", "date", "3年10月2日", {"edtf": "2021-10-02"})
    path = decisions_path(project.rules, "road")
    lines = [
        line.replace(first.line(), replace(first, was=None).line()) for line in path.read_text("utf-8").splitlines()
    ]
    path.write_text("\n".join(lines), encoding="utf-8")
    project.build()
    (after,) = table(project, "dates")
    assert (after["surface"], after["edtf"], after["status"]) == ("3年10月2日", "2021-10-02", "corrected")
    assert state(project) == ["applied", "applied"]
    assert not issues(project)


def test_an_added_row_is_a_whole_row(project: Project) -> None:
    assert not table(project, "organisation_mentions")
    made = decided(project, "add", "organisation", "道路の工事", {"name": "道路の会"})
    project.build()
    row = row_of(project, "organisation", "道路の工事")
    assert (row["organisation_id"], row["name"], row["kind"]) == ("n-道路の会", "道路の会", "other")
    assert (row["status"], row["decision_id"], row["rule_id"]) == ("added", made.decision_id, "")
    assert (row["quote"], row["basis"], row["block"]) == ("道路の工事", "explicit", "heading")
    assert row["mention_id"].startswith("o-")
    bodies = read_table(project.folder / "out" / "tables" / "organisations.csv")
    assert "n-道路の会" in {body["organisation_id"] for body in bodies}


def test_a_rejected_row_is_gone_and_the_ids_of_others_stay(project: Project) -> None:
    road = project.folder / "raw" / "road.txt"
    road.write_text("補助は3億円。\n\n補助は3億円。\n\n補助は3億円。\n", encoding="utf-8")
    project.build()
    ids = [row["mention_id"] for row in table(project, "amounts")]
    decided(project, "reject", "amount", "3億円", number=1)
    project.build()
    assert [row["mention_id"] for row in table(project, "amounts")] == [ids[0], ids[2]]
    (told,) = table(project, "decisions")
    assert (told["mention_id"], told["state"], told["start"]) == (ids[1], "applied", "12")
    assert not table(project, "leftovers")


def test_an_erratum_is_read_and_the_page_is_told_as_it_stands(project: Project) -> None:
    road = project.folder / "raw" / "road.txt"
    road.write_text("会費は2.500円である。\n\n予算は3億円である。\n", encoding="utf-8")
    project.build()
    made = decided(project, "text", "", "2.500", {"text": "2,500"})
    ran = project.ran()
    assert set(ran) == {"road"}
    assert "reading" not in ran["road"]
    assert "finding amount" in ran["road"]
    first, second = table(project, "amounts")
    assert (first["surface"], first["value"], first["unit"], first["status"]) == ("2.500円", "2500", "JPY", "machine")
    assert (second["surface"], second["value"]) == ("3億円", "300000000")
    assert (folder(project, "road") / "text.txt").read_text(encoding="utf-8").startswith("会費は2.500円")
    (told,) = table(project, "decisions")
    assert [told[c] for c in ("do", "kind", "state", "start", "end", "surface")] == [
        "text",
        "",
        "applied",
        "3",
        "8",
        "2.500",
    ]
    assert project.same_as_anew()
    project.rule(description="another one")
    assert project.ran() == {}
    withdraw(project.rules, "road", [made.decision_id])
    project.build()
    assert state(project) == ["withdrawn"]
    assert row_of(project, "amount", "2.500円")["value"] != "2500000"
    assert project.same_as_anew()


def test_an_erratum_of_another_length_leaves_spans_where_they_are(project: Project) -> None:
    road = project.folder / "raw" / "road.txt"
    road.write_text("令和3年十月二日に青森市で3億円の工事。\n", encoding="utf-8")
    project.build()
    decided(project, "text", "", "十月二日", {"text": "11月20日"})
    project.build()
    assert [(r["surface"], r["edtf"]) for r in table(project, "dates")] == [("令和3年十月二日", "2021-11-20")]
    assert [r["surface"] for r in table(project, "municipality_mentions")] == ["青森市"]
    assert [r["surface"] for r in table(project, "amounts")] == ["3億円"]


def test_a_decision_whose_sentence_is_deleted_expires(project: Project) -> None:
    decided(project, "replace", "amount", "3億円", {"value": "310000000"})
    project.build()
    (project.folder / "raw" / "road.txt").write_text("道路の工事\n\n来年度に5億円で橋を直す。\n", encoding="utf-8")
    project.build()
    assert state(project) == ["expired"]
    (told,) = [row for row in table(project, "issues") if row["code"] == "decision-expired"]
    assert (told["severity"], told["start"]) == ("warning", "")
    assert "replace amount '3億円'" in told["message"]
    assert {row["status"] for row in table(project, "amounts")} == {"machine"}


def test_a_paragraph_on_top_leaves_a_decision_where_it_was(project: Project) -> None:
    decided(project, "replace", "amount", "3億円", {"value": "310000000"})
    road = project.folder / "raw" / "road.txt"
    road.write_text("令和8年に3億円を足した。\n\n" + TEXTS["road"], encoding="utf-8")
    project.build()
    assert [row["value"] for row in table(project, "amounts")] == ["300000000", "310000000"]
    assert state(project) == ["applied"]


UNITS = "surface,unit,kind,factor,kanji,note,layout,aliases\n"


def test_what_the_pipeline_now_finds_by_itself_is_told(project: Project) -> None:
    (project.folder / "raw" / "road.txt").write_text("橋に26ほげを置く。\n", encoding="utf-8")
    project.build()
    assert [row["surface"] for row in table(project, "leftovers")] == ["26"]
    decided(project, "add", "amount", "26ほげ", {"value": "26", "unit": "ほげ"})
    project.build()
    row = row_of(project, "amount", "26ほげ")
    assert (row["status"], row["kind"], row["value"]) == ("added", "count", "26")
    assert not table(project, "leftovers")
    assert not issues(project)
    (project.rules / "gazetteer" / "units.csv").write_text(UNITS + "ほげ,ほげ,count,1,,,,\n", encoding="utf-8")
    project.build()
    again = row_of(project, "amount", "26ほげ")
    assert (again["status"], again["mention_id"]) == ("accepted", row["mention_id"])
    assert again["rule_id"]
    assert state(project) == ["agreed"]
    assert issues(project) == {"decision-agreed"}
    assert project.same_as_anew()


def test_a_rejection_that_the_pipeline_now_shares_or_that_it_answers_otherwise_is_told(project: Project) -> None:
    decided(project, "reject", "date", "5月朝市", source_id="market")
    project.build()
    assert state(project, "market") == ["applied"]
    (project.folder / "raw" / "market.source.yml").write_text("published: 2022-04\n", encoding="utf-8")
    project.build()
    assert state(project, "market") == ["contradicted"]
    assert "5月朝市" not in {row["surface"] for row in table(project, "dates", "market")}
    assert row_of(project, "amount", "40人", "school")
    decided(project, "reject", "amount", "40人", source_id="school")
    (project.rules / "amount").mkdir()
    (project.rules / "amount" / "own.yml").write_text('disable: ["units:人"]\n', encoding="utf-8")
    project.build()
    assert state(project, "school") == ["agreed"]
    assert issues(project, "school") == {"decision-agreed"}


def test_an_accepted_row_that_changes_holds_and_warns(project: Project) -> None:
    amount = row_of(project, "amount", "3億円")
    decided(project, "accept", "amount", "3億円", {name: amount[name] for name in COLUMNS["amount"]})
    (project.rules / "gazetteer" / "units.csv").write_text(
        "surface,unit,kind,factor,kanji,note,layout,aliases\n円,JPY,money,10,yes,yes,cell|header|line,日本円|¥\n",
        "utf-8",
    )
    project.build()
    row = row_of(project, "amount", "3億円")
    assert (row["value"], row["status"]) == ("300000000", "corrected")
    assert state(project) == ["contradicted"]
    (told,) = [row for row in table(project, "issues") if row["code"] == "decision-contradicted"]
    assert "value 300000000" in told["message"]
    assert "value 3000000000" in told["message"]


def test_a_column_that_an_accepted_row_lacked_stays_empty(project: Project) -> None:
    amount = row_of(project, "amount", "3億円")
    columns = {name: amount[name] for name in COLUMNS["amount"] if amount[name]}
    assert "period" not in columns
    made = decided(project, "accept", "amount", "3億円", columns)
    append(project.rules, "road", [replace(made, was=columns, date="2026-11-26")])
    project.build()
    assert state(project) == ["overruled", "applied"]
    (project.folder / "raw" / "road.source.yml").write_text("covers: 2021-04/2022-03\n", encoding="utf-8")
    (project.folder / "raw" / "road.txt").write_text("令和3年度の道路の工事\n\n" + TEXTS["road"], encoding="utf-8")
    project.build()
    row = row_of(project, "amount", "3億円")
    assert (row["period"], row["value"]) == ("", "300000000")


def test_a_later_decision_overrules_and_two_of_one_day_that_differ_are_told(project: Project) -> None:
    decided(project, "replace", "amount", "3億円", {"value": "1"}, date="2026-11-25")
    decided(project, "reject", "amount", "3億円", date="2026-11-24")
    project.build()
    assert [row["value"] for row in table(project, "amounts")] == ["1"]
    assert state(project) == ["applied", "overruled"]
    assert not issues(project)
    append(
        project.rules,
        "road",
        [
            Decision("replace", "amount", read_decisions(decisions_path(project.rules, "road"))[0].anchor, {"value": "2"}, date="2026-11-25")
        ],
    )  # fmt: skip
    project.build()
    assert [row["value"] for row in table(project, "amounts")] == ["2"]
    assert state(project) == ["overruled", "overruled", "applied"]
    assert issues(project) == {"decisions-disagree"}


def test_a_rejected_range_and_the_days_that_are_added_in_it_stand_together(project: Project) -> None:
    road = project.folder / "raw" / "road.txt"
    road.write_text("工期は令和3年4月1日～令和3年5月2日である。\n", encoding="utf-8")
    project.build()
    decided(project, "add", "date", "令和3年4月1日", {"edtf": "2021-04-01"})
    decided(project, "add", "date", "令和3年5月2日", {"edtf": "2021-05-02"})
    decided(project, "reject", "date", "令和3年4月1日～令和3年5月2日")
    project.build()
    assert [row["edtf"] for row in table(project, "dates")] == ["2021-04-01", "2021-05-02"]
    assert state(project) == ["applied", "applied", "applied"]


@pytest.mark.parametrize(
    ("columns", "told"),
    [
        ('"date", "surface": "10", "set": {"edtf": "2021-02-30"}', "edtf '2021-02-30' is not EDTF"),
        ('"date", "surface": "10", "set": {"edft": "2021"}', "no column edft that can be set; did you mean edtf?"),
        ('"amount", "surface": "3億円", "set": {"value": "3億"}', "value '3億' is no number"),
        ('"amount", "surface": "3億円", "set": {"unit": "円"}', "did you mean JPY?"),
        ('"amount", "surface": "3億円", "set": {"unit": "JPX"}', "unit 'JPX' is not known; did you mean JPY?"),
        ('"municipality", "surface": "青森市", "set": {"code": "022013"}', "has a wrong check digit"),
        ('"organisation", "surface": "道路", "set": {"organisation_id": "x-1"}', "is the id of no body"),
    ],
)
def test_a_column_that_cannot_be_is_told_before_anything_is_written(project: Project, columns: str, told: str) -> None:
    path = decisions_path(project.rules, "road")
    path.parent.mkdir()
    path.write_text('\n{"do": "replace", "kind": ' + columns + "}\n", encoding="utf-8")
    before = tree(project.folder / "out")
    with pytest.raises(PipelineError) as error:
        project.build()
    assert str(error.value).startswith(f"{path}:2: ")
    assert told in str(error.value)
    assert tree(project.folder / "out") == before
    path.unlink()
    assert project.ran() == {}


def test_decisions_of_a_source_that_is_not_there_are_told(project: Project) -> None:
    append(project.rules, "plans/gone", [Decision("withdraw", of="")][:0])
    path = decisions_path(project.rules, "plans/gone")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text('{"do": "reject", "kind": "date", "surface": "10"}\n', encoding="utf-8")
    project.build()
    rows = list(read_table(project.folder / "out" / "tables" / "issues.csv"))
    (told,) = [row for row in rows if row["code"] == "decisions-without-source"]
    assert (told["source_id"], told["message"]) == ("", "decisions/plans/gone.jsonl belongs to no source that is here")


def test_the_columns_that_can_be_set_are_those_of_the_tables() -> None:
    for kind, schema in MENTION_TABLES.items():
        own = schema.columns[schema.columns.index("section") + 1 : schema.columns.index("basis")]
        assert tuple(name for name in own if name != "period_id") == COLUMNS[kind]


def test_every_row_that_was_built_could_be_a_decision_and_would_be_the_same(rules: RuleSet) -> None:
    known = Known(rules.gazetteers, rules.gazetteers["units"])
    count = 0
    for kind, schema in MENTION_TABLES.items():
        with (EXTRACTED / f"{schema.name}.csv").open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                columns = {name: row[name] for name in COLUMNS[kind]}
                assert not list(problems(kind, columns, known)), row
                assert completed(kind, columns, {}, row["surface"], known) == columns
                assert completed(kind, columns, columns, row["surface"], known) == columns
                count += 1
    assert count > 1000


@pytest.mark.parametrize(
    ("kind", "told", "before", "follows"),
    [
        ("date", {"edtf": "2021-04/2022-03"}, {"precision": "fiscal_year", "edtf": "2020"}, {"precision": "fiscal_year"}),
        ("date", {"edtf": "2021-04/2022-03"}, {}, {"precision": "month", "start_date": "2021-04-01"}),
        ("date", {"edtf": "2021-09-14", "start_time": "13:30"}, {}, {"precision": "time"}),
        ("date", {"edtf": ""}, {"edtf": "2021", "start_date": "2021-01-01"}, {"start_date": "", "precision": ""}),
        ("date", {"edtf": "2045/.."}, {}, {"start_date": "2045-01-01", "end_date": ""}),
        ("date", {"edtf": "2021", "end_date": "2021-06-30"}, {}, {"end_date": "2021-06-30", "start_date": "2021-01-01"}),
        ("date", {"edtf": "2022", "end_date": "2021-12-31"}, {"edtf": "2021", "end_date": "2021-12-31"}, {"end_date": "2022-12-31"}),
        ("date", {"role": "deadline"}, {"edtf": "2021", "start_date": "2021-01-01"}, {"start_date": "2021-01-01"}),
        ("amount", {"value": "2500.0", "unit": "JPY"}, {}, {"value": "2500", "kind": "money", "modifier": "exact"}),
        ("amount", {"unit": "人"}, {"unit": "JPY", "kind": "money", "value": "5"}, {"kind": "count", "value": "5"}),
        ("amount", {"unit": "t{CO2}/年"}, {"unit": "t"}, {"kind": "mass"}),
        ("municipality", {"code": "011002"}, {}, {"name": "札幌市", "prefecture": "北海道", "level": "municipality"}),
        ("municipality", {"code": "011002"}, {}, {"country": "JP", "code_current": "011002"}),
        ("municipality", {"code": "geonames:53654"}, {}, {"name": "モガディシュ", "country": "SO", "level": "foreign"}),
        ("organisation", {"organisation_id": "int-adb"}, {}, {"name": "アジア開発銀行", "kind": "international"}),
        ("organisation", {"name": "アジア開発銀行"}, {}, {"organisation_id": "int-adb"}),
        ("organisation", {"name": "青葉の会"}, {}, {"organisation_id": "n-青葉の会", "kind": "other"}),
        ("organisation", {"organisation_id": "lg-011002"}, {}, {"name": "札幌市", "kind": "government"}),
        ("organisation", {"organisation_id": "lg-011002/環境局"}, {}, {"name": "環境局", "kind": "unit"}),
        ("organisation", {"legal_form": "株式会社"}, {"name": "青葉", "organisation_id": "n-青葉"}, {"name": "青葉"}),
    ],
)  # fmt: skip
def test_what_follows_from_a_column_is_set(
    rules: RuleSet, kind: str, told: dict[str, str], before: dict[str, str], follows: dict[str, str]
) -> None:
    known = Known(rules.gazetteers, rules.gazetteers["units"])
    assert not list(problems(kind, told, known))
    row = completed(kind, told, before, "令和の文", known)
    assert {name: row[name] for name in follows} == follows
    assert set(row) == set(COLUMNS[kind])


@pytest.mark.parametrize(
    ("kind", "column", "value"),
    [
        ("date", "role", "dead_line"),
        ("date", "start_date", "2021-9-1"),
        ("date", "start_time", "25時"),
        ("amount", "value", "1e5"),
        ("amount", "value", "１"),
        ("amount", "value_max", "nan"),
        ("amount", "value", "2/0"),
        ("amount", "period", "令和3年度"),
        ("amount", "kind", "moneys"),
        ("amount", "label", " 予算"),
        ("amount", "period_id", "d-1"),
        ("municipality", "code", "999999"),
        ("municipality", "code", "geonames:1"),
        ("municipality", "country", "日本"),
        ("organisation", "organisation_id", "n-"),
        ("organisation", "organisation_id", "lg-011002//環境局"),
        ("organisation", "kind", "firm"),
    ],
)
def test_a_value_that_no_column_can_have_is_a_problem(rules: RuleSet, kind: str, column: str, value: str) -> None:
    assert len(list(problems(kind, {column: value}, Known(rules.gazetteers, rules.gazetteers["units"])))) == 1
