"""Which budget or accounts 前年度, 本年度 and 翌年度 count from.

Takes a span and the dates known so far; gives a fiscal year and what names it, or None. Does not know other words that count.
"""

from __future__ import annotations

from typing import NamedTuple

from pipeline.engine.date_edtf import relative_unit
from pipeline.model import DatePoint, DateValue, Span
from pipeline.resolve.context import Context
from pipeline.resolve.date_frames import period
from pipeline.resolve.date_timeline import Known, Timeline
from pipeline.text.calendar_jp import fiscal_year_of
from pipeline.text.patterns import late

_MARCH = 3
#: how far behind a fiscal year the word of its budget may stand, and how far around it words that speak of one
_REACH, _AROUND = 20, 500
_OF_SUBJECT = late(r"の[^。、]{1,24}?(?:は、|は[^。、]|につきまして|については|といたしまして)")
#: behind these the words are of something else (令和6年度に企業会計へ移行)
_ENDS = late(r"[、。へ]|に(?!おけ|お[きい])|から|まで|より")


class Budget(NamedTuple):
    """The fiscal year of a budget or of accounts, and what names it."""

    year: int
    antecedent: Span


def fiscal_before(span: Span, timeline: Timeline) -> Budget | None:
    """The fiscal year that 前年度 is compared with: that of a budget in the same sentence, of the nearest budget before (a
    budget is compared with one year throughout), else any in the sentence, else that of the subject of the paragraph (令和8年度の財政は)."""
    context = timeline.context
    here = context.sentence(span).start
    block = context.block(span)
    since = block.start if block is not None else here
    nearest: Known | None = None
    subject: Known | None = None
    for known in timeline.before(span, 0):
        if not (known.fiscal and known.yearly) or known.ranged or known.basis == "relative":
            continue
        if is_budget_word(known.span, context):
            # a sentence that names a later year has gone on to that
            later = (
                nearest is not None
                and known.span.start < here
                and fiscal_year_known(nearest) > fiscal_year_known(known)
            )
            return _of(nearest if nearest is not None and later else known)
        if known.span.start >= here and nearest is None:
            nearest = known
        elif known.span.start >= since and subject is None and _OF_SUBJECT.match(context.document.text, known.span.end):
            subject = known
    found = nearest or subject
    return _of(found) if found is not None else None


def budget_carried(span: Span, timeline: Timeline) -> Budget | None:
    """The budget or accounts from which something is carried over (翌年度への繰越し): those that the text is about."""
    if not timeline.cues.is_carried(span):
        return None
    for known in timeline.before(span, 0):
        if known.fiscal and known.yearly and not known.ranged and is_budget_word(known.span, timeline.context):
            return _of(known)
    return None


def budget_ahead(span: Span, timeline: Timeline) -> Budget | None:
    """The one budget that a document of January to March names further down, where the text around the span speaks of a budget."""
    context = timeline.context
    year = _spring(context)
    if not year or not _speaks_of_budget(span, context):
        return None
    named = {
        v.start.year: c.span
        for c in context.of_kind("date")
        if (v := _fiscal(c.value)) and v.start and is_budget_word(c.span, context)
    }
    return Budget(year, named[year]) if set(named) == {year} else None


def other_budget_year(point: DatePoint, antecedent: Span | str, span: Span, timeline: Timeline) -> int:
    """The year of the coming budget, where a text or table of one (本年度予算額) names no year and was published before April; else 0."""
    context = timeline.context
    year = _spring(context) if antecedent == "sidecar:published" and point.fiscal else 0
    if not year or relative_unit(point) != "Y":
        return 0
    of_budget = (
        is_budget_word(span, context)
        if heads_cell(span, context)
        else (point.relative or 0) < 0 and _speaks_of_budget(span, context)
    )
    return year + (point.relative or 0) if of_budget else 0


def heads_cell(span: Span, context: Context) -> bool:
    """Whether a cell begins with the expression (本年度予算額, 前年度)."""
    placed = context.cell(span)
    return placed is not None and not context.document.text[placed[1].start : span.start].strip()


def is_budget_word(span: Span, context: Context) -> bool:
    """Whether what follows a fiscal year names a budget or accounts (令和7年度一般会計予算)."""
    behind = context.document.text[span.end : span.end + _REACH]
    behind = _ENDS.split(behind, maxsplit=1)[0]
    return any(word in behind for word in context.gazetteers["budget_words"].surfaces)


def fiscal_year_known(known: Known) -> int:
    year, month = int((known.first or known.last)[:4]), int((known.first or known.last)[5:7])
    return fiscal_year_of(year, month) if known.fiscal or known.month else year


def _of(known: Known) -> Budget:
    return Budget(fiscal_year_known(known), known.span)


def _spring(context: Context) -> int:
    """The calendar year of a document that was published in January to March, which is the fiscal year of the coming budget; else 0."""
    frame = period(context.statement.published, "") if context.statement.published else None
    if frame is None or not frame.first or frame.first[:7] != frame.last[:7] or int(frame.first[5:7]) > _MARCH:
        return 0
    return int(frame.first[:4])


def _speaks_of_budget(span: Span, context: Context) -> bool:
    around = context.document.text[max(0, span.start - _AROUND) : span.end + _AROUND]
    return any(word in around for word in context.gazetteers["budget_words"].surfaces)


def _fiscal(value: object) -> DateValue | None:
    """A single fiscal year that is written out."""
    if not isinstance(value, DateValue) or value.range or value.start is None:
        return None
    point = value.start
    return value if point.fiscal and point.year is not None and point.month is None and not point.part else None
