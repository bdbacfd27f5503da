"""The year or fiscal year that a title names: 令和7年度予算の概要, 令和5年の火災.

Takes a title; gives EDTF. Does not know documents.
"""

from __future__ import annotations

import re
from functools import lru_cache
from unicodedata import normalize

from pipeline.text.calendar_jp import numeral
from pipeline.text.orthography import any_of, era_names, first_year
from pipeline.text.patterns import late

_YEAR = late(
    rf"(?:(?P<era>{any_of(era_names())}) ?(?P<number>元|[0-9]{{1,2}}|[一二三四五六七八九十]{{1,3}})|(?P<year>(?:19|20)[0-9]{{2}}))(?: ?[(][^()]*[)])? ?年(?P<fiscal>度)?"
)
#: behind a year it names a goal, a birth or a product, or the year before something
_NO_YEAR = re.compile(r" ?(?:以[前後降]|代|度?目標|生まれ|産|問題|[前後]|までに?|に向け|カーボン|ゼロ|月期|比)")
_RANGED = re.compile(r" ?(?:から|[~〜～\-－–—])")


def titled_fiscal_year(title: str) -> str:
    """The one fiscal year, `A-04/B-03`; "" where a title names none, several, or one that a range begins with.

    >>> titled_fiscal_year("令和７年度 一般会計予算書"), titled_fiscal_year("平成30年度から令和4年度までの決算")
    ('2025-04/2026-03', '')
    """
    years = {(year, fiscal) for year, fiscal in _years(title) if fiscal}
    return _edtf(*next(iter(years))) if len(years) == 1 else ""


@lru_cache(maxsize=64)
def titled_period(title: str) -> str:
    """The same for the one year or fiscal year that a title names; of a year of both sorts the fiscal one.

    >>> [titled_period(title) for title in ("令和5年 火災の概要", "令和元年度事業報告", "2050年カーボンニュートラルに向けて", "第3回会議")]
    ['2023', '2019-04/2020-03', '', '']
    """
    years = _years(title)
    fiscal = {year for year in years if year[1]} or set(years)
    return _edtf(*next(iter(fiscal))) if len(fiscal) == 1 else ""


def _years(title: str) -> list[tuple[int, bool]]:
    """Years in order, and whether they are fiscal; none where one begins a range."""
    text = normalize("NFKC", title)
    years: list[tuple[int, bool]] = []
    for match in _YEAR.finditer(text):
        if _RANGED.match(text, match.end()):
            return []
        if _NO_YEAR.match(text, match.end()):
            continue
        number = 1 if match["number"] == "元" else numeral(match["number"]) if match["number"] else None
        year = int(match["year"]) if match["year"] else first_year(match["era"]) + (number or 0) - 1
        years.append((year, match["fiscal"] is not None))
    return years


def _edtf(year: int, fiscal: bool) -> str:
    return f"{year}-04/{year + 1}-03" if fiscal else f"{year:04}"
