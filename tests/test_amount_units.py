"""Where a table's numbers have their unit from: a header's last line, the table above, a note behind; and where from nothing."""

from __future__ import annotations

import pytest

from pipeline.engine.find import find
from pipeline.model import Issue, Sidecar, Source
from pipeline.parsers.html import parse_html
from pipeline.resolve.amounts import resolve_amounts
from pipeline.resolve.context import Context, Statement
from tests.test_amounts import in_table, rules


def issues_of(body: str) -> list[Issue]:
    document = parse_html(Source("a", "a.html", f"<meta charset=utf-8>{body}".encode(), "text/html", "", Sidecar()))
    context = Context(document, Statement(), tuple(find(document, rules())), dict(rules().gazetteers))
    return resolve_amounts(context, [])[1]


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


@pytest.mark.parametrize("title", ["負債の部", "22.市債　項　1.市債", "イ　固定負債"])
def test_a_title_between_two_tables_does_not_part_them_from_their_note(title: str) -> None:
    found = in_table(TABLES.format(between=f"<p>{title}</p>", header="その他"), "value", "unit")
    assert found[-1] == ("455", "455000", "JPY")


@pytest.mark.parametrize("title", ["利用の状況", "職員数の推移", "基金は、次のとおりである。"])
def test_a_title_of_something_measured_otherwise_does(title: str) -> None:
    assert len(in_table(TABLES.format(between=f"<p>{title}</p>", header="その他"), "value")) == 2


def test_a_unit_from_over_a_title_is_doubted_where_the_tables_differ() -> None:
    def doubted(header: str) -> list[str]:
        body = TABLES.format(between="<p>負債の部</p>", header=header)
        return [issue.message for issue in issues_of(body)]

    assert doubted("その他") == ["the unit JPY is that of a note above another table"]
    assert doubted("その他</th><th>計") == []


def test_names_that_end_with_their_unit_head_the_row_below() -> None:
    table = """<table><tr><td>業種名</td><td>事業名</td></tr><tr><td>水道事業</td><td>簡易水道</td></tr>
    <tr><td>普及率(％)</td><td>家庭料金(円)</td></tr><tr><td>92.2</td><td>3,680</td></tr></table>"""
    assert in_table(table, "value", "unit") == [("92.2", "92.2", "%"), ("3,680", "3680", "JPY")]


@pytest.mark.parametrize("line", ["<p>【314.83】</p>", "<div>【３１４．８３】</div>"])
def test_an_average_in_brackets_below_the_name_of_what_is_measured(line: str) -> None:
    assert [row[1:] for row in in_table(f"<p>⑥給水原価(円)</p>{line}<p>以上</p>", "value", "unit")] == [
        ("314.83", "JPY")
    ]
    assert in_table(f"<p>給水原価</p>{line}", "value") == []


RECKONED = """<table><tr><th rowspan="2">節</th><th colspan="2">説明</th></tr><tr><th></th><th>千円</th></tr>
<tr><td>負担金</td><td>保険者支援分 421,072×1／2</td><td>210,536</td></tr>
<tr><td>負担金</td><td>未就学児分 9,858×0.6</td><td>5,915</td></tr></table>"""


def test_what_is_reckoned_in_words_has_the_unit_of_the_column_beside_under_one_name() -> None:
    assert in_table(RECKONED, "value", "unit") == [
        ("421,072", "421072000", "JPY"),
        ("1／2", "1/2", "1"),
        ("210,536", "210536000", "JPY"),
        ("9,858", "9858000", "JPY"),
        ("5,915", "5915000", "JPY"),
    ]


