"""Tables that go on over a page without their header.

Takes the drafts of all pages, joins such tables to the one that has the header. Does not know glyphs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.parsers.grid import is_figure
from pipeline.parsers.pdf.drafts import PageDraft, TableDraft, TextDraft

#: points by which the column edges of one table may differ from page to page
_NEAR = 3.0
#: a table does not grow beyond this number of cells
_MOST_CELLS = 3_000


def join_tables(pages: Sequence[PageDraft]) -> None:
    """A table that opens a page and begins with figures goes on the table that ends the page before, if its columns stand alike.

    A table that repeats its header stays a table of its own: it can be read alone.
    """
    last: TableDraft | None = None
    last_page = 0
    for page in pages:
        body = [draft for draft in page.drafts if not (isinstance(draft, TextDraft) and draft.kind == "furniture")]
        first = body[0] if body else None
        if (
            last is not None
            and last_page == page.number - 1
            and isinstance(first, TableDraft)
            and _goes_on(last, first)
        ):
            below = max(cell.row + cell.row_span for cell in last.cells)
            last.cells.extend(replace(cell, row=cell.row + below) for cell in first.cells)
            page.drafts.remove(first)
            if len(body) == 1:
                last_page = page.number
                continue
        ending = body[-1] if body else None
        last, last_page = (ending, page.number) if isinstance(ending, TableDraft) else (None, 0)


def _goes_on(last: TableDraft, first: TableDraft) -> bool:
    if len(last.edges) < 3 or len(last.edges) != len(first.edges):
        return False
    if len(last.cells) + len(first.cells) > _MOST_CELLS:
        return False
    if any(abs(one - other) > _NEAR for one, other in zip(last.edges, first.edges, strict=True)):
        return False
    if first.header_rows is not None:
        return False
    return any(is_figure(cell.text) for cell in first.cells if cell.row == 0) and not any(
        is_figure(cell.text) for cell in last.cells if cell.row == 0
    )
