"""A small project of three sources with a rule of its own, to be edited and built again."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from pipeline.driver.build import Report, build
from pipeline.tables.files import read_table

RULE = """\
kind: date
rules:
  # {comment}
  - id: date.own.market
    description: {description}
    pattern: "{pattern}"
    value: date
    examples:
      "XXXX-05": ["{example}"]
"""
MARKET = {"comment": "市", "description": "a market's month", "pattern": "(?P<month>5)月朝市", "example": "«5月朝市»"}
BODIES = "organisation_id,name,legal_form,kind,parent_id,corporate_number,aliases,note\n"
TEXTS = {
    "market": "市場だより\n\n5月朝市は令和4年5月14日に開く。出店料は2,000円である。\n",
    "road": "道路の工事\n\n令和3年10月2日から、青森市は3億円で橋を直す。\n",
    "school": "学校の集まり\n\n児童40人が、ひばり谷読書会に加わった。\n",
}


class Project:
    """A folder of three sources with rules of its own."""

    def __init__(self, folder: Path, new: bool = True) -> None:
        self.folder, self.rules = folder, folder / "rules"
        if not new:
            return
        (self.rules / "gazetteer").mkdir(parents=True)
        (folder / "raw").mkdir()
        for name, text in TEXTS.items():
            (folder / "raw" / f"{name}.txt").write_text(text, encoding="utf-8")
        self.rule()

    def rule(self, **edited: str) -> None:
        (self.rules / "date").mkdir(exist_ok=True)
        (self.rules / "date" / "own.yml").write_text(RULE.format(**MARKET | edited), encoding="utf-8")

    def bodies(self, *lines: str) -> None:
        (self.rules / "gazetteer" / "organisations.csv").write_text(BODIES + "".join(lines), encoding="utf-8")

    def build(self, out: str = "out", cache: str = "cache") -> Report:
        return build(self.folder / "raw", self.folder / out, self.rules, self.folder / cache, jobs=1)

    def ran(self) -> dict[str, tuple[str, ...]]:
        return self.build().ran

    def surfaces(self, table: str) -> set[str]:
        return {row["surface"] for row in read_table(self.folder / "out" / "tables" / f"{table}.csv")}

    def same_as_anew(self) -> bool:
        self.build("anew", f"cache-{len(list(self.folder.iterdir()))}")
        return tree(self.folder / "out") == tree(self.folder / "anew")


def tree(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Report]:
    folder = tmp_path_factory.mktemp("project")
    return folder, Project(folder).build()


@pytest.fixture
def project(tmp_path: Path, built: tuple[Path, Report]) -> Project:
    """A copy of the project that was built."""
    shutil.copytree(built[0], tmp_path, dirs_exist_ok=True)
    return Project(tmp_path, new=False)
