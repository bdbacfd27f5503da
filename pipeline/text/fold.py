"""The folded view: a text as rules see it, with the way back to the text for every character.

Takes a text and the runs of it that are to be matched; gives a `View`. Does not know files, blocks' kinds or rules.

Folded are width and compatibility forms (ＡＢ１, ㍻, ㈱, ﾊﾞ, ⼀), soft line breaks inside a run, letter-spacing (令 和 ８ 年), and blanks inside a date
to one (平成  30 年).
Kept as they are: numerals' script (千歳市 stays), the wave and dash marks (〜 ～ ~ ー － −; － between Latin letters is a hyphen, ∼ a ~), circled numbers, fractions such as ½.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pipeline.text.name_lines import parts_names
from pipeline.text.orthography import era_names
from pipeline.text.patterns import late
from pipeline.text.view import View

_KEPT = "～－￣…‥⋯゛゜´¨¸"
# Not ²³¹¼½¾ (U+00B2-BE: footnote marks and fractions), ⅓ and its kin, ①⑴㊀ (marks of list items).
_FOLDED_RANGES = (
    (0x80, 0xB1),
    (0xB4, 0xB8),
    (0xBA, 0xBB),
    (0xBF, 0x2FF),
    (0x2000, 0x214F),
    (0x2160, 0x245F),
    (0x2500, 0x327F),
    (0x328A, 0x33FF),
    (0xF900, 0xFAFF),
    (0xFE10, 0xFFEF),
)
_ENDS = r"\n\r\f\u2028\u0085\v"
#: a line's end inside a run; between two of them a page's number (- 3 -) may stand, which is no part of the sentence
_BREAK = (
    rf"[ \t\u3000\xa0]*(?:\r\n|[{_ENDS}])[ \t\u3000\xa0{_ENDS}]*"
    rf"(?:[-－―–—‐−ー][ \u3000]?[0-9０-９]{{1,4}}[ \u3000]?[-－―–—‐−ー][ \t\u3000\xa0]*[{_ENDS}][ \t\u3000\xa0{_ENDS}]*)?"
)
_BLANKS = re.compile(r"[ \t\u3000\xa0]+")
_MARKS = "ﾞﾟ\u3099\u309a"
_WORD = "々〇ぁ-ヿ㐀-鿿豈-龎"
_BEGIN, _END = r"(?<![^\s「『（(【〔・、。：:])", r"(?![^\s」』）)】〕・、。：:])"
_FIRST = r"(?<![0-9０-９,，.．])(?<![0-9０-９,，.．][ \u3000])"
_SPACED = late(
    rf"{_BEGIN}(?:[{_WORD}][ \u3000](?=[0-9０-９{_WORD}])|[0-9０-９]{{1,4}}[ \u3000](?=[%％℃{_WORD}])|[%％℃][ \u3000](?=[{_WORD}])){{2,}}"
    rf"(?:[{_WORD}]|[0-9０-９]{{1,4}}){_END}"
)
_SPACED_FIGURES = late(rf"{_BEGIN}(?:[0-9０-９%％℃{_WORD}][ \u3000]){{2,}}[0-9０-９%％℃{_WORD}]{_END}")
#: a number of several figures with its word, blanks between all of them: 2 0 1 3 年, 5 0 0 円, 4 6 % 以 上
_SPACED_NUMBER = late(rf"(?<![0-9０-９][ \u3000])(?:[0-9０-９][ \u3000]){{2,4}}[%％℃{_WORD}](?:[ \u3000]|$)")
#: a number with its commas, or a decimal before its unit, blanks inside its groups or about its points: 1 0 , 0 0 0, ５ ７８ ，０ ００, ４． ５ ０月分
_SPACED_GROUPS = re.compile(
    rf"{_FIRST}[0-9０-９](?:[ \u3000]?[0-9０-９]){{0,2}}(?:(?:[ \u3000][,，][ \u3000]?|[,，])[0-9０-９](?:[ \u3000]?[0-9０-９]){{2}})+"
    r"(?![ \u3000]?[0-9０-９,，.．])"
    rf"|{_FIRST}[0-9０-９](?:[ \u3000][0-9０-９])?[ \u3000]?[.．][ \u3000]?[0-9０-９](?:[ \u3000][0-9０-９]){{1,2}}(?=[ \u3000]?[%％月倍])"
)
_IN_GROUP = re.compile(r"[.．]|[,，][ \u3000]?(?:[0-9０-９][ \u3000]|[0-9０-９]{2}[ \u3000])")
#: blanks that a form leaves around what is filled in: what stands before them (its end is theirs) and behind them, and how many there may be:
#: in a day and between two of them (平成   30   年   3   月   ～), between a figure and the one word that ends its line (1070   人)
_ERAS = "|".join((*era_names(), *(rf"[ \u3000]{name[-1]}" for name in era_names())))
_GAPS = (
    (late(r"[0-9０-９元]\Z"), late("[年月日]"), 4),
    (late(r"[0-9０-９]\Z"), late(r"(?:年度?|月)[ \u3000]|[^\s0-9０-９]{1,8}[ \u3000]*(?:[\r\n]|\Z)"), 80),
    (late(rf"(?:[年月]|{_ERAS})\Z"), late("[0-9０-９]"), 4),
    (late(rf"(?:{_ERAS})\Z"), late(r"[0-9０-９]{1,2}[ \u3000]*年"), 80),
    (late(r"年\Z"), late("度"), 4),
    (late(r"[年月日度]\Z"), late("[〜～~]"), 80),
    (late(r"[〜～~]\Z"), late(r"\S"), 80),
)
#: what letter-spacing holds, and most lines with blanks do not: a character or a number between two blanks
_TWO_BLANKS = re.compile(r"[ \u3000](?:[^\x00-$&-~\u3000]|[0-9０-９]{1,4})[ \u3000]")


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of the text to be seen, and the character that parts it from the run before (`\\n`, or `\\t` in a table row)."""

    start: int
    end: int
    lead: str = "\n"


