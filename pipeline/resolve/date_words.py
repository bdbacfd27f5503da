"""Years without their era (28年度) and dates told from another one (来年度, 同月20日, 翌16日).

Takes a point and the dates known so far; gives the complete point and what it was completed from, or None. Does not know EDTF of ranges.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from pipeline.engine.date_edtf import relative_unit
from pipeline.model import DatePoint, DateValue, Span
from pipeline.model.values import Calendar
from pipeline.resolve.context import Context
from pipeline.resolve.date_frames import period
from pipeline.resolve.date_timeline import Known, Timeline
from pipeline.text.calendar_jp import fiscal_year_of, is_day, shifted_day, shifted_month

Antecedent = Span | str
_NEAR_BLOCKS = 3
_STORY_BLOCKS = 10
_TITLE_BLOCKS = 10
#: how far a year without its era may lie from what the document speaks of
_MOST_YEARS = 40
#: in a document that names no era, 26年 may be 2026, if the eras' years lie further off by more than this
_CENTURY, _FOREIGN = 2000, 5
#: how far behind a fiscal year the word of its budget may stand
_BUDGET_REACH = 20


def with_era(point: DatePoint, span: Span, timeline: Timeline) -> tuple[DatePoint, Antecedent] | None:
    """The year of the era that brings it nearest to the time that the document speaks of; where the document writes 2023
    out, or no era at all, 23年 may be that year too."""
    number = point.short_year
    if number is None or not (point.fiscal or point.month or _year_before(span, timeline)):
        return None
    firsts = {row["surface"]: int(row["first_day"][:4]) for row in timeline.context.gazetteers["eras"].rows}
    years = {first + number - 1 for first in firsts.values()}
    written = _years_written(timeline.context, "gregorian")
    western = {year for year in written if year % 100 == number} - years
    if not _years_written(timeline.context, "japanese"):
        western |= {_CENTURY + number} - years
    for first, last, antecedent in _times(span, timeline):
        away, year = min(
            (max(int(first[:4]) - year, year - int(last[:4]), 0) + _FOREIGN * (year in western - written), year)
            for year in years | western
        )
        if away <= _MOST_YEARS:
            calendar: Calendar = "gregorian" if year in western else "japanese"
            return replace(point, year=year, short_year=None, calendar=calendar), antecedent
    return None


def _years_written(context: Context, calendar: Calendar) -> set[int]:
    """The years that the document writes out, with four figures or with their era."""
    values = (candidate.value for candidate in context.of_kind("date"))
    starts = (value.start for value in values if isinstance(value, DateValue))
    return {s.year for s in starts if s is not None and s.year is not None and s.calendar == calendar}


def told(point: DatePoint, span: Span, timeline: Timeline) -> tuple[DatePoint, Antecedent] | None:
    """A point that counts from the document or from an earlier date."""
    if point.anchor == "document":
        return _from_document(point, span, timeline)
    found = _from_earlier(point, span, timeline)
    if found is None and point.fiscal and point.relative is not None:
        budget = _fiscal_before(span, timeline)
        return (_year(point, _fiscal_year(budget) + point.relative), budget.span) if budget is not None else None
    if found is None and point.relative is not None and point.relative < 0:
        return _from_document(point, span, timeline)
    return found


def _from_document(point: DatePoint, span: Span, timeline: Timeline) -> tuple[DatePoint, Antecedent] | None:
    relative = point.relative or 0
    context = timeline.context
    unit = relative_unit(point)
    if point.fiscal:
        if relative < 0 and (known := _fiscal_before(span, timeline)) is not None:
            return _year(point, _fiscal_year(known) + relative), known.span
        return next(
            ((_year(point, year + relative), source) for year, source in _fiscal_years(context, timeline)), None
        )
    if (
        unit == "Y"
        and relative > 0
        and timeline.cues.is_narrated(span)
        and (event := _event(span, timeline)) is not None
    ):
        return _year(point, int(event.first[:4]) + relative), event.span
    for edtf, source in _statements(context, timeline):
        frame = period(edtf, source)
        if frame is None or not frame.first:
            continue
        year, month = int(frame.first[:4]), int(frame.first[5:7])
        if unit == "Y":
            return _year(point, year + relative), source
        if unit == "M" and frame.first[:7] == frame.last[:7]:
            return _month(point, *shifted_month(year, month, relative)), source
        if unit == "D" and frame.first == frame.last:
            return _day(point, shifted_day(frame.first, relative)), source
    return None


def _from_earlier(point: DatePoint, span: Span, timeline: Timeline) -> tuple[DatePoint, Antecedent] | None:
    unit = relative_unit(point) if point.relative is not None or point.month is None else "next"
    for known in _earlier(span, timeline, words_only=point.month is None and point.day is None):
        if not known.first or (known.deadline and point.month is None):
            continue
        end = known.last or known.first
        year, month = int(end[:4]), int(end[5:7])
        if point.relative is None:
            following = _following(point, known, end)
            if following is not None:
                return following, known.span
        elif point.fiscal:
            return _year(point, _fiscal_year(known) + point.relative), known.span
        elif unit == "Y":
            base = int(known.first[:4]) if known.fiscal and known.yearly else year
            return _year(point, base + point.relative), known.span
        elif unit == "M" and known.month:
            return _month(point, *shifted_month(year, month, point.relative)), known.span
        elif unit == "D" and known.day:
            return _day(point, shifted_day(end, point.relative)), known.span
    return None


def _following(point: DatePoint, known: Known, end: str) -> DatePoint | None:
    """翌16日, 翌4月1日: the next such day after the known one."""
    year, month = int(end[:4]), int(end[5:7])
    if not known.month or point.day is None:
        return None
    if point.month is None:
        later = int(known.day and point.day <= int(end[8:]))
        return _month(point, *shifted_month(year, month, later))
    later = int((point.month, point.day) <= (month, int(end[8:]) if known.day else 0))
    return _year(point, year + later)


def _earlier(span: Span, timeline: Timeline, words_only: bool) -> Iterator[Known]:
    """Dates before: of the sentence (for 同日, 翌日 alone), or of the block and a few blocks before it."""
    context = timeline.context
    if words_only:
        around = context.sentence(span)
        yield from timeline.before(span, around.start)
        block = context.block(span)
        yield from timeline.before(Span(around.start, around.start), block.start if block else around.start)
        return
    blocks = context.blocks_before(span, _NEAR_BLOCKS)
    block = context.block(span)
    since = blocks[-1].start if blocks else block.start if block else span.start
    yield from timeline.before(span, since)


def _times(span: Span, timeline: Timeline) -> Iterator[tuple[str, str, Antecedent]]:
    """What the document speaks of: the year before in one list, the sidecar, the year that it names most."""
    context = timeline.context
    known = _year_before(span, timeline)
    if known is not None and known.first and known.last:
        yield known.first, known.last, known.span
    for edtf, source in (
        (context.statement.covers, "sidecar:covers"),
        (context.statement.published, "sidecar:published"),
    ):
        frame = period(edtf, source) if edtf else None
        if frame is not None and frame.first and frame.last:
            yield frame.first, frame.last, source
    named: dict[int, list[Span]] = {}
    for candidate in context.of_kind("date"):
        value = candidate.value
        if (
            isinstance(value, DateValue)
            and value.start is not None
            and value.start.year is not None
            and not value.start.wrong
        ):
            named.setdefault(value.start.year, []).append(candidate.span)
    if named:
        year = max(named, key=lambda y: (len(named[y]), y))
        earlier = [found for found in named[year] if found.end <= span.start]
        yield f"{year:04}-01-01", f"{year:04}-12-31", earlier[-1] if earlier else named[year][0]


def _year_before(span: Span, timeline: Timeline) -> Known | None:
    """A year right before in one list or range (平成28年、29年); a bare 3年 is else a length of time."""
    known = next(timeline.before(span, span.start - 20), None)
    if known is None or timeline.particles.joined.fullmatch(timeline.context.between(known.span, span)) is None:
        return None
    return known


def _fiscal_before(span: Span, timeline: Timeline) -> Known | None:
    """The fiscal year that 前年度 is compared with: that of a budget in the same sentence, of the nearest budget before (a
    budget is compared with one year throughout), else any in the sentence."""
    context = timeline.context
    here = context.sentence(span).start
    nearest: Known | None = None
    for known in timeline.before(span, 0):
        if not (known.fiscal and known.yearly) or known.ranged or known.basis == "relative":
            continue
        if _is_of_budget(known, context):
            return known
        if known.span.start >= here and nearest is None:
            nearest = known
    return nearest


def _is_of_budget(known: Known, context: Context) -> bool:
    """Whether what follows a fiscal year names a budget or accounts (令和7年度一般会計予算)."""
    behind = context.document.text[known.span.end : known.span.end + _BUDGET_REACH]
    behind = re.split("[、。]", behind, maxsplit=1)[0]
    return any(word in behind for word in context.gazetteers["budget_words"].surfaces)


def _event(span: Span, timeline: Timeline) -> Known | None:
    """The past event that a sentence tells of: the nearest earlier month or day a few paragraphs up."""
    blocks = timeline.context.blocks_before(span, _STORY_BLOCKS)
    for known in timeline.before(span, blocks[-1].start if blocks else 0):
        if known.month and known.basis == "explicit" and not known.deadline and known.first:
            return known
    return None


def _fiscal_year(known: Known) -> int:
    year, month = int((known.first or known.last)[:4]), int((known.first or known.last)[5:7])
    return fiscal_year_of(year, month) if known.fiscal or known.month else year


def _fiscal_years(context: Context, timeline: Timeline) -> Iterator[tuple[int, Antecedent]]:
    """The document's own fiscal year: that of `covers` where it is one, else that of its publication, else that of its title."""
    covers = period(context.statement.covers, "") if context.statement.covers else None
    if covers is not None and covers.first and covers.last:
        first, last = (fiscal_year_of(int(day[:4]), int(day[5:7])) for day in (covers.first, covers.last))
        if first == last:
            yield first, "sidecar:covers"
    for edtf, source in _statements(context, timeline):
        frame = period(edtf, source)
        if frame is not None and frame.first and frame.last:
            if frame.first[:7] == frame.last[:7]:
                yield fiscal_year_of(int(frame.first[:4]), int(frame.first[5:7])), source
            else:
                yield int(frame.first[:4]), source


def _statements(context: Context, timeline: Timeline) -> Iterator[tuple[str, Antecedent]]:
    if context.statement.published:
        yield context.statement.published, "sidecar:published"
    if context.statement.covers:
        yield context.statement.covers, "sidecar:covers"
    for block in context.document.blocks[:_TITLE_BLOCKS]:
        for known in timeline.inside(block.span):
            if not known.deadline and known.basis == "explicit":
                yield known.edtf, known.span


def _year(point: DatePoint, year: int) -> DatePoint:
    wrong = point.month is not None and point.day is not None and not is_day(year, point.month, point.day)
    return replace(point, year=year, relative=None, anchor="", wrong="day" if wrong else point.wrong)


def _month(point: DatePoint, year: int, month: int) -> DatePoint:
    return _year(replace(point, month=month), year)


def _day(point: DatePoint, day: str) -> DatePoint:
    year, month, number = (int(part) for part in day.split("-"))
    return replace(point, year=year, month=month, day=number, relative=None, anchor="")
