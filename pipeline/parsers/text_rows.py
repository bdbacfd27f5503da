"""Rows of a table that is set in plain text: which piece stands under which header, and how many rows are headers.

Takes a text and rows of pieces, each with its column; gives rows. Does not know lines.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.parsers.textlines import width_of
from pipeline.parsers.year_names import is_month, is_year
from pipeline.text.orthography import words
from pipeline.text.patterns import late

_NAME = re.compile(r"[^ \u3000\xa0]+")
_BRACKETED = re.compile(r"[（(][^（()）]*[)）]$")
_WHOLE = re.compile(r".+", re.S)
_FIGURES_APART = re.compile(r"[^\u3000]+(?:\u3000(?![△▲\-−－]?[0-9０-９])[^\u3000]+)*")
_FIGURE = re.compile(r"[△▲+＋±\-−－]?\s?[0-9０-９][0-9０-９,，.．]*[%％]?|[\-−－–—―…]")
_VALUE = late(
    r"[△▲+＋±\-−－]?\s?[0-9０-９][0-9０-９,，.．万億千]*(?:[/／][0-9０-９]+)?[^\s0-9０-９（(]{0,6}(?:[（(][^（()）]{1,12}[)）])?"
    rf"|[\-−－–—―…]|{words('figure_mark')}|{words('no_value')}"
)
_DIGIT = re.compile(r"[0-9０-９]")
#: columns of two lines belong together when they begin at most this many columns apart
NEAR = 2


@dataclass(frozen=True, slots=True)
class Piece:
    """A cell's text `start` to `end` at column `at`, over `span` columns."""

    start: int
    end: int
    at: int
    span: int = 1


def in_order(text: str, rows: list[list[Piece]]) -> list[list[Piece]]:
    """Rows whose figures stand under their headers by number and not by place, as where a text was copied (補正前の額　補正額　計 over 歳入合計
    12,845,300　187,642　13,032,942): each cell is set where its header is."""
    lengths = Counter(sorted(map(len, rows[1:]), reverse=True)).most_common(1)
    head = _each_name(text, rows[0], lengths[0][0] if lengths else 0)
    if len(head) < 3 or any(_FIGURE.fullmatch(text, piece.start, piece.end) for piece in head):
        return rows
    # the column of names may have no header
    names = min(row[0].at for row in rows)
    longer = sum(len(row) > len(head) or len(_figures_parted(text, row)) == len(head) + 1 for row in rows[1:])
    nameless = head[0].at > names + NEAR and longer * 2 > len(rows[1:])
    places = [*([names] if nameless else []), *(piece.at for piece in head)]
    width, parted = len(places), [head]
    for row in rows[1:]:
        found = row if len(row) >= width else _figures_parted(text, row)
        fits = len(found) == width and _has_values(text, found, row)
        parted.append([Piece(p.start, p.end, at) for p, at in zip(found, places, strict=True)] if fits else row)
    return parted


def _each_name(text: str, head: Sequence[Piece], wanted: int) -> list[Piece]:
    """Names of a header that stand one wide blank apart (本年度予算額　前年度予算額), where there are so many columns; letter-spaced ones are whole."""
    parted: list[Piece] = []
    letters: list[Piece] = []
    for piece in head:
        names = [
            Piece(n.start(), n.end(), piece.at + width_of(text[piece.start : n.start()]))
            for n in _NAME.finditer(text, piece.start, piece.end)
        ]
        spaced = all(name.end - name.start == 1 for name in names)
        parted += [piece] if spaced else names
        letters += names
    # 男　女 are two where there are so many columns
    return next((found for found in (parted, letters) if len(found) == wanted), list(head))


def fits_in_order(text: str, names: Sequence[Piece], row: Sequence[Piece]) -> bool:
    """Whether a row has a name and a value for each of three names or more, or for all but the first, that of the names."""
    head = _each_name(text, names, len(row))
    if len(head) < 3 or any(_FIGURE.fullmatch(text, piece.start, piece.end) for piece in head):
        return False
    found = row if len(row) > len(head) else _figures_parted(text, row)
    return len(found) - len(head) in (0, 1) and _has_values(text, found, row)


def _has_values(text: str, found: Sequence[Piece], row: Sequence[Piece]) -> bool:
    """Whether all pieces of a row but the first are values; the last alone where gaps part them all."""
    asked = found[-1:] if len(found) == len(row) else found[1:]
    return all(_VALUE.fullmatch(text, piece.start, piece.end) for piece in asked)