def fold(text: str, runs: Iterable[Run] | None = None) -> View:
    """The view of a text, or of some runs of it in order.

    >>> fold("令 和 ８ 年 度、１，０００\\n以上").text
    '令和8年度、1,000以上'
    >>> fold("ﾊﾞｽ㈱と〜～").text
    'バス(株)と〜～'
    """
    parts: list[str] = []
    starts: list[int] = []
    source: list[tuple[int, int]] = []
    length = previous_end = 0
    folded = _narrowed(text)

    def add(part: str, begin: int, end: int) -> None:
        """A part of the view, and what it stands for; it lengthens the piece before where both map character by character."""
        nonlocal length
        parts.append(part)
        if starts and len(part) == end - begin and source[-1][1] == begin:
            first = source[-1][0]
            if length - starts[-1] == begin - first:
                source[-1] = first, end
                length += len(part)
                return
        starts.append(length)
        source.append((begin, end))
        length += len(part)

    for number, run in enumerate((Run(0, len(text)),) if runs is None else runs):
        if number:
            add(run.lead, previous_end, max(run.start, previous_end))
        at = run.start
        for begin, end, replacement in _events(text, run):
            if begin > at:
                add(folded[at:begin], at, begin)
            if replacement:
                add(replacement, begin, end)
            at = end
        if run.end > at:
            add(folded[at : run.end], at, run.end)
        previous_end = run.end
    return View("".join(parts), tuple(starts), tuple(source))


def folded_names(names: Sequence[str]) -> list[str]:
    """The folded view of each name, without white space at its ends; most names need none, so they are looked at by the hundred.

    >>> folded_names(["札幌市", "ＩＣＬＥＩ ", "㈱ﾊﾞｽ"])
    ['札幌市', 'ICLEI', '(株)バス']
    """
    found: list[str] = []
    for first in range(0, len(names), 100):
        some = names[first : first + 100]
        found += [folded(name).strip() for name in some] if _touched().search("".join(some)) else some
    return found


def folded(text: str) -> str:
    """The view's text alone; quick for names, in most of which nothing is longer or shorter.

    >>> folded("ＩＣＬＥＩ"), folded("㈱ﾊﾞｽ")
    ('ICLEI', '(株)バス')
    """
    if not _touched().search(text) or (text.isascii() and text.isprintable() and "%" not in text):
        return text
    return fold(text).text if _many()[2].search(text) else _narrowed(text)


def _events(text: str, run: Run) -> list[tuple[int, int, str]]:
    """Places where the view is longer or shorter than the text: (start, end, what stands there in the view)."""
    events: list[tuple[int, int, str]] = []
    pattern, replacements, hints = _many()
    at, spaced = run.start, False
    while (hint := hints.search(text, at, run.end)) is not None:
        begin = hint.start()
        character = text[begin]
        match = pattern.match(text, begin - 1, run.end) if character in _MARKS and begin > at else None
        match = match or pattern.match(text, begin, run.end)
        if match is None:
            blanks = _BLANKS.match(text, begin, run.end)
            spaced = spaced or blanks is not None
            if blanks is not None and _is_gap(text, begin, blanks.end(), run):
                events.append((begin, blanks.end(), " "))
            at = blanks.end() if blanks is not None else begin + 1
            continue
        found = match.group()
        start, at = match.span()
        if found in replacements:
            events.append((start, at, replacements[found]))
        elif found == "－":
            events.append((start, at, "-"))
        elif found[-1] in _MARKS:
            events.append((start, at, unicodedata.normalize("NFKC", found)))
        else:
            events.append((start, at, _joint(text, start, at, run)))
    if spaced and _TWO_BLANKS.search(text, run.start, run.end):
        closed = {
            i
            for match in (
                *_SPACED.finditer(text, run.start, run.end),
                *_figures_between_words(text, run),
                *_spaced_groups(text, run),
            )
            for i in range(match.start(), match.end())
            if text[i] in " \u3000"
        }
        events = sorted([*events, *((i, i + 1, "") for i in closed)])
    return events


