"""OCR: off unless asked for, marked wherever its text goes, doubtful characters are none."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pypdfium2
import pytest
from pdf_maker import HEIGHT, WIDTH, Maker
from reportlab.lib.utils import ImageReader

from pipeline.driver.build import build
from pipeline.driver.keys import reading_key
from pipeline.model import Document, PipelineError, Sidecar, Source
from pipeline.parsers.pdf import ocr, parse_pdf
from pipeline.sources.discovery import discover

_HEAD = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n"


def scan(text: str, size: float = 18) -> bytes:
    """A page that is the picture of a text in Helvetica, which pdfium draws by itself."""
    written = Maker()
    written.text(50, 100, text, size, "Helvetica")
    with pypdfium2.PdfDocument(written.data()) as document:
        image = document[0].render(scale=300 / 72, grayscale=True).to_pil()
    maker = Maker()
    maker.canvas.drawImage(ImageReader(image), 0, 0, WIDTH, HEIGHT)
    return maker.data()


def read(data: bytes, asked: bool = True) -> Document:
    return parse_pdf(Source("a", "a.pdf", data, "application/pdf", "", Sidecar(ocr=asked)))


def told(monkeypatch: pytest.MonkeyPatch, words: list[tuple[str, int, int, float]], language: str = "jpn") -> None:
    """Tesseract that sees words (text, left, width in pixels, certainty) in one line."""
    lines = [
        f"5\t1\t1\t1\t1\t{n}\t{left}\t400\t{width}\t46\t{sure}\t{text}\n"
        for n, (text, left, width, sure) in enumerate(words)
    ]
    monkeypatch.setattr(ocr, "version", lambda: "made")
    monkeypatch.setattr("pipeline.parsers.pdf.parse.ocr_version", lambda: "made")
    monkeypatch.setattr("pipeline.parsers.pdf.reading.ocr_version", lambda: "made")
    monkeypatch.setattr(ocr, "_words", lambda *_: list(ocr.read_tsv(_HEAD + "".join(lines))))


def codes(document: Document) -> list[tuple[str, str]]:
    return [(issue.code, issue.severity) for issue in document.issues]


def test_a_page_read_by_ocr_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    told(monkeypatch, [("橋の", 200, 96, 96.0), ("工事", 300, 96, 95.0)])
    document = read(scan(""))
    assert document.text == "橋の工事"
    assert (document.ocr_pages, document.status) == ((1,), "ok")
    assert codes(document) == [("read-by-ocr", "info")]
    assert document.glyphs is not None
    assert document.glyphs.box(0)[0] == pytest.approx(200 * 72 / 300, abs=0.1)


def test_without_being_asked_a_scan_stays_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    told(monkeypatch, [("橋の", 200, 96, 96.0)])
    document = read(scan(""), asked=False)
    assert (document.text, document.ocr_pages) == ("", ())
    assert codes(document) == [("no-text-layer", "error")]


def test_a_number_with_a_doubtful_digit_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    told(
        monkeypatch,
        [("工事費は", 200, 190, 96.0), ("7", 400, 20, 95.0), ("5", 425, 20, 20.0), ("円である", 450, 190, 96.0)],
    )
    document = read(scan(""))
    assert document.text == "工事費は\ufffd\ufffd円である"
    assert codes(document) == [("poor-ocr", "warning"), ("read-by-ocr", "info")]


def test_a_page_mostly_in_doubt_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    told(monkeypatch, [("橋の", 200, 96, 30.0), ("工事", 300, 96, 95.0)])
    document = read(scan(""))
    assert (document.text, document.status, document.ocr_pages) == ("", "failed", ())
    assert codes(document) == [("poor-ocr", "error")]


def test_full_width_digits_are_one_number_and_narrow_ones_are_parted(monkeypatch: pytest.MonkeyPatch) -> None:
    told(monkeypatch, [("第", 200, 46, 96.0), ("6", 262, 20, 95.0), ("7", 312, 20, 95.0), ("号", 350, 46, 96.0)])
    assert read(scan("")).text == "第67号"
    told(monkeypatch, [("計", 200, 46, 96.0), ("10", 262, 46, 95.0), ("20", 333, 46, 95.0)])
    assert read(scan("")).text == "計10 20"


def test_a_page_of_tall_lines_is_read_by_the_model_for_vertical_writing(monkeypatch: pytest.MonkeyPatch) -> None:
    def words(_image: bytes, language: str, _mode: int) -> list[object]:
        columns, sure = (
            (("村は橋を架け", "五月に終える"), 95) if language == "jpn_vert" else (("オ上亡卞", "二凡匸口"), 20)
        )
        lines = [
            f"5\t1\t1\t1\t{n}\t1\t{900 - 80 * n}\t300\t46\t{48 * len(column)}\t{sure}\t{column}\n"
            for n, column in enumerate(columns)
        ]
        return list(ocr.read_tsv(_HEAD + "".join(lines)))

    monkeypatch.setattr("pipeline.parsers.pdf.parse.ocr_version", lambda: "made")
    monkeypatch.setattr("pipeline.parsers.pdf.reading.ocr_version", lambda: "made")
    monkeypatch.setattr(ocr, "_words", words)
    assert read(scan("")).text.replace("\n", "") == "村は橋を架け五月に終える"


def test_a_sidecar_that_asks_in_vain_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.parsers.pdf.parse.ocr_version", lambda: "")
    monkeypatch.setattr("pipeline.parsers.pdf.reading.ocr_version", lambda: "")
    assert codes(read(scan(""))) == [("no-text-layer", "error"), ("ocr-missing", "warning")]


def test_a_flag_that_asks_in_vain_ends_the_build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "version", lambda: "")
    with pytest.raises(PipelineError, match=r"--ocr: needs Tesseract.*apt-get install"):
        build(tmp_path, tmp_path / "out", ocr=True, cache=tmp_path / "cache")


def test_the_key_in_the_store_holds_the_program_where_it_is_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.pdf").write_bytes(scan(""))
    for sidecar, alike in (("ocr: yes", False), ("title: 橋", True)):
        (tmp_path / "a.source.yml").write_text(sidecar, encoding="utf-8")
        [found] = discover(tmp_path).sources
        keys = set()
        for version in ("5.0", "5.3"):
            monkeypatch.setattr(ocr, "version", lambda version=version: version)
            keys.add(reading_key(found, "0" * 64))
        assert (len(keys) == 1) == alike


@pytest.mark.skipif(not ocr.version(), reason="Tesseract with jpn and jpn_vert is not installed")
def test_every_row_of_a_scan_says_that_it_came_by_ocr(tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "scan.pdf").write_bytes(scan("2024-04-01"))
    build(tmp_path / "raw", tmp_path / "out", jobs=1, cache=tmp_path / "cache", ocr=True)

    def rows(table: str) -> list[dict[str, str]]:
        text = (tmp_path / "out" / "tables" / f"{table}.csv").read_text(encoding="utf-8-sig")
        return list(csv.DictReader(io.StringIO(text)))

    assert [row["ocr_pages"] for row in rows("sources")] == ["1"]
    [date] = rows("dates")
    assert (date["edtf"], date["reader"]) == ("2024-04-01", "ocr")
    assert {row["reader"] for row in rows("blocks")} == {"ocr"}
    [place] = rows("locations")
    assert float(place["x0"]) == pytest.approx(50, abs=2)
    assert 80 < float(place["top"]) < 100
