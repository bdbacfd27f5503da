"""Rows that run over the gutter between two columns of text, cut there.

Takes rows of glyphs, gives them back cut. Does not know how rows are found, nor reading order.
"""

from __future__ import annotations

import itertools
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.parsers.pdf.glyphs import Glyph

#: in em: white that may be a gutter; lines of a column; how far above and below they are looked for
_WHITE, _COLUMN, _NEAR = 0.8, 6.0, 5.0
#: lines that a column has near the row on either side
_LINES = 2


@dataclass(frozen=True, slots=True)
class _Stretch:
    x0: float
    x1: float
    foot: float


def cut_at_gutters(rows: Sequence[list[Glyph]]) -> list[list[Glyph]]:
    """Rows, cut where their white lies between columns: lines of six em or more end and begin there above and below.

    Labels and entries of a table are shorter; a row of them stays whole.
    """
    gaps = [_gaps(row) for row in rows]
    if not any(gaps):
        return list(rows)
    stretches = sorted(
        (part for row, own in zip(rows, gaps, strict=True) for part in _stretches(row, own)), key=lambda part: part.foot
    )
    feet = [part.foot for part in stretches]
    cut: list[list[Glyph]] = []
    for row, own in zip(rows, gaps, strict=True):
        start = 0
        for index in own:
            before, after = row[index - 1], row[index]
            reach = _NEAR * after.em
            near = stretches[bisect_left(feet, after.bottom - reach) : bisect_right(feet, after.bottom + reach)]
            if _is_gutter(before, after, near):
                cut.append(row[start:index])
                start = index
        cut.append(row[start:])
    return cut


def _gaps(row: Sequence[Glyph]) -> list[int]:
    """Where in a row white stands that may be a gutter."""
    if row[-1].x1 - row[0].x0 < 2 * _COLUMN * row[0].em:
        return []
    white = _WHITE * row[0].em
    return [index for index, (before, after) in enumerate(itertools.pairwise(row), 1) if after.x0 - before.x1 >= white]


def _stretches(row: Sequence[Glyph], gaps: Sequence[int]) -> list[_Stretch]:
    edges = [0, *gaps, len(row)]
    return [_Stretch(row[a].x0, row[b - 1].x1, row[a].bottom) for a, b in itertools.pairwise(edges)]


def _is_gutter(before: Glyph, after: Glyph, near: Sequence[_Stretch]) -> bool:
    em = min(before.em, after.em)
    low, high = before.x1, after.x0
    left = right = 0
    for part in near:
        if part.foot == after.bottom or part.x1 - part.x0 < _COLUMN * em:
            continue
        if part.x0 >= before.x1:
            if part.x0 < after.x0 + 2 * em:
                right += 1
                high = min(high, part.x0)
        elif part.x1 <= after.x0:
            if part.x1 > before.x1 - 2 * em:
                left += 1
                low = max(low, part.x1)
        else:
            return False
    return left >= _LINES and right >= _LINES and high - low >= _WHITE * em
