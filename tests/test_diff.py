"""A diff: rows by id, then by their place in the sequence."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from pipeline.cli import main
from pipeline.model import PipelineError
from pipeline.review.diff import diff
from pipeline.tables.schema import DATES


def row(mention_id: str, start: int, surface: str, edtf: str, source_id: str = "plan") -> dict[str, str]:
    values = {
        "mention_id": mention_id,
        "source_id": source_id,
        "start": str(start),
        "end": str(start + 3),
        "surface": surface,
        "edtf": edtf,
    }
    return {column: values.get(column, "") for column in DATES.columns}


BEFORE = [row("d-1", 0, "9月", "2018-09"), row("d-2", 10, "10月", "2018-10"), row("d-3", 20, "1月", "2019-01")]


def changes(after: list[dict[str, str]]) -> list[tuple[str, str, str, tuple[str, ...]]]:
    found = []
    for change in diff({"dates": BEFORE}, {"dates": after}):
        old, new = change.old or {}, change.new or {}
        found.append((change.how, old.get("mention_id", ""), new.get("mention_id", ""), change.columns))
    return found


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        (BEFORE, []),
        ([*BEFORE, row("d-4", 30, "2月", "2019-02")], [("added", "", "d-4", ())]),
        (BEFORE[1:], [("removed", "d-1", "", ())]),
        ([row("d-1", 0, "9月", "2019-09"), *BEFORE[1:]], [("changed", "d-1", "d-1", ("edtf",))]),
        ([row("d-1", 5, "9月", "2018-09"), *BEFORE[1:]], [("moved", "d-1", "d-1", ())]),
        # an edit beside the middle row gives it a new id: it stays the same mention
        ([BEFORE[0], row("d-9", 10, "10月", "2018-10"), BEFORE[2]], []),
        ([BEFORE[0], row("d-9", 10, "11月", "2018-11"), BEFORE[2]], [("changed", "d-2", "d-9", ("surface", "edtf"))]),
        (
            [BEFORE[0], row("d-8", 5, "10月", "2018-10"), row("d-9", 10, "10月", "2018-10"), BEFORE[2]],
            [("moved", "d-2", "d-8", ()), ("added", "", "d-9", ())],
        ),
    ],
)
def test_rows_are_paired_by_id_and_then_aligned(after: list[dict[str, str]], expected: list[object]) -> None:
    assert changes(after) == expected


def test_rows_of_two_sources_are_never_paired() -> None:
    found = diff({"dates": [row("d-1", 0, "9月", "2018-09", "a")]}, {"dates": [row("d-2", 0, "9月", "2018-09", "b")]})
    assert [change.how for change in found] == ["removed", "added"]


def test_two_rows_with_one_id_are_refused() -> None:
    with pytest.raises(PipelineError, match=r"dates\.csv: the new table has two rows d-1"):
        diff({"dates": BEFORE}, {"dates": [BEFORE[0], BEFORE[0]]})


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with a committed build."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "plan.txt").write_text("令和3年9月14日に公表した。\n", encoding="utf-8")
    assert main(["build", "--jobs", "1"]) == 0
    for command in (["init", "-q"], ["add", "raw", "extracted"]):
        subprocess.run(["git", *command], check=True)
    identity = ["-c", "user.name=t", "-c", "user.email=t@example.jp"]
    subprocess.run(["git", *identity, "commit", "-qm", "build"], check=True)
    return tmp_path


def test_a_diff_is_against_the_last_commit_another_revision_or_a_folder(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert main(["diff", "--exit-code"]) == 0
    assert capsys.readouterr().out == "no row changed\n"
    (project / "extracted").rename(project / "before")
    (project / "raw" / "plan.txt").write_text("令和3年9月15日に公表した。\n", encoding="utf-8")
    main(["build", "--jobs", "1"])
    capsys.readouterr()
    for against in ("HEAD", "before"):
        assert main(["diff", against, "--exit-code"]) == 1
        shown = capsys.readouterr().out
        assert "dates: 1 changed" in shown
        assert "edtf: 2021-09-14 → 2021-09-15" in shown
    assert main(["diff", "--json"]) == 0
    (line,) = capsys.readouterr().out.splitlines()
    assert json.loads(line)["new"]["edtf"] == "2021-09-15"


def test_a_revision_that_is_none_is_one_line(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diff", "no-such"]) == 2
    assert "no-such: is neither a folder nor a git revision" in capsys.readouterr().err
