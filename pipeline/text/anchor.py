"""Where a decision belongs: a span to what the text around it says, and that to the span again, in the same text or an edited one.

Takes a text, its blocks and its table cells; gives anchors and spans. Does not know what was decided.

White space counts nowhere, so that soft line breaks come and go. A place is found by its surface, what stands beside it in its block, and a cell's header
path. Of several such places the text further around decides, then their number; where there are fewer than there were, the text around must agree on both
sides, all of it on one of them. Where no place agrees so far, one may that was edited: the text around agrees so on both sides, or, on one side, all of its
sentence and most of what stands further on. A place that is only alike is none: a decision that is lost is told, one in a wrong place is not.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from pipeline.model import Anchor, Document, Span

#: characters beside a surface inside its block, and around it in the document, that an anchor keeps
INNER, WIDE = 16, 60
#: so many characters must agree where little else tells
_NEAR = 8
_SENTENCE_END = "。！？"
_WORDS = re.compile(r"\S+")

#: why an anchor has no place: its text is gone, or several places are as good
Lost = Literal["gone", "several"]


@dataclass(frozen=True, eq=False)
class Ground:
    """A text with what parts it: (start, end) of its blocks, sorted, and (start, end, header path) of its table cells."""

    text: str
    blocks: tuple[tuple[int, int], ...]
    cells: tuple[tuple[int, int, str], ...] = ()

    @cached_property
    def squeezed(self) -> str:
        """The text without white space."""
        return "".join(self.text.split())

    def inner(self, offset: int) -> int:
        """The place in `squeezed` of an offset, or of the first character behind it that is there."""
        run = bisect_right(self._runs[0], offset) - 1
        if run < 0:
            return 0
        start, at, length = (part[run] for part in self._runs)
        return at + min(offset - start, length)

    def outer(self, at: int) -> int:
        """The offset of a character of `squeezed`."""
        run = bisect_right(self._runs[1], at) - 1
        return self._runs[0][run] + at - self._runs[1][run]

    def stretch(self, offset: int) -> tuple[int, int]:
        """The block that an offset lies in, else the gap between two of them."""
        at = bisect_right(self._block_starts, offset) - 1
        if at >= 0 and offset < self.blocks[at][1]:
            return self.blocks[at]
        first = self.blocks[at][1] if at >= 0 else 0
        return first, self.blocks[at + 1][0] if at + 1 < len(self.blocks) else len(self.text)

    def where(self, span: Span) -> str:
        """The header path of the smallest cell that holds a span, "" outside tables."""
        at = bisect_right(self._cells[0], span.start) - 1
        while at >= 0 and self._cells[2][at] >= span.end:
            _, end, header = self._cells[1][at]
            if end >= span.end:
                return header
            at -= 1
        return ""

    @cached_property
    def _runs(self) -> tuple[list[int], list[int], list[int]]:
        """Stretches without white space: where they begin in the text and in `squeezed`, and how long they are."""
        starts, places, lengths = [], [], []
        at = 0
        for match in _WORDS.finditer(self.text):
            starts.append(match.start())
            places.append(at)
            lengths.append(match.end() - match.start())
            at += lengths[-1]
        return starts, places, lengths

    @cached_property
    def _block_starts(self) -> list[int]:
        return [start for start, _ in self.blocks]

    @cached_property
    def _cells(self) -> tuple[list[int], list[tuple[int, int, str]], list[int]]:
        """Their starts, the cells in order, and how far each or one before it reaches."""
        cells = sorted((cell for cell in self.cells if cell[1] > cell[0]), key=lambda cell: (cell[0], -cell[1]))
        reach, furthest = [], 0
        for _, end, _ in cells:
            furthest = max(furthest, end)
            reach.append(furthest)
        return [cell[0] for cell in cells], cells, reach

    def places(self, before: str, surface: str, after: str) -> list[_Place]:
        """Where a surface stands between two texts, all without white space, in order."""
        found = self._known.get((before, surface, after))
        if found is None:
            found = self._known[before, surface, after] = []
            wanted = before + surface + after
            at = self.squeezed.find(wanted) if surface else -1
            while at >= 0:
                first = at + len(before)
                found.append(self.place(first, first + len(surface)))
                at = self.squeezed.find(wanted, at + 1)
        return found

    @cached_property
    def _known(self) -> dict[tuple[str, str, str], list[_Place]]:
        return {}

    def place(self, first: int, last: int) -> _Place:
        """What stands around `squeezed[first:last]`."""
        span = Span(self.outer(first), self.outer(last - 1) + 1)
        begin = self.inner(self.stretch(span.start)[0])
        end = self.inner(self.stretch(span.end - 1)[1])
        text = self.squeezed
        return _Place(
            span,
            text[max(begin, first - INNER) : first],
            text[last : min(end, last + INNER)],
            text[max(0, first - WIDE) : first],
            text[last : last + WIDE],
            self.where(span),
        )


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a surface stands: what is beside it in its block, and in the document."""

    span: Span
    before: str
    after: str
    wide_before: str
    wide_after: str
    where: str

    def agrees(self, anchor: Anchor | _Place) -> bool:
        return (self.before, self.after, self.where) == (anchor.before, anchor.after, anchor.where)

    def sides(self, anchor: Anchor) -> tuple[int, int]:
        """How many characters before and behind agree, from the surface on."""
        before = _alike(self.wide_before[::-1], anchor.wide_before[::-1])
        return before, _alike(self.wide_after, anchor.wide_after)

    def is_amid(self, anchor: Anchor) -> bool:
        """Whether all text around agrees on one side; the nearest of the other one does."""
        before, after = self.sides(anchor)
        return before == len(anchor.wide_before) >= _NEAR or after == len(anchor.wide_after) >= _NEAR


