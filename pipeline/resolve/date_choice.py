"""Which year a month or day without one is in: the answers of the strategies, what speaks against each, and which other year it may be.

Takes a point and where it stands; gives the complete point. Does not know what the strategies look at.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from pipeline.engine.date_ranges import completed_right
from pipeline.model import DatePoint, Span
from pipeline.model.mention import Basis
from pipeline.resolve.date_antecedents import (
    EQUALS,
    LOOSE,
    STRATEGIES,
    WEAK,
    Strategy,
    block,
    covers,
    label,
    published,
    sentence,
    title,
)
from pipeline.resolve.date_asked import Asked
from pipeline.resolve.date_frames import Frame, other_near, period, year_in, years_of
from pipeline.resolve.date_witnesses import (
    NEAR,
    approved,
    contradictions,
    doubts,
    goes_on,
    goes_on_ahead,
    is_of_accounts,
    is_of_old_title,
    months_from,
    own_year,
    starts,
    year_above,
    year_of_publication,
)
from pipeline.resolve.date_words import Antecedent
from pipeline.text.calendar_jp import fiscal_year_of

#: a month that lies so many before another one is rather in the year behind it (11月 … 3月)
_TURN = 7
#: what was made public so many months before a document is what it reports on
_JUST = 3


class Completed(NamedTuple):
    """A point with a year, how it came to it, and what is doubtful."""

    point: DatePoint
    basis: Basis = "explicit"
    antecedent: Antecedent = ""
    disputed: bool = False
    #: another year that it may be in, 0 for none
    other: int = 0
    #: what it was completed from, so that the next date can be completed from the same
    frame: Frame | None = None
    doubtful: bool = False


def until(point: DatePoint, end: DatePoint | None, span: Span) -> Completed | None:
    """A left end without a year before a right end that has one: the latest that is not behind it (7月～令和5年3月)."""
    if end is None or end.year is None or end.month is None or point.month is None:
        return None
    if point.year is not None or point.short_year is not None or point.anchor:
        return None
    later = (point.month, point.day or 1) > (end.month, end.day or 31)
    return Completed(point._replace(year=end.year - later), "inherited", span)


def by_strategies(point: DatePoint, asked: Asked, end: DatePoint | None, listed: bool) -> Completed | None:
    """The first strategy's year; where something speaks against that, the year that least speaks against (behind the day of
    publication there is one more year to try)."""
    when = _tense(point, asked)
    told = _just_published(point, asked, when)
    if told is not None:
        return told
    answers: list[tuple[int, Completed]] = []
    for strategy in STRATEGIES:
        frame = strategy(asked)
        if frame is None or (listed and frame.kind != "period"):
            continue
        answers += _answers(strategy, frame, point, asked, end, when)
        if answers and not all(against for against, _ in answers):
            break
    if not answers:
        return None
    best, first = min(answers, key=lambda answer: answer[0])[1], answers[0][1]
    if best.point.year == first.point.year:
        # two witnesses agree
        best = best._replace(other=first.other)
    return best._replace(other=first.point.year or 0) if _is_far_off(best, first, asked.day) else best


def _answers(
    strategy: Strategy, frame: Frame, point: DatePoint, asked: Asked, end: DatePoint | None, when: str
) -> Iterator[tuple[int, Completed]]:
    """The years that a frame gives, each with how much speaks against it."""
    wanted = point if point.month is not None else point._replace(month=4)
    year = year_in(frame, wanted, when)
    if year is None:
        return
    ahead = when != "past" and frame.kind in ("near", "latest") and point.weekday is None
    if ahead and goes_on_ahead(asked, frame, wanted, year):
        year += 1
    if point.month is None and frame.kind == "latest" and frame.last:
        # a quarter that is not named is one of the fiscal year of publication
        year = fiscal_year_of(int(frame.last[:4]), int(frame.last[5:7]))
    if (
        frame.kind == "latest"
        and when == "future"
        and end is not None
        and _is_running(point._replace(year=year - 1), end, frame)
    ):
        year -= 1
    also, loose = 0, strategy in LOOSE
    if strategy is label:
        own = own_year(asked)
        told = year_in(own, wanted, when) if own is not None else None
        if own is not None and told not in (None, year):
            also, frame, year = year, own, told or year
        elif goes_on(asked, frame):
            also = year + 1
    if strategy is title and _is_old(year, asked.day) and (above := year_above(asked)) is not None:
        told = year_in(above, wanted, when)
        if told not in (None, year):
            also, frame, year = year, above, told or year
    if later := approved(asked, frame, wanted, when):
        also, year = 0, later
    years: tuple[int, ...] = (year,)
    if loose and (turned := _turned(frame, wanted, year) or _turned_in_list(asked, frame, wanted, year)):
        also, year, years = (0 if strategy is sentence and when else year), turned, (turned, year)
    if (
        (asked.is_deadline or strategy in WEAK)
        and frame.kind == "point"
        and _is_behind(wanted._replace(year=year), frame, asked.day)
    ):
        year -= 1
        years = (year,)
    if frame.antecedent == "sidecar:published":
        years = (year, year + 1)
    disputed = strategy in EQUALS and any(
        (other := frame if equal is strategy else equal(asked)) is not None
        and year_in(other, wanted, when) not in (None, year)
        for equal in EQUALS
    )
    also = also or _another(strategy, frame, asked, wanted, when)
    if point.weekday is not None and not contradictions(point._replace(year=year), end):
        also = 0
    for y in years:
        completed = point._replace(year=y)
        against = doubts(completed, end, asked, frame, when, strategy)
        yield against, Completed(completed, "inherited", frame.antecedent, disputed, also * (also != y), frame)


def _is_beside_announced(asked: Asked) -> bool:
    """Whether the paragraph or one of the two lines above tells of a day or month ahead that lacked its year too (試験 9月22日(日), then 発表 10月上旬)."""
    before = asked.context.blocks_before(asked.span, 2)
    own = asked.context.block(asked.span)
    since = before[-1].start if before else own.start if own is not None else asked.span.start
    known = next(asked.timeline.before(asked.span, since), None)
    if known is None or known.frame is None or known.frame.kind != "latest" or known.doubtful:
        return False
    return known.first > known.frame.last


def _is_old(year: int, day: str) -> bool:
    """Whether a year lies well before publication: it heads a history, not what is told now."""
    known = period(day, "") if day else None
    return known is not None and bool(known.first) and int(known.first[:4]) - year > 1


def _is_far_off(best: Completed, first: Completed, day: str) -> bool:
    """Whether the year taken instead of the first answer lies further from publication than that."""
    known = period(day, "") if day else None
    if known is None or not known.last or not (best.point.year and first.point.year):
        return False
    published = int(known.last[:4])
    return abs(best.point.year - published) > max(abs(first.point.year - published), 1)


def _tense(point: DatePoint, asked: Asked) -> str:
    """`past`, `future`, `announced`, `bulletin`, `report` or "": a deadline that is announced lies ahead; a day with its hours, or one beside
    words of an announcement, is announced where nothing tells of it as past; a count at a day (現在) has been taken."""
    when = asked.timeline.cues.tense(asked.span)
    if not when and asked.is_deadline and asked.timeline.cues.is_narrated(asked.span):
        return "past"
    if not when:
        hours = bool(point.time) or asked.timeline.cues.has_hours(asked.span)
        when = "announced" if hours else asked.timeline.cues.notice(asked.span)
        if asked.role == "as_of" and when in ("bulletin", "report"):
            return ""
    if asked.is_deadline and when in ("", *NEAR):
        return "future"
    if not when and asked.role == "published":
        return "dated"
    if not when and _is_beside_announced(asked):
        return "bulletin"
    if not when and asked.role == "start" and asked.timeline.cues.is_plain_future(asked.span):
        return "announced"
    return when


def _turned(frame: Frame, wanted: DatePoint, year: int) -> int:
    """The next year where a month is written behind a much later one (11月 … 3月), else 0."""
    if frame.kind != "point" or not frame.monthly or wanted.month is None:
        return 0
    back = int(frame.first[5:7]) - wanted.month
    return year + 1 if year == int(frame.first[:4]) and back >= _TURN else 0


def _turned_in_list(asked: Asked, frame: Frame, wanted: DatePoint, year: int) -> int:
    """The same where both hang on the day of publication (12月26日, 2月28日 among dates that lie ahead)."""
    if frame.kind != "latest" or wanted.month is None:
        return 0
    known = next(asked.timeline.before(asked.span, asked.context.sentence(asked.span).start), None)
    if known is None or not known.month or not known.first or known.first < frame.first:
        return 0
    back = int(known.first[5:7]) - wanted.month
    return year + 1 if year == int(known.first[:4]) and back >= _TURN else 0


def _another(strategy: Strategy, frame: Frame, asked: Asked, wanted: DatePoint, when: str) -> int:
    """The year that another strategy would give where the one that answered is a weak guess, 0 where it is none."""
    if (when or asked.role == "start") and is_of_old_title(strategy, frame, asked):
        return year_of_publication(asked, wanted, when)
    if asked.context.statement.covers:
        own = covers(asked) if strategy in LOOSE and (frame.kind == "period" or strategy is label) else None
        if own is not None and frame.kind == "near":
            return _last_in(own, frame, wanted, when)
        return (year_in(own, wanted, when) or 0) if own is not None and frame.antecedent != own.antecedent else 0
    if frame.kind == "period" and when in ("past", "") and is_of_accounts(asked, frame):
        later = year_of_publication(asked, wanted, when)
        return later if f"{later:04}-{wanted.month:02}" > frame.last[:7] else 0
    if frame.kind == "latest" and when == "past":
        near = year_in(frame._replace(kind="near"), wanted) or 0
        return near if starts(wanted._replace(year=near)) <= months_from(frame.last, 1) else 0
    if frame.kind == "latest" and when in ("", "dated"):
        return year_in(frame._replace(kind="near"), wanted) or 0
    if frame.kind == "latest" and when in NEAR:
        return other_near(frame, wanted, when)
    if strategy not in WEAK or (strategy is block and when == "past" and _is_told_on(frame, wanted)):
        return 0
    return year_of_publication(asked, wanted, when)


def _last_in(own: Frame, frame: Frame, wanted: DatePoint, when: str) -> int:
    """The last year that puts a date into the period that the source covers, where a dateline has put it outside; 0 where none does."""
    year = year_in(frame, wanted, when)
    inside = [y for y in years_of(own) if own.first <= starts(wanted._replace(year=y)) <= own.last] if own.last else []
    return inside[-1] if inside and year not in inside else 0


def _just_published(point: DatePoint, asked: Asked, when: str) -> Completed | None:
    """A day on which something was made public, told as past (９月１６日に公表した統計): the last one before the document's own day, where that is
    near, whatever year the title names."""
    frame = published(asked) if asked.role == "published" and when == "past" and point.day is not None else None
    year = year_in(frame, point, when) if frame is not None and frame.first == frame.last else None
    if frame is None or year is None or own_year(asked) is not None:
        return None
    told = point._replace(year=year)
    if not months_from(frame.first, -_JUST) <= starts(told) <= frame.first or contradictions(told, None):
        return None
    return Completed(told, "inherited", frame.antecedent, frame=frame)


def _is_running(point: DatePoint, end: DatePoint, frame: Frame) -> bool:
    """Whether a range that begins at the point goes on on the day of publication."""
    right = completed_right(point, end)
    return right.year is not None and starts(point) <= frame.first <= starts(right)


def _is_told_on(frame: Frame, wanted: DatePoint) -> bool:
    """Whether what is told as past goes on in a period, or from one month to a later one of its year."""
    return frame.kind == "period" or (frame.monthly and int(frame.first[5:7]) <= (wanted.month or 0))


def _is_behind(point: DatePoint, event: Frame, published: str) -> bool:
    """Whether a deadline falls behind the event that it is for, while a year earlier it lies between publication and event."""
    known = period(published, "") if published else None
    if known is None or not known.first or not event.last or point.year is None:
        return False
    day = f"-{point.month:02}-{point.day or 1:02}"
    return f"{point.year:04}{day}" > event.last and f"{point.year - 1:04}{day}" >= known.first
