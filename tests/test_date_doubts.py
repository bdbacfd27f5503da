"""Years that are guessed: which one is taken where words, weekdays and neighbours disagree, and that a weak guess is told."""

from __future__ import annotations

import pytest

from tests.test_dates import dates


@pytest.mark.parametrize(
    ("text", "published", "value"),
    [
        # a day with its hours, or in a notice, lies near; told as ahead it lies ahead
        ("12月7日、18時から。", "2024-11-01", "2024-12-07"),
        ("12月7日。定員25人。", "2024-11-01", "2024-12-07"),
        ("7月1日から使用料を引き上げます。", "2024-02-10", "2024-07-01"),
        ("去る11月20日の会で決めた件を議題といたします。", "2023-12-08", "2023-11-20"),
        ("年間予定\n5月8日　遠足", "2024-04-01", "2024-05-08"),
        # another year named near by says little of what lies ahead
        ("平成24年7月の豪雨から6年、5月には記念館が開きます。", "2018-03-01", "2018-05"),
        ("令和7年度入園の申込みは10月15日から受け付けます。", "2024-09-20", "2024-10-15"),
        ("2014年に協定を結んだ。8月に展示会を開催します。", "2022-06-01", "2022-08"),
        # an assembly approves accounts when their year is over
        ("令和2年度決算は9月の定例会で認定された。", "2022-01-10", "2021-09"),
    ],
)
def test_words_of_an_announcement_outweigh_a_year_near_by(text: str, published: str, value: str) -> None:
    found = dates(text, published=published)
    without_year = [mention.columns["edtf"] for mention in found.mentions if mention.basis == "inherited"]
    assert (without_year[:1], found.codes) == ([value], set())


@pytest.mark.parametrize(
    ("text", "published", "value"),
    [
        ("11月5日の風は強かったでしょう", "2024-10-20", "2023-11-05"),
        ("令和4年12月に着工、3月に完成", "2023-06-15", "2023-03"),
        # accounts are dealt with when their year is over; a list below a year may go on into the next
        ("令和2年度決算は9月に公表した。", "2022-01-10", "2020-09"),
        ("平成25年中の動き\n11月6日　協議会\n1月8日　交礼会", "2014-01-30", "2013-01-08"),
        # the year of a line above, and that of the sentence
        ("1959年　構想\n市は1964年、5月に開いた。", "2022-06", "1964-05"),
    ],
)
def test_a_weak_guess_is_told(text: str, published: str, value: str) -> None:
    found = dates(text, published=published)
    assert (found.values[-1][1], found.codes) == (value, {"doubtful-year"})


def test_a_dateline_outside_what_the_source_covers_is_no_certain_year() -> None:
    found = dates(
        "令和元年11月20日\n会議録\n12月に住民説明会を開きました。", published="2019-12-20", covers="2018-04/2019-03"
    )
    assert (found.values[-1][1], found.codes) == ("2019-12", {"doubtful-year"})
    assert "2018" in found.issues[-1].message


def test_what_hangs_on_a_doubtful_date_is_doubtful() -> None:
    found = dates("11月5日と6日の風は強かったでしょう", published="2024-10-20")
    doubted = {issue.start for issue in found.issues if issue.code == "doubtful-year"}
    assert doubted == {mention.span.start for mention in found.mentions}
    assert len(doubted) == 2


@pytest.mark.parametrize(
    "text",
    [
        "毎年5月と10月に清掃を行っています。",
        "祝日・8月6日・12月29日～1月3日を除く",
        "第4条　手当は、6月10日及び12月10日に在職する者に支給する。",
        "第7条　本会の会計年度は、毎年4月1日に始まり、3月31日に終わる。",
    ],
)
def test_what_comes_back_every_year_has_no_year(text: str) -> None:
    found = dates(text, published="2024-07-01")
    assert [edtf for _, edtf in found.values] == ["", ""]
    assert found.codes == {"recurring-date"}


def test_an_article_may_name_a_year() -> None:
    found = dates("第4条　令和6年4月1日から施行し、9月30日に失効するものとする。", published="2024-03-01")
    assert [edtf for _, edtf in found.values] == ["2024-04-01", "2024-09-30"]


def test_a_left_end_is_completed_from_the_right_one() -> None:
    found = dates("工期　9月～令和7年2月", published="2024-02-01")
    assert found.values == [("9月～令和7年2月", "2024-09/2025-02")]
    assert found.mentions[0].basis == "inherited"
