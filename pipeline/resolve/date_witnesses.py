"""What speaks against the year that a strategy gives: a year of the sentence's own, a list that goes on into the next year, accounts, weekdays,
what the words say of the time.

Takes a date that lacks its year, and a frame; gives frames or yes and no. Does not choose the year.
"""

from __future__ import annotations

from pipeline.engine.date_ranges import completed_right
from pipeline.model import DatePoint, Span
from pipeline.resolve.date_antecedents import (
    LOOSE,
    WEAK,
    Strategy,
    heading,
    is_far,
    label,
    line_label,
    published,
    title,
)
from pipeline.resolve.date_asked import Asked
from pipeline.resolve.date_frames import Frame, period, year_in
from pipeline.text.calendar_jp import is_day, shifted_month, weekday

#: a month that lies so many before the one above it in a list is rather in the next year
_TURN = 7
#: tenses of what lies near the day of publication
NEAR = ("announced", "bulletin", "report")
#: how far behind a year the word of its accounts may stand
_REACH = 8
#: what may stand between a year and the date that it is the year of
_PARTICLE = 2


def own_year(asked: Asked) -> Frame | None:
    """The year that is written out in the same sentence."""
    since = asked.context.sentence(asked.span).start
    known = next(
        (k for k in asked.timeline.before(asked.span, since) if k.basis == "explicit" and not k.compared), None
    )
    if known is None or known.deadline or is_far(known, asked.context) or asked.timeline.cues.is_citation(known.span):
        return None
    return Frame("period" if known.yearly else "point", known.first, known.last, known.span, known.month)


def year_above(asked: Asked) -> Frame | None:
    """The year written out in the line above or the one above that, which says more than a title."""
    before = asked.context.blocks_before(asked.span, 2)
    known = next(asked.timeline.before(asked.span, before[-1].start), None) if before else None
    if known is None or known.basis != "explicit" or known.deadline or is_far(known, asked.context):
        return None
    return Frame("period" if known.yearly else "point", known.first, known.last, known.span, known.month)


def goes_on(asked: Asked, frame: Frame) -> bool:
    """Whether a date heads its line below a line headed by a much later month (11月4日, then 1月9日), in a list below a calendar year."""
    block = asked.context.block(asked.span)
    before = asked.context.blocks_before(asked.span, 1)
    if block is None or block.start != asked.span.start or not before or frame.first[5:] != "01-01":
        return False
    known = next((k for k in asked.timeline.inside(before[0].span) if k.span.start == before[0].start), None)
    month = asked.point.month
    return known is not None and known.month and month is not None and int(known.first[5:7]) - month >= _TURN


def goes_on_ahead(asked: Asked, frame: Frame, wanted: DatePoint, year: int) -> bool:
    """Whether the sentence has told of a month ahead of the frame before (8月頃に公表する速報値、12月頃に公表する確定値) and this one would fall before it."""
    since = asked.context.sentence(asked.span).start
    known = next((k for k in asked.timeline.before(asked.span, since) if k.month and k.frame is not None), None)
    if known is None or known.frame is None or known.frame.antecedent != frame.antecedent:
        return False
    return known.first > (frame.last or frame.first) and starts(wanted._replace(year=year)) < known.first


def is_of_old_title(strategy: Strategy, frame: Frame, asked: Asked) -> bool:
    """Whether a year is that of a title whose period ended more than a year before publication: what the text tells besides may be of its time or
    of the document's."""
    known = period(asked.day, "") if asked.day else None
    if known is None or not known.first or frame.kind != "period" or months_from(frame.last, 12) >= known.first:
        return False
    return strategy is title or (strategy is heading and (titled := title(asked)) is not None and titled == frame)


def is_of_accounts(asked: Asked, frame: Frame) -> bool:
    """Whether a frame is the year of accounts or of a tax (令和3年度決算): they are dealt with when it is over."""
    if not isinstance(frame.antecedent, Span):
        return False
    end = frame.antecedent.end
    return asked.timeline.cues.tells_accounts(end, end + _REACH)


