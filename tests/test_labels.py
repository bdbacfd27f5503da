"""What a number of running text is and when: each probe is a text of its own with the label and the period of its amounts."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import pipeline

PROBES = Path(__file__).parent / "probes" / "labels.jsonl"


@cache
def probes() -> dict[str, dict[str, Any]]:
    lines = PROBES.read_text(encoding="utf-8").splitlines()
    return {probe["text"]: probe for probe in map(json.loads, lines)}


def told(text: str, **said: str | None) -> list[list[str]]:
    """Surface, label and period of the amounts of a text."""
    found = [m for m in pipeline.extract(text, **said) if m.kind == "amount"]
    return [[m.surface, m.row()["label"], m.row()["period"]] for m in found]


def test_there_are_enough_probes() -> None:
    assert len(probes()) >= 60
    assert sum(len(probe["amounts"]) for probe in probes().values()) >= 100


@pytest.mark.parametrize("text", probes())
def test_a_probe_says_what_its_numbers_are_and_of_when(text: str) -> None:
    probe = probes()[text]
    if probe.get("fails"):
        pytest.xfail(probe["fails"])
    assert told(text, published=probe.get("published"), covers=probe.get("covers")) == probe["amounts"]


@pytest.mark.parametrize("text", [text for text, probe in probes().items() if probe.get("fails")])
def test_a_known_failure_still_fails(text: str) -> None:
    probe = probes()[text]
    assert told(text, published=probe.get("published"), covers=probe.get("covers")) != probe["amounts"]


def test_what_the_source_covers_is_the_time_of_sums_and_counts_that_name_none() -> None:
    text = "道路の補修に3,200万円を計上し、延長は1,800メートルである。"
    assert [period for _, _, period in told(text, covers="2022-04/2023-03")] == ["2022-04/2023-03", ""]


def test_a_share_of_a_thing_is_not_the_subject() -> None:
    assert told("委員の任期は定数の3分の1について2年とする。")[0][1] != "任期"


def test_letter_spacing_and_soft_line_ends_change_no_label() -> None:
    assert [label for _, label, _ in told("令和4年度の町税は、前 年 度 比 3 億 円 増の12億円です。")] == [
        "前年度比",
        "町税",
    ]
