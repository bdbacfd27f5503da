"""Gaps inside an expression that the folded view has closed: each is told, since a closed gap is a guess.

Takes a context and a candidate; gives issues. Does not close gaps.
"""

from __future__ import annotations

import re

from pipeline.model import Candidate, Issue
from pipeline.resolve.context import Context

#: a blank line, single spaces between kanji and figures throughout, or between figures
_GAPS = re.compile(
    r"\n\s*\n|\r\n\s*\r\n|(?:[^\s\d][ \u3000]){2,}[^\s]|(?<![\d,，.．])\d[ \u3000]\d(?:[ \u3000]\d)*[ \u3000]?[^\s\d]"
    r"|[,，][ \u3000]?\d{1,2}[ \u3000]\d|\d[ \u3000]?[.．][ \u3000]?\d[ \u3000]\d[ \u3000]?[月%％倍]"
)


def repair_issues(context: Context, candidate: Candidate) -> list[Issue]:
    """`repaired`, of severity info, where the surface holds a gap that its value does not."""
    span = candidate.span
    surface = span.cut(context.document.text)
    if len(surface.split(None, 1)) < 2 or not _GAPS.search(surface):
        return []
    return [Issue("repaired", "a gap inside the expression was closed", "info", span.start, span.end)]
