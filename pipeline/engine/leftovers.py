"""Number-like runs that no rule claimed: what there is still to teach, and the shape by which alike ones are found together.

Takes a page and its candidates; gives `Leftover`s. Does not judge them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pipeline.engine.page import Page
from pipeline.model import Candidate, Span
from pipeline.text.patterns import late

_KANJI = "一二三四五六七八九十百千万億兆〇"
#: one set of all that may begin a number comes first: `re` passes over the rest of a line at once, which it does not for alternatives
_NUMBER = late(rf"[0-9{_KANJI}①-⑳](?:(?<=[0-9])(?:[0-9,.:/\-]*[0-9])?|(?<=[{_KANJI}])[{_KANJI}]+|(?<=[①-⑳])(?=[0-9]))")
_CONTEXT = 12
_FIGURES = re.compile(r"[0-9]+")
_KANSUJI = re.compile(f"[{_KANJI}]+")
_CLASSES = (("漢", "一", "鿿"), ("あ", "ぁ", "ゟ"), ("ア", "ァ", "ヿ"), ("A", "A", "Z"), ("A", "a", "z"))


class Leftover(NamedTuple):
    """`context` is the text around it, 12 characters to each side, breaks as spaces; for `shape` see `shape`."""

    span: Span
    context: str
    shape: str


def leftovers(page: Page, candidates: Sequence[Candidate]) -> Iterator[Leftover]:
    text = page.document.text
    claimed = sorted([c.span for c in candidates if c.kind not in ("label", "title")])
    at, reach = 0, 0
    for line in page.lines:
        for match in _NUMBER.finditer(line.text):
            span = page.located(line, match.start(), match.end())
            while at < len(claimed) and claimed[at].start < span.end:
                reach = max(reach, claimed[at].end)
                at += 1
            if reach <= span.start:
                around = text[max(line.block.start, span.start - _CONTEXT) : min(line.block.end, span.end + _CONTEXT)]
                yield Leftover(span, " ".join(around.split()), shape(line.text, match.start(), match.end()))


def shape(text: str, start: int, end: int) -> str:
    """A number without its value between what stands beside it: figures are 9 (four of them 9999: perhaps a year), kanji numerals 〇;
    before it stands 漢 あ ア or A for any letter of a script, behind it a kanji stands for itself: it may be a counter that no
    rule knows. The line's ends and blanks are ␣.

    >>> shape("フォーラム2016」において", 5, 9), shape("約26基、", 1, 3), shape("3", 0, 1)
    ('ア9999」', '漢9基', '␣9␣')
    """
    number = _KANSUJI.sub("〇", _FIGURES.sub(lambda m: "9999" if len(m[0]) == 4 else "9", text[start:end]))
    behind = text[end : end + 1]
    return (
        _class(text[start - 1 : start] if start else "")
        + number
        + (behind if "一" <= behind <= "鿿" else _class(behind))
    )


def _class(character: str) -> str:
    if not character.strip():
        return "␣"
    return next((name for name, first, last in _CLASSES if first <= character <= last), character)
