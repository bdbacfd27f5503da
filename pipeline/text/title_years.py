"""The fiscal year that a title names: 令和7年度予算の概要.

Takes a title; gives EDTF. Does not know documents.
"""

from __future__ import annotations

import re
from unicodedata import normalize

from pipeline.text.calendar_jp import numeral
from pipeline.text.orthography import any_of, era_names, first_year
from pipeline.text.patterns import late

_YEAR = late(
    rf"(?:(?P<era>{any_of(era_names())}) ?(?P<number>元|[0-9]{{1,2}}|[一二三四五六七八九十]{{1,3}})|(?P<year>(?:19|20)[0-9]{{2}}))(?: ?[(][^()]*[)])? ?年度"
)
_RANGED = re.compile(r" ?(?:から|[~〜～\-－–—])")


def titled_fiscal_year(title: str) -> str:
    """The one fiscal year, `A-04/B-03`; "" where a title names none, several, or one that a range begins with.

    >>> titled_fiscal_year("令和７年度 一般会計予算書"), titled_fiscal_year("平成30年度から令和4年度までの決算")
    ('2025-04/2026-03', '')
    """
    text = normalize("NFKC", title)
    years = set[int]()
    for match in _YEAR.finditer(text):
        if _RANGED.match(text, match.end()):
            return ""
        number = 1 if match["number"] == "元" else numeral(match["number"]) if match["number"] else None
        years.add(int(match["year"]) if match["year"] else first_year(match["era"]) + (number or 0) - 1)
    if len(years) != 1:
        return ""
    (year,) = years
    return f"{year}-04/{year + 1}-03"
