"""The noun phrases of a sentence and the particle behind each: what in it can say what a number is.

Takes a sentence, the spans of its numbers and dates; gives a `Reading`. Does not know which phrase belongs to which number.

A phrase is a run of kanji, katakana and letters. Where hiragana that may belong to it stand at its ends (取り崩し額, ふるさと納税, 繰越し),
MeCab says how far it reaches, of that spot alone and only when the phrase is asked for.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple

from pipeline.engine.gazetteer import Gazetteer
from pipeline.model import Span
from pipeline.resolve.date_particles import one_of
from pipeline.resolve.read_characters import read_places
from pipeline.segment.tokens import Token, pos_of, tokenize
from pipeline.text.patterns import late

#: what stands in the reading for a character of a number, of one that another is counted by (1人につき, 1回300円), of a date
NUMBER, BASE, DATE = "〓", "〆", "〒"
#: a number that another one is counted by
_BASE = late(r"\s*(?:に(?:つき|対して?)|(?:当|あ)たり(?:の額)?|ごとに?|毎に?)[、，]?")
_ONE = late(r"[1１一][^\d０-９〓〒〆]{1,3}$")
_LETTER = "一-龥々ァ-ヺーｦ-ﾟA-Za-zＡ-Ｚａ-ｚ0-9０-９"
#: a run of letters, its parts joined by ・ or 及び; the stem of a verb may end it (繰越し, 見込み)
_LETTERS = (
    rf"(?P<noun>(?:その(?=他))?(?:(?!又は)[{_LETTER}])+(?:(?:[・･]|及び|および|並びに|ならびに)[{_LETTER}]+)*"
    r"(?P<stem>[いきしちみりげけせめれさ](?=[はがをにでのもと：:\s（(〓〆〒]|$))?)(?P<adjective>な(?![どいらくしがり]))?[」』】〕］＞》”]*"
)
#: hiragana behind which a noun begins
_PARTED = "のはがをにで"
_HIRAGANA = re.compile("[ぁ-ん]")
#: how much MeCab is given before a phrase, in characters
_WINDOW = 12
_EDGE = late(r"[^一-龥々ぁ-んァ-ヺー](?=[^、。\s]*$)")
_NOUN = re.compile(r"名詞|接頭辞|接尾辞|記号-文字|形状詞-一般")
_HEAD = re.compile(r"名詞|接尾辞-名詞的|記号-文字")
#: the stem of a verb before a noun is part of it: 取り崩し額
_STEM = late(r".*[いきぎしちにびみりえけげせてねべめれ一-龥]$")
#: 火災により住宅2棟: what is written in hiragana alone is no part of a noun
_KANA = re.compile("[ぁ-ん]+$")
#: a run of nouns in the letters of its tokens
_NOUNS = re.compile("(?:[Nn](?:n|v(?=h))*h|[Vv]h|[Hh])(?:(?:n|v(?=h))*h)*")
#: an aside between a noun and its particle: 労働生産性（一人当たり付加価値額）が
_ASIDE = re.compile(r"[（(〔［][^（()）〔〕［］。]*[)）〕］]")
#: how far from a sentence's numbers its phrases are read, in characters
_BEFORE, _BEHIND = 160, 30
_OPEN, _BRACKET = "（(〔［[", re.compile(r"[（(〔［\[）)〕］\]]")


class Phrase(NamedTuple):
    """A run of letters of a reading: `first` and `end` are places in it; `role` is that of the particle behind it (`topic`, `subject`,
    `object`, `target`, `place`, `as`, `within`, `of`), "" where there is none. `behind` is where the particle ends; `bracket` is where
    the bracket that it stands in opens, -1 outside of any."""

    reading: str
    plain: str
    first: int
    end: int
    behind: int
    role: str
    bracket: int
    stem: bool = False
    named: str = ""

    @property
    def start(self) -> int:
        """Where the noun begins, hiragana that belong to it included; `end` where it is none."""
        return self.first if self.named else _noun_start(self.reading, self.first, self.end)

    @property
    def text(self) -> str:
        """The noun as it stands on the page, "" where it is none."""
        return self.named or self.plain[self.start : self.end]

    def called(self, start: int, end: int, text: str) -> Phrase:
        """The phrase with another name, which stands at other places."""
        return Phrase(self.reading, self.plain, start, end, self.behind, self.role, self.bracket, False, text)


@dataclass(frozen=True)
class Reading:
    """A sentence with soft line ends and letter-spacing closed up and its numbers and dates blotted out; `places[i]` is the document's
    offset of character i, `names` are the places where names of bodies and places end."""

    text: str
    plain: str
    places: Sequence[int]
    phrases: tuple[Phrase, ...]
    brackets: Sequence[int]
    names: frozenset[int] = frozenset()

    def at(self, offset: int) -> int:
        """The place in the reading of an offset of the document, or of the next character that is in it."""
        return bisect_left(self.places, offset)

    def span(self, phrase: Phrase) -> Span:
        return Span(self.places[phrase.start], self.places[phrase.end - 1] + 1)

    def behind(self, place: int) -> Phrase | None:
        """The phrase that begins at a place; where hiragana follow that are no particle, MeCab says how far it reaches (繰り入れ)."""
        phrase = self._by_first.get(place)
        if phrase is None or phrase.role or not _HIRAGANA.match(self.text, phrase.end):
            return phrase
        length = _noun_length(self.text[place : place + _WINDOW])
        return phrase.called(place, place + length, self.plain[place : place + length]) if length else None

    @cached_property
    def _by_first(self) -> dict[int, Phrase]:
        return {phrase.first: phrase for phrase in self.phrases}

    def owner(self, phrase: Phrase) -> Phrase | None:
        """The phrase before one, where it hangs on it by の."""
        before = (other for other in reversed(self.phrases) if other.end < phrase.first)
        owner = next(before, None)
        return owner if owner is not None and owner.role == "of" and owner.behind == phrase.start else None


def read(
    text: str,
    sentence: Span,
    numbers: Sequence[Span],
    dates: Sequence[Span],
    names: Sequence[Span],
    particles: Gazetteer | None,
) -> Reading:
    """The reading of `text[sentence]`."""
    places = read_places(text, sentence)
    whole = len(places) == sentence.end - sentence.start
    plain = sentence.cut(text) if whole else "".join([text[place] for place in places])
    blotted = list(plain)
    for span in dates:
        first, last = bisect_left(places, span.start), bisect_left(places, span.end)
        blotted[first:last] = DATE * (last - first)
    counted_in = [(bisect_left(places, span.start), bisect_left(places, span.end)) for span in numbers]
    for first, last in counted_in:
        blotted[first:last] = NUMBER * (last - first)
    read_text = "".join(blotted)
    for first, last in counted_in:
        counted = _BASE.match(read_text, last)
        single = _ONE.match(plain[first:last]) is not None and read_text[last:].lstrip()[:1] == NUMBER
        if single or counted is not None:
            end = counted.end() if counted is not None else last
            read_text = read_text[:first] + BASE * (end - first) + read_text[end:]
    brackets = _brackets(read_text)
    phrases = tuple(_phrases(read_text, plain, brackets, *_runs(particles)))
    ends = frozenset(bisect_left(places, span.end) for span in names)
    return Reading(read_text, plain, places, phrases, brackets, ends)


def is_counted_by(text: str, end: int) -> bool:
    """Whether another number is counted by the one that ends at a place (1kW当たり2万円)."""
    return _BASE.match(text, end) is not None


def _phrases(
    text: str,
    plain: str,
    brackets: Sequence[int],
    runs: re.Pattern[str],
    particle_of: re.Pattern[str],
    roles: dict[str, str],
) -> Iterator[Phrase]:
    first, last = text.find(NUMBER), text.rfind(NUMBER)
    if first < 0:
        return
    for run in runs.finditer(text, max(first - _BEFORE, 0), last + _BEHIND):
        _, stem, adjective, particle = run.groups()
        if adjective is None:
            role = roles[particle] if particle is not None else ""
            start, end = run.span("noun")
            behind = run.end()
            if particle is None and text[behind : behind + 1] in _OPEN and behind < last:
                aside = _ASIDE.match(text, behind)
                found = particle_of.match(text, aside.end()) if aside is not None else None
                if found is not None:
                    role, behind = roles[found[0]], found.end()
            before = text[start - 1 : start]
            named = plain[start:end] if stem is None and (before in _PARTED or not _is_hiragana(before)) else ""
            yield Phrase(text, plain, start, end, behind, role, brackets[start], stem is not None, named)


@lru_cache(maxsize=1 << 12)
def _in_window(text: str) -> tuple[int, ...]:
    """Where the noun run at the end of a text begins, in places of it; nothing where it ends with no noun."""
    tokens = tokenize(text)
    runs = [run for run in _NOUNS.finditer(_kinds(tokens)) if run.end() == len(tokens)]
    return (tokens[runs[0].start()].start,) if runs and tokens[-1].end == len(text) else ()


@lru_cache(maxsize=1 << 10)
def _noun_length(text: str) -> int:
    """How long the noun is that a text begins with; 0 where it begins with none."""
    tokens = tokenize(text)
    run = _NOUNS.match(_kinds(tokens))
    return tokens[run.end() - 1].end if run is not None else 0


def _is_hiragana(character: str) -> bool:
    return "ぁ" <= character <= "ん"


def _noun_start(text: str, first: int, end: int) -> int:
    begin = max(first - _WINDOW, 0)
    edge = _EDGE.search(text, begin, first)
    begin = edge.end() if edge is not None else begin
    found = _in_window(text[begin:end])
    return min(begin + found[0], first) if found else end


def _kinds(tokens: Sequence[Token]) -> str:
    """A letter a token: `h` may end a noun run, `n` only begin or go on one, `v` is the stem of a verb; in capitals where a blank stands
    before it."""
    kinds: list[str] = []
    end = tokens[0].start if tokens else 0
    for token in tokens:
        kind = _kind(token.surface, token.feature)
        kinds.append(kind if token.start == end else kind.upper())
        end = token.end
    return "".join(kinds)


def _kind(surface: str, feature: str) -> str:
    pos = pos_of(feature)
    if _HEAD.match(pos):
        return "h"
    if _NOUN.match(pos):
        return "n"
    return "v" if pos.startswith("動詞-一般") and _STEM.match(surface) and not _KANA.match(surface) else "."


def _brackets(text: str) -> Sequence[int]:
    """For each character, where the innermost bracket around it opens."""
    open_at = [-1]
    found: list[int] = []
    for bracket in _BRACKET.finditer(text):
        place = bracket.start()
        found += [open_at[-1]] * (place - len(found))
        if bracket[0] in _OPEN:
            found.append(open_at[-1])
            open_at.append(place)
        elif len(open_at) > 1:
            open_at.pop()
    return found + [open_at[-1]] * (len(text) - len(found))


@lru_cache(maxsize=4)
def _runs(particles: Gazetteer | None) -> tuple[re.Pattern[str], re.Pattern[str], dict[str, str]]:
    """A phrase with the particle behind it as one pattern, the particle as another, and the role of each particle."""
    roles = {row["surface"]: row["role"] for row in particles.rows} if particles is not None else {}
    return re.compile(f"{_LETTERS}(?P<particle>{one_of(roles)})?"), re.compile(one_of(roles)), roles
