"""What a day without its month, and a clock time without its day, belong to.

Takes a point and the dates known so far; gives the complete point and its antecedent, or None.
"""

from __future__ import annotations

import re

from pipeline.model import DatePoint, Span
from pipeline.resolve.date_frames import period
from pipeline.resolve.date_timeline import Known, Timeline
from pipeline.text.calendar_jp import is_day, shifted_month, weekday
from pipeline.text.patterns import late

Found = tuple[DatePoint, Span | str]
#: a day from which something holds, or of an act, has no hours
_OF_ACTS = ("start", "approved")
#: tenses of what lies ahead
_AHEAD = ("future", "announced", "bulletin")
_MONTH_BLOCKS, _CLOCK_BLOCKS, _HEAD_BLOCKS = 12, 4, 10
#: how much may stand behind a day in its line, where lines below belong to it, and where the next line does
_PROGRAMME_REST, _ENTRY_REST = 12, 40
#: noon, and how near a clock time of the same half of the day stands
_NOON, _SAME_HALF = 12, 20
_HALF = re.compile("午前|午後|正午")
_AFTERNOON = late(r"午後 ?[0-9０-９]{1,2}(?:時|[:：])[^。\n午]*$")
#: how much may stand between a range of days and its hours
_RANGE_REST = 16


def month_of_day(point: DatePoint, span: Span, timeline: Timeline, role: str = "") -> Found | None:
    """The month of the nearest earlier date under the same heading; behind it in one list, a smaller day is in the next month; a day that the
    line has named already (5月30日、6月20日…予算(30日は午後)) is that day. In the role `again` it is nothing else,
    `below` it needs a month above it.

    A written weekday decides between this month and the next.
    """
    named = _named(point, span, timeline)
    if named is not None or role == "again":
        return named
    headed = _below_month(point, span, timeline)
    if headed is not None:
        return headed
    for known in timeline.before(span, timeline.since(span, _MONTH_BLOCKS)):
        if not known.month or known.deadline or not known.last or (known.ranged and not known.day):
            continue  # 5月から9月まで閉鎖 is not the month of a day
        assert point.day is not None
        year, month = int(known.last[:4]), int(known.last[5:7])
        between = timeline.context.between(known.span, span)
        in_list = timeline.particles.listed_days.fullmatch(between) is not None and known.basis != "relative"
        if in_list and known.day and point.day < int(known.last[8:]):
            year, month = shifted_month(year, month, 1)
        if not is_day(year, month, point.day):
            return None
        return point._replace(year=year, month=month), known.span
    return _near_publication(point, span, timeline) if role != "below" else None


def _named(point: DatePoint, span: Span, timeline: Timeline) -> Found | None:
    """The same day of a month, named earlier in the line and not in one list with this one."""
    block = timeline.context.block(span)
    for number, known in enumerate(timeline.before(span, block.start if block is not None else span.start)):
        between = timeline.context.between(known.span, span)
        if number == 0 and timeline.particles.listed_days.fullmatch(between) is not None:
            return None
        if known.day and not known.clock and known.first == known.last and int(known.last[8:]) == point.day:
            return _on(point, known.first), known.span
    return None


def _below_month(point: DatePoint, span: Span, timeline: Timeline) -> Found | None:
    """The month that the column's header names (14日（火） below 5月)."""
    placed = timeline.context.cell(span)
    for header in reversed(placed[0].column_headers(placed[1])) if placed is not None else ():
        for known in timeline.inside(Span(header.start, header.end)):
            if known.month and not known.day and known.first[:7] == known.last[:7]:
                year, month = int(known.first[:4]), int(known.first[5:7])
                return (
                    (point._replace(year=year, month=month), known.span)
                    if is_day(year, month, point.day or 0)
                    else None
                )
    return None


def _near_publication(point: DatePoint, span: Span, timeline: Timeline) -> Found | None:
    """The latest such day up to the day of publication, or the next one where the words announce it; a written weekday decides. Where only
    the month of publication is known, it is the month of what is announced."""
    published = timeline.context.statement.published
    frame = period(published, "") if published else None
    if frame is None or not frame.first or frame.first[:7] != frame.last[:7] or point.day is None:
        return None
    year, month, today = (int(part) for part in frame.first.split("-"))
    ahead = (timeline.cues.tense(span) or timeline.cues.notice(span)) in _AHEAD
    if frame.first != frame.last:
        if not ahead and point.weekday is None:
            return None
        first = 0
    else:
        first = int(point.day < today) if ahead else -int(point.day > today)
    months = [shifted_month(year, month, by) for by in dict.fromkeys((first, 0, 1, -1))]
    fitting = [m for m in months if is_day(*m, point.day) and weekday(*m, point.day) == point.weekday]
    year, month = fitting[0] if fitting else months[0]
    if not is_day(year, month, point.day):
        return None
    return point._replace(year=year, month=month), "sidecar:published"


