"""Plain text: which line ends are soft, what a block is, tables set in text."""

from __future__ import annotations

import hashlib
import json
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import pipeline
from pipeline.model import Block, Document, Sidecar, Source
from pipeline.parsers import parse
from pipeline.parsers.plain import blocks_of, parse_plain
from pipeline.parsers.textlines import lines
from pipeline.text.fold import fold

SHARED = Path(__file__).parents[2] / "shared"


def _source(data: bytes, file: str = "a.txt") -> Source:
    return Source("a", file, data, "text/plain", hashlib.sha256(data).hexdigest(), Sidecar(present=False))


def _texts(text: str) -> list[str]:
    return [text[block.start : block.end] for block in blocks_of(text)[0]]


def _kinds(text: str) -> list[tuple[str, int]]:
    return [(block.kind, block.level) for block in blocks_of(text)[0]]


def _cells(text: str) -> list[list[str]]:
    """Rows of cell texts of all tables, with the header path behind `<`."""
    rows: dict[tuple[str, int], list[str]] = {}
    for table in blocks_of(text)[1]:
        for cell in table.cells:
            header = f"<{cell.header}" if cell.header else ""
            rows.setdefault((cell.table_id, cell.row), []).append(text[cell.start : cell.end] + header)
    return list(rows.values())


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_the_text_is_the_decoded_file(mark: bytes) -> None:
    text = "予算\r\n\r\n\u3000道路費 \t\r歳出\x0c\x85終\u2028わり\n\n"
    document = parse_plain(_source(mark + text.encode()))
    assert document.text == text
    assert document.body_end == len(text)
    assert document.status == "ok"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028", "\x85", "\x0c", "\n \u3000\t\n"])
def test_every_line_end_ends_a_line(end: str) -> None:
    assert _texts(f"主催{end}札幌市{end}") == ["主催", "札幌市"]


SOFT = {
    "cut inside a word": ["本市では、再生可能エネルギーの導入を進めるため、札幌", "市と協定を結んだ。"],
    "cut behind a particle": ["人口規模は", "6,000万人を超えた"],
    "cut inside a list of names": ["参加自治体 北九州市、京都市、", "富山市、横浜市"],
    "bracketed note": ["予算額", "(百万円)"],
    "year and month": ["次回の会議 2022年", "1月頃"],
    "month and year in English": ["MARCH", "2020"],
    "hanging indent": ["(1) 地方公共団体の財政の健全化に関する法律の一部を", "    改正する法律について"],
    "indented first line": ["\u3000本市の一般会計の予算は、前年度の当初予算よりも", "増えて三百億円となった。"],
    "narrow column": ["昨年の秋、村の広", "場で収穫祭が開か", "れ、多くの人が集", "まりました。"],
    "bound behind a quantity": ["常時使用する従業員が三十人", "以上の事業所"],
    "bound beyond a quantity": ["負担の額が百万円", "を超える工事"],
    "word behind a figure": ["申込みは令和5年3", "月30日まで"],
    "year behind a figure": ["出席は平成30", "年度に10回"],
    "per cent": ["割合は12.4", "％となった"],
    "era and year": ["施行は平成", "31年4月1日"],
    "era and first year": ["施行は令和", "元年5月1日"],
    "numeral cut in two": ["期限は四月三十", "一日とする"],
    "item goes on": ["・定員は35", "人以内とする"],
    "page number inside a sentence": [
        "\u3000橋の点検は、五年に一度、専門の職員が目で見て行います。傷みの大きい橋は、次の年",
        "- 3 -",
        "度に補修し、市の広報でお知らせします。",
    ],
}
HARD = {
    "list marks": ["・調査の実施及び結果の公表を行い、市民の理解を深め", "・会議の開催"],
    "numbers": ["1. 本市の環境施策の実施状況については、別に定める", "2. 国の施策"],
    "numbers without a mark": ["1水戸市に住所がある方で、年齢が二十歳以上である", "2家族の同意"],
    "reference mark": ["登録した自治体は、次の分科会に参加することができ", "※登録は随時受付"],
    "end of a sentence": ["本市では、再生可能エネルギーの導入を進めています。", "主催 札幌市"],
    "short lines": ["主催", "札幌市"],
    "indent begins a paragraph": [
        "第2号議案の提案の理由を、次のとおり説明いたします",
        "\u3000歳入は、市税の増を見込む。",
    ],
    "speakers": ["○議長（伊藤君）\u3000これより本日の会議を開くこととし", "○市長（山本君）\u3000説明いたします。"],
    "columns": ["総務部長    佐藤    一郎    令和三年四月就任、二期", "会計管理者    鈴木    次郎"],
    "word with a figure's word in it": ["会費は3", "月額"],
    "title of figures": ["委託費は10", "人件費"],
    "numbers alone": ["3", "月の行事"],
    "closing word": ["出席は10人", "以上のとおり"],
    "name that ends in a numeral": ["会長は山田健一", "十月の会議"],
    "place named as an era": ["区名は昭和", "12"],
    "item behind a figure": ["・定員は35", "・人数の上限"],
    "kana items": ["ア\u3000水門の取替えに要する費用の全部又は一部の負担", "イ\u3000堤防の嵩上げ"],
    "heading": ["日程第１\u3000会期についての件及び議案の審議をする件", "日程第２\u3000令和七年度予算"],
}


