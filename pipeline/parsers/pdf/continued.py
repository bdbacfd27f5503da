"""Tables that go on over pages, with their header or without.

Takes the drafts of all pages, joins such tables to the one that has the header. Does not know glyphs.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.parsers.cell_kinds import is_figure
from pipeline.parsers.pdf.drafts import Draft, PageDraft, TableDraft, TextDraft
from pipeline.parsers.pdf.listings import part_listings, part_units
from pipeline.parsers.pdf.spreads import join_spreads

#: points by which the column edges of one table may differ from page to page
_NEAR = 3.0
#: a table does not grow beyond this number of cells
_MOST_CELLS = 30_000
#: points: what is smaller is no text for a reader
_SMALLEST = 3.0
_AGAIN = re.compile(r"[(（［\[〔【]?(?:つづき|続き|前頁から続く|前ページから続く|前頁つづき)[)）］\]〕】]?$")
_DIGIT = re.compile(r"[0-9０-９]")
#: share of a column's cells that have digits where the column is one of numbers
_MOST = 0.8
_GAP = re.compile(r"[ 　]{2,}")

_Row = list[tuple[int, int, int, str]]


def join_tables(pages: Sequence[PageDraft]) -> None:
    """Halves on facing pages become one table, then a table that opens a page goes on the one that ends the page before.

    It goes on where its columns stand alike, and it begins with figures or repeats the header, which is dropped then. What stands above it
    must be nothing, or what stood above the table before, with 「つづき」 or without: that is furniture then. At last the items
    that tables hold line by line become rows.
    """
    join_spreads(pages)
    for table in _lined(pages):
        part_units(table)
    last: TableDraft | None = None
    head: list[_Row] = []
    titles: set[str] = set()
    end = 0
    for page in pages:
        body = [draft for draft in page.drafts if not _is_furniture(draft)]
        at = next((index for index, draft in enumerate(body) if isinstance(draft, TableDraft)), len(body))
        above = [draft for draft in body[:at] if isinstance(draft, TextDraft)]
        first = body[at] if at < len(body) else None
        if not body and page.number <= end:
            continue
        if (
            last is not None
            and end == page.number - 1
            and isinstance(first, TableDraft)
            and all(_is_told_again(draft, titles) for draft in above)
            and (dropped := _goes_on(last, first, head)) is not None
        ):
            _append(last, first, dropped)
            page.drafts.remove(first)
            for draft in above:
                draft.kind = "furniture"
            if len(body) == at + 1:
                end = _last_page(first)
                continue
        ending = body[-1] if body else None
        last = ending if isinstance(ending, TableDraft) else None
        if last is not None:
            end, head = _last_page(last), _rows(last)
            before = body[: body.index(last)]
            titles = {_title(draft) for draft in before if isinstance(draft, TextDraft)} | {""}
    part_listings(_lined(pages))


def _lined(pages: Sequence[PageDraft]) -> list[TableDraft]:
    return [draft for page in pages for draft in page.drafts if isinstance(draft, TableDraft) and draft.lined]


def _is_furniture(draft: Draft) -> bool:
    return isinstance(draft, TextDraft) and (draft.kind == "furniture" or draft.em < _SMALLEST)


def _title(draft: TextDraft) -> str:
    """A title without white space and without the word that it goes on; "" of that word alone."""
    return _AGAIN.sub("", "".join(draft.text.split()))


def _is_told_again(draft: TextDraft, titles: set[str]) -> bool:
    """Whether a text is a title of the table before, or a running head made of how its titles begin."""
    if _title(draft) in titles:
        return True
    parts = ["".join(part.split()) for part in _GAP.split(draft.text)]
    return len(parts) > 1 and all(any(title.startswith(part) for title in titles) for part in parts)


def _last_page(table: TableDraft) -> int:
    return max(cell.page for cell in table.cells)


def _rows(table: TableDraft) -> list[_Row]:
    """The cells of the rows at the top that have no figure, as they can be told again."""
    rows: dict[int, _Row] = {}
    for cell in table.cells:
        rows.setdefault(cell.row, []).append((cell.column, cell.column_span, cell.row_span, "".join(cell.text.split())))
    head: list[_Row] = []
    for row in sorted(rows):
        if row != len(head) or any(is_figure(text) for *_, text in rows[row]):
            break
        head.append(sorted(rows[row]))
    return head


def _goes_on(last: TableDraft, first: TableDraft, head: Sequence[_Row]) -> int | None:
    """How many header rows a table repeats that goes on another one; None where it does not go on it."""
    if len(last.edges) < 3 or len(last.edges) != len(first.edges):
        return None
    if len(last.cells) + len(first.cells) > _MOST_CELLS:
        return None
    if any(abs(one - other) > _NEAR for one, other in zip(last.edges, first.edges, strict=True)):
        return None
    if first.header_rows is not None:
        return None
    repeated = _repeated(first, head)
    if repeated:
        return repeated
    if any(is_figure(cell.text) for cell in last.cells if cell.row == 0):
        return None
    begins = any(is_figure(cell.text) for cell in first.cells if cell.row == 0) or _begins_alike(last, first)
    return 0 if begins else None


def _begins_alike(last: TableDraft, first: TableDraft) -> bool:
    """Whether the first row has digits in all columns, two at least, that have digits under a header without them.

    So go on lists of addresses, telephone numbers and dates.
    """
    counts: dict[int, list[bool]] = {}
    top: set[int] = set()
    for cell in last.cells:
        if cell.text and cell.column_span == 1:
            has = _DIGIT.search(cell.text) is not None
            if has and cell.row == 0:
                top.add(cell.column)
            elif cell.row:
                counts.setdefault(cell.column, []).append(has)
    numbered = {
        column for column, has in counts.items() if column not in top and len(has) > 2 and sum(has) >= _MOST * len(has)
    }
    begins = {cell.column for cell in first.cells if cell.row == 0 and _DIGIT.search(cell.text)}
    return len(numbered) > 1 and numbered <= begins


def _repeated(first: TableDraft, head: Sequence[_Row]) -> int:
    """How many rows at the top of a table are the header of the one before, telling something over every column."""
    rows = _rows(first)
    alike = 0
    while alike < min(len(rows), len(head)) and rows[alike] == head[alike]:
        alike += 1
    below = max(cell.row + cell.row_span for cell in first.cells)
    while alike and (alike == below or any(row + span > alike for row in range(alike) for _, _, span, _ in rows[row])):
        alike -= 1
    told = {
        place for row in rows[:alike] for column, span, _, text in row if text for place in range(column, column + span)
    }
    texts = {text for row in rows[:alike] for *_, text in row if text}
    return alike if len(texts) > 1 and len(told) == max(cell.column + cell.column_span for cell in first.cells) else 0


def _append(last: TableDraft, first: TableDraft, dropped: int) -> None:
    below = max(cell.row + cell.row_span for cell in last.cells) - dropped
    last.cells.extend(replace(cell, row=cell.row + below) for cell in first.cells if cell.row >= dropped)
    last.characters += first.characters
    last.bold += first.bold
