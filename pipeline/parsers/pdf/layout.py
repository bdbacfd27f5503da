"""Reading order: what is read before what on a page, by its white space.

Takes items with boxes (lines, tables, frames), gives leaves: columns of rows of items. Does not know what is written.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

#: in em: a gutter between columns, and how wide lines of prose are at least
GUTTER, PROSE = 0.9, 9.0
#: two such lines on either side are columns already
LONG_PROSE = 15.0
_EVERYWHERE = 1e9


@dataclass(frozen=True, slots=True)
class Item:
    """A thing to be read: `u` runs along a line, `w` from line to line (vertical writing: u down, w to the left, negative).

    `solid` is a table or a frame, which is read as a whole.
    """

    u0: float
    u1: float
    w0: float
    w1: float
    em: float
    content: Any
    solid: bool = False


Row = list[Item]
Leaf = list[Row]


def item(box: tuple[float, float, float, float], em: float, content: Any, vertical: bool, solid: bool = False) -> Item:
    x0, top, x1, bottom = box
    if vertical:
        return Item(top, bottom, -x1, -x0, em, content, solid)
    return Item(x0, x1, top, bottom, em, content, solid)


def reading_order(items: Sequence[Item]) -> list[Leaf]:
    """Leaves in reading order, each a column of rows.

    Rows that share a gutter over at least three lines of prose on either side are columns, read one after the other;
    short entries beside each other are read row by row.
    """
    leaves: list[Leaf] = []
    current: Leaf = []
    strips = _strips(items)
    index = 0
    while index < len(strips):
        end, gutter = _columns_from(strips, index)
        group = [item for strip in strips[index:end] for item in strip]
        if gutter is not None:
            if current:
                leaves.append(current)
                current = []
            if end < len(strips) and (moved := _going_on(group, strips[end], gutter)):
                group = [item for item in group if item not in moved]
                strips[end : end + 1] = _strips([*moved, *strips[end]])
            middle = (gutter[0] + gutter[1]) / 2
            for side in ([i for i in group if i.u1 <= middle + 0.1], [i for i in group if i.u1 > middle + 0.1]):
                leaves.extend(reading_order(side))
        else:
            current.extend(_rows(group))
        index = end
    if current:
        leaves.append(current)
    return leaves


def _strips(items: Sequence[Item]) -> list[list[Item]]:
    """Items that overlap across the lines, transitively; an overlap of a quarter em is none."""
    strips: list[list[Item]] = []
    reach = -_EVERYWHERE
    for entry in sorted(items, key=lambda i: (i.w0, i.u0)):
        if strips and entry.w0 < reach - 0.25 * min(entry.em, strips[-1][-1].em):
            strips[-1].append(entry)
            reach = max(reach, entry.w1)
        else:
            strips.append([entry])
            reach = entry.w1
    return strips


def _columns_from(strips: list[list[Item]], start: int) -> tuple[int, tuple[float, float] | None]:
    """How far columns that begin with strip `start` go and the gutter that parts them; (start + 1, None) where there are none."""
    gaps = _gaps(strips[start])
    first = start
    if len(gaps) == 2 and not _right_column_may_follow(strips, start):
        return start + 1, None
    end, members = start + 1, list(strips[start])
    em = members[0].em
    while end < len(strips):
        # a gutter is as wide as the text beside it asks for, not as a heading above it does
        em = min(em, strips[end][0].em)
        common = _common(gaps, _gaps(strips[end]), em * GUTTER)
        grown = members + strips[end]
        inner = [gap for gap in common if _is_inner(gap, grown)]
        if not inner or _breaks_off(members, strips[end], inner):
            break
        gaps, members, end = common, grown, end + 1
    inner = [gap for gap in gaps if _is_inner(gap, members) and gap[1] - gap[0] >= em * GUTTER]
    for gap in sorted(inner, key=lambda gap: gap[0] - gap[1]):
        if _are_columns(members, gap):
            return end, gap
    return first + 1, None


def _going_on(group: Sequence[Item], below: Sequence[Item], gap: tuple[float, float]) -> list[Item]:
    """The last lines on one side of a gutter that begin a longer text, which goes on beside what ends the gutter."""
    middle = (gap[0] + gap[1]) / 2 + 0.1
    moved: list[Item] = []
    for side in ([i for i in group if i.u1 <= middle], [i for i in group if i.u1 > middle]):
        side.sort(key=lambda i: i.w0)
        following = [other for other in below if _goes_on(side[-1], other)]
        if not following:
            continue
        first = len(side) - 1
        while first and _goes_on(side[first - 1], side[first]):
            first -= 1
        rest = [other for other in below if not other.solid and abs(other.u0 - following[0].u0) < 1.2 * other.em]
        if first and len(rest) > len(side) - first:
            moved += side[first:]
    return moved


def _goes_on(line: Item, other: Item) -> bool:
    """Whether a line is followed by one of its column."""
    em = line.em
    return (
        not (line.solid or other.solid)
        and abs(other.em - em) < 0.1 * em
        and line.u0 - 1.2 * em < other.u0 < line.u0 + 0.5 * em
        and other.u1 < line.u1 + 0.7 * em
        and 0 <= other.w0 - line.w0 < 2.6 * em
    )


def _right_column_may_follow(strips: list[list[Item]], start: int) -> bool:
    """A lone strip opens columns only when it stands beside the next one (the right column begins higher)."""
    if start + 1 >= len(strips):
        return False
    here, below = strips[start], strips[start + 1]
    left = min(i.u0 for i in below)
    em = here[0].em
    return min(i.u0 for i in here) > left + 6 * em and len(_gaps(below)) > 2 and not here[0].solid


def _gaps(strip: Sequence[Item]) -> list[tuple[float, float]]:
    """What the strip leaves white along the line, from edge to edge of the world."""
    gaps = []
    reach = -_EVERYWHERE
    for entry in sorted(strip, key=lambda i: i.u0):
        if entry.u0 > reach:
            gaps.append((reach, entry.u0))
        reach = max(reach, entry.u1)
    gaps.append((reach, _EVERYWHERE))
    return gaps


def _common(
    one: list[tuple[float, float]], other: list[tuple[float, float]], least: float
) -> list[tuple[float, float]]:
    common = []
    for a0, a1 in one:
        for b0, b1 in other:
            low, high = max(a0, b0), min(a1, b1)
            if high - low >= least:
                common.append((low, high))
    return common


def _is_inner(gap: tuple[float, float], items: Sequence[Item]) -> bool:
    return any(i.u1 <= gap[0] + 0.1 for i in items) and any(i.u0 >= gap[1] - 0.1 for i in items)


def _breaks_off(members: Sequence[Item], strip: Sequence[Item], inner: list[tuple[float, float]]) -> bool:
    """A line on one side alone goes on with the columns only when it follows closely and is no larger."""
    if any(_is_inner(gap, strip) for gap in inner):
        return False
    foot = max(i.w1 for i in members)
    em = max(i.em for i in members)
    return min(i.w0 for i in strip) - foot > 1.2 * em or max(i.em for i in strip) > 1.15 * em


def _are_columns(items: Sequence[Item], gap: tuple[float, float]) -> bool:
    middle = (gap[0] + gap[1]) / 2
    sides = [[i for i in items if i.u1 <= middle + 0.1], [i for i in items if i.u1 > middle + 0.1]]
    counts = [len(_strips(side)) for side in sides]
    if all(i.solid for i in items) and _are_cards(sides):
        return False
    if all(any(i.solid for i in side) for side in sides):
        return True
    if min(counts) < 2:
        return min(counts) == 1 and max(counts) >= 3 and any(i.solid for side in sides for i in side)
    widths = [_mean_width(side) for side in sides]
    wide = [width >= PROSE for width in widths]
    alone = len(items) == sum(counts) or any(i.solid for i in items)
    if all(wide) and (min(counts) >= 3 or (min(widths) >= LONG_PROSE and alone)):
        return True
    return any(wide) and _aligned(sides[0], sides[1]) < 0.5


def _are_cards(sides: Sequence[Sequence[Item]]) -> bool:
    """Frames that stand in rows, all of a row at one height, are read row by row."""
    heads = [sorted({round(i.w0 / 3) for i in side}) for side in sides]
    return all(any(abs(one - other) <= 1 for other in heads[1 - side]) for side in (0, 1) for one in heads[side])


def _mean_width(side: Sequence[Item]) -> float:
    strips = _strips(side)
    widths = [
        _EVERYWHERE if any(i.solid for i in strip) else sum(i.u1 - i.u0 for i in strip) / strip[0].em
        for strip in strips
    ]
    widths.sort()
    return widths[len(widths) // 2]


def _aligned(one: Sequence[Item], other: Sequence[Item]) -> float:
    """Share of the shorter side's lines that have a line of the other side on their baseline."""
    few, many = sorted((one, other), key=len)
    hits = sum(1 for i in few if any(abs(i.w1 - j.w1) < 0.3 * i.em for j in many))
    return hits / len(few)


def _rows(group: Sequence[Item]) -> Leaf:
    """Items of one strip, row by row: those whose feet agree are one row; a solid item is a row by itself, in vertical writing behind a line above it."""
    rows: Leaf = []
    lines = [i for i in group if not i.solid]

    def foot(entry: Item) -> float:
        if not entry.solid:
            return entry.w1
        if entry.w0 >= 0:
            # a box beside a heading of a horizontal page stands for itself
            return entry.w0
        return max((i.w1 for i in lines if i.w0 <= entry.w0 < i.w1 and i.u1 <= entry.u0), default=entry.w0)

    for entry in sorted(group, key=lambda i: (foot(i), i.u0)):
        last = rows[-1][-1] if rows else None
        if (
            last is not None
            and not (entry.solid or last.solid)
            and abs(entry.w1 - rows[-1][0].w1) < 0.4 * min(entry.em, rows[-1][0].em)
        ):
            rows[-1].append(entry)
        else:
            rows.append([entry])
    for row in rows:
        row.sort(key=lambda i: i.u0)
    return rows
