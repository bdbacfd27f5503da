"""What a text must hold for a pattern to match in it: one of some words, one of some others, a numeral, a Latin letter.

Takes the source of an RE2 pattern; gives a `Required`. Does not match: what it does not understand it demands nothing for.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

_OPEN = r"\((?:\?P?<\w+>|\?:|(?!\?))"
_LETTERS = r"(?:[^\\[\](){}|*+?^$.]|\\[^A-Za-z0-9])+"
_SET_ITEM = r"(?!\[:)(?:\\x\{[0-9A-Fa-f]+\}|\\.|[^\\\]])"
_PIECE = re.compile(
    rf"(?P<words>{_OPEN}{_LETTERS}(?:\|{_LETTERS})*\))|(?P<open>{_OPEN}|\(\?i:)|(?P<close>\))|(?P<bar>\|)"
    r"|(?P<run>[^\\[\](){}|*+?^$.]{2,}(?![*+?{]))|(?P<times>[*+?]|\{\d+(?:,\d*)?\})\??"
    rf"|(?P<set>\[\^?(?:\]|{_SET_ITEM})(?:{_SET_ITEM})*\])"
    r"|(?P<nothing>[\^$]|\\[bBAz])|(?P<any>\.|\\[sSdDwW]|\\x\{[0-9A-Fa-f]+\})|\\(?P<escaped>[^A-Za-z0-9])|(?P<plain>[^\\[({])",
    re.DOTALL,
)
_OPENING, _ESCAPED = re.compile(_OPEN), re.compile(r"\\(.)")
#: a choice of a few letters, no range among them
_PLAIN_SET = re.compile(r"\[(?!\^)(-?(?:[^\\\-\[]|\\[^A-Za-z0-9]){1,8}-?)\]")
_FIGURES = re.compile(r"\[[0-9\-]+\]|\\d")
#: how often one of these begins in a text, by its length: a single letter says little
_FREQUENCY = (0.0, 1.0, 0.1, 0.02)
_OFTEN = 20
#: groups are looked up by so many characters at their beginning
_HEAD = 24
_DIGIT = re.compile("[0-9]")
#: what a numeral has one of, beside figures
KANJI_FIGURES = "〇○零一二三四五六七八九十百千万億兆元"
_NUMERAL = re.compile(f"[0-9{KANJI_FIGURES}]")
_NUMERALS = re.compile(rf"\[[0-9\-{KANJI_FIGURES}]+\]")
_COMMON = re.compile("[ぁ-ん0-9 、ー]")
_LETTER = re.compile("[A-Za-z]")
_LETTERS_ONLY = re.compile(r"\[(?:[A-Za-z](?:-[A-Za-z])?)+\]")


#: kinds of pieces that stand for themselves
_LITERAL = frozenset(("plain", "escaped", "run"))


class Required(NamedTuple):
    """`words`: one of them stands in every match, and so does one of `also`; empty where no such words are known. `numeral`: a figure 0-9
    does (2), or one in figures or kanji (1). `latin`: a letter A-Z or a-z does."""

    words: frozenset[str] = frozenset()
    also: frozenset[str] = frozenset()
    numeral: int = 0
    latin: bool = False


_NOTHING = Required()


def required(pattern: str) -> Required:
    """What every match of a pattern holds.

    >>> sorted(required("(?:約[ ]?)?[0-9]{1,3}(?:人|世帯|か?所)").words), required("[0-9]+年").numeral
    (['世帯', '人', '所'], 2)
    >>> required("(?:[0-9]{1,2}|十[一二]?)月上旬")
    Required(words=frozenset({'月上旬'}), also=frozenset(), numeral=1, latin=False)
    >>> required("[一-龥]*") == Required(), required("(?i:may|june)").latin
    (True, True)
    """
    known = _known()
    pieces: list[tuple[str, str]] = []
    groups: dict[int, tuple[int, str]] = {}
    opened: list[tuple[int, int]] = []
    at = 0
    while at < len(pattern):
        match = _PIECE.match(pattern, at)
        if match is None or (kind := match.lastgroup) is None:
            return Required()
        pieces.append((kind, match[kind]))
        start, at = at, match.end()
        if kind == "open":
            source = known.beginning(pattern, at)
            if source:
                groups[len(pieces) - 1] = len(pieces) - 1, source
                at += len(source) + 1
            else:
                opened.append((len(pieces) - 1, at))
        elif kind == "close":
            if not opened:
                return Required()
            first, begun = opened.pop()
            groups[first] = len(pieces) - 1, pattern[begun:start]
    if opened:
        return Required()
    at, alternatives = _alternatives(pieces, 0, _Groups(groups, known))
    return alternatives if at == len(pieces) else Required()


class _Groups(NamedTuple):
    """Where the group that a piece opens is closed (one known already: with that piece), with its source up to its last bracket."""

    closed: Mapping[int, tuple[int, str]]
    known: _Known


class _Known:
    """What groups seen before demand, by their source: rules share most of theirs, and the longest ones."""

    def __init__(self) -> None:
        self.demands: dict[str, Required] = {}
        self._by_head: dict[str, list[str]] = {}

    def learn(self, source: str, demand: Required) -> None:
        self.demands[source] = demand
        self._by_head.setdefault(source[:_HEAD], []).append(source)

    def beginning(self, pattern: str, at: int) -> str:
        """The known group that the pattern goes on with, if any."""
        for source in self._by_head.get(pattern[at : at + _HEAD], ()):
            if pattern.startswith(source, at) and pattern.startswith(")", at + len(source)):
                return source
        return ""


@lru_cache(maxsize=1)
def _known() -> _Known:
    return _Known()


def _alternatives(pieces: Sequence[tuple[str, str]], at: int, groups: _Groups) -> tuple[int, Required]:
    """What `a|b|c` demands, and where it ends."""
    branches = []
    while True:
        at, branch = _sequence(pieces, at, groups)
        branches.append(branch)
        if at == len(pieces) or pieces[at][0] != "bar":
            break
        at += 1
    if len(branches) == 1:
        return at, branch
    words = _either([branch.words for branch in branches])
    also = _either([branch.also for branch in branches])
    return at, Required(words, also, min(b.numeral for b in branches), all(b.latin for b in branches))


def _either(sets: Sequence[frozenset[str]]) -> frozenset[str]:
    """What one of the sets holds a word of; nothing where one is empty."""
    return frozenset[str]().union(*sets) if all(sets) else frozenset[str]()


def _sequence(pieces: Sequence[tuple[str, str]], at: int, groups: _Groups) -> tuple[int, Required]:
    """What `abc` demands: all that its parts do, of which the rarest words are kept."""
    parts: list[Required] = []
    literal = ""
    while at < len(pieces) and pieces[at][0] not in ("bar", "close"):
        kind, text = pieces[at]
        at += 1
        part = _NOTHING
        if kind == "open":
            close, source = groups.closed[at - 1]
            if source not in groups.known.demands:
                groups.known.learn(source, _alternatives(pieces, at, groups)[1])
            part = groups.known.demands[source]
            at = close + 1
            if "i" in text[:3]:
                part = Required(numeral=part.numeral, latin=part.latin)
        elif kind == "set":
            part = _set(text)
        elif kind == "words":
            part = _words(text)
        times = ""
        if at < len(pieces) and pieces[at][0] == "times":
            times = pieces[at][1]
            at += 1
        if kind in _LITERAL:
            if not times:
                literal += text
                continue
            part = _literal(text)
        if literal:
            parts.append(_literal(literal))
            literal = ""
        if part != _NOTHING and times not in ("*", "?") and not times.startswith("{0"):
            parts.append(part)
    if literal:
        parts.append(_literal(literal))
    if len(parts) == 1:
        return at, parts[0]
    numeral, latin = max((part.numeral for part in parts), default=0), any(part.latin for part in parts)
    worded = list(dict.fromkeys(words for part in parts for words in (part.words, part.also) if words))
    if len(worded) > 1:
        worded.sort(key=_frequency)
        return at, Required(worded[0], worded[1], numeral, latin)
    return at, Required(worded[0] if worded else frozenset(), frozenset(), numeral, latin)


@lru_cache(maxsize=1 << 10)
def _literal(text: str) -> Required:
    return Required(frozenset((text,)), frozenset(), _numeral(text), _LETTER.search(text) is not None)


@lru_cache(maxsize=1 << 10)
def _set(text: str) -> Required:
    """What a choice of letters demands: one of them, where they are few."""
    plain = _PLAIN_SET.fullmatch(text)
    letters = _ESCAPED.sub(r"\1", plain[1]) if plain is not None else ""
    numeral = 2 if _FIGURES.fullmatch(text) else 1 if _NUMERALS.fullmatch(text) else 0
    return Required(frozenset(letters), frozenset(), numeral, _LETTERS_ONLY.fullmatch(text) is not None)


@lru_cache(maxsize=256)
def _words(group: str) -> Required:
    """What a group that is a choice of plain words demands."""
    words = _ESCAPED.sub(r"\1", _OPENING.sub("", group, count=1)[:-1].replace("\\|", "\0")).split("|")
    words = [word.replace("\0", "|") for word in words]
    return Required(frozenset(words), frozenset(), min(map(_numeral, words)), all(map(_LETTER.search, words)))


def _numeral(word: str) -> int:
    return 2 if _DIGIT.search(word) else 1 if _NUMERAL.search(word) else 0


def is_common(words: frozenset[str]) -> bool:
    """Whether most lines hold one of the words, or there are none to hold."""
    return not words or _frequency(words) >= _OFTEN


@lru_cache(maxsize=1 << 12)
def _frequency(words: frozenset[str]) -> float:
    return sum(_OFTEN if _COMMON.fullmatch(word) else _FREQUENCY[min(len(word), 3)] for word in words)
