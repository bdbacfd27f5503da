"""The line above a table of gaps that heads it: names one blank apart (令和3年度　令和4年度), or names over several columns each (人的被害（人）　　住家被害（棟）).

Takes the rows of a table and the lines above and at its top; gives the pieces of one more row, or none. Does not find tables.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.parsers.cell_kinds import is_value
from pipeline.parsers.text_rows import NEAR, Piece
from pipeline.parsers.textlines import Line, width_of

_NAME = re.compile(r"[^ \u3000\xa0]+")
_SENTENCE = re.compile("[。、：:]")
#: a name over columns is no longer than this
_LONGEST = 16


def header_above(text: str, above: Line, top: Line, rows: Sequence[Sequence[Piece]], headed: bool) -> list[Piece]:
    """Pieces for the columns of `rows`, of which the first is the line `top`; `headed`: that line holds names already."""
    if top.gap or (above.columned and "\t" in text[above.origin : above.end]) or _SENTENCE.search(above.text):
        return []
    if above.indent < top.indent + NEAR:
        return []
    names = [
        Piece(above.start + m.start(), above.start + m.end(), above.indent + width_of(above.text[: m.start()]))
        for m in _NAME.finditer(above.text)
    ]
    columns = 1 + max(piece.at for row in rows for piece in row)
    if any(name.end - name.start > _LONGEST or is_value(text[name.start : name.end]) for name in names):
        return []
    if not headed:
        alone = len(names) == columns - 1 > 1
        return [Piece(name.start, name.end, at) for at, name in enumerate(names, 1)] if alone else []
    if not above.columned or not 1 < len(names) < columns - 1:
        return []
    return _over(text, names, top, rows[0])


def _over(text: str, names: Sequence[Piece], top: Line, header: Sequence[Piece]) -> list[Piece]:
    """Each name over the columns nearest to it; none where one has no column."""
    placed = [(piece, top.indent + width_of(text[top.start : piece.start])) for piece in header if piece.at]
    ends = [name.at + width_of(text[name.start : name.end]) for name in names]
    bounds = [(end + following.at) / 2 for end, following in zip(ends, names[1:], strict=False)]
    over: list[list[int]] = [[] for _ in names]
    for piece, at in placed:
        over[sum(at >= bound for bound in bounds)].append(piece.at)
    if not all(over):
        return []
    return [Piece(n.start, n.end, columns[0], len(columns)) for n, columns in zip(names, over, strict=True)]