def _figures_parted(text: str, row: Sequence[Piece]) -> list[Piece]:
    """Figures that one wide blank parts are apart."""
    return [
        Piece(piece.start + m.start(), piece.start + m.end(), piece.at)
        for piece in row
        for m in (_FIGURES_APART if _DIGIT.search(text, piece.start, piece.end) else _WHOLE).finditer(
            text[piece.start : piece.end]
        )
    ]


def names_parted(text: str, row: Sequence[Piece], columns: int) -> list[Piece]:
    """A first row whose names stand one wide blank apart (全壊　半壊　床上浸水): a piece over several columns is parted where it has a name for
    each of them."""
    parted: list[Piece] = []
    for piece, beyond in zip(row, [*(other.at for other in row[1:]), columns], strict=True):
        names = [
            Piece(piece.start + m.start(), piece.start + m.end(), 0)
            for m in _NAME.finditer(text[piece.start : piece.end])
        ]
        spaced = all(name.end - name.start == 1 for name in names)
        figures = any(_FIGURE.fullmatch(text, name.start, name.end) for name in names)
        whole = spaced or figures or len(names) != beyond - piece.at
        parted += [piece] if whole else [Piece(n.start, n.end, piece.at + i) for i, n in enumerate(names)]
    return parted


def rows_of_names(text: str, rows: Sequence[Sequence[Piece]]) -> int:
    """1 or 2 where the first full row holds names alone (開催日, 目標値（R9）, 主催), else 0."""
    widest = max(sum(piece.end > piece.start for piece in row) for row in rows)
    # the column of names may have no header
    shown = sum(piece.end > piece.start for piece in rows[0])
    widest -= widest == shown + 1 > 2 and rows[0][0].at > 0
    for number, row in enumerate(rows[:2]):
        texts = [_BRACKETED.sub("", text[piece.start : piece.end]) for piece in row if piece.end > piece.start]
        if len(texts) == widest and all(len(name) <= 14 and not _DIGIT.search(name) for name in texts):
            others = [text[p.start : p.end] for other in rows[number + 1 :] for p in other]
            if any(len(name) > 14 or _DIGIT.search(name) for name in others):
                return number + 1
    return int(_heads_figures(text, rows, widest) or _names_years(text, rows))


def _names_years(text: str, rows: Sequence[Sequence[Piece]]) -> bool:
    """Whether the first row names several years or months and no column holds more of them (項目, 令和4年度, 令和5年度; 会場, 5月, 9月)."""
    names = [(piece.at, text[piece.start : piece.end]) for piece in rows[0] if piece.end > piece.start]
    years = {at: name for at, name in names if is_year(name) or is_month(name)}
    others = [name for at, name in names if at not in years]
    if len(set(years.values())) < 2 or any(_DIGIT.search(name) or len(name) > 14 for name in others):
        return False
    below = (text[p.start : p.end] for row in rows[1:] for p in row if p.at in years)
    return not any(is_year(cell) or is_month(cell) for cell in below)


def _heads_figures(text: str, rows: Sequence[Sequence[Piece]], widest: int) -> bool:
    """Whether the first row holds names with figures in them (１歳児, R5, 2020年) and what stands below those are figures alone; below names that are no
    values themselves (第1回入札, 最大１時間降水量) values with their units, and here and there a word."""
    names = {piece.at: text[piece.start : piece.end] for piece in rows[0] if piece.end > piece.start}
    if len(names) != widest or widest < 3 or any(len(n) > 14 or _FIGURE.fullmatch(n) for n in names.values()):
        return False
    figured = {at for at, name in names.items() if at and _DIGIT.search(name)}
    below = [p for row in rows[1:] for p in row if p.at in figured and p.end > p.start]
    if len(rows) < 3 or not below:
        return False
    if all(_FIGURE.fullmatch(text, p.start, p.end) for p in below):
        return True
    if any(_VALUE.fullmatch(names[at]) for at in figured):
        return False
    values = [p for p in below if _VALUE.match(text, p.start, p.end)]
    others = [p for p in below if p not in values]
    return len(values) > len(others) and not any(_DIGIT.search(text, p.start, p.end) for p in others)
