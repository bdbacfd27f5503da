"""What a table cell's text is by its look: a value, a date, running text.

Takes the text of a cell, gives yes or no. Does not know grids.
"""

from __future__ import annotations

import re

from pipeline.text.orthography import units, words
from pipeline.text.patterns import late

_SIGN, _DIGITS = r"[△▲\-−－+＋±約]?", r"[0-9０-９][0-9０-９,，.．]*"
_COUNTER = rf"(?:[十百千万億兆]*{units('cell')}|[万億兆])?(?:増|減)?"
#: a number, with its unit and another in brackets: 251,500 円, 765 (718), 2.7％増, １／２, 約3万円
_NUMBER = late(
    rf"{_SIGN}{_DIGITS}(?:[/／]{_DIGITS})?(?:[万億兆千]{_DIGITS})*{_COUNTER}(?:[(（]{_SIGN}{_DIGITS}{_COUNTER}[)）])?"
)
#: marks and words that stand for a value
_MARK = late(rf"[○◯〇●◎×✕✖△▲☐□■✓✔〃\-−－–―ー*＊…]+|{words('cell_mark')}|[\-−－ー]円")
_COUNTED = re.compile(r"[①-⑳❶-❿]|[(（][0-9０-９]{1,2}[)）]")
_DATE = late(
    r"(?:[^\d０-９]{0,3}[0-9０-９元]{1,4}[年./．／])?[0-9０-９]{1,2}[月./．／][0-9０-９]{1,2}日?(?:[(（].[)）])?"
)
#: a year may stand over a column as well as in it
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_FIGURE = late(r"[\s△▲\-−－(（]*[0-9０-９][0-9０-９,，.．\s]*[%％)）]?")
#: what stands alone in a row of units or of column letters: （千円）, ％, A, B-A
_UNIT = late(
    rf"[(（]?(?:単位[:：])?(?:[十百千万億兆]*(?:{units('cell')}|{units('header')}|年|月)|k?m|[A-ZＡ-Ｚ](?:[\-－−+＋=＝/／][A-ZＡ-Ｚ])*)[)）]?"
)
_NAME_WITH_UNIT = late(
    rf".+[(（](?:単位[:：])?[十百千万億兆]*(?:{units('cell')}|{units('header')})(?:[/／](?:{units('cell')}|{units('header')}|[年月日]))?[)）]"
)
_CONTACT = late(
    r"(?:https?:|〒|[0-9０-９]{3}[-－][0-9０-９]{4}$|[^@\s]+@[^@\s]+\.|(?:TEL|電話)?[:：]?0[0-9０-９]{1,4}[-－(（][0-9０-９]{1,4}[-－)）][0-9０-９]{3,4})"
)
_BLANK = re.compile(r"\s+")
#: characters of what is no name any more, and of what is none beside a name in a table of two columns
_LONG, _LONG_BESIDE_NAME = 45, 25


def is_value(text: str) -> bool:
    """Whether a cell holds a number with its unit, a mark, a word for nothing, a telephone number or an address of the net.

    A year of four digits is none: it heads columns as often as it fills them.

    >>> [is_value(text) for text in ("251,500 円", "765 (718)", "△ 1.1", "１／２", "○", "なし", "0887-00-0000")]
    [True, True, True, True, True, True, True]
    >>> [is_value(text) for text in ("2021", "30年度", "10歳未満", "20代", "差引", "Ａ")]
    [False, False, False, False, False, False]
    """
    solid = _BLANK.sub("", text)
    if _YEAR.fullmatch(solid):
        return False
    return bool(_NUMBER.fullmatch(solid) or _MARK.fullmatch(solid) or _CONTACT.match(solid))


def is_mark(text: str) -> bool:
    """Whether a cell holds a mark or a word for nothing: ○, －, なし."""
    return _MARK.fullmatch(_BLANK.sub("", text)) is not None


def is_ordinal(text: str) -> bool:
    """Whether a cell only counts the rows: ①, (2)."""
    return _COUNTED.fullmatch(text.strip()) is not None


def is_date(text: str) -> bool:
    """Whether a cell holds one day.

    >>> [is_date(text) for text in ("令和３年５月１８日", "4/1", "5月8日(土)", "令和3年度", "4月")]
    [True, True, True, False, False]
    """
    return _DATE.fullmatch(_BLANK.sub("", text)) is not None


def is_prose(text: str, beside_name: bool = False) -> bool:
    """Whether a cell holds a sentence, a list or more than a name is long; `beside_name` in a table of a name and what is told of it.

    >>> is_prose("議長に届け出る。"), is_prose("紙, 布, 木, 鉄"), is_prose("前年度末現在高（見込額）")
    (True, True, False)
    """
    solid = _BLANK.sub("", text)
    if len(solid) > (_LONG_BESIDE_NAME if beside_name else _LONG) or "。" in solid:
        return True
    return solid.count(",") + solid.count("，") + solid.count("、") > 2


def is_unit(text: str) -> bool:
    """Whether a cell holds nothing but a unit, or the letters a column is reckoned with.

    >>> [is_unit(text) for text in ("千円", "（％）", "A-B", "人口")]
    [True, True, True, False]
    """
    return _UNIT.fullmatch(text.strip()) is not None


def ends_with_unit(text: str) -> bool:
    """Whether a name has its unit in brackets at its end.

    >>> [ends_with_unit(text) for text in ("普及率(％)", "料金（円）", "人口密度(人/km2)", "区分（再掲）")]
    [True, True, True, False]
    """
    return _NAME_WITH_UNIT.fullmatch(_BLANK.sub("", text)) is not None


def is_figure(text: str) -> bool:
    """Whether a cell holds one number and nothing else; a year of four digits is none.

    >>> [is_figure(text) for text in ("△ 1,234", "45.6％", "2021", "30年度")]
    [True, True, False, False]
    """
    stripped = text.strip()
    return _FIGURE.fullmatch(stripped) is not None and _YEAR.fullmatch(stripped) is None
