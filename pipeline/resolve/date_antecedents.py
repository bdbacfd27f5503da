"""What a date without its year hangs on: strategies in their order.

Takes a span and the dates understood so far; a strategy answers with a `Frame`, which names its antecedent, or not at all. Does not choose
the year.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from pipeline.resolve.context import Context
from pipeline.resolve.date_asked import Asked, frame_of, heads
from pipeline.resolve.date_cells import caption, column, ditto, row, row_below
from pipeline.resolve.date_frames import Frame, period
from pipeline.resolve.date_timeline import Known
from pipeline.text.patterns import late

_TITLE_BLOCKS, _TITLE_LENGTH = 10, 60
_COVERS_MARGIN = 1
#: characters of a day's EDTF
_DAY = 10
_BRACKETED = re.compile(r"[^、。（(]{1,20}[（(]")
#: what stands between the year that begins a line and what the line tells of it
_LABELLED = late(r"[」』】〕）)]?(?:の[^、。はがをにで\s]{1,10})?[ \u3000\t:：（(・…／/][^。]{0,40}$")
_GOES_ON = re.compile("から|より")
_STATED_DATE = late(r"[0-9]{4}(?:-[0-9]{2}){1,2}(?![0-9])")


def listed(asked: Asked) -> Frame | None:
    """The item before in one list, where that is written out (令和5年4月、7月)."""
    known = next(asked.timeline.before(asked.span, asked.span.start - 40), None)
    if known is None or known.basis != "explicit" or not known.month or known.deadline:
        return None
    between = asked.context.between(known.span, asked.span)
    return frame_of(known, "list") if asked.timeline.particles.listed.fullmatch(between) else None


def stated(asked: Asked) -> Frame | None:
    """The day or month that the markup around the date states (a page's time element)."""
    for one in asked.context.document.stated:
        around = one.start <= asked.span.start and asked.span.end <= one.end
        if around and (told := _STATED_DATE.match(one.value)):
            return period(told[0], f"element:{one.start}")
    return None


def line_label(asked: Asked) -> Frame | None:
    """A year or fiscal year that begins the line, a gap, a colon or a bracket behind it (29年度　着工（2月）; 昨年度の実績：10月開催)."""
    around = asked.context.block(asked.span)
    if around is None:
        return None
    text = asked.context.document.text
    for known in asked.timeline.before(asked.span, around.start):
        if not known.yearly or known.deadline or known.compared or is_far(known, asked.context):
            continue
        begins = not any(map(str.isalnum, text[around.start : known.span.start]))
        if begins and _LABELLED.match(text, known.span.end, asked.span.start) and not _is_named_only(known, asked):
            return frame_of(known, "period")
        return None
    return None


def label(asked: Asked) -> Frame | None:
    """A year, fiscal year or dateline that heads the lines above, back to the last heading."""
    headings = asked.context.headings(asked.span)
    since = headings[0].start if headings else 0
    known = asked.timeline.label(asked.span, since)
    if known is None or _is_of_another_table(known, asked):
        return None
    return frame_of(known, "near" if known.day else "period")


def _is_of_another_table(known: Known, asked: Asked) -> bool:
    """A day in a cell, and what stands in a table of several columns, head nothing outside."""
    placed = asked.context.cell(known.span)
    if placed is None or known.day:
        return placed is not None
    here = asked.context.cell(asked.span)
    alone = all(cell.column == 0 for cell in placed[0].cells)
    return not alone and (here is None or here[0].table_id != placed[0].table_id)


def pointed(asked: Asked) -> Frame | None:
    """The document's own day, where a word points from there (この4月, 去る3月1日)."""
    return published(asked) if asked.timeline.cues.is_pointed(asked.span) else None


def current(asked: Asked) -> Frame | None:
    """The document's own day for 現在 and 時点, unless the paragraph speaks of a year: 令和6年5月に始め、1月末現在で counts on."""
    if asked.role != "as_of" or asked.context.statement.covers:
        return None
    near = block(asked)
    return published(asked) if near is None or near.kind != "period" else None


def sentence(asked: Asked) -> Frame | None:
    """The nearest earlier date with a year in the same sentence."""
    return _nearest(asked, asked.context.sentence(asked.span).start)


def block(asked: Asked) -> Frame | None:
    """The same in the same paragraph, item or cell."""
    around = asked.context.block(asked.span)
    return _nearest(asked, around.start, own=True) if around is not None else None


def heading(asked: Asked) -> Frame | None:
    """A date with a year in a heading above, nearest heading first."""
    for above in asked.context.headings(asked.span):
        known = next((k for k in asked.timeline.inside(above.span) if heads(k)), None)
        if known is not None:
            return frame_of(known, "period" if known.yearly or known.ranged else "near")
    return None


def title(asked: Asked) -> Frame | None:
    """A year, fiscal year or month in the title lines of the document."""
    for first in asked.context.document.blocks[:_TITLE_BLOCKS]:
        if first.end > asked.span.start:
            return None
        if first.end - first.start > _TITLE_LENGTH or first.kind in ("cell", "list_item"):
            continue
        for known in asked.timeline.inside(first.span):
            if not known.deadline and not known.day and known.basis in ("explicit", "inherited"):
                return known.frame or frame_of(known, "near" if known.month else "period")
    return None


def covers(asked: Asked) -> Frame | None:
    text = asked.context.statement.covers
    if len(text) == _DAY:
        return period(text, "sidecar:covers", "near")  # minutes of a day
    return period(text, "sidecar:covers") if text else None


def entitled(asked: Asked) -> Frame | None:
    """The year that the sidecar's title names, unless that is a goal ahead of the document."""
    frame = period(asked.context.statement.titled, "sidecar:title") if asked.context.statement.titled else None
    if frame is None or not asked.day or frame.first[:4] <= str(int(asked.day[:4]) + 1):
        return frame
    return None


def section(asked: Asked) -> Frame | None:
    """The nearest earlier date with a year under the same heading."""
    headings = asked.context.headings(asked.span)
    return _nearest(asked, headings[0].start if headings else 0, own=True)


def published(asked: Asked) -> Frame | None:
    text = asked.context.statement.published
    return period(text, "sidecar:published", "latest") if text else None


def dated(asked: Asked) -> Frame | None:
    """The day that the head of the document is dated with."""
    for first in asked.context.document.blocks[:_TITLE_BLOCKS]:
        for known in asked.timeline.inside(first.span):
            if known.day and known.basis == "explicit" and not known.deadline and known.span.end <= asked.span.start:
                return frame_of(known, "near")
    return None


Strategy = Callable[[Asked], Frame | None]

#: tried in this order; the first that leads to a year wins
STRATEGIES: tuple[Strategy, ...] = (
    stated,
    ditto,
    listed,
    row,
    column,
    row_below,
    caption,
    line_label,
    label,
    pointed,
    current,
    sentence,
    block,
    heading,
    title,
    covers,
    entitled,
    section,
    published,
    dated,
)


#: a date of another paragraph says little; where the day of publication gives another year, that is told
WEAK = (block, section)
#: what stands near says little of what is told to lie ahead
LOOSE = (line_label, label, sentence, block, heading, title, entitled, section)
#: of one rank: where they name different years, there is no telling
EQUALS = (row, column)


def is_far(known: Known, context: Context) -> bool:
    """A year set as a goal, or one that lies ahead of the document: what is told behind it does not happen then."""
    if known.deadline and not known.month:
        return True
    anchor = context.statement.published or context.statement.covers[-7:]
    return (
        bool(anchor)
        and anchor[:4].isdigit()
        and known.first[:4] > str(int(anchor[:4]) + _COVERS_MARGIN)
        and not known.month
    )


def _nearest(asked: Asked, since: int, own: bool = False) -> Frame | None:
    """The nearest date from an offset on; `own`: the document's own day is its day of publication, whatever is told below."""
    for known in asked.timeline.before(asked.span, since):
        if is_far(known, asked.context) or not known.first or not known.last or known.compared:
            continue
        if known.yearly and _GOES_ON.match(asked.context.document.text, known.span.end):
            continue  # 前年度から続く, 2019年度からの: nothing told behind it happens then
        if known.basis == "explicit" and known.yearly and _is_named_only(known, asked):
            continue
        if own and known.day and known.edtf == asked.day:
            return published(asked)
        beside = known.span.start >= asked.context.sentence(asked.span).start and (
            known.month or _BRACKETED.fullmatch(asked.context.between(known.span, asked.span)) is not None
        )
        if _is_apart(known, asked.context) and not beside:
            continue
        if known.frame is not None and known.frame.kind != "point":
            ahead = known.frame.kind == "latest" and known.first > known.frame.last and beside
            return frame_of(known, "point") if ahead else known.frame
        return frame_of(known, "period" if known.yearly else "point")
    return None


def _is_named_only(known: Known, asked: Asked) -> bool:
    """Whether a year names a law, or what a budget or school year is prepared for: nothing told beside it happens then."""
    return asked.timeline.cues.is_citation(known.span) or asked.timeline.cues.is_goal(known.span)


def _is_apart(known: Known, context: Context) -> bool:
    """Whether the source says which period it covers and this date lies well outside: it is told as history or plan."""
    frame = period(context.statement.covers, "") if context.statement.covers else None
    if frame is None or not frame.first or not frame.last or int(frame.last[:4]) - int(frame.first[:4]) > 1:
        return False
    return (
        known.last < str(int(frame.first[:4]) - _COVERS_MARGIN)
        or known.first > f"{int(frame.last[:4]) + _COVERS_MARGIN}-12-31"
    )
