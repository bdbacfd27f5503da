"""Ids that survive edits elsewhere.

Takes a source's mentions in order; gives an id each. Does not know tables.

An id is a function of source, kind, surface, the text near the mention inside its block, and its number among mentions equal in all of these:
a paragraph put on top, or a copy of a list item put before the original, adds its own ids and takes none away.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Iterable

from pipeline.model import Document, Mention

#: characters near a mention that its id depends on, and how far they are looked for over white space
_REACH, _WINDOW = 16, 64
_LETTERS = {"date": "d", "amount": "a", "organisation": "o", "municipality": "m"}


def mention_ids(source_id: str, document: Document, mentions: Iterable[Mention]) -> list[str]:
    """Ids such as `d-3f2a9c0b71d4e852` in the order of the mentions: sorted by span, and behind them those that people added."""
    text, blocks = document.text, document.blocks
    starts = [block.start for block in blocks]
    seen: dict[str, int] = {}
    ids = []
    for mention in mentions:
        start, end = mention.span
        at = bisect_right(starts, start) - 1
        block = blocks[at] if at >= 0 else mention.span
        before = "".join(text[max(block.start, start - _WINDOW) : start].split())[-_REACH:]
        after = "".join(text[end : min(block.end, end + _WINDOW)].split())[:_REACH]
        key = "\x1f".join((source_id, mention.kind, text[start:end], before, after))
        number = seen[key] = seen.get(key, -1) + 1
        digest = hashlib.sha256(f"{key}\x1f{number}".encode("utf-8", "surrogatepass")).hexdigest()
        ids.append(f"{_LETTERS[mention.kind]}-{digest[:16]}")
    return ids
