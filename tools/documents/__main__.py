"""Takes an optional folder; writes the PDF documents under it (`raw/` of this repository, when none is given).

Running it twice gives the same bytes; what is in each document is told by its own module.
"""

from __future__ import annotations

import sys
from pathlib import Path

from tools.documents import annual_report, budget, ministry_newsletter, village_newsletter

RAW = Path(__file__).parents[2] / "raw"

DOCUMENTS = {
    "budgets/shimanto-seiryu.pdf": budget.write,
    "newsletters/mizu-machi.pdf": ministry_newsletter.write,
    "newsletters/totsukawa-tani.pdf": village_newsletter.write,
    "reports/midori-toshi-2020.pdf": annual_report.write,
}


def write_all(folder: Path) -> None:
    """Writes every PDF document under `folder`, at the path that it has under `raw/`."""
    for name, write in DOCUMENTS.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        write(path)


if __name__ == "__main__":
    write_all(Path(sys.argv[1]) if len(sys.argv) > 1 else RAW)
