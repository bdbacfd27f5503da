"""What speaks against the year that a strategy gives: a year of the sentence's own, a list that goes on into the next year, accounts.

Takes a date that lacks its year, and a frame; gives frames or yes and no. Does not choose the year.
"""

from __future__ import annotations

from pipeline.model import Span
from pipeline.resolve.date_antecedents import Asked, is_far
from pipeline.resolve.date_frames import Frame

#: a month that lies so many before the one above it in a list is rather in the next year
_TURN = 7
#: how far behind a year the word of its accounts may stand
_REACH = 8


def own_year(asked: Asked) -> Frame | None:
    """The year that is written out in the same sentence."""
    since = asked.context.sentence(asked.span).start
    known = next((k for k in asked.timeline.before(asked.span, since) if k.basis == "explicit"), None)
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


def is_of_accounts(asked: Asked, frame: Frame) -> bool:
    """Whether a frame is the year of accounts or of a tax (令和3年度決算): they are dealt with when it is over."""
    if not isinstance(frame.antecedent, Span):
        return False
    end = frame.antecedent.end
    return asked.timeline.cues.tells_accounts(end, end + _REACH)
