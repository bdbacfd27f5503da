"""Small glyphs beside a line: note marks, exponents and bullets that belong to it, ruby that does not.

Takes the lines of a region, gives them back with the one put in and the other taken out. Does not know how lines are found.
"""

from __future__ import annotations

import re

from pipeline.parsers.pdf.glyphs import Glyph
from pipeline.parsers.pdf.line import Line, line_of

#: a mark is at most so large for its line; a number that stands so much of an em above the baseline may be larger
_MARK, _RAISED_MARK, _RAISED = 0.75, 0.9, 0.2
_KANA = re.compile(r"^[ぁ-ゖァ-ヺーゝゞ・]+$")


def with_marks(found: list[Line]) -> list[Line]:
    """Small signs that stand within a line (note marks, exponents) or close before it (bullets) are part of it; kana above it are not."""
    marks = [line for line in found if not line.vertical and len(line.glyphs) <= 4]
    is_kana = {id(mark): _is_kana(mark) for mark in marks}
    gained: dict[int, list[Glyph]] = {}
    gone: set[int] = set()
    for mark in marks:
        is_number = all(glyph.char.isdecimal() for glyph in mark.glyphs)
        for base in found:
            em = base.em
            if base.vertical or mark.em > _RAISED_MARK * em or len(base.glyphs) < 2:
                continue
            if mark.em > _MARK * em and not (is_number and base.bottom - mark.bottom > _RAISED * em):
                continue
            inside = base.top - 0.4 * em < mark.top and mark.bottom < base.bottom + 0.15 * em
            if (
                inside
                and not (is_kana[id(mark)] and mark.bottom < base.top + 0.6 * em)
                and base.x0 - 2 * em < mark.x0
                and mark.x1 < base.x1 + em
            ):
                gained.setdefault(id(base), list(base.glyphs)).extend(mark.glyphs)
                gone.add(id(mark))
                break
    if not gone:
        return found
    return [
        line_of(sorted(gained[id(line)], key=lambda glyph: glyph.x0), False) if id(line) in gained else line
        for line in found
        if id(line) not in gone
    ]


def without_ruby(found: list[Line]) -> tuple[list[Line], list[Line]]:
    """Small kana right above a line (right of a column) are its reading, not its text."""
    small = [line for line in found if _is_kana(line)]
    ruby: set[int] = set()
    for line in small:
        for base in found:
            if base.vertical != line.vertical or not 0.35 < line.em / base.em < 0.65:
                continue
            if base.vertical:
                beside = -0.4 * line.em < line.x0 - base.x1 < 0.6 * line.em
                along = base.top - line.em <= line.top and line.bottom <= base.bottom + line.em
            else:
                beside = -0.4 * line.em < base.top - line.bottom < 0.6 * line.em
                along = base.x0 - line.em <= line.x0 and line.x1 <= base.x1 + line.em
            if beside and along:
                ruby.add(id(line))
                break
    return [line for line in found if id(line) not in ruby], [line for line in found if id(line) in ruby]


def _is_kana(line: Line) -> bool:
    return _KANA.match("".join(glyph.char for glyph in line.glyphs)) is not None