def test_sums_of_a_list_in_one_cell() -> None:
    table = """<p>（単位：千円）</p><table><tr><th>節</th><th>説明</th></tr>
    <tr><td>社会福祉費</td><td>給付費負担金(1/4)　73,262<br>軽減負担金(1/4)　11,608</td></tr>
    <tr><td>児童福祉費</td><td>委員報酬　1,204人</td></tr></table>"""
    assert in_table(table, "value", "unit") == [
        ("1/4", "1/4", "1"),
        ("73,262", "73262000", "JPY"),
        ("1/4", "1/4", "1"),
        ("11,608", "11608000", "JPY"),
        ("1,204人", "1204", "人"),
    ]


def test_a_note_of_shares_alone_is_the_unit_of_all_numbers() -> None:
    table = "<p>管路更新率(％)</p><table><tr><th></th><th>H27</th><th>H28</th></tr><tr><td>平均値</td><td>1.26</td><td>0.78</td></tr></table>"
    assert in_table(table, "value", "unit") == [("1.26", "1.26", "%"), ("0.78", "0.78", "%")]


def test_a_row_right_below_a_table_is_of_its_columns() -> None:
    table = """<p>（単位：千円）</p><table><tr><th>会計</th><th>当初予算</th><th>繰出金</th></tr>
    <tr><td>上水</td><td>1,373,604</td><td>20,411</td></tr></table>"""
    below = "<p>合\u3000\u3000計\u3000\u300014,111,186\u3000\u30001,774,295</p>"
    assert in_table(table + below, "value", "label")[2:] == [
        ("14,111,186", "14111186000", "当初予算"),
        ("1,774,295", "1774295000", "繰出金"),
    ]
    assert len(in_table(f"{table}<p>なお、次のとおり。</p>{below}", "value")) == 2
    assert len(in_table(f"{table}<p>合\u3000\u3000計\u3000\u300014,111,186</p>", "value")) == 2


def test_a_table_that_goes_on_below_a_title_without_a_header_has_the_header_above() -> None:
    table = """<table><tr><th>目</th><th>予算額</th></tr><tr><th></th><th>千円</th></tr><tr><td>個人</td><td>15,840</td></tr></table>
    <p>１款　市税　48,352,400千円</p><p>２項　固定資産税</p><table>{}<tr><td>土地</td><td>23,180</td></tr></table>"""
    assert in_table(table.format("<tr><td>家屋</td><td>8,771</td></tr>"), "value", "unit")[-2:] == [
        ("8,771", "8771000", "JPY"),
        ("23,180", "23180000", "JPY"),
    ]
    assert len(in_table(table.format("<tr><th>目</th><th>土地の筆</th></tr>"), "value")) == 2
    assert len(in_table(table.format("<tr><td>家屋</td><td>8,771</td><td>1</td></tr>"), "value")) == 2


@pytest.mark.parametrize(
    ("note", "header", "unit"),
    [
        ("単位：人", "一般会計", "人"),
        ("単位：％", "人件費", "%"),
        ("単位：％", "男", "%"),
        ("単位：％", "回答者数", "人"),
        ("単位：千円", "等級", None),
        ("単位：千円", "財政力指数", None),
        ("単位：千円", "一般会計", "JPY"),
    ],
)
def test_the_only_note_of_a_table_and_the_name_of_a_column(note: str, header: str, unit: str | None) -> None:
    table = f"<p>（{note}）</p><table><tr><th>区分</th><th>{header}</th></tr><tr><td>甲</td><td>12</td></tr></table>"
    assert in_table(table, "unit") == ([("12", unit)] if unit else [])


def test_decimals_below_a_note_of_shares_are_shares_whatever_they_seem_to_count() -> None:
    table = "<p>（単位：％）</p><table><tr><th>区分</th><th>世帯数</th></tr><tr><td>甲</td><td>12.5</td></tr></table>"
    assert in_table(table, "unit") == [("12.5", "%")]


def test_a_decimal_in_thousands_of_yen_is_doubted() -> None:
    table = "<p>（単位：{}）</p><table><tr><th>区分</th><th>前期</th></tr><tr><td>甲</td><td>{}</td></tr></table>"
    assert len(issues_of(table.format("千円", "0.45"))) == 1
    assert issues_of(table.format("千円", "45")) == []
    assert issues_of(table.format("百万円", "0.45")) == []


