"""Tables of plain text without rules or gaps: figures under names of the same number, figures under a unit's note."""

from __future__ import annotations

import pytest

from pipeline import extract
from pipeline.parsers.plain import blocks_of


def _rows(text: str) -> list[list[str]]:
    """Rows of cell texts of all tables, with the header path behind `<`, figures that are none in brackets."""
    rows: dict[tuple[str, int], list[str]] = {}
    for table in blocks_of(text)[1]:
        for cell in table.cells:
            header = f"<{cell.header}" if cell.header else ""
            rows.setdefault((table.table_id, cell.row), []).append(text[cell.start : cell.end] + header)
    return list(rows.values())


def _amounts(text: str) -> list[tuple[str, str, str, str]]:
    rows = [(m.surface, m.row()) for m in extract(text) if m.kind == "amount"]
    return [(surface, row["value"], row["unit"], row["label"]) for surface, row in rows]


def _money(text: str) -> list[str]:
    return [value for _, value, unit, _ in _amounts(text) if unit == "JPY"]


def test_names_head_columns_of_the_same_number() -> None:
    text = "区分 令和4年度 令和5年度 増減\n保育料 3,120 3,240 120\n給食費 905 － 皆減"
    assert _rows(text)[1:] == [
        ["保育料<区分", "3,120<令和4年度", "3,240<令和5年度", "120<増減"],
        ["給食費<区分", "905<令和4年度", "－<令和5年度", "皆減<増減"],
    ]


def test_names_over_several_columns() -> None:
    text = "（単位：千円）\n令和4年度 令和5年度\n金額 前年比 金額 前年比\n分担金 3,120 1.5％ 3,240 3.8％\n使用料 905 0.4％ 911 0.7％"
    assert _rows(text)[2] == [
        "分担金",
        "3,120<令和4年度/金額",
        "1.5％<令和4年度/前年比",
        "3,240<令和5年度/金額",
        "3.8％<令和5年度/前年比",
    ]
    periods = {m.surface: m.row()["period"] for m in extract(text) if m.kind == "amount"}
    assert (periods["905"], periods["911"]) == ("2022-04/2023-03", "2023-04/2024-03")


def test_a_header_in_several_lines_and_an_items_number_before_its_figures() -> None:
    text = "（単位：千円）\n目 本年度 前年度 比　較\n本年度の財源\n国支出金 地方債 その他\n1.会館費 9,400 9,100 300 1,200 2,000 6,200"
    assert _rows(text)[-1][4:] == ["1,200<国支出金", "2,000<地方債", "6,200<その他"]
    text = "（単位：千円）\n目 本年度 前年度 比　較\n1 5,840 4,297 1,543個人\n2 2,580 1,441 1,139法人\n8,420 6,738 1,682計\n3 2,580 2,441 139団体"
    assert _money(text) == [f"{n}000" for n in (5840, 4297, 1543, 2580, 1441, 1139, 8420, 6738, 1682, 2580, 2441)]


@pytest.mark.parametrize(
    "text",
    [
        "区分 当初 補正\n保育料 3,120 3,240 120",  # one figure more than names
        "報 酬 給 料 計\n委員 120 240 300 410 520",  # letter-spaced names that nobody can count
        "区分 金額 説明\n保育料 10 10 0",  # the last name heads no figures, the first no figure
        "会議では委員が3人 4人 5人と増えた。\n以上 120 240",
    ],
)
def test_no_table_where_the_numbers_do_not_agree(text: str) -> None:
    assert _rows(text) == []


def test_figures_under_a_units_note() -> None:
    text = "（単位：千円）\n12 委託料 1,002 003 介護手当費 7,080\n旅費 325 001 研修費 6,003\n○ 防犯費 △ 182"
    assert _amounts(text) == [
        ("1,002", "1002000", "JPY", "委託料"),
        ("7,080", "7080000", "JPY", "介護手当費"),
        ("325", "325000", "JPY", "旅費"),
        ("6,003", "6003000", "JPY", "研修費"),
        ("△ 182", "-182000", "JPY", "防犯費"),
    ]


def test_what_is_reckoned() -> None:
    text = "千円 千円\n均等割　　　　　　408,000×98.9％ 403,512\n施設型給付　　　　48,000×1／2 24,000\n私立分　　　　　　9,000×0.6 5,400"
    assert [(surface, value) for surface, value, _, _ in _amounts(text)] == [
        ("408,000", "408000000"),
        ("98.9％", "98.9"),
        ("403,512", "403512000"),
        ("48,000", "48000000"),
        ("1／2", "1/2"),
        ("24,000", "24000000"),
        ("9,000", "9000000"),
        ("5,400", "5400000"),
    ]


