"""Numerals as public documents write them, to exact numbers.

Takes a numeral without its unit (figures, kanji, both mixed); gives a `Decimal` or a fraction. Does not know units, signs or context.
"""

from __future__ import annotations

import re
from decimal import Decimal

from pipeline.text.patterns import late

_DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {
    "零": 0,
    "壱": 1,
    "壹": 1,
    "弐": 2,
    "貳": 2,
    "参": 3,
    "參": 3,
}
_SMALL = {"十": 10, "拾": 10, "百": 100, "千": 1000}
_LARGE = {"万": 10**4, "萬": 10**4, "億": 10**8, "兆": 10**12, "京": 10**16}
_VULGAR = {
    "½": (1, 2), "⅓": (1, 3), "⅔": (2, 3), "¼": (1, 4), "¾": (3, 4), "⅕": (1, 5), "⅖": (2, 5), "⅗": (3, 5), "⅘": (4, 5),
    "⅙": (1, 6), "⅛": (1, 8), "⅜": (3, 8), "⅝": (5, 8), "⅞": (7, 8),
}  # fmt: skip
_WIDE = {0xFF10 + i: str(i) for i in range(10)} | {ord("，"): ",", ord("．"): "."}
_PIECE = late(
    r"(?P<figures>[0-9][0-9,]*(?:\.[0-9]+)?)|(?P<kanji>[〇零一二三四五六七八九壱壹弐貳参參]+)|(?P<scale>[十拾百千万萬億兆京])"
)
_GROUPED = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?")

#: a sum of so many figures is not rounded
_EXACT = 28


def read_numeral(text: str) -> Decimal | None:
    """The number that a numeral stands for; None where it is none, or its parts are out of order.

    >>> [str(read_numeral(t)) for t in ("1億2,500万", "3万2千", "百二十万", "二〇二〇", "三十八・五", "½", "１，２３４．５")]
    ['125000000', '32000', '1200000', '2020', '38.5', '0.5', '1234.5']
    >>> read_numeral("二十百") is None
    True
    """
    if len(text) <= _EXACT and _GROUPED.fullmatch(text):
        return Decimal(text.replace(",", "")) or Decimal(0)  # most are written so; 0.0 is 0
    text = "".join(text.translate(_WIDE).split())
    if text in _VULGAR:
        numerator, denominator = _VULGAR[text]
        exact = Decimal(numerator) / Decimal(denominator)
        return exact if exact * denominator == numerator else None
    whole, point, decimals = text.partition("・")
    if point:
        if not decimals or any(c not in _DIGITS for c in decimals):
            return None
        base = read_numeral(whole)
        if base is None or base != base.to_integral_value():
            return None
        return base + Decimal("0." + "".join(str(_DIGITS[c]) for c in decimals))
    return _sum(text)


def _sum(text: str) -> Decimal | None:
    """Groups under 万, 億, 兆, each a sum of thousands, hundreds, tens and a rest; scales must fall from left to right."""
    total, group = Decimal(0), Decimal(0)
    digit: Decimal | None = None
    last_small, last_large = Decimal("Infinity"), Decimal("Infinity")
    at = 0
    while at < len(text):
        match = _PIECE.match(text, at)
        if match is None:
            return None
        at = match.end()
        if match["scale"] is None:
            if digit is not None or (match["figures"] and not _GROUPED.fullmatch(match["figures"])):
                return None
            digit = _digits(match[0])
            if digit >= last_small:
                return None
            continue
        small = _SMALL.get(match["scale"])
        if small is not None:
            if small >= last_small:
                return None
            group += (Decimal(1) if digit is None else digit) * small
            last_small = Decimal(small)
        else:
            large = Decimal(_LARGE[match["scale"]])
            group += digit or 0
            if large >= last_large or (not group and digit is None):
                return None
            total += group * large
            group, last_large, last_small = Decimal(0), large, Decimal("Infinity")
        digit = None
    rest = group + (digit or 0)
    return total + rest if text and rest < last_large else None


def _digits(text: str) -> Decimal:
    if text[0] in _DIGITS:
        return Decimal("".join(str(_DIGITS[c]) for c in text))
    return Decimal(text.replace(",", ""))


def read_fraction(text: str) -> tuple[Decimal, Decimal] | None:
    """Numerator and denominator of 2/3, 3分の2, 三分の二 or ⅔; None where it is no fraction.

    >>> [tuple(map(str, read_fraction(t))) for t in ("2/3", "３分の２", "三分の二", "⅔")]
    [('2', '3'), ('2', '3'), ('2', '3'), ('2', '3')]
    """
    text = "".join(text.split())
    if text in _VULGAR:
        numerator, denominator = _VULGAR[text]
        return Decimal(numerator), Decimal(denominator)
    first, part, second = text.partition("分の")
    if not part:
        second, _, first = text.replace("／", "/").partition("/")
    above, below = read_numeral(second) if second else None, read_numeral(first) if first else None
    return (above, below) if above is not None and below else None


def plain(number: Decimal) -> str:
    """A number without exponent and without zeros that say nothing: what tables hold.

    >>> [plain(Decimal(n)) for n in ("5.50", "1E+3", "-0.0")]
    ['5.5', '1000', '0']
    """
    text = format(number, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text
