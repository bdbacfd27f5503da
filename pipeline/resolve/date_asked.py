"""A date that lacks its year, with what strategies may look at.

Takes a span, a point as written and the dates known so far; gives frames made of known dates. Does not look for them.
"""

from __future__ import annotations

from typing import NamedTuple

from pipeline.model import DatePoint, Span
from pipeline.resolve.context import Context
from pipeline.resolve.date_frames import Frame, Kind
from pipeline.resolve.date_timeline import Known, Timeline


class Asked(NamedTuple):
    """A date that lacks its year: its span, the point as written, and the dates known so far."""

    span: Span
    point: DatePoint
    timeline: Timeline

    @property
    def context(self) -> Context:
        return self.timeline.context

    @property
    def role(self) -> str:
        return self.timeline.cues.role(self.span)

    @property
    def is_deadline(self) -> bool:
        return self.role == "deadline"

    @property
    def day(self) -> str:
        """The day of publication as EDTF, "" where it is not known."""
        return self.context.statement.published


def heads(known: Known) -> bool:
    """Whether a date can stand over others: its year is written, or it is a year."""
    return not known.deadline and (known.basis == "explicit" or known.yearly)


def frame_of(known: Known, kind: Kind) -> Frame:
    return Frame(kind, known.first, known.last, known.span, known.month)
