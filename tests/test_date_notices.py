"""Where a document announces: months and days without a year lie near its day of publication, sooner ahead than behind."""

from __future__ import annotations

import pytest

from tests.test_dates import dates


@pytest.mark.parametrize(
    ("text", "title", "value"),
    [
        ("■講習会\n6月20日…初級", "広報みなと 第3号", "2025-06-20"),
        ("■会議の予定日\n6月20日…総務\n9月1日…文教", "", "2025-06-20"),
        ("■旅行\n日にち：8月20日\n対象：市内在住の方", "", "2025-08-20"),
        ("1月12日開催　つどい", "広報みなと", "2026-01-12"),
        # what is told as past, or counted at a day, is behind
        ("11月3日に祭りが開かれました。", "広報みなと", "2024-11-03"),
        ("世帯数（10月1日現在）", "広報みなと", "2024-10-01"),
        # a report looks back as often as ahead
        ("12月定例会の内容", "議会だより", "2024-12"),
        ("6月20日　初級", "事業報告書", "2024-06-20"),
    ],
)
def test_a_bulletin_tells_of_what_lies_near(text: str, title: str, value: str) -> None:
    found = dates(text, published="2025-05-15", title=title)
    assert found.values[0][1] == value


@pytest.mark.parametrize(
    ("text", "published", "value"),
    [
        ("試験　9月22日(日)\n発表　10月中旬～下旬", "2024-08-20", "2024-10-11/2024-10-31"),
        ("履行期限　令和7年3月14日\n説明会　8月30日", "2024-08-20", "2024-08-30"),
        ("4月1日付け人事異動", "2021-03-25", "2021-04-01"),
        ("日程：\n(1)2026年1月\n申込み：6月2日～27日に電話で。", "2025-05-15", "2025-06-02/2025-06-27"),
    ],
)
def test_what_stands_beside_tells_that_a_day_lies_ahead(text: str, published: str, value: str) -> None:
    assert dates(text, published=published).values[-1][1] == value


def test_a_title_says_more_than_the_day_of_a_file() -> None:
    found = dates("令和4年度当初予算の主な事業\n\n6月から始める予定。", published="2027-02-01")
    assert found.values[-1] == ("6月", "2022-06")


def test_a_day_told_again_is_that_day() -> None:
    found = dates("5月30日、6月20日…予算(30日は午後から)", published="2025-05-15", title="広報みなと")
    assert found.values[-1] == ("30日", "2025-05-30")
    assert dates("東公民館(4日は午後)", published="2025-05-15").values == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        # the one budget that is named further down, and the accounts that something is carried over from
        ("歳出は、前年度に比べ3億円の増です。\n以上、令和7年度予算の説明といたします。", "2024-04/2025-03"),
        (
            "歳出は、令和6年度の決算で3億円、新しい庁舎は令和9年度へ移行、翌年度への繰越しは1億円です。",
            "2025-04/2026-03",
        ),
    ],
)
def test_years_count_from_the_budget_that_is_spoken_of(text: str, value: str) -> None:
    found = dates(text, published="2025-02-14")
    assert value in [edtf for surface, edtf in found.values if surface in ("前年度", "翌年度")]


def test_a_year_before_a_budget_is_doubtful_where_none_is_named() -> None:
    found = dates("予算の歳出は、前年度に比べ3億円の増です。", published="2025-02-14")
    assert found.codes == {"doubtful-year"}


def test_lost_waves_are_told_once() -> None:
    found = dates("7月2日?5日、8月3日?9日、9月1日?4日", published="2025-05-15", title="広報みなと")
    assert [issue.code for issue in found.issues] == ["repaired"]
    assert len(found.values) == 3


@pytest.mark.parametrize(
    ("text", "values"),
    [
        # something is compared with 前年; the months told behind it are not of that year
        ("販売額(3月)は前年を下回り、乗用車(4月)は増えた。", ["2014-03", "2013", "2014-04"]),
        # the title names the day that it is about
        ("人口推計(平成25年10月1日現在)\n\n総人口は前年に比べ減った。", ["2013-10-01", "2012"]),
        ("市は18日、新しい支援策を発表した。", ["2014-05-18"]),
        ("9月1日から10月31日まで募集します。", ["2014-09-01/2014-10-31"]),
        ("5月1日から6月30日まで開催します。", ["2014-05-01/2014-06-30"]),
    ],
)
def test_what_a_year_is_told_for(text: str, values: list[str]) -> None:
    assert [edtf for _, edtf in dates(text, published="2014-05-20").values] == values


def test_a_row_counts_on_from_the_one_above() -> None:
    rows = "昭60.10.1 1,524 731\n\n平 2.10. 1 1,482 704\n\n7.10. 1 1,481 704"
    assert [edtf for _, edtf in dates(rows).values] == ["1985-10-01", "1990-10-01", "1995-10-01"]
    assert [edtf for _, edtf in dates("平成30.4.1改訂\n\n1.1.2 背景").values] == ["2018-04-01"]
