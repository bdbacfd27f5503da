"""Pages a second: parse_pdf against pdfplumber's extract_text on the same files.

Takes paths of PDFs, gives a `Speed` a file. Does not know where the files come from.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

import pdfplumber

from pipeline.model import Sidecar, Source
from pipeline.parsers.pdf import parse_pdf


@dataclass(frozen=True, slots=True)
class Speed:
    """Seconds that each reader takes for the same pages of a file."""

    name: str
    pages: int
    ours: float
    theirs: float

    @property
    def ratio(self) -> float:
        return self.theirs / self.ours if self.ours else 0.0


def measure(paths: Iterable[Path]) -> list[Speed]:
    """Speeds of each file that has pages, in the order given; files that pdfplumber cannot open are left out."""
    return [speed for path in paths if (speed := _speed(path)) is not None]


def table(speeds: Iterable[Speed]) -> str:
    """The speeds as lines of text, the total last."""
    rows = list(speeds)
    rows.append(Speed("all", sum(s.pages for s in rows), sum(s.ours for s in rows), sum(s.theirs for s in rows)))
    return "\n".join(
        f"{row.name:40} {row.pages:5} pages {row.pages / max(row.ours, 1e-9):8.1f}/s"
        f" pdfplumber {row.pages / max(row.theirs, 1e-9):7.1f}/s  x{row.ratio:.1f}"
        for row in rows
    )


def _speed(path: Path) -> Speed | None:
    data = path.read_bytes()
    source = Source(path.stem, path.name, data, "application/pdf", hashlib.sha256(data).hexdigest(), Sidecar())
    start = perf_counter()
    pages = parse_pdf(source).pages
    ours = perf_counter() - start
    if not pages:
        return None
    start = perf_counter()
    with pdfplumber.open(io.BytesIO(data)) as document:
        for page in document.pages:
            page.extract_text()
            page.close()
    return Speed(path.stem, pages, ours, perf_counter() - start)
