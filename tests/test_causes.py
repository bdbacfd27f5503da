"""A diff names the one cause of every row: scenarios in git."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pipeline.driver.build import build
from pipeline.model import Decision, Span
from pipeline.model.decision import Do
from pipeline.review.comparison import Comparison, Project, compare
from pipeline.review.decide import append, withdraw
from pipeline.sources.decisions import read_decisions
from pipeline.text.anchor import anchor_of, ground_of_rows

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
    assert repository.compared(str(before)).notes
    assert not repository.compared().notes


def test_two_rules_whose_matches_overlap(repository: Repository) -> None:
    repository.edit("rules/date/market.yml", ("5)月朝市", "5)月朝市は"), ("«5月朝市»", "«5月朝市は»"))
    repository.write(
        "rules/date/opening.yml",
        """\
kind: date
rules:
  - id: date.opening.day
    description: the day of an opening, with the word before it
    pattern: "市は{era}{era_year}年{month}月{day}日"
    value: date
    examples:
      "2022-05-14": ["朝«市は令和4年5月14日»"]
""",
    )
    repository.build()
    found = {(change.row["surface"], change.cause.name, *change.also) for change in repository.compared().changes}
    assert ("市は令和4年5月14日", "date.opening.day") in found
    (other,) = found - {("市は令和4年5月14日", "date.opening.day")}
    assert other[:2] in (("5月", "date.market.morning"), ("5月", "date.opening.day"))


def test_a_rule_that_is_disabled(repository: Repository) -> None:
    repository.write("rules/date/off.yml", "kind: date\ndisable: [date.partial.month_day]\n")
    causes = repository.causes()
    assert list(causes) == ["rule date.partial.month_day"]
    assert ("removed", "10月2日") in causes["rule date.partial.month_day"]
    assert {change.cause.detail for change in repository.compared().changes} == {"gone"}


BODIES = "organisation_id,name,legal_form,kind,parent_id,corporate_number,aliases,note\n"


def test_a_line_of_a_gazetteer(repository: Repository) -> None:
    repository.write(
        "rules/gazetteer/organisations.csv",
        f"{BODIES}x-hibari,ひばり谷読書会,,association,,,,\nx-none,ない会,,association,,,,\n",
    )
    (cause,) = repository.causes()
    assert cause == "gazetteer organisations:x-hibari"


def test_a_unit_changes_patterns_and_no_rule(repository: Repository) -> None:
    columns = (Path(__file__).parent.parent / "rules/gazetteer/units.csv").read_text("utf-8").splitlines()[0].split(",")
    row = dict.fromkeys(columns, "") | {"surface": "人", "unit": "名", "kind": "count", "factor": "1"}
    repository.write("rules/gazetteer/units.csv", f"{','.join(columns)}\n{','.join(row.values())}\n")
    repository.edit("rules/amount/fee.yml", ("出店料は{number}円", "料は{number}円"), ("«出店料は", "出店«料は"))
    causes = repository.causes()
    assert set(causes) == {"gazetteer units:人", "rule amount.fee.stall"}
    assert {surface for _, surface in causes["gazetteer units:人"]} >= {"120人", "80人", "300人", "40人", "35人"}
    assert causes["rule amount.fee.stall"] == [("changed", "料は2,000円")]


def line_of_own(repository: Repository, name: str, key: str, old: str, new: str) -> None:
    """A project's own line in the place of a shipped one."""
    shipped = Path(__file__).parent.parent / "rules/gazetteer" / f"{name}.csv"
    head, *lines = shipped.read_text("utf-8").splitlines()
    line = next(line for line in lines if line.startswith(f"{key},"))
    repository.write(f"rules/gazetteer/{name}.csv", f"{head}\n{line.replace(old, new)}\n")


def test_lines_of_two_gazetteers_of_which_parsers_know_one(repository: Repository) -> None:
    line_of_own(repository, "units", "人", ",人,", ",名,")
    line_of_own(repository, "municipalities", "022012", ",青森市,", ",青森町,")
    causes = repository.causes()
    assert {surface for _, surface in causes.pop("gazetteer municipalities:022012")} == {"青森市"}
    assert {surface for _, surface in causes.pop("gazetteer units:人")} >= {"120人", "80人", "300人", "40人", "35人"}
    assert not causes


def test_a_fragment_is_one_edit_of_many_rules(repository: Repository) -> None:
    repository.write("rules/fragments.yml", 'month: "(?:1[0-2]|[1-9])"\n')
    repository.build()
    repository.commit()
    repository.edit("rules/fragments.yml", ("[1-9])", "[1-46-9])"))
    repository.edit("rules/amount/fee.yml", ("出店料は{number}円", "料は{number}円"), ("«出店料は", "出店«料は"))
    assert set(repository.causes()) == {"rule fragments.yml {month}", "rule amount.fee.stall"}


