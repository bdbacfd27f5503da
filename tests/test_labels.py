"""What a number of running text is and when: each probe is a text of its own with the label and the period of its amounts."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import pipeline
from pipeline.engine.find import find
from pipeline.engine.load import load_rules
from pipeline.model import Sidecar, Source
from pipeline.parsers.html import parse_html
from pipeline.resolve.amounts import resolve_amounts
from pipeline.resolve.context import Context, Statement
from pipeline.resolve.dates import resolve_dates

PROBES = Path(__file__).parent / "probes" / "labels.jsonl"


@cache
def probes() -> dict[str, dict[str, Any]]:
    lines = PROBES.read_text(encoding="utf-8").splitlines()
    return {probe["text"]: probe for probe in map(json.loads, lines)}


def told(text: str, **said: str | None) -> list[list[str]]:
    """Surface, label and period of the amounts of a text."""
    found = [m for m in pipeline.extract(text, **said) if m.kind == "amount"]
    return [[m.surface, m.row()["label"], m.row()["period"]] for m in found]


def test_there_are_enough_probes() -> None:
    assert len(probes()) >= 60
    assert sum(len(probe["amounts"]) for probe in probes().values()) >= 100


@pytest.mark.parametrize("text", probes())
def test_a_probe_says_what_its_numbers_are_and_of_when(text: str) -> None:
    probe = probes()[text]
    if probe.get("fails"):
        pytest.xfail(probe["fails"])
    assert told(text, published=probe.get("published"), covers=probe.get("covers")) == probe["amounts"]


@pytest.mark.parametrize("text", [text for text, probe in probes().items() if probe.get("fails")])
def test_a_known_failure_still_fails(text: str) -> None:
    probe = probes()[text]
    assert told(text, published=probe.get("published"), covers=probe.get("covers")) != probe["amounts"]


def test_what_the_source_covers_is_the_time_of_sums_and_counts_that_name_none() -> None:
    text = "道路の補修に3,200万円を計上し、延長は1,800メートルである。"
    assert [period for _, _, period in told(text, covers="2022-04/2023-03")] == ["2022-04/2023-03", ""]


def test_a_share_of_a_thing_is_not_the_subject() -> None:
    assert told("委員の任期は定数の3分の1について2年とする。")[0][1] != "任期"


def test_letter_spacing_and_soft_line_ends_change_no_label() -> None:
    assert [label for _, label, _ in told("令和4年度の町税は、前 年 度 比 3 億 円 増の12億円です。")] == [
        "前年度比",
        "町税",
    ]


def labels_of(table: str) -> list[tuple[str, str]]:
    """Surface and label of the amounts of a page."""
    data = f"<meta charset=utf-8>{table}".encode()
    document = parse_html(Source("a", "a.html", data, "text/html", "", Sidecar()))
    rules = load_rules()
    context = Context(document, Statement(), tuple(find(document, rules)), dict(rules.gazetteers))
    mentions, _ = resolve_amounts(context, resolve_dates(context)[0])
    return [(m.span.cut(document.text), m.columns["label"]) for m in mentions]


def test_of_a_dated_header_the_measured_rest_is_the_label() -> None:
    table = """<p>（単位：千円）</p><table><tr><th>款</th><th>令和4年度予算額</th><th>令和3年度</th></tr>
    <tr><th>農林水産業費</th><td>4,120</td><td>3,980</td></tr></table>"""
    assert labels_of(table) == [("4,120", "予算額"), ("3,980", "農林水産業費")]


def test_a_column_of_any_sums_gives_way_to_the_name_beside_it() -> None:
    table = """<p>（単位：円）</p><table><tr><th>科目</th><th>金額</th></tr>
    <tr><td>（1）　普通預金</td><td>25,400</td></tr><tr><td>Ⅱ貸付金</td><td>0</td></tr></table>"""
    assert labels_of(table) == [("25,400", "普通預金"), ("0", "貸付金")]


def test_a_header_that_measures_the_number_beats_one_that_does_not() -> None:
    table = """<table><tr><th>区分</th><th>消防</th><th>病院</th></tr>
    <tr><th>職員数</th><td>21人</td><td>84人</td></tr><tr><th>平均給与月額</th><td>312,000円</td><td>340,500円</td></tr></table>"""
    assert labels_of(table) == [
        ("21人", "職員数"),
        ("84人", "職員数"),
        ("312,000円", "平均給与月額"),
        ("340,500円", "平均給与月額"),
    ]


def test_the_number_of_an_item_is_no_part_of_its_name() -> None:
    table = """<p>（単位：千円）</p><table><tr><th></th><th>令和2年度</th></tr><tr><th>ア　料金収入</th><td>12,300</td></tr></table>"""
    assert labels_of(table) == [("12,300", "料金収入")]


def test_a_factor_is_not_what_its_row_is() -> None:
    table = """<table><tr><th>区分</th><th>積算</th></tr><tr><th>調定見込額</th><td>305×97.5％</td></tr>
    <tr><th>徴収率</th><td>97.5％</td></tr></table>"""
    assert dict(labels_of(table))["97.5％"] == "徴収率"
    assert ("97.5％", "") in labels_of(table)


def test_an_announced_year_is_that_of_the_lines_of_its_item() -> None:
    text = "■相談の状況\n2023年度の状況をお知らせします。\n電話相談：受けた相談は167件。内訳は、育児87件、介護69件\n面談：12件\n\n■工事\n道路3路線を直します。\n"
    periods = [period for _, _, period in told(text)]
    assert periods == ["2023-04/2024-03"] * 4 + [""]


def test_what_was_done_in_a_year_is_of_that_year() -> None:
    assert told("点検の対象は、2023年度に実施した53事業です。")[0][2] == "2023-04/2024-03"
