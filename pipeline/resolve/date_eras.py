"""Years without their era: 28年度, 26年4月, 12年 below 平成7年.

Takes a point and the dates known so far; gives the point with its year, what tells it, and another year that it may be; or None. Does not
know months.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from pipeline.model import DatePoint, DateValue, Span
from pipeline.model.values import Calendar
from pipeline.resolve.context import Context
from pipeline.resolve.date_frames import period
from pipeline.resolve.date_timeline import Known, Timeline
from pipeline.resolve.date_year_columns import heads_fiscal

Antecedent = Span | str
#: how far a year without its era may lie from what the document speaks of
_MOST_YEARS = 40
#: in a document that names no era, 26年 may be 2026, if the eras' years lie further off by more than this
_CENTURY, _FOREIGN = 2000, 5
#: plans count an era on after its end, but not for long
_OVERRUN = 20
#: two eras are told apart where one brings the year so much nearer than the other
_APART = 4
#: a range of so many years may leave out the era at its end
_LONGEST = 30
#: how many rows above the one that a row counts on from may stand, and how many years before it
_ROWS, _APART_ROWS = 4, 16


def with_era(point: DatePoint, span: Span, timeline: Timeline) -> tuple[DatePoint, Antecedent, int] | None:
    """The year of the era that brings it nearest to the time that the document speaks of; where the document writes 2023
    out, or no era at all, 23年 may be that year too. An era that has ended counts on only for what was written before its end. The third
    is the year of another era that is nearly as near, 0 for none."""
    number = point.short_year
    if number is None or not (point.fiscal or point.month or _year_before(span, timeline)):
        return None
    firsts = sorted({int(row["first_day"][:4]) for row in timeline.context.gazetteers["eras"].rows})
    longest = [*(end - first + _OVERRUN for first, end in pairwise(firsts)), number]
    years = {first + number - 1 for first, most in zip(firsts, longest, strict=True) if number <= most}
    written = timeline.years_written["gregorian"]
    western = {year for year in written if year % 100 == number} - years
    if not timeline.years_written["japanese"]:
        western |= {_CENTURY + number} - years
    ahead = _writing(timeline.context) if timeline.cues.role(span) == "deadline" else 0
    begun = _begun(span, timeline) if timeline.cues.role(span) == "deadline" else 0
    for first, last, antecedent in _times(point, span, timeline):
        ranked = sorted(
            (max(int(first[:4]) - year, year - int(last[:4]), 0) + _FOREIGN * (year in western - written), year)
            for year in years | western
            if (not ahead or year >= ahead or isinstance(antecedent, Span)) and (not begun or year > begun)
        )
        if ranked and ranked[0][0] <= _MOST_YEARS:
            away, year = ranked[0]
            other = ranked[1][1] if len(ranked) > 1 and ranked[1][0] - away < _APART and away else 0
            calendar: Calendar = "gregorian" if year in western else "japanese"
            return point._replace(year=year, short_year=None, calendar=calendar), antecedent, other
    return None


def _begun(span: Span, timeline: Timeline) -> int:
    """The year from which what ends then has gone on (平成29年度から … 22年度まで: the 22nd year of the era behind it); 0 where none is told."""
    block = timeline.context.block(span)
    placed = timeline.context.cell(span)
    since = (
        placed[0].in_row(placed[1].row)[0].start
        if placed is not None
        else block.start
        if block is not None
        else span.start
    )
    known = next(timeline.before(span, since), None)
    if known is None or not known.first or not known.yearly or timeline.cues.role(known.span) != "start":
        return 0
    return int(known.first[:4])


def of_one_era(written: DatePoint | None, left: DatePoint | None, right: DatePoint, context: Context) -> DatePoint:
    """The right end of 7年度から21年度まで counts on in the era of the left one; that of 平成30年4月～2年3月 is the first such year behind the left one."""
    if written is None or left is None or left.year is None or right.short_year is None:
        return right
    if written.short_year is not None:
        later = right.short_year - written.short_year
        return right._replace(year=left.year + later, short_year=None, calendar=left.calendar) if later > 0 else right
    years = (int(row["first_day"][:4]) + right.short_year - 1 for row in context.gazetteers["eras"].rows)
    behind = [year for year in years if left.year <= year <= left.year + _LONGEST]
    if left.calendar != "japanese" or not behind:
        return right
    return right._replace(year=min(behind), short_year=None, calendar=left.calendar)


def counted_on(point: DatePoint, span: Span, timeline: Timeline) -> tuple[DatePoint, Antecedent] | None:
    """The first year of any era that brings a day behind the one that heads a row above (平 2.10. 1, then 7.10. 1)."""
    number, known = point.short_year, _row_above(span, timeline)
    if number is None or known is None or not known.day:
        return None
    day = f"-{point.month or 0:02}-{point.day or 0:02}"
    years = (int(row["first_day"][:4]) + number - 1 for row in timeline.context.gazetteers["eras"].rows)
    behind = [year for year in years if known.first < f"{year:04}{day}" < f"{int(known.first[:4]) + _APART_ROWS:04}"]
    if not behind:
        return None
    return point._replace(year=min(behind), short_year=None, calendar="japanese"), known.span


def _row_above(span: Span, timeline: Timeline) -> Known | None:
    """The date that heads one of the few rows above: in the same column of its table, or at the head of a line."""
    placed = timeline.context.cell(span)
    if placed is None:
        heads = (b.span for b in timeline.context.blocks_before(span, _ROWS))
    else:
        table, cell = placed
        rows = range(cell.row - 1, max(cell.row - 1 - _ROWS, -1), -1)
        heads = (Span(c.start, c.end) for row in rows for c in table.in_row(row) if c.column == cell.column)
    return next((k for head in heads for k in timeline.inside(head)[:1] if k.span.start == head.start), None)


def only_fiscal(context: Context) -> frozenset[int]:
    """The years that the document names as fiscal years and not as calendar years."""
    fiscal, calendar = set[int](), set[int]()
    for candidate in context.of_kind("date"):
        start = candidate.value.start if isinstance(candidate.value, DateValue) else None
        if (
            start is not None
            and start.year is not None
            and start.month is None
            and not _is_bare(candidate.span, context)
        ):
            (fiscal if start.fiscal else calendar).add(start.year)
    return frozenset(fiscal - calendar)


def as_fiscal(value: DateValue, span: Span, context: Context, years: frozenset[int]) -> DateValue:
    """H28 and H27～R2, years of an era without their 年, are fiscal years where the document names such (`years`) only as fiscal years,
    and below a header that says so (年度)."""
    points = [point for point in (value.start, value.end) if point is not None]
    if not _is_bare(span, context):
        return value
    if not (
        any(p.year in years for p in points) or heads_fiscal(context, span) or _beside_fiscal(context, span, years)
    ):
        return value
    if any(p.fiscal or p.month is not None or p.calendar != "japanese" or p.part for p in points):
        return value
    start, end = ((p and p._replace(fiscal=True, precision="fiscal_year")) for p in (value.start, value.end))
    return replace(value, start=start, end=end)


def _beside_fiscal(context: Context, span: Span, years: frozenset[int]) -> bool:
    """Whether a year that begins a cell stands in a row of headers with one of the fiscal years (R5, R6, R7)."""
    placed = context.cell(span)
    if placed is None or placed[1].start != span.start or not placed[1].heading:
        return False
    row = (c for c in placed[0].in_row(placed[1].row) if c.heading and c.end > c.start)
    dates = (date for cell in row for date in context.inside("date", Span(cell.start, cell.end)))
    bare = (d.value.start for d in dates if isinstance(d.value, DateValue) and _is_bare(d.span, context))
    return any(start is not None and start.month is None and start.year in years for start in bare)


def _is_bare(span: Span, context: Context) -> bool:
    return "年" not in span.cut(context.document.text)


def _writing(context: Context) -> int:
    """The year of publication, 0 where it is not known."""
    frame = period(context.statement.published, "") if context.statement.published else None
    return int(frame.first[:4]) if frame is not None and frame.first else 0


def _times(point: DatePoint, span: Span, timeline: Timeline) -> Iterator[tuple[str, str, Antecedent]]:
    """What the document speaks of: the year before in one list, the sidecar, the year that it names most."""
    context = timeline.context
    known = _joined(span, timeline) if point.fiscal or point.month else _year_before(span, timeline)
    known = known or _year_of_sentence(span, timeline)
    if known is not None and known.first and known.last:
        yield known.first, known.last, known.span
    for edtf, source in (
        (context.statement.covers, "sidecar:covers"),
        (context.statement.published, "sidecar:published"),
        (context.statement.titled, "sidecar:title"),
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


def _joined(span: Span, timeline: Timeline) -> Known | None:
    """A year right before in one list or range (平成28年、29年)."""
    known = next(timeline.before(span, span.start - 20), None)
    if known is None:
        return None
    between = timeline.context.between(known.span, span)
    spaced = not between and known.yearly and span.start > known.span.end
    return known if spaced or timeline.particles.joined.fullmatch(between) is not None else None


def _year_before(span: Span, timeline: Timeline) -> Known | None:
    """The year in a list, table or sentence that a bare 3年 goes on from; it is else a length of time."""
    known = _joined(span, timeline)
    if known is not None:
        return known
    text = timeline.context.document.text
    if text[span.end : span.end + 2].lstrip().startswith("に") or span.cut(text).startswith("翌"):
        return _year_in_table(span, timeline) or _year_of_sentence(span, timeline)
    return _year_in_table(span, timeline)


def _year_in_table(span: Span, timeline: Timeline) -> Known | None:
    """The year that fills the nearest cell above or to the left, for one that fills its own (12年 below 平成7年)."""
    placed = timeline.context.cell(span)
    if placed is None:
        return None
    table, cell = placed
    if len(timeline.context.document.text[cell.start : cell.end].strip()) > span.end - span.start:
        return None
    above = (c for row in range(cell.row - 1, -1, -1) for c in table.in_row(row) if cell.column in c.columns)
    left = (c for c in reversed(table.in_row(cell.row)) if c.column < cell.column)
    for cells in (above, left):
        nearest = next((c for c in cells if c.end > c.start), None)
        if nearest is not None:
            inside = timeline.inside(Span(nearest.start, nearest.end))
            if inside and inside[0].yearly:
                return inside[0]
    return None


def _year_of_sentence(span: Span, timeline: Timeline) -> Known | None:
    """A year of an era earlier in the sentence (昭和45年に百万人、59年には)."""
    since = timeline.context.sentence(span).start
    return next((k for k in timeline.before(span, since) if k.basis == "explicit" and not k.deadline), None)
