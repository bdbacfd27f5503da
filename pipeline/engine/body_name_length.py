"""How far the name of a body reaches in a run of words that begins with it.

Takes the run and the words of bodies; gives a number of characters. Does not know rules or matches.
"""

from __future__ import annotations

import re

from pipeline.engine.body_words import BodyWords
from pipeline.segment.tokens import Token, tokenize
from pipeline.text.patterns import late

_HIRAGANA = re.compile(r"[ぁ-ん]")
_HIRAGANA_START = late(r"^[ぁ-ん]{2,6}(?=[一-龥々ァ-ヴ])")
#: a name all in kana
ALL_KANA = late(r"^[ぁ-ん]{3,8}(?=$|[^ぁ-ん一-龥々ァ-ヴー])")
#: a name that holds particles is held together by the word at its end (日本の松の緑を守る会)
_HELD = late(r"^[^、。]{2,24}?(?:の会|を[^、。をが]{1,10}会)(?![一-龥議長員])")

#: a number that counts or is paid, which stands behind a name and in none (助成200万円)
_AMOUNT = late(r"[0-9][0-9,]*(?:[千百万億兆]*円|[人名件%％]|団体|か所)")


def name_length(rest: str, words: BodyWords) -> int:
    """How many characters of a run behind a legal form are the name: up to a particle, a verb, a post.

    >>> from pipeline.engine.body_words import body_words
    >>> from pipeline.engine.load import load_rules
    >>> rest = "きょうとグリーンファンドの協力を得て"
    >>> rest[: name_length(rest, body_words(load_rules().gazetteers))]
    'きょうとグリーンファンド'
    """
    held = _HELD.match(rest) or words.held.match(rest)
    opaque = _HIRAGANA_START.match(rest)
    if words.no_name.match(rest) and not (opaque and opaque.end() > 2) and not _all_kana(rest):
        return 0
    start = opaque.end() if opaque else 0
    if run := _all_kana(rest):
        start = len(run)
    end = start
    tokens = tokenize(rest[start:])
    for number, token in enumerate(tokens):
        if token.surface == "・" and words.form.match(rest[start + token.end :]):
            break
        if token.surface == "の" and end == start + 1 and number + 1 < len(tokens):
            continue  # a single character is no name yet (里の風)
        if _AMOUNT.match(rest, start + token.start):
            break
        last = (
            number + 1 == len(tokens)
            or _is_particle(tokens[number + 1])
            or _AMOUNT.match(rest, start + tokens[number + 1].start) is not None
        )
        if (
            _is_particle(token)
            or words.post.match(rest[start + token.start :])
            or (last and words.last.match(token.surface))
        ):
            break
        end = start + token.end
    return max(end, held.end()) if held else end


def _all_kana(rest: str) -> str:
    """The name all in kana that a run behind a legal form begins with (とりせん); "" where it begins with a word of grammar."""
    run = ALL_KANA.match(rest)
    return run[0] if run and not tokenize(run[0])[0].pos.startswith(("助詞", "助動詞", "接続詞")) else ""


def _is_particle(token: Token) -> bool:
    """A word of grammar, or a sign. What MeCab calls a verb in katakana or kanji is part of a name that it does not know."""
    if not _HIRAGANA.search(token.surface):
        return token.pos.startswith("補助記号") and token.surface not in "・&＆-‐ー."
    return token.pos.startswith(("助詞", "助動詞", "動詞", "形容詞", "接続詞", "連体詞", "副詞", "代名詞"))
