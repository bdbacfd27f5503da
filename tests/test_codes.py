"""The check digits of local governments and corporations."""

import pytest

from pipeline.text.codes import (
    check_digit,
    corporate_check_digit,
    corporate_number_of,
    is_corporate_number,
    is_local_government_code,
)

CODES = ["010006", "011002", "131016", "261009", "261076", "401005", "473821", "221384"]


@pytest.mark.parametrize("code", CODES)
def test_the_sixth_digit_checks_the_other_five(code: str) -> None:
    assert check_digit(code[:5]) == code[5]
    assert is_local_government_code(code)


@pytest.mark.parametrize("code", CODES)
def test_a_changed_digit_is_noticed(code: str) -> None:
    for place in range(6):
        changed = str((int(code[place]) + 1) % 10)
        assert not is_local_government_code(code[:place] + changed + code[place + 1 :])


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("11002", "the leading zero is gone"),
        ("０１１００２", "full-width digits are not a code"),
        ("01100२", "digits of other scripts neither"),
        ("000000", "there is no prefecture 00"),
        ("480002", "there is no prefecture 48"),
        ("", "nothing"),
        ("01100X", "a letter"),
    ],
)
def test_what_is_no_code(text: str, why: str) -> None:
    assert not is_local_government_code(text), why


@pytest.mark.parametrize("text", ["0110", "011002", "０１１００", "a1100"])
def test_only_five_digits_have_a_check_digit(text: str) -> None:
    with pytest.raises(ValueError, match="five digits"):
        check_digit(text)


@pytest.mark.parametrize(
    ("code", "number"),
    [
        ("011002", "9000020011002"),
        ("010006", "7000020010006"),
        ("282197", "8000020282197"),
        ("240001", "5000020240001"),
    ],
)
def test_a_local_government_has_a_corporate_number(code: str, number: str) -> None:
    assert corporate_number_of(code) == number
    assert is_corporate_number(number)


def test_a_wrong_code_has_no_corporate_number() -> None:
    with pytest.raises(ValueError, match="011003"):
        corporate_number_of("011003")


def test_only_twelve_digits_have_a_corporate_check_digit() -> None:
    with pytest.raises(ValueError, match="twelve digits"):
        corporate_check_digit("9000020011002")


@pytest.mark.parametrize("number", ["1000012110001", "8000012130001"])
def test_a_ministry_has_a_corporate_number(number: str) -> None:
    assert is_corporate_number(number)
    assert not is_corporate_number("9" + number[1:])
