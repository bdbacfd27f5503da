"""Short forms of a body's name that drop some of its characters and stand beside it in brackets (福井工業高等専門学校（福井高専）).

Takes a name and the text around it; gives the short form and where it stands. Does not know the gazetteer or what else the text names.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.engine.body_words import BodyWords
from pipeline.model import Span
from pipeline.text.patterns import late

_SHORT = r"[一-龥々ァ-ヴーA-Za-z]{2,10}"
_BEHIND = re.compile(rf"\s?[(（〔]\s?(?:略称|通称)?[:：、]?\s?「?({_SHORT})」?\s?[)）〕、]")
_BEFORE = re.compile(rf"({_SHORT})\s?[(（〔]\s?\Z")
_CLOSES = late(r"\s?[)）〕、]")
#: with 県 or 市 in front, a shorter one is a word
_LEAST_OF_KIND = 3
#: a shorter end of a name is any word
_LEAST_OF_ALIAS = 4
#: how much of the text before a name is looked at
_REACH = 14
_OPENING = ("(", "（", "〔")


def abbreviates(short: str, name: str, words: BodyWords) -> bool:
    """Whether a word is a name with some of its characters dropped; its first one is kept, or the kind of government that it is of (県経協).

    A part of the name as it stands is no short form (静岡大学（静岡） says where), unless only its last word is cut (静岡大).

    >>> from pipeline.engine.body_words import body_words
    >>> from pipeline.engine.load import load_rules
    >>> words = body_words(load_rules().gazetteers)
    >>> [abbreviates(short, "静岡工業大学", words) for short in ("静岡工大", "静岡工業大", "静岡", "工業", "静岡高専", "静大")]
    [True, True, False, False, False, True]
    >>> abbreviates("県経協", "長野県経営者協会", words)
    True
    """
    begins = short[0] == name[0] or (len(short) >= _LEAST_OF_KIND and words.own_kind.match(short) is not None)
    if len(short) < 2 or not begins or len(short) >= len(name) or words.head_only.match(short):
        return False
    if name.startswith(short):
        return bool(words.cut.match(name[len(short) - 1 :]))
    if short in name:
        return False
    rest = iter(name)
    return all(character in rest for character in short)


def may_have_short_form(text: str, span: Span) -> bool:
    """Whether a word stands in brackets right behind a name, or the name itself in brackets; most names have none to be compared with."""
    if _BEHIND.match(text, span.end):
        return True
    return (
        _CLOSES.match(text, span.end) is not None
        and text[max(0, span.start - 2) : span.start].rstrip()[-1:] in _OPENING
    )


def short_form_behind(text: str, span: Span, name: str, words: BodyWords) -> Span | None:
    """The short form in the brackets right behind a body's name."""
    found = _BEHIND.match(text, span.end)
    return Span(*found.span(1)) if found and abbreviates(found[1], name, words) else None


def end_of_alias(text: str, span: Span, aliases: Iterable[str]) -> Span | None:
    """The last part of one of a body's other names, in the brackets right behind it (国連人間居住計画（ハビタット）, also called 国連ハビタット)."""
    found = _BEHIND.match(text, span.end)
    if found is None or len(found[1]) < _LEAST_OF_ALIAS:
        return None
    return Span(*found.span(1)) if any(alias.endswith(found[1]) for alias in aliases) else None


def short_form_before(text: str, span: Span, name: str, words: BodyWords) -> Span | None:
    """The short form in whose brackets a body's full name stands (福井高専（福井工業高等専門学校）)."""
    found = _BEFORE.search(text[max(0, span.start - _REACH) : span.start])
    if found is None or not _CLOSES.match(text, span.end):
        return None
    at = span.start - len(found[0])
    start = next((n for n in range(len(found[1]) - 1) if abbreviates(found[1][n:], name, words)), None)
    return Span(at + start, at + len(found[1])) if start is not None else None
