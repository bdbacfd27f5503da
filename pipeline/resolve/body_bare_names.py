"""Names of companies without their legal form, once a document has given it (スズキ株式会社 … スズキ).

Takes a body found with its legal form; says whether its bare name may stand for it. Does not know the text.
"""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.engine.body_words import BodyWords
from pipeline.model import OrganisationValue
from pipeline.segment.tokens import Token, tokenize

_LEAST = 3
_LATIN = re.compile(r"[A-Z][A-Za-z0-9&.-]*[A-Za-z0-9]")
_ABBREVIATION = re.compile(r"([A-Z]{3,8}) [A-Z][A-Za-z .&'-]+$")
_NO_KANA = re.compile(r"[一-龥々ァ-ヴーA-Za-z0-9・&＆.-]+")
#: a place and one more word (北海道観光) may say what is there
_LEAST_OF_PLACE = 3
#: MeCab gives a word that its dictionary has some twenty features
_KNOWN_FEATURES = 10


def first_word(value: OrganisationValue) -> str:
    """The abbreviation that a name of several words in Latin letters begins with; "" where it begins with none.

    >>> [first_word(OrganisationValue(name)) for name in ("PDAM Tirtawening", "PDAM", "Water Board")]
    ['PDAM', '', '']
    """
    abbreviation = _ABBREVIATION.match(value.name) if not value.organisation_id else None
    return abbreviation[1] if abbreviation else ""


def is_distinct(value: OrganisationValue, words: BodyWords) -> bool:
    """Whether a name with a legal form can hardly mean anything else without it: no word of the dictionary, no place, no surname.

    >>> from pipeline.engine.body_words import body_words
    >>> from pipeline.engine.load import load_rules
    >>> words = body_words(load_rules().gazetteers)
    >>> names = ("スズキ", "サーラエナジー", "日立製作所", "ミライ", "環境計画", "北海道観光", "佐々木", "里の風", "EDWAN", "ECO")
    >>> [name for name in names if is_distinct(OrganisationValue(name, "株式会社", "company"), words)]
    ['スズキ', 'サーラエナジー', '日立製作所', 'EDWAN']
    """
    name = value.name
    if not value.legal_form or value.organisation_id or len(name) < _LEAST or not _NO_KANA.fullmatch(name):
        return False
    if _LATIN.fullmatch(name):
        return words.common_latin.match(name) is None
    return _is_no_word(name)


@lru_cache(maxsize=1 << 12)
def _is_no_word(name: str) -> bool:
    """Whether MeCab takes a name for no word of the dictionary, no place and no surname; the names of a document come back in it."""
    tokens = tokenize(name)
    if all("人名" in token.pos for token in tokens):
        return False
    if "地名" in tokens[0].pos:
        return len(tokens) >= _LEAST_OF_PLACE
    return any(_is_proper(token) for token in tokens)


def _is_proper(token: Token) -> bool:
    """A proper name, or a word in katakana that the dictionary lacks."""
    return "固有名詞" in token.pos or (token.feature.count(",") < _KNOWN_FEATURES and "ァ" <= token.surface[0] <= "ヴ")