def test_what_a_sidecar_says_of_the_time_that_is_covered(repository: Repository) -> None:
    repository.edit("raw/計画/road.source.yml", ("covers: 2020", "covers: 2021\ntitle: 道路"))
    assert repository.causes() == {"sidecar 計画/road: covers": [("changed", "10月2日"), ("changed", "3億円")]}


def test_each_key_of_a_sidecar_has_its_own_rows(repository: Repository) -> None:
    repository.edit("raw/計画/road.source.yml", ("covers: 2020", "covers: 2021"), ("2020-06", "2022-06"))
    assert repository.causes() == {
        "sidecar 計画/road: covers": [("changed", "10月2日"), ("changed", "3億円")],
        "sidecar 計画/road: published": [("changed", "来年度"), ("changed", "5億円")],
    }


def test_a_source_that_is_replaced(repository: Repository) -> None:
    repository.write("raw/school.txt", "図書館の集まり\n\n令和4年6月1日に60人が集まった。\n")
    (cause,) = repository.causes()
    assert cause == "file school.txt"
    compared = repository.compared()
    assert compared.then.text("school") == TEXTS["school"]
    assert compared.then.file("school") == TEXTS["school"].encode()
    assert "図書館" in (compared.now.text("school") or "")
    assert {row["surface"] for row in compared.then.rows("school", "amounts")} == {"40人", "35人"}


def test_sources_that_come_and_go(repository: Repository) -> None:
    repository.write("raw/new.txt", "令和4年6月1日\n")
    (repository.folder / "raw/market.txt").unlink()
    (repository.folder / "raw/school.txt").rename(repository.folder / "raw/学校.txt")
    causes = repository.causes()
    assert causes.pop("source-added new") == [("added", "令和4年6月1日")]
    assert {how for how, _ in causes.pop("source-removed market")} == {"removed"}
    assert {how for how, _ in causes.pop("source-renamed school → 学校")} == {"moved"}
    assert not causes


def test_a_file_a_rule_and_a_sidecar_at_once(repository: Repository) -> None:
    repository.edit("raw/計画/road.txt", ("道路の工事\n", "道路の工事\n\n令和元年8月1日に決めた。\n"))
    repository.edit("raw/計画/road.source.yml", ("covers: 2020", "covers: 2021"))
    repository.write("rules/date/off.yml", "kind: date\ndisable: [date.relative.fiscal]\n")
    causes = repository.causes()
    assert ("added", "令和元年8月1日") in causes.pop("file 計画/road.txt")
    assert causes.pop("rule date.relative.fiscal") == [("removed", "来年度"), ("changed", "5億円")]
    assert ("changed", "10月2日") in causes.pop("sidecar 計画/road: covers")
    assert not causes


def test_what_a_command_asks_for_stands_for_a_key_of_the_sidecar(repository: Repository) -> None:
    receipt = repository.folder / "extracted/build.json"
    told = json.loads(receipt.read_bytes())
    told["sources"]["計画/road"] |= {"asked": "check_digits", "folder": "0" * 64}
    receipt.write_text(json.dumps(told), encoding="utf-8")
    dates = repository.folder / "extracted/sources/計画/road/dates.csv"
    dates.write_bytes(dates.read_bytes().replace(b"2020-10-02", b"2020-10-03"))
    (change,) = repository.compared().changes
    assert change.cause == ("sidecar", "計画/road: check_digits", "no → yes")


EDITS: dict[str, Callable[[Repository], None]] = {
    "rule date.market.morning": lambda r: r.edit(
        "rules/date/market.yml", ("5)月朝市", "5)月朝"), ("«5月朝市»", "«5月朝»")
    ),
    "rule amount.fee.stall": lambda r: r.edit(
        "rules/amount/fee.yml", ("出店料は{number}円", "料は{number}円"), ("«出店料は", "出店«料は")
    ),
    "rule date.relative.fiscal": lambda r: r.write(
        "rules/date/off.yml", "kind: date\ndisable: [date.relative.fiscal]\n"
    ),
    "gazetteer units:人": lambda r: line_of_own(r, "units", "人", ",人,", ",名,"),
    "gazetteer municipalities:022012": lambda r: line_of_own(r, "municipalities", "022012", ",青森市,", ",青森町,"),
    "sidecar 計画/road: covers": lambda r: r.edit("raw/計画/road.source.yml", ("covers: 2020", "covers: 2021")),
    "sidecar 計画/road: publisher": lambda r: r.edit(
        "raw/計画/road.source.yml", ("covers:", "publisher: 青森市\ncovers:")
    ),
    "file list.txt": lambda r: r.edit("raw/list.txt", ("行事\n", "行事\n\n1月5日に3人で作成した。\n")),
    "file 計画/road.txt": lambda r: r.edit("raw/計画/road.txt", ("を使う。", "を使う。\n青森市の10月9日の会に9人。")),
}


