"""Pages a second, file to tables, against pdfplumber's extract_text on the same files.

Takes paths of PDFs and rules; gives a `Speed` a file. Does not know where the files come from.
"""

from __future__ import annotations

import hashlib
import io
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

import pdfplumber

from pipeline.driver.stages import collector_at_rest, rows_of
from pipeline.engine.load import RuleSet
from pipeline.model import Sidecar, Source
from pipeline.parsers.pdf import parse_pdf
from pipeline.tables.files import write_source


@dataclass(frozen=True, slots=True)
class Speed:
    """Seconds for the same pages: reading alone, file to tables, pdfplumber."""

    name: str
    pages: int
    reading: float
    ours: float
    theirs: float

    @property
    def ratio(self) -> float:
        return self.theirs / self.ours if self.ours else 0.0


def measure(paths: Iterable[Path], rules: RuleSet, others: Iterable[Path]) -> list[Speed]:
    """Speeds of each file that has pages, in the order given; the total last. `others` are read before, so that both
    readers are as warm as in the middle of a build, but have not seen the files themselves."""
    for path in others:
        _speed(path, rules)
    speeds = [speed for path in paths if (speed := _speed(path, rules)) is not None]
    total = Speed(
        "all",
        sum(s.pages for s in speeds),
        sum(s.reading for s in speeds),
        sum(s.ours for s in speeds),
        sum(s.theirs for s in speeds),
    )
    return [*speeds, total]


def table(speeds: Iterable[Speed]) -> str:
    return "\n".join(
        f"  {row.name:40} {row.pages:5} pages {row.pages / max(row.ours, 1e-9):7.1f}/s"
        f" (reading {row.pages / max(row.reading, 1e-9):7.1f}/s)"
        f"  pdfplumber {row.pages / max(row.theirs, 1e-9):6.1f}/s  x{row.ratio:.1f}"
        for row in speeds
    )


def _speed(path: Path, rules: RuleSet) -> Speed | None:
    data = path.read_bytes()
    source = Source(path.stem, path.name, data, "application/pdf", hashlib.sha256(data).hexdigest(), Sidecar())
    with tempfile.TemporaryDirectory() as folder, collector_at_rest():
        start = perf_counter()
        document = parse_pdf(source)
        reading = perf_counter() - start
        built = rows_of(source, document, (), rules)
        write_source(Path(folder), built.text, built.rows)
        ours = perf_counter() - start
    if not document.pages:
        return None
    start = perf_counter()
    with pdfplumber.open(io.BytesIO(data)) as pages:
        for page in pages.pages:
            page.extract_text()
            page.close()
    return Speed(path.stem, document.pages, reading, ours, perf_counter() - start)