def test_names_and_figures_in_turns() -> None:
    text = "（単位：千円）\n９，５００\n1.市税\n1.市民税\n７，０００\n2.鉱産税\n２，４９９\n3.入湯税\n１"
    assert [(value, label) for _, value, _, label in _amounts(text)] == [
        ("9500000", "市税"),
        ("7000000", "市民税"),
        ("2499000", "鉱産税"),
        ("1000", "入湯税"),
    ]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("（単位：千円、人）\n委託料 1,002\n職員 1,204", "two units"),
        ("（単位：千円）\n委託料 1,002\n職員数の推移\n本庁 1,204 1,198", "another table's title"),
        ("（単位：千円）\n委託料 1,002\n- 12 -\n区域 1,204\n（単位：人）\n本庁 12", "another page, another unit below"),
        ("（単位：千円）\n委託料 1,002\n次の表は面積である。\n北区 1,204", "a sentence"),
        ("（単位：千円）\n委託料 1,002\n墓所 1,204区画", "a counter of its own"),
        ("（単位：千円）\n委託料 1,002\n本年度 911 12人 1,204人", "counted otherwise"),
        ("（単位：千円）\n委託料 1,002\n利用者数 1,204", "a name that counts"),
        ("（単位：千円）\n委託料 1,002\n平成 2021 1 2 3", "years and what counts up"),
        ("委託料 1,002千円\n使用料 1,204 1,198", "no note"),
    ],
)
def test_no_unit_is_guessed(text: str, why: str) -> None:
    assert set(_money(text)) <= {"1002000"}, why


def test_a_page_goes_on_where_the_next_note_is_the_same() -> None:
    text = "千円 千円\n委託料 1,002\n- 12 -\n使用料 1,204\n千円 千円\n旅費 2,204"
    assert _money(text) == ["1002000", "1204000", "2204000"]


def test_every_word_of_a_table_lies_in_a_block() -> None:
    text = "（単位：千円）\n区分 本年度 前年度 備考\n保育料 3,120 3,240 増\n第一園 1,120 1,240"
    shown = "".join(text[block.start : block.end] for block in blocks_of(text)[0])
    assert [c for c in shown if not c.isspace()] == [c for c in text if not c.isspace()]


def test_a_unit_and_its_figure_on_two_lines() -> None:
    text = "支給実績\n同じ 千円\n2,681\n円\n1 9 1 , 4 6 4\n異なる 千円\n52"
    assert [(value, unit) for _, value, unit, _ in _amounts(text)] == [
        ("2681000", "JPY"),
        ("191464", "JPY"),
        ("52000", "JPY"),
    ]
    assert _amounts("千円\n52\n第3章") == []


@pytest.mark.parametrize("text", ["1 ５ ７８ ，０ ００ 円", "合計 12 0 , 00 円", "計 ，０ ００ 円"])
def test_the_tail_of_a_number_with_gaps_is_no_number(text: str) -> None:
    assert _amounts(text) == []


def test_numbers_count_what_a_header_or_the_title_names() -> None:
    text = "地区別の患者数\n北区 南区 島部\n166 101 1\n男性 女性 不明\n69 95 2"
    assert [(value, unit, label) for _, value, unit, label in _amounts(text)] == [
        ("166", "人", "患者数"),
        ("101", "人", "患者数"),
        ("1", "人", "患者数"),
        ("69", "人", "男性"),
        ("95", "人", "女性"),
        ("2", "人", "不明"),
    ]
    assert next(row[1:] for row in _amounts("地区 人口 世帯数\n北町 3,120 1,240\n南町 905 411")) == (
        "3120",
        "人",
        "人口",
    )


@pytest.mark.parametrize(
    "text",
    [
        "地区別の患者数\n北区 南区 指数\n1.5 2.5 3.5",  # no whole numbers
        "職員の給与\n北区 南区 島部\n166 101 1",  # pay is not counted in persons
    ],
)
def test_no_counter_is_guessed(text: str) -> None:
    assert _amounts(text) == []


def test_rows_of_persons_below_a_note_of_money_are_what_they_are_paid() -> None:
    text = "（単位：千円）\n審議会委員 1,216\n保健師等の職員 3,564"
    assert _money(text) == ["1216000", "3564000"]


def test_letter_spaced_heads_of_columns_are_words_where_tables_have_them() -> None:
    text = "（単位：千円、％）\n区 分 予 算 額 構 成 比 増 減 額 伸 率\n消費的経費 8,886,517 34.8 609,614 7.4\n投資的経費 2,099,025 8.2 △ 1,460 △ 41.0\n"
    rows = [m.row() for m in extract(text) if m.kind == "amount"]
    assert [row["label"] for row in rows] == ["予算額", "構成比", "増減額", "伸率"] * 2


