"""Which entries of a page are its content and which are furniture, decided over the whole page.

Takes entries with what their elements say of them; gives entries decided. Does not know elements.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.parsers.html_blocks import Entry

#: more furniture than this is no furniture
_MOST_FURNITURE = 0.7
#: and more struck-out text than this is not meant so
_MOST_STRUCK = 0.5
#: above the page's heading: links that make a menu, what a label is at most, and what no label has
_FEW_LINKS, _LONGEST_LABEL = 3, 20
_CONTENT = re.compile(r"[0-9０-９。]")


def content(entries: Sequence[Entry], title: str) -> list[Entry]:
    """Entries with furniture decided: guesses are dropped where they would take most of the page, then all."""
    entries = _headed(entries, title)
    total = sum(_length(entry) for entry in entries) or 1
    if sum(_length(entry) for entry in entries if entry.struck) > _MOST_STRUCK * total:
        # an element that nobody closed
        entries = [e._replace(kind="paragraph", furniture="", struck=False) if e.struck else e for e in entries]
    sure = sum(_length(entry) for entry in entries if entry.furniture == "element" and entry.kind != "furniture")
    guessed = sum(_length(entry) for entry in entries if entry.furniture == "word")
    kinds: tuple[str, ...] = ("element", "word")
    if sure + guessed > _MOST_FURNITURE * total:
        kinds = ("element",) if sure <= _MOST_FURNITURE * total else ()
    decided: list[Entry] = []
    for index, entry in enumerate(entries):
        if entry.alternative and _repeated(entry, entries[max(0, index - 2) : index + 3]):
            continue
        if entry.furniture in kinds and entry.kind != "furniture":
            texts = [cell.text for cell in entry.cells] if entry.cells else [entry.text]
            decided += [Entry("furniture", text, 0, entry.element) for text in texts if text]
        elif entry.text or entry.cells:
            decided.append(entry)
    return decided


def _headed(entries: Sequence[Entry], title: str) -> Sequence[Entry]:
    """Where more than half of what stands above the page's own heading are links, the links and labels there are navigation."""
    heads = (n for n, e in enumerate(entries) if e.kind == "heading" and len(e.text) >= 4 and e.text in title)
    above = entries[: next(heads, 0)]
    linked = sum(entry.linked for entry in above if not entry.furniture)
    if linked < _FEW_LINKS or 2 * linked <= sum(
        bool(entry.text or entry.cells) for entry in above if not entry.furniture
    ):
        return entries
    labels = [
        entry.linked or (len(entry.text) <= _LONGEST_LABEL and not _CONTENT.search(entry.text)) for entry in above
    ]
    marked = [
        entry._replace(furniture=entry.furniture or "word") if label and not entry.cells else entry
        for entry, label in zip(above, labels, strict=True)
    ]
    return [*marked, *entries[len(above) :]]


def _length(entry: Entry) -> int:
    return len(entry.text) + sum(len(cell.text) for cell in entry.cells)


def _repeated(entry: Entry, around: Sequence[Entry]) -> bool:
    """Whether an image's alternative text says what stands beside it, or belongs to furniture."""
    return bool(entry.furniture) or any(
        other is not entry and (entry.text in other.text or any(entry.text in cell.text for cell in other.cells))
        for other in around
    )
