"""The folded view covers the text, and every view character knows where it came from."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.text.fold import Run, fold

LETTERS = st.text(alphabet="令和８8 　\n\r㍻㈱ﾊﾞｶﾞか゛AＢ年月日①½〜～-−(（]⼀㎡℃\u2028", max_size=40)


@pytest.mark.parametrize(
    ("text", "view"),
    [
        ("㍻３０年", "平成30年"),
        ("ﾊﾞｽとｶﾞｽ", "バスとガス"),
        ("㈱と⼀⽇", "(株)と一日"),
        ("札幌\n市", "札幌市"),
        ("City\nof 12\n34", "City of 12 34"),
        ("会\u3000議", "会 議"),
        ("令 和 ８ 年 度 施 政 方 針", "令和8年度施政方針"),
        ("お は よ う", "おはよう"),
        ("平 成 ３ ０ 年 度 予 算", "平成30年度予算"),
        ("表 1 2 3", "表 1 2 3"),
        ("https://example.\njp と City.\nNext", "https://example.jp と City. Next"),
        ("会期 令和４年８月 26 日", "会期 令和4年8月 26 日"),
        ("1 2 3 4", "1 2 3 4"),
        ("平成   30   年   3  月  ～", "平成 30 年 3 月 ～"),
        ("昭\u3000和  31  年", "昭 和 31 年"),
        ("給水人口 1070   人", "給水人口 1070 人"),
        ("改正  3 条と第  12 号", "改正  3 条と第  12 号"),
        ("手当は 1 0 , 0 0 0 円", "手当は 10,000円"),
        ("３ ６７ ，５ ００ 円／４１０ ， ００ ０ 円", "367,500 円/410,000 円"),
        ("2 , 0 50 , 1 3 4", "2,050,134"),
        ("割合 ２． ７ ５月分", "割合 2.75月分"),
        ("12 1,234 5,678", "12 1,234 5,678"),
        ("1 ２ ６７ ，５ ００", "1 2 67 ,5 00"),
        ("表 1, 2 3 4", "表 1, 2 3 4"),
        ("谷 一之 町長", "谷 一之 町長"),
        ("千歳市の四日市", "千歳市の四日市"),
        ("〜～~－−-", "〜～~－−-"),
        ("①½", "①½"),
        ("CO₂は25℃", "CO2は25°C"),
        ("ゼロ\u200b幅", "ゼロ幅"),
    ],
)
def test_what_is_folded_and_what_is_not(text: str, view: str) -> None:
    assert fold(text).text == view


@given(LETTERS)
def test_every_view_character_has_an_origin_in_order(text: str) -> None:
    view = fold(text)
    origins = [view.span(i, i + 1) for i in range(len(view.text))]
    assert all(0 <= start < end <= len(text) for start, end in origins)
    assert origins == sorted(origins)


@given(LETTERS)
def test_the_way_back_meets_the_way_there(text: str) -> None:
    view = fold(text)
    for i in range(len(view.text)):
        start, end = view.span(i, i + 1)
        assert view.at(start) <= i
        assert view.at(end) >= i


@given(LETTERS.filter(lambda text: not set(text) & set("ﾞ゛")))
def test_folding_twice_changes_nothing_but_letter_spacing(text: str) -> None:
    once = fold(text).text
    assert fold(once).text.replace(" ", "") == once.replace(" ", "")


@given(LETTERS, st.integers(0, 40), st.integers(0, 40))
def test_runs_are_parted_and_stay_in_place(text: str, one: int, other: int) -> None:
    low, high = sorted((min(one, len(text)), min(other, len(text))))
    view = fold(text, [Run(0, low), Run(high, len(text), "\t")])
    assert view.text.count("\t") == 1
    left = view.text.index("\t")
    assert all(view.span(i, i + 1)[1] <= low for i in range(left))
    assert all(view.span(i, i + 1)[0] >= high for i in range(left + 1, len(view.text)))
