"""Which cells of a table are headers."""

from __future__ import annotations

import pytest

from pipeline.parsers.grid import headed
from pipeline.parsers.placed_cells import PlacedCell


def _grid(*rows: str) -> list[PlacedCell]:
    """`区分|予算:2` is two cells, the second two columns wide; `年度_2` is two rows high."""
    cells: list[PlacedCell] = []
    taken: set[tuple[int, int]] = set()
    for row, line in enumerate(rows):
        column = 0
        for word in line.split("|"):
            while (row, column) in taken:
                column += 1
            text, _, wide = word.partition(":")
            text, _, high = text.partition("_")
            width, height = int(wide or 1), int(high or 1)
            taken |= {(row + down, column + right) for down in range(height) for right in range(width)}
            cells.append(PlacedCell(row, column, text, height, width))
            column += width
    return cells


CASES = [
    ("one header row", ["区分|予算額", "歳入|1,200", "歳出|1,100"], {(1, 1): "予算額", (2, 1): "予算額"}),
    (
        "a row under a cell that spans columns is header too",
        ["年度_2|予算:2|備考_2", "当初|補正", "30年度|25.8|17.8|済"],
        {(2, 1): "予算/当初", (2, 2): "予算/補正", (2, 3): "備考"},
    ),
    (
        "a row of units is header",
        ["区分|額|率", "|（千円）|％", "歳入|5|1.0"],
        {(2, 1): "額/（千円）", (2, 2): "率/％"},
    ),
    ("three storeys", ["人口:4", "男:2|女:2", "若|老|若|老", "1|2|3|4"], {(3, 2): "人口/女/若"}),
    ("years may head columns", ["区分|2021|2022", "人口|650|640"], {(1, 1): "2021", (1, 2): "2022"}),
    ("a first row with figures heads nothing", ["人口|650", "世帯|310"], {(0, 1): "", (1, 1): ""}),
    (
        "a folded table has headers further down",
        ["港|北|中野", "1|2|3", "千代田|南|西", "4|5|6"],
        {(1, 1): "北", (3, 1): "南"},
    ),
    ("a line break in a header is none", ["区分|予算\n総額", "歳入|5"], {(1, 1): "予算総額"}),
    (
        "a row that tells something heads nothing",
        ["補助率|１／２", "限度額|５億円"],
        {(1, 0): "", (1, 1): ""},
    ),
    (
        "a row with a sentence heads nothing",
        ["身体障害者|手帳の写しを添える。", "難病患者|医師の診断書を添える。"],
        {(1, 1): ""},
    ),
    ("a name and a day beside it head nothing", ["供用開始|昭和31年12月25日", "現況|休止"], {(1, 1): ""}),
    ("days over figures do", ["地区|4月1日|5月1日", "東|5|6"], {(1, 1): "4月1日", (1, 2): "5月1日"}),
    (
        "figures with their counter or another in brackets are figures",
        ["区分|10年|20年", "大学卒|251,500 円|－円", "高校卒|4 (3)|1／2"],
        {(1, 1): "10年", (2, 2): "20年"},
    ),
    (
        "a title over all columns stands before the header",
        ["主な事業:3", ":3", "事業名|担当|年度", "除雪|建設課|2021", "給食|教育課|2022"],
        {(3, 1): "主な事業/担当", (4, 2): "主な事業/年度"},
    ),
    (
        "the first header's name further down begins another header",
        ["手当_4|区分|扶養|住居", "本年度|1|2", "区分|期末|勤勉", "本年度|3|4"],
        {(1, 2): "扶養", (3, 2): "期末", (3, 3): "勤勉"},
    ),
    (
        "rows beside a name that goes down are header",
        ["区分_3|参考:2", "年収の比較:2", "公務員|民間", "村|4,000|3,900"],
        {(3, 1): "参考/年収の比較/公務員", (3, 2): "参考/年収の比較/民間"},
    ),
    (
        "a header that is set in two rows",
        ["入院|退院・療養|不明", "|等終了|", "15|21|44"],
        {(2, 0): "入院", (2, 1): "退院・療養/等終了"},
    ),
    ("a single row heads nothing", ["氏名|住所"], {(0, 0): "", (0, 1): ""}),
]


@pytest.mark.parametrize(("name", "rows", "expected"), CASES, ids=[case[0] for case in CASES])
def test_header_path(name: str, rows: list[str], expected: dict[tuple[int, int], str]) -> None:
    got = {(cell.row, cell.column): cell.header for cell in headed(_grid(*rows))}
    assert {place: got[place] for place in expected} == expected


def test_the_column_beside_a_high_row_header_is_a_row_header_too() -> None:
    cells = headed(_grid("科目|細目|額", "市税_2|個人|12", "法人|34", "使用料_2|住宅|5", "道路|6"))
    assert [cell.text for cell in cells if cell.heading and cell.row > 0] == [
        "市税",
        "個人",
        "法人",
        "使用料",
        "住宅",
        "道路",
    ]


def test_the_column_beside_a_cell_over_all_rows_names_the_rows() -> None:
    cells = headed(_grid("手当_3|区分|扶養|住居", "本年度|1|2", "前年度|3|4"))
    assert [cell.text for cell in cells if cell.heading and cell.row > 0] == ["本年度", "前年度"]


def test_a_column_of_marks_names_no_rows() -> None:
    cells = headed(_grid("公表|名称|電話", "○|中央医院|0887-00-0000", "－|東医院|0887-00-0001"))
    assert [cell.text for cell in cells if cell.heading and cell.row > 0] == []


def test_th_decides_where_the_format_has_it() -> None:
    cells = headed(
        [
            PlacedCell(0, 0, "項目", heading=True),
            PlacedCell(0, 1, "2", heading=True),
            PlacedCell(1, 0, "住所", heading=True),
            PlacedCell(1, 1, "本町", heading=False),
        ]
    )
    assert [(cell.text, cell.heading, cell.header) for cell in cells] == [
        ("項目", True, ""),
        ("2", True, ""),
        ("住所", True, "項目"),
        ("本町", False, "2"),
    ]


def test_given_header_rows_are_taken() -> None:
    cells = headed(_grid("a|b", "c|d", "e|f"), header_rows=2)
    assert [cell.header for cell in cells][-1] == "b/d"
