"""Drafts of PDF pages as plain tuples, and back.

Takes and gives things of `pipeline.parsers.pdf.drafts`. Does not know files.

A tuple holds a class's fields in their order, as in `driver/plain.py`.
"""

from __future__ import annotations

from dataclasses import fields

from pipeline.driver.plain import Plain, getter
from pipeline.parsers.pdf.drafts import CellDraft, Draft, PageDraft, TableDraft, TextDraft

_page, _text, _table, _cell = map(getter, (PageDraft, TextDraft, TableDraft, CellDraft))
_NAMES = [field.name for field in fields(PageDraft)]
_DRAFTS, _RUBY = _NAMES.index("drafts"), _NAMES.index("ruby")
_CELLS = [field.name for field in fields(TableDraft)].index("cells")


def plain_page(page: PageDraft) -> Plain:
    told = list(_page(page))
    told[_DRAFTS] = [(isinstance(draft, TableDraft), _plain_draft(draft)) for draft in page.drafts]
    told[_RUBY] = [*map(_text, page.ruby)]
    return tuple(told)


def page_of(plain: Plain) -> PageDraft:
    """Raises where the tuple is none of a page."""
    told = list(plain)
    told[_DRAFTS] = [_table_of(draft) if is_table else TextDraft(*draft) for is_table, draft in told[_DRAFTS]]
    told[_RUBY] = [TextDraft(*draft) for draft in told[_RUBY]]
    return PageDraft(*told)


def _plain_draft(draft: Draft) -> Plain:
    if isinstance(draft, TextDraft):
        return _text(draft)
    told = list(_table(draft))
    told[_CELLS] = [*map(_cell, draft.cells)]
    return tuple(told)


def _table_of(plain: Plain) -> TableDraft:
    told = list(plain)
    told[_CELLS] = [CellDraft(*cell) for cell in told[_CELLS]]
    return TableDraft(*told)
