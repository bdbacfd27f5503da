"""PDFs with tables: ruled and unruled, merged cells, headers of several rows, units, tables over pages."""

from __future__ import annotations

from pdf_maker import Maker

from troubles.pdf_false_tables import FALSE_TABLES
from troubles.pdf_unruled import UNRULED
from troubles.trouble import Trouble


def _ruled() -> bytes:
    maker = Maker()
    maker.grid((50, 150, 250), (60, 80, 100))
    for x, y, text in ((55, 74, "事業"), (155, 74, "予算額"), (55, 94, "除雪"), (155, 94, "1,200")):
        maker.text(x, y, text)
    return maker.data()


TROUBLES = (
    Trouble(
        "ruled-table.pdf",
        _ruled,
        grids=((("事業", "予算額"), ("除雪", "1,200")),),
        headers={"1,200": "予算額"},
    ),
    *UNRULED,
    *FALSE_TABLES,
)
