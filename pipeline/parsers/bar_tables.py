"""Tables whose cells are parted by bars, with a rule of dashes under the header (GitHub Flavored Markdown, 4.10).

Takes a text and its lines; gives tables whose cells are spans of the text. Does not know tables set by white space.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from pipeline.parsers.text_rows import Piece
from pipeline.parsers.text_tables import TextTable, table_of
from pipeline.parsers.textlines import BLANK, Line

_RULE = re.compile(r"\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?")
_BAR = re.compile(r"(?<!\\)\|")


def bar_tables(text: str, lines: Sequence[Line]) -> list[TextTable]:
    """Tables in order, ids `t1`, `t2` …; a row's cells behind the header's last are left out.

    >>> from pipeline.parsers.textlines import lines
    >>> text = "| 路線 | 延長 |\\n|---|---:|\\n| 東線 | 3km |"
    >>> [text[c.start:c.end] for c in bar_tables(text, list(lines(text)))[0].table.cells]
    ['路線', '延長', '東線', '3km']
    """
    found: list[TextTable] = []
    index = 0
    while index + 1 < len(lines):
        width = len(_pieces(lines[index]))
        rules = text[lines[index].end : lines[index + 1].start].split("\n")[1:-1]
        if width < 2 or not rules or not _is_rule(rules[0], width):
            index += 1
            continue
        last = index + 1
        while last < len(lines) and _follows(text, lines[last - 1], lines[last]):
            last += 1
        rows = [_pieces(line)[:width] for line in lines[index:last]]
        if last > index + 1:
            found.append(TextTable(table_of(f"t{len(found) + 1}", text, rows, 1), index, last))
        index = last
    return found


def _is_rule(raw: str, width: int) -> bool:
    rule = raw.strip()
    return "|" in rule and _RULE.fullmatch(rule) is not None and len(rule.strip("|").split("|")) == width


def _follows(text: str, previous: Line, line: Line) -> bool:
    """Whether a line is a row, with nothing but the rule or rows of empty cells before it."""
    between = text[previous.end : line.start].split("\n")[1:-1]
    return bool(_BAR.search(line.text)) and all("|" in raw for raw in between)


def _pieces(line: Line) -> list[Piece]:
    bars = [match.start() for match in _BAR.finditer(line.text)]
    if not bars:
        return []
    edges = [-1, *bars, len(line.text)]
    if bars[0] == 0:
        edges = edges[1:]
    if bars[-1] == len(line.text) - 1:
        edges = edges[:-1]
    pieces = []
    for number, (left, right) in enumerate(pairwise(edges)):
        part = line.text[left + 1 : right]
        stripped = part.strip(BLANK)
        start = line.start + left + 1 + (len(part) - len(part.lstrip(BLANK)) if stripped else 0)
        pieces.append(Piece(start, start + len(stripped), number))
    return pieces
