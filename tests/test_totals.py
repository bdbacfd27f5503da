"""Totals of tables against their parts."""

from __future__ import annotations

from functools import cache

import pytest

from pipeline.engine.find import find
from pipeline.engine.load import RuleSet, load_rules
from pipeline.model import Document, Sidecar, Source
from pipeline.parsers.html import parse_html
from pipeline.resolve.amounts import resolve_amounts
from pipeline.resolve.context import Context, Statement


@cache
def rules() -> RuleSet:
    return load_rules()


def differing(caption: str, *rows: str) -> list[tuple[str, str]]:
    """Totals reported in a table of rows of cells parted by blanks (the first row its header): surface and message."""
    head, *body = (row.split() for row in rows)
    page = f"<meta charset=utf-8><table><caption>{caption}</caption><tr>" + "".join(f"<th>{cell}" for cell in head)
    page += "".join("<tr>" + "".join(f"<td>{cell}" for cell in row) for row in body) + "</table>"
    document: Document = parse_html(Source("a", "a.html", page.encode(), "text/html", "", Sidecar()))
    context = Context(document, Statement(), tuple(find(document, rules())), dict(rules().gazetteers))
    _, issues = resolve_amounts(context, [])
    return [
        (document.text[issue.start : issue.end], issue.message) for issue in issues if issue.code == "total-differs"
    ]


UNIT = "単位：円"


@pytest.mark.parametrize(
    "rows",
    [
        ("区分 予算額 決算額", "道路 300 280", "河川 200 190", "計 500 470"),
        ("区分 予算額", "道路 300", "河川 200", "公園 100", "合計 600"),
        ("区分 予算額 決算額", "道路 300 280", "河川 200 190", "小計 500 470", "学校 50 40", "図書 30 30", "小計 80 70", "合計 580 540"),
        ("区分 歳入額 歳出額", "総数 500 210", "東区 300 120", "西区 200 90"),
        ("区分 男 女 計", "東区 150 150 300", "西区 90 110 200"),
        # figures of a year before, or a table of averages: no line agrees, so none adds up anything
        ("区分 予算額 決算額", "道路 300 280", "河川 200 190", "計 900 880"),
        ("区分 予算額 構成比（％）", "道路 300 60", "河川 200 41", "計 500 100"),
    ],
)  # fmt: skip
def test_totals_that_agree_are_silent(rows: tuple[str, ...]) -> None:
    assert differing(UNIT, *rows) == []


@pytest.mark.parametrize(
    ("rows", "total", "added"),
    [
        (("区分 予算額 決算額", "道路 300 280", "河川 200 190", "計 500 480"), "480", "470"),
        (("区分 予算額", "道路 300", "河川 200", "公園 100", "合計 610"), "610", "600"),
        (("区分 予算額 決算額", "道路 300 280", "河川 200 190", "小計 500 470", "学校 50 40", "図書 30 30", "小計 80 70", "合計 580 550"), "550", "540"),
        (("区分 歳入額 歳出額", "総数 500 211", "東区 300 120", "西区 200 90"), "211", "210"),
        (("区分 男 女 計", "東区 150 150 300", "西区 90 110 200", "南区 10 20 40"), "40", "30"),
        (("区分 予算額 決算額", "道路 300 280", "河川 △200 190", "計 100 480"), "480", "470"),
    ],
)  # fmt: skip
def test_a_total_that_differs_is_reported_with_the_sum_of_its_parts(
    rows: tuple[str, ...], total: str, added: str
) -> None:
    [(surface, message)] = differing(UNIT, *rows)
    assert (surface, message.endswith(f"give {added}, not {total}")) == (total, True)


def test_rounded_numbers_may_differ_by_their_last_figure() -> None:
    rows = ("区分 予算額 決算額", "道路 300 280", "河川 200 190", "計 501 470")
    assert differing("単位：千円", *rows) == []
    assert [surface for surface, _ in differing("単位：千円", *rows[:-1], "計 503 470")] == ["503"]
    assert [surface for surface, _ in differing("単位：円", *rows)] == ["501"]
