"""A council's last word where it stands for the council: as what holds a meeting (審議会（第１回） behind 若葉市環境審議会).

Takes the bodies found, in order; gives where such words stand. Does not know other short names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from pipeline.engine.body_words import BodyWords
from pipeline.model import Span
from pipeline.resolve.body_found import Found, closed

_COUNCIL = "assembly"
#: a kind of council is at least that long: 部会
_LEAST_KIND = 2
_MEETING = r"第[ 　]?[0-9０-９一二三四五六七八九十]{1,3}[ 　]?回"
_WORD = "一-龥々ァ-ヴーA-Za-z"


def meeting_councils(text: str, found: Sequence[Found], words: BodyWords) -> Iterator[tuple[Span, Found]]:
    """Where the kind of a council stands beside the number of a meeting, behind the one council of that kind that the document names."""
    named: dict[str, list[Found]] = {}
    for f in found:
        if f.body is not None and not f.is_short_name and f.body.kind == _COUNCIL:
            kind = council_kind(closed(f.value.name), words)
            if kind:
                named.setdefault(kind, []).append(f)
    for kind, councils in named.items():
        if len({f.body.organisation_id for f in councils if f.body is not None}) > 1:
            continue
        for match in _beside_meeting(kind).finditer(text, councils[0].span.end):
            span = Span(*match.span(match.lastgroup or 0))
            if not any(f.span.start < span.end and span.start < f.span.end for f in found):
                yield span, councils[0]


def council_kind(name: str, words: BodyWords) -> str:
    """The kind of body that a longer name ends with.

    >>> from pipeline.engine.body_words import body_words
    >>> from pipeline.engine.load import load_rules
    >>> words = body_words(load_rules().gazetteers)
    >>> [council_kind(name, words) for name in ("若葉市環境審議会", "審議会", "若葉市議会")]
    ['審議会', '', '']
    """
    ends = (name[at:] for at in range(2, len(name) - _LEAST_KIND + 1))
    return next((end for end in ends if words.head_only.match(end)), "")


@lru_cache(maxsize=64)
def _beside_meeting(kind: str) -> re.Pattern[str]:
    word = re.escape(kind)
    return re.compile(
        rf"(?<![{_WORD}])(?P<before>{word})(?=[ 　]?[(（]?{_MEETING})|{_MEETING}[ 　]?(?P<behind>{word})(?![{_WORD}])"
    )
