"""Tables over facing pages: what a left page begins, a right page goes on with, row beside row.

Takes the drafts of all pages, joins the tables of such pages to one. Does not know glyphs.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from pipeline.parsers.cell_kinds import is_figure, is_unit
from pipeline.parsers.pdf.drafts import CellDraft, PageDraft, TableDraft, TextDraft

#: points by which edges on two pages may differ and still be one; rows nearer than this are one row
_NEAR, _SLIVER = 3.0, 6.0
#: inner edges of rows that show a spread where they agree
_LEAST_SHARED = 3
_PAGE_NUMBER = re.compile(r"(?:^|[\s　])[-－―‐–—]\s?([0-9０-９]{1,4})\s?[-－―‐–—](?=$|[\s　])")
_Signature = tuple[tuple[int, ...], ...]


def join_spreads(pages: Sequence[PageDraft]) -> None:
    """Each table of a right page becomes the right half of the one beside it on the left page.

    Facing pages have as many ruled tables, each as high up and as low down as the other, with columns and headers of their own,
    and the right page has nothing else but notes of units. That alone may be chance for one table a page: then rules between their rows must
    agree, or the document must have three such pairs of pages alike. A sheet that has two page numbers is two such pages, side by side.
    """
    for page in pages:
        if _is_sheet_of_two(page):
            _join_halves(page)
    pairs = [(left, right) for left, right in itertools.pairwise(pages) if _face(left, right)]
    alike = Counter(_signature(left, right) for left, right in pairs)
    taken = 0
    for left, right in pairs:
        if left.number == taken or not (alike[_signature(left, right)] >= 3 or _rows_agree(left, right)):
            continue
        taken = right.number
        others = iter(_tables(right))
        notes = [draft for draft in _body(right) if isinstance(draft, TextDraft)]
        for table in _tables(left):
            _join(table, next(others), left.width)
        at = next(index for index, draft in enumerate(left.drafts) if isinstance(draft, TableDraft))
        left.drafts[at:at] = notes
        right.drafts = [draft for draft in right.drafts if isinstance(draft, TextDraft) and draft not in notes]


def _is_sheet_of_two(page: PageDraft) -> bool:
    """Whether two page numbers that follow each other stand on the page, and nothing else beside them: - 63 -  - 64 -."""
    numbers = [
        int(digits)
        for draft in page.drafts
        if isinstance(draft, TextDraft) and draft.rows <= 2 and not _PAGE_NUMBER.sub("", draft.text).strip()
        for digits in _PAGE_NUMBER.findall(draft.text)
    ]
    return any(one + 1 == other for one, other in itertools.pairwise(numbers))


def _join_halves(page: PageDraft) -> None:
    middle = page.width / 2
    for left in [table for table in _tables(page) if table.box[2] <= middle]:
        for right in [table for table in _tables(page) if table.box[0] >= middle]:
            if _are_halves(left, right):
                _join(left, right, 0.0)
                page.drafts.remove(right)
                break


def _body(page: PageDraft) -> list[TextDraft | TableDraft]:
    return [draft for draft in page.drafts if not (isinstance(draft, TextDraft) and draft.kind == "furniture")]


def _tables(page: PageDraft) -> list[TableDraft]:
    return [draft for draft in page.drafts if isinstance(draft, TableDraft)]


def _face(left: PageDraft, right: PageDraft) -> bool:
    ours, others = _tables(left), _tables(right)
    if not ours or len(ours) != len(others) or right.number != left.number + 1:
        return False
    if abs(left.width - right.width) > _NEAR or abs(left.height - right.height) > _NEAR:
        return False
    if any(isinstance(draft, TextDraft) and draft.kind != "caption" for draft in _body(right)):
        return False
    return all(_are_halves(one, other) for one, other in zip(ours, others, strict=True))


def _are_halves(one: TableDraft, other: TableDraft) -> bool:
    if not one.lined or not other.lined or one.header_rows is not None or other.header_rows is not None:
        return False
    if abs(one.box[1] - other.box[1]) > _NEAR or abs(one.box[3] - other.box[3]) > _NEAR:
        return False
    same_columns = len(one.edges) == len(other.edges) and all(
        abs((a - one.edges[0]) - (b - other.edges[0])) <= _NEAR for a, b in zip(one.edges, other.edges, strict=True)
    )
    return not same_columns and not (_heads(one) & _heads(other))


def _heads(table: TableDraft) -> set[str]:
    """What the first row says, where it is a header."""
    first = [cell.text for cell in table.cells if cell.row == 0]
    return set() if any(map(is_figure, first)) else {text for text in first if len(text) > 1 and not is_unit(text)}


def _signature(left: PageDraft, right: PageDraft) -> _Signature:
    """The columns of both pages and the foot of the first row, as far as they are the document's form."""
    return tuple(
        tuple(round(edge / _NEAR) for edge in table.edges) for page in (left, right) for table in _tables(page)[:1]
    )


def _rows_agree(left: PageDraft, right: PageDraft) -> bool:
    """Whether more than one table stands beside another, or all inner row edges of one table come back in the other."""
    ours, others = _tables(left), _tables(right)
    if len(ours) > 1:
        return True
    few, many = sorted((_inner(ours[0]), _inner(others[0])), key=len)
    return len(few) >= _LEAST_SHARED and all(any(abs(a - b) <= _NEAR for b in many) for a in few)


def _inner(table: TableDraft) -> list[float]:
    edges = sorted({cell.box[1] for cell in table.cells})
    return [edge for edge in edges if edge - table.box[1] > _NEAR]


def _join(left: TableDraft, right: TableDraft, width: float) -> None:
    columns = max(cell.column + cell.column_span for cell in left.cells)
    levels = row_edges([*left.cells, *right.cells])
    cells = [*left.cells, *(replace(cell, column=cell.column + columns) for cell in right.cells)]
    left.cells = []
    for cell in cells:
        row, end = _level(levels, cell.box[1]), _level(levels, cell.box[3])
        left.cells.append(replace(cell, row=row, row_span=max(end - row, 1)))
    left.edges = (*left.edges, *(edge + width for edge in right.edges))
    left.characters += right.characters
    left.bold += right.bold


def row_edges(cells: Iterable[CellDraft]) -> list[float]:
    """Tops of rows out of the boxes of cells, those nearer than six points told once.

    A row's last top stands for all: rules of two pages that miss each other by less part no row.
    """
    levels: list[float] = []
    for top in sorted({edge for cell in cells for edge in (cell.box[1], cell.box[3])}):
        if not levels or top - levels[-1] > _SLIVER:
            levels.append(top)
    return levels


def _level(levels: Sequence[float], value: float) -> int:
    return min(range(len(levels)), key=lambda index: abs(levels[index] - value))
