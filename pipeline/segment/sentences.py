"""Sentences inside a block.

Takes a text and a block's span; gives the spans of its sentences. Does not know rules.
"""

from __future__ import annotations

import re

from pipeline.model import Span

_END = re.compile(r"(?:[。！？!?]|．(?![0-9０-９]))+[」』）)】〕\"”’]*|\.(?=\s+[A-Z])|\n(?=\s*[・○●◯◎■□▪※])")
_OPEN, _CLOSE = "「『（(【〔", "」』）)】〕"
_BRACKET = re.compile(f"[{re.escape(_OPEN)}]")


def sentences(text: str, block: Span) -> list[Span]:
    """Sentences in order, without white space at their ends; a 。 inside brackets does not end one, an item's mark at the head of
    a line begins one.

    >>> text = "市は（昨年。）表明した。次に、"
    >>> [s.cut(text) for s in sentences(text, Span(0, len(text)))]
    ['市は（昨年。）表明した。', '次に、']
    >>> [s.cut("率は７．３％である。") for s in sentences("率は７．３％である。", Span(0, 10))]
    ['率は７．３％である。']
    """
    found: list[Span] = []
    start = block.start
    bracketed = _BRACKET.search(text, block.start, block.end) is not None
    for match in _END.finditer(text, block.start, block.end):
        before = text[start : match.start()] if bracketed else ""
        if before and sum(before.count(c) for c in _OPEN) > sum(before.count(c) for c in _CLOSE):
            continue
        _add(found, text, start, match.end())
        start = match.end()
    _add(found, text, start, block.end)
    return found


def _add(found: list[Span], text: str, start: int, end: int) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if end > start:
        found.append(Span(start, end))
