"""Searching with RE2, without a match object.

A pattern gives functions from bytes to the spans of its first match. Does not know rules.

Lines are short and rules are many: the generator and the match object that `re2`'s own `search` makes take longer than most searches.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any

#: the match's (start, end) and its groups', in bytes: (-1, -1) for a group that took no part, and for all where there is no match
Spans = Sequence[tuple[int, int]]


@dataclass(frozen=True, eq=False)
class Pattern:
    r"""An RE2 pattern, compiled when it is first searched for: of some 450, a short text asks for a tenth.

    `search` and `begin` take a text and the bytes between which to look; the second must be the text's end if the pattern asks for
    that. A match of `begin` begins at the first byte.

    >>> number = Pattern("(?P<n>[0-9]+)(?P<much>万)?人")
    >>> number.search("約30人".encode(), 0, 8), number.search("約30人".encode(), 5, 8)[0]
    ([(3, 8), (3, 5), (-1, -1)], (-1, -1))
    >>> [Pattern("(?:月|$)").begin("3月".encode(), at, 4)[0] for at in (0, 1, 4)]
    [(-1, -1), (1, 4), (4, 4)]
    >>> Pattern("月[^日]*$", lines=True).search("3月4日\n5月\n".encode(), 0, 14)[0]
    (10, 13)
    """

    pattern: str
    #: it is searched for in many lines at once, and matches inside one
    lines: bool = False

    @cached_property
    def compiled(self) -> Any:
        """RE2's own object; raises `re2.error`."""
        import re2

        options = re2.Options()
        options.log_errors = False
        options.max_mem = 1 << 26
        options.never_nl = self.lines
        return re2.compile(f"(?m:{self.pattern})" if self.lines else self.pattern, options=options)

    @cached_property
    def groups(self) -> tuple[tuple[str, int], ...]:
        """Named groups with their numbers."""
        return tuple(self.compiled.groupindex.items())

    @cached_property
    def search(self) -> Callable[[bytes, int, int], Spans]:
        import re2

        return partial(self.compiled._regexp.Match, re2._re2.RE2.Anchor.UNANCHORED)

    @cached_property
    def begin(self) -> Callable[[bytes, int, int], Spans]:
        import re2

        return partial(self.compiled._regexp.Match, re2._re2.RE2.Anchor.ANCHOR_START)

    def occurs(self, text: str) -> bool:
        """Whether the pattern occurs in a text.

        >>> Pattern("[町村]$").occurs("葉山町"), Pattern("[町村]$").occurs("町役場")
        (True, False)
        """
        data = text.encode()
        return self.search(data, 0, len(data))[0][0] >= 0


def listing(patterns: Any) -> Callable[[bytes], Sequence[int]]:
    """Which patterns of a compiled `re2.Set` occur in a text: their numbers.

    >>> import re2
    >>> both = re2.Set.SearchSet()
    >>> both.Add("[0-9]年"), both.Add("[0-9]月"), both.Compile()
    (0, 1, None)
    >>> listing(both)("令和3年".encode()), listing(both)("本年".encode())
    ([0], [])
    """
    occurs: Callable[[bytes], Sequence[int]] = patterns._set.Match
    return occurs
