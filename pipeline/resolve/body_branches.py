"""Branches of companies whose legal form stands before the name (株式会社若葉商会仙台支店): where the company's name ends.

Takes a name without its form; gives the company's and the branch's. Does not know documents.
"""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.engine.gazetteer import Gazetteer
from pipeline.resolve.place_names import places
from pipeline.resolve.unit_words import UnitWords

#: suffixes that a place loses in the name of a branch
_SUFFIXES = ("市", "県", "府", "都", "町", "村", "区", "")
_LONGEST_PLACE = 4


def company_branch(name: str, words: UnitWords, gazetteers: Mapping[str, Gazetteer]) -> tuple[str, str] | None:
    """The company and its branch, which begins with a place or a part of the country; None where no place tells them apart.

    >>> from pipeline.engine.load import load_rules
    >>> from pipeline.resolve.unit_words import unit_words
    >>> known = load_rules().gazetteers
    >>> company_branch("若葉商会仙台支店", unit_words(known), known)
    ('若葉商会', '仙台支店')
    >>> company_branch("若葉商会支店", unit_words(known), known) is None
    True
    """
    if not words.joins_company.search(name[-8:]):
        return None
    named = places(gazetteers).surfaces
    for start in range(2, len(name) - 3):
        for end in range(min(start + _LONGEST_PLACE, len(name) - 2), start + 1, -1):
            place = name[start:end]
            if (words.region.fullmatch(place) or any(place + suffix in named for suffix in _SUFFIXES)) and (
                words.joins_company.fullmatch(name[end:])
            ):
                return name[:start], name[start:]
    return None