def day_of_clock(point: DatePoint, span: Span, timeline: Timeline) -> Found | None:
    """The nearest earlier day, in the afternoon where the clock time before it is told so: of the same block or row, or of the few lines above; a meeting's opening and closing (開会, 休憩) are on
    the document's own day. Opening hours have none, unless they stand in the row of a day."""
    if timeline.cues.is_habitual(span):
        return _day_of_row(point, span, timeline)
    return _day_near(point, span, timeline) or (
        _session_day(point, timeline) if timeline.cues.is_session(span) else None
    )


def _day_of_row(point: DatePoint, span: Span, timeline: Timeline) -> Found | None:
    """The day that fills a cell to the left."""
    placed = timeline.context.cell(span)
    if placed is None:
        return None
    for cell in reversed([c for c in placed[0].in_row(placed[1].row) if c.column < placed[1].column]):
        for known in timeline.inside(Span(cell.start, cell.end)):
            filled = known.span.start == cell.start and known.span.end == cell.end
            if filled and known.day and not known.ranged and known.first:
                return _on(point, known.first), known.span
    return None


def days_of_clock(point: DatePoint, span: Span, timeline: Timeline) -> tuple[DatePoint, DatePoint, Span] | None:
    """First and last of the range of days that a clock time stands right behind (7月4日～19日の8:30～20:00), brackets below it included."""
    known = next(timeline.before(span, timeline.since(span, 1)), None)
    if known is None or not (known.day and known.ranged and known.first and known.last):
        return None
    between = timeline.context.document.text[known.span.end : span.start].strip()
    bracketed = between[:1] in ("(", "（")
    if len(between) > _RANGE_REST or not (bracketed or not set(between) & set("。\n:：")):
        return None
    return _on(point, known.first), _on(point, known.last), known.span


def _session_day(point: DatePoint, timeline: Timeline) -> Found | None:
    """The one day at the head of the minutes, else the day of publication."""
    context = timeline.context
    for block in context.document.blocks[:_HEAD_BLOCKS]:
        for known in timeline.inside(block.span):
            if known.day and known.basis == "explicit" and known.first == known.last and not known.deadline:
                return _on(point, known.first), known.span
    frame = period(context.statement.published, "") if context.statement.published else None
    if frame is None or not frame.first or frame.first != frame.last:
        return None
    return _on(point, frame.first), "sidecar:published"


def afternoon(point: DatePoint, end_time: str, span: Span, timeline: Timeline) -> tuple[DatePoint, str]:
    """A clock time behind one that is told to be in the afternoon (午後1時30分開演（1時開場）), which is too."""
    text = timeline.context.document.text
    before = text[max(0, span.start - _SAME_HALF) : span.start]
    if (
        _HALF.match(text, span.start)
        or not point.time
        or int(point.time[:2]) >= _NOON
        or _AFTERNOON.search(before) is None
    ):
        return point, end_time
    ends = [
        time if not time or int(time[:2]) >= _NOON else f"{int(time[:2]) + _NOON:02}{time[2:]}"
        for time in (point.time, end_time)
    ]
    return point._replace(time=ends[0]), ends[1]


def _on(point: DatePoint, day: str) -> DatePoint:
    year, month, number = (int(part) for part in day.split("-"))
    return point._replace(year=year, month=month, day=number)


def _day_near(point: DatePoint, span: Span, timeline: Timeline) -> Found | None:
    context = timeline.context
    block = context.block(span)
    here = block.start if block is not None else span.start
    for known in timeline.before(span, timeline.since(span, _CLOCK_BLOCKS)):
        if known.day and known.ranged:
            # 時間帯：8:30～ below a range of days is that of each of them
            return None
        if known.deadline and known.span.start >= timeline.context.sentence(span).start:
            # 10月13日までの9時～20時 is any day until then
            return None
        if known.deadline:
            # in the line above something is done by another day
            continue
        if known.clock and known.first and known.first == known.last:
            # a programme goes on line by line
            return _on(point, known.first), known.span
        if not known.day or not known.first or known.first != known.last or timeline.cues.role(known.span) in _OF_ACTS:
            continue
        if known.span.start < here and not (_is_programme(known, span, timeline) or _is_told_on(known, span, timeline)):
            return None
        return _on(point, known.first), known.span
    return None


def _is_told_on(known: Known, span: Span, timeline: Timeline) -> bool:
    """Whether one event is told from the day on: both sentences in the past tense, in neighbouring paragraphs."""
    before = timeline.context.blocks_before(span, 1)
    near = bool(before) and before[0].start <= known.span.start
    return near and timeline.cues.is_narrated(known.span) and timeline.cues.is_narrated(span)


def _is_programme(known: Known, span: Span, timeline: Timeline) -> bool:
    """Whether the line of an earlier day goes on in the lines below: it is short or a heading, or an entry of a list of events that begins
    with its day and has the clock time in its next line."""
    context = timeline.context
    block = context.block(known.span)
    if block is None or known.deadline or known.published:
        return False
    rest = context.document.text[known.span.end : block.end].strip()
    if len(rest) <= _PROGRAMME_REST or block.kind == "heading":
        return True
    entry = block.start == known.span.start and len(rest) <= _ENTRY_REST
    before = context.blocks_before(span, 1)
    return entry and bool(before) and before[0].start == block.start
