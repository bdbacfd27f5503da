"""Cells of ruled tables against pdfplumber's table finder on the same pages.

Takes paths of PDFs; gives a `Match` a file: how many of each side's cells the other side has, equal within two points. Does not know text.

pdfplumber's finder with the strategy `lines` reads the rules that pdfplumber sees. Compared are the grids that we find by rules, before rows
are cut by their lines, on pages where both find a table of four cells or more; cells without area for a glyph (less than four points) are left out.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pdfplumber

from pipeline.parsers.pdf.pdfium import loaded, opened
from pipeline.parsers.pdf.ruled import grids
from pipeline.parsers.pdf.ruling import read_ruling

#: pages read of a file, cells that make a table, points
_PAGES, _LEAST, _NEAR, _SMALLEST = 6, 4, 2.0, 4.0

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Match:
    """Cells of pdfplumber, how many of them we have; our cells, how many of them pdfplumber has."""

    name: str
    pages: int
    theirs: int
    theirs_found: int
    ours: int
    ours_found: int


def measure(paths: Iterable[Path]) -> list[Match]:
    """A match a file that has ruled tables in its first pages, the total last."""
    found = [match for path in paths if (match := _match(path)).pages]
    total = Match(
        "all",
        sum(m.pages for m in found),
        sum(m.theirs for m in found),
        sum(m.theirs_found for m in found),
        sum(m.ours for m in found),
        sum(m.ours_found for m in found),
    )
    return [*found, total]


def table(matches: Iterable[Match]) -> str:
    return "\n".join(
        f"  {m.name:40} {m.pages:3} pages  pdfplumber's cells that we have {m.theirs_found:5} of {m.theirs:5}"
        f" ({m.theirs_found / max(m.theirs, 1):.3f})  ours that it has {m.ours_found:5} of {m.ours:5} ({m.ours_found / max(m.ours, 1):.3f})"
        for m in matches
    )


def cells_of(path: Path, pages: int = _PAGES) -> list[tuple[int, list[Box], list[Box]]]:
    """(page, pdfplumber's cells, ours) of the first pages."""
    data = path.read_bytes()
    compared = []
    with pdfplumber.open(io.BytesIO(data)) as theirs, opened(data) as ours:
        for index, page in enumerate(theirs.pages[:pages]):
            boxes = [box for found in page.find_tables() if len(found.cells) >= _LEAST for box in found.cells]
            page.close()
            with loaded(ours, index) as parts:
                if parts is None:
                    continue
                ruling = read_ruling(parts[0], parts[2])
            found_grids = grids(ruling.horizontal, ruling.vertical)
            cells = [cell.box for grid in found_grids if len(grid.cells) >= _LEAST for cell in grid.cells]
            compared.append((index + 1, _written(boxes), _written(cells)))
    return compared


def _written(boxes: Iterable[Box]) -> list[Box]:
    return [box for box in boxes if box[2] - box[0] >= _SMALLEST and box[3] - box[1] >= _SMALLEST]


def missing(boxes: Iterable[Box], others: Iterable[Box]) -> list[Box]:
    """Boxes that are not among the others."""
    known = list(others)
    return [box for box in boxes if not any(_equal(box, other) for other in known)]


def _match(path: Path) -> Match:
    pages = theirs = theirs_found = ours = ours_found = 0
    for _, boxes, cells in cells_of(path):
        if not boxes or not cells:
            continue
        pages += 1
        theirs, ours = theirs + len(boxes), ours + len(cells)
        theirs_found += len(boxes) - len(missing(boxes, cells))
        ours_found += len(cells) - len(missing(cells, boxes))
    return Match(path.stem, pages, theirs, theirs_found, ours, ours_found)


def _equal(one: Box, other: Box) -> bool:
    return all(abs(a - b) <= _NEAR for a, b in zip(one, other, strict=True))
