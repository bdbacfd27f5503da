"""The dates of a document that are understood already, in order, and the questions that later ones ask of them.

Takes `Known` dates as they come; gives the nearest ones in a sentence, block, cell or section. Does not know how a year is chosen.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from pipeline.model import Block, DateValue, Span
from pipeline.model.mention import Basis
from pipeline.model.values import Calendar
from pipeline.resolve.context import Context
from pipeline.resolve.date_cues import Cues
from pipeline.resolve.date_frames import Frame
from pipeline.resolve.date_particles import Particles, particles

#: a label above a list is a short line that begins with its year
_LABEL_REST = 25


class Known(NamedTuple):
    """A date with its EDTF; `first` is the ISO day it begins with, `month` whether it names a month, `day` a day.

    `clock` marks a clock time that took its day from elsewhere. `deadline` marks what lies ahead (まで) and is no place in time for what stands behind it; `yearly` a year or fiscal year.
    """

    span: Span
    edtf: str
    first: str
    last: str
    basis: Basis
    fiscal: bool = False
    month: bool = False
    day: bool = False
    deadline: bool = False
    ranged: bool = False
    published: bool = False
    clock: bool = False
    #: what it was completed from
    frame: Frame | None = None
    #: it may as well be in another year
    doubtful: bool = False
    #: something is compared with it (前年, 前年度): nothing told beside it happens then
    compared: bool = False

    @property
    def yearly(self) -> bool:
        return not self.month and not self.day and not self.ranged


@dataclass
class Timeline:
    """Known dates in order of their spans; `labels` are those that begin a short block, `lines` those that fill one."""

    context: Context
    known: list[Known] = field(default_factory=list)
    _starts: list[int] = field(default_factory=list)
    _labels: list[tuple[int, Known]] = field(default_factory=list)

    def add(self, known: Known) -> None:
        self.known.append(known)
        self._starts.append(known.span.start)
        if not known.yearly and not (known.day and known.basis == "explicit"):
            return
        block = self.context.block(known.span)
        if block is not None and self._is_label(known, block):
            self._labels.append((block.start, known))

    def before(self, span: Span, since: int = 0) -> Iterator[Known]:
        """Known dates before a span and not before an offset, nearest first."""
        at = bisect_left(self._starts, span.start)
        while at > 0:
            at -= 1
            known = self.known[at]
            if known.span.start < since:
                return
            if known.span.end <= span.start:
                yield known

    def is_doubtful(self, span: Span) -> bool:
        """Whether the date at a span may as well be in another year."""
        at = bisect_left(self._starts, span.start)
        return at < len(self.known) and self.known[at].span == span and self.known[at].doubtful

    @cached_property
    def years_written(self) -> dict[Calendar, set[int]]:
        """The years that the document writes out, with four figures or with their era."""
        years: dict[Calendar, set[int]] = {"gregorian": set(), "japanese": set()}
        for candidate in self.context.of_kind("date"):
            start = candidate.value.start if isinstance(candidate.value, DateValue) else None
            if start is not None and start.year is not None:
                years[start.calendar].add(start.year)
        return years

    @cached_property
    def cues(self) -> Cues:
        return Cues(self.context)

    @cached_property
    def particles(self) -> Particles:
        return particles(self.context.gazetteers["date_particles"])

    def since(self, span: Span, blocks: int) -> int:
        """Where the last so many blocks begin, but not before the nearest heading."""
        before = self.context.blocks_before(span, blocks)
        headings = self.context.headings(span)
        return max(before[-1].start if before else 0, headings[0].start if headings else 0)

    def inside(self, span: Span) -> list[Known]:
        at = bisect_left(self._starts, span.start)
        found = []
        while at < len(self.known) and self.known[at].span.start < span.end:
            if self.known[at].span.end <= span.end:
                found.append(self.known[at])
            at += 1
        return found

    def label(self, span: Span, since: int) -> Known | None:
        """The nearest label whose block stands before the span's own and not before an offset."""
        block = self.context.block(span)
        here = block.start if block is not None else span.start
        for start, known in reversed(self._labels):
            if start < since:
                return None
            if start < here:
                return known
        return None

    def _is_label(self, known: Known, block: Block) -> bool:
        text = self.context.document.text
        lead = text[block.start : known.span.start]
        if any(character.isalnum() for character in lead):
            return False
        rest = "".join(text[known.span.end : block.end].split())
        if known.yearly:
            return len(rest) <= _LABEL_REST and self.particles.goes_on.match(rest) is None
        return known.day and known.basis == "explicit" and not rest
