"""Schedules that were flattened to text: a line of headers, then rows of which each holds a day, their cells on lines of their own.

Takes lines; gives tables rebuilt by the order of their headers, and how many cells are missing. Does not know tables of figures.

    行事 日程 会場 内容 / 夏の見学会 / 7月27日(土) / 9:30〜11:00 / 浄水場 / ○水の話
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.model import Cell, Table
from pipeline.parsers.collapsed_tables import CollapsedTable, incomplete, one_after_another
from pipeline.parsers.textlines import BLANK, Line, continues
from pipeline.text.orthography import any_of, era_names, words
from pipeline.text.patterns import late

_NAME = re.compile(r"\S(?:[ \u3000\xa0]\S(?=[ \u3000\xa0]|$))+|\S+")
_DAYS = re.compile(f"{words('before_day_header')}?{words('day_header')}")
_N, _ERA = "[0-9０-９]", any_of(era_names())
_DAY = (
    rf"(?:(?:{_ERA}?{_N}{{1,4}}|{_ERA}元)年[ \u3000]?)?{_N}{{1,2}}(?:[〜～・、]{_N}{{1,2}})?月"
    rf"(?:[ \u3000]?{_N}{{1,2}}日)?(?:[(（〔].[)）〕])?(?:頃|ごろ|[上中下]旬)?"
)
_ROW = late(
    rf"(?:(?P<label>[^。、]{{1,30}})[ \u3000\xa0]+)??(?P<day>{_DAY}(?:[〜～]{_DAY})?|(?:20|{_ERA}){_N}{{1,2}}年$)"
    r"(?:[ \u3000\xa0]+(?P<rest>\S.*))?"
)
#: what still belongs to the day: its time, a note in brackets, the month of a year
_DAY_ON = late(rf"{_N}{{1,2}}[:：時].*|[(（][^()（）]*[)）]|{_DAY}")
_BRACKETED = re.compile(r"[(（][^()（）]{1,20}[)）]")
_MARK = re.compile(r"[・･●■□◆◇○◯]")
_SPLIT = re.compile(r"[ \u3000\xa0]+")
_LONGEST, _LONGEST_HEADER = 24, 70


@dataclass(frozen=True, slots=True)
class _Piece:
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Row:
    """Indexes of the lines where a row begins (its label) and where its day stands, and how the day's line is parted."""

    first: int
    day: int
    match: re.Match[str]


def collapsed_schedules(text: str, lines: Sequence[Line]) -> list[CollapsedTable]:
    """Schedules in order; two rows are needed to believe one.

    >>> from pipeline.parsers.textlines import lines
    >>> text = "行事 日程 会場 内 容\\n春の会\\n4月1日 東館\\n○話\\n夏の会 7月1日\\n西館\\n○体操"
    >>> [text[c.start:c.end] for c in collapsed_schedules(text, list(lines(text)))[0].table.cells if c.row == 2]
    ['夏の会', '7月1日', '西館', '○体操']
    """
    return one_after_another(len(lines), lambda index, found: _at(text, lines, index, f"t{found + 1}"))


def _at(text: str, lines: Sequence[Line], index: int, name: str) -> CollapsedTable | None:
    headers = _headers(lines[index])
    if not headers:
        return None
    last = index + 1
    while last < len(lines) and continues(text, lines[last - 1], lines[last]) and not _headers(lines[last]):
        last += 1
    rows = _rows(lines, index + 1, last)
    if len(rows) < 2 or rows[0].first != index + 1:
        return None
    names = [
        " ".join(lines[index].text[h.start - lines[index].start : h.end - lines[index].start].split()) for h in headers
    ]
    cells = [Cell(name, 0, column, h.start, h.end, heading=True) for column, h in enumerate(headers)]
    missing = 0
    for number, row in enumerate(rows, 1):
        stop = rows[number].first if number < len(rows) else last
        placed = _placed(lines, row, stop, len(headers))
        missing += len(headers) - len(placed)
        for piece, first, beyond in placed:
            header = "・".join(names[first:beyond]) if first else ""
            cells.append(Cell(name, number, first, piece.start, piece.end, 1, beyond - first, first == 0, header))
    wanted = len(headers) * len(rows)
    if missing * 2 > wanted:
        return None
    issues = incomplete(missing, wanted, "cells", lines[index].start, lines[last - 1].end)
    return CollapsedTable(Table(name, tuple(cells)), index, last, issues)


