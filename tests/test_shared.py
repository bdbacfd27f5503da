"""Real documents that lie beside the project: the scores on gold, and a build over every file of the corpus.

Skipped where the folder is not there; the documents are no part of the project.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from pipeline.driver.build import build
from pipeline.tables.score import score

SHARED = Path(__file__).parent.parent.parent / "shared"
#: a floor a kind and measure; what falls below it is a regression
FLOORS = {
    ("date", "value"): 0.97,
    ("amount", "value"): 0.95,
    ("organisation", "span"): 0.90,
    ("organisation", "link"): 0.95,
    ("municipality", "value"): 0.98,
}


@pytest.mark.skipif(not (SHARED / "gold").is_dir(), reason="no gold beside the project")
def test_no_score_falls_below_its_floor(tmp_path: Path) -> None:
    report = build(SHARED / "sources", tmp_path / "out", cache=tmp_path / "cache", jobs=1)
    assert (report.sources, report.failed, report.partial) == (5, (), ())
    scores = {(s.kind, s.measure): s.f1 for s in score(SHARED / "gold", tmp_path / "out")}
    assert not {key: scores[key] for key, floor in FLOORS.items() if scores[key] < floor}


#: documents of which nothing can be read, and what the issue says of them
UNREADABLE = {
    "pdf/broken-fuji-r7-blank-pages": "blank-page",
    "pdf/broken-html-named-pdf": "not-a-pdf",
    "pdf/kanpo-20260219c0003": "unreadable-text",
    "pdf/kanpo-20260219h0165": "unreadable-text",
    "pdf/kodaira-kouen-kouji-gaisan-scan": "poor-ocr",
    "pdf/nankoku-r4-houkoku9-scan": "no-text-layer",
    "pdf/nankoku-r4-saiken-houki-scan": "no-text-layer",
    "pdf/otoineppu-hinan-point-outlined": "outlined-text",
}


@pytest.mark.skipif(not (SHARED / "corpus").is_dir(), reason="no corpus beside the project")
def test_every_file_of_the_corpus_has_a_row_with_a_true_status(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.driver.limits.SECONDS_A_MB", 600.0)  # a busy machine is no slow reader
    report = build(SHARED / "corpus", tmp_path / "out", cache=tmp_path / "cache")
    tables = {name: rows(tmp_path / "out", name) for name in ("sources", "issues", "cells")}
    assert set(report.failed) == set(UNREADABLE)
    errors = {(row["source_id"], row["code"]) for row in tables["issues"] if row["severity"] == "error"}
    assert set(UNREADABLE.items()) <= errors
    assert {
        row["source_id"]: row["characters"] for row in tables["sources"] if row["status"] == "failed"
    } == dict.fromkeys(UNREADABLE, "0")
    assert not [row for row in tables["issues"] if row["code"] == "crash"]
    left_alone = {row["message"].split()[0] for row in tables["issues"] if row["code"] == "not-a-source"}
    assert "MANIFEST.csv" in left_alone


def rows(out: Path, table: str) -> list[dict[str, str]]:
    csv.field_size_limit(1 << 24)
    with (out / "tables" / f"{table}.csv").open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))
