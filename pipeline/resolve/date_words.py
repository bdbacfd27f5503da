"""Dates told from another one (来年度, 同月20日, 翌16日).

Takes a point and the dates known so far; gives the complete point and what it was completed from, or None. Does not know EDTF of ranges.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.engine.date_edtf import relative_unit
from pipeline.model import DatePoint, DateValue, Span
from pipeline.resolve.context import Context
from pipeline.resolve.date_budgets import (
    Budget,
    budget_ahead,
    budget_carried,
    fiscal_before,
    fiscal_year_known,
    heads_cell,
    is_budget_word,
)
from pipeline.resolve.date_frames import period
from pipeline.resolve.date_same_period import SAME, same_period
from pipeline.resolve.date_timeline import Known, Timeline
from pipeline.text.calendar_jp import fiscal_year_of, is_day, shifted_day, shifted_month

Antecedent = Span | str
_NEAR_BLOCKS = 3
_STORY_BLOCKS = 10
#: how many blocks above the day that 前日 counts from may stand
_DAY_BLOCKS = 2
_TITLE_BLOCKS, _TITLE_LENGTH = 10, 60
#: a period is reported on for so many months
_REPORTED = 3
#: how many years before publication the year that a section names may lie
_RECENT = 3


def told(point: DatePoint, span: Span, timeline: Timeline) -> tuple[DatePoint, Antecedent] | None:
    """A point that counts from the document or from an earlier date."""
    if point.part == SAME:
        return same_period(point, span, timeline)
    if point.anchor in ("document", "speaker"):
        return _from_document(point, span, timeline)
    carried = budget_carried(span, timeline) if point.fiscal and point.relative == 1 else None
    if carried is not None:
        return _year(point, carried.year + 1), carried.antecedent
    found = _from_earlier(point, span, timeline)
    if found is None and point.fiscal and point.relative is not None:
        budget = fiscal_before(span, timeline)
        return (_year(point, budget.year + point.relative), budget.antecedent) if budget is not None else None
    if found is None and point.relative is not None and point.relative < 0 and relative_unit(point) != "D":
        return _from_title(point, timeline) or _from_document(point, span, timeline)
    return found


def other_year(point: DatePoint, antecedent: Antecedent, span: Span, timeline: Timeline) -> int:
    """Another year that a word may count from, where nothing but the day of publication tells it: for 前年 the year that the section names last,
    for 昨年 and 今年 that of the period which the source covers and which was over; 0 where that is the same."""
    statement = timeline.context.statement
    frame = period(statement.published, "") if antecedent == "sidecar:published" else None
    if frame is None or not frame.first or point.fiscal or relative_unit(point) != "Y":
        return 0
    published, relative = int(frame.first[:4]), point.relative or 0
    if point.anchor == "document":
        covers = period(statement.covers, "") if statement.covers else None
        over = covers is not None and covers.last != "" and covers.last < frame.first
        return published - 1 + relative if over else 0
    known = next((k for k in timeline.before(span) if k.basis == "explicit" and not k.deadline and k.first), None)
    if known is None or not 0 < published - int(known.first[:4]) <= _RECENT:
        return 0
    return int(known.first[:4]) + relative


def _from_title(point: DatePoint, timeline: Timeline) -> tuple[DatePoint, Antecedent] | None:
    """前年 in a document whose title names the year or day that it is about (人口推計 令和6年10月1日現在)."""
    if point.fiscal or relative_unit(point) != "Y":
        return None
    published = timeline.context.statement.published
    for block in timeline.context.document.blocks[:_TITLE_BLOCKS]:
        known = next(iter(timeline.inside(block.span)), None) if block.end - block.start <= _TITLE_LENGTH else None
        if known is not None and known.basis == "explicit" and not (known.deadline or known.published or known.ranged):
            if not known.first or known.edtf == published:
                continue
            return _year(point, int(known.first[:4]) + (point.relative or 0)), known.span
    return None


def _from_document(point: DatePoint, span: Span, timeline: Timeline) -> tuple[DatePoint, Antecedent] | None:
    relative = point.relative or 0
    context = timeline.context
    unit = relative_unit(point)
    if point.fiscal:
        counted = (relative < 0 and not _is_beside_own_year(span, context)) or (
            relative == 0 and heads_cell(span, context)
        )
        budget = fiscal_before(span, timeline) if counted else None
        budget = budget_ahead(span, timeline) if budget is None and relative < 0 else budget
        if budget is not None and not (point.anchor == "speaker" and _is_spoken_of_now(budget, context)):
            return _year(point, budget.year + relative), budget.antecedent
        titled = context.statement.budget_year if counted and not context.statement.covers else ""
        if titled and point.anchor != "speaker" and (heads_cell(span, context) or is_budget_word(span, context)):
            return _year(point, int(titled[:4]) + relative), "sidecar:title"
        later = _year_after(context) if relative > 0 and point.anchor else 0
        if later:
            return _year(point, later + relative), "sidecar:published"
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
    sitting = _sitting(context, timeline) if unit == "D" else None
    if sitting is not None:
        return _day(point, shifted_day(sitting.first, relative)), sitting.span
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


def _is_beside_own_year(span: Span, context: Context) -> bool:
    """Whether the sentence also names the year of who speaks (前年度は…、今年度は…), from which 前年度 then counts."""
    values = (candidate.value for candidate in context.inside("date", context.sentence(span)))
    starts = (value.start for value in values if isinstance(value, DateValue) and value.start is not None)
    return any(start.anchor == "document" and start.relative == 0 and start.fiscal for start in starts)


def _is_spoken_of_now(budget: Budget, context: Context) -> bool:
    """Whether 昨年度 is the year before that of who speaks, and not the one before a fiscal year named earlier: where that is no
    budget's (平成25年度から…昨年度までに), or one that he speaks of within a year of it."""
    frame = period(context.statement.published, "") if context.statement.published else None
    if frame is None or not frame.first or frame.first[:7] != frame.last[:7]:
        return False
    own = fiscal_year_of(int(frame.first[:4]), int(frame.first[5:7]))
    return abs(own - budget.year) <= 1 or not is_budget_word(budget.antecedent, context)


