"""Paragraphs out of the rows of a column.

Takes a leaf of the reading order whose items are lines, gives `TextDraft`s. Does not know which of them are headings.
"""

from __future__ import annotations

import itertools
import re
import string
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.parsers.pdf.drafts import TextDraft, joined, pages_of
from pipeline.parsers.pdf.glyphs import BOLD
from pipeline.parsers.pdf.layout import Leaf, Row
from pipeline.parsers.pdf.line import Line
from pipeline.parsers.pdf.spacing import Box, spaced_text

#: what begins a new item, note or article wherever it stands
_OPENER = re.compile(
    r"^(?:[・･○◯●◎□■◇◆▽▼◦▶▷►✓☑★☆※＊*➢⚫]|[△▲](?![\s　]?[0-9０-９])|[-－‐]\s|[①-⑳㉑-㉟❶-❿⓪Ⓐ-ⓩ]|[(（][0-9０-９一二三四五六七八九十ア-ンｱ-ﾝあ-んa-zA-Zａ-ｚ]{1,3}[)）]"
    r"|[0-9０-９]{1,2}(?:[.．、](?![0-9０-９])|[）)\s　])|[0-9０-９]{1,2}(?:[-－.．][0-9０-９]{1,2})+[\s　]|[ア-ンｱ-ﾝ](?:[.．、）)]|[\s　])"
    r"|[一二三四五六七八九十]{1,3}[、\s　]|第[\s　]*[0-9０-９一二三四五六七八九十百]+[\s　]*(?:[章節款条編部][\s　（(]|号[\s　])|(?:議案|報告|発議|諮問|認定|承認|同意|請願|陳情)第[\s　]*[0-9０-９]+[\s　]*号|[Ⅰ-Ⅻ](?:[.．、\s　]|$)|注[0-9０-９)）:：\s　]|[（(]注)"
)
_UNIT = re.compile(r"^[(（【\[［]?[ 　]*単[ 　]*位[ 　]*[:：;／/＝=]?.{0,16}$", re.DOTALL)
#: what ends no item though the next line begins like one: 方針、|第2に, メート|ル、
_GOES_ON = re.compile(r"^(?:、.|[ァ-ヶー][ァ-ヶー])")
_LATIN = string.ascii_letters
_OPENING = frozenset("（「『【〔［(〈《")
_CONTENTS = re.compile(
    r"(?:[…‥・･.．─―\-－_][ 　]?){3,}[ 　]*[(（\-－]?[ 　]*(?:([0-9０-９]{1,4})|[ivxIVX]{1,5})[ 　]*[)）\-－]?$"
)
_CONTENTS_END = frozenset("0123456789０１２３４５６７８９ivxIVX)）-－")
_LONGEST_UNIT = 30
#: rows that end alike are full if there are so many of them and they are so many em long
_LINES, _PROSE = 3, 9.0
_SENTENCE_END = "。．！？!?」』"


#: what a line break may part within a date: 3年10|月9日, 令和3年|10月
_BROKEN_DATE = re.compile(
    r"(?:[0-9０-９〇一二三四五六七八九十元]\n[年月日]|[年月]\n[0-9０-９一二三四五六七八九十]{1,2}[月日])"
)


@dataclass(frozen=True, slots=True)
class _Row:
    """`weights` tells whether its first and last glyph are bold, `tail` where the last of several items begins along the row
    and its font size, None where there is one.
    """

    text: str
    boxes: list[Box]
    u0: float
    u1: float
    w0: float
    w1: float
    em: float
    bold: bool
    weights: tuple[bool, bool]
    vertical: bool
    tail: tuple[float, float] | None = None


def paragraphs(leaf: Leaf, page: int) -> list[TextDraft]:
    """Blocks of a column; the lines of one are parted by "\\n".

    A new block begins at an indent, at a bullet or number, after a line that ends early, at another font size or weight, and
    where the lines stand further apart than before.
    """
    rows = [_row(part) for row in leaf for part in _parted(row)]
    rows = [row for row in rows if row.text]
    if not rows:
        return []
    start = min(row.u0 for row in rows)
    ends = {em: _end(rows, em) for em in {row.em for row in rows}}
    measures = _measures(rows, ends)
    drafts: list[TextDraft] = []
    block: list[_Row] = []
    for index, row in enumerate(rows):
        if block and _begins(block, row, start, measures[index - 1]):
            drafts.append(_draft(block, start, measures[index - 1], page))
            block = []
        block.append(row)
    drafts.append(_draft(block, start, measures[-1], page))
    return drafts


def _measures(rows: Sequence[_Row], ends: dict[float, float]) -> list[float]:
    """Where each row ends if it is full: the end of the column, or nearer where three rows of prose end alike beside a picture."""
    measures = [ends[row.em] for row in rows]
    index = 0
    while index < len(rows):
        first = rows[index]
        end = index + 1
        while (
            end < len(rows)
            and abs(rows[end].u1 - first.u1) < 0.3 * first.em
            and abs(rows[end].em - first.em) <= 0.12 * first.em
            and rows[end].u0 < first.u0 + 1.3 * first.em
        ):
            end += 1
        if end - index >= _LINES and first.u1 - first.u0 >= _PROSE * first.em:
            measures[index:end] = [min(measure, first.u1) for measure in measures[index:end]]
        index = end
    return measures


def _end(rows: Sequence[_Row], em: float) -> float:
    """Where full lines of a font size end in their column: the furthest end that two lines share."""
    ends = sorted((row.u1 for row in rows if abs(row.em - em) <= 0.12 * em), reverse=True)
    shared = [one for one, next_one in itertools.pairwise(ends) if one - next_one < 0.7 * em]
    return shared[0] if shared else ends[0]


