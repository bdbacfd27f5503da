"""The key that a line or a list begins with, for its numbers: 対象：小学生15人, 支給額： over lines such as ・第1子…3万円.

Takes a context and a number; gives a `Label`. Does not read the number's own clause.
"""

from __future__ import annotations

from pipeline.model import Block, Candidate, Span
from pipeline.resolve.amount_titles import Label
from pipeline.resolve.context import Context
from pipeline.resolve.label_words import LabelWords
from pipeline.text.patterns import late

#: how many lines above an item the key of its list may stand
_LINES = 12
_KEY = late(r"(?:^|[\s\u3000。）)])[・○●◎■◆◇□※☆★①-⑳]*(?P<key>[一-龥々ァ-ヺーぁ-ん]{2,10})[：:]")
_ITEM = late(r"[\s\u3000]*[・※*＊①-⑳○●◎◇◆]|[\s\u3000]*[(（]?[0-9０-９ア-ン]{1,2}[)）.．]")


def keyed(context: Context, words: LabelWords, number: Candidate, kind: str) -> Label | None:
    """The last key before a number in its line, else the key of the line above of which the number's line is an item: one alone on its line,
    or one that measures such numbers (補助額：20万円, and below it ※加算で最大40万円)."""
    block = context.block(number.span)
    if block is None or block.kind == "cell":
        return None
    text = context.document.text
    start = text.rfind("\n", block.start, number.span.start) + 1 or block.start
    inside = _last(context, words, Span(start, number.span.start))
    if inside is not None:
        return inside
    if not _ITEM.match(text, start):
        return None
    return _above(context, words, block, start, kind)


def _above(context: Context, words: LabelWords, block: Block, start: int, kind: str) -> Label | None:
    """The key of the lines above, of which all between are items too."""
    text = context.document.text
    lines = [Span(block.start, start)] if start > block.start else []
    for line in (*lines, *(b.span for b in context.blocks_before(block.span, _LINES) if not b.table_id)):
        for piece in reversed(text[line.start : line.end].rstrip().split("\n")):
            at = text.find(piece, line.start)
            key = _KEY.match(piece)
            if key is not None and not _ITEM.match(piece):
                alone = not piece[key.end() :].strip() or kind in words.measured(key["key"])
                return _last(context, words, Span(at, at + key.end())) if alone else None
            if not _ITEM.match(piece):
                return None
    return None


def _last(context: Context, words: LabelWords, span: Span) -> Label | None:
    """The last key of a text, None where it heads no numbers (問合せ：, 日時：)."""
    line = span.cut(context.document.text)
    keys = list(_KEY.finditer(line)) if "：" in line or ":" in line else []
    if not keys or words.has(keys[-1]["key"], "no_key"):
        return None
    start = span.start + keys[-1].start("key")
    return Label(keys[-1]["key"], Span(start, start + len(keys[-1]["key"])), "keyed")