@pytest.mark.parametrize("cut", SOFT.values(), ids=SOFT)
def test_a_soft_line_end_joins(cut: list[str]) -> None:
    text = "\n".join(cut)
    assert _texts(text) == [text.strip("\u3000")]


@pytest.mark.parametrize("pair", HARD.values(), ids=HARD)
def test_a_hard_line_end_parts(pair: list[str]) -> None:
    blocks = blocks_of("\n".join(pair))[0]
    assert all("\n" not in "\n".join(pair)[block.start : block.end] for block in blocks)
    assert len(blocks) >= 2


def test_a_page_number_is_no_part_of_the_sentence_around_it() -> None:
    text = "傷みの大きい橋は、次の年\n- 3 -\n\x0c度に直す。"
    assert fold(text).text == "傷みの大きい橋は、次の年度に直す。"


def test_a_page_number_between_paragraphs_is_furniture() -> None:
    text = "予算を定めた。\n\n- 3 -\n\n決算を認めた。"
    assert _texts(text) == ["予算を定めた。", "- 3 -", "決算を認めた。"]
    assert [block.kind for block in blocks_of(text)[0]] == ["paragraph", "furniture", "paragraph"]


def test_a_sentence_cut_by_a_page_is_joined_over_the_blank_line() -> None:
    text = "同対話は、モンゴル国自然環境省と環境省との間で2011年\n\n12月に署名された覚書に基づくものです。"
    assert _texts(text) == [text]


def test_a_title_is_not_joined_to_the_paragraph_below() -> None:
    text = "国内事例 九州で進む地域循環共生圏の創造に向けた動き\n\n九州では、人口減少などの課題の解決が進んでいます。"
    assert len(_texts(text)) == 2


@pytest.mark.parametrize("added", ["新しい段落です。\n\n", "・調査の実施\n", "あ" * 60 + "。\n"])
def test_a_paragraph_added_elsewhere_changes_no_block(added: str) -> None:
    text = "・調査の実施\n・本市では、再生可能エネルギーの導入を\n\u3000進めている\n主催\n札幌市\n\n年度の初めに"
    assert _texts(added + text) == [added.strip(), *_texts(text)]


def test_kinds() -> None:
    text = (
        "第1章 総則\n\n1 計画の目的\n\nこの計画は、温室効果ガスの排出を減らすことを目的とする。\n"
        "・市民\n(2) 事業者\n(3) 市\n※1 一部の例外がある\n○議長（佐藤君） 開会する。\n\n【お問い合わせ】\n\n"
    )
    assert _kinds(text) == [
        ("heading", 1),
        ("heading", 2),
        ("paragraph", 0),
        ("list_item", 0),
        ("list_item", 0),
        ("list_item", 0),
        ("note", 0),
        ("paragraph", 0),
        ("heading", 4),
    ]