@pytest.mark.parametrize(
    ("header", "cell", "found"),
    [
        ("補助率", "1/2", [("1/2", "1/2", "", "1", "exact")]),
        (
            "補助率",
            "2/3以内（上限50万円）",
            [("2/3以内", "2/3", "", "1", "le"), ("上限50万円", "500000", "", "JPY", "le")],
        ),
        ("国の負担割合", "１０／１０", [("１０／１０", "10/10", "", "1", "exact")]),
        ("実施日", "1/2", []),
        ("番号", "1/2", []),
        ("参加者数", "約300", [("約300", "300", "", "人", "approx")]),
        ("参加者数", "延べ1,200", [("1,200", "1200", "", "人", "exact")]),
        ("定員", "50以上", [("50以上", "50", "", "人", "ge")]),
        ("助成額（円）", "1,000～2,000", [("1,000～2,000", "1000", "2000", "JPY", "exact")]),
        ("助成額（円）", "1,000円～2,000円", [("1,000円～2,000円", "1000", "2000", "JPY", "exact")]),
        ("会員数", "1,204 (567)", [("1,204", "1204", "", "人", "exact"), ("567", "567", "", "人", "exact")]),
        ("会員数", "1,204（△12）", [("1,204", "1204", "", "人", "exact"), ("△12", "-12", "", "人", "exact")]),
        ("定員", "100 → 120", [("100", "100", "", "人", "exact"), ("120", "120", "", "人", "exact")]),
        ("職員数", "6 3 6", [("6 3 6", "636", "", "人", "exact")]),
        ("職員数", "1 2 3", []),
        ("備考", "約300", []),
        ("備考", "2/3", []),
        ("平均気温", "5.4", [("5.4", "5.4", "", "Cel", "exact")]),
        ("報酬（円／月）", "1,200", [("1,200", "1200", "", "JPY/月", "exact")]),
        ("単価(税抜)円", "1,200", [("1,200", "1200", "", "JPY", "exact")]),
        ("登録事業所数", "45", [("45", "45", "", "事業所", "exact")]),
        ("死亡数", "30", [("30", "30", "", "人", "exact")]),
        ("数量", "12脚", [("12脚", "12", "", "脚", "exact")]),
    ],
)
def test_a_cell_that_is_more_than_a_number(header: str, cell: str, found: list[tuple[str, ...]]) -> None:
    table = f"<table><tr><th>区分</th><th>{header}</th></tr><tr><td>甲</td><td>{cell}</td></tr></table>"
    assert in_table(table, "value", "value_max", "unit", "modifier") == found


def test_a_letter_spaced_number_is_told() -> None:
    table = "<table><tr><th>区分</th><th>職員数</th></tr><tr><td>甲</td><td>6 3 6</td></tr></table>"
    assert [issue.code for issue in issues_of(table)] == ["repaired"]


@pytest.mark.parametrize("note", ["※単位は千円", "金額の単位は千円である。", "（単位を千円とする。）"])
def test_a_note_that_is_a_sentence(note: str) -> None:
    table = "<table><tr><th>区分</th><th>歳入</th></tr><tr><td>甲</td><td>12</td></tr></table>"
    assert in_table(f"<p>{note}</p>{table}", "value") == [("12", "12000")]
    assert in_table(f"{table}<p>{note}</p>", "value") == [("12", "12000")]


def test_a_row_of_persons_that_nothing_else_heads_is_doubted() -> None:
    table = "<p>（単位：千円）</p><table><tr><th>審議会委員</th><td>1,216</td></tr><tr><th>{}</th><td>3,564</td></tr></table>"
    assert len(issues_of(table.format("職員"))) == 2
    assert len(issues_of(table.format("需用費"))) == 1