def _from_earlier(point: DatePoint, span: Span, timeline: Timeline) -> tuple[DatePoint, Antecedent] | None:
    unit = relative_unit(point) if point.relative is not None or point.month is None else "next"
    for known in _earlier(span, timeline, words_only=point.month is None and point.day is None, day=unit == "D"):
        if not known.first or (known.deadline and point.month is None):
            continue
        if known.compared and point.relative:
            continue  # 前年度 is what 本年度 is compared with: 翌年度 counts from this
        if point.fiscal and (timeline.cues.is_citation(known.span) or timeline.cues.is_goal(known.span)):
            continue
        end = known.last or known.first
        year, month = int(end[:4]), int(end[5:7])
        if point.relative is None:
            following = _following(point, known, end)
            if following is not None:
                return following, known.span
        elif point.fiscal:
            return _year(point, fiscal_year_known(known) + point.relative), known.span
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
    if not known.month:
        return None
    if point.day is None:
        return _year(point, year + int((point.month or 0) <= month)) if point.month is not None else None
    if point.month is None:
        later = int(known.day and point.day <= int(end[8:]))
        return _month(point, *shifted_month(year, month, later))
    later = int((point.month, point.day) <= (month, int(end[8:]) if known.day else 0))
    return _year(point, year + later)


def _earlier(span: Span, timeline: Timeline, words_only: bool, day: bool) -> Iterator[Known]:
    """Dates before: of the sentence (for 同日, 翌日 alone; of a `day` its row or the lines above too), or of the block and a few blocks before it."""
    context = timeline.context
    placed = context.cell(span) if words_only else None
    if placed is not None and placed[1].start == span.start and placed[1].end == span.end:
        # 同日 that fills a cell is the day of a cell before it in its row, or else of the one above
        cell, grid = placed[1], placed[0]
        left = [c for c in reversed(grid.in_row(cell.row)) if c.column < cell.column]
        above = [c for row in range(cell.row - 1, -1, -1) for c in grid.in_row(row) if c.column == cell.column]
        filled = ((c, k) for c in left + above for k in timeline.inside(Span(c.start, c.end)))
        yield from (k for c, k in filled if c in above or (k.span.start, k.span.end) == (c.start, c.end))
        return
    if words_only:
        around = context.sentence(span)
        yield from timeline.before(span, around.start)
        block = context.block(span)
        yield from timeline.before(Span(around.start, around.start), block.start if block else around.start)
        if placed is not None and day:
            # 前日までに予約 in a cell counts from the day of its row
            left = [c for c in reversed(placed[0].in_row(placed[1].row)) if c.column < placed[1].column]
            yield from (k for c in left for k in reversed(timeline.inside(Span(c.start, c.end))))
        elif block is not None and day:
            yield from timeline.before(Span(block.start, block.start), timeline.since(span, _DAY_BLOCKS))
        return
    blocks = context.blocks_before(span, _NEAR_BLOCKS)
    block = context.block(span)
    since = blocks[-1].start if blocks else block.start if block else span.start
    yield from timeline.before(span, since)


def _event(span: Span, timeline: Timeline) -> Known | None:
    """The past event that a sentence tells of: the nearest earlier month or day a few paragraphs up."""
    blocks = timeline.context.blocks_before(span, _STORY_BLOCKS)
    for known in timeline.before(span, blocks[-1].start if blocks else 0):
        if known.month and known.basis != "relative" and not known.deadline and not known.published and known.first:
            return known
    return None


def _year_after(context: Context) -> int:
    """The fiscal year of publication where that came some months after the period that the source covers (an evaluation of the year before): who
    writes 来年度 then counts from his own; else 0."""
    statement = context.statement
    covers = period(statement.covers, "") if statement.covers else None
    frame = period(statement.published, "") if statement.published else None
    if covers is None or frame is None or not (covers.last and frame.first and frame.first[:7] == frame.last[:7]):
        return 0
    year, month = int(frame.first[:4]), int(frame.first[5:7])
    over = shifted_month(int(covers.last[:4]), int(covers.last[5:7]), _REPORTED) < (year, month)
    return fiscal_year_of(year, month) if over else 0


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


def _sitting(context: Context, timeline: Timeline) -> Known | None:
    """The one day at the head of minutes: 本日 and 昨日 are told on it, not on the day on which the minutes were published."""
    head = context.document.blocks[:_TITLE_BLOCKS]
    if not head or not timeline.cues.is_minutes(Span(head[0].start, head[-1].end)):
        return None
    days = (k for block in head for k in timeline.inside(block.span))
    return next((k for k in days if k.day and k.basis == "explicit" and k.first == k.last and not k.deadline), None)


def _year(point: DatePoint, year: int) -> DatePoint:
    wrong = point.month is not None and point.day is not None and not is_day(year, point.month, point.day)
    return point._replace(year=year, relative=None, anchor="", wrong="day" if wrong else point.wrong)


def _month(point: DatePoint, year: int, month: int) -> DatePoint:
    return _year(point._replace(month=month), year)


def _day(point: DatePoint, day: str) -> DatePoint:
    year, month, number = (int(part) for part in day.split("-"))
    return point._replace(year=year, month=month, day=number, relative=None, anchor="")