def test_of_many_edits_at_once_each_row_has_one_that_changes_it_alone(
    repository: Repository, committed: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """A row is told by its table, how it changed and its old place, or its surface where it has none."""

    def changed(of: Repository) -> dict[tuple[str, ...], str]:
        told: dict[tuple[str, ...], str] = {}
        for change in of.compared().changes:
            where = change.old["start"] if change.old is not None else change.row["surface"]
            how = "moved" if change.how == "moved" else ""
            told[change.table, change.source_id, how, where] = f"{change.cause.kind} {change.cause.name}"
        return told

    alone: dict[tuple[str, ...], set[str]] = {}
    for name, edit in EDITS.items():
        one = Repository(tmp_path_factory.mktemp("one") / "copy")
        shutil.copytree(committed, one.folder, symlinks=True)
        edit(one)
        one.build()
        rows = changed(one)
        assert set(rows.values()) <= {name}
        for row in rows:
            alone.setdefault(row, set()).add(name)
        edit(repository)
    repository.build()
    together = changed(repository)
    assert len(together) > 20
    assert len(together.keys() - alone.keys()) <= 3
    assert set(together.values()) >= EDITS.keys() - {"sidecar 計画/road: publisher"}
    assert not {row: cause for row, cause in together.items() if cause not in alone.get(row, {cause})}


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the program, to be edited."""
    folder, root = tmp_path_factory.mktemp("program"), Path(__file__).parent.parent
    for name in ("pipeline", "rules"):
        shutil.copytree(root / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    return folder


@pytest.fixture
def edited(program: Path) -> Iterator[Program]:
    copy = Program(program)
    yield copy
    copy.restore()


class Program:
    """A copy of the program."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.before: dict[Path, str] = {}

    def append(self, module: str, text: str) -> None:
        path = self.folder / "pipeline" / module
        self.before.setdefault(path, path.read_text(encoding="utf-8"))
        path.write_text(self.before[path] + text, encoding="utf-8")

    def restore(self) -> None:
        for path, text in self.before.items():
            path.write_text(text, encoding="utf-8")

    def run(self, repository: Repository, *arguments: str) -> str:
        environment = os.environ | {"PYTHONPATH": str(self.folder), "PYTHONDONTWRITEBYTECODE": "1"}
        command = [sys.executable, "-m", "pipeline", *arguments]
        done = subprocess.run(command, cwd=repository.folder, env=environment, check=True, capture_output=True)
        return done.stdout.decode()

    def causes(self, repository: Repository) -> dict[str, set[str]]:
        """Tables by cause."""
        self.run(repository, "build", "--jobs", "1")
        found: dict[str, set[str]] = {}
        for line in self.run(repository, "diff", "--json").splitlines():
            told = json.loads(line)
            if told["table"] not in ("issues", "leftovers"):
                cause = f"{told['cause']['kind']} {told['cause']['name']}"
                found.setdefault(cause, set()).add(told["table"])
        return found


LABELS = """

_resolve_amounts = resolve_amounts


def resolve_amounts(context, dates):
    mentions, issues = _resolve_amounts(context, dates)
    return [mention._replace(columns={**mention.columns, "label": "札"}) for mention in mentions], issues
"""
READING = """

_parse_plain = parse_plain


def parse_plain(source):
    from dataclasses import replace

    return _parse_plain(replace(source, data=source.data.replace("月".encode(), "月 ".encode())))
"""


def test_code_is_named_by_its_module(repository: Repository, edited: Program) -> None:
    edited.append("resolve/amounts.py", LABELS)
    assert edited.causes(repository) == {"code pipeline/resolve/amounts.py": {"amounts"}}


def test_parsers_are_code_of_their_own(repository: Repository, edited: Program) -> None:
    edited.append("parsers/plain.py", READING)
    edited.append("parsers/html.py", "\nUNUSED = 1\n")
    (cause,) = edited.causes(repository)
    assert cause == "parser pipeline/parsers/plain.py"


def test_code_and_a_rule_at_once(repository: Repository, edited: Program) -> None:
    edited.append("resolve/amounts.py", LABELS)
    repository.edit("rules/date/market.yml", ("5)月朝市", "5)月朝"), ("«5月朝市»", "«5月朝»"))
    assert edited.causes(repository) == {
        "code pipeline/resolve/amounts.py": {"amounts"},
        "rule date.market.morning": {"dates"},
    }


def test_a_comment_in_the_program_is_no_cause(repository: Repository, edited: Program) -> None:
    edited.append("resolve/amounts.py", "\n\n# why\n")
    repository.edit("rules/date/market.yml", ("5)月朝市", "5)月朝"), ("«5月朝市»", "«5月朝»"))
    assert edited.causes(repository) == {"rule date.market.morning": {"dates"}}


def test_a_package_is_named_with_its_versions(repository: Repository) -> None:
    """As if fugashi 1.0.0 had read another value."""
    dates = repository.folder / "extracted/sources/school/dates.csv"
    before = dates.read_bytes()
    dates.write_bytes(before.replace(b"2019-04/2020-03", b"2018-04/2019-03"))
    receipt = repository.folder / "extracted/build.json"
    now = receipt.read_bytes()
    told = json.loads(now)
    version = told["packages"]["fugashi"]
    told["packages"]["fugashi"] = "1.0.0"
    told["sources"]["school"]["folder"] = "0" * 64
    receipt.write_text(json.dumps(told), encoding="utf-8")
    repository.commit()
    dates.write_bytes(before)
    receipt.write_bytes(now)
    (change,) = repository.compared().changes
    assert change.cause == ("packages", "fugashi", f"fugashi 1.0.0 → {version}")


def test_a_name_in_git_may_be_written_in_another_form(repository: Repository) -> None:
    """A file system may write が as か and a mark."""
    assert repository.compared().then.text("計画/road") == TEXTS["計画/road"]
    files = repository.compared().then.raw
    assert files is not None
    assert files.read("計画/road.txt") == TEXTS["計画/road"].encode()
    assert files.read("計画/none.txt") is None


def test_issues_and_leftovers_have_causes_too(repository: Repository) -> None:
    repository.edit("raw/list.txt", ("令和5年の予定である。", "番号は7777である。"))
    repository.write("rules/date/off.yml", "kind: date\ndisable: [date.partial.month_day]\n")
    repository.build()
    effects = repository.compared().effects
    found = {(effect.table, effect.how, effect.cause.kind) for effect in effects if effect.source_id == "list"}
    assert ("leftovers", "added", "file") in found
    assert {cause for table, _, cause in found if table == "leftovers"} == {"file", "rule"}


def decide(repository: Repository, source_id: str, *decided: tuple[Do, str, dict[str, str]]) -> None:
    """Decide about dates by their surface."""
    state = repository.compared().now
    text = state.text(source_id) or ""
    ground = ground_of_rows(text, state.rows(source_id, "blocks"), state.rows(source_id, "cells"))
    lines = []
    for do, surface, told in decided:
        start = text.index(surface)
        anchor = anchor_of(ground, Span(start, start + len(surface)))
        kind = "" if do == "text" else "date"
        lines.append(Decision(do, kind, anchor, told, by="佐藤", date="2026-11-26"))
    append(repository.folder / "rules", source_id, lines)


def test_decisions(repository: Repository) -> None:
    decide(
        repository,
        "計画/road",
        ("accept", "来年度", {"edtf": "2021-04/2022-03"}),
        ("reject", "10月2日", {}),
    )
    assert repository.causes() == {
        "decision accept 佐藤 2026-11-26": [("changed", "来年度")],
        "decision reject 佐藤 2026-11-26": [("removed", "10月2日")],
    }


def test_decisions_and_a_rule_at_once(repository: Repository) -> None:
    decide(repository, "market", ("replace", "令和4年5月14日", {"edtf": "2022-05-15"}))
    repository.edit("rules/date/market.yml", ("5)月朝市", "5)月朝"), ("«5月朝市»", "«5月朝»"))
    causes = repository.causes()
    assert causes.pop("rule date.market.morning") == [("changed", "5月朝")]
    assert ("changed", "令和4年5月14日") in causes.pop("decision replace 佐藤 2026-11-26")
    assert not causes


def test_a_decision_that_is_taken_back(repository: Repository) -> None:
    decide(repository, "計画/road", ("reject", "10月2日", {}))
    repository.build()
    repository.commit()
    (decision,) = read_decisions(repository.folder / "rules/decisions/計画/road.jsonl")
    withdraw(repository.folder / "rules", "計画/road", [decision.decision_id], "鈴木", "2026-11-27")
    causes = repository.causes()
    assert list(causes) == ["decision withdraw 鈴木 2026-11-27"]
    assert ("added", "10月2日") in causes["decision withdraw 鈴木 2026-11-27"]
