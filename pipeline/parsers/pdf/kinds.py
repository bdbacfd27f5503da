"""What each block of a document is: heading, list item, caption, note; and which blocks go on over a page.

Takes the drafts of all pages, sets `kind` and `level` on them and joins what a page break parted. Does not write.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Sequence

from pipeline.model.document import BlockKind
from pipeline.parsers.pdf.blocks import is_opener, is_unit
from pipeline.parsers.pdf.drafts import Draft, PageDraft, TableDraft, TextDraft

_CAPTION = re.compile(
    r"^(?:[(（【\[［]?(?:図|表|グラフ|資料|写真|図表|別表|参考図)[ 　]?[0-9０-９Ⅰ-Ⅻ一二三四五六七八九十]+(?:[-－‐.．][0-9０-９]+)*)"
)
_NOTE = re.compile(r"^(?:[※＊*]|[(（]?注[0-9０-９]*[)）:：.．、 　]|[(（]備考[)）]|備考[:： 　])")
_CHAPTER = re.compile(r"^(?:第[0-9０-９一二三四五六七八九十百]+[編章節款部](?:[ 　]|$|の)|[Ⅰ-Ⅻ][.．、 　])")
#: em: lines of a column of text are at least this long, those of a table's cells often shorter
_PROSE = 9.0
_ENDS = re.compile(r"[。．.!！?？」』）)]$")


def mark_kinds(pages: Sequence[PageDraft]) -> None:
    """Kinds of all text drafts that are not furniture; headings are larger than the body or bold, and ranked by size."""
    drafts = [
        draft for page in pages for draft in page.drafts if isinstance(draft, TextDraft) and draft.kind != "furniture"
    ]
    if not drafts:
        return
    sizes: Counter[float] = Counter()
    bold = 0
    for draft in drafts:
        sizes[round(draft.em * 2) / 2] += len(draft.text)
        bold += len(draft.text) if draft.bold else 0
    tables = [draft for page in pages for draft in page.drafts if isinstance(draft, TableDraft)]
    if sum(table.characters for table in tables) > 3 * sizes.total():
        # mostly tables: what is written outside of them is their headings
        for table in tables:
            sizes[round(table.em * 2) / 2] += table.characters
            bold += table.bold
    body = max(sizes, key=lambda size: (sizes[size], -size))
    bold_is_rare = bold * 4 < sum(sizes.values())
    headings = []
    for draft in drafts:
        draft.kind = _kind(draft, body, bold_is_rare)
        if draft.kind == "heading":
            headings.append(draft)
    ranks = {
        size: rank for rank, size in enumerate(sorted({_size(draft) for draft in headings}, reverse=True), start=1)
    }
    for draft in headings:
        draft.level = min(ranks[_size(draft)], 6)


def _kind(draft: TextDraft, body: float, bold_is_rare: bool) -> BlockKind:
    text = draft.text
    if is_unit(text) or (is_caption(text) and draft.rows <= 2 and not text.endswith("。")):
        return "caption"
    if _NOTE.match(text):
        return "note"
    short = len(text) <= 60 and draft.rows <= 3 and not text.endswith(("。", "、", "，"))
    if short and "  " not in text and sum(map(str.isalpha, text)) >= 2:
        if draft.em >= 1.15 * body or (_CHAPTER.match(text) and draft.rows == 1 and draft.em >= 0.95 * body):
            return "heading"
        if draft.bold and bold_is_rare and draft.rows == 1 and draft.em >= 0.95 * body and len(text) <= 40:
            return "heading"
    return "list_item" if is_opener(text) else "paragraph"


def is_caption(text: str) -> bool:
    """Whether a text begins as the caption of a figure or table: 図1, 表2-3, 図表Ⅰ-4-1."""
    return _CAPTION.match(text) is not None


def _size(draft: TextDraft) -> float:
    return round(draft.em) + (0.25 if draft.bold else 0.0)


def join_over_columns(pages: Sequence[PageDraft]) -> None:
    """A paragraph that fills the foot of a column and ends no sentence goes on at the head of the next column or tier,
    in vertical writing also in the next line where a box parted the two.
    """
    for page in pages:
        kept: list[Draft] = []
        for draft in page.drafts:
            last = kept[-1] if kept else None
            if (
                isinstance(draft, TextDraft)
                and isinstance(last, TextDraft)
                and _is_next_column(last, draft)
                and _goes_on(last, draft)
            ):
                _join(last, draft)
            else:
                kept.append(draft)
        page.drafts = kept


def _is_next_column(last: TextDraft, first: TextDraft) -> bool:
    x0, top, x1, bottom = last.box
    length = bottom - top if last.vertical else x1 - x0
    if length < _PROSE * last.em:
        return False
    if last.vertical:
        beside = -0.3 * last.em < x0 - first.box[2] < 2.0 * last.em and abs(first.box[1] - top) < 1.3 * last.em
        return (beside and first.rows > 1) or (first.box[1] >= bottom and first.box[2] > x1)
    return first.box[0] >= x1 and first.box[1] < bottom - last.em


def _join(last: TextDraft, first: TextDraft) -> None:
    last.text += "\n" + first.text
    last.boxes.extend((0.0, 0.0, 0.0, 0.0))
    last.boxes.extend(first.boxes)
    last.pages.append(0)
    last.pages.extend(first.pages)
    last.rows += first.rows
    last.ends_full = first.ends_full


def join_over_pages(pages: Sequence[PageDraft]) -> None:
    """A paragraph whose last line is full and ends no sentence goes on in the first paragraph of the next page."""
    for before, after in itertools.pairwise(pages):
        last = _last(before)
        first = _first(after)
        if last is None or first is None or not _goes_on(last, first):
            continue
        _join(last, first)
        after.drafts.remove(first)
        if not any(isinstance(draft, TextDraft) and draft.kind != "furniture" for draft in after.drafts):
            # the paragraph may go on to a third page
            after.drafts.append(last)
            before.drafts.remove(last)


def _last(page: PageDraft) -> TextDraft | None:
    for draft in reversed(page.drafts):
        if not isinstance(draft, TextDraft):
            return None
        if draft.kind not in {"furniture", "note"}:
            return draft
    return None


def _first(page: PageDraft) -> TextDraft | None:
    for draft in page.drafts:
        if not isinstance(draft, TextDraft):
            return None
        if draft.kind != "furniture":
            return draft
    return None


def _goes_on(last: TextDraft, first: TextDraft) -> bool:
    return (
        last.kind in {"paragraph", "list_item"}
        and first.kind == "paragraph"
        and last.ends_full
        and first.starts_inside
        and last.vertical == first.vertical
        and last.bold == first.bold
        and abs(last.em - first.em) < 0.5
        and not _ENDS.search(last.text)
        and (last.rows > 1 or first.rows > 1)
    )
