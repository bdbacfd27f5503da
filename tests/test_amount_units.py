"""Where a table's numbers have their unit from: a header's last line, the table above, a note behind; and where from nothing."""

from __future__ import annotations

import pytest

from tests.test_amounts import in_table

WAGES = """<p>（単位：千円）</p><table><tr><th>区分</th><th>職員数<br>人</th><th>給料</th></tr>
<tr><td>本年度</td><td>41</td><td>9,120</td></tr></table>"""


def test_a_unit_that_ends_a_header_behind_what_is_measured_beats_the_note() -> None:
    assert in_table(WAGES, "value", "unit") == [("41", "41", "人"), ("9,120", "9120000", "JPY")]


@pytest.mark.parametrize(
    ("header", "cell", "value", "unit"),
    [
        ("決算額　千円", "1,204", "1204000", "JPY"),
        ("歳出額 Ａ<br>百万円", "31", "31000000", "JPY"),
        ("構成比％", "12.5", "12.5", "%"),
        ("森林面積 ha", "88.1", "88.1", "ha"),
        ("年間給水量 千㎥", "305", "305000", "m3"),
        ("利用率 (％)", "61", "61", "%"),
        ("人口（人）", "1,204", "1204", "人"),
    ],
)
def test_the_unit_of_a_header(header: str, cell: str, value: str, unit: str) -> None:
    table = f"<table><tr><th>年度</th><th>{header}</th></tr><tr><td>令和5年度</td><td>{cell}</td></tr></table>"
    assert in_table(table, "value", "unit") == [(cell, value, unit)]


@pytest.mark.parametrize("header", ["計画人", "数人", "管理個人", "備考"])
def test_a_word_that_ends_as_a_unit_does_is_none(header: str) -> None:
    table = f"<table><tr><th>地区</th><th>{header}</th></tr><tr><td>東</td><td>12</td></tr></table>"
    assert in_table(table, "value") == []


TABLES = """<p>（単位：千円）</p><table><tr><th>区分</th><th>給料</th><th>共済費</th></tr>
<tr><td>本年度</td><td>9,120</td><td>812</td></tr></table>{between}<table><tr><th>区分</th><th>{header}</th></tr>
<tr><td>本年度</td><td>455</td></tr></table>"""


def test_a_table_right_below_another_has_the_unit_of_its_note() -> None:
    assert in_table(TABLES.format(between="", header="通勤手当"), "value", "unit")[-1] == ("455", "455000", "JPY")
    assert in_table(TABLES.format(between="", header="その他"), "value", "unit")[-1] == ("455", "455000", "JPY")


@pytest.mark.parametrize(
    ("between", "header", "unit"),
    [
        ("<p>次に利用の状況を述べる。</p>", "その他", None),
        ("", "利用者数", "人"),
        ("", "利用率", "%"),
        ("<p>（単位：件）</p>", "相談", "件"),
    ],
)
def test_a_table_of_another_thing_has_not_the_unit_above(between: str, header: str, unit: str | None) -> None:
    found = in_table(TABLES.format(between=between, header=header), "unit")[2:]
    assert found == ([("455", unit)] if unit else [])


def test_a_note_behind_a_table_is_the_last_that_is_asked() -> None:
    table = "<table><tr><th>事項</th><th>限度額</th></tr><tr><td>用地取得</td><td>902,295</td></tr></table>"
    assert in_table(f"{table}<p>（単位　千円）</p><p>以上</p>", "value", "unit") == [("902,295", "902295000", "JPY")]
    assert in_table(f"<p>単位：円</p>{table}<p>（単位　千円）</p>", "value") == [("902,295", "902295")]
    other = "<table><tr><th>事項</th><th>起債</th></tr><tr><td>道路</td><td>5</td></tr></table>"
    assert in_table(f"{table}<p>（単位　千円）</p>{other}", "value") == [("5", "5000")]


def test_a_number_with_a_scale_word_needs_no_unit_in_its_cell() -> None:
    table = "<table><tr><th>名称</th><th>{}</th></tr><tr><td>甲</td><td>1,750億</td></tr></table>"
    assert in_table(table.format("規模"), "value", "unit", "kind") == [("1,750億", "175000000000", "", "count")]
    assert in_table(table.format("資産（円）"), "value", "unit", "kind") == [
        ("1,750億", "175000000000", "JPY", "money")
    ]