def test_sections_are_the_headings_above() -> None:
    text = "第1章 総則\n\n1 目的\n\nこの計画は、排出を減らすことを目的とする。\n\n第2章 予算\n\n予算は、別に定めるところによる。"
    assert [block.section for block in blocks_of(text)[0]] == [
        "",
        "第1章 総則",
        "第1章 総則 > 1 目的",
        "",
        "第2章 予算",
    ]


def test_markdown_headings() -> None:
    document = parse_plain(_source("# 計画\n\n## 予算\n- 道路費\n".encode(), "a.md"))
    assert [(b.kind, b.level, document.text[b.start : b.end]) for b in document.blocks] == [
        ("heading", 1, "計画"),
        ("heading", 2, "予算"),
        ("list_item", 0, "- 道路費"),
    ]
    assert document.title == "計画"


def test_a_table_by_tabs() -> None:
    text = "開催日\t会議名\t主催\n8月31日\t第1回カフェ\t松山市\n\t\t板橋区\n"
    assert _cells(text) == [
        ["開催日", "会議名", "主催"],
        ["8月31日<開催日", "第1回カフェ<会議名", "松山市<主催"],
        ["<開催日", "<会議名", "板橋区<主催"],
    ]
    assert {block.kind for block in blocks_of(text)[0]} == {"cell"}


@pytest.mark.parametrize("end", ["\r\n", "\r", "\x85"])
def test_a_table_by_tabs_with_other_line_ends(end: str) -> None:
    assert _cells(end.join(["年度\t額", "\t1.5", "30\t2.5"])) == [
        ["年度", "額"],
        ["<年度", "1.5<額"],
        ["30<年度", "2.5<額"],
    ]


def test_a_table_by_gaps_under_each_other() -> None:
    text = "１番\u3000\u3000齊\u3000藤\u3000大\u3000介\u3000\u3000\u3000２番\u3000\u3000大　高\u3000\u3000\u3000拓\n３番\u3000\u3000青　木\u3000\u3000\u3000克\u3000\u3000\u3000\u3000\u3000４番\u3000\u3000林\u3000\u3000\u3000誠\n"
    rows = [[cell.split("<")[0] for cell in row] for row in _cells(text)]
    assert [row[0] for row in rows] == ["１番", "３番"]
    assert all(len(row) == 4 for row in rows)


def test_a_cell_by_gaps_may_go_on_in_the_next_line() -> None:
    text = "日程    件名      議案の名称に関する件であって一部を改\n                  正する条例\n日程    件名      令和七年度予算\n"
    assert _cells(text)[0][-1].startswith("議案の名称に関する件であって一部を改\n")


COLLAPSED = """取組内容
年度

予算額
(百万円)

取組予定\xa0取組実績

決算額
(百万円)

 28年度

 5.5

(予算現額)

・調査の実施(9月)

・会議の開催

3.5
 29年度 47.8
(予算現額)
・会議の開催(10月)
46.1
令和元年度(31年度)17.4
・調査の実施
15.2

担当所属
"""


def test_a_collapsed_web_table_is_rebuilt() -> None:
    rows = _cells(COLLAPSED)
    assert rows[0] == ["年度", "予算額\n(百万円)", "取組予定", "取組実績", "決算額\n(百万円)"]
    assert [row[0] for row in rows[1:]] == ["28年度", "29年度", "令和元年度(31年度)"]
    assert [row[1] for row in rows[1:]] == [
        "5.5\n\n(予算現額)<予算額 (百万円)",
        "47.8\n(予算現額)<予算額 (百万円)",
        "17.4<予算額 (百万円)",
    ]
    assert [row[3] for row in rows[1:]] == ["3.5<決算額 (百万円)", "46.1<決算額 (百万円)", "15.2<決算額 (百万円)"]
    assert rows[1][2] == "・調査の実施(9月)\n\n・会議の開催<取組予定・取組実績"


