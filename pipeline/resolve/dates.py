"""Dates in their context: candidates to mentions, with what each was completed from.

Takes a `Context`; gives mentions in order, and issues. Does not know how a rule matched. What a date lacks is found by the strategies of
`date_antecedents`, tried in their order.
"""

from __future__ import annotations

from dataclasses import replace

from pipeline.engine.date_ranges import completed_right
from pipeline.model import Candidate, DatePoint, DateValue, Issue, Mention, Span
from pipeline.model.mention import Basis
from pipeline.resolve.context import Context
from pipeline.resolve.date_asked import Asked
from pipeline.resolve.date_budgets import other_budget_year
from pipeline.resolve.date_choice import Completed, by_strategies, until
from pipeline.resolve.date_columns import columns, unresolved
from pipeline.resolve.date_eras import as_fiscal, counted_on, of_one_era, only_fiscal, with_era
from pipeline.resolve.date_frames import period
from pipeline.resolve.date_lists import heads_years, listed_dates
from pipeline.resolve.date_months import afternoon, day_of_clock, days_of_clock, month_of_day
from pipeline.resolve.date_shapes import counts_from_none, in_any_year, is_day_alone, is_turn_of_year, lacks_year
from pipeline.resolve.date_timeline import Known, Timeline
from pipeline.resolve.date_weekdays import told_by_weekdays
from pipeline.resolve.date_words import Antecedent, other_year, told
from pipeline.resolve.date_year_columns import Told, told_years
from pipeline.resolve.repairs import repair_issues, told_once
from pipeline.text.calendar_jp import WEEKDAYS, is_day, weekday

#: a mention, what is doubtful about it, and how it was completed
_Found = tuple[Mention, list[Issue], Completed | None]
#: roles of candidates that are dates only where others show it
_LISTED = ("listed", "row")
_SHOWN = (*_LISTED, "again", "below", "counted")


def resolve_dates(context: Context) -> tuple[list[Mention], list[Issue]]:
    """Mentions sorted by span. Where the weekdays say that the day of publication is wrong, they take its place (antecedent `weekdays`)."""
    told = told_by_weekdays(context)
    if not told:
        return _resolved(context)
    published = context.statement.published
    mentions, issues = _resolved(replace(context, statement=replace(context.statement, published=told)))
    message = f"it is said to be of {published}, but the weekdays in it are those of a year around {told}"
    by_weekdays = [m._replace(antecedent="weekdays") if m.antecedent == "sidecar:published" else m for m in mentions]
    return by_weekdays, [*issues, Issue("publication-doubtful", message)]


def _resolved(context: Context) -> tuple[list[Mention], list[Issue]]:
    timeline = Timeline(context)
    listed = listed_dates(context)
    told = told_years(context)
    fiscal = only_fiscal(context)
    mentions: list[Mention] = []
    issues: list[Issue] = []
    found: _Found | None
    candidates = context.of_kind("date")
    if told:
        candidates = tuple(sorted([*candidates, *(year.candidate for year in told.values())], key=lambda c: c.span))
    for candidate in candidates:
        value = candidate.value
        if not isinstance(value, DateValue) or (value.role in _LISTED and candidate.span not in listed):
            continue
        value = as_fiscal(value, candidate.span, context, fiscal)
        year = told.get(candidate.span)
        found = _mention(candidate, value, timeline) if year is None else _told_year(year)
        if found is None:
            continue
        mention, more, completed = found
        mentions.append(mention)
        issues += [*candidate.issues, *more, *repair_issues(context, candidate)]
        _remember(mention, value, timeline, completed)
    return mentions, told_once(list(dict.fromkeys(issues)))


