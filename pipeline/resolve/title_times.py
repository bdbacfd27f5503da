"""The time that a title, a heading or a note names for the numbers below it: 令和6年度決算, （4月1日現在）, 貸借対照表（令和5年3月31日）.

Takes a context, a line's span and the resolved dates (sorted by span); gives a date, or that the line names several. Does not know tables.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from pipeline.engine.gazetteer import Gazetteer
from pipeline.model import Mention, Span
from pipeline.resolve.amount_announcements import announcements
from pipeline.resolve.amount_dates import YEARS, nearest_first
from pipeline.resolve.context import Context
from pipeline.resolve.date_particles import one_of

#: a longer line is a text of its own
_LONGEST, _LONGEST_SENTENCE = 60, 120
#: of a date that is of a paper, or from or up to when something holds, the numbers are not
_OF_PAPERS = ("deadline", "start", "published", "approved")
_BRACKETS = "（(〔［【"
_CLOSED = re.compile(r"[\s\u3000]*[）)〕］】][\s\u3000]*$")
_ORNAMENT = re.compile(r"[\s\u3000（(〔［【）)〕］】◆◇■□●○・※]*")
_SPANNED = ("month", "quarter", "half", "season")


@dataclass(frozen=True, slots=True)
class LineTime:
    """What a line says: `date` where it names one time; `several` where it names more than one, so that no line further off counts."""

    date: Mention | None = None
    several: bool = False


def line_time(context: Context, line: Span, dates: Sequence[Mention]) -> LineTime:
    """The day as of which, the date in brackets at the end, or the only year, months or range of days of a title; not one that is told from
    another one within it (前年比2.9％減)."""
    text = context.document.text
    told = text[line.start : line.end].rstrip()
    announcing = told.endswith("。") and announcements(context.gazetteers["announcements"]).following.search(told)
    if len(told) > (_LONGEST_SENTENCE if announcing else _LONGEST) or (told.endswith("。") and not announcing):
        return LineTime()
    found = [date for date in nearest_first(dates, line.start, line.end) if date.columns.get("edtf")]
    found = [date for date in found if date.basis != "relative" or date.span.start == line.start]
    if not found:
        return LineTime()
    last = found[0]
    if last.columns.get("role") == "as_of" or _closes(text, line, last):
        return LineTime(last)
    named = [date for date in found if not _is_of_paper(context, date, line)]
    if len({date.columns["edtf"] for date in named}) > 1:
        return LineTime(several=True)
    return LineTime(named[0]) if named and _lasts(named[0]) else LineTime()


def fills(context: Context, line: Span, dates: Sequence[Mention]) -> Mention | None:
    """The date that is all of a line."""
    text = context.document.text
    date = next(nearest_first(dates, line.start, line.end), None)
    if date is None or not date.columns.get("edtf") or date.columns.get("role") in _OF_PAPERS:
        return None
    rest = text[line.start : date.span.start] + text[date.span.end : line.end]
    return date if not _ORNAMENT.sub("", rest) else None


def _closes(text: str, line: Span, date: Mention) -> bool:
    """Whether a date fills the brackets at a line's end."""
    if date.columns.get("role") in _OF_PAPERS:
        return False
    opened = text[line.start : date.span.start].rstrip(" \u3000")[-1:]
    return opened != "" and opened in _BRACKETS and _CLOSED.match(text, date.span.end, line.end) is not None


def _lasts(date: Mention) -> bool:
    """Whether a date is more than one day."""
    return (
        date.columns.get("precision") in YEARS
        or "/" in date.columns["edtf"]
        or len(date.columns["edtf"].strip("~")) == 7
    )


def _is_of_paper(context: Context, date: Mention, line: Span) -> bool:
    """Whether a date tells of the paper or of an act, not of numbers: 令和5年条例第3号, 9月号, 令和6年3月定例会."""
    if date.columns.get("role") in _OF_PAPERS:
        return True
    return _papers(context.gazetteers["paper_words"]).match(context.document.text, date.span.end, line.end) is not None


@lru_cache(maxsize=4)
def _papers(gazetteer: Gazetteer) -> re.Pattern[str]:
    return re.compile(
        rf"[\s\u3000]*(?:第[\s\u3000]*[0-9０-９一二三四五六七八九十]+[\s\u3000]*[回号次期]|{one_of(row['surface'] for row in gazetteer.rows)})"
    )
