"""Takes: code numbers of Japanese local governments and corporations, as text.
Gives: their check digits, and whether a written number is well formed.
Does not know: which codes are in use, or whose they are.
"""

LOCAL_GOVERNMENT_DIGITS = 6
CORPORATE_DIGITS = 13


def check_digit(five: str) -> str:
    """The sixth digit of a 全国地方公共団体コード, from the five of JIS X 0401 and JIS X 0402 (modulus 11).

    Raises ValueError unless `five` is five ASCII digits.

    >>> check_digit("01100"), check_digit("26100")
    ('2', '9')
    """
    if not _is_number(five, LOCAL_GOVERNMENT_DIGITS - 1):
        raise ValueError(f"{five!r} is not five digits")
    return str(_local_government_check(five))


def is_local_government_code(code: str) -> bool:
    """Whether `code` is six ASCII digits of which the last checks the others and the first two are a prefecture (01-47).

    >>> is_local_government_code("011002"), is_local_government_code("011003")
    (True, False)
    """
    if not _is_number(code, LOCAL_GOVERNMENT_DIGITS) or not "01" <= code[:2] <= "47":
        return False
    return int(code[-1]) == _local_government_check(code)


def _local_government_check(digits: str) -> int:
    a, b, c, d, e = digits.encode()[: LOCAL_GOVERNMENT_DIGITS - 1]
    return (11 - (6 * a + 5 * b + 4 * c + 3 * d + 2 * e - 20 * ord("0")) % 11) % 10


def corporate_check_digit(twelve: str) -> str:
    """The first digit of a 法人番号, from the twelve of the 基礎番号 (modulus 9, weights 1 and 2 from the right).

    Raises ValueError unless `twelve` is twelve ASCII digits.

    >>> corporate_check_digit("000020011002")
    '9'
    """
    if not _is_number(twelve, CORPORATE_DIGITS - 1):
        raise ValueError(f"{twelve!r} is not twelve digits")
    total = sum(int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(twelve)))
    return str(9 - total % 9)


def is_corporate_number(number: str) -> bool:
    """Whether `number` is thirteen ASCII digits of which the first checks the others.

    >>> is_corporate_number("9000020011002"), is_corporate_number("8000020011002")
    (True, False)
    """
    return _is_number(number, CORPORATE_DIGITS) and number[0] == corporate_check_digit(number[1:])


def corporate_number_of(code: str) -> str:
    """The 法人番号 of a local government: the digits 000020 stand before its code. Wards of designated cities have none.

    Raises ValueError where `code` is no local government's code.

    >>> corporate_number_of("011002")
    '9000020011002'
    """
    if not is_local_government_code(code):
        raise ValueError(f"{code!r} is not a local government code with its check digit")
    base = "000020" + code
    return corporate_check_digit(base) + base


def _is_number(text: str, digits: int) -> bool:
    return len(text) == digits and text.isascii() and text.isdigit()
