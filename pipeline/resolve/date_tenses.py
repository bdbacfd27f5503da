"""Whether the words around a date announce it, tell of it as past, or say that it comes back.

Takes a span in its context and the words of rules/gazetteer/date_tenses.csv; gives `future`, `past` or "". Does not know dates.
"""

from __future__ import annotations

import re

from pipeline.model import Span
from pipeline.resolve.context import Context

_BEFORE, _BEHIND = 20, 60
_PAST_END = re.compile(r"た[。」）)]*$")
_RECURRING = ("毎年", "毎年度", "毎月", "毎週")


def tense(context: Context, span: Span) -> str:
    """The first word behind the date in its sentence decides, else the last one before it."""
    around = context.sentence(span)
    text = context.document.text
    behind = text[span.end : min(around.end, span.end + _BEHIND)]
    before = text[max(around.start, span.start - _BEFORE) : span.start]
    rows = [row for row in context.gazetteers["date_tenses"].rows if row["tense"] != "habitual"]
    found = [
        (at, -len(r["surface"]), r["tense"])
        for r in rows
        if r["side"] != "before" and (at := behind.find(r["surface"])) >= 0
    ]
    if found:
        return min(found)[2]
    earlier = [
        (at, len(r["surface"]), r["tense"])
        for r in rows
        if r["side"] != "behind" and (at := before.rfind(r["surface"])) >= 0
    ]
    return max(earlier)[2] if earlier else ""


def is_narrated(context: Context, span: Span) -> bool:
    """Whether the sentence ends in the past tense: what it tells has happened."""
    around = context.sentence(span)
    return _PAST_END.search(context.document.text, span.end, around.end) is not None


def is_habitual(context: Context, span: Span) -> bool:
    """Whether the sentence speaks of what happens again and again: opening hours, every Monday."""
    around = context.sentence(span)
    sentence = context.document.text[around.start : around.end]
    return any(
        row["surface"] in sentence for row in context.gazetteers["date_tenses"].rows if row["tense"] == "habitual"
    )


def is_recurring(context: Context, span: Span) -> bool:
    before = context.document.text[max(0, span.start - 4) : span.start].rstrip()
    return before.endswith(_RECURRING)
