"""What stands between the glyphs of a line: nothing, a blank, or a gap that parts two columns.

Takes glyphs in reading order along one axis, gives text and a box a character. Does not know lines or columns.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from pipeline.parsers.pdf.glyphs import SPACE, WIDE_SPACE, Glyph

Box = tuple[float, float, float, float]

#: gaps in em: between Latin words, between Japanese glyphs, between columns that must not fuse
_LATIN_GAP, _LATIN_GAP_WITH_BLANK = 0.22, 0.08
_MIXED_GAP = 0.6
_JAPANESE_GAP, _JAPANESE_GAP_WITH_BLANK = 0.75, 0.35
#: the same beyond the letter gap of a line set tight, between two kanji (見本 一子) and, over a blank, between two letters
_WORD_GAP, _WORD_GAP_WITH_BLANK, _TIGHT = 0.4, 0.2, 0.15
_COLUMN_GAP, _COLUMN_GAP_WITH_BLANK = 2.0, 4.5
#: letter-spacing: at least this gap, the same for all within the tolerance
_SPACED, _UNIFORM = 0.3, 0.12
#: what a spaced title holds besides letters and figures
_WITH_LETTERS = frozenset("・（）「」『』【】～〜―－！？")

#: two of these make a date of a stretch, however many figures it has
_OF_DATES = frozenset("年月日")


def spaced_text(glyphs: Sequence[Glyph], vertical: bool = False, in_cell: bool = False) -> tuple[str, list[Box]]:
    """Text and boxes of one line's glyphs; a gap wider than 2 em without a full-width blank becomes two blanks.

    Letter-spacing is closed up where all gaps are alike: in three glyphs or more, in two only when
    they are the whole line and less than 4 em apart (in a cell: anyhow).

    >>> glyphs = [Glyph(c, x, 0, x + 10, 10, 10) for c, x in zip("お知らせ", (0, 20, 40, 60))]
    >>> spaced_text(glyphs)[0]
    'お知らせ'
    >>> spaced_text([Glyph("歳", 0, 0, 10, 10, 10), Glyph("6", 19, 0, 24, 10, 10)])[0]
    '歳 6'
    """
    if not glyphs:
        return "", []
    chars, x0s, tops, x1s, bottoms, ems, _ = zip(*glyphs, strict=True)
    boxes: list[Box] = list(zip(x0s, tops, x1s, bottoms, strict=True))
    gaps = _gaps(glyphs, vertical, ems)
    text = "".join(chars)
    if max(gaps, default=0.0) <= _LATIN_GAP_WITH_BLANK and len(text) == len(glyphs):
        return text, boxes
    closed = _letter_spaced(glyphs, gaps, in_cell)
    letter_gap = sorted(gaps)[(len(gaps) - 1) // 2]
    parts: list[str] = []
    places: list[Box] = []
    one_size = min(ems) == max(ems)
    for index, glyph in enumerate(glyphs):
        if index and not closed[index - 1] and not (one_size and gaps[index - 1] <= _LATIN_GAP_WITH_BLANK):
            before = glyphs[index - 1]
            blanks = _between(before, glyph, gaps[index - 1], letter_gap)
            if not blanks and gaps[index - 1] > _SPACED and letter_gap <= _TIGHT and _is_label(glyphs[:index], glyph):
                blanks = "\u3000"
            for blank in blanks:
                parts.append(blank)
                places.append(_gap_box(before, glyph, vertical))
        parts.append(glyph.char)
        places.append(boxes[index])
        if len(glyph.char) > 1:
            places.extend([boxes[index]] * (len(glyph.char) - 1))
    return "".join(parts), places


def is_japanese(char: str) -> bool:
    """Kana, kanji, full-width forms and CJK punctuation: glyphs that are set without blanks."""
    return char >= "\u2e80" or char in "…―─‥"


def _gaps(glyphs: Sequence[Glyph], vertical: bool, ems: Sequence[float]) -> list[float]:
    """Gap before each glyph but the first, in em of the smaller neighbour."""
    steps = itertools.pairwise(glyphs)
    if not vertical:
        if min(ems) == max(ems):
            em = ems[0] or 1.0
            return [(after.x0 - before.x1) / em for before, after in steps]
        return [(after.x0 - before.x1) / (min(before.em, after.em) or 1.0) for before, after in steps]
    result = []
    for before, after in steps:
        gap = after.top - before.bottom
        if after.top < before.top + 0.5 * before.em and after.x0 >= before.x1 - 0.3 * before.em:
            gap = after.x0 - before.x1
        result.append(gap / (min(before.em, after.em) or 1.0))
    return result


def _between(before: Glyph, after: Glyph, gap: float, letter_gap: float) -> str:
    blank = after.flags & (SPACE | WIDE_SPACE)
    if gap > (_COLUMN_GAP_WITH_BLANK if blank & WIDE_SPACE else _COLUMN_GAP):
        return "  "
    if after.em < 0.75 * before.em and before.char.isdecimal() and after.char.isdecimal():
        # a note mark behind a figure, or an exponent, is no digit of it
        return " "
    left, right = is_japanese(before.char), is_japanese(after.char)
    if left and right:
        if gap > (_JAPANESE_GAP_WITH_BLANK if blank else _JAPANESE_GAP):
            return "\u3000"
        if letter_gap > _TIGHT or not (before.char.isalnum() and after.char.isalnum()):
            return ""
        if blank:
            return "\u3000" if gap - letter_gap > _WORD_GAP_WITH_BLANK else ""
        kanji = min(before.char, after.char) >= "\u3400" and max(before.char, after.char) < "\uff00"
        return "\u3000" if kanji and gap - letter_gap > _WORD_GAP else ""
    if left or right:
        if blank & WIDE_SPACE and gap > _JAPANESE_GAP_WITH_BLANK:
            return "\u3000"
        return " " if gap > (_JAPANESE_GAP_WITH_BLANK if blank else _MIXED_GAP) else ""
    return " " if gap > (_LATIN_GAP_WITH_BLANK if blank else _LATIN_GAP) else ""


def _letter_spaced(glyphs: Sequence[Glyph], gaps: list[float], in_cell: bool) -> list[bool]:
    """Which gaps are letter-spacing: stretches of wide gaps that are all alike."""
    closed = [False] * len(gaps)
    start = 0
    while start < len(gaps):
        end, numbers = start, 0
        if _is_wide(glyphs[start + 1], gaps[start]):
            while end + 1 < len(gaps):
                in_number = _is_number(glyphs[end + 1], glyphs[end + 2], gaps[end + 1])
                alike = abs(gaps[end + 1] - gaps[start]) <= max(_UNIFORM, 0.1 * gaps[start])
                if not in_number and not (_is_wide(glyphs[end + 2], gaps[end + 1]) and alike):
                    break
                end += 1
                numbers += in_number
            stretch = glyphs[start : end + 2]
            whole = start == 0 and end == len(gaps) - 1
            within = start > 0 and end < len(gaps) - 1 and max(gaps[start - 1], gaps[end + 1]) <= _TIGHT
            if (
                _is_spread(stretch, gaps[start], whole, in_cell)
                and not (len(stretch) == 3 and within)
                and not (numbers and len(stretch) - numbers < 4)
            ):
                closed[start : end + 1] = [True] * (end + 1 - start)
        start = end + 1
    return closed


def _is_wide(after: Glyph, gap: float) -> bool:
    """Whether a gap may be letter-spacing: one that a blank stands in may be narrower."""
    return gap >= (_WORD_GAP_WITH_BLANK if after.flags & (SPACE | WIDE_SPACE) else _SPACED)


def _is_label(head: Sequence[Glyph], after: Glyph) -> bool:
    """Whether a line opens with a full-width number that stands apart from its text: １ 目的."""
    return len(head) <= 2 and after.char.isalpha() and all("０" <= glyph.char <= "９" for glyph in head)


def _is_number(one: Glyph, other: Glyph, gap: float) -> bool:
    """Digits of one number stand close in a spaced line: 令 和 12 年."""
    return gap <= _TIGHT and one.char.isdecimal() and other.char.isdecimal()


def _is_spread(stretch: Sequence[Glyph], gap: float, whole: bool, in_cell: bool) -> bool:
    letters = sum(1 for glyph in stretch if glyph.char.isalpha() and is_japanese(glyph.char))
    words = letters == len(stretch)
    if len(stretch) == 2:
        return whole and words and gap >= 0.4 and (gap <= 4.0 or in_cell)
    if len(stretch) == 3 and not whole:
        return words and gap <= 2.0
    dated = sum(glyph.char in _OF_DATES for glyph in stretch) >= 2
    if (
        len(stretch) >= 4
        and (letters * 2 > len(stretch) or dated)
        and all(glyph.char in _WITH_LETTERS or glyph.char.isalnum() for glyph in stretch)
    ):
        return True
    return words or (len(stretch) >= 4 and gap <= 1.0 and all(glyph.char.isascii() for glyph in stretch))


def _gap_box(before: Glyph, after: Glyph, vertical: bool) -> Box:
    if vertical:
        return (before.x0, min(before.bottom, after.top), before.x1, max(before.bottom, after.top))
    return (min(before.x1, after.x0), before.top, max(before.x1, after.x0), before.bottom)
