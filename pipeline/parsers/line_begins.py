"""What cannot begin a line: a line that begins with it goes on from the one before, however the two are set.

Takes two neighbouring lines' texts; gives yes or no. Does not know where the lines stand.
"""

from __future__ import annotations

import re

from pipeline.text.orthography import any_of, era_names, units
from pipeline.text.patterns import late

_FIGURES, _NUMERALS = "0-9０-９", "一二三四五六七八九十百千万億"
#: a bound, and the quantity that it must stand behind; 以上、 and 以下のとおり begin sentences
_BOUND = late(
    r"(?:以上|以下)(?![、，。]|で(?:す|あ|ご)|の(?:と|よ|通|如)|に(?:示|述|掲|記|よ))|未満|以内|を?超(?:え|過|の|$)"
)
_QUANTITY = late(rf"[{_FIGURES}{_NUMERALS}][^\s{_FIGURES}。、，,]{{0,4}}$")
_FIGURE_END = re.compile(rf"[^\W\d_][^。]{{0,40}}[{_FIGURES}]$|[年月][\s\u3000]?[{_FIGURES}]{{1,2}}$")
#: a word behind a figure, no kanji behind that: 月30日 goes on, 月額 and 人件費 are words of their own
_COUNTER = late(
    rf"(?:年度|(?:年|月|日|時|分|{units('line')})(?:以上|以下|未満|以内|現在|[上中下]旬)?)"
    r"(?![\s\u3000一-龥々]|かれ|かる|かり|にち|には|ごろ|ごと|頃)"
)
_ERA_END = re.compile(rf"{any_of(era_names())}$")
_YEAR_BEGIN = late(rf"[{_FIGURES}]{{1,2}}[\s\u3000]?[年.．・/／]|[元一二三四五六七八九十]{{1,3}}年")
#: a numeral that stands behind no name (健一): behind kana, a mark, or a word of counting
_NUMERAL_END = late(
    rf"(?:[^一-龥々\s]|[年月日第約計{''.join(era[-1] for era in era_names())}])[{_NUMERALS}〇]*(?P<last>[{_NUMERALS}〇])$"
)
_NUMERAL_BEGIN = late(
    rf"(?P<first>[{_NUMERALS}〇])[{_NUMERALS}〇]{{0,5}}(?:年|月|日|時|分|条|項|号|{units('line')})(?![一-龥々])"
)
_STEPS = "十百千万億"
#: 11億 at a line's end, and the rest of the number: 9,760万円
_STEP_END = re.compile(rf"[{_FIGURES}][\s\u3000]?[兆億万千]$")
_STEP_BEGIN = late(rf"[{_FIGURES}](?:[\s\u3000]?[{_FIGURES},，.．])*[\s\u3000]?[兆億万千]?[\s\u3000]?{units('line')}")


def goes_on(previous: str, line: str) -> bool:
    """Whether `line` goes on from `previous`, by the two texts alone.

    >>> goes_on("従業員が20人", "以上の事業所"), goes_on("令和5年3", "月30日"), goes_on("受付は令和", "元年から")
    (True, True, True)
    >>> goes_on("定員は3", "月額"), goes_on("定員は10", "人件費"), goes_on("3", "月"), goes_on("出席10人", "以上のとおり")
    (False, False, False, False)
    >>> goes_on("約５億６，１００万", "円となり"), goes_on("約３千", "人のうち")
    (True, True)
    >>> goes_on("四月三十", "一日に"), goes_on("山田健一", "十月の会"), goes_on("減の11億", "9,760万円となり")
    (True, False, True)
    """
    if _BOUND.match(line):
        return bool(_QUANTITY.search(previous))
    if _ERA_END.search(previous):
        return bool(_YEAR_BEGIN.match(line))
    if _COUNTER.match(line):
        return bool(_FIGURE_END.search(previous) or _STEP_END.search(previous))
    if _STEP_END.search(previous) and _STEP_BEGIN.match(line):
        return True
    begin = _NUMERAL_BEGIN.match(line)
    end = _NUMERAL_END.search(previous) if begin is not None else None
    if end is None or begin is None:
        return False
    return "〇" in (end["last"], begin["first"]) or (end["last"] in _STEPS) != (begin["first"] in _STEPS)
