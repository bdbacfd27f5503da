"""Cards: runs of lines of a key and its value, one blank between them, the same keys again in the next run.

Takes lines; gives a table of two columns a card. Does not know what keys mean.

    日時 5月10日 / 場所 東公民館 / (blank line) / 日時 6月14日 / 場所 西小学校
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.parsers.text_rows import Piece
from pipeline.parsers.text_tables import TextTable, table_of
from pipeline.parsers.textlines import Line
from pipeline.text.patterns import late

_PAIR = late(r"(?P<key>[一-龥々ぁ-んァ-ヶー・]{2,8})[ \u3000\xa0]+(?P<value>\S.*)")


def card_tables(text: str, lines: Sequence[Line]) -> list[TextTable]:
    """Tables in order, ids `t1`, `t2` …; a card is believed where the one before or behind it has the same keys.

    >>> from pipeline.parsers.textlines import lines
    >>> text = "日時 5月10日\\n場所 東館\\n\\n日時 6月14日\\n場所 西館"
    >>> [[text[c.start:c.end] for c in t.table.cells] for t in card_tables(text, list(lines(text)))]
    [['日時', '5月10日', '場所', '東館'], ['日時', '6月14日', '場所', '西館']]
    """
    runs: list[tuple[int, list[re.Match[str] | None]]] = []
    for index, line in enumerate(lines):
        match = None if line.head or "。" in line.text else _PAIR.fullmatch(line.text)
        if runs and not line.gap:
            runs[-1][1].append(match)
        else:
            runs.append((index, [match]))
    keys = [_keys(matches) for _, matches in runs]
    found: list[TextTable] = []
    for number, (first, matches) in enumerate(runs):
        neighbours = keys[max(number - 1, 0) : number] + keys[number + 1 : number + 2]
        if not keys[number] or keys[number] not in neighbours:
            continue
        rows = [_row(lines[first + at], match) for at, match in enumerate(matches) if match]
        found.append(TextTable(table_of(f"t{len(found) + 1}", text, rows, 0), first, first + len(matches)))
    return found


def _keys(matches: Sequence[re.Match[str] | None]) -> tuple[str, ...]:
    """The keys of a run of two lines or more; none where a line is no pair, or all of them have one key."""
    keys = tuple(match["key"] for match in matches if match)
    return keys if len(keys) == len(matches) and len(set(keys)) > 1 else ()


def _row(line: Line, match: re.Match[str]) -> list[Piece]:
    return [
        Piece(line.start + match.start(name), line.start + match.end(name), n)
        for n, name in enumerate(("key", "value"))
    ]
