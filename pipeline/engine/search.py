"""Searching with RE2, without a match object.

Takes a compiled pattern; gives a function from bytes to the spans of its first match. Does not know rules.

Lines are short and rules are many: the generator and the match object that `re2`'s own `search` makes take longer than most searches.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

#: the match's (start, end) and its groups', (-1, -1) for a group that took no part; nothing where there is no match
Spans = Sequence[tuple[int, int]]


@lru_cache(maxsize=1 << 12)
def searching(pattern: Any) -> Callable[[bytes, int], Spans]:
    """The pattern's search from a byte on.

    >>> import re2
    >>> searching(re2.compile("(?P<n>[0-9]+)(?P<much>万)?人"))("約30人".encode(), 0)
    [(3, 8), (3, 5), (-1, -1)]
    """
    match, anywhere = _binding(pattern)

    def search(data: bytes, position: int) -> Spans:
        spans: Spans = match(anywhere, data, position, len(data))
        return spans if spans[0][0] >= 0 else ()

    return search


@lru_cache(maxsize=1 << 12)
def occurring(pattern: Any) -> Callable[[str], bool]:
    """Whether the pattern occurs in a text.

    >>> import re2
    >>> occurring(re2.compile("[町村]$"))("葉山町"), occurring(re2.compile("[町村]$"))("町役場")
    (True, False)
    """
    match, anywhere = _binding(pattern)

    def occurs(text: str) -> bool:
        data = text.encode()
        return bool(match(anywhere, data, 0, len(data))[0][0] >= 0)

    return occurs


def _binding(pattern: Any) -> tuple[Any, Any]:
    """What `re2`'s own `search` calls."""
    import re2

    return pattern._regexp.Match, re2._re2.RE2.Anchor.UNANCHORED
