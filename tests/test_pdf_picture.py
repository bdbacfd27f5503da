"""Pictures of PDF pages: as the page is read, and no more of them than the memory allows."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from pipeline.model import Span
from pipeline.parsers.pdf.pdfium import Unopened
from pipeline.parsers.pdf.picture import page_picture, page_size
from pipeline.review.server.pictures import Pictures
from pipeline.tables.boxes import parts
from tests.pdf_maker import HEIGHT, WIDTH, Maker, parsed


def _drawn(turn: int = 0, crop: tuple[float, float, float, float] | None = None) -> bytes:
    maker = Maker(turn=turn, crop=crop)
    maker.text(120, 200, "HILL 2021", 14, "Helvetica")
    return maker.data()


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
@pytest.mark.parametrize("crop", [None, (40.0, 60.0, 400.0, 560.0)])
def test_a_box_covers_its_glyphs_and_all_of_them(turn: int, crop: tuple[float, float, float, float] | None) -> None:
    data = _drawn(turn, crop)
    document = parsed(data)
    assert document.glyphs is not None
    boxes = [box for _, box in parts(document.glyphs, Span(0, len(document.text)))]
    x0, top, x1, bottom = (choose(box[side] for box in boxes) for side, choose in enumerate((min, min, max, max)))
    picture = page_picture(data, 1, 840)
    assert picture is not None
    image = Image.open(io.BytesIO(picture.png)).convert("L")
    scale = image.width / picture.width
    assert image.height == round(picture.height * scale)
    inked = image.point([255 if level < 128 else 0 for level in range(256)]).getbbox()
    assert inked is not None
    told = [round(value * scale) for value in (x0, top, x1, bottom)]
    assert told[0] - 2 <= inked[0] < inked[2] <= told[2] + 2
    assert told[1] - 2 <= inked[1] < inked[3] <= told[3] + 2


def test_a_page_that_is_not_there_has_no_picture() -> None:
    data = _drawn()
    assert page_size(data, 1) == (WIDTH, HEIGHT)
    for page in (0, 2):
        assert page_size(data, page) is None
        assert page_picture(data, page, 100) is None
    with pytest.raises(Unopened):
        page_picture(b"no PDF", 1, 100)


def test_pictures_are_kept_within_a_bound() -> None:
    pictures = Pictures(kept=1)
    files = [_drawn(turn) for turn in (0, 90)]
    first = pictures.picture(files[0], 1)
    assert first is pictures.picture(files[0], 1)
    pictures.picture(files[1], 1)
    assert pictures.picture(files[0], 1) is not first
    assert pictures.picture(b"no PDF", 1) is None
