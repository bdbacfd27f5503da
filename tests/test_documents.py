"""The documents that the project ships: how the PDFs are made, and which troubles of real documents each holds."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pypdfium2
import pytest
import yaml

pytest.importorskip("reportlab", reason="reportlab makes the PDF documents; it comes with the dev dependencies")

from tools.documents.__main__ import DOCUMENTS, write_all
from tools.documents.annual_report import INCOME, OUTLAY
from tools.documents.budget import EXPENDITURE, REVENUE

RAW = Path(__file__).parents[1] / "raw"
TROUBLES: dict[str, dict[str, str | list[str]]] = yaml.safe_load(
    (Path(__file__).parents[1] / "tools/documents/troubles.yml").read_text("utf-8")
)
ENCODINGS = {
    "plans/kumamoto-chikasui.html": "cp932",
    "pages/toshi-network.html": "euc_jp",
    "minutes/biwako-kanjikai.txt": "iso2022_jp",
    "minutes/ikeda-gikai.txt": "utf-8-sig",
}
WAVES = "〜～~"

# What each trouble looks like; every string listed under it must match.
SHAPES = {
    "elided-year": r"(?s)^(?!.*(\d{4}年|令和|平成)).*(\d[.月年]|年度|月)",
    "wrong-weekday": r"[(（][月火水木金土日]",
    "header-unit": r"単位：|[(（](百万円|千円)[)）]",
    "double-era-label": r"(?s)年度.{0,2}[(（].*年度[)）]",
    "shared-prefecture": r"(?s)[県道]$|[市町村]・.*[市町村]",
    "alias-in-brackets": r".{4,}[(（][A-ZＡ-Ｚ-]+[)）]$",
    "broken-line-in-date": r"<br>|\n|十$|^月",
    "letter-spacing": r"(\S[ 　]){3}",
    "wave-marks": f"[{WAVES}]|&#12316;",
    "merged-header": r"colspan|[額訳比度）] ",
    "bare-abbreviation": r"^[A-ZＡ-Ｚ－s0-9]{3,}$",
    "look-alike-place": r"[市区町村]",
}


def text_of(name: str) -> str:
    """A document's characters, tags included, with `\\n` at line ends."""
    path = RAW / name
    if path.suffix == ".pdf":
        with pypdfium2.PdfDocument(path) as pdf:
            text = "\n".join(page.get_textpage().get_text_range() for page in pdf)
    else:
        text = path.read_bytes().decode(ENCODINGS.get(name, "utf-8"))
    return text.replace("\r\n", "\n")


def surfaces(name: str, trouble: str) -> list[str]:
    given = TROUBLES[name][trouble]
    listed = given if isinstance(given, list) else [given]
    return listed[:1] if trouble == "wrong-weekday" else listed


CASES = [(name, trouble) for name, troubles in TROUBLES.items() for trouble in troubles]


def test_the_pdfs_in_raw_are_what_the_script_makes(tmp_path: Path) -> None:
    write_all(tmp_path)
    for name in DOCUMENTS:
        assert (tmp_path / name).read_bytes() == (RAW / name).read_bytes(), f"{name}: run python -m tools.documents"


def test_every_document_has_a_sidecar_that_calls_it_a_sample() -> None:
    names = {
        path.relative_to(RAW).as_posix() for path in RAW.rglob("*") if path.suffix in {".html", ".pdf", ".txt", ".md"}
    }
    assert names == set(TROUBLES)
    for name in names:
        sidecar = yaml.load((RAW / name).with_suffix(".source.yml").read_text("utf-8"), yaml.BaseLoader)
        assert sidecar["title"].endswith("（見本）"), name
        assert sidecar["licence"] == "MIT", name
        assert sidecar["publisher"], name
        assert sidecar["published"], name


def test_every_document_is_rich_and_has_at_least_six_troubles() -> None:
    assert len(TROUBLES) >= 10
    for name, troubles in TROUBLES.items():
        assert len(troubles) >= 6, name
        assert set(troubles) <= set(SHAPES), name
        assert 1_500 <= len(re.sub(r"<[^>]*>|\s", "", text_of(name))) <= 6_000, name


@pytest.mark.parametrize(("name", "trouble"), CASES)
def test_a_listed_trouble_is_in_the_document(name: str, trouble: str) -> None:
    text = text_of(name)
    for surface in surfaces(name, trouble):
        assert surface in text
        assert re.search(SHAPES[trouble], surface), surface


@pytest.mark.parametrize("name", TROUBLES)
def test_a_wrong_weekday_is_wrong(name: str) -> None:
    if "wrong-weekday" not in TROUBLES[name]:
        pytest.skip("no wrong weekday listed")
    surface, day = TROUBLES[name]["wrong-weekday"]
    written = re.search(r"[(（]([月火水木金土日])", surface)
    assert written is not None
    assert written[1] != "月火水木金土日"[date.fromisoformat(day).weekday()]


@pytest.mark.parametrize("name", [name for name in TROUBLES if "bare-abbreviation" in TROUBLES[name]])
def test_a_bare_abbreviation_is_explained_nowhere(name: str) -> None:
    text = text_of(name)
    for surface in surfaces(name, "bare-abbreviation"):
        assert f"（{surface}）" not in text
        assert f"({surface})" not in text


def test_the_wave_marks_of_the_three_kinds_all_occur() -> None:
    kinds = {
        name: {
            mark
            for surface in surfaces(name, "wave-marks")
            for mark in surface.replace("&#12316;", "〜")
            if mark in WAVES
        }
        for name in TROUBLES
    }
    assert all(len(marks) >= 2 for marks in kinds.values()), kinds
    assert sum(len(marks) == 3 for marks in kinds.values()) >= 6, kinds


def test_budgets_balance() -> None:
    for column in (1, 2, 3):
        assert sum(row[column] for row in REVENUE) == sum(row[column] for row in EXPENDITURE)  # type: ignore[misc]
    assert sum(row[1] for row in INCOME) == sum(row[1] for row in OUTLAY)


@pytest.mark.parametrize(
    "label", ["合計 235,530 230,370 260,645 5,160 2.2", "小計 129,000 64,500 12,300 32,700 19,500"]
)
def test_the_printed_totals_are_the_sums_of_their_rows(label: str) -> None:
    text = text_of("budgets/shimanto-seiryu.pdf")
    assert label in text


def test_contact_lines_hold_no_real_number() -> None:
    for name in TROUBLES:
        for run in re.findall(r"(?<![0-9])0[0-9]{1,3}-[0-9]{2,4}-[0-9]{4}", text_of(name)):
            assert run.startswith("00-0000-000"), (name, run)
