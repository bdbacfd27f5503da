"""Number-like runs that no rule claimed: what there is still to teach.

Takes a page and its candidates; gives spans. Does not judge them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.engine.page import Page
from pipeline.model import Candidate, Span

_NUMBER = re.compile(r"[0-9](?:[0-9,.:/\-]*[0-9])?|[一二三四五六七八九十百千万億兆〇]{2,}|[①-⑳](?=[0-9])")
_CONTEXT = 12


def leftovers(page: Page, candidates: Sequence[Candidate]) -> Iterator[tuple[Span, str]]:
    """Spans with the text around them (12 characters to each side, breaks as spaces)."""
    text = page.document.text
    claimed = sorted((c.span.start, c.span.end) for c in candidates if c.kind not in ("label", "title"))
    at, reach = 0, 0
    for line in page.lines:
        for match in _NUMBER.finditer(line.text):
            span = page.span(line.start + match.start(), line.start + match.end())
            while at < len(claimed) and claimed[at][0] < span.end:
                reach = max(reach, claimed[at][1])
                at += 1
            if reach <= span.start:
                around = text[max(line.block.start, span.start - _CONTEXT) : min(line.block.end, span.end + _CONTEXT)]
                yield span, " ".join(around.split())
