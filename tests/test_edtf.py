"""EDTF: what is one, and which days it covers."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.text.edtf import interval, is_approximate, is_edtf, precision

COVERED = {
    "2020-02-07": ("2020-02-07", "2020-02-07"),
    "2020-02": ("2020-02-01", "2020-02-29"),
    "2050": ("2050-01-01", "2050-12-31"),
    "2022-01~": ("2022-01-01", "2022-01-31"),
    "2021-09~/2021-10~": ("2021-09-01", "2021-10-31"),
    "2020-04/2021-03": ("2020-04-01", "2021-03-31"),
    "2015-04/..": ("2015-04-01", ""),
    "../2019-05": ("", "2019-05-31"),
    "2023-21": ("2023-03-01", "2023-05-31"),
    "2023-23": ("2023-09-01", "2023-11-30"),
    "2022-24": ("2022-12-01", "2023-02-28"),
    "199X": ("1990-01-01", "1999-12-31"),
    "20XX": ("2000-01-01", "2099-12-31"),
}
IMPOSSIBLE = (
    "",
    "..",
    "/",
    "../..",
    "2020/",
    "2021-02-29",
    "2021-13",
    "2021-00",
    "2021-25",
    "2021-4-1",
    "20210401",
    "0000",
    "2021/2020",
    "2020/2020-06",
    "2021-04-01/2021-03",
    "2020/2021/2022",
    "２０２０",
    "2020-04 ",
    "令和2年",
)


@pytest.mark.parametrize(("edtf", "days"), COVERED.items())
def test_an_edtf_date_covers_whole_days(edtf: str, days: tuple[str, str]) -> None:
    assert is_edtf(edtf)
    assert interval(edtf) == days


@pytest.mark.parametrize("text", IMPOSSIBLE)
def test_an_impossible_date_is_no_edtf(text: str) -> None:
    assert not is_edtf(text)
    with pytest.raises(ValueError, match=r"."):
        interval(text)


@pytest.mark.parametrize(
    ("edtf", "step"),
    [
        ("2020-02-07", "day"),
        ("2020-02-07/2020-03", "day"),
        ("2020-04/2021-03", "month"),
        ("../2019", "year"),
        ("2023-23", "season"),
        ("199X", "decade"),
        ("20XX", "century"),
    ],
)
def test_precision_is_that_of_the_finer_end(edtf: str, step: str) -> None:
    assert precision(edtf) == step


def test_a_tilde_marks_an_approximate_date() -> None:
    assert is_approximate("2022-01~")
    assert not is_approximate("2022-01")


@given(st.dates(), st.dates())
def test_a_range_of_days_covers_from_its_first_to_its_last(one: date, other: date) -> None:
    first, last = sorted((one, other))
    assert interval(f"{first}/{last}") == (first.isoformat(), last.isoformat())
