"""Statements without rules: labels, indented below each other, and figures that stand right-aligned beside them.

Takes rows of a column of the page, gives how far a statement goes and its rows of labels and figures. Does not know rules.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.parsers.cell_kinds import is_figure
from pipeline.parsers.pdf.blocks import is_unit_line
from pipeline.parsers.pdf.glyphs import Glyph
from pipeline.parsers.pdf.layout import Leaf, Row
from pipeline.parsers.pdf.spacing import Box, spaced_text

#: em: white between two rows, between rows whose figures end at one place
_ROW_GAP, _SECTION_GAP, _EXACT = 3.6, 6.5, 0.1
#: em: how far the right edges of a column's figures lie apart, how unevenly letters are spread
_RIGHT, _UNEVEN = 0.6, 0.35
#: characters of the longest label without figures
_LONGEST = 24
_SENTENCE = re.compile(r"[。、]")
_LEADER = re.compile(r"[…‥]|[・.．･]{3}|(?:[・.．･] ){3}")
_NUMBERED = re.compile(r"(?:[(（]?[0-9０-９一二三四五六七八九十]{1,2}[)）.．、]|[①-⑳Ⅰ-Ⅻ][.．、]?|[ア-ン][.．、)）]?)")
_LETTERS = re.compile(r"[^\W\d_]{2}")
#: what page numbers of a table of contents stay below
_MOST_PAGES = 1000


@dataclass(frozen=True, slots=True)
class Entry:
    """Glyphs that stand together in a row, from `u0` to `u1`; `number` are those of the number before a label."""

    glyphs: tuple[Glyph, ...]
    u0: float
    u1: float
    text: str
    figure: bool
    number: tuple[Glyph, ...] = ()

    def written(self) -> tuple[str, list[Box]]:
        """Text and boxes, a full-width blank behind the number."""
        text, boxes = spaced_text(self.glyphs, in_cell=True)
        if not self.number:
            return text, boxes
        number, places = spaced_text(self.number, in_cell=True)
        between = (self.number[-1].x1, self.number[-1].top, self.glyphs[0].x0, self.number[-1].bottom)
        return f"{number}\u3000{text}", [*places, between, *boxes]


def entries(row: Row) -> list[Entry]:
    """Entries of a row; a number belongs to the label behind it, letters spread evenly before a figure are one label."""
    found: list[Entry] = []
    for item in row:
        glyphs: tuple[Glyph, ...] = item.content.glyphs
        text = "".join([glyph.char for glyph in glyphs])
        found.append(Entry(glyphs, item.u0, item.u1, text, is_figure(text)))
    if len(found) > 3:
        found = _closed_up(found)
    if len(found) > 1 and _NUMBERED.fullmatch(found[0].text) and not found[1].figure:
        number, label = found[:2]
        found[:2] = [Entry(label.glyphs, number.u0, label.u1, number.text + label.text, False, number.glyphs)]
    return found


def _closed_up(row: Sequence[Entry]) -> list[Entry]:
    closed: list[Entry] = []
    index = 0
    while index < len(row):
        end = index + 1
        while end < len(row) and _is_letter(row[end - 1]) and _is_letter(row[end]):
            end += 1
        gaps = [row[place].u0 - row[place - 1].u1 for place in range(index + 1, end)]
        em = row[index].glyphs[0].em
        spread = end - index > 2 and end < len(row) and row[end].figure and max(gaps) - min(gaps) < _UNEVEN * em
        closed.extend([_joined(row[index:end])] if spread else row[index:end])
        index = end
    return closed


def _is_letter(entry: Entry) -> bool:
    return len(entry.text) == 1 and entry.text.isalpha() and not entry.text.isascii()


def _joined(parts: Sequence[Entry]) -> Entry:
    glyphs = tuple(glyph for part in parts for glyph in part.glyphs)
    return Entry(glyphs, parts[0].u0, parts[-1].u1, "".join(part.text for part in parts), False)


def statement(rows: Leaf, start: int) -> tuple[int, list[list[Entry]]]:
    """Where a statement that begins with row `start` ends, and its rows; (start, []) where there is none.

    Rows with figures hold one label and figures behind it, each right-aligned with one of another row; rows between them may hold
    a label alone. Page numbers, which rise, make none.
    """
    found: list[list[Entry]] = []
    rights: list[float] = []
    end = start
    for index in range(start, len(rows)):
        row = rows[index]
        em = row[0].em
        if any(item.solid or item.content.vertical for item in row) or is_unit_line(row[-1].content):
            break
        own = entries(row)
        figures = [entry for entry in own if entry.figure]
        if not _is_statement_row(own, figures):
            break
        if found:
            level = any(abs(entry.u1 - right) < _EXACT * em for entry in figures for right in rights)
            white = row[0].w0 - max(item.w1 for item in rows[index - 1])
            if white > (_SECTION_GAP if level else _ROW_GAP) * em:
                break
        if rights and any(entry.u0 < max(own[0].u1, min(rights) - 12 * em) for entry in figures):
            break
        if not figures and (own[0].u0 > min(rights, default=own[0].u1) or len(own[0].text) > _LONGEST):
            break
        found.append(own)
        rights.extend(entry.u1 for entry in figures)
        if figures:
            end = index + 1
        elif not rights and not _NUMBERED.match(own[0].text):
            break
    found = found[: end - start]
    with_figures = [row for row in found if len(row) > 1]
    if len(found) < 3 or len(with_figures) < 2 or are_contents(with_figures):
        return start, []
    ems = found[0][0].glyphs[0].em
    places = columns(found)
    alone = [
        place
        for place in places
        if sum(_RIGHT * ems >= abs(entry.u1 - place[1]) for row in found for entry in row[1:]) < 2
    ]
    if len(alone) == len(places) or len(places) > 6:
        return start, []
    return end, found


def _is_statement_row(own: Sequence[Entry], figures: Sequence[Entry]) -> bool:
    label = own[0]
    if label.figure or _SENTENCE.search(label.text) or not _LETTERS.search(label.text):
        return False
    return len(own) == 1 + len(figures)


def are_contents(rows: Sequence[Sequence[Entry]]) -> bool:
    """Whether rows are a table of contents: leaders before the last entry, or one whole number a row, which rises all the way."""
    if 2 * sum(1 for row in rows for entry in row[:-1] if _LEADER.search(entry.text)) >= len(rows):
        return True
    if any(len(row) != 2 or not row[1].text.isdecimal() for row in rows):
        return False
    numbers = [int(row[1].text) for row in rows]
    return numbers == sorted(numbers) and 0 < numbers[0] < numbers[-1] < _MOST_PAGES


def columns(rows: Sequence[Sequence[Entry]]) -> list[tuple[float, float]]:
    """Extents of the columns of figures, told apart by their right edges, from left to right."""
    figures = sorted((entry for row in rows for entry in row if entry.figure), key=lambda entry: entry.u1)
    found: list[list[Entry]] = []
    for entry in figures:
        if found and entry.u1 - found[-1][-1].u1 < _RIGHT * entry.glyphs[0].em:
            found[-1].append(entry)
        else:
            found.append([entry])
    return [(min(entry.u0 for entry in column), max(entry.u1 for entry in column)) for column in found]
