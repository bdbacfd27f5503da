"""Short names that a document gives to bodies: 国連工業開発機関(UNIDO), （以下「機構」という。）.

Takes a document's text and bodies already found in it; gives which body a short name stands for from where on. Does not know the gazetteer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.engine.body_words import BodyWords
from pipeline.model import Span
from pipeline.resolve.body_names import Body
from pipeline.text.patterns import late

_OPENS = late(
    r"\s*[」』]?\s*(?:[(（〔\[]|[:：])\s*(?:[A-Z][A-Za-z&.'’ -]{3,80}[:：,，、;；])?\s*(?:略称|通称|以下|英語名)?[:：、]?\s*[「『]?$"
)
_CALLED = late(r"\s*[」』]?\s*[(（]\s*(?:略称|通称|以下)[:：、は]?\s*$")
_EXPANDED = re.compile(r"\s*[(（]\s*$")
_CLOSES = late(r"^\s*[」』]?\s*(?:[)）〕\]、,。：:]|以下)")
_BEFORE_DEFINITION = late(
    r"^\s*[」』]?\s*[(（〔][^()（）〔〕]{0,60}$|^\s*[」』]?\s*[(（][^()（）]{0,40}[)）]\s*[(（]\s*$"
)
_WORD = late(r"[一-龥々ァ-ヴーA-Za-z0-9Ａ-Ｚ０-９]")
#: a line that ends inside a word
_BREAK = r"(?:[ \u3000]?\n[ \u3000]*)?"


@dataclass(frozen=True, slots=True)
class Alias:
    """A short name, the body it stands for, the offset from which it holds and the mention that explains it."""

    name: str
    body: Body
    start: int
    explained_by: Span


def names_abbreviation(text: str, body_end: int, start: int, end: int) -> bool:
    """Whether an abbreviation `text[start:end]` stands in brackets right behind a body's name that ends at `body_end`."""
    return bool(_OPENS.match(text, body_end, start)) and bool(_CLOSES.match(text[end : end + 4]))


def is_called(text: str, body_end: int, start: int, end: int) -> bool:
    """Whether a name `text[start:end]` is said to be the short name of a body that ends at `body_end` (会（略称：里山会）)."""
    return bool(_CALLED.match(text, body_end, start)) and bool(_CLOSES.match(text[end : end + 4]))


def is_expanded(text: str, end: int, body_start: int, body_end: int) -> bool:
    """Whether a body's name stands in brackets right behind an abbreviation that ends at `end`."""
    return bool(_EXPANDED.match(text, end, body_start)) and bool(_CLOSES.match(text[body_end : body_end + 4]))


def is_defined_behind(text: str, body_end: int, start: int) -> bool:
    """Whether a definition that starts at `start` stands in the brackets behind a body's name."""
    return start - body_end <= 80 and bool(_BEFORE_DEFINITION.match(text[body_end:start]))


def occurrences(text: str, alias: Alias, end: int, taken: Sequence[Span], words: BodyWords) -> Iterator[Span]:
    """Where a short name stands as a word of its own behind its definition, outside other bodies' names; a line may end inside it."""
    number = 0
    for match in re.compile(_BREAK.join(map(re.escape, alias.name))).finditer(text, alias.start, end):
        span = Span(*match.span())
        before, behind = text[span.start - 1 : span.start], text[span.end : span.end + 4]
        while number < len(taken) and taken[number].end <= span.start:
            number += 1
        free = number >= len(taken) or taken[number].start >= span.end
        if free and not _WORD.match(before) and (not _WORD.match(behind) or words.may_follow.match(behind)):
            yield span