def test_text_in_a_collapsed_table_stays_items() -> None:
    blocks, (table,), issues = blocks_of(COLLAPSED)
    items = [block for block in blocks if block.kind == "list_item"]
    assert [COLLAPSED[block.start : block.end] for block in items][:2] == ["・調査の実施(9月)", "・会議の開催"]
    assert {block.table_id for block in items} == {table.table_id}
    assert blocks[-1].table_id == ""
    assert issues == ()


def test_missing_cells_of_a_collapsed_table_are_counted() -> None:
    (issue,) = blocks_of(COLLAPSED.replace("46.1\n", ""))[2]
    assert issue.code == "collapsed-table-incomplete"
    assert issue.message.startswith("1 of 6 ")


@pytest.mark.parametrize(
    "text",
    ["予算額\n(百万円)\n28年度\n5.5\n", "概要\n28年度\n5.5\n29年度\n6.5\n", "28年度\n5.5\n29年度\n6.5\n"],
    ids=["one row", "no unit", "no header"],
)
def test_a_collapsed_table_needs_rows_and_a_unit(text: str) -> None:
    assert blocks_of(text)[1] == ()


SCHEDULE = (
    "行事 日程 会場 内 容\n春の清掃\n(雨天中止)\n4月20日(土)\n9:00〜11:00 \n東公園\n○ごみ拾い\n――――\n○花の植替え\n"
    "夏の会 2022年\n7月頃\n※調整中\n\n○別の表\n"
)


def test_a_collapsed_schedule_ends_at_a_blank_line_not_at_a_rule() -> None:
    rows = _cells(SCHEDULE)
    assert rows[1] == [
        "春の清掃\n(雨天中止)",
        "4月20日(土)\n9:00〜11:00<日程",
        "東公園<会場",
        "○ごみ拾い\n――――\n○花の植替え<内 容",
    ]
    assert rows[2] == ["夏の会", "2022年\n7月頃<日程", "※調整中<会場"]
    (issue,) = blocks_of(SCHEDULE)[2]
    assert issue.message.startswith("1 of 8 cells ")


def test_a_day_and_the_time_below_it_stay_two_blocks() -> None:
    assert _texts(SCHEDULE)[5:7] == ["4月20日(土)", "9:00〜11:00"]


@pytest.mark.parametrize(
    "text",
    [
        "行事 日程 会場\n春の会 4月1日 東館\n",
        "行事 会場 内容\n春の会 4月1日 東館\n夏の会 7月1日 西館\n",
        "行事 日程 会場\n話が先に立つ。\n春の会 4月1日 東館\n夏の会 7月1日 西館\n",
    ],
    ids=["one row", "no column of days", "text before the rows"],
)
def test_a_collapsed_schedule_needs_rows_and_a_column_of_days(text: str) -> None:
    assert blocks_of(text)[1] == ()


def test_a_card_needs_another_with_its_keys() -> None:
    card = "日時 5月10日\n場所 東館\n"
    assert blocks_of(card)[1] == ()
    assert _cells(f"{card}\n{card}") == [["日時", "5月10日"], ["場所", "東館"]] * 2
    assert blocks_of(f"{card}\n日時 5月10日\n会場 東館\n")[1] == ()


@pytest.mark.parametrize(("data", "code"), [(b"", "empty"), (b" \r\n\t", "empty"), (b"\0\x01\x02" * 50, "binary-file")])
def test_what_is_no_text_fails(data: bytes, code: str) -> None:
    document = parse_plain(_source(data))
    assert (document.status, [issue.code for issue in document.issues]) == ("failed", [code])
    assert not document.blocks


def test_damaged_bytes_make_a_source_partial() -> None:
    document = parse_plain(_source("令和3年度の予算です。".encode()[:-1]))
    assert document.status == "partial"


def _check(text: str, blocks: tuple[Block, ...]) -> None:
    end = 0
    for number, block in enumerate(blocks):
        assert block.block_id == number
        assert end <= block.start < block.end <= len(text)
        assert not text[block.start].isspace()
        assert not text[block.end - 1].isspace()
        end = block.end


