"""What the README shows is what a build gives."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def rows(table: str) -> list[dict[str, str]]:
    with (ROOT / "extracted" / "tables" / f"{table}.csv").open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def test_the_counts_are_those_of_the_committed_tables() -> None:
    shown = re.search(
        r"(\d+) sources \(.*?\): (\d+) dates, (\d+) amounts, (\d+) organisations, (\d+) municipalities", README
    )
    assert shown is not None
    tables = ("sources", "dates", "amounts", "organisation_mentions", "municipality_mentions")
    assert tuple(map(int, shown.groups())) == tuple(len(rows(table)) for table in tables)


@pytest.mark.parametrize(
    ("table", "source_id", "surface", "column", "value"),
    [
        ("dates", "plans/sendai-kikou", "令和元年度（31年度）", "edtf", "2019-04/2020-03"),
        ("dates", "plans/sendai-kikou", "1月", "edtf", "2018-01"),
        ("amounts", "plans/sendai-kikou", "17.8", "value", "17800000"),
        ("amounts", "minutes/ikeda-gikai", "十一億二千万円", "value", "1120000000"),
        ("municipality_mentions", "pages/onaji-na-kaiin", "府中市", "code", "342084"),
        (
            "organisation_mentions",
            "newsletters/mizu-machi",
            "北九州市上下水道局海外・広域事業部海外事業課",
            "organisation_id",
            "lg-401005/上下水道局/海外・広域事業部/海外事業課",
        ),
    ],
)
def test_the_rows_are_in_the_committed_tables(
    table: str, source_id: str, surface: str, column: str, value: str
) -> None:
    assert surface in README
    assert value in README
    found = [r for r in rows(table) if r["source_id"] == source_id and "".join(r["surface"].split()) == surface]
    assert value in {row[column] for row in found}


def test_a_years_budget_and_settled_amount_can_be_plotted() -> None:
    """A plan page gives, by label and period alone, one budget and one settled amount a fiscal year."""
    series: dict[tuple[str, str], str] = {}
    for row in rows("amounts"):
        if row["source_id"] == "plans/sendai-kikou" and row["basis"] == "header" and row["unit"] == "JPY":
            kind = "settled" if row["label"].startswith("決算") else "budget"
            assert (row["period"], kind) not in series
            series[row["period"], kind] = row["value"]
    years = sorted({period for period, _ in series})
    assert years == [f"{year}-04/{year + 1}-03" for year in range(2016, 2021)]
    assert [series[year, "settled"] for year in years] == ["4900000", "36700000", "17800000", "15300000", "3100000"]
    assert all((year, "budget") in series for year in years)
