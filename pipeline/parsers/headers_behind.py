"""Rows of figures above the header that names their unit: a text that was taken out of a PDF with a page's header behind its rows.

Takes lines and the lines that tables use up; gives tables and the lines they use up. Does not know notes above figures.

    1 道路課 橋りょう維持費（点検委託料） 1,056 1,056 / 点検を行う。 / 番号 主管課 事業名 事業費（千円） 内容 / 財源内訳（千円）

Of a row's figures the first stands under the first name with a unit; under which of the others the next ones stand, their number says
only where there are as many.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from pipeline.model import Cell, Span, Table
from pipeline.parsers.text_tables import TextTable
from pipeline.parsers.textlines import Line
from pipeline.parsers.unit_notes import breaks_between
from pipeline.text.orthography import units
from pipeline.text.patterns import late

_GROUPED = r"[△▲\-−－]?[0-9０-９]{1,3}(?:[,，][0-9０-９]{3})+"
_FIGURE = rf"(?:{_GROUPED}|[0-9０-９]{{1,3}})"
#: figures that blanks part from what stands around them: with commas, or two and more behind a name
_RUN = re.compile(
    rf"(?:(?<=[ \u3000])|^){_GROUPED}(?:[ \u3000]{_FIGURE})*(?![^\s])"
    rf"|(?<=[）)一-龥] ){_FIGURE}(?:[ \u3000]{_FIGURE})+(?![^\s])"
)
_ONE = re.compile(_FIGURE)
_LETTER = r"[^\s（()）0-9０-９。]"
_NAMED = late(
    rf"(?P<name>{_LETTER}{{2,20}}|{_LETTER}(?:[ \u3000]+{_LETTER}){{1,8}})"
    rf"[（(](?P<unit>[十百千万億兆]*{units('header')})[)）]"
)
_NO_HEADER = re.compile("[。0-9０-９]")
#: characters of a line of a header, lines of one, rows that make a table
_LONGEST, _LINES, _FEWEST = 80, 3, 2


@dataclass(frozen=True, slots=True)
class _Header:
    """The lines `first` to `last` (exclusive); `names` are those with a unit, as offsets of their names and of the units' ends."""

    first: int
    last: int
    names: tuple[tuple[int, int], ...]


def headers_behind(lines: Sequence[Line], breaks: Sequence[int], taken: Collection[int]) -> list[TextTable]:
    """Tables in order, ids `b1`, `b2` …; `breaks` are where pages end, `taken` the lines that are tables already.

    >>> from pipeline.parsers.textlines import lines
    >>> text = "1 点検費 1,056 1,056\\n橋の点検。\\n2 補修費 28,000 0\\n事業名 事業費（千円）\\n財源（千円）"
    >>> [[text[c.start:c.end] for c in t.table.cells] for t in headers_behind(list(lines(text)), [], ())]
    [['事業名', '事業費（千円）', '財源（千円）', '1 点検費', '1,056', '1,056', '橋の点検。\\n2 補修費', '28,000', '0']]
    """
    found: list[TextTable] = []
    floor = 0
    for header in _headers(lines, taken):
        first = floor
        for at in range(first, header.first):
            if at in taken or (at + 1 < header.first and breaks_between(breaks, lines[at].end, lines[at + 1].start)):
                first = at + 1
        runs = [
            (at, match) for at in range(first, header.first) for match in [_last_run(lines[at])] if match is not None
        ]
        floor = header.last
        if len(runs) < _FEWEST or not any("," in match[0] or "，" in match[0] for _, match in runs):
            continue
        name = f"b{len(found) + 1}"
        start, end = header.names[0]
        cells = tuple(_cells(name, lines, first, runs, header))
        found.append(TextTable(Table(name, cells, Span(start, end)), first, header.last))
    return found


def _last_run(line: Line) -> re.Match[str] | None:
    """The figures of a row: the first run of its line."""
    return _RUN.search(line.text)


def _headers(lines: Sequence[Line], taken: Collection[int]) -> Iterator[_Header]:
    """Lines with names that bear one and the same unit, no figures."""
    at = 0
    while at < len(lines):
        first, names, written = at, [], set()
        while at < len(lines) and at < first + _LINES and at not in taken and _may_head(lines[at]):
            for match in _NAMED.finditer(lines[at].text):
                names.append((lines[at].start + match.start("name"), lines[at].start + match.end()))
                written.add(match["unit"])
            at += 1
        if len(names) > 1 and len(written) == 1:
            yield _Header(first, at, tuple(names))
        at = max(at, first + 1)


def _may_head(line: Line) -> bool:
    return len(line.text) <= _LONGEST and _NO_HEADER.search(line.text) is None and _NAMED.search(line.text) is not None


def _cells(
    name: str, lines: Sequence[Line], first: int, runs: Sequence[tuple[int, re.Match[str]]], header: _Header
) -> Iterator[Cell]:
    most = max(len(_ONE.findall(match[0])) for _, match in runs)
    whole = len(header.names) >= most
    edges = [edge for number, (start, end) in enumerate(header.names, 1) for edge in ((start, number), (end, 0))]
    column, at = 0, lines[header.first].start
    beyond = most + 1
    for edge, number in [*edges, (lines[header.last - 1].end, 0)]:
        words = _within(lines, at, edge)
        if words is not None:
            known = column == 1 or (column and whole)
            yield Cell(name, 0, column if known else beyond, *words, heading=True)
            beyond += not known
        column, at = number, edge
    before = lines[first].start
    for row, (at, match) in enumerate(runs, 1):
        line = lines[at]
        start = line.start + match.start()
        words = _within(lines, before, start)
        if words is not None:
            yield Cell(name, row, 0, *words, heading=True)
        for column, figure in enumerate(_ONE.finditer(match[0]), 1):
            yield Cell(name, row, column, start + figure.start(), start + figure.end())
        before = line.start + match.end()
    rest = _within(lines, before, lines[header.first].start)
    if rest is not None:
        yield Cell(name, len(runs) + 1, 0, *rest, heading=True)


def _within(lines: Sequence[Line], start: int, end: int) -> tuple[int, int] | None:
    """The ends of what the lines hold from one offset to another, without blanks around it."""
    starts = [line.start for line in lines]
    pieces: list[tuple[int, int]] = []
    for line in lines[max(bisect_left(starts, start) - 1, 0) : bisect_left(starts, end)]:
        first, last = max(line.start, start), min(line.end, end)
        text = line.text[first - line.start : last - line.start] if first < last else ""
        if text.strip():
            pieces.append((first + len(text) - len(text.lstrip()), first + len(text.rstrip())))
    return (pieces[0][0], pieces[-1][1]) if pieces else None
