"""A text with its slips mended, as rules see it: 2.500円 is read as 2,500円, and every span is one of the text as it stands.

Takes a text, the runs of it that are to be matched, and what is meant in some places; gives a `View`. Does not know who says so.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from pipeline.text.fold import Run, fold
from pipeline.text.view import View


class Erratum(NamedTuple):
    """`text` is meant where `[start:end]` stands; sorted ones do not overlap."""

    start: int
    end: int
    text: str


def fold_mended(text: str, runs: Iterable[Run], errata: Sequence[Erratum]) -> View:
    """As `fold`, with errata that each lie inside one run: what is folded is the mended text, what it maps to is the text as it stands.

    >>> view = fold_mended("会費は2.500円\\n以上", [Run(0, 12)], [Erratum(3, 8, "2,500")])
    >>> view.text, view.span(3, 9)
    ('会費は2,500円以上', (3, 9))
    >>> view = fold_mended("平成三〇年のの祭", [Run(0, 8)], [Erratum(2, 4, "30"), Erratum(5, 7, "の")])
    >>> view.text, view.span(0, 5), view.span(5, 7)
    ('平成30年の祭', (0, 5), (5, 8))
    """
    mended: list[str] = []
    places: list[tuple[int, int]] = []
    at = length = 0
    for erratum in errata:
        mended += (text[at : erratum.start], erratum.text)
        length += erratum.start - at
        places.append((length, length + len(erratum.text)))
        length += len(erratum.text)
        at = erratum.end
    mended.append(text[at:])
    way = _Way(errata, places)
    moved = [replace(run, start=way.there(run.start), end=way.there(run.end)) for run in runs]
    return way.back(fold("".join(mended), moved))


class _Way:
    """Between offsets of the text and of the mended one; `places` are the errata's spans there."""

    def __init__(self, errata: Sequence[Erratum], places: Sequence[tuple[int, int]]) -> None:
        self.errata, self.places = errata, places
        self.starts = [erratum.start for erratum in errata]
        self.begins = [begin for begin, _ in places]

    def there(self, offset: int) -> int:
        """An offset of the text that lies in no erratum."""
        before = bisect_left(self.starts, offset) - 1
        return offset if before < 0 else offset - self.errata[before].end + self.places[before][1]

    def origin(self, begin: int, end: int) -> tuple[int, int]:
        """What a stretch of the mended text stands for: an erratum counts as a whole."""
        first, last = self._at(begin), self._at(end - 1) if end > begin else self._at(begin)
        start = self._start(begin, first)
        if end == begin:
            return start, start
        if last >= 0 and end - 1 < self.places[last][1]:
            return start, self.errata[last].end
        return start, end - self._shift(last)

    def _at(self, offset: int) -> int:
        return bisect_right(self.begins, offset) - 1

    def _start(self, begin: int, at: int) -> int:
        if at >= 0 and begin < self.places[at][1]:
            return self.errata[at].start
        return begin - self._shift(at)

    def _shift(self, at: int) -> int:
        return 0 if at < 0 else self.places[at][1] - self.errata[at].end

    def back(self, view: View) -> View:
        """A view of the mended text as one of the text: what stands in an erratum, or reaches into it, is one piece."""
        starts: list[int] = []
        source: list[tuple[int, int]] = []
        last_inside = -1
        for start, begin, end, inside in self._pieces(view):
            origin = self.origin(begin, end)
            if inside >= 0 and inside == last_inside:
                source[-1] = source[-1][0], max(source[-1][1], origin[1])
                continue
            last_inside = inside
            starts.append(start)
            source.append(origin)
        return View(view.text, tuple(starts), tuple(source))

    def _pieces(self, view: View) -> Iterator[tuple[int, int, int, int]]:
        """The view's pieces, cut where errata begin and end: where each starts, what it stands for in the mended text, the erratum that it is part of or -1."""
        bounds = sorted({bound for place in self.places for bound in place})
        ends = [*view.starts[1:], len(view.text)]
        for start, stop, (begin, end) in zip(view.starts, ends, view.source, strict=True):
            if stop - start != end - begin:
                yield start, begin, end, self._inside(begin, end)
                continue
            low = bisect_right(bounds, begin)
            cuts = [begin]
            while low < len(bounds) and bounds[low] < end:
                cuts.append(bounds[low])
                low += 1
            for first, last in zip(cuts, [*cuts[1:], end], strict=True):
                yield start + first - begin, first, last, self._inside(first, last)

    def _inside(self, begin: int, end: int) -> int:
        """The number of the erratum that shares a character with a stretch, -1 for none."""
        at = bisect_right(self.begins, max(begin, end - 1)) - 1
        return at if at >= 0 and begin < self.places[at][1] and end > self.places[at][0] else -1