def _headers(line: Line) -> list[_Piece]:
    """Names of three columns or more, the second that of the days (参加機会 日程 参加方法 内 容); none if a line is no header."""
    if line.head or line.columned or len(line.text) > _LONGEST_HEADER:
        return []
    matches = list(_NAME.finditer(line.text))
    if not 3 <= len(matches) <= 6 or not _DAYS.fullmatch(matches[1].group()):
        return []
    if any(len(match.group()) > 10 or re.search(r"[0-9０-９。、:：]", match.group()) for match in matches):
        return []
    return [_Piece(line.start + match.start(), line.start + match.end()) for match in matches]


def _rows(lines: Sequence[Line], first: int, last: int) -> list[_Row]:
    """Rows by their days; the label stands before the day, or on the line above, with a note in brackets between them."""
    rows: list[_Row] = []
    at = first
    for index in range(first, last):
        line = lines[index]
        match = _ROW.fullmatch(line.text)
        if match is None or index < at or _MARK.match(line.text) or line.head == "note":
            continue
        begin = index
        if not match["label"]:
            begin = index - 1
            if begin > at and _BRACKETED.fullmatch(lines[begin].text):
                begin -= 1
            if begin < at or not _is_label(lines[begin]):
                continue
        rows.append(_Row(begin, index, match))
        at = index + 1
        while at < last and _DAY_ON.fullmatch(lines[at].text):
            at += 1
    return rows


def _is_label(line: Line) -> bool:
    return not line.head and len(line.text) <= _LONGEST and "。" not in line.text


def _placed(lines: Sequence[Line], row: _Row, stop: int, width: int) -> list[tuple[_Piece, int, int]]:
    """Cells of a row with the columns they stand under; text that nothing parts is one cell under several columns."""
    day, match = lines[row.day], row.match
    if match["label"]:
        label = _Piece(day.start, day.start + len(match["label"].rstrip(BLANK)))
    else:
        label = _Piece(lines[row.first].start, lines[row.day - 1].end)
    index, end = row.day + 1, day.start + match.end("day")
    rest: list[_Piece] = []
    if match["rest"]:
        rest = _parts(day.start + match.start("rest"), match["rest"], width - 2)
    else:
        while index < stop and _DAY_ON.fullmatch(lines[index].text):
            end = lines[index].end
            index += 1
    placed = [(label, 0, 1), (_Piece(day.start + match.start("day"), end), 1, 2)]
    items = [*rest, *(_Piece(line.start, line.end) for line in lines[index:stop])]
    marks = [number for number in range(index, stop) if _MARK.match(lines[number].text)]
    if len(rest) == width - 2 or width == 3:
        # the line holds them all, what follows goes on in the last
        heads, tail = items[: width - 3], items[width - 3 :]
    elif marks:
        split = len(rest) + marks[0] - index
        heads, tail = items[:split], items[split:]
    elif len(items) == width - 2:
        heads, tail = items[:-1], items[-1:]
    else:
        heads, tail = items, []
    beyond = width - 1 if tail else width
    if len(heads) == beyond - 2 or (heads and beyond == 3):
        bounds = [*range(beyond - 2)]
        placed += [(heads[n] if n + 3 < beyond else _whole(heads[n:]), n + 2, n + 3) for n in bounds]
    elif heads:
        alone = len(heads) == 1
        placed.append((_whole(heads), 2, 3 if alone else beyond))
    if tail:
        placed.append((_whole(tail), width - 1, width))
    return placed


def _whole(pieces: Sequence[_Piece]) -> _Piece:
    return _Piece(pieces[0].start, pieces[-1].end)


def _parts(start: int, text: str, most: int) -> list[_Piece]:
    parts, offset = [], 0
    for part in _SPLIT.split(text, maxsplit=most - 1) if most > 1 else (text,):
        offset = text.index(part, offset)
        parts.append(_Piece(start + offset, start + offset + len(part)))
        offset += len(part)
    return parts
