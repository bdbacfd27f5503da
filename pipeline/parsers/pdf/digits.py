"""Digits of tables, read a second time by pdfplumber and compared.

Takes a PDF's bytes and its written tables, gives an issue for each number on which the two readers differ. Does not know which is right.

With pdfplumber two table pages a document cost nearly as much as all pages with pdfium (10.8 to 13.8 seconds over 34 documents), and no digit of
them differed. So digits are compared on pages where a digit of a table stands next to a character that has no Unicode value, and where a person asks.
"""

from __future__ import annotations

import re
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from unicodedata import normalize

from pipeline.model import Cell, Glyphs, Issue, Table
from pipeline.parsers.pdf.glyphs import Glyph
from pipeline.parsers.pdf.second import read_again
from pipeline.parsers.pdf.spacing import Box

#: pages of a document that are compared where it is asked for, else one; a page of more characters is not
MAX_PAGES, MAX_SAMPLE = 2, 8_000
#: of an em: what is nearer to its like than this is the double of a fake bold
_DOUBLE = 0.25
#: em: so far outside a number the middle of one of its digits may lie (a narrow digit is half an em wide)
_NEAR = 0.2
_RUN = re.compile(r"[0-9０-９](?:[0-9０-９]|[,.，．](?=[0-9０-９]))*")
_BAD = "[\ufffd\ue000-\uf8ff]"
_DOUBTFUL = re.compile(rf"[0-9０-９][,.，．]?{_BAD}|{_BAD}[,.，．]?[0-9０-９]")
_DIGIT = re.compile("[0-9０-９]")


def differing_digits(data: bytes, text: str, tables: Sequence[Table], glyphs: Glyphs, asked: bool) -> list[Issue]:
    """Issues `digits-differ`, whose spans are the cells, on two pages where `asked`, else on one of those in doubt. A number
    that the second reader does not see at its place does not differ."""
    cells = [cell for table in tables for cell in table.cells if cell.page]
    if not asked:
        doubtful = {cell.page for cell in cells if _DOUBTFUL.search(text, cell.start, cell.end)}
        cells = [cell for cell in cells if cell.page in doubtful]
    issues = []
    for page in sample_pages(text, cells, glyphs, MAX_PAGES if asked else 1):
        others = once([glyph for glyph in read_again(data, page - 1)[0] if _DIGIT.match(glyph.char)])
        for cell in (cell for cell in cells if cell.page == page):
            for run in _RUN.finditer(text, cell.start, cell.end):
                one = normalize("NFKC", "".join(_DIGIT.findall(run.group())))
                other = _inside(others, _bounds(glyphs.boxes, run.start(), run.end()))
                if other and other != one:
                    words = f"page {page}: pdfium reads {one} in a table cell, pdfplumber {other}"
                    issues.append(Issue("digits-differ", words, "warning", cell.start, cell.end))
    return issues


def sample_pages(text: str, cells: Iterable[Cell], glyphs: Glyphs, most: int) -> list[int]:
    """At most so many pages, whose tables hold the most digits, of those with few enough characters."""
    digits: Counter[int] = Counter()
    for cell in cells:
        digits[cell.page] += len(_DIGIT.findall(text, cell.start, cell.end))
    if not digits.total():
        return []
    sizes = Counter(glyphs.page)
    fit = [page for page, count in digits.items() if count and sizes[page] <= MAX_SAMPLE]
    return sorted(sorted(fit, key=lambda page: (-digits[page], page))[:most])


def _bounds(boxes: array[float], start: int, end: int) -> Box:
    x0, top, x1, bottom = (boxes[4 * start + edge : 4 * end : 4] for edge in range(4))
    return min(x0), min(top), max(x1), max(bottom)


def _inside(others: Sequence[Glyph], box: Box) -> str:
    """The digits whose middle lies in a box, along its longer side."""
    x0, top, x1, bottom = box
    found = [
        glyph
        for glyph in others
        if x0 - _NEAR * glyph.em <= (glyph.x0 + glyph.x1) / 2 <= x1 + _NEAR * glyph.em
        and top <= (glyph.top + glyph.bottom) / 2 <= bottom
    ]
    downward = len(found) > 1 and bottom - top > x1 - x0
    found.sort(key=lambda glyph: (glyph.top, glyph.x0) if downward else (glyph.x0, glyph.top))
    return normalize("NFKC", "".join(glyph.char for glyph in found))


def once(glyphs: Iterable[Glyph]) -> list[Glyph]:
    """Without the doubles of a fake bold."""
    kept: list[Glyph] = []
    near: dict[tuple[str, int], list[Glyph]] = defaultdict(list)
    for glyph in glyphs:
        row = round(glyph.top / glyph.em)
        like = [one for place in (row - 1, row, row + 1) for one in near[glyph.char, place]]
        if not any(max(abs(one.x0 - glyph.x0), abs(one.top - glyph.top)) < _DOUBLE * glyph.em for one in like):
            near[glyph.char, row].append(glyph)
            kept.append(glyph)
    return kept
