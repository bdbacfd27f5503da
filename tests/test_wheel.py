"""The built wheel works in an empty folder of a fresh environment, with the folder's own rules laid over the shipped ones."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
OWN_RULE = """\
kind: ignore
anchor: [計画]
rules:
  - id: ignore.mine.plan
    description: the plan of this town is called by a day
    pattern: "令和3年9月14日計画"
    examples:
      x: ["«令和3年9月14日計画»を", "「«令和3年9月14日計画»」"]
    counterexamples:
      - {text: 令和3年9月15日計画, why: another day}
"""


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new virtual environment with the wheel and the locked versions, and nothing of this checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)],
        check=True,
        capture_output=True,
    )
    (wheel,) = folder.glob("koubun-*.whl")
    subprocess.run([sys.executable, "-m", "venv", str(folder / "venv")], check=True)
    pip = [str(folder / "venv" / "bin" / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "--require-hashes", "-r", str(ROOT / "requirements.lock")], check=True, capture_output=True)
    subprocess.run([*pip, "--no-deps", str(wheel)], check=True, capture_output=True)
    return folder


def koubun(environment: Path, project: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    clean = {key: value for key, value in os.environ.items() if key not in ("PYTHONPATH", "VIRTUAL_ENV")}
    program = environment / "venv" / "bin" / "koubun"
    return subprocess.run(
        [str(program), *arguments], cwd=project, env=clean, capture_output=True, text=True, check=False
    )


def test_the_wheel_holds_the_rules_and_nothing_of_the_tests(environment: Path) -> None:
    (wheel,) = environment.glob("koubun-*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    shipped = {name.removeprefix("pipeline/shipped_rules/") for name in names if "shipped_rules" in name}
    assert {
        path.relative_to(ROOT / "rules").as_posix() for path in (ROOT / "rules").rglob("*.*") if path.is_file()
    } <= shipped
    assert not [name for name in names if name.startswith(("tests/", "raw/", "extracted/"))]


def test_a_project_of_ones_own(environment: Path, tmp_path: Path) -> None:
    assert koubun(environment, tmp_path, "init").returncode == 0
    (tmp_path / "raw" / "plan.txt").write_text("京都市は令和3年9月14日計画を5億円で始めた。", encoding="utf-8")
    built = koubun(environment, tmp_path, "build")
    assert built.returncode == 0, built.stderr
    assert dates(tmp_path) == ["2021-09-14"]
    (tmp_path / "rules" / "ignore").mkdir()
    (tmp_path / "rules" / "ignore" / "mine.yml").write_text(OWN_RULE, encoding="utf-8")
    checked = koubun(environment, tmp_path, "rules")
    assert checked.returncode == 0, checked.stdout
    assert koubun(environment, tmp_path, "build").returncode == 0
    assert dates(tmp_path) == []
    with (tmp_path / "extracted" / "tables" / "municipality_mentions.csv").open(encoding="utf-8") as handle:
        assert [row["code"] for row in csv.DictReader(handle)] == ["261009"]


def dates(project: Path) -> list[str]:
    with (project / "extracted" / "tables" / "dates.csv").open(encoding="utf-8") as handle:
        return [row["edtf"] for row in csv.DictReader(handle)]
