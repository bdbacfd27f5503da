"""Preformatted text that holds tables set with blanks or tabs.

Takes a pre element; gives its paragraphs and its tables' cells, in order. Does not know other elements.
"""

from __future__ import annotations

from lxml.etree import _Element

from pipeline.parsers.html_tree import text_of
from pipeline.parsers.placed_cells import PlacedCell
from pipeline.parsers.plain_paragraphs import paragraphs
from pipeline.parsers.text_tables import text_tables
from pipeline.parsers.textlines import lines

_INLINE = ("a", "b", "strong", "em", "i", "u", "font", "span", "code", "tt")


def preformatted_tables(element: _Element) -> list[str | tuple[PlacedCell, ...]]:
    """Paragraphs as texts, tables as cells; nothing where there is no table, or markup that is more than a look.

    >>> from lxml.etree import fromstring
    >>> found = preformatted_tables(fromstring("<pre>内訳\\n年度   戸数\\n4年度   12\\n5年度   15</pre>"))
    >>> found[0], [cell.text for cell in found[1]]
    ('内訳', ['年度', '戸数', '4年度', '12', '5年度', '15'])
    """
    if any(
        child.tag not in _INLINE or child.get("style") or child.get("hidden") for child in element.iterdescendants()
    ):
        return []
    text = text_of(element)
    found = list(lines(text))
    tables = text_tables(text, found)
    if not tables:
        return []
    parts: list[str | tuple[PlacedCell, ...]] = []
    index = 0
    for one in tables:
        parts += ["\n".join(line.text for line in group) for group in paragraphs(found[index : one.first])]
        parts.append(
            tuple(
                PlacedCell(c.row, c.column, text[c.start : c.end], c.row_span, c.column_span, c.heading)
                for c in one.table.cells
            )
        )
        index = one.last
    return parts + ["\n".join(line.text for line in group) for group in paragraphs(found[index:])]