def _mention(candidate: Candidate, value: DateValue, timeline: Timeline) -> _Found | None:
    span = candidate.span
    role = _role(value, span, timeline)
    if (value.start is not None and value.start.wrong) or (value.end is not None and value.end.wrong):
        told = [] if candidate.issues else [_issue("impossible-date", "an end of it is no day of this calendar", span)]
        return _row(candidate, unresolved(value, role)), told, None
    if (value.start is not None and value.start.year is None) or (value.end is not None and value.end.year is None):
        if (counts_from_none(value) or is_day_alone(value)) and timeline.cues.is_recurring(span):
            return None
        no_year = _in_no_year(value, span, timeline)
        if no_year is not None:
            return _row(candidate, unresolved(value, role)), [no_year], None
    start: Completed | None = None
    end: Completed | None = None
    days = None
    if value.start is not None and _is_clock(value):
        first, last = afternoon(value.start, value.end_time, span, timeline)
        value = replace(value, start=first, end_time=last)
        days = days_of_clock(first, span, timeline)
    if days is not None:
        start = Completed(days[0], "inherited", days[2])
        end = Completed(days[1]._replace(time=value.end_time), "inherited", days[2])
    elif value.start is not None:
        start = until(value.start, value.end, span) or _complete(value.start, span, timeline, value.end, value.role)
        if start is None:
            return _without(candidate, value, role, timeline) if value.role not in _SHOWN else None
    if value.end is not None:
        right = completed_right(start.point, value.end) if start is not None else value.end
        right = of_one_era(value.start, start.point if start is not None else None, right, timeline.context)
        end = _complete(right, span, timeline)
        if end is None:
            return _without(candidate, value, role, timeline)
    done = [completed for completed in (start, end) if completed is not None]
    if any(completed.disputed for completed in done):
        return (
            _row(candidate, unresolved(value, role)),
            [_issue("antecedents-disagree", "its row and its column name different years", span)],
            None,
        )
    points = [completed.point for completed in done]
    if any(point.wrong or not _exists(point) for point in points):
        return (
            _row(candidate, unresolved(value, role)),
            [_issue("impossible-date", "there is no such day in that year", span)],
            None,
        )
    row = columns(value, start.point if start else None, end.point if end else None, role)
    if row is None:
        return (
            _row(candidate, unresolved(value, role)),
            [_issue("end-before-start", "the range ends before it starts", span)],
            None,
        )
    doubts = [doubt for completed in done if (doubt := _doubt(completed, timeline))]
    issues = [*_weekday_issues(points, candidate), *_late(row, value, span, timeline)]
    issues += [_issue("doubtful-year", doubt, span) for doubt in doubts[:1]]
    return _row(candidate, row, done[0].basis, done[0].antecedent), issues, done[0]._replace(doubtful=bool(doubts))


def _is_clock(value: DateValue) -> bool:
    """Whether a clock time, or two, is all that is written."""
    start = value.start
    return (
        start is not None and bool(start.time) and not (start.day or start.month or start.anchor) and value.end is None
    )


def _told_year(year: Told) -> _Found | None:
    """The row of a year, or of years, that a column tells."""
    candidate, antecedent = year
    if not isinstance(candidate.value, DateValue) or candidate.value.start is None:
        return None
    row = columns(candidate.value, candidate.value.start, candidate.value.end, "")
    if row is None:
        return None
    return _row(candidate, row, "inherited" if antecedent else "explicit", antecedent or ""), [], None


def _in_no_year(value: DateValue, span: Span, timeline: Timeline) -> Issue | None:
    """An issue where a month or day without a year comes back every year, or stands over rows of several years."""
    if lacks_year(value) and heads_years(timeline.context, span):
        return _issue("unresolved-date", "the rows below it are of several years", span)
    turn = is_turn_of_year(value) and timeline.cues.is_yearly_break(span)
    if turn or (in_any_year(value) and timeline.cues.is_recurring(span)):
        return Issue("recurring-date", "it comes back every year", "info", span.start, span.end)
    return None


def _doubt(completed: Completed, timeline: Timeline) -> str:
    if completed.other:
        return f"it may as well be in {completed.other}"
    hangs = isinstance(completed.antecedent, Span) and timeline.is_doubtful(completed.antecedent)
    return "the year of the date that it hangs on is doubtful" if hangs else ""


def _complete(
    point: DatePoint, span: Span, timeline: Timeline, end: DatePoint | None = None, role: str = ""
) -> Completed | None:
    """The point with all it lacks; None where nothing around it says that. `end` is the other end of its range, a witness
    by its weekday; a `listed` one needs a period that its list is about, one told `again` that its line has named it, one `below` a month above it, a `counted` one a row above that it counts on from."""
    if point.year is not None:
        return Completed(point)
    if point.short_year is not None and role == "counted":
        return _inherited(counted_on(point, span, timeline))
    if point.short_year is not None:
        era = with_era(point, span, timeline)
        return Completed(era[0], "inherited", era[1], other=era[2]) if era is not None else None
    if point.anchor:
        found = told(point, span, timeline)
        if found is None:
            return None
        return Completed(found[0], "relative", found[1], other=_other(point, found[1], span, timeline))
    if point.time and point.month is None and point.day is None:
        return _inherited(day_of_clock(point, span, timeline))
    if point.month is None and point.day is not None:
        return _inherited(month_of_day(point, span, timeline, role))
    return by_strategies(point, Asked(span, point, timeline), end, role == "listed")


