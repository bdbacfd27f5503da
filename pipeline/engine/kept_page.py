"""A page as it is kept: the folded text, and the numbers that lead from it to the document.

Takes a `Page`; gives its text and a few arrays of numbers, and the page again, with the document or, for finding alone, without it. Does not know files.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from typing import NamedTuple, get_args

from pipeline.engine.page import Line, Page
from pipeline.model import Block, Document
from pipeline.model.document import BlockKind
from pipeline.text.view import View

_KINDS: tuple[BlockKind, ...] = get_args(BlockKind)


class KeptPage(NamedTuple):
    """`starts`, `begins` and `ends` are the view's pieces. A line each: `kinds` of its block (a byte, its number among `BlockKind`), where
    the block begins and ends in the document, and `shifts`, -1 for none."""

    starts: array[int]
    begins: array[int]
    ends: array[int]
    kinds: bytes
    block_starts: array[int]
    block_ends: array[int]
    shifts: array[int]


def kept(page: Page) -> KeptPage:
    """The page's numbers; its text is `page.view.text`."""
    view, blocks = page.view, [line.block for line in page.lines]
    return KeptPage(
        array("I", view.starts),
        array("I", [begin for begin, _ in view.source]),
        array("I", [end for _, end in view.source]),
        bytes(_KINDS.index(block.kind) for block in blocks),
        array("I", [block.start for block in blocks]),
        array("I", [block.end for block in blocks]),
        array("i", [-1 if line.shift is None else line.shift for line in page.lines]),
    )


def reopened(text: str, kept: KeptPage, document: Document | None = None) -> Page:
    """The page that was kept. Without the document its blocks have a kind, a start and an end only: enough to find by."""
    source = tuple(zip(kept.begins, kept.ends, strict=True))
    view = View(text, tuple(kept.starts), source)
    blocks: Iterable[Block]
    if document is None:
        numbers = enumerate(zip(kept.kinds, kept.block_starts, kept.block_ends, strict=True))
        blocks = (Block(number, _KINDS[kind], start, end) for number, (kind, start, end) in numbers)
    else:
        blocks = (block for block in document.blocks if block.kind != "furniture")
    lines, at = [], 0
    texts = text.replace("\t", "\n").split("\n") if kept.kinds else []
    for line, block, shift in zip(texts, blocks, kept.shifts, strict=True):
        lines.append(Line(at, line, block, None if shift < 0 else shift))
        at += len(line) + 1
    return Page(document or Document(text), view, tuple(lines))
