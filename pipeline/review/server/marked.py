"""A stretch of a text with marks on it, cut into runs that carry the same marks.

Takes a text, a span and marks; gives runs. Does not know HTML.

Characters that are not seen but turn or hide others (bidi controls, zero widths, control characters) are runs of their own that say their name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple

_NAMES = {
    "\u061c": "ALM", "\u200b": "ZWSP", "\u200c": "ZWNJ", "\u200d": "ZWJ", "\u200e": "LRM", "\u200f": "RLM", "\u2028": "LSEP",
    "\u2029": "PSEP", "\u202a": "LRE", "\u202b": "RLE", "\u202c": "PDF", "\u202d": "LRO", "\u202e": "RLO", "\u2060": "WJ",
    "\u2066": "LRI", "\u2067": "RLI", "\u2068": "FSI", "\u2069": "PDI", "\ufeff": "BOM", "\f": "FF", "\x7f": "DEL",
}  # fmt: skip
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")


class Mark(NamedTuple):
    """`text[start:end]` is shown in the style `look`; `ref` is the id of what stands there ("" for none)."""

    start: int
    end: int
    look: str
    ref: str = ""


class Run(NamedTuple):
    """`text[at:at + length]`; `looks` and `refs` of the marks upon it, the narrowest last. `sign` is the name of a character that is not seen."""

    at: int
    length: int
    text: str
    looks: str = ""
    refs: str = ""
    sign: str = ""


def sign(char: str) -> str:
    """What is shown for a character that is not seen.

    >>> sign(chr(0x202e)), sign(chr(7))
    ('RLO', 'U+0007')
    """
    return _NAMES.get(char) or f"U+{ord(char):04X}"


def visible(text: str, most: int = 0) -> str:
    """One line for a list: unseen characters by name, white space as blanks, cut at `most` characters (0: not).

    >>> visible("支出" + chr(0x202e) + "003", 5)
    '支出⟦RLO⟧0…'
    """
    shown = text if not most or len(text) <= most else text[: most - 1] + "…"
    return _UNSEEN.sub(lambda found: f"⟦{sign(found[0])}⟧", " ".join(shown.split())) if shown else ""


def runs(text: str, start: int, end: int, marks: Iterable[Mark] = ()) -> list[Run]:
    """`text[start:end]` without gaps; marks may overlap.

    >>> [(run.at, run.text, run.looks) for run in runs("昨年3月の", 0, 5, [Mark(2, 4, "date")])]
    [(0, '昨年', ''), (2, '3月', 'date'), (4, 'の', '')]
    """
    start, end = max(0, start), min(end, len(text))
    upon = sorted(mark for mark in marks if mark.start < end and mark.end > start and mark.start < mark.end)
    cuts = {start, end} | {max(start, mark.start) for mark in upon} | {min(end, mark.end) for mark in upon}
    for found in _UNSEEN.finditer(text, start, end):
        cuts |= {found.start(), found.end()}
    points = sorted(cuts)
    active: list[Mark] = []
    found_runs: list[Run] = []
    following = 0
    for at, until in pairwise(points):
        active = [mark for mark in active if mark.end > at]
        while following < len(upon) and upon[following].start <= at:
            active.append(upon[following])
            following += 1
        found_runs.append(_run(text[at:until], at, active))
    return found_runs


def _run(text: str, at: int, active: list[Mark]) -> Run:
    ordered = sorted(active, key=lambda mark: (mark.start - mark.end, mark.start))
    looks = " ".join(dict.fromkeys(mark.look for mark in ordered))
    refs = " ".join(dict.fromkeys(mark.ref for mark in ordered if mark.ref))
    name = sign(text) if len(text) == 1 and _UNSEEN.match(text) else ""
    return Run(at, len(text), "" if name else text, looks, refs, name)
