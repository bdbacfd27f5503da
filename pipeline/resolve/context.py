"""What stands around a span in its document: sentence, block, cell, headings.

Takes a document, the source's own statements and the candidates; answers questions about places. Does not know how a rule matched.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from pipeline.engine.gazetteer import Gazetteer
from pipeline.model import Block, Candidate, Cell, Document, Span, Table
from pipeline.segment.sentences import sentences
from pipeline.text.title_years import titled_period


@dataclass(frozen=True, slots=True)
class Statement:
    """What a source says of itself, by sidecar or by its own text: `published` and `covers` are EDTF, "" where unknown; `title` is the sidecar's; `budget_year` the
    one fiscal year of the budget or accounts that the title names, "" where it names none.

    `publisher_code` is the six-digit code of a publisher that is a local government.
    """

    publisher: str = ""
    publisher_code: str = ""
    published: str = ""
    covers: str = ""
    title: str = ""
    budget_year: str = ""

    @property
    def titled(self) -> str:
        """The one year or fiscal year that the sidecar's title names, as EDTF, "" where it names none."""
        return titled_period(self.title) if self.title else ""

    @property
    def about(self) -> str:
        """The period that numbers are about where nothing else tells it, "" where the source does not say."""
        return self.covers or self.budget_year


@dataclass(frozen=True)
class Context:
    """One document with its candidates (sorted by span, all kinds)."""

    document: Document
    statement: Statement
    candidates: tuple[Candidate, ...]
    gazetteers: dict[str, Gazetteer]

    def of_kind(self, kind: str) -> tuple[Candidate, ...]:
        return self._by_kind.get(kind, ())

    def inside(self, kind: str, span: Span) -> tuple[Candidate, ...]:
        """Candidates of a kind that lie wholly in a span, in order."""
        found = self._by_kind.get(kind)
        if found is None:
            return ()
        start, end = span
        at = last = bisect_left(self._starts[kind], start)
        while last < len(found) and found[last].span.end <= end:
            last += 1
        return found[at:last]

    def block(self, span: Span) -> Block | None:
        """The block that a span begins in."""
        at = self._at(span.start)
        return self.document.blocks[at] if at >= 0 else None

    def sentence(self, span: Span) -> Span:
        """The sentence (in a cell or list item: the part of it) that a span begins in."""
        start = span.start
        known = self._known_sentences.get(start)
        if known is None:
            block = self.block(span)
            if block is None:
                return span
            known = self._known_sentences[start] = self._sentence_of(block, start)
        return known

    def cell(self, span: Span) -> tuple[Table, Cell] | None:
        """The table cell that holds a span, the smallest one where cells hold cells."""
        at = bisect_right(self._cell_starts, span.start) - 1
        while at >= 0 and self._cell_reach[at] >= span.end:
            table, cell = self._cells[at]
            if cell.end >= span.end:
                return table, cell
            at -= 1
        return None

    def headings(self, span: Span) -> tuple[Block, ...]:
        """The headings above a span, nearest first."""
        at = self._at(span.start)
        return self._heading_paths[at] if at >= 0 else ()

    def blocks_before(self, span: Span, most: int) -> tuple[Block, ...]:
        """Up to `most` body blocks before the one that a span stands in, nearest first."""
        at = self._at(span.start)
        return self.document.blocks[max(0, at - most) : at][::-1] if at > 0 else ()

    def blocks_behind(self, span: Span, most: int) -> list[Block]:
        """Up to `most` blocks of the body behind the one that a span stands in, in order; page numbers and running heads are none."""
        at = self._at(span.start)
        if at < 0:
            return []
        behind = self.document.blocks[at + 1 : at + 1 + 2 * most]
        return [other for other in behind if other.kind != "furniture"][:most]

    def between(self, left: Span, right: Span) -> str:
        """The text between two spans, without white space."""
        return "".join(self.document.text[left.end : right.start].split())

    def _at(self, start: int) -> int:
        """The place in the document's blocks of the one that holds an offset, -1 where none does: the same offset is asked about again and again."""
        at = self._known_places.get(start)
        if at is None:
            at = bisect_right(self._block_starts, start) - 1
            if at >= 0 and start >= self.document.blocks[at].end:
                at = -1
            self._known_places[start] = at
        return at

    def _sentence_of(self, block: Block, start: int) -> Span:
        """The sentence of a block that holds an offset, the whole block where it stands between sentences."""
        found = self._sentence_cache.get(block.block_id)
        if found is None:
            found = self._sentence_cache[block.block_id] = sentences(self.document.text, block.span)
        for sentence in found:
            if start < sentence.end:
                return sentence if sentence.start <= start else block.span
        return block.span

    @cached_property
    def _heading_paths(self) -> list[tuple[Block, ...]]:
        """For every block, the headings above it: each of a higher level than the one nearer to the block."""
        paths: list[tuple[Block, ...]] = []
        open_headings: tuple[Block, ...] = ()
        for block in self.document.blocks:
            if block.kind != "heading":
                paths.append(open_headings)
                continue
            above = tuple(heading for heading in open_headings if heading.level < block.level)
            paths.append(above)
            open_headings = (block, *above)
        return paths

    @cached_property
    def _sentence_cache(self) -> dict[int, list[Span]]:
        return {}

    @cached_property
    def _known_places(self) -> dict[int, int]:
        """What `_at` has answered."""
        return {}

    @cached_property
    def _known_sentences(self) -> dict[int, Span]:
        return {}

    @cached_property
    def known_notes(self) -> dict[str, tuple[Span, ...]]:
        """Where notes of units stand for a table, by its id; each of its numbers asks."""
        return {}

    @cached_property
    def known_begun(self) -> dict[str, Table]:
        """The table whose headers one without any goes on from, by its id."""
        return {}

    @cached_property
    def _by_kind(self) -> dict[str, tuple[Candidate, ...]]:
        kinds: dict[str, list[Candidate]] = {}
        for candidate in self.candidates:
            kinds.setdefault(candidate.kind, []).append(candidate)
        return {kind: tuple(found) for kind, found in kinds.items()}

    @cached_property
    def _starts(self) -> dict[str, list[int]]:
        return {kind: [candidate.span.start for candidate in found] for kind, found in self._by_kind.items()}

    @cached_property
    def _block_starts(self) -> list[int]:
        return [block.start for block in self.document.blocks]

    @cached_property
    def _cells(self) -> list[tuple[Table, Cell]]:
        cells = [(t, c) for t in self.document.tables for c in t.cells if c.end > c.start]
        return sorted(cells, key=lambda pair: (pair[1].start, -pair[1].end))

    @cached_property
    def _cell_starts(self) -> list[int]:
        return [cell.start for _, cell in self._cells]

    @cached_property
    def _cell_reach(self) -> list[int]:
        """For every cell, how far it or one before it reaches: where none reaches a span, the search ends."""
        return list(accumulate((cell.end for _, cell in self._cells), max))