def _parted(row: Row) -> list[Row]:
    """A unit note at the right end of a row is a thing of its own: （歳入）      （単位：千円）."""
    if len(row) > 1 and is_unit_line(row[-1].content):
        return [row[:-1], row[-1:]]
    return [row]


def is_unit_line(line: Line) -> bool:
    """The same of a line."""
    return len(line.glyphs) <= _LONGEST_UNIT and is_unit("".join([glyph.char for glyph in line.glyphs]))


def is_unit(text: str) -> bool:
    """Whether a text tells the unit of the table below: 単位：千円, （単位 人）."""
    return _UNIT.match(text) is not None


def page_told(text: str) -> int | None:
    """The page that a line of contents tells behind its leaders, 0 for a Roman number; None for any other line.

    >>> page_told("１　総則 ………… 12"), page_told("大人………300円")
    (12, None)
    """
    if text[-1:] not in _CONTENTS_END:
        return None
    found = _CONTENTS.search(text)
    return None if found is None else int(found[1] or 0)


def _row(row: Row) -> _Row:
    lines: list[Line] = [item.content for item in row]
    vertical = lines[0].vertical
    glyphs = [glyph for line in lines for glyph in line.glyphs]
    text, boxes = spaced_text(glyphs, vertical)
    em = max(lines, key=lambda line: len(line.glyphs)).em
    bold = all(line.bold for line in lines)
    return _Row(
        text,
        boxes,
        min(item.u0 for item in row),
        max(item.u1 for item in row),
        min(item.w0 for item in row),
        max(item.w1 for item in row),
        em,
        bold,
        (glyphs[0].flags & BOLD != 0, glyphs[-1].flags & BOLD != 0),
        vertical,
        (row[-1].u0, row[-1].em) if len(row) > 1 else None,
    )


def _begins(block: Sequence[_Row], row: _Row, start: float, end: float) -> bool:
    before, first = block[-1], block[0]
    em = min(before.em, row.em)
    if _hangs(block, row):
        return False
    if abs(before.em - row.em) > 0.12 * max(before.em, row.em):
        return True
    if before.bold != row.bold and before.weights[1] != row.weights[0]:
        return True
    goes_on = before.u1 >= end - 1.6 * em and _GOES_ON.search(f"{before.text[-1:]}{row.text[:1]}") is not None
    if (_OPENER.match(row.text) and not goes_on) or is_unit(row.text) or is_unit(before.text):
        return True
    if page_told(before.text) is not None:
        return True
    gap = row.w0 - before.w1
    if gap > 1.6 * em or gap < -0.6 * em:
        return True
    if len(block) > 1 and gap > (block[-1].w0 - block[-2].w1) + 0.5 * em:
        return True
    if row.u0 <= max(first.u0, before.u0) + 0.3 * em and _BROKEN_DATE.search(f"{before.text[-1:]}\n{row.text[:3]}"):
        return False
    # a Latin word that does not fit goes to the next line as a whole, an opening bracket with what it opens (JIS X 4051)
    word = len(row.text) - len(row.text.lstrip(_LATIN))
    tolerance = max(3.0 if before.text[-1:].isascii() else 1.6, min(1.0 + 0.6 * word, 6.0))
    tolerance += 1.0 if row.text[:1] in _OPENING and first.text[:1] not in _OPENING else 0.0
    if before.u1 < end - tolerance * em:
        return True
    if "  " in row.text or "  " in before.text:
        return True
    if len(block) == 1 and before.u0 > row.u0 + 4 * em:
        return True
    hanging = _OPENER.match(first.text) is not None or (len(block) > 1 and block[1].u0 > first.u0 + 0.5 * em)
    if row.u0 > before.u0 + 0.6 * em:
        return not (hanging and len(block) == 1 and row.u0 <= first.u0 + 5 * em)
    if row.u0 < before.u0 - 0.6 * em and len(block) > 1:
        return True
    return before.text[-1:] in _SENTENCE_END and row.u0 > start + 0.6 * em and not hanging


def _hangs(block: Sequence[_Row], row: _Row) -> bool:
    """Whether a row goes on the last entry of the row above: it begins below that entry, right of the label, and is no longer."""
    head = next((index for index in range(len(block) - 1, -1, -1) if block[index].tail), None)
    if head is None or row.tail or is_opener(row.text) or is_opener(block[head].text):
        return False
    if block[-1].u1 < row.u1 - 0.5 * row.em:
        return False
    start, em = block[head].tail or (0.0, 0.0)
    return all(
        abs(other.u0 - start) <= 0.3 * em and abs(other.em - em) <= 0.12 * em for other in (*block[head + 1 :], row)
    ) and (-0.6 * em < row.w0 - block[-1].w1 <= 0.9 * em)


def is_opener(text: str) -> bool:
    """Whether a text begins with a bullet, a number or a note sign."""
    return _OPENER.match(text) is not None


def _draft(block: Sequence[_Row], start: float, end: float, page: int) -> TextDraft:
    text, boxes = joined([(row.text, row.boxes) for row in block])
    first, last = block[0], block[-1]
    u0, u1 = min(row.u0 for row in block), max(row.u1 for row in block)
    w0, w1 = min(row.w0 for row in block), max(row.w1 for row in block)
    return TextDraft(
        text,
        boxes,
        pages_of(text, page),
        (-w1, u0, -w0, u1) if first.vertical else (u0, w0, u1, w1),
        first.em,
        all(row.bold for row in block),
        len(block),
        first.vertical,
        first.u0 <= start + 0.6 * first.em,
        last.u1 >= end - 1.6 * last.em,
    )
