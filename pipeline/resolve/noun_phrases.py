"""The noun phrases of a sentence and the particle behind each: what in it can say what a number is.

Takes a context, the spans of numbers and dates, and a sentence; gives `Phrase`s in order. Does not know which phrase belongs to which number.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pipeline.engine.gazetteer import Gazetteer
from pipeline.model import Span
from pipeline.resolve.date_particles import one_of
from pipeline.segment.tokens import Token, tokenize
from pipeline.text.fold import fold

#: what stands in the reading for a character of a number, of one that another is counted by (1人につき, 1回300円), of a date
NUMBER, BASE, DATE = "〓", "〆", "〒"
#: a number that another one is counted by
_BASE = re.compile(r"\s*(?:に(?:つき|対して?)|(?:当|あ)たり(?:の額)?|ごとに?|毎に?)[、，]?")
_ONE = re.compile(r"[1１一][^\d０-９〓〒〆]{1,3}$")
_NOUN = re.compile(r"名詞|接頭辞|接尾辞|記号-文字|形状詞-一般")
_HEAD = re.compile(r"名詞|接尾辞-名詞的|記号-文字")
_JOINT = re.compile(r"[・･ー]|及び|および|並びに|ならびに")
#: the stem of a verb before a noun is part of it: 取り崩し額
_STEM = re.compile(r".*[いきぎしちにびみりえけげせてねべめれ一-龥]$")
#: a noun that な makes an adjective: 高品質な
_ADJECTIVE = re.compile(r"な(?![どいらくしがり])")
_CLOSING = re.compile(r"[」』】〕］＞》”]*")
_BLANK = re.compile(r"\s")
#: letter-spacing of a word of two: 定　員
_SPACED = re.compile(r"(?<![^\s・○◆●■◎□◇(（【〔])[一-龥]([ \u3000]{1,3})[一-龥](?=[\s：:】)）〕]|$)")
_BLOTS = (NUMBER, BASE, DATE)
_OPEN, _CLOSE = "（(〔［[", "）)〕］]"


@dataclass(frozen=True, slots=True)
class Phrase:
    """`text` is the noun run; `start` and `end` are places in the reading; `role` is that of the particle behind it
    (`topic`, `subject`, `object`, `target`, `as`, `within`, `of`), "" where there is none. `behind` is where the particle ends; `bracket` is where
    the bracket that it stands in opens, -1 outside of any. `of` says whether it hangs on the phrase before by の."""

    start: int
    end: int
    behind: int
    text: str
    role: str
    bracket: int
    of: bool


@dataclass(frozen=True)
class Reading:
    """A sentence with soft line ends and letter-spacing closed up and its numbers and dates blotted out; `places[i]` is the document's
    offset of character i."""

    text: str
    plain: str
    places: tuple[int, ...]
    phrases: tuple[Phrase, ...]
    brackets: tuple[int, ...]

    def at(self, offset: int) -> int:
        """The place in the reading of an offset of the document, or of the next character that is in it."""
        return bisect_left(self.places, offset)

    def span(self, phrase: Phrase) -> Span:
        return Span(self.places[phrase.start], self.places[phrase.end - 1] + 1)


def read(
    text: str, sentence: Span, numbers: Sequence[Span], dates: Sequence[Span], particles: Gazetteer | None
) -> Reading:
    """The reading of `text[sentence]`."""
    places = _places(text, sentence)
    plain = "".join([text[place] for place in places])
    blotted = list(plain)
    for spans, mark in ((dates, DATE), (numbers, NUMBER)):
        for span in spans:
            first, last = bisect_left(places, span.start), bisect_left(places, span.end)
            blotted[first:last] = mark * (last - first)
    read_text = "".join(blotted)
    for span in numbers:
        first, last = bisect_left(places, span.start), bisect_left(places, span.end)
        counted = _BASE.match(read_text, last)
        single = _ONE.match(plain[first:last]) is not None and read_text[last:].lstrip()[:1] == NUMBER
        if single or counted is not None:
            last = counted.end() if counted is not None else last
            read_text = read_text[:first] + BASE * (last - first) + read_text[last:]
    brackets = _brackets(read_text)
    phrases = tuple(_phrases(read_text, plain, brackets, *_roles(particles)))
    return Reading(read_text, plain, places, phrases, brackets)


def _places(text: str, sentence: Span) -> tuple[int, ...]:
    """The characters of a sentence that are read: its folded view without what letter-spacing and soft line ends put in."""
    cut = sentence.cut(text)
    if not _BLANK.search(cut):
        return tuple(range(sentence.start, sentence.end))
    view = fold(cut)
    bounds = (*view.starts, len(view.text))
    places: list[int] = []
    for k, (start, end) in enumerate(view.source):
        begin, as_long = sentence.start + start, bounds[k + 1] - bounds[k] == end - start
        places += range(begin, sentence.start + end) if as_long else [begin] * (bounds[k + 1] > bounds[k])
    gone = {places[i] for m in _SPACED.finditer("".join([text[p] for p in places])) for i in range(*m.span(1))}
    return tuple([place for place in places if place not in gone and text[place] not in "\r\n\f"])


def _phrases(
    text: str, plain: str, brackets: Sequence[int], particle: re.Pattern[str], roles: dict[str, str]
) -> Iterator[Phrase]:
    tokens = tokenize(text)
    at, of = 0, -1
    while at < len(tokens):
        last = _run(tokens, at, text)
        if last == at:
            at += 1
            continue
        start, end = tokens[at].start, tokens[last - 1].end
        closed = _CLOSING.match(text, end)
        behind = closed.end() if closed is not None else end
        found = particle.match(text, behind)
        role = roles[found.group()] if found is not None else ""
        if _ADJECTIVE.match(text, end):
            at = last
            continue
        after = found.end() if found is not None else behind
        yield Phrase(start, end, after, plain[start:end], role, brackets[start], of == start)
        of = after if role == "of" else -1
        at = last


def _run(tokens: Sequence[Token], at: int, text: str) -> int:
    """Behind the last token of the noun run that begins with a token; `at` where none does."""
    last = end = at
    while end < len(tokens):
        token = tokens[end]
        if end > at and token.start != tokens[end - 1].end:
            break
        if token.surface[0] in _BLOTS:
            break
        pos = token.pos
        follows = end + 1 < len(tokens) and tokens[end + 1].start == token.end
        if token.surface == "その" and follows and tokens[end + 1].surface == "他":
            end += 1
        elif _HEAD.match(pos):
            end += 1
            last = end
        elif _NOUN.match(pos) or (end > at and last == end and _JOINT.fullmatch(token.surface)):
            if not follows:
                break
            end += 1
        elif (
            pos.startswith("動詞-一般") and follows and _STEM.match(token.surface) and _HEAD.match(tokens[end + 1].pos)
        ):
            end += 1
        else:
            break
    return last


def _brackets(text: str) -> tuple[int, ...]:
    """For each character, where the innermost bracket around it opens."""
    open_at: list[int] = []
    found: list[int] = []
    for place, character in enumerate(text):
        if character in _CLOSE and open_at:
            open_at.pop()
        found.append(open_at[-1] if open_at else -1)
        if character in _OPEN:
            open_at.append(place)
    return tuple(found)


@lru_cache(maxsize=4)
def _roles(gazetteer: Gazetteer | None) -> tuple[re.Pattern[str], dict[str, str]]:
    """The particles as one pattern, the longest first, and the role of each."""
    roles = {row["surface"]: row["role"] for row in gazetteer.rows} if gazetteer is not None else {}
    return re.compile(one_of(roles)), roles
