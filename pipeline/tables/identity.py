"""Ids that survive edits elsewhere.

Takes a source's mentions in order; gives an id each. Does not know tables.

An id is a function of source, kind, surface, the text near the mention inside its block, and its number among mentions equal in all of these:
a paragraph put on top, or a copy of a list item put before the original, adds its own ids and takes none away.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable

from pipeline.model import Document, Mention

#: characters near a mention that its id depends on, and how far they are looked for over white space
_REACH, _WINDOW = 16, 64
_LETTERS = {"date": "d", "amount": "a", "organisation": "o", "municipality": "m"}


def mention_ids(source_id: str, document: Document, mentions: Iterable[Mention]) -> list[str]:
    """Ids such as `d-3f2a9c0b71d4e852` in the order of the mentions (sorted by span)."""
    starts = [block.start for block in document.blocks]
    seen: Counter[tuple[str, ...]] = Counter()
    ids = []
    for mention in mentions:
        at = bisect_right(starts, mention.span.start) - 1
        block = document.blocks[at].span if at >= 0 else mention.span
        start, end = mention.span
        before = "".join(document.text[max(block.start, start - _WINDOW) : start].split())[-_REACH:]
        after = "".join(document.text[end : min(block.end, end + _WINDOW)].split())[:_REACH]
        surface = mention.span.cut(document.text)
        key = (source_id, mention.kind, surface, before, after)
        digest = hashlib.sha256("\x1f".join((*key, str(seen[key]))).encode("utf-8", "surrogatepass")).hexdigest()
        seen[key] += 1
        ids.append(f"{_LETTERS[mention.kind]}-{digest[:16]}")
    return ids
