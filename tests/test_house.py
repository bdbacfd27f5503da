"""The house: packages import one way, modules are one subject."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ORDER = ("model", "text", "sources", "parsers", "segment", "engine", "resolve", "tables", "driver", "review")
MODULES = sorted((ROOT / "pipeline").rglob("*.py"))


def imported(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
        elif isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
    return names


@pytest.mark.parametrize("package", ORDER)
def test_a_package_imports_only_from_those_above_it(package: str) -> None:
    allowed = set(ORDER[: ORDER.index(package) + 1])
    for path in (ROOT / "pipeline" / package).rglob("*.py"):
        for name in imported(path):
            if name.startswith("pipeline."):
                assert name.split(".")[1] in allowed, f"{path.name} imports {name}"


def test_every_package_is_in_the_list() -> None:
    found = {path.parent.name for path in (ROOT / "pipeline").glob("*/__init__.py")}
    assert found == set(ORDER)


@pytest.mark.parametrize(
    ("library", "homes"),
    [
        ("fugashi", {"segment"}),
        ("pandas", {"tables"}),
        ("pypdfium2", {"parsers"}),
        ("pdfplumber", {"parsers"}),
        ("bs4", {"parsers"}),
        ("re2", {"engine"}),
        ("ahocorasick_rs", {"engine"}),
        ("xlsxwriter", {"tables"}),
        ("PIL", {"parsers"}),
        ("starlette", {"review"}),
        ("uvicorn", {"review"}),
        ("jinja2", {"review"}),
        ("markupsafe", {"review"}),
        ("distributed", {"driver"}),
    ],
)
def test_a_library_is_known_in_one_place(library: str, homes: set[str]) -> None:
    users = {
        path.relative_to(ROOT / "pipeline").parts[0]
        for path in MODULES
        for name in imported(path)
        if name.split(".")[0] == library
    }
    assert users == homes


def test_no_module_has_two_subjects() -> None:
    too_long = {path.name: n for path in MODULES if (n := len(path.read_text(encoding="utf-8").splitlines())) > 300}
    assert not too_long
    vague = {"utils", "util", "helpers", "helper", "common", "base", "misc", "manager"}
    assert not [path for path in MODULES if path.stem in vague]


def test_every_module_says_what_it_is() -> None:
    assert not [
        path for path in MODULES if not (ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or "").strip()
    ]
