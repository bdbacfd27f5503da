"""Running heads and page numbers, which stand at the same place on page after page, and lines of contents.

Takes the drafts of all pages, gives their kinds; knows no fonts and no reading order.
"""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Sequence

from pipeline.parsers.pdf.blocks import page_told
from pipeline.parsers.pdf.drafts import PageDraft, TextDraft
from pipeline.parsers.pdf.kinds import is_caption

#: shares of the page's height at top and bottom, and of its width at the sides, where furniture stands
_BAND, _SIDE = 0.11, 0.07
_PAGE_NUMBER = re.compile(
    r"^(?:[-－―‐–—~〜～ 　]*(?:p\.?|P\.?|[0-9０-９]+[-－])?[ 　]*[0-9０-９ 　]{1,6}(?:[ 　]*[/／][ 　]*[0-9０-９]{1,4})?[ 　]*(?:頁|ページ)?[-－―‐–—~〜～ 　]*|[-－―‐– 　]*[ivxⅰ-ⅹⅠ-Ⅹ]{1,5}[-－―‐– 　]*)$"
)
_DASHED = re.compile(r"^[-－―‐–—~〜～][ 　]*[0-9０-９]{1,4}[ 　]*[-－―‐–—~〜～]$")
_AMOUNT = re.compile(r"[0-9０-９][,，][0-9０-９]{3}")
#: lines of contents, whose pages go up
_CONTENTS = 3
_Key = tuple[str, int]
_DIGITS = re.compile(r"[0-9０-９一二三四五六七八九十〇]+")


def mark_furniture(pages: Sequence[PageDraft]) -> None:
    """Set kind `furniture` on blocks near an edge whose text, digits apart, comes back on other pages at the same height, on page numbers and on lines of contents."""
    _mark_contents(pages)
    seen: dict[_Key, set[int]] = defaultdict(set)
    edges = [(page, draft) for page in pages for draft in _at_edges(page)]
    for page, draft in edges:
        for keys in _keys(draft):
            for key in keys:
                seen[key].add(page.number)
    kept: set[str] = set()
    numbered = {page.number for page, draft in edges if _is_page_number(draft.text)}
    # facing pages have heads of their own: three pages, or all of a short document
    least = 3 if len(pages) > 3 else max(len(pages), 2)
    for page, draft in edges:
        repeated = all(any(len(seen[key]) >= least for key in keys) for keys in _keys(draft))
        counts = _is_page_number(draft.text) and (len(numbered) >= least or _is_lone(page, draft))
        if repeated and _AMOUNT.search(draft.text) and draft.text not in kept:
            # a head that tells an amount is read once
            kept.add(draft.text)
            continue
        if repeated or counts or (_DASHED.match(draft.text) and _is_lone(page, draft)):
            draft.kind = "furniture"


def _mark_contents(pages: Sequence[PageDraft]) -> None:
    """Lines that lead to a page number, if there are several and the numbers go up: other lists have leaders too."""
    found = [
        (draft, told)
        for page in pages
        for draft in page.drafts
        if isinstance(draft, TextDraft) and (told := page_told(draft.text)) is not None
    ]
    numbers = [told for _, told in found if told]
    falls = sum(1 for one, next_one in itertools.pairwise(numbers) if next_one < one)
    if len(found) >= _CONTENTS and falls * 5 <= len(found):
        for draft, _ in found:
            draft.kind = "furniture"


def _is_page_number(text: str) -> bool:
    """- 12 -, 3 / 40, and the two numbers of a spread.

    >>> [_is_page_number(text) for text in ("- 12 -", "- 63 -  - 64 -", "平成30")]
    [True, True, False]
    """
    return all(_PAGE_NUMBER.match(part) for part in text.split("  "))


def _at_edges(page: PageDraft) -> list[TextDraft]:
    high, low = page.height * _BAND, page.height * (1 - _BAND)
    left, right = page.width * _SIDE, page.width * (1 - _SIDE)
    return [
        draft
        for draft in page.drafts
        if isinstance(draft, TextDraft)
        and draft.rows <= 3
        and not is_caption(draft.text)
        and (draft.box[3] <= high or draft.box[1] >= low or draft.box[2] <= left or draft.box[0] >= right)
    ]


def _keys(draft: TextDraft) -> list[list[_Key]]:
    """Of each part of a head its text without digits, with its height and with the height next to it."""
    slot = int(draft.box[1] // 6)
    texts = [_DIGITS.sub("0", "".join(part.split())) for part in draft.text.split("  ")]
    return [[(text, slot), (text, slot + 1)] for text in texts]


def _is_lone(page: PageDraft, draft: TextDraft) -> bool:
    """The only thing at its edge, in the middle or at a corner below everything else."""
    return all(
        other is draft or other.box[3] < draft.box[1] or (isinstance(other, TextDraft) and other.kind == "furniture")
        for other in page.drafts
    ) and draft.box[1] > page.height * (1 - _BAND)
