"""MeCab tokens (UniDic) of one line of the view.

Takes a string; gives its tokens with offsets into it. Does not know documents or rules.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, NamedTuple

#: what MeCab passes over between tokens
_BLANK = " \t\n"


class Token(NamedTuple):
    """`text[start:end] == surface`; `feature` is MeCab's, cut up only when `pos` is asked for."""

    start: int
    end: int
    surface: str
    feature: str

    @property
    def pos(self) -> str:
        """UniDic's part of speech, levels joined by `-` without the empty ones."""
        return pos_of(self.feature)


def tokenize(text: str, start: int = 0, end: int | None = None) -> tuple[Token, ...]:
    """Tokens of a text, or of a stretch of it, in order; white space between them belongs to none.

    >>> [(t.surface, t.pos) for t in tokenize("京都市長が")]
    [('京都', '名詞-固有名詞-地名-一般'), ('市長', '名詞-普通名詞-一般'), ('が', '助詞-格助詞')]
    >>> tokenize("開催は京都 で", 3)[1].start
    6
    """
    tokens: list[Token] = []
    at = start
    made, new = tuple.__new__, tokens.append
    for node in _tagger()(text[start:end]):
        surface = node.surface
        at = text.find(surface, at)
        last = at + len(surface)
        new(made(Token, (at, last, surface, node.feature_raw)))
        at = last
    return tuple(tokens)


@lru_cache(maxsize=1 << 15)
def pos_of(feature: str) -> str:
    """Parts of speech out of MeCab's comma-separated feature; words come back often, so each is cut up once."""
    return "-".join(level for level in feature.split(",", 4)[:4] if level != "*")


@lru_cache(maxsize=1)
def _tagger() -> Any:
    import fugashi

    return fugashi.Tagger()
