"""Amounts: what is read, what it becomes in a table or sentence, and what is no amount."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import pipeline
from pipeline.engine.find import find
from pipeline.engine.load import RuleSet, load_rules
from pipeline.model import Document, Mention, Sidecar, Source
from pipeline.parsers.html import parse_html
from pipeline.parsers.plain import parse_plain
from pipeline.resolve.amounts import resolve_amounts
from pipeline.resolve.context import Context, Statement
from pipeline.resolve.dates import resolve_dates

PROBES = Path(__file__).parent / "probes" / "amounts.jsonl"
COLUMNS = ("surface", "value", "value_max", "unit", "kind", "modifier")
WIDE = str.maketrans("0123456789", "０１２３４５６７８９")


@cache
def rules() -> RuleSet:
    return load_rules()


@cache
def probes() -> dict[str, list[tuple[str, ...]]]:
    """What each text of the probes holds, in order; nothing where the surface is null."""
    wanted: dict[str, list[tuple[str, ...]]] = {}
    for line in PROBES.read_text(encoding="utf-8").splitlines():
        probe: dict[str, Any] = json.loads(line)
        of_text = wanted.setdefault(probe["text"], [])
        if probe["surface"] is not None:
            of_text.append(tuple(probe[column] for column in COLUMNS))
    return wanted


def amounts(text: str) -> list[tuple[str, ...]]:
    found = [m for m in pipeline.extract(text) if m.kind == "amount"]
    return [(m.surface, *(m.row()[column] for column in COLUMNS[1:])) for m in found]


def values(text: str) -> list[tuple[str, ...]]:
    return [row[1:] for row in amounts(text)]


def of_page(body: str, covers: str = "") -> tuple[Document, list[Mention]]:
    data = f"<meta charset=utf-8>{body}".encode()
    document = parse_html(Source("a", "a.html", data, "text/html", "", Sidecar()))
    candidates = tuple(find(document, rules()))
    context = Context(document, Statement(covers=covers), candidates, dict(rules().gazetteers))
    dates, _ = resolve_dates(context)
    return document, resolve_amounts(context, dates)[0]


def in_table(body: str, *columns: str, covers: str = "") -> list[tuple[str, ...]]:
    """Surface and the asked columns of the amounts of a page."""
    document, mentions = of_page(body, covers)
    return [(m.span.cut(document.text), *(m.columns[column] for column in columns)) for m in mentions]


def test_there_are_enough_probes_of_both_kinds() -> None:
    assert sum(len(found) for found in probes().values()) >= 150
    assert sum(not found for found in probes().values()) >= 80


@pytest.mark.parametrize("text", probes())
def test_a_probe_holds_what_it_says_and_no_more(text: str) -> None:
    assert amounts(text) == probes()[text]


@pytest.mark.parametrize("text", [text for text, found in probes().items() if found])
def test_full_width_digits_have_the_same_values(text: str) -> None:
    assert values(text.translate(WIDE)) == values(text)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**9), st.sampled_from(["円", "千円", "人", "件", "％", "トン", "km", "か月"]))
def test_digits_of_any_width_and_grouping_give_one_value(number: int, unit: str) -> None:
    plain = values(f"総額は{number}{unit}である。")
    assert len(plain) == 1
    assert values(f"総額は{number:,}{unit}である。") == plain
    assert values(f"総額は{str(number).translate(WIDE)}{unit}である。") == plain


HEADED = """<table><tr><th>区分</th><th>予算額（千円）</th><th>増減率（％）</th></tr>
<tr><td>歳出</td><td>△12,000</td><td>△3.6</td></tr></table>"""


def test_a_column_header_gives_its_unit_multiplied_exactly() -> None:
    assert in_table(HEADED, "value", "unit", "label") == [
        ("△12,000", "-12000000", "JPY", "予算額"),
        ("△3.6", "-3.6", "%", "増減率"),
    ]


def test_a_unit_from_a_header_says_where_it_stands() -> None:
    _, mentions = of_page(HEADED)
    assert [(m.basis, m.antecedent) for m in mentions] == [("header", "cell:t1/0/1"), ("header", "cell:t1/0/2")]


def test_a_row_header_gives_its_unit() -> None:
    table = """<table><tr><th></th><th>令和2年度</th><th>令和3年度</th></tr>
    <tr><th>人口（人）</th><td>1,234</td><td>1,200</td></tr><tr><th>面積（km2）</th><td>50.25</td><td>50.25</td></tr></table>"""
    assert in_table(table, "value", "unit", "label", "period") == [
        ("1,234", "1234", "人", "人口", "2020-04/2021-03"),
        ("1,200", "1200", "人", "人口", "2021-04/2022-03"),
        ("50.25", "50.25", "km2", "面積", "2020-04/2021-03"),
        ("50.25", "50.25", "km2", "面積", "2021-04/2022-03"),
    ]


def test_a_caption_gives_each_column_the_unit_of_its_kind() -> None:
    table = """<table><caption>（単位：千円、人、％）</caption>
    <tr><th>事業</th><th>予算額</th><th>参加者数</th><th>構成比</th><th>備考</th></tr>
    <tr><td>祭り</td><td>2.5</td><td>120</td><td>10.5</td><td>7</td></tr></table>"""
    assert in_table(table, "value", "unit") == [
        ("2.5", "2500", "JPY"),
        ("120", "120", "人"),
        ("10.5", "10.5", "%"),
    ]


def test_a_note_above_gives_the_unit_too() -> None:
    table = (
        "<p>単位：百万円</p><table><tr><th>年度</th><th>決算額</th></tr><tr><td>令和2年度</td><td>5.5</td></tr></table>"
    )
    assert in_table(table, "value", "unit", "period") == [("5.5", "5500000", "JPY", "2020-04/2021-03")]


def test_a_unit_of_the_cell_beats_all_headers() -> None:
    table = """<table><caption>単位：千円</caption><tr><th>区分</th><th>予算額</th></tr>
    <tr><td>歳出</td><td>5億円</td></tr><tr><td>人員</td><td>12人</td></tr></table>"""
    assert in_table(table, "value", "unit") == [("5億円", "500000000", "JPY"), ("12人", "12", "人")]


def test_a_noun_in_a_header_counts_where_nothing_else_does() -> None:
    table = """<table><tr><th>事業</th><th>国・地域</th></tr><tr><td>交流</td><td>12</td></tr></table>"""
    assert in_table(table, "value", "unit") == [("12", "12", "国・地域")]
    captioned = """<table><caption>単位：人</caption><tr><th>催し</th><th>会場</th></tr><tr><td>祭り</td><td>12</td></tr></table>"""
    assert in_table(captioned, "value", "unit") == [("12", "12", "人")]


@pytest.mark.parametrize("header", ["番号", "年度", "款", "整理番号", "電話番号", "西暦"])
def test_numbers_that_name_are_no_amounts(header: str) -> None:
    table = f"""<table><caption>単位：千円</caption><tr><th>科目</th><th>{header}</th><th>予算額</th></tr>
    <tr><td>歳入</td><td>2015</td><td>30</td></tr></table>"""
    assert in_table(table, "value") == [("30", "30000")]


def test_row_numbers_are_no_amounts() -> None:
    table = """<p>（単位：千円）</p><table><tr><td>1</td><td>市税</td><td>30</td></tr><tr><td>2</td><td>交付金</td><td>40</td></tr></table>"""
    assert [surface for (surface,) in in_table(table)] == ["30", "40"]


@pytest.mark.parametrize("cell", ["", "-", "－", "―", "…", "※調整中", "皆増", "皆減"])
def test_a_cell_without_a_number_is_no_amount(cell: str) -> None:
    assert in_table(f"<table><tr><th>区分</th><th>額（千円）</th></tr><tr><td>a</td><td>{cell}</td></tr></table>") == []


def test_a_bare_number_without_a_unit_anywhere_is_dropped() -> None:
    assert in_table("<table><tr><th>区分</th><th>規模</th></tr><tr><td>甲</td><td>120</td></tr></table>") == []
    assert amounts("合計は120である。") == []


def test_numbers_of_one_cell_that_words_part_are_amounts() -> None:
    table = "<p>（単位：千円）</p><table><tr><th>基金</th><th>補正</th></tr><tr><td>財政調整</td><td>取崩 △650<br>積立 18</td></tr></table>"
    assert in_table(table, "value", "label") == [("△650", "-650000", "取崩"), ("18", "18000", "積立")]


def test_a_label_in_brackets_beats_the_header() -> None:
    table = """<table><tr><th>年度</th><th>予算（百万円）</th></tr><tr><td>令和2年度</td><td>5.5（予算現額）</td></tr></table>"""
    assert in_table(table, "label") == [("5.5", "予算現額")]


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("令和8年度一般会計当初予算は、255億円で", "一般会計当初予算"),
        ("定員30名で行う。", "定員"),
        ("補助率は2分の1以内とする。", "補助率"),
        ("参加費は1人500円です。", "参加費"),
        ("対前年度比1,234千円の増", "対前年度比"),
        ("30名が集まった。", ""),
    ],
)
def test_words_before_a_number_say_what_it_is(text: str, label: str) -> None:
    assert [m.row()["label"] for m in pipeline.extract(text) if m.kind == "amount"][-1] == label


def test_a_number_of_another_thing_has_not_its_neighbours_label() -> None:
    found = [m for m in pipeline.extract("出力50kWで10台を置く。") if m.kind == "amount"]
    assert [(m.surface, m.row()["label"]) for m in found] == [("50kW", "出力"), ("10台", "")]


def test_a_number_in_a_header_is_no_label() -> None:
    table = "<table><tr><th>区分</th><th>支給額</th></tr><tr><th>1,000円</th><td>500円</td></tr></table>"
    assert in_table(table, "label")[-1] == ("500円", "支給額")


def test_the_period_is_that_of_the_words_as_of() -> None:
    found = [m for m in pipeline.extract("2020年3月30日時点で87自治体が参加した。") if m.kind == "amount"]
    assert [m.row()["period"] for m in found] == ["2020-03-30"]


def test_a_year_compared_with_is_not_the_period() -> None:
    table = "<table><tr><th>区分</th><th>対前年度比（％）</th></tr><tr><td>歳出</td><td>3.1</td></tr></table>"
    assert in_table(table, "period", covers="2020-04/2021-03") == [("3.1", "2020-04/2021-03")]


def test_a_table_without_a_date_is_about_what_the_source_covers() -> None:
    assert {row[-1] for row in in_table(HEADED, "period", covers="2020-04/2021-03")} == {"2020-04/2021-03"}


def test_a_place_name_is_no_count() -> None:
    assert amounts("高知県四万十町と四万十市、三重県が参加した。") == []


def test_a_point_for_a_comma_is_an_issue() -> None:
    document, mentions = of_page("<p>給水人口が2.500人を下回った。</p>")
    assert [(m.span.cut(document.text), m.columns["value"]) for m in mentions] == [("2.500人を下回った", "2500")]
    context = Context(document, Statement(), tuple(find(document, rules())), dict(rules().gazetteers))
    assert {issue.code for issue in resolve_amounts(context, [])[1]} == {"doubtful-number"}


def test_the_letter_of_a_formula_is_no_litre() -> None:
    table = "<table><tr><th>区分</th><th>収支 (J)-(K)+(L)</th></tr><tr><td>令和2年度</td><td>120</td></tr></table>"
    assert in_table(table, "unit") == []


@pytest.mark.parametrize(
    ("text", "labels", "periods"),
    [
        ("令和8年度の市税は、前年度比約3億円増の約80億円を見込む。", ["前年度比", "市税"], ["2026-04/2027-03"] * 2),
        ("2023年には321人となった。", [""], ["2023"]),
        ("内訳は、全部公開40件、一部公開12件である。", ["全部公開", "一部公開"], ["", ""]),
        ("会員は24団体である。（2013年4月1日現在）", ["会員"], ["2013-04-01"]),
        ("令和7年度の当初予算案は過去最大である。地方税は2億円の増となる。", ["地方税"], ["2025-04/2026-03"]),
        ("教育費は、校舎の建設経費が減となったことにより、6億円、3％の減である。", ["教育費", "教育費"], ["", ""]),
        ("守らない者は、十万円以下の罰金とする。", ["罰金"], [""]),
        ("昨年、町内では交通事故が21件起きた。", ["交通事故"], [""]),
        # a date that only tells since when is not the time of the number
        ("2013年に設立し、会員は24団体である。", ["会員"], [""]),
        ("令和3年度までに5億円を積み立てる。", [""], [""]),
        # what it is compared with is not its time either
        ("合計は対前年度の18億円、率にして5％の増である。", ["", ""], ["", ""]),
    ],
)
def test_running_text_says_what_a_number_is_and_of_when(text: str, labels: list[str], periods: list[str]) -> None:
    rows = [m.row() for m in pipeline.extract(text) if m.kind == "amount"]
    assert [row["label"] for row in rows] == labels
    assert [row["period"] for row in rows] == periods


@pytest.mark.parametrize(
    ("text", "doubtful"),
    [
        ("電子化推進費 8,833 8,833 人にやさしい窓口をめざす。", ["8,833 人"]),
        ("1 1,979,000 1,987,000 68,200都市計画税", ["68,200都市"]),
        ("男 12 人 女 15 人", []),
        ("来場者は 1,204 人でした。", []),
        ("令和5年度 1,204人", []),
        ("会員 25 名、30 団体", []),
    ],
)
def test_a_counter_behind_a_row_of_bare_figures_is_doubted(text: str, doubtful: list[str]) -> None:
    document = parse_plain(Source("a", "a.txt", text.encode(), "text/plain; charset=utf-8", "", Sidecar()))
    context = Context(document, Statement(), tuple(find(document, rules())), dict(rules().gazetteers))
    issues = resolve_amounts(context, resolve_dates(context)[0])[1]
    assert [text[i.start : i.end] for i in issues if i.code == "doubtful-unit"] == doubtful


@pytest.mark.parametrize(
    ("text", "broken"),
    [
        ("参加した事業所は延べ１\n８社が加わり、見学会を開いた。", ["８社"]),
        ("会場は市民会館\n8社が加わり、見学会を開いた。", []),
        ("参加者は12\n、企業は8社であった。", []),
        ("表1\n\n8社が加わった。", []),
    ],
)
def test_a_number_whose_beginning_may_stand_in_the_line_above_is_told(text: str, broken: list[str]) -> None:
    document = parse_plain(Source("a", "a.txt", text.encode(), "text/plain; charset=utf-8", "", Sidecar()))
    context = Context(document, Statement(), tuple(find(document, rules())), dict(rules().gazetteers))
    issues = resolve_amounts(context, resolve_dates(context)[0])[1]
    assert [text[i.start : i.end] for i in issues if i.code == "broken-number"] == broken


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("人口は68,421人（前月比－32）", [("68421", "人"), ("-32", "人")]),
        ("世帯は2,000戸、国道8号線（前月比－32）", [("2000", "戸")]),
    ],
)
def test_a_change_in_brackets_has_the_unit_of_the_number_right_before_it(
    text: str, numbers: list[tuple[str, str]]
) -> None:
    rows = [m.row() for m in pipeline.extract(text) if m.kind == "amount"]
    assert [(row["value"], row["unit"]) for row in rows] == numbers
