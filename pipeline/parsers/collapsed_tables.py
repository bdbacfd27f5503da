"""Web tables that were flattened to text: a cell a line, headers first, then rows that begin with a period.

Takes lines; gives tables rebuilt by the order of their headers, and which cells are missing. Does not know periods' values.

    年度 / 予算額 / (百万円) / 取組 / 28年度 / 5.5 / ・調査の実施 / 29年度 47.8 / ・会議の開催
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol, TypeVar

from pipeline.model import Cell, Issue, Table
from pipeline.parsers.textlines import Line
from pipeline.text.orthography import any_of, era_letters, era_names, units, words
from pipeline.text.patterns import late

_ERA = rf"(?:{any_of(era_names())}|[{era_letters()}])?\s?"
_NUMBER = r"(?:[0-9０-９]{1,4}|元|[一二三四五六七八九十]{1,3})"
#: a row label is a period, the column's word last; `(31年度)` is its second name
_LABEL = re.compile(
    rf"(?P<label>(?:{_ERA}{_NUMBER}\s?(?P<word>{words('row_period')})|第\s?{_NUMBER}\s?(?P<nth>{words('row_ordinal')}))"
    r"(?:\s?[（(][^（()）]{2,8}[)）])?)[ \u3000\xa0]*(?P<rest>.*)"
)
_FIGURE = re.compile(r"[△▲\-−－]?\s?[0-9０-９][0-9０-９,，.．]*\s?[%％]?|[-−－―–—*＊]")
_BRACKETED = re.compile(r"[（(][^（()）]{1,20}[)）]")
_UNIT = late(rf"[（(［\[](?:単位\s?[:：]?\s?)?[十百千万億兆]*{units('header')}[^（()）]{{0,8}}[)）］\]]")
_SENTENCE = re.compile(r"[。、]")
#: the number of an item whose rows are its years
_ITEM = re.compile(r"(?:No\.? ?)?[0-9０-９]{1,3}[.．)）]?")
_SPLIT = re.compile(r"[ \u3000\xa0]+")
_LONGEST_HEADER, _MOST_HEADERS = 24, 12


@dataclass(frozen=True, slots=True)
class CollapsedTable:
    """A table and the lines `first` to `last` (exclusive, indexes) that it was made of. Long text cells stay lines."""

    table: Table
    first: int
    last: int
    issues: tuple[Issue, ...] = ()


@dataclass(frozen=True, slots=True)
class _Header:
    start: int
    end: int
    text: str

    @property
    def unit(self) -> bool:
        return bool(_UNIT.search(self.text))


@dataclass(frozen=True, slots=True)
class _Item:
    """A figure with its bracketed note, or a run of text."""

    start: int
    end: int
    figure: bool


class OfLines(Protocol):
    """A table that uses lines up to `last`, which it does not use."""

    @property
    def last(self) -> int: ...


_T = TypeVar("_T", bound=OfLines)


def collapsed_tables(lines: Sequence[Line], number: int = 1) -> list[CollapsedTable]:
    """Tables in order, ids from `t{number}`; two rows are needed to believe one, and a header with a unit.

    >>> from pipeline.parsers.textlines import lines
    >>> text = "年度\\n予算額\\n(百万円)\\n取組\\n28年度\\n5.5\\n・調査の実施\\n29年度 47.8\\n(予算現額)\\n・会議の開催"
    >>> [(text[c.start:c.end], c.header) for c in collapsed_tables(list(lines(text)))[0].table.cells if c.row == 2]
    [('29年度', ''), ('47.8\\n(予算現額)', '予算額 (百万円)'), ('・会議の開催', '取組')]
    """
    return one_after_another(len(lines), lambda index, found: _at(lines, index, f"t{number + found}"))


def one_after_another(lines: int, at: Callable[[int, int], _T | None]) -> list[_T]:
    """Tables of so many lines: `at` tells the one at a line, given the number of those found."""
    found: list[_T] = []
    index = 0
    while index < lines:
        table = at(index, len(found))
        if table is None:
            index += 1
        else:
            found.append(table)
            index = table.last
    return found


def incomplete(missing: int, wanted: int, what: str, start: int, end: int) -> tuple[Issue, ...]:
    """The issue that some of a table's figures or cells have no place."""
    if not missing:
        return ()
    message = f"{missing} of {wanted} {what} of a collapsed table could not be placed under a header"
    return (Issue("collapsed-table-incomplete", message, "warning", start, end),)


def _label(line: Line) -> re.Match[str] | None:
    """The line as a row's beginning: a period alone, or with the row's first figure behind it."""
    match = _LABEL.fullmatch(line.text)
    return match if match and (not match["rest"] or _FIGURE.fullmatch(match["rest"])) else None