def _is_gap(text: str, start: int, end: int, run: Run) -> bool:
    """Whether several blanks are one gap: inside what was spread over its line (平成  30 年  3 月)."""
    many = end - start
    return many > 1 and any(
        many <= most and behind.match(text, end, run.end) and before.search(text, max(run.start, start - 2), start)
        for before, behind, most in _GAPS
    )


def _figures_between_words(text: str, run: Run) -> Iterator[re.Match[str]]:
    """Spaced runs with figures among them (平 成 ３ ０ 年 度): a number of several figures with its word, or more words than figures, so that 表 1 2 3 is not closed up."""
    for match in _SPACED_FIGURES.finditer(text, run.start, run.end):
        characters = match.group().split()
        figures = sum(character.isdigit() for character in characters)
        words = len(characters) - figures
        if (figures < words and words >= 3) or _SPACED_NUMBER.search(match.group()):
            yield match


def _spaced_groups(text: str, run: Run) -> Iterator[re.Match[str]]:
    """Numbers with blanks inside their groups; 12 1,234 and 12 1 , 234 may be two numbers and stay as they are."""
    if any(text.find(point, run.start, run.end) >= 0 for point in ",，.．"):
        for match in _SPACED_GROUPS.finditer(text, run.start, run.end):
            if _IN_GROUP.search(match.group()):
                yield match


def _joint(text: str, start: int, end: int, run: Run) -> str:
    """What a soft line break becomes: a space between Latin words or figures and between two names, nothing else."""
    if start == run.start or end == run.end:
        return ""
    left, right = text[start - 1], text[end]
    ends = (left in ",;:!?)" and right.isalpha()) or (left == "." and right.isupper())
    apart = _western(right) and (_western(left) or ends)
    return " " if apart or parts_names(text, start, end, run.start, run.end) else ""


def _western(character: str) -> bool:
    return (character < "\u0250" and character.isalnum()) or ("\uff10" <= character <= "\uff5a" and character.isalnum())


@lru_cache(maxsize=1)
def _compatibility() -> tuple[dict[int, int], dict[str, str]]:
    """Characters that NFKC changes: to one character, and to several (or to none)."""
    one: dict[int, int] = {}
    many: dict[str, str] = {}
    for low, high in _FOLDED_RANGES:
        for code in range(low, high + 1):
            character = chr(code)
            folded = unicodedata.normalize("NFKC", character)
            if folded == character or character in _KEPT:
                continue
            if len(folded) == 1:
                one[code] = ord(folded)
            else:
                many[character] = folded
    for blank in "\t\f\x1c\x1d\x1e\x1f":
        one[ord(blank)] = ord(" ")
    one[0x223C] = ord("~")
    for invisible in "\u200b\u200c\u200d\u2060\ufeff\u00ad":
        one.pop(ord(invisible), None)
        many[invisible] = ""
    return one, many


def _narrowed(text: str) -> str:
    """The text with every character that stands for one other. `str.translate` raises and catches an error for each that stays."""
    pattern, one = _one_to_one()
    return pattern.sub(lambda match: one[match[0]], text)


@lru_cache(maxsize=1)
def _one_to_one() -> tuple[re.Pattern[str], dict[str, str]]:
    one = _compatibility()[0]
    return re.compile(f"[{_ranges(one)}]"), {chr(code): chr(folded) for code, folded in one.items()}


@lru_cache(maxsize=1)
def _touched() -> re.Pattern[str]:
    """A character that folding may change, or that tells of a place where it may."""
    one, many = _compatibility()
    return re.compile(rf"[{_ranges([*one, *map(ord, many)])}{_MARKS}－ \t\u3000\xa0{_ENDS}]")


def _ranges(characters: Iterable[int]) -> str:
    """Characters by their codes, as a set's inside."""
    codes = sorted(characters)
    firsts = [code for code, before in zip(codes, [-1, *codes], strict=False) if code != before + 1]
    lasts = [code for code, behind in zip(codes, [*codes[1:], -1], strict=False) if behind != code + 1]
    return "".join(f"{re.escape(chr(first))}-{re.escape(chr(last))}" for first, last in zip(firsts, lasts, strict=True))


@lru_cache(maxsize=1)
def _many() -> tuple[re.Pattern[str], dict[str, str], re.Pattern[str]]:
    """What is longer or shorter in the view, single characters' replacements, and the characters that tell of such a place."""
    many = _compatibility()[1]
    singles = "".join(re.escape(character) for character in sorted(many))
    pattern = rf"[\uff66-\uff9dぁ-ヿ][{_MARKS}]|{_BREAK}|[{singles}]|(?<=[A-Za-zＡ-Ｚａ-ｚ])－(?=[A-Za-zＡ-Ｚａ-ｚ])"
    return re.compile(pattern), many, re.compile(rf"[{singles}{_MARKS}－ \t\u3000\xa0{_ENDS}]")
