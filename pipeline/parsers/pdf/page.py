"""One page: its glyphs and rules put together to drafts in reading order.

Takes a loaded page, gives a `PageDraft`. Does not know the other pages.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from pipeline.model import TableHint
from pipeline.parsers.pdf import damage
from pipeline.parsers.pdf.drafts import Draft, PageDraft, TextDraft, joined, pages_of
from pipeline.parsers.pdf.flow import box_of, ordered, upward
from pipeline.parsers.pdf.glyphs import INVISIBLE, MAX_GLYPHS, UPWARD, WHITE, Glyph, read_glyphs
from pipeline.parsers.pdf.hidden import seen
from pipeline.parsers.pdf.hints import tell_tables, with_hints
from pipeline.parsers.pdf.lines import goes_down_often, lines
from pipeline.parsers.pdf.ocr import CODES, recognised
from pipeline.parsers.pdf.pdfium import Frame
from pipeline.parsers.pdf.ruled import Grid, grids
from pipeline.parsers.pdf.ruling import MAX_DEPTH, read_ruling
from pipeline.parsers.pdf.second import read_again
from pipeline.parsers.pdf.spacing import Box
from pipeline.parsers.pdf.tables import bounding, is_table, table

_NOWHERE: Box = (0.0, 0.0, 0.0, 0.0)


def read_page(
    data: bytes,
    page: Any,
    text_page: Any,
    frame: Frame,
    number: int,
    hints: Sequence[TableHint] = (),
    by_ocr: bool = False,
) -> PageDraft:
    """Drafts of page `number` (from 1), or the reason why it gives none in `failure`; `by_ocr` asks for the image where the text is none."""
    draft = PageDraft(number, frame.width, frame.height)
    first = read_glyphs(text_page, frame)
    glyphs, unmapped, blanks = first.glyphs, first.unmapped, first.blanks
    if first.flags & WHITE:
        glyphs = seen(glyphs, page, frame)
    draft.upward = first.flags & UPWARD != 0
    ruling = read_ruling(page, frame)
    if ruling.cut_off:
        draft.warnings.append(("too-many-objects", "the page is a large drawing; its ruling lines are read in part"))
    if ruling.too_deep:
        draft.warnings.append(("too-deep", f"what lies in more than {MAX_DEPTH} forms within each other is not read"))
    if len(glyphs) >= MAX_GLYPHS:
        draft.warnings.append(("too-many-characters", f"only the first {MAX_GLYPHS} characters are read"))
    scanned = sum(1 for glyph in glyphs if glyph.flags & INVISIBLE) * 2 > len(glyphs)
    text = "".join(glyph.char for glyph in glyphs)
    if (
        damage.bad_share(text, unmapped) > 0.1
        or len(glyphs) * 4 < ruling.texts - 16
        or (ruling.texts and not glyphs and not blanks)
    ):
        again, others = read_again(data, number - 1)
        blanks += others
        other = "".join(glyph.char for glyph in again)
        if _good(other, 0) > _good(text, unmapped):
            glyphs, text, unmapped = again, other, 0
    if glyphs:
        found = damage.verdict(text, unmapped)
        if found is None and scanned:
            found = damage.ocr_verdict(text)
    else:
        unnamed = ruling.texts > 0 and not blanks
        found = *damage.why_empty(ruling.image_share, ruling.paths, unnamed), True
    if by_ocr and found is not None and found[0] in CODES:
        image = recognised(page, frame)
        verdict = image.verdict()
        if image.glyphs and (found[2] or verdict is None or not verdict[2]):
            glyphs, found, draft.by_ocr = image.glyphs, verdict, True
    if found is not None:
        code, words, left_out = found
        if left_out:
            draft.failure = (code, words)
            return draft
        draft.warnings.append((code, words))
    draft.vertical = goes_down_often(glyphs)
    found_grids = grids(ruling.horizontal, ruling.vertical, ruling.frames)
    if hints:
        found_grids = with_hints(found_grids, hints, glyphs, ruling)
    draft.drafts = _drafts(_regions(glyphs, found_grids, frame), draft)
    tell_tables(draft.drafts, hints)
    return draft


def _good(text: str, unmapped: int) -> float:
    return len(text) * (1.0 - damage.bad_share(text, unmapped))


@dataclass(slots=True)
class _Region:
    """The page, or the inside of a grid: its own glyphs by cell (the page has one, -1), and the regions in it."""

    grid: Grid | None
    box: Box
    inside: dict[int, list[Glyph]] = field(default_factory=lambda: defaultdict(list))
    within: list[tuple[int, _Region]] = field(default_factory=list)


def _regions(glyphs: Sequence[Glyph], found: Sequence[Grid], frame: Frame) -> _Region:
    """Each glyph in the smallest grid around it, each grid in the smallest one around that."""
    root = _Region(None, (0.0, 0.0, frame.width, frame.height))
    smallest_first = [_Region(grid, grid.box) for grid in reversed(found)]
    for index, region in enumerate(smallest_first):
        x, y = (region.box[0] + region.box[2]) / 2, (region.box[1] + region.box[3]) / 2
        for outer in smallest_first[index + 1 :]:
            cell = outer.grid.at(x, y) if outer.grid and _encloses(outer.box, region.box) else -1
            if cell >= 0:
                outer.within.append((cell, region))
                break
        else:
            root.within.append((-1, region))
    if not smallest_first:
        root.inside[-1].extend(glyphs)
        return root
    here: list[Glyph] = []
    x0 = top = x1 = bottom = 0.0
    for glyph in glyphs:
        x, y = (glyph.x0 + glyph.x1) / 2, (glyph.top + glyph.bottom) / 2
        if not (x0 <= x < x1 and top <= y < bottom):
            here, (x0, top, x1, bottom) = _place(x, y, root, smallest_first)
        here.append(glyph)
    return root


def _place(x: float, y: float, root: _Region, smallest_first: Sequence[_Region]) -> tuple[list[Glyph], Box]:
    """Where a glyph at a point goes, and the box in which the following ones go there too (none where grids overlap)."""
    for index, region in enumerate(smallest_first):
        if region.grid and _holds(region.box, x, y):
            cell = region.grid.at(x, y)
            box = region.grid.cells[cell].box
            alone = not any(_overlap(box, smaller.box) for smaller in smallest_first[:index])
            return region.inside[cell], box if alone else _NOWHERE
    return root.inside[-1], _NOWHERE


def _holds(box: Box, x: float, y: float) -> bool:
    return box[0] <= x < box[2] and box[1] <= y < box[3]


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _encloses(outer: Box, inner: Box) -> bool:
    return (
        outer[0] <= inner[0] + 1 and outer[1] <= inner[1] + 1 and outer[2] >= inner[2] - 1 and outer[3] >= inner[3] - 1
    )


def _drafts(region: _Region, page: PageDraft) -> list[Draft]:
    """Drafts of a region in reading order."""
    if region.grid is not None and is_table(region.grid, region.inside):
        made = table(region.grid, region.inside, page.number, page.vertical)
        nested = [draft for _, inner in region.within for draft in _drafts(inner, page)]
        return [*([made] if made else []), *nested]
    rooms = [cell.room for cell in region.grid.cells] if region.grid else [0]
    glyphs: dict[int, list[Glyph]] = defaultdict(list)
    within: dict[int, list[_Region]] = defaultdict(list)
    for cell, own in region.inside.items():
        glyphs[rooms[cell]].extend(own)
    for cell, inner in region.within:
        within[rooms[cell]].append(inner)
    filled = sorted(set(glyphs) | set(within))
    if len(filled) <= 1:
        return [draft for room in filled for draft in _laid_out(glyphs[room], within[room], page)]
    solids: list[tuple[Box, list[Draft]]] = []
    for room in filled:
        if drafts := _laid_out(glyphs[room], within[room], page):
            boxes = [cell.box for cell in region.grid.cells if cell.room == room] if region.grid else []
            solids.append((bounding(boxes), drafts))
    return ordered([], solids, page)


def _laid_out(glyphs: Sequence[Glyph], within: Sequence[_Region], page: PageDraft) -> list[Draft]:
    rising = [glyph for glyph in glyphs if glyph.flags & UPWARD] if page.upward else []
    if rising:
        glyphs = [glyph for glyph in glyphs if not glyph.flags & UPWARD]
    found, ruby = lines(glyphs, page.vertical)
    for line in ruby:
        text, boxes = joined([line.text()])
        page.ruby.append(TextDraft(text, boxes, pages_of(text, page.number), box_of(line), line.em, kind="furniture"))
    solids = [(inner.box, drafts) for inner in within if (drafts := _drafts(inner, page))]
    if rising:
        solids += upward(rising, page)
    return ordered(found, solids, page)
