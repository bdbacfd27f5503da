"""Lines out of glyphs, horizontal and vertical ones.

Takes glyphs in content order, gives `Line`s: glyphs that stand next to each other on one baseline or in one column. Does not know blocks.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from operator import eq

from pipeline.parsers.pdf.attached import with_marks, without_ruby
from pipeline.parsers.pdf.glyphs import ROTATED, SPACE, WIDE_SPACE, Glyph
from pipeline.parsers.pdf.gutters import cut_at_gutters
from pipeline.parsers.pdf.line import Line, line_of

_LABEL = re.compile(
    r"^(?:[(（]?注[)）]?[0-9０-９]*|[(（][0-9０-９ア-ンa-z]{1,2}[)）]|[①-⑳・○●◎■□◆◇※*＊]|[0-9０-９]{1,2}[.．、]?)$"
)
_FIGURE_ENDS, _FIGURE_STARTS = (
    frozenset("0123456789０１２３４５６７８９%％)）"),
    frozenset("0123456789０１２３４５６７８９△▲(（"),
)
_LABEL_REACH = 2.6
#: gaps in em: how far a line goes on by itself, over a blank glyph, over a full-width one, and downwards
_REACH, _REACH_OVER_BLANK, _REACH_OVER_WIDE = 1.3, 2.0, 4.5
#: punctuation that is set solid overlaps its neighbour by half an em
_OVERLAP_DOWN = -0.55
_REACH_DOWN, _REACH_DOWN_OVER_WIDE, _REACH_TO_START_DOWN = 0.9, 2.5, 0.45


def lines(glyphs: Sequence[Glyph], vertical: bool = False) -> tuple[list[Line], list[Line]]:
    """Lines of a region in no particular order, and ruby readings found beside them.

    Stretches of one row that lie further apart than 1.3 em stay lines of their own. Glyphs drawn twice (fake bold)
    are told once. `vertical` tells that the page is written so: then glyphs that stand closely below each other are a column, whatever they are.
    """
    runs = _runs(glyphs, vertical)
    if len(runs) == 1:
        return [line_of(runs[0].glyphs, runs[0].vertical)], []
    runs = _without_doubles(runs)
    columns, rest = _columns(runs, vertical)
    rows = _rows(rest)
    found = [line_of(column, True) for column in columns] + [line_of(row, False) for row in cut_at_gutters(rows)]
    return without_ruby(with_marks(found))


def goes_down_often(glyphs: Sequence[Glyph]) -> bool:
    """Whether at least a third of the steps from glyph to glyph go down a column: a page with vertical writing."""
    bottoms = [glyph.bottom for glyph in glyphs]
    if 3 * sum(map(eq, bottoms, bottoms[1:])) > 2 * len(bottoms):
        return False
    down = right = 0
    for before, after in itertools.pairwise(glyphs):
        em = before.em
        across, along = abs(after.x0 - before.x0), after.top - before.top
        if across < 0.3 * em and 0.6 * em < along < 1.6 * em:
            down += 1
        elif abs(along) < 0.3 * em and across < 2 * em:
            right += 1
    return down * 2 > right


@dataclass(slots=True)
class _Run:
    glyphs: list[Glyph]
    vertical: bool = False


def _runs(glyphs: Sequence[Glyph], vertical: bool) -> list[_Run]:
    """Glyphs that follow each other in the content stream and on the page."""
    runs: list[_Run] = []
    run: _Run | None = None
    in_row = False
    before = glyphs[0] if glyphs else None
    heads = _heads_of_columns(glyphs) if vertical else frozenset()
    for index, glyph in enumerate(glyphs):
        if run is not None and before is not None:
            if (
                in_row
                and glyph.bottom == before.bottom
                and abs(glyph.x0 - before.x1) < 0.2 * before.em
                and not glyph.flags & ROTATED
                and before.x1 - before.x0 > 0.3 * before.em
            ):
                # the common case of what follows asks again
                run.glyphs.append(glyph)
                before = glyph
                continue
            if before.char == glyph.char and _coincide(before, glyph):
                continue
            follower = glyphs[index + 1] if index + 1 < len(glyphs) else None
            lone = len(run.glyphs) == 1 and (id(before) in heads or _heads_column(glyph, follower, vertical))
            if not lone and _goes_right(run, before, glyph):
                run.glyphs.append(glyph)
                before, in_row = glyph, not run.vertical
                continue
            if _goes_down(run, before, glyph, vertical):
                run.glyphs.append(glyph)
                run.vertical = True
                before = glyph
                continue
        run = _Run([glyph])
        before, in_row = glyph, False
        runs.append(run)
    return runs


def _coincide(one: Glyph, other: Glyph) -> bool:
    wide, high = min(one.x1 - one.x0, other.x1 - other.x0), min(one.bottom - one.top, other.bottom - other.top)
    return abs(one.x0 - other.x0) <= 0.3 * wide and abs(one.top - other.top) <= 0.3 * high


def _goes_right(run: _Run, before: Glyph, glyph: Glyph) -> bool:
    if (before.flags | glyph.flags) & ROTATED:
        return False
    em = min(before.em, glyph.em)
    gap = glyph.x0 - before.x1
    if run.vertical:
        column = run.glyphs[0]
        return (
            abs(glyph.bottom - before.bottom) < 0.3 * em
            and -0.4 * em < gap < 0.3 * em
            and glyph.char.isascii()
            and glyph.x1 <= max(column.x1, column.x0 + column.em) + 0.4 * em
        )
    if gap < -0.5 * em or gap > _reach(glyph) * em:
        return False
    if gap > 0.6 * em and _parts_figures(before, glyph):
        return False
    return abs(glyph.bottom - before.bottom) < 0.35 * em


def _is_label(row: Sequence[Glyph]) -> bool:
    """A number or note sign that opens a line: （注）１, (2), ①, ※."""
    return len(row) <= 5 and _LABEL.match("".join(glyph.char for glyph in row)) is not None


def _reach(glyph: Glyph) -> float:
    if glyph.flags & WIDE_SPACE:
        return _REACH_OVER_WIDE
    return _REACH_OVER_BLANK if glyph.flags & SPACE else _REACH


def _parts_figures(before: Glyph, glyph: Glyph) -> bool:
    """A gap between two figures parts two columns, however small."""
    return not glyph.flags & (SPACE | WIDE_SPACE) and before.char in _FIGURE_ENDS and glyph.char in _FIGURE_STARTS


def _heads_of_columns(glyphs: Sequence[Glyph]) -> frozenset[int]:
    """Ids of wide glyphs that have another one closely below, wherever that stands in the content stream."""
    ordered = sorted(
        (glyph for glyph in glyphs if _is_wide(glyph.char)), key=lambda glyph: (round(glyph.x0), glyph.top)
    )
    return frozenset(
        id(before)
        for before, after in itertools.pairwise(ordered)
        if abs(before.x0 - after.x0) < 0.3 * before.em and abs(after.top - before.bottom) < 0.3 * before.em
    )


def _heads_column(glyph: Glyph, follower: Glyph | None, vertical: bool) -> bool:
    """A glyph beside another one that the text goes on below belongs to a column, not to a row."""
    return follower is not None and _goes_down(_Run([glyph]), glyph, follower, vertical)


def _goes_down(run: _Run, before: Glyph, glyph: Glyph, vertical: bool) -> bool:
    if len(run.glyphs) > 1 and not run.vertical:
        return False
    em = min(before.em, glyph.em)
    gap = glyph.top - before.bottom
    if not _OVERLAP_DOWN * em < gap < (_reach_down(glyph) if run.vertical else _REACH_TO_START_DOWN) * em:
        return False
    column = run.glyphs[0] if run.vertical else before
    if abs((column.x0 + column.x1) - (glyph.x0 + glyph.x1)) > 0.8 * em and not (
        (run.vertical or glyph.flags & ROTATED)
        and column.x0 - 0.5 * em <= glyph.x0
        and glyph.x1 <= column.x1 + 0.5 * em
    ):
        return False
    if run.vertical or (before.flags & glyph.flags) & ROTATED:
        return True
    may_stack = _is_wide if vertical else _may_stack
    return may_stack(before.char) and may_stack(glyph.char) and 0.6 < before.em / glyph.em < 1.7


def _reach_down(glyph: Glyph) -> float:
    return _REACH_DOWN_OVER_WIDE if glyph.flags & WIDE_SPACE else _REACH_DOWN


def _may_stack(char: str) -> bool:
    return char.isalpha() and not char.isascii()


def _is_wide(char: str) -> bool:
    return not char.isascii()


def _without_doubles(runs: list[_Run]) -> list[_Run]:
    """Runs that are drawn again over themselves are told once."""
    seen: dict[str, list[Glyph]] = {}
    kept = []
    for run in runs:
        text = "".join(glyph.char for glyph in run.glyphs)
        places = seen.setdefault(text, [])
        if any(_coincide(place, run.glyphs[0]) for place in places):
            continue
        places.append(run.glyphs[0])
        kept.append(run)
    return kept


def _columns(runs: list[_Run], vertical: bool) -> tuple[list[list[Glyph]], list[_Run]]:
    """Vertical lines, with the single glyphs and short digits (縦中横) that stand in them, and the other runs."""
    seeds = [run for run in runs if run.vertical]
    if not seeds and not vertical:
        return [], runs
    sizes = [glyph.em for run in seeds or runs for glyph in run.glyphs]
    widest = max(sizes, default=0.0) * 1.3
    parts: list[tuple[float, float, float, float, _Run]] = []
    rest: list[_Run] = []
    for run in runs:
        x0, x1 = min(g.x0 for g in run.glyphs), max(g.x1 for g in run.glyphs)
        if run.vertical or (len(run.glyphs) <= 4 and x1 - x0 <= widest):
            parts.append((min(g.top for g in run.glyphs), x0, x1, max(g.bottom for g in run.glyphs), run))
        else:
            rest.append(run)
    parts.sort(key=lambda part: (part[0], part[1]))
    chains: list[list[_Run]] = []
    ends: list[tuple[float, float, float, float]] = []
    buckets: dict[int, list[int]] = {}
    for top, x0, x1, bottom, run in parts:
        em = run.glyphs[0].em
        center = (x0 + x1) / 2
        found = None
        for bucket in range(int((center - em) // 20), int((center + em) // 20) + 1):
            for chain in buckets.get(bucket, ()):
                chain_center, chain_em, chain_bottom, _chain_x1 = ends[chain]
                near = abs(chain_center - center) < (0.8 if run.glyphs[0].flags & ROTATED else 0.45) * max(em, chain_em)
                alike = 0.6 < em / chain_em < 1.7
                if (
                    near
                    and alike
                    and _OVERLAP_DOWN * em < top - chain_bottom < _reach_down(run.glyphs[0]) * min(em, chain_em)
                ):
                    found = chain
        if found is None:
            found = len(chains)
            chains.append([])
            ends.append((center, em, bottom, x1))
            buckets.setdefault(int(center // 20), []).append(found)
        chains[found].append(run)
        ends[found] = (ends[found][0], ends[found][1], bottom, x1)
    columns = []
    for chain_runs in chains:
        if any(run.vertical for run in chain_runs) or (
            vertical and len(chain_runs) > 2 and any(_may_stack(run.glyphs[0].char) for run in chain_runs)
        ):
            columns.append([glyph for run in chain_runs for glyph in run.glyphs])
        else:
            rest.extend(chain_runs)
    return columns, rest


def _rows(runs: list[_Run]) -> list[list[Glyph]]:
    """Runs of one baseline that lie near each other, joined from left to right."""
    ordered = sorted(runs, key=lambda run: (run.glyphs[0].bottom, run.glyphs[0].x0))
    bands: list[list[_Run]] = []
    floor = 0.0
    for run in ordered:
        first = run.glyphs[0]
        if bands and first.bottom - floor < 0.35 * min(first.em, bands[-1][0].glyphs[0].em):
            bands[-1].append(run)
        else:
            bands.append([run])
            floor = first.bottom
    rows: list[list[Glyph]] = []
    for band in bands:
        band.sort(key=lambda run: run.glyphs[0].x0)
        row: list[Glyph] = []
        for run in band:
            first = run.glyphs[0]
            if row:
                last = row[-1]
                em = min(last.em, first.em)
                gap = first.x0 - last.x1
                if -0.6 * em <= gap <= max(_reach(first), _LABEL_REACH if _is_label(row) else 0.0) * em and not (
                    gap > 0.6 * em and _parts_figures(last, first)
                ):
                    row.extend(run.glyphs)
                    continue
                rows.append(row)
            row = list(run.glyphs)
        if row:
            rows.append(row)
    return rows