_PIECES = st.sampled_from(
    ["予算額", "(百万円)", "年度", "28年度", "29年度 3.5", "1,200", "・項目", "本市では、", "た。", "\n", "\n\n", "\t", "  ", "\u3000",
     "\r\n", "\x0c", "第1章 ", "(1) ", "# ", "○議長（佐藤君）", "2021年", "12月", "\x85", "\xa0", "――――", "\x00", "\x1f", "\u2003", "𠮷", "か\u3099",
     "|", "|---|---|\n", "行事 日程 会場 内容\n", "春の会 4月1日 東館\n", "日時 5月", "- 3 -", "==="]
)  # fmt: skip


@given(st.lists(st.one_of(_PIECES, st.text(max_size=6)), max_size=40).map("".join), st.booleans())
def test_blocks_are_sorted_disjoint_and_tight(text: str, markdown: bool) -> None:
    blocks, tables, _ = blocks_of(text, markdown)
    _check(text, blocks)
    for table in tables:
        for cell in table.cells:
            assert 0 <= cell.start <= cell.end <= len(text)
            assert text[cell.start : cell.end] == text[cell.start : cell.end].strip()


@given(st.lists(st.one_of(_PIECES, st.text(max_size=6)), max_size=40).map("".join))
def test_every_word_lies_in_a_line(text: str) -> None:
    shown = "".join(line.text for line in lines(text))
    assert [c for c in text if c.isalnum()] == [c for c in shown if c.isalnum()]


@pytest.mark.skipif(not (SHARED / "sources").is_dir(), reason="the shared sources are not beside the project")
@pytest.mark.parametrize("name", ["000", "001", "002", "003", "004"])
def test_the_shared_sources_are_read(name: str) -> None:
    data = (SHARED / "sources" / f"{name}.txt").read_bytes()
    document: Document = parse(_source(data))
    assert (document.status, document.text) == ("ok", data.decode())
    _check(document.text, document.blocks)


def test_a_note_of_yen_and_per_cent_is_for_sums_and_for_figures_with_decimals() -> None:
    text = "（単位：千円、％）\n消費的経費 8,886,517 34.8 609,614 7.4\n投資的経費 2,099,025 8.2 △ 1,460,728 △ 41.0\n"
    found = [m.row() for m in pipeline.extract(text) if m.kind == "amount"]
    assert [(row["value"], row["unit"]) for row in found[:4]] == [
        ("8886517000", "JPY"), ("34.8", "%"), ("609614000", "JPY"), ("7.4", "%"),
    ]  # fmt: skip
    assert [(row["value"], row["unit"]) for row in found[6:]] == [("-1460728000", "JPY"), ("-41", "%")]


def test_a_note_of_persons_and_yen_says_nothing_of_a_figure_without_a_header() -> None:
    text = "（単位：人、千円）\n市長等 5,120 46,944\n議員 3,211 205,920\n"
    assert not [m for m in pipeline.extract(text) if m.kind == "amount"]


PROBES = Path(__file__).parent / "probes" / "tables.jsonl"
TEXTS = [
    *(probe["text"] for probe in map(json.loads, PROBES.read_text(encoding="utf-8").splitlines()) if "text" in probe),
    *(path.read_text(encoding="utf-8") for path in sorted((Path(__file__).parents[1] / "raw").rglob("*.txt"))),
    "年度\n実績\n費用\n(千円)\n1\n道路\n4年度\n・補修\n1,200\n5年度\n・舗装\n1,300\n余りの行\n2\n橋\n4年度\n・点検\n900",
]


@pytest.mark.parametrize("text", TEXTS)
def test_no_word_is_lost_and_none_stands_twice(text: str) -> None:
    blocks = sorted(blocks_of(text)[0], key=lambda block: block.start)
    assert all(one.end <= other.start for one, other in pairwise(blocks))
    edges = [0, *(at for block in blocks for at in (block.start, block.end)), len(text)]
    lost = [text[first:last] for first, last in zip(edges[::2], edges[1::2], strict=True)]
    assert not [part for part in lost if any(c.isalnum() for c in part)]