def _other(point: DatePoint, antecedent: Antecedent, span: Span, timeline: Timeline) -> int:
    """Another year that a word may count from, 0 for none."""
    return other_budget_year(point, antecedent, span, timeline) or other_year(point, antecedent, span, timeline)


def _role(value: DateValue, span: Span, timeline: Timeline) -> str:
    """The rule's own (以降: start), else what the words behind say; まで and から behind a range belong to what follows."""
    if value.role and value.role not in _SHOWN:
        return value.role
    role = timeline.cues.role(span)
    return "" if value.range and role in ("deadline", "start") else role


def _inherited(found: tuple[DatePoint, Antecedent] | None) -> Completed | None:
    return Completed(found[0], "inherited", found[1]) if found is not None else None


def _without(candidate: Candidate, value: DateValue, role: str, timeline: Timeline) -> _Found | None:
    """A date that nothing completes keeps its row where it names a month, a weekday or a fiscal year; else it was none."""
    shown = value.start or value.end
    whole = value.end is not None and value.end.year is not None
    if shown is None or not (shown.month or shown.weekday is not None or shown.fiscal or whole):
        return None
    if shown.anchor == "antecedent" and shown.month is None and not whole:
        return None
    span = candidate.span
    issue = _issue("unresolved-date", "nothing around it says which year it is in", span)
    return _row(candidate, unresolved(value, role)), [issue], None


def _row(candidate: Candidate, row: dict[str, str], basis: Basis = "explicit", antecedent: Antecedent = "") -> Mention:
    return Mention("date", candidate.span, candidate.rule_id, row, basis, antecedent)


def _remember(mention: Mention, value: DateValue, timeline: Timeline, completed: Completed | None) -> None:
    row = mention.columns
    if not row["edtf"]:
        return
    kind = row["precision"]
    timeline.add(
        Known(
            mention.span,
            row["edtf"],
            row["start_date"],
            row["end_date"],
            mention.basis,
            fiscal=kind == "fiscal_year",
            month=kind in ("month", "day", "time"),
            day=kind in ("day", "time"),
            deadline=row["role"] == "deadline",
            ranged=value.range,
            published=row["role"] == "published",
            clock=value.start is not None and bool(value.start.time) and value.start.day is None,
            frame=completed.frame if completed is not None else None,
            doubtful=completed is not None and completed.doubtful,
            compared=timeline.cues.is_compared(mention.span)
            or (value.start is not None and value.start.anchor == "antecedent" and value.start.relative == -1),
        )
    )


def _exists(point: DatePoint) -> bool:
    return point.year is None or point.month is None or point.day is None or is_day(point.year, point.month, point.day)


def _weekday_issues(points: list[DatePoint], candidate: Candidate) -> list[Issue]:
    """Wrong weekdays that the reader could not see, since the year was not there."""
    known = {issue.message for issue in candidate.issues}
    issues = []
    for point in points:
        if point.weekday is None or not (point.year and point.month and point.day):
            continue
        right = weekday(point.year, point.month, point.day)
        message = f"{point.year:04}-{point.month:02}-{point.day:02} is {WEEKDAYS[right]}, not {WEEKDAYS[point.weekday]}"
        if right != point.weekday and message not in known:
            issues.append(_issue("wrong-weekday", message, candidate.span))
    return issues


def _late(row: dict[str, str], value: DateValue, span: Span, timeline: Timeline) -> list[Issue]:
    """A day or month behind the day of publication that the words tell of as past."""
    if value.range or row["role"] in ("deadline", "start") or row["precision"] not in ("day", "time", "month"):
        return []
    published = period(timeline.context.statement.published, "") if timeline.context.statement.published else None
    if published is None or not published.last or row["start_date"] <= published.last:
        return []
    if timeline.cues.tense(span) != "past":
        return []
    return [_issue("after-published", f"it is told as past, but the document is of {published.last}", span)]


def _issue(code: str, message: str, span: Span) -> Issue:
    return Issue(code, message, "warning", span.start, span.end)
