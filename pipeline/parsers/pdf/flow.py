"""A region's lines and the tables and frames among them, put together to drafts in reading order.

Takes lines and boxes with drafts, gives drafts. Does not know glyphs, nor how a region is found.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import replace

from pipeline.parsers.pdf.blocks import is_opener, paragraphs
from pipeline.parsers.pdf.drafts import Draft, PageDraft, TableDraft, TextDraft
from pipeline.parsers.pdf.glyphs import Glyph
from pipeline.parsers.pdf.layout import Item, Leaf, item, reading_order
from pipeline.parsers.pdf.line import Line
from pipeline.parsers.pdf.lines import lines
from pipeline.parsers.pdf.spacing import Box
from pipeline.parsers.pdf.tables import bounding
from pipeline.parsers.pdf.unruled import with_tables

#: share of the page's width in which a side strip stands
_SIDE = 0.1


def ordered(found: Sequence[Line], solids: Sequence[tuple[Box, list[Draft]]], page: PageDraft) -> list[Draft]:
    """Drafts of the lines and of the solids (tables, frames: a box and the drafts in it), in the order they are read."""
    down = sum(len(line.glyphs) for line in found if line.vertical)
    vertical = down * 2 > sum(len(line.glyphs) for line in found) and down > 0
    found = [replace(line, vertical=vertical) if _goes_either_way(line) else line for line in found]
    found, margin = _margin(found, page)
    if margin:
        return ordered(found, solids, page) + ordered(margin, [], page)
    if vertical and (parts := _above_and_below(found, solids)):
        return [draft for lines_, solids_ in parts for draft in ordered(lines_, solids_, page)]
    items: list[Item] = [item(box, 10.0, drafts, vertical, solid=True) for box, drafts in solids]
    items += [item(box_of(line), line.em, line, vertical) for line in found if line.vertical == vertical]
    for cluster in _clusters([line for line in found if line.vertical != vertical]):
        box = bounding([box_of(line) for line in cluster])
        items.append(item(box, cluster[0].em, ordered(cluster, [], page), vertical, solid=True))
    result: list[Draft] = []
    for leaf in reading_order(items):
        rows: list[list[Item]] = []
        for row in leaf:
            if row[0].solid:
                result.extend(_written(rows, page))
                rows = []
                for solid in row:
                    result.extend(solid.content)
            else:
                rows.append(row)
        result.extend(_written(rows, page))
    return result


def upward(glyphs: Sequence[Glyph], page: PageDraft) -> list[tuple[Box, list[Draft]]]:
    """What is written from the foot of the page to its head: read with the page turned upside down, cluster by cluster."""
    half_turn = [glyph._replace(x0=-glyph.x1, top=-glyph.bottom, x1=-glyph.x0, bottom=-glyph.top) for glyph in glyphs]
    result: list[tuple[Box, list[Draft]]] = []
    for cluster in _clusters(lines(half_turn)[0]):
        drafts = ordered(cluster, [], page)
        for draft in drafts:
            draft.box = _half_turn(draft.box)
            for part in (draft,) if isinstance(draft, TextDraft) else draft.cells:
                part.boxes = _turned_boxes(part.boxes)
            if isinstance(draft, TableDraft):
                draft.edges = ()
                for cell in draft.cells:
                    cell.box = _half_turn(cell.box)
        result.append((_half_turn(bounding([box_of(line) for line in cluster])), drafts))
    return result


def _turned_boxes(boxes: array[float]) -> array[float]:
    """Of each character its box turned; a line end has none."""
    each = zip(*[iter(boxes)] * 4, strict=True)
    return array("f", [edge for box in each for edge in (_half_turn(box) if any(box) else box)])


def _half_turn(box: Box) -> Box:
    x0, top, x1, bottom = box
    return -x1, -bottom, -x0, -top


def _goes_either_way(line: Line) -> bool:
    """A single wide glyph is a line or a column, as those around it are."""
    return len(line.glyphs) == 1 and not line.glyphs[0].char.isascii()


_Part = tuple[list[Line], list[tuple[Box, list[Draft]]]]


def _above_and_below(found: Sequence[Line], solids: Sequence[tuple[Box, list[Draft]]]) -> list[_Part]:
    """A page in vertical writing cut into what stands above all columns, the columns, and what stands below them.

    [] where nothing stands above or below.
    """
    columns = [line for line in found if line.vertical and not _goes_either_way(line)]
    if not columns:
        return []
    ceiling, floor = min(line.top for line in columns), max(line.bottom for line in columns)
    parts: list[_Part] = [([], []), ([], []), ([], [])]

    def place(top: float, bottom: float) -> int:
        return 0 if bottom <= ceiling else 2 if top >= floor else 1

    for line in found:
        parts[place(line.top, line.bottom)][0].append(line)
    for box, drafts in solids:
        parts[place(box[1], box[3])][1].append((box, drafts))
    return parts if parts[0] != ([], []) or parts[2] != ([], []) else []


def _margin(found: Sequence[Line], page: PageDraft) -> tuple[Sequence[Line], list[Line]]:
    """Lines of the body, and the few that stand in a strip at the side of the page (thumb index, running side heads)."""
    width = page.width * _SIDE
    total = sum(len(line.glyphs) for line in found)
    for outer in (
        [line for line in found if line.x1 < width],
        [line for line in found if line.x0 > page.width - width],
    ):
        if not outer or sum(len(line.glyphs) for line in outer) > 0.08 * total:
            continue
        body = [line for line in found if line not in outer]
        edge = (max if outer[0].x1 < width else min)((line.x1 if outer[0].x1 < width else line.x0) for line in outer)
        gap = min((line.x0 - edge if outer[0].x1 < width else edge - line.x1) for line in body)
        if gap > outer[0].em and not any(is_opener("".join(glyph.char for glyph in line.glyphs)) for line in outer):
            return body, outer
    return found, []


def _written(rows: Leaf, page: PageDraft) -> list[Draft]:
    result: list[Draft] = []
    for part in with_tables(rows, page.number):
        if isinstance(part, TableDraft):
            result.append(part)
        else:
            result.extend(paragraphs(part, page.number))
    return result


def _clusters(found: Sequence[Line]) -> list[list[Line]]:
    """Lines that lie within 1.5 em of each other, transitively."""
    clusters: list[list[Line]] = []
    for line in found:
        reach = 1.5 * line.em
        near = [
            cluster
            for cluster in clusters
            if any(
                line.x0 - reach < other.x1
                and other.x0 < line.x1 + reach
                and line.top - reach < other.bottom
                and other.top < line.bottom + reach
                for other in cluster
            )
        ]
        merged = [line]
        for cluster in near:
            merged.extend(cluster)
            clusters.remove(cluster)
        clusters.append(merged)
    return clusters


def box_of(line: Line) -> Box:
    return (line.x0, line.top, line.x1, line.bottom)
