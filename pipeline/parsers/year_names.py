"""Names of years as rows and columns of tables have them: R5, 令和5年度, 2020, 28年度, 平成31年度（令和元年度）.

Gives patterns. Does not know which year is meant.
"""

from __future__ import annotations

import re

from pipeline.text.orthography import any_of, era_letters, era_names

_D = "0-9０-９"
_ERA = rf"(?:{any_of(era_names())}|[{era_letters()}])\s?(?:[{_D}]{{1,2}}|元)(?:年度?)?"
#: another label of the same year, in brackets
SECOND = rf"[（(](?:{_ERA}|[{_D}]{{2,4}}年?度?)[)）]"
YEAR = rf"(?:{_ERA}|(?:[{_D}]{{1,2}}|元)年度|(?:19|20)[{_D}]{{2}}(?:年度?)?)(?:\s?{SECOND})?"
_WHOLE = re.compile(YEAR)
_MONTH = re.compile(rf"[{_D}]{{1,2}}\s?月分?")


def is_year(text: str) -> bool:
    """Whether a cell holds a year and nothing else.

    >>> [is_year(text) for text in ("R5", "令和元年度", "2020", "平成31年度（令和元年度）", "令和5年4月", "5")]
    [True, True, True, True, False, False]
    """
    return _WHOLE.fullmatch(text.strip()) is not None


def is_month(text: str) -> bool:
    """Whether a cell holds a month and nothing else (4月, 10月分)."""
    return _MONTH.fullmatch(text.strip()) is not None