def test_letters_that_are_no_words_of_heads_stay_letters() -> None:
    text = "（単位：千円）\n西 高 東 低\n消費的経費 8,886 34 609 74\n"
    rows = [m.row() for m in extract(text) if m.kind == "amount"]
    assert {row["label"] for row in rows} == {"消費的経費"}


def test_a_row_of_persons_has_the_unit_of_the_note() -> None:
    text = "（単位：千円）\n報酬 給料 合計\n市長等 1,200 46,944 48,144\n議員 205,920 0 205,920\n"
    rows = [m.row() for m in extract(text) if m.kind == "amount"]
    assert [(row["value"], row["unit"]) for row in rows[3:]] == [
        ("205920000", "JPY"),
        ("0", "JPY"),
        ("205920000", "JPY"),
    ]


def test_names_below_figures_are_headers_and_the_title_says_what_is_counted_and_when() -> None:
    text = "区市町村別患者数（令和2年4月11日時点）\n次の表による。\n10 35 155\n東町 西町 南町\n46 25\n北町 中町\n"
    rows = [m.row() for m in extract(text) if m.kind == "amount"]
    told = [(row["value"], row["unit"], row["label"], row["period"]) for row in rows]
    assert told == [
        (value, "人", label, "2020-04-11")
        for value, label in [("10", "東町"), ("35", "西町"), ("155", "南町"), ("46", "北町"), ("25", "中町")]
    ]


def test_names_between_figures_of_one_number_stand_above_or_below_and_are_none() -> None:
    assert not [m for m in extract("患者数\n10 35 155\n東町 西町 南町\n46 25 12\n") if m.surface == "10"]


def test_a_note_holds_on_behind_a_sentence_for_rows_as_there_were_before() -> None:
    text = (
        "（単位：千円）\n21 庶務課 文書費 1,761 1,066 1,695 支援員を置き、\n報酬を計上。\n"
        "22 学務課 図書費 61,948 39,173 22,775\n本を買う。\n面積は、次のとおり。\n北区 1,204 98"
    )
    assert _money(text) == [f"{n}000" for n in (1761, 1066, 1695, 61948, 39173, 22775)]


@pytest.mark.parametrize("end", ["- 4 -", "\f"])
def test_a_pages_only_note_may_stand_behind_its_figures(end: str) -> None:
    page = f"2 基金繰入金 718,586\n20 1,000,000\n1 繰越金 1,000,000\n款 項 金　　　　　額\n千円\n繰越金\n{end}\n"
    assert _money(page) == ["718586000", "1000000000", "1000000000"]
    assert _money("（単位：千円）\n12 7,242,167\n1 公債費 7,242,167\n13 100\n1 取得費 100") == [
        "7242167000",
        "7242167000",
        "100000",
        "100000",
    ]
    assert _money(f"{page}面積 1,204 1,300\n北区 1,100 1,200") == ["718586000", "1000000000", "1000000000"]
    assert _money(f"職員 1,204 1,300\n（単位：人）\n本庁 1,204\n千円\n{end}") == []


def test_names_units_and_figures_in_stacks() -> None:
    text = "面 積\n人 口\n世 帯 数\nｋ㎡\n人\n世帯\n２４４．９５\n２４７，８８７\n１１０，８２３\n予算"
    assert [(value, unit) for _, value, unit, _ in _amounts(text)] == [
        ("244.95", "km2"),
        ("247887", "人"),
        ("110823", "世帯"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "面 積\n人 口\n㎡\n人\n244.95\n247,887\n110,823",  # more figures than units
        "これは面積です。\n次は人口です。\n㎡\n人\n244.95\n247,887",  # sentences
        "人 口\n人\n247,887.5人",
    ],
)
def test_no_stack_where_the_numbers_do_not_agree(text: str) -> None:
    assert not [unit for _, _, unit, _ in _amounts(text) if unit == "m2"]


def test_a_note_far_above_holds_for_a_table_set_by_gaps() -> None:
    text = (
        "（単位：千円）\n歳入の部\n第1款\n市税\n市民税\n"
        "個人　　　　862,320　　670,693\n法人　　　　 94,860　　 82,212\n計　　　　　957,180　　752,905\n"
    )
    assert _money(text) == [f"{n}000" for n in (862320, 670693, 94860, 82212, 957180, 752905)]
    assert _money(text.replace("市民税", "市民税は、次のとおりである。")) == []