def _at(lines: Sequence[Line], first_label: int, name: str) -> CollapsedTable | None:
    first = _label(lines[first_label])
    if first is None:
        return None
    word = first["word"] or first["nth"]
    header_index, headers = _headers(lines, first_label, word)
    lead = _lead(lines, header_index, first_label)
    if lead:
        headers = _headers(lines, first_label - lead, word)[1]
    units = [number for number, header in enumerate(headers) if header.unit]
    if not units:
        return None
    starts, stops, seen = [first_label], list[int](), {first["label"]}
    for index in range(first_label + 1, len(lines)):
        line = lines[index]
        match = _label(line)
        if match and match["label"] in seen and lead and _ITEM.fullmatch(lines[index - lead].text):
            stops.append(index - lead)
            starts.append(index)
            seen = {match["label"]}
            continue
        if (match and match["label"] in seen) or (len(line.text) <= _LONGEST_HEADER and _UNIT.search(line.text)):
            break  # the next table's rows or headers
        if match and (match["word"] or match["nth"]) == word:
            stops.append(index)
            starts.append(index)
            seen.add(match["label"])
    if len(starts) < 2:
        return None
    cells = [Cell(name, 0, number, header.start, header.end, heading=True) for number, header in enumerate(headers)]
    missing, last = 0, starts[-1]
    for row, start in enumerate(starts, 1):
        stop = stops[row - 1] if row < len(starts) else len(lines)
        label_cell, items, end = _row(lines, start, stop, headers, row == len(starts))
        placed = _placed(items, headers)
        filled = {cell.column for cell in placed}
        missing += sum(number not in filled for number in units)
        cells += [replace(label_cell, table_id=name, row=row), *(replace(c, table_id=name, row=row) for c in placed)]
        last = end
    wanted = len(units) * len(starts)
    if missing * 2 > wanted:
        return None
    issues = incomplete(missing, wanted, "figures", headers[0].start, lines[last - 1].end)
    return CollapsedTable(Table(name, tuple(cells)), header_index, last, issues)


def _headers(lines: Sequence[Line], first_label: int, word: str) -> tuple[int, list[_Header]]:
    """Header lines right above the first row, up to the one that names the rows' period (年度); a unit in brackets on a
    line of its own belongs to the line above, and a line may hold two headers."""
    index = first_label
    while index and first_label - index < _MOST_HEADERS:
        line = lines[index - 1]
        if (
            len(line.text) > _LONGEST_HEADER
            or _SENTENCE.search(line.text)
            or line.head in ("bullet", "note", "speaker")
        ):
            break
        index -= 1
        if line.text.endswith(word) and not _label(line):
            break
    headers: list[_Header] = []
    for line in lines[index:first_label]:
        if headers and _BRACKETED.fullmatch(line.text):
            above = headers[-1]
            headers[-1] = _Header(above.start, line.end, f"{above.text} {line.text}")
        else:
            headers += _split(line)
    named = any(header.text.endswith(word) for header in headers[:1])
    if not named:
        headers = [_Header(lines[first_label].start, lines[first_label].start, ""), *headers]
    return index, headers


def _lead(lines: Sequence[Line], header: int, first_label: int) -> int:
    """How many lines with an item's number and names stand between the headers and the first row (1, 太陽光発電の導入, 環境課), 0 where none do."""
    numbers = [index for index in range(header, first_label) if _ITEM.fullmatch(lines[index].text)]
    return first_label - numbers[0] if numbers and numbers[0] > header else 0


def _split(line: Line) -> list[_Header]:
    """取組予定 取組実績 are two headers; 概 要 and 予算額 (百万円) are one."""
    parts = _SPLIT.split(line.text)
    if len(parts) == 1 or any(len(part) < 2 or part[0] in "(（［[" for part in parts):
        return [_Header(line.start, line.end, line.text)]
    headers, offset = [], 0
    for part in parts:
        offset = line.text.index(part, offset)
        headers.append(_Header(line.start + offset, line.start + offset + len(part), part))
        offset += len(part)
    return headers


def _row(
    lines: Sequence[Line], start: int, stop: int, headers: Sequence[_Header], open_ended: bool
) -> tuple[Cell, list[_Item], int]:
    """The row's label, its items in order and the line after its last; `open_ended` for the last row, which nothing ends
    but its own last cell."""
    line = lines[start]
    match = _label(line)
    assert match is not None
    label = Cell("", 0, 0, line.start, line.start + match.end("label"), heading=True)
    items: list[_Item] = []
    if match["rest"]:
        items.append(_Item(line.start + match.start("rest"), line.end, True))
    wanted = sum(header.unit for header in headers)
    closed = headers[-1].unit
    index = start + 1
    while index < stop:
        line = lines[index]
        figure = bool(_FIGURE.fullmatch(line.text))
        figures = sum(item.figure for item in items)
        note = bool(items) and items[-1].figure and bool(_BRACKETED.fullmatch(line.text))
        if open_ended and not note and figures >= wanted:
            has_text = bool(items) and not items[-1].figure
            if closed or (has_text and line.gap and line.head != "bullet"):
                break
        if note or (items and not figure and not items[-1].figure):
            items[-1] = replace(items[-1], end=line.end)
        else:
            items.append(_Item(line.start, line.end, figure))
        index += 1
    return label, items, index


def _placed(items: Sequence[_Item], headers: Sequence[_Header]) -> list[Cell]:
    """Items put under headers from left to right: figures under those with a unit, text under the others. Text under
    several neighbouring headers is one cell that spans them: what parted it is gone."""
    cells: list[Cell] = []
    column = 1
    for item in items:
        fitting = [number for number in range(column, len(headers)) if headers[number].unit == item.figure]
        if not fitting:
            continue
        first = fitting[0]
        last = first
        while not item.figure and last + 1 < len(headers) and not headers[last + 1].unit:
            last += 1
        header = "・".join(" ".join(headers[number].text.split()) for number in range(first, last + 1))
        cells.append(Cell("", 0, first, item.start, item.end, column_span=last - first + 1, header=header))
        column = last + 1
    return cells
