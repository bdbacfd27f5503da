"""Which cells of a table are headers."""

from __future__ import annotations

import pytest

from pipeline.parsers.grid import PlacedCell, headed


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
