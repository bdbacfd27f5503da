"""The noun that is counted in 1,000以上の自治体: where it ends and what of it is the unit.

Takes the phrase from の (or from behind を超える) on; gives the length of the mention in it and the unit. Does not know numbers.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.segment.tokens import Token, tokenize

#: words between の and the noun that tell how it is: 様々な, 多様な, 新しい, 異なる
_ATTRIBUTE = re.compile(r"^(?:形状詞|形容詞|連体詞|助動詞|副詞)|^動詞-一般|^接頭辞")
_NOUN = re.compile(r"^(?:名詞-普通名詞|接尾辞-名詞的|名詞-固有名詞|記号-文字)")
_NOT_COUNTED = re.compile(r"^名詞-普通名詞-副詞可能")
#: nouns that follow a count without being part of what is counted
_TAIL = ("等", "など", "間", "中", "別", "分", "全て", "全体", "目", "内", "以上", "以下", "程度", "前後")
#: nouns that の leads on from: 様々な規模の自治体, 複数の種類の施設
_LEADS_ON = ("規模", "種類", "分野", "形", "種", "タイプ", "立場", "地域", "国籍")
_RELATIONS = tuple(
    "うち ため もの こと ほか 他 際 場合 中 間 内 方 通り とおり 時 後 前 倍 乗 比 差 和 積 つ 見込み 予定 勢い 数 値 記載 規定".split()
)


@dataclass(frozen=True, slots=True)
class CountingNoun:
    """`length` counts the phrase's characters (の included) up to the noun's end."""

    unit: str
    length: int


def counting_noun(phrase: str) -> CountingNoun | None:
    """The noun run that a phrase leads to; attributes before it stay out of the unit.

    >>> counting_noun("の様々な規模の自治体で構成され")
    CountingNoun(unit='自治体', length=10)
    >>> counting_noun("の国・地域から").unit, counting_noun("の巨大都市を").unit, counting_noun("のうち")
    ('国・地域', '都市', None)
    """
    tokens = tokenize(phrase)
    at = 1 if tokens and tokens[0].surface == "の" else 0
    while at < len(tokens):
        at = _past_attributes(tokens, at)
        first, last = at, _noun_end(tokens, at)
        if last == first:
            return None
        led = last < len(tokens) and tokens[last].surface == "の" and _leads_on(tokens[last - 1])
        if led and last + 1 < len(tokens) and _noun_end(tokens, _past_attributes(tokens, last + 1)) > last + 1:
            at = last + 1
            continue
        return _counted(phrase, tokens[first:last])
    return None


def _leads_on(token: Token) -> bool:
    return token.surface in _LEADS_ON or token.pos.startswith("名詞-固有名詞-地名")


def _past_attributes(tokens: tuple[Token, ...], at: int) -> int:
    while at < len(tokens) and (_ATTRIBUTE.search(tokens[at].pos) or tokens[at].surface in ("な", "的")):
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


def _counted(phrase: str, run: tuple[Token, ...]) -> CountingNoun | None:
    while run and run[-1].surface in _TAIL:
        run = run[:-1]
    if not run or run[0].surface in _RELATIONS:
        return None
    return CountingNoun(phrase[run[0].start : run[-1].end], run[-1].end)
