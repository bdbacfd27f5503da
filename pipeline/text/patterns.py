"""Patterns of Python's `re` that are compiled when they are first asked for.

Takes what `re.compile` takes; gives what it gives. Does not know what is searched for.

A set of kanji takes `re` the better part of a millisecond to compile, and most patterns of most modules are not asked for in most texts.
"""

from __future__ import annotations

import re
from typing import Any, cast

_ASKED = (
    "search", "match", "fullmatch", "finditer", "findall", "sub", "subn", "split", "scanner",
    "pattern", "flags", "groups", "groupindex",
)  # fmt: skip


def late(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """The compiled pattern; one that is none raises `re.error` when it is first asked for.

    >>> late("[一-龥]+市").search("札幌市で")[0]
    '札幌市'
    """
    return cast("re.Pattern[str]", _Late(pattern, flags))


class _Late:
    """Stands for a pattern; once compiled, what it is asked for is its own attribute, so that nothing stands between."""

    def __init__(self, pattern: str, flags: int) -> None:
        self._uncompiled = pattern, flags

    def __getattr__(self, name: str) -> Any:
        compiled = re.compile(*self._uncompiled)
        self.__dict__.update({asked: getattr(compiled, asked) for asked in _ASKED})
        return getattr(compiled, name)

    def __repr__(self) -> str:
        return f"late({self._uncompiled[0]!r})"
