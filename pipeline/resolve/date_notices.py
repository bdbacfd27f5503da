"""Which parts of a document announce: what they tell of without a year lies near the day of publication, on either side.

Takes a context and the words of date_notices.csv (rules/gazetteer); gives `announced`, `future`, `bulletin`, `report` or "" for a place. Does
not know dates.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cached_property

from pipeline.model import Block, Span
from pipeline.resolve.context import Context
from pipeline.resolve.date_cue_words import CueWords

#: how long a title may be, in characters, and how long a line that heads the ones below it
_TITLE, _HEAD = 40, 30
#: marks with which bulletins begin an item
_MARKS = frozenset("■◆●◎□◇★☆▼▽")
#: so many lines that begin with a label of notices (申込み：, 定員：) make a bulletin
_LABELS = 3


@dataclass(frozen=True)
class Notices:
    """The document in which notices are looked for."""

    context: Context
    words: CueWords

    def tense(self, span: Span) -> str:
        """`announced` where the paragraph or its item is a notice (定員, 参加費); what the heading, the line above or the title says: `future` of plans
        (行事予定), `bulletin` of what mostly announces (広報), `report` of what mostly looks back (議会だより); `bulletin` of many notices; else ""."""
        text = self.context.document.text
        block = self.context.block(span)
        if block is not None and self.words.notices.search(text, block.start, block.end) is not None:
            return "announced"
        told = self._told_above(span)
        if told:
            return told
        head, labelled = self._item(span)
        if head is not None and head.start < span.start and head.end - head.start <= _HEAD:
            found = self.words.plans.search(text, head.start, head.end)
            if found is not None:
                return self.words.notice_of[found[0]]
        if labelled:
            return "announced"
        return self._of_title or ("bulletin" if len(self._labels) >= _LABELS else "")

    def _told_above(self, span: Span) -> str:
        text = self.context.document.text
        above = (
            *self.context.headings(span)[:1],
            *self.context.blocks_before(span, 1),
            *self.context.document.blocks[:1],
        )
        own = self.context.block(span)
        for one in above:
            if (
                own is not None
                and one.start != own.start
                and text[one.start] == text[own.start]
                and not text[own.start].isalnum()
            ):
                # an item of the same list heads nothing
                continue
            if one.end - one.start <= _TITLE and one.start < span.start:
                found = self.words.plans.search(text, one.start, one.end)
                if found is not None:
                    return self.words.notice_of[found[0]]
        return ""

    @cached_property
    def _of_title(self) -> str:
        for title in (self.context.statement.title, self.context.document.title):
            found = self.words.plans.search(title[:_TITLE])
            if found is not None:
                return self.words.notice_of[found[0]]
        return ""

    def _item(self, span: Span) -> tuple[Block | None, bool]:
        """The line that heads the item of a bulletin that a span stands in, and whether a line of the item begins with a label of notices."""
        number = bisect_right(self._heads, span.start)
        if number == 0:
            return None, False
        end = self._heads[number] if number < len(self._heads) else len(self.context.document.text)
        label = bisect_left(self._labels, self._heads[number - 1])
        return self._items[number - 1], label < len(self._labels) and self._labels[label] < end

    @cached_property
    def _items(self) -> list[Block]:
        text = self.context.document.text
        return [b for b in self.context.document.blocks if b.kind == "heading" or text[b.start] in _MARKS]

    @cached_property
    def _heads(self) -> list[int]:
        return [block.start for block in self._items]

    @cached_property
    def _labels(self) -> list[int]:
        """Where lines begin with a label of notices."""
        document, label = self.context.document, self.words.notice_label
        return [b.start for b in document.blocks if label.match(document.text, b.start, b.end) is not None]
