"""Numerals in figures, kanji and both."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.text.numerals import plain, read_fraction, read_numeral


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("7", "7"),
        ("1,234,567", "1234567"),
        ("１，２３４", "1234"),
        ("0.5", "0.5"),
        ("2.50", "2.50"),
        ("三百五十", "350"),
        ("百二十万", "1200000"),
        ("二十三", "23"),
        ("十", "10"),
        ("千", "1000"),
        ("一万", "10000"),
        ("五十億八千七百四十万", "5087400000"),
        ("十一億二千万", "1120000000"),
        ("二〇二〇", "2020"),
        ("二〇", "20"),
        ("三十八・五", "38.5"),
        ("八九・五", "89.5"),
        ("1億2,500万", "125000000"),
        ("3万2千", "32000"),
        ("1千500", "1500"),
        ("2.5億", "250000000"),
        ("1兆3,000億", "1300000000000"),
        ("1万2,345", "12345"),
        ("5百万", "5000000"),
        ("2千5百万", "25000000"),
        ("1万500", "10500"),
        ("½", "0.5"),
        ("弐拾", "20"),
    ],
)
def test_a_numeral_has_its_number(text: str, number: str) -> None:
    assert read_numeral(text) == Decimal(number)


@pytest.mark.parametrize(
    "text", ["", "万", "二十百", "1万2万", "1,23", "千歳", "三・", "五十十", "1億2億", "一二十三四十", "⅓"]
)
def test_what_is_out_of_order_is_no_numeral(text: str) -> None:
    assert read_numeral(text) is None


@pytest.mark.parametrize(
    ("text", "above", "below"),
    [
        ("2/3", 2, 3),
        ("2／3", 2, 3),
        ("3分の2", 2, 3),
        ("三分の二", 2, 3),
        ("½", 1, 2),
        ("10分の1", 1, 10),
        ("百分の五", 5, 100),
    ],
)
def test_a_fraction_has_two_parts(text: str, above: int, below: int) -> None:
    assert read_fraction(text) == (above, below)


@pytest.mark.parametrize("text", ["2/", "分の2", "3分", "1/0", "二"])
def test_half_a_fraction_is_none(text: str) -> None:
    assert read_fraction(text) is None


def _kanji(number: int) -> str:
    """An independent writer of kanji numerals, for the way back."""
    written = ""
    for scale, mark in ((10**8, "億"), (10**4, "万"), (1, "")):
        group, number = divmod(number, scale)
        if not group:
            continue
        for small, sign in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
            digit, group = divmod(group, small)
            if digit:
                written += ("" if digit == 1 and sign else "一二三四五六七八九"[digit - 1]) + sign
        written += mark
    return written


@given(st.integers(1, 10**12 - 1))
def test_kanji_numerals_come_back(number: int) -> None:
    assert read_numeral(_kanji(number)) == number


@given(st.integers(0, 10**15))
def test_grouped_figures_come_back(number: int) -> None:
    assert read_numeral(f"{number:,}") == number


@given(st.decimals(allow_nan=False, allow_infinity=False, places=4))
def test_plain_notation_keeps_the_number(number: Decimal) -> None:
    text = plain(number)
    assert Decimal(text) == number
    assert "E" not in text
