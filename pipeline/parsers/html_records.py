"""Tables of two columns that are one record, keys and values, though no markup says so.

Takes tables' cells; gives them with the keys as row headers. Does not know markup.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from pipeline.parsers.grid import one_line
from pipeline.parsers.placed_cells import PlacedCell
from pipeline.text.orthography import era_names, words

_LONGEST_KEY, _LONGEST_VALUE = 16, 24
_DIGIT = re.compile(r"[0-9０-９]")
_QUANTITY = re.compile(
    rf"[(（]?[約推定満第{''.join(era_names())} 　]*[0-9０-９元][0-9０-９.．,，/／:：\-－年月日度 ]*\S{{0,4}}"
)
_NO_VALUE = re.compile(rf"[-－―–—…・*＊]*|{words('no_value')}|〃")
_NUMBER = re.compile(r"[0-9０-９.．,，]+")


def records(tables: Sequence[Sequence[PlacedCell]]) -> list[tuple[PlacedCell, ...]]:
    """Tables with their keys marked: those whose first column is that of another table of the page, and those whose second
    column holds words and quantities of different kinds, as no column of one thing does.

    >>> rows = [("種類", "柴犬"), ("年齢", "15歳"), ("性別", "オス"), ("体重", "8.6kg")]
    >>> card = [PlacedCell(r, c, text) for r, row in enumerate(rows) for c, text in enumerate(row)]
    >>> [cell.text for cell in records([card])[0] if cell.heading]
    ['種類', '年齢', '性別', '体重']
    """
    keys = [_keys(cells) for cells in tables]
    count = Counter(one for one in keys if one)
    return [
        tuple(replace(cell, heading=cell.column == 0) for cell in cells)
        if one and (count[one] > 1 or _is_mixed([cell.text for cell in cells if cell.column == 1]))
        else tuple(cells)
        for cells, one in zip(tables, keys, strict=True)
    ]


def _keys(cells: Sequence[PlacedCell]) -> tuple[str, ...]:
    """The first column of a table of two columns without merged or marked cells, if its texts are short, all different and no quantities."""
    if len(cells) < 4 or any(
        c.column > 1 or c.row_span > 1 or c.column_span > 1 or c.heading is not None for c in cells
    ):
        return ()
    keys = tuple(one_line(cell.text) for cell in cells if cell.column == 0)
    if len(set(keys)) < len(keys) or 2 * len(keys) != len(cells):
        return ()
    return keys if all(0 < len(key) <= _LONGEST_KEY and not _QUANTITY.fullmatch(key) for key in keys) else ()


def _is_mixed(values: Sequence[str]) -> bool:
    told = [value for value in values if not _NO_VALUE.fullmatch(value)]
    units = {_NUMBER.sub("", value) for value in told if _QUANTITY.fullmatch(value)}
    words = {value for value in told[1:] if not _DIGIT.search(value) and len(value) <= _LONGEST_VALUE}
    return len(values) >= 3 and len(units) > 0 and len(words) > 0 and len(units) + len(words) > 2
