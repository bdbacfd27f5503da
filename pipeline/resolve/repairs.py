"""Gaps inside an expression that the folded view has closed: each is told, since a closed gap is a guess.

Takes a context and a candidate; gives issues. Does not close gaps.
"""

from __future__ import annotations

import re

from pipeline.model import Candidate, Issue
from pipeline.resolve.context import Context

#: a blank line, single spaces between kanji and figures throughout, or between figures
_GAPS = re.compile(
    r"\n\s*\n|\r\n\s*\r\n|(?:[^\s\d自至〜～~()（）][ \u3000]){2,}[^\s]|(?<![\d,，.．])\d[ \u3000]\d(?:[ \u3000]\d)*[ \u3000]?[^\s\d]"
    r"|^\d(?:[ \u3000]\d){2,}$|[,，][ \u3000]?\d{1,2}[ \u3000]\d|\d[ \u3000]?[.．][ \u3000]?\d[ \u3000]\d[ \u3000]?[月%％倍]"
)

#: how messages of lost marks end, and in how many places the document is told of them as a whole
_LOST, _SEVERAL = "was lost", 2


def repair_issues(context: Context, candidate: Candidate) -> list[Issue]:
    """`repaired`, of severity info, where the surface holds a gap that its value does not."""
    span = candidate.span
    surface = span.cut(context.document.text)
    if len(surface.split(None, 1)) < 2 or not _GAPS.search(surface):
        return []
    return [Issue("repaired", "a gap inside the expression was closed", "info", span.start, span.end)]


def told_once(issues: list[Issue]) -> list[Issue]:
    """The same issues; where marks were lost in several places, that is told once of the whole document, since a conversion did it."""
    lost = [issue for issue in issues if issue.code == "repaired" and issue.message.endswith(_LOST)]
    if len(lost) < _SEVERAL:
        return issues
    message = f"{lost[0].message}, here and in {len(lost) - 1} more dates"
    rest = [issue for issue in issues if issue not in lost]
    return [*rest, Issue("repaired", message, "info")]
