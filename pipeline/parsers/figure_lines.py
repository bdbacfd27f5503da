"""A line of a plain text as names and figures, one blank between them: what is left of a table's row when its rules and gaps are gone.

Takes lines; gives their pieces. Does not know units' notes nor headers.

    12 委託料 1,002 003 介護手当費 7,080
    均等割　　　408,000×98.9％
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from pipeline.parsers.cell_kinds import is_value
from pipeline.parsers.textlines import BLANK, Line
from pipeline.text.orthography import units, words
from pipeline.text.patterns import late

_D = "0-9０-９"
_GROUPED = rf"[{_D}]{{1,3}}(?:[,，][{_D}]{{3}})+(?:[.．][{_D}]+)?"
_PLAIN = rf"[{_D}]{{1,12}}(?:[.．][{_D}]+)?"
_BARE = rf"[△▲\-−－]?(?:{_GROUPED}|{_PLAIN})"
#: a cheap sign that a line may hold one: a figure between blanks, or what is reckoned with it
_MAYBE = re.compile(rf"(?<![^\s△▲\-−－（(]){_GROUPED}|(?<![^\s△▲\-−－（(])[{_D}.．]{{1,12}}(?![^\s])")
_TOKEN = re.compile(rf"[^{BLANK}]+")
_FIGURE = re.compile(_BARE)
_WITH_GROUPS = re.compile(rf"[△▲\-−－]?[ \u3000]?{_GROUPED}")
_GLUED = late(rf"(?P<figure>[△▲\-−－]?{_GROUPED})(?P<name>[一-龥ァ-ヶ々][一-龥ぁ-んァ-ヶ々ー・]*)")
#: nothing, glued to the name behind it
_ZERO_GLUED = late(r"(?P<figure>[0０])(?P<name>[一-龥ァ-ヶ々][一-龥ぁ-んァ-ヶ々ー・]+)")
_RECKONED = re.compile(
    rf"(?=[^×÷]*[×÷])[（(]?(?:{_BARE})(?:[\-－−+＋](?:{_BARE}))*[)）]?(?:[×÷](?:{_BARE})(?:[/／][{_D}]{{1,3}}|[%％])?)+"
)
_FACTOR = re.compile(rf"(?:{_BARE})(?:[/／][{_D}]{{1,3}}|[%％])?")
_BRACKETED = re.compile(rf"[（(]{_BARE}[)）]")
_MARK = late(rf"[\-−－–―ー…]+|{words('figure_mark')}")
_UNIT = late(rf"[十百千万億兆]*{units('cell')}")
_ITEM = re.compile(rf"[{_D}]{{1,3}}[.．]?|0[{_D}]+|[（(][{_D}]{{1,2}}[)）]")
_NUMBERED = re.compile(rf"[{_D}]{{1,2}}[.． \u3000]")
_SENTENCE = re.compile(r"。|[はがをにでてりしも]、")
_WIDE = re.compile(r"[\u3000]")
_SMALL = re.compile(rf"[△▲\-−－]?[ \u3000]?(?:[1-9１-９][{_D}]{{0,2}}|[0０])")
_DECIMAL = re.compile(rf"[△▲\-−－]?[ \u3000]?[{_D}]{{1,4}}[.．][{_D}]")
_BULLETS = "○◯〇●◎□■・✓"
#: a number that stands before an item's name and is no item's number itself
_HUNDREDS = re.compile(rf"[1-9１-９][{_D}]{{2}}")
_LONGEST_NAME = 48
_SIGNS = "△▲-−－"
#: what names of sums end with
_SUM = late(rf"{words('sum_end')}$")

Kind = Literal["name", "figure", "told", "mark"]


@dataclass(frozen=True, slots=True)
class LinePiece:
    """`text[start:end]`: a `name`, a bare `figure`, a figure with its unit (`told`), or a `mark` that stands for a figure (－).

    `apart` where more than one blank, or a wide one, parts it from the piece before; `grouped` where a figure has commas;
    `factor` where it is what the figure before is multiplied by; `glued` where no blank parts a figure and the name behind it.
    """

    start: int
    end: int
    kind: Kind
    apart: bool = False
    grouped: bool = False
    factor: bool = False
    glued: bool = False


def holds_figures(line: Line) -> bool:
    """Whether a line may hold figures that stand alone; no sentence does."""
    return _MAYBE.search(line.text) is not None and _SENTENCE.search(line.text) is None


def line_pieces(line: Line) -> tuple[LinePiece, ...]:
    """Pieces in order; () where a name is too long to be one.

    >>> from pipeline.parsers.textlines import lines
    >>> [(p.kind, line.text[p.start:p.end]) for line in lines("12 委託料 1,002 △ 30 －") for p in line_pieces(line)]
    [('name', '12 委託料'), ('figure', '1,002'), ('figure', '△ 30'), ('mark', '－')]
    """
    pieces: list[LinePiece] = []
    for piece in _items(line.text, list(_tokens(line.text))):
        before = pieces[-1] if pieces else None
        if piece.kind == "name" and before is not None and before.kind == "name":
            pieces[-1] = replace(before, end=piece.end)
        else:
            pieces.append(piece)
    if any(piece.kind == "name" and piece.end - piece.start > _LONGEST_NAME for piece in pieces):
        return ()
    return tuple(replace(piece, start=line.start + piece.start, end=line.start + piece.end) for piece in pieces)


def names_of(line: Line) -> tuple[tuple[int, int], ...]:
    """The names of a line of headers, `(start, end)`: parted by blanks, letter-spaced ones whole (比　　較)."""
    spans: list[tuple[int, int]] = []
    for match in _TOKEN.finditer(line.text):
        start, end = match.span()
        gap = line.text[spans[-1][1] : start] if spans else ""
        alone = end - start == 1 and spans and _letters(line.text[slice(*spans[-1])])
        if alone and _WIDE.search(gap):
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
    return tuple((line.start + start, line.start + end) for start, end in spans)


def _letters(text: str) -> bool:
    """Whether a text is one character, or characters with wide blanks between them."""
    return all(len(part) == 1 for part in text.split())


def _tokens(text: str) -> Iterator[LinePiece]:
    """What blanks part, a figure with its sign, its unit or the figure in brackets behind it whole."""
    found = [match.span() for match in _TOKEN.finditer(text)]
    at = 0
    while at < len(found):
        start, end = found[at]
        apart = at > 0 and _parts(text[found[at - 1][1] : start])
        at += 1
        if text[start:end] in ("△", "▲") and at < len(found) and _FIGURE.fullmatch(text, *found[at]):
            end = found[at][1]
            at += 1
        token = text[start:end]
        in_row = at > 2 and _WITH_GROUPS.fullmatch(text, *found[at - 2]) is not None
        if _FIGURE.fullmatch("".join(token.split())):
            behind = text[slice(*found[at])] if at < len(found) else ""
            if _UNIT.fullmatch(behind):
                at += 1
                yield LinePiece(start, found[at - 1][1], "told", apart)
                continue
            if _BRACKETED.fullmatch(behind):
                at += 1
                end = found[at - 1][1]
            yield LinePiece(start, end, "figure", apart, _WITH_GROUPS.match(token) is not None)
        elif _RECKONED.fullmatch(token):
            for number, match in enumerate(_FACTOR.finditer(token)):
                # what is reckoned with goes with its sign: a mere 0.6 is no amount of the column's unit
                told = match.group()[-1] in "%％" or "/" in match.group() or "／" in match.group()
                grouped = _WITH_GROUPS.fullmatch(match.group()) is not None
                factor = token[match.start() - 1 : match.start()] in ("×", "÷") if match.start() else False
                kind: Kind = "told" if told or factor else "figure"
                first = match.start() - factor + (number > 0 and match.group()[0] in "-−－")
                yield LinePiece(start + first, start + match.end(), kind, apart, grouped, factor)
        elif _MARK.fullmatch(token):
            yield LinePiece(start, end, "mark", apart)
        elif token[0] not in _BULLETS and is_value(token) and not _ITEM.fullmatch(token):
            yield LinePiece(start, end, "told", apart)
        elif glued := _GLUED.fullmatch(token) or (in_row and _ZERO_GLUED.fullmatch(token)):
            yield LinePiece(start, start + glued.end("figure"), "figure", apart, True, glued=True)
            yield LinePiece(start + glued.start("name"), end, "name", glued=True)
        else:
            yield LinePiece(start, end, "name", apart)


def _parts(gap: str) -> bool:
    return len(gap) > 1 or "\u3000" in gap


def _items(text: str, pieces: list[LinePiece]) -> Iterator[LinePiece]:
    """The same, the number of an item before its name (12 委託料, 003 手当費) being one with the name."""
    numbered = bool(pieces) and _NUMBERED.match(text, pieces[0].start) is not None
    for number, piece in enumerate(pieces):
        behind = pieces[number + 1] if number + 1 < len(pieces) else None
        before = pieces[number - 1] if number else None
        named = behind is not None and behind.kind == "name" and not behind.glued
        if piece.kind == "figure" and named and behind is not None and _ITEM.fullmatch(text, piece.start, piece.end):
            zero = text[piece.start] in "0０" and piece.end - piece.start > 1
            follows = before is not None and before.kind == "name"
            told = behind.apart or text[behind.start] in _BULLETS or (_HUNDREDS.match(text, piece.start) and numbered)
            if zero or not follows or not told:
                yield replace(piece, kind="name")
                continue
        yield piece


def numbers_an_item(text: str, piece: LinePiece) -> bool:
    """Whether a figure may be the number of an item: 1, 12, 003."""
    return piece.kind == "figure" and _ITEM.fullmatch(text, piece.start, piece.end) is not None


def groups_of(text: str, pieces: Sequence[LinePiece]) -> list[Sequence[LinePiece]]:
    """Pieces parted before each name; a figure that a name is glued to may be counted in it (3,500区画): the two are one, unless the
    figure has a sign or the name is that of a sum (△71,061計, 2,177委託金)."""
    whole: list[LinePiece] = []
    for piece in pieces:
        counts = piece.glued and piece.kind == "name" and whole and whole[-1].glued
        if counts and text[whole[-1].start] not in _SIGNS and not _SUM.search(text, piece.start, piece.end):
            whole[-1] = replace(whole[-1], kind="told", end=piece.end, grouped=False)
        else:
            whole.append(piece)
    edges = [0, *(number for number, piece in enumerate(whole) if number and piece.kind == "name"), len(whole)]
    return [whole[first:last] for first, last in pairwise(edges) if last > first]


def amounts_of(text: str, group: Sequence[LinePiece], near: bool, shares: bool = False) -> tuple[LinePiece, ...]:
    """The figures of a group that a unit's note can be for: those with commas, and smaller ones that follow a name where commas stand
    `near` or other figures beside them. Years, codes, numbers of items and such as count up (1 2 3) are none. Where the note names
    per cent too (`shares`), a figure with a decimal behind one with commas is one."""
    figures = [piece for piece in group if piece.kind == "figure"]
    grouped = sum(piece.grouped for piece in figures)
    decimal = [piece for piece in figures if shares and grouped and _DECIMAL.fullmatch(text, piece.start, piece.end)]
    small = [piece for piece in figures if not piece.grouped and piece not in decimal]
    if near and not grouped and len(group) == len(figures) == 2 and numbers_an_item(text, group[0]):
        small = small[1:]  # 13 100: the number of an item whose name stands elsewhere
    elif group[0].kind != "name":
        small = [piece for piece in small if piece is not group[0] and grouped > 1]
    elif not (near or grouped or len(figures) > 1):
        small = []
    counted = any(piece.kind == "told" and text[piece.end - 1] not in "%％" and not piece.factor for piece in group)
    if counted or not all(_SMALL.fullmatch(text, p.start, p.end) for p in small) or _counts_up(text, small):
        small = []
    return tuple(piece for piece in figures if piece.grouped or piece in small or piece in decimal)


def _counts_up(text: str, pieces: Sequence[LinePiece]) -> bool:
    numbers = [int(text[piece.start : piece.end].strip("△▲-−－ \u3000")) for piece in pieces]
    return len(numbers) > 1 and all(other == one + 1 for one, other in pairwise(numbers))
