"""The way from a folded string back to the text that it came from, and forth.

Takes the folded string and what each piece of it stands for; gives offsets in either. Does not know how text is folded.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True)
class View:
    """`text` is the folded string. Piece k begins at `starts[k]` of it and stands for `source[k]`, a (start, end) of the
    original; a piece as long as its source maps character by character, any other maps as a whole."""

    text: str
    starts: tuple[int, ...]
    source: tuple[tuple[int, int], ...]

    def shift(self, start: int, end: int) -> int | None:
        """Where `start` stands in the original, if all up to `end` maps character by character; else None.

        >>> from pipeline.text.fold import fold
        >>> view = fold("㍻３０年")
        >>> view.shift(2, 5), view.shift(0, 5)
        (1, None)
        """
        piece = bisect_right(self.starts, start) - 1
        if piece < 0 or not self._linear[piece] or (piece + 1 < len(self.starts) and end > self.starts[piece + 1]):
            return None
        return self.source[piece][0] - self.starts[piece] + start

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Offsets in the original of view characters start to end (exclusive, start < end).

        >>> from pipeline.text.fold import fold
        >>> fold("㍻３０年").span(2, 5)
        (1, 4)
        >>> fold("㍻３０年").span(0, 1)
        (0, 1)
        """
        first = self.shift(start, end)
        if first is not None:
            return first, first + end - start
        return self._origin(start)[0], self._origin(end - 1)[1]

    def at(self, offset: int) -> int:
        """The view index of the character that an offset of the original came to (or of the next one that is there)."""
        piece = bisect_right(self._ends, offset)
        if piece == len(self.source):
            return len(self.text)
        begin = self.source[piece][0]
        return self.starts[piece] + (offset - begin if self._linear[piece] and offset > begin else 0)

    def until(self, offset: int) -> int:
        """The view index behind what the characters before an offset of the original came to.

        >>> from pipeline.text.fold import fold
        >>> view = fold("青葉㈱と\\n町")
        >>> [view.until(offset) for offset in (2, 3, 4, 5, 6)]
        [2, 5, 6, 6, 7]
        """
        piece = bisect_left(self._begins, offset) - 1
        if piece < 0:
            return 0
        if not self._linear[piece]:
            return self.starts[piece + 1] if piece + 1 < len(self.starts) else len(self.text)
        begin, end = self.source[piece]
        return self.starts[piece] + min(offset, end) - begin

    def _origin(self, index: int) -> tuple[int, int]:
        piece = bisect_right(self.starts, index) - 1
        begin, end = self.source[piece]
        if self._linear[piece]:
            begin += index - self.starts[piece]
            return begin, begin + 1
        return begin, end

    @cached_property
    def _ends(self) -> list[int]:
        return [end for _, end in self.source]

    @cached_property
    def _begins(self) -> list[int]:
        return [begin for begin, _ in self.source]

    @cached_property
    def _linear(self) -> list[bool]:
        """Whether a piece is as long as its source, and so maps character by character."""
        bounds = [*self.starts, len(self.text)]
        return [bounds[k + 1] - bounds[k] == end - begin for k, (begin, end) in enumerate(self.source)]
