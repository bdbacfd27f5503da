"""The blocks that the text of a page makes, from what was met between two block boundaries.

Takes pieces of text, alternative texts, ruby readings and what was set high or struck out; gives `Entry`s. Does not know elements.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from pipeline.model.document import BlockKind
from pipeline.parsers.html_furniture import Furniture
from pipeline.parsers.html_text import blocks, raised, shown, squeezed
from pipeline.parsers.placed_cells import PlacedCell

_LINK = re.compile(
    r".{0,16}本文へ.{0,12}|ここ(?:から|まで).{0,4}本文.{0,8}|本文ここ(?:から|まで).{0,4}|(?:この)?ページの(?:先頭|トップ)[^。]{0,6}。?(?:.{0,16}本文へ)?|"
    r"メニューを飛ばして.{0,10}|.{0,12}スキップ(?:する|します。?)?|(?:このページを)?印刷(?:する|用ページ.{0,6})?|大きな文字で印刷|検索|閉じる|(?:文字|表の)サイズ.{0,8}|背景色.{0,6}"
)
_LONGEST_LINK = 40
#: share of a block's characters that makes it a link
_LINKED = 0.9


class Entry(NamedTuple):
    """A block, or a table (`cells` not empty); `text` has no white space at its ends, a line feed where a `br` is soft.

    `times` are what `time` elements say: start and end in the text (of the n-th cell, in a table) and their `datetime`.
    """

    kind: BlockKind
    text: str
    level: int = 0
    element: str = ""
    furniture: Furniture = ""
    cells: tuple[PlacedCell, ...] = ()
    #: the alternative text of an image, kept only if no neighbour says it
    alternative: bool = False
    #: shown struck out, so void
    struck: bool = False
    #: nothing but a link to another page
    linked: bool = False
    times: tuple[tuple[int, int, int, str], ...] = ()


@dataclass(slots=True)
class Gathered:
    """What was met since the last block was written. `opened` are the pieces' number where a raised or time element begins,
    `links` how many characters stand in links to other pages and in links within this one."""

    pieces: list[str] = field(default_factory=list)
    alternatives: list[str] = field(default_factory=list)
    aside: list[str] = field(default_factory=list)
    struck: list[str] = field(default_factory=list)
    times: list[tuple[str, str]] = field(default_factory=list)
    opened: list[int] = field(default_factory=list)
    links: list[int] = field(default_factory=lambda: [0, 0])

    def close_time(self, value: str) -> None:
        """The end of a time element with this `datetime`."""
        if (inner := self._inner()[1]) and value:
            self.times.append((inner, value))

    def close_raised(self) -> None:
        """The end of text set high: an exponent is written so, a footnote's mark set aside."""
        start, inner = self._inner()
        if not inner:
            return
        text, mark = raised(inner, "".join(self.pieces[max(0, start - 3) : start]).rstrip())
        self.pieces[start:] = [text]
        if mark:
            self.aside.append(mark)

    def close_link(self, within: bool) -> None:
        """The end of a link."""
        self.links[within] += sum(map(str.isalnum, self._inner()[1]))

    def _inner(self) -> tuple[int, str]:
        start = self.opened.pop()
        return start, "".join(self.pieces[start:])

    def written(self, kind: BlockKind, level: int, furniture: Furniture, path: Callable[[], str]) -> list[Entry]:
        """The blocks of what was gathered, which is emptied; `path` is asked for only if there are any."""
        raw = "".join(self.pieces)
        self.pieces.clear()
        # what is still open begins again behind the boundary
        if self.opened:
            self.opened[:] = [0] * len(self.opened)
        more = self.alternatives or self.aside or self.struck
        if not more and (not raw or raw.isspace()):
            return []
        texts = shown(raw)
        if kind == "heading" and self.alternatives and not texts:
            texts = [self.alternatives.pop(0)]
        entries: list[Entry] = []
        if texts:
            linked, within = self._links(texts)
            if within and kind != "heading":
                furniture = furniture or "element"
            element = path()
            for block_kind, text in blocks(texts, kind):
                is_link = len(text) <= _LONGEST_LINK and kind != "heading" and _LINK.fullmatch(text)
                where = "element" if is_link and not furniture else furniture
                entries.append(Entry(block_kind, text, level, element, where, linked=linked))
            if self.times:
                times = [(squeezed(inner), value) for inner, value in self.times]
                entries = [entry._replace(times=tuple(_located(entry.text, times))) for entry in entries]
                self.times.clear()
        if more:
            entries += self._more(furniture, path())
        return entries

    def _links(self, texts: list[str]) -> tuple[bool, bool]:
        """Whether a text is nothing but links to other pages, or but links within this one."""
        outside, within = self.links
        if not outside and not within:
            return False, False
        self.links[:] = [0, 0]
        length = _LINKED * sum(sum(map(str.isalnum, text)) for text in texts)
        return outside >= length > 0, within >= length > 0

    def _more(self, furniture: Furniture, path: str) -> list[Entry]:
        entries = [
            Entry("caption", text, 0, path, furniture, alternative=True)
            for text in self.alternatives
            if not _LINK.fullmatch(text)
        ]
        if aside := " ".join(text for text in self.aside if text):
            entries.append(Entry("furniture", aside, 0, path, "element"))
        if struck := " ".join(text for text in shown("".join(self.struck)) if text):
            entries.append(Entry("furniture", struck, 0, path, "element", struck=True))
        for gone in (self.alternatives, self.aside, self.struck):
            gone.clear()
        return entries


def _located(text: str, times: list[tuple[str, str]]) -> Iterator[tuple[int, int, int, str]]:
    """Where the texts of time elements stand in a block, in their order; those found are taken off the list."""
    offset = 0
    while times:
        inner, value = times[0]
        at = text.find(inner, offset) if inner else -1
        if at < 0:
            return
        offset = at + len(inner)
        yield 0, at, offset, value
        times.pop(0)
