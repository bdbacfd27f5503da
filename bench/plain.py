"""A cell's value as two tables compare it.

Takes text; gives it in NFKC, without white space and thousands commas, each hyphen, dash, wave and minus told in one way. Does not know tables.
"""

from __future__ import annotations

import re
import unicodedata

_HYPHENS = re.compile(r"[‐‑‒–—―−－-]|(?<=\d)ー(?=\d)")
_COMMA = re.compile(r"(?<=\d),(?=\d{3})")
_MINUS = re.compile(r"^[△▲](?=\d)")


def plain(text: str) -> str:
    """A value as it is compared.

    >>> plain("０７７３－６２－２５１０"), plain("△ 7,661"), plain("9:00～\\n12:00")
    ('0773-62-2510', '-7661', '9:00~12:00')
    """
    folded = "".join(unicodedata.normalize("NFKC", text).split())
    folded = re.sub("[〜～∼~]", "~", _HYPHENS.sub("-", folded))
    return _COMMA.sub("", _MINUS.sub("-", folded))