def ground_of(document: Document) -> Ground:
    blocks = tuple((block.start, block.end) for block in document.blocks)
    return Ground(document.text, blocks, tuple((cell.start, cell.end, cell.header) for cell in document.cells()))


def ground_of_rows(text: str, blocks: Iterable[Mapping[str, str]], cells: Iterable[Mapping[str, str]]) -> Ground:
    """The same from a source's `text.txt` and the rows of its `blocks.csv` and `cells.csv`."""
    return Ground(
        text,
        tuple((int(row["start"]), int(row["end"])) for row in blocks),
        tuple((int(row["start"]), int(row["end"]), row["header"]) for row in cells),
    )


def anchor_of(ground: Ground, span: Span) -> Anchor:
    """The anchor of a span; white space at its ends is none of it. ValueError where nothing is left, or the span lies outside the text.

    >>> ground = Ground("令和3年度に着工。\\n10.7 版", ((0, 9), (10, 16)))
    >>> anchor = anchor_of(ground, Span(10, 14))
    >>> anchor.surface, anchor.before, anchor.after, anchor.wide_before
    ('10.7', '', '版', '令和3年度に着工。')
    >>> place_of(Ground("令和3年度の着工。\\n\\n10.\\n7版", ((0, 9), (11, 17))), anchor)
    Span(start=11, end=16)
    """
    first, last = ground.inner(span.start), ground.inner(span.end)
    if not 0 <= span.start < span.end <= len(ground.text) or first == last:
        raise ValueError(f"[{span.start}:{span.end}] holds no text")
    place = ground.place(first, last)
    around = ground.places(place.before, ground.squeezed[first:last], place.after)
    alike = [other.span for other in around if other.agrees(place)]
    return Anchor(
        place.span.cut(ground.text),
        place.before,
        place.after,
        alike.index(place.span) + 1,
        len(alike),
        place.wide_before,
        place.wide_after,
        place.where,
    )


def place_of(ground: Ground, anchor: Anchor) -> Span | Lost:
    """The span that an anchor means, or why it means none."""
    surface = "".join(anchor.surface.split())
    exact = [place for place in ground.places(anchor.before, surface, anchor.after) if place.agrees(anchor)]
    if len(exact) >= max(anchor.among, 1):
        return _nearest(exact, anchor).span
    near = [
        place
        for place in ground.places(anchor.wide_before[-_NEAR:], surface, anchor.wide_after[:_NEAR])
        if place.is_amid(anchor) and (place in exact or not exact)
    ]
    for edited in (near,) if exact else (near, _beside(ground, anchor, surface)):
        if edited:
            return edited[0].span if len(edited) == 1 else "several"
    return "gone"


def _beside(ground: Ground, anchor: Anchor, surface: str) -> list[_Place]:
    """Places where all that stands on one side in the same sentence agrees, is enough to tell, and most of what stands further on that side agrees too."""
    found: dict[Span, _Place] = {}
    before, after = _in_sentence(anchor.before[::-1])[::-1], _in_sentence(anchor.after)
    for side, told in enumerate((before, after)):
        if len(told) >= _NEAR:
            most = len((anchor.wide_before, anchor.wide_after)[side]) / 2
            for place in ground.places(*((told, surface, "") if side == 0 else ("", surface, told))):
                inside = place.before.endswith(told) if side == 0 else place.after.startswith(told)
                if inside and place.sides(anchor)[side] >= most:
                    found[place.span] = place
    return list(found.values())


def _nearest(places: list[_Place], anchor: Anchor) -> _Place:
    """Of places that agree in their block: that of the anchor's number, unless the surroundings of another one agree clearly better."""
    if len(places) == 1:
        return places[0]
    scores = [sum(place.sides(anchor)) for place in places]
    best = max(scores)
    numbered = min(anchor.number, len(places)) - 1
    return places[numbered] if scores[numbered] > best - _NEAR else places[scores.index(best)]


def _alike(one: str, other: str) -> int:
    """How many characters two strings have in common from their beginning."""
    least = min(len(one), len(other))
    if one[:least] == other[:least]:
        return least
    low, high = 0, least
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if one[:middle] == other[:middle] else (low, middle - 1)
    return low


def _in_sentence(side: str) -> str:
    """A side of a surface, read from the surface on, as far as its sentence reaches."""
    return side[: min((at for mark in _SENTENCE_END if (at := side.find(mark)) >= 0), default=len(side))]
