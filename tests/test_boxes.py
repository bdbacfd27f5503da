"""Where a mention stands on a page: a box a line, and none for what the parser wrote."""

from __future__ import annotations

from array import array
from pathlib import Path

import pytest
from pdf_maker import Maker

import pipeline
from pipeline.model import Glyphs, Span
from pipeline.tables.boxes import parts

Box = tuple[float, float, float, float]


def glyphs(*placed: tuple[int, Box]) -> Glyphs:
    made = Glyphs(array("H"), array("f"))
    for page, box in placed:
        made.page.append(page)
        made.boxes.extend(box)
    return made


def row(page: int, top: float, *xs: float) -> list[tuple[int, Box]]:
    return [(page, (x, top, x + 10, top + 10)) for x in xs]


WRITTEN = (0, (0.0, 0.0, 0.0, 0.0))


@pytest.mark.parametrize(
    ("placed", "expected"),
    [
        (row(1, 50, 100, 110, 120), [(1, (100, 50, 130, 60))]),
        ([*row(1, 50, 500, 510), WRITTEN, *row(1, 70, 40, 50)], [(1, (500, 50, 520, 60)), (1, (40, 70, 60, 80))]),
        ([*row(1, 700, 500), *row(2, 50, 40)], [(1, (500, 700, 510, 710)), (2, (40, 50, 50, 60))]),
        # vertical writing: one column, then the top of the next one to the left
        ([*row(1, 50, 300), *row(1, 60, 300), *row(1, 70, 300)], [(1, (300, 50, 310, 80))]),
        ([*row(1, 780, 300), *row(1, 50, 280)], [(1, (300, 780, 310, 790)), (1, (280, 50, 290, 60))]),
        ([WRITTEN], []),
    ],
)
def test_a_box_a_line(placed: list[tuple[int, Box]], expected: list[tuple[int, Box]]) -> None:
    assert parts(glyphs(*placed), Span(0, len(placed))) == expected


def test_a_cell_goes_out_with_its_box(tmp_path: Path) -> None:
    maker = Maker()
    maker.grid((50, 150, 250), (60, 80, 100))
    for x, y, text in ((55, 74, "事業"), (155, 74, "予算額"), (55, 94, "除雪"), (155, 94, "1,200")):
        maker.text(x, y, text)
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "a.pdf").write_bytes(maker.data())
    pipeline.build(tmp_path / "raw", tmp_path / "out")
    cells = pipeline.load(tmp_path / "out")["cells"]
    [cell] = cells[cells.text == "1,200"].to_dict("records")
    assert [cell[column] for column in ("page", "x0", "top", "x1", "bottom")] == [
        "1",
        "150.0",
        "80.0",
        "250.0",
        "100.0",
    ]
