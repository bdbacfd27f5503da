"""Years that only their column or row of a table tells, and tables whose numbers are none."""

from __future__ import annotations

import pytest

from tests.test_dates import dates


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("年次\t人口\n平成27年\t8,210\n28\t8,100\n29\t8,050\n", ["2015", "2016", "2017"]),
        ("年度\t件数\n令和4年度\t12\n5\t15\n6\t18\n", ["2022-04/2023-03", "2023-04/2024-03", "2024-04/2025-03"]),
        # one number alone counts on where another year stands below it
        ("年次\t人口\n平成29年\t8,210\n30\t8,100\n令和元年\t8,050\n", ["2017", "2018", "2019"]),
        ("項目\t平成30年\t31\t32\n人口\t10\t20\t30\n", ["2018", "2019", "2020"]),
        ("年\t世帯\n2018\t3,000\n2019\t3,010\n2020\t3,020\n", ["2018", "2019", "2020"]),
        ("年度\t世帯\n2023\t3,000\n2024\t3,010\n", ["2023-04/2024-03", "2024-04/2025-03"]),
        ("施設\t竣工年\t構造\n庁舎\t1975\tRC\n公民館\t1988\tS\n", ["1975", "1988"]),
        ("2018\t2019\t2020\n120\t130\t140\n", ["2018", "2019", "2020"]),
    ],
)
def test_numbers_of_a_column_or_row_are_years(text: str, values: list[str]) -> None:
    assert [edtf for _, edtf in dates(text).values] == values


@pytest.mark.parametrize(
    "text",
    [
        "番号\t名称\n1\t東公園\n2\t西公園\n3\t南公園\n",
        "例目\t年代\n1998\t40代\n1999\t50代\n2000\t60代\n",
        "学級\t児童数\n1\t28\n2\t29\n3\t30\n",
        "地区\t世帯数\n東\t1998\n西\t1999\n南\t2000\n",
        "施設\t延床面積\t棟\n庁舎\t1975\t1\n公民館\t1988\t2\n",
    ],
)
def test_counts_are_no_years(text: str) -> None:
    assert dates(text).values == []


def test_counts_below_years_side_by_side_are_none() -> None:
    found = dates("区分\t令和2年度\t令和3年度\n窓口\t3\t4\n郵送\t4\t5\n")
    assert [surface for surface, _ in found.values] == ["令和2年度", "令和3年度"]


def test_a_year_counted_on_hangs_on_the_one_above() -> None:
    found = dates("年次\t人口\n平成27年\t8,210\n28\t8,100\n29\t8,050\n")
    assert [(m.basis, m.antecedent == found.mentions[0].span) for m in found.mentions] == [
        ("explicit", False),
        ("inherited", True),
        ("inherited", True),
    ]


def test_letters_are_fiscal_years_where_the_document_names_them_so() -> None:
    table = "区分\tH29\tH30\n市税\t120\t130\n"
    assert [edtf for _, edtf in dates(table).values] == ["2017", "2018"]
    fiscal = dates("平成29年度と平成30年度の決算\n\n" + table).values
    assert [edtf for _, edtf in fiscal[2:]] == ["2017-04/2018-03", "2018-04/2019-03"]


def test_rows_that_lost_their_lines_need_a_header_of_years() -> None:
    rows = "A社 2018 3.4億\n\nB社 2019 1.2億\n\nC社 2021 1,750億"
    assert dates(rows).values == []
    assert [edtf for _, edtf in dates("会社 設立年 資本\n\n" + rows).values] == ["2018", "2019", "2021"]
