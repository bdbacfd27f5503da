"""A diff names the one cause of every row: scenarios in git."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from pipeline.driver.build import build
from pipeline.review.comparison import Comparison, Project, compare

TEXTS = {
    "market": "市場だより\n\n5月朝市は令和4年5月14日に開く。出店料は2,000円である。\n",
    "計画/road": "道路の工事\n\n10月2日から、青森市は3億円で橋を直す。\n来年度は5億円を使う。\n",
    "school": "学校の集まり\n\n児童40人が、ひばり谷読書会に加わった。令和元年度は35人だった。\n",
    "list": "行事\n\n- 4月3日 入学式 120人\n- 5月9日 遠足 80人\n- 6月1日 運動会 300人\n- 5月9日 遠足 80人\n\n令和5年の予定である。\n",
}
RULES = {
    "date/market.yml": """\
kind: date
rules:
  - id: date.market.morning
    description: a market's month
    pattern: "(?P<month>5)月朝市"
    value: date
    examples:
      "XXXX-05": ["«5月朝市»"]
""",
    "amount/fee.yml": """\
kind: amount
rules:
  - id: amount.fee.stall
    description: a fee
    pattern: "出店料は{number}円"
    set: {as_unit: JPY, kind: money}
    value: amount
    examples:
      2000 JPY: ["«出店料は2,000円»"]
""",
}
IDENTITY = ("-c", "user.name=t", "-c", "user.email=t@example.jp", "-c", "core.autocrlf=false")


class Repository:
    """A project in git, built and committed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def write(self, name: str, text: str) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")

    def edit(self, name: str, *pairs: tuple[str, str]) -> None:
        text = (self.folder / name).read_text(encoding="utf-8")
        for old, new in pairs:
            assert old in text
            text = text.replace(old, new)
        self.write(name, text)

    def build(self) -> None:
        folder = self.folder
        build(folder / "raw", folder / "extracted", folder / "rules", folder / ".cache", jobs=1)

    def commit(self) -> None:
        for command in (["add", "-A"], ["commit", "-qm", "build"]):
            subprocess.run(["git", *IDENTITY, *command], cwd=self.folder, check=True, capture_output=True)

    def project(self) -> Project:
        folder = self.folder
        return Project(folder / "raw", folder / "rules", folder / "extracted", folder / ".cache")

    def compared(self, against: str = "HEAD") -> Comparison:
        return compare(self.project(), against)

    def causes(self, against: str = "HEAD") -> dict[str, list[tuple[str, str]]]:
        """(how, surface) of all changes by kind and name of their cause."""
        self.build()
        found: dict[str, list[tuple[str, str]]] = {}
        for change in self.compared(against).changes:
            found.setdefault(f"{change.cause.kind} {change.cause.name}", []).append((change.how, change.row["surface"]))
        return found


@pytest.fixture(scope="module")
def committed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("repository")
    repository = Repository(folder)
    for name, text in TEXTS.items():
        repository.write(f"raw/{name}.txt", text)
    for name, text in RULES.items():
        repository.write(f"rules/{name}", text)
    repository.write("raw/計画/road.source.yml", "covers: 2020\npublished: 2020-06\n")
    repository.write(".gitignore", ".cache\n")
    repository.build()
    subprocess.run(["git", "init", "-q"], cwd=folder, check=True)
    repository.commit()
    return folder


@pytest.fixture
def repository(committed: Path, tmp_path: Path) -> Repository:
    shutil.copytree(committed, tmp_path, dirs_exist_ok=True, symlinks=True)
    return Repository(tmp_path)


def test_nothing_changed(repository: Repository) -> None:
    assert repository.causes() == {}


def test_one_rule_is_named_with_the_rows_that_it_touched(repository: Repository) -> None:
    repository.edit("rules/date/market.yml", ("5)月朝市", "5)月朝"), ("«5月朝市»", "«5月朝»市"))
    assert repository.causes() == {"rule date.market.morning": [("changed", "5月朝")]}


def test_of_two_rules_each_has_its_own_rows(repository: Repository) -> None:
    repository.edit("rules/date/market.yml", ("5)月朝市", "5)月朝"), ("«5月朝市»", "«5月朝»市"))
    repository.edit("rules/amount/fee.yml", ("出店料は{number}円", "料は{number}円"), ("«出店料は", "出店«料は"))
    assert repository.causes() == {
        "rule date.market.morning": [("changed", "5月朝")],
        "rule amount.fee.stall": [("changed", "料は2,000円")],
    }


def test_what_a_sidecar_says(repository: Repository) -> None:
    repository.edit("raw/計画/road.source.yml", ("2020-06", "2022-06"))
    causes = repository.causes()
    assert list(causes) == ["sidecar 計画/road: published"]
    (change,) = [change for change in repository.compared().changes if change.table == "dates"]
    assert change.cause.detail == "2020-06 → 2022-06"


def test_a_paragraph_on_top_and_a_copy_before_the_original(repository: Repository) -> None:
    copy = "- 5月9日 遠足 80人\n"
    repository.edit("raw/list.txt", ("行事\n", "行事\n\n令和5年3月に作成した。\n"), ("- 4月3日", f"{copy}- 4月3日"))
    causes = repository.causes()
    assert list(causes) == ["file list.txt"]
    lost_or_gained = [row for row in causes["file list.txt"] if row[0] in ("added", "removed")]
    assert lost_or_gained == [("added", "令和5年3月"), ("added", "5月9日"), ("added", "80人")]
    added = [change.row for change in repository.compared().changes if change.how == "added"]
    text = repository.compared().now.text("list") or ""
    assert {int(row["start"]) for row in added if row["surface"] == "5月9日"} == {text.index("5月9日")}


def kinds(repository: Repository) -> dict[str, int]:
    return {cause: len(rows) for cause, rows in repository.causes().items()}


@pytest.mark.parametrize("against", ["HEAD", "copy", "copy/extracted"])
def test_sidecar_and_rule_at_once_against_a_revision_or_a_project_beside(
    repository: Repository, tmp_path_factory: pytest.TempPathFactory, against: str
) -> None:
    if against != "HEAD":
        beside = tmp_path_factory.mktemp("beside")
        shutil.copytree(repository.folder, beside / "copy", symlinks=True)
        against = str(beside / against)
    repository.edit("raw/計画/road.source.yml", ("covers: 2020", "covers: 2021"))
    repository.write("rules/date/off.yml", "kind: date\ndisable: [date.relative.fiscal]\n")
    assert repository.causes(against) == {
        "sidecar 計画/road: covers": [("changed", "10月2日"), ("changed", "3億円")],
        "rule date.relative.fiscal": [("removed", "来年度"), ("changed", "5億円")],
    }


def test_tables_of_which_the_inputs_are_gone_are_compared_by_names(repository: Repository) -> None:
    before = shutil.copytree(repository.folder / "extracted", repository.folder / "before")
    repository.edit("raw/計画/road.source.yml", ("covers: 2020", "covers: 2021"))
    repository.write("rules/date/off.yml", "kind: date\ndisable: [date.relative.fiscal]\n")
    causes = repository.causes(str(before))
    assert causes["rule date.relative.fiscal"] == [("removed", "来年度")]
    assert ("changed", "10月2日") in causes["sidecar 計画/road"]
