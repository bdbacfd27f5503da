"""What the numbers of a table or text are and of when: each probe is a page or text of its own with the label and the period of its amounts."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from pipeline.driver.stages import consulted, statement_of
from pipeline.engine.find import find
from pipeline.engine.load import load_rules
from pipeline.model import Sidecar, Source
from pipeline.parsers.html import parse_html
from pipeline.parsers.plain import parse_plain
from pipeline.resolve.amounts import resolve_amounts
from pipeline.resolve.context import Context
from pipeline.resolve.dates import resolve_dates

PROBES = Path(__file__).parent / "probes" / "tables.jsonl"


@cache
def probes() -> dict[str, dict[str, Any]]:
    return {probe["name"]: probe for probe in map(json.loads, PROBES.read_text(encoding="utf-8").splitlines())}


def understood(probe: dict[str, Any]) -> list[list[str]]:
    """Surface, label and period of the amounts of a page or text."""
    told = {key: probe.get(key, "") for key in ("published", "covers", "title")}
    sidecar = Sidecar(**told)
    if "html" in probe:
        data = f"<meta charset=utf-8>{probe['html']}".encode()
        document = parse_html(Source("a", "a.html", data, "text/html", "", sidecar))
    else:
        document = parse_plain(Source("a", "a.txt", probe["text"].encode(), "text/plain", "", sidecar))
    rules = load_rules()
    known = consulted(rules)
    context = Context(document, statement_of(sidecar, document, known), tuple(find(document, rules)), known)
    mentions, _ = resolve_amounts(context, resolve_dates(context)[0])
    return [[m.span.cut(document.text), m.columns["label"], m.columns["period"]] for m in mentions]


def test_there_are_enough_probes() -> None:
    assert sum(len(probe["amounts"]) for probe in probes().values()) >= 120


@pytest.mark.parametrize("name", probes())
def test_a_number_says_what_it_is_and_of_when(name: str) -> None:
    probe = probes()[name]
    if probe.get("fails"):
        pytest.xfail(probe["fails"])
    assert understood(probe) == probe["amounts"]
