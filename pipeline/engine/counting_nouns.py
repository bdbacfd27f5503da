"""The noun that is counted in 1,000以上の自治体: where it ends and what of it is the unit.

Takes the phrase from の (or from behind を超える) on and the gazetteer `noun_words`; gives the length of the mention in it and the unit. Does not know numbers.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from pipeline.engine.gazetteer import Gazetteer
from pipeline.segment.tokens import Token, tokenize

#: words between の and the noun that tell how it is: 様々な, 多様な, 新しい, 異なる
_ATTRIBUTE = re.compile(r"^(?:形状詞|形容詞|連体詞|助動詞|副詞)|^動詞-一般|^接頭辞")
_NOUN = re.compile(r"^(?:名詞-普通名詞|接尾辞-名詞的|名詞-固有名詞|記号-文字)")
_NOT_COUNTED = re.compile(r"^名詞-普通名詞-副詞可能")
#: `rules/gazetteer/noun_words.csv`, words by role: attribute (様々な), tail (is behind the noun, no part of it), leads_on
#: (規模の leads to a further noun), relation (うち: nothing is counted)
Words = Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class CountingNoun:
    """`length` counts the phrase's characters (の included) up to the noun's end."""

    unit: str
    length: int


@lru_cache(maxsize=4)
def noun_words(gazetteer: Gazetteer | None) -> Words:
    """The words of each role; a word may have several (`tail|relation`)."""
    roles: dict[str, set[str]] = {role: set() for role in ("attribute", "tail", "leads_on", "relation")}
    for row in gazetteer.rows if gazetteer is not None else ():
        for role in row["role"].split("|"):
            roles.setdefault(role, set()).add(row["surface"])
    return {role: frozenset(words) for role, words in roles.items()}


def counting_noun(phrase: str, words: Words) -> CountingNoun | None:
    """The noun run that a phrase leads to; attributes before it stay out of the unit.

    >>> from pipeline.engine.load import load_rules
    >>> words = noun_words(load_rules().gazetteers["noun_words"])
    >>> counting_noun("の様々な規模の自治体で構成され", words)
    CountingNoun(unit='自治体', length=10)
    >>> counting_noun("の国・地域から", words).unit, counting_noun("の巨大都市を", words).unit, counting_noun("のうち", words)
    ('国・地域', '都市', None)
    """
    tokens = tokenize(phrase)
    at = 1 if tokens and tokens[0].surface == "の" else 0
    while at < len(tokens):
        at = _past_attributes(tokens, at, words)
        first, last = at, _noun_end(tokens, at)
        if last == first:
            return None
        led = last < len(tokens) and tokens[last].surface == "の" and _leads_on(tokens[last - 1], words)
        if led and last + 1 < len(tokens) and _noun_end(tokens, _past_attributes(tokens, last + 1, words)) > last + 1:
            at = last + 1
            continue
        return _counted(phrase, tokens[first:last], words)
    return None


def _leads_on(token: Token, words: Words) -> bool:
    return token.surface in words["leads_on"] or token.pos.startswith("名詞-固有名詞-地名")


def _past_attributes(tokens: tuple[Token, ...], at: int, words: Words) -> int:
    while at < len(tokens) and (_ATTRIBUTE.search(tokens[at].pos) or tokens[at].surface in words["attribute"]):
        at += 1
    return at


def _noun_end(tokens: tuple[Token, ...], at: int) -> int:
    start = at
    while at < len(tokens):
        token = tokens[at]
        joined = token.surface == "・" and at > start and at + 1 < len(tokens) and _NOUN.search(tokens[at + 1].pos)
        if not joined and (not _NOUN.search(token.pos) or (_NOT_COUNTED.search(token.pos) and at > start)):
            break
        if at > start and tokens[at - 1].end != token.start:
            break
        at += 1
    return at


def _counted(phrase: str, run: tuple[Token, ...], words: Words) -> CountingNoun | None:
    while run and run[-1].surface in words["tail"]:
        run = run[:-1]
    if not run or run[0].surface in words["relation"]:
        return None
    return CountingNoun(phrase[run[0].start : run[-1].end], run[-1].end)
