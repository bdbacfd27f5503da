"""MeCab tokens (UniDic) of one line of the view.

Takes a string; gives its tokens with offsets into it. Does not know documents or rules.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any


@dataclass(frozen=True, slots=True)
class Token:
    """`text[start:end] == surface`; `pos` is UniDic's part of speech, levels joined by `-` without the empty ones."""

    start: int
    end: int
    surface: str
    pos: str


def tokenize(text: str) -> tuple[Token, ...]:
    """Tokens in order; white space between them belongs to none.

    >>> [(t.surface, t.pos) for t in tokenize("京都市長が")]
    [('京都', '名詞-固有名詞-地名-一般'), ('市長', '名詞-普通名詞-一般'), ('が', '助詞-格助詞')]
    """
    tokens = []
    at = 0
    for node in _tagger()(text):
        at += len(node.white_space)
        surface = node.surface
        levels = node.feature_raw.split(",", 4)[:4]
        tokens.append(Token(at, at + len(surface), surface, "-".join(level for level in levels if level != "*")))
        at += len(surface)
    return tuple(tokens)


@lru_cache(maxsize=1)
def _tagger() -> Any:
    import fugashi

    return fugashi.Tagger()
