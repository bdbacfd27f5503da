"""Cells of real PDFs against tables that people made of the same files.

Takes the corpus folder; gives a `Share` a file: how many expected values stand in the right row of our cells. Does not know how cells are found.

Values are compared as `bench.plain` tells them. The addresses in the expected tables of medical institutions have the same prefecture and
街区 forms as the print, so that this normalisation is enough for them. A row of ours is the texts of all cells that
cover it (a merged cell counts in each of its rows), and a cell alone with its header path (tables that are folded: names over figures).
Each expected row is laid beside the row of ours that holds most of its values.

Some expected values were cut off or mixed by the program that made them (a telephone number that runs into the address before it): these count
against us. Of those, `cut` are the beginning of a longer value in our row.
"""

from __future__ import annotations

import csv
import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench import budget
from bench.plain import plain
from pipeline.model import Document, Sidecar, Source
from pipeline.parsers.pdf import parse_pdf

_PAIRS = (
    ("tokyo-covid-2020-04-12", "tokyo-covid-20200412.csv"),
    ("mhlw-hinin-hokkaido", "mhlw-hinin-hokkaido.csv"),
    ("mhlw-hinin-kyoto", "mhlw-hinin-kyoto.csv"),
    ("mhlw-hinin-okinawa", "mhlw-hinin-okinawa.csv"),
)
#: characters: a value so short may begin anything
_SHORT = 5
#: compared by `bench.budget`
_BUDGET, _WORKBOOK = "fuji-r6-yosansho-612p", "fuji-r6-budget-long.xlsx"


@dataclass(frozen=True, slots=True)
class Share:
    """Expected values of a file, how many of them stand in the right row, how many others begin a value there."""

    name: str
    expected: int
    found: int
    cut: int = 0
    columns: str = ""

    @property
    def share(self) -> float:
        return self.found / self.expected if self.expected else 0.0


def measure(corpus: Path) -> list[Share]:
    """A share a file, the total last; [] without the corpus."""
    paired = corpus / "reference" / "paired"
    if not paired.is_dir():
        return []
    shares = []
    for name, expected in _PAIRS:
        document = _parsed(corpus / "pdf" / f"{name}.pdf")
        shares.append(_share(name, _expected(paired / expected), _rows(document)))
    columns = budget.found_by_column(paired / _WORKBOOK, _parsed(corpus / "pdf" / f"{_BUDGET}.pdf"))
    shares.append(
        Share(
            _BUDGET,
            sum(expected for _, expected in columns.values()),
            sum(found for found, _ in columns.values()),
            0,
            " ".join(f"{column} {found / expected:.3f}" for column, (found, expected) in columns.items()),
        )
    )
    return [
        *shares,
        Share("all", sum(s.expected for s in shares), sum(s.found for s in shares), sum(s.cut for s in shares)),
    ]


def table(shares: Iterable[Share]) -> str:
    return "\n".join(
        f"  {row.name:40} {row.found:6} of {row.expected:6} values  {row.share:.4f}"
        + (f" (and {row.cut} that the expected table cuts off)" if row.cut else "")
        + (f"\n    {row.columns}" if row.columns else "")
        for row in shares
    )


def _parsed(path: Path) -> Document:
    data = path.read_bytes()
    return parse_pdf(Source(path.stem, path.name, data, "application/pdf", hashlib.sha256(data).hexdigest(), Sidecar()))


def _expected(path: Path) -> list[list[str]]:
    """Rows of values; a first row of column numbers is none."""
    with path.open(encoding="utf-8-sig", newline="") as lines:
        rows = [[plain(value) for value in row] for row in csv.reader(lines)]
    if rows and rows[0] == [str(number) for number in range(len(rows[0]))]:
        del rows[0]
    return [[value for value in row if value] for row in rows]


def _rows(document: Document) -> list[Counter[str]]:
    """The values of each row, and of each cell with its header."""
    rows: dict[tuple[str, int], Counter[str]] = {}
    headed = []
    for cell in document.cells():
        text = plain(document.text[cell.start : cell.end])
        if not text:
            continue
        for row in cell.rows:
            rows.setdefault((cell.table_id, row), Counter())[text] += 1
        if cell.header:
            headed.append(Counter([text, plain(cell.header.rsplit("/", 1)[-1])]))
    return [*rows.values(), *headed]


def _share(name: str, expected: Sequence[Sequence[str]], rows: Sequence[Counter[str]]) -> Share:
    holding: dict[str, list[int]] = {}
    for index, row in enumerate(rows):
        for value in row:
            holding.setdefault(value, []).append(index)
    found = cut = 0
    for values in expected:
        wanted = Counter(values)
        near = {index for value in wanted for index in holding.get(value, ())}
        best = max(near, key=lambda index: ((wanted & rows[index]).total(), -index), default=None)
        if best is not None:
            found += (wanted & rows[best]).total()
            cut += sum(any(_begins(ours, value) for ours in rows[best]) for value in wanted - rows[best])
    return Share(name, sum(len(values) for values in expected), found, cut)


def _begins(ours: str, value: str) -> bool:
    return ours.startswith(value) and len(ours) > len(value) > _SHORT