def approved(asked: Asked, frame: Frame, wanted: DatePoint, when: str) -> int:
    """The year in which an assembly approves accounts, when theirs is over (令和4年度の決算が9月定例会で認定); 0 where a month is no such one's."""
    frames = [frame, *filter(None, [own_year(asked)])]
    if frame.kind != "period" or not asked.timeline.cues.is_assembly(asked.span):
        return 0
    later = year_of_publication(asked, wanted, when)
    over = any(is_of_accounts(asked, f) and f"{later:04}-{wanted.month:02}" > f.last[:7] for f in frames)
    return later if over else 0


def year_of_publication(asked: Asked, wanted: DatePoint, when: str) -> int:
    """The year that the day of publication alone would give, 0 where there is none."""
    frame = published(asked)
    return (year_in(frame, wanted, when) or 0) if frame is not None else 0


def doubts(point: DatePoint, end: DatePoint | None, asked: Asked, frame: Frame, when: str, strategy: Strategy) -> int:
    """How much speaks against a year: weekdays; told as past and behind publication; told as ahead and before it, or far ahead;
    an application for what is still to come that would lie in its own period."""
    known = period(asked.day, "") if asked.day else None
    against = contradictions(point, end)
    if known is None or not known.last:
        return against
    loose = strategy in LOOSE and not _stands_before(frame, asked)
    if when == "past":
        against += starts(point) > known.last
    elif loose and when in ("future", *NEAR):
        near = when != "future" or (frame.kind == "point" and frame.monthly)
        since = months_from(known.first, -6) if near else known.first
        late = starts(point) < since if point.day else starts(point)[:7] < since[:7]
        of_its_time = (
            strategy in (line_label, label) and near and frame.kind == "period" and not is_of_accounts(asked, frame)
        )
        against += late and not (of_its_time or _is_of_its_time(strategy, frame, known))
        far = (
            when != "future"
            and strategy not in (label, line_label)
            and frame.kind == "period"
            and frame.first > known.last
        )
        against += far and starts(point) > months_from(known.last, 6)
        against += strategy in WEAK and frame.kind == "point" and starts(point) > months_from(known.last, 11)
    elif loose and frame.kind == "period":
        against += starts(point) > known.last and frame.first > known.last
    if frame.kind == "period" and frame.first > known.last:
        against += asked.timeline.cues.is_application(asked.span)
    return against


def _stands_before(frame: Frame, asked: Asked) -> bool:
    """Whether the year stands right before the date, a particle between (昨年度は9月上旬に)."""
    if not isinstance(frame.antecedent, Span) or frame.kind != "period":
        return False
    return len(asked.context.document.text[frame.antecedent.end : asked.span.start].strip()) <= _PARTICLE


def _is_of_its_time(strategy: Strategy, frame: Frame, known: Frame) -> bool:
    """Whether the title's period was long over on the day of publication: what it announces was ahead when it was written, and
    that day is the file's."""
    return strategy is title and frame.kind == "period" and months_from(frame.last, 12) < known.first


def starts(point: DatePoint) -> str:
    return f"{point.year or 0:04}-{point.month or 1:02}-{point.day or 1:02}"


def months_from(day: str, months: int) -> str:
    year, month = shifted_month(int(day[:4]), int(day[5:7]), months)
    return f"{year:04}-{month:02}-{day[8:]}"


def contradictions(point: DatePoint, end: DatePoint | None) -> int:
    """How many of the weekdays written at both ends are others than the days'."""
    ends = [point] if end is None else [point, completed_right(point, end)]
    return sum(
        shown.weekday is not None
        and bool(shown.year and shown.month and shown.day)
        and is_day(shown.year or 1, shown.month or 1, shown.day or 1)
        and weekday(shown.year or 1, shown.month or 1, shown.day or 1) != shown.weekday
        for shown in ends
    )
