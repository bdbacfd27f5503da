"""Eras, units and words of layout come from the shipped tables alone: one line in one place."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from pipeline.text.orthography import era_letters, era_names, first_year
from pipeline.text.shipped import shipped_table

ROOT = Path(__file__).parent.parent
PARSERS = sorted((ROOT / "pipeline").rglob("*.py"))
LAYOUTS = {"cell", "header", "line"}
ASKED = """
from pipeline import extract
from pipeline.parsers.cell_kinds import is_value
from pipeline.parsers.collapsed_tables import collapsed_tables
from pipeline.parsers.html_about import day_of
from pipeline.parsers.line_begins import goes_on
from pipeline.parsers.textlines import lines
table = "年度\\n予算額\\n(千円)\\n天応2年度\\n5\\n天応3年度\\n7"
print([m.row()["edtf"] for m in extract("天応2年4月3日に開き、X3.5.1に閉じた。")])
print(len(collapsed_tables(list(lines(table)))), day_of("天応2年4月3日"), goes_on("受付は天応", "元年から"), is_value("12駄"))
"""


def test_eras_are_in_order_and_begin_where_the_last_one_ended() -> None:
    assert era_names() == ("明治", "大正", "昭和", "平成", "令和")
    assert era_letters() == "MTSHR"
    assert [first_year(era) for era in era_names()] == [1868, 1912, 1926, 1989, 2019]


def test_no_module_writes_an_era_down_but_in_examples() -> None:
    """Docstrings and comments may; a new era must not need a second line."""
    written = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in PARSERS
        for number, line in enumerate(_code(path), 1)
        if any(era in line for era in era_names())
    ]
    assert written == []


def test_a_new_era_and_a_new_counter_are_a_line_each(tmp_path: Path) -> None:
    for name in ("pipeline", "rules"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    told = subprocess.run([sys.executable, "-c", ASKED], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert told.stdout.splitlines()[1] == "0  False False"
    with (tmp_path / "rules" / "gazetteer" / "eras.csv").open("a", encoding="utf-8") as file:
        file.write("天応,2081-01-30,X,\n")
    with (tmp_path / "rules" / "gazetteer" / "units.csv").open("a", encoding="utf-8") as file:
        file.write("駄,駄,count,1,yes,,cell,\n")
    told = subprocess.run([sys.executable, "-c", ASKED], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert told.stdout.splitlines() == ["['2082-04-03', '2083-05-01']", "1 2082-04-03 True True"]


def test_a_unit_tells_a_figure_in_known_ways() -> None:
    assert {layout for row in shipped_table("units") for layout in row["layout"].split("|")} == LAYOUTS | {""}


def test_every_use_of_a_word_is_asked_for() -> None:
    uses = {use for row in shipped_table("layout_words") for use in row["use"].split("|")}
    asking = [
        path for package in ("parsers", "text", "resolve") for path in (ROOT / "pipeline" / package).rglob("*.py")
    ]
    code = "\n".join(path.read_text(encoding="utf-8") for path in asking)
    assert {use for use in uses if f"words('{use}')" not in code and f'words("{use}")' not in code} == set()


def _code(path: Path) -> list[str]:
    """The module's lines without its docstrings and comments."""
    import ast

    text = path.read_text(encoding="utf-8")
    lines = [line.partition("#")[0] for line in text.splitlines()]
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(node) is not None:
            doc = node.body[0]
            for number in range(doc.lineno - 1, doc.end_lineno or doc.lineno):
                lines[number] = ""
    return lines
