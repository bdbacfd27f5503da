"""A document as the engine reads it: the folded view, cut into one line a block.

Takes a `Document`; gives its view and lines. Does not know rules.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from pipeline.engine.reading import Reading
from pipeline.model import Block, Candidate, Document, Span
from pipeline.segment.tokens import Token, tokenize
from pipeline.text.errata import Erratum, fold_mended
from pipeline.text.fold import Run, fold
from pipeline.text.view import View

_MARK = re.compile("[。、，！？!?「」『』【】：:]")


class Line:
    """One block of the view: `view.text[start:start + len(text)] == text`.

    `shift` is what leads from offsets in the line to the document's, None where that differs from place to place.
    """

    def __init__(self, start: int, text: str, block: Block, shift: int | None = None) -> None:
        self.start, self.text, self.block, self.shift = start, text, block, shift
        #: what RE2 searches
        self.data = text.encode()
        self._clauses: dict[tuple[int, int], tuple[Token, ...]] = {}

    def byte(self, offset: int) -> int:
        """The offset in `data` of a character of `text`."""
        return len(self.text[:offset].encode())

    def tokens(self, start: int, end: int) -> tuple[Token, ...]:
        """The tokens of the clause that holds a span, with the marks on both sides of it.

        MeCab is asked clause by clause: most of a long paragraph is never looked at.
        """
        marks = self._marks
        first = marks[bisect_right(marks, start) - 1]
        last = marks[bisect_left(marks, end)]
        clause = first, min(last + 1, len(self.text))
        known = self._clauses.get(clause)
        if known is None:
            known = self._clauses[clause] = tokenize(self.text, *clause)
        return known

    @cached_property
    def _marks(self) -> list[int]:
        """Where clauses end: the line's ends and its marks."""
        return [0, *(match.start() for match in _MARK.finditer(self.text, 1)), len(self.text)]

    def located(self, start: int, end: int) -> tuple[int, int]:
        """Offsets in this line to offsets in the view."""
        return self.start + start, self.start + end

    def candidate(self, mark: str) -> Candidate:
        """The candidate that a character stands for; only a reduced line has any."""
        raise KeyError(mark)


@dataclass(frozen=True)
class Page:
    """The whole of a document, ready to be matched. Furniture is not part of it."""

    document: Document
    view: View
    lines: tuple[Line, ...]
    #: the groups and reading of matches met before, by rule, surface and match
    told: dict[tuple[str, str, bytes], tuple[dict[str, str], Reading | None]] = field(default_factory=dict)

    def span(self, start: int, end: int) -> Span:
        """View offsets to the document's."""
        return Span(*self.view.span(start, end))

    def located(self, line: Line, start: int, end: int) -> Span:
        """Offsets in a line to the document's."""
        if line.shift is None:
            return self.span(*line.located(start, end))
        return Span(line.shift + start, line.shift + end)

    def inside(self, line: Line, span: Span) -> tuple[int, int]:
        """Offsets in the document, of which the first lies in the line's block, to the line's."""
        if line.shift is None:
            return self.view.at(span.start) - line.start, self.view.until(span.end) - line.start
        return span.start - line.shift, span.end - line.shift


def open_page(document: Document, errata: Sequence[Erratum] = ()) -> Page:
    """The page of a document; where it has a slip (`errata`, each inside a block) the view holds what is meant."""
    blocks = [block for block in document.blocks if block.kind != "furniture"]
    runs = []
    previous = None
    for block in blocks:
        same_row = previous is not None and block.kind == "cell" and previous.table_id == block.table_id
        runs.append(Run(block.start, block.end, "\t" if same_row else "\n"))
        previous = block
    body = [e for e in errata if any(run.start <= e.start and e.end <= run.end for run in runs)]
    view = fold_mended(document.text, runs, body) if body else fold(document.text, runs)
    lines, at = [], 0
    for text, block in zip(_split(view.text, len(blocks)), blocks, strict=True):
        end = at + len(text)
        lines.append(Line(at, text, block, view.shift(at, end)))
        at = end + 1
    return Page(document, view, tuple(lines))


def _split(text: str, count: int) -> list[str]:
    return text.replace("\t", "\n").split("\n") if count else []
