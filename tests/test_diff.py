"""A diff: rows by id, then by their place in the sequence."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.cli import main
from pipeline.model import PipelineError
from pipeline.review.diff import diff, paired
from pipeline.tables.schema import DATES
from pipeline.text.align import aligned


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


MARKS = st.lists(st.sampled_from(["3月\n", "4月\n", "3月と4月\n", "題\n"]), max_size=8).map("".join)


def marked(text: str) -> list[dict[str, str]]:
    return [
        row(f"d-{at}", at, text[at : at + 2], "") | {"end": str(at + 2)} for at in range(len(text)) if text[at] in "34"
    ]


@given(MARKS, MARKS)
def test_a_row_in_a_line_that_stayed_is_the_row_that_stands_there_now(old: str, new: str) -> None:
    lines, before, after = aligned(old, new), marked(old), marked(new)
    pairs = paired(before, after, lines)
    assert len({i for i, _ in pairs}) == len({j for _, j in pairs}) == len(pairs)
    for i, row in enumerate(before):
        moved = lines.moved(int(row["start"]), int(row["end"]))
        if moved is not None:
            assert [(after[j]["start"], after[j]["end"]) for k, j in pairs if k == i] == [tuple(map(str, moved))]


def test_rows_of_one_text_that_do_not_overlap_are_two() -> None:
    """By their order they would be one mention that has become another."""
    text = "3月と4月\n"
    one, other = [row("d-1", 0, "3月", "") | {"end": "2"}], [row("d-2", 3, "4月", "") | {"end": "5"}]
    assert paired(one, other, aligned(text, text)) == []
    assert paired(one, other) == [(0, 0)]
    wider = [row("d-2", 0, "3月と", "") | {"end": "3"}]
    assert paired(one, wider, aligned(text, text)) == [(0, 0)]


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
        assert shown.splitlines() == [
            "source file plan.txt (edited): dates 1 changed",
            "  plan",
            "    ~ 令和3年9月15日  surface: 令和3年9月14日 → 令和3年9月15日; edtf: 2021-09-14 → 2021-09-15  [date.era.date]",
            "        ⟦令和3年9月15日⟧に公表した。",
        ]
    assert main(["diff", "--json"]) == 0
    (line,) = capsys.readouterr().out.splitlines()
    told = json.loads(line)
    assert told["new"]["edtf"] == "2021-09-15"
    assert told["cause"] == {"kind": "file", "name": "plan.txt", "detail": "edited"}


@pytest.mark.parametrize(
    ("arguments", "rows"),
    [
        ([], 3),
        (["--kind", "date"], 1),
        (["--kind", "date", "--kind", "amount"], 2),
        (["--source", "plan"], 3),
        (["--source", "other"], 0),
        (["--cause", "source file"], 3),
        (["--cause", "rule"], 0),
    ],
)
def test_a_diff_is_narrowed(project: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], rows: int) -> None:
    text = "令和3年9月15日に公表した。3億円を使う。\n番号は7777である。\n"
    (project / "raw" / "plan.txt").write_text(text, encoding="utf-8")
    main(["build", "--jobs", "1"])
    capsys.readouterr()
    assert main(["diff", "--json", "--exit-code", *arguments]) == int(rows > 0)
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert len(lines) == rows, lines


def test_a_pull_request_is_told_in_html_that_a_source_cannot_leave(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "</code></details><script>@someone *令和3年9月15日* \x1b[K| `3億円`\n"
    (project / "raw" / "plan.txt").write_text(text, encoding="utf-8")
    main(["build", "--jobs", "1"])
    capsys.readouterr()
    assert main(["diff", "--markdown"]) == 0
    told = capsys.readouterr().out
    assert told.startswith("### What the build changed: 1 gained, 1 changed\n\n<table>\n<tr><th>cause</th>")
    assert "<td>source file plan.txt (edited)</td><td>~1</td><td>+1</td><td></td><td></td><td>1</td>" in told
    assert "&lt;/code&gt;&lt;/details&gt;&lt;script&gt;" in told
    assert "<script>" not in told
    assert "\x1b" not in told
    for block in told.rstrip("\n").split("\n\n")[1:]:
        assert block.lstrip().startswith(("<table>", "<details>"))
    assert main(["diff"]) == 0
    assert "\x1b" not in capsys.readouterr().out


def test_of_many_rows_some_are_shown(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    days = "".join(f"令和3年10月{day}日\n" for day in range(1, 16))
    (project / "raw" / "plan.txt").write_text(f"令和3年9月14日に公表した。\n{days}", encoding="utf-8")
    main(["build", "--jobs", "1"])
    for most, signs in (("3", 3), ("0", 15)):
        capsys.readouterr()
        main(["diff", "--most", most])
        shown = capsys.readouterr().out
        assert shown.count("    + ") == signs
        assert ("… and 12 more (--most 0 shows all)" in shown) == (most == "3")


def test_scores_are_told_before_and_after(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "gold").mkdir()
    marked = {
        "doc": "plan",
        "type": "date",
        "start": 0,
        "end": 9,
        "surface": "令和3年9月14日",
        "value": {"edtf": "2021-09-15"},
    }
    (project / "gold" / "plan.jsonl").write_text(json.dumps(marked, ensure_ascii=False), encoding="utf-8")
    (project / "raw" / "plan.txt").write_text("令和3年9月15日に公表した。\n", encoding="utf-8")
    main(["build", "--jobs", "1"])
    capsys.readouterr()
    assert main(["diff", "--gold", "gold"]) == 0
    shown = capsys.readouterr().out
    assert "date          span  1.000 → 1.000" in shown
    assert "date          value 0.000 → 1.000" in shown
    assert main(["diff", "--gold", "none"]) == 2


def test_a_first_build_has_gained_everything(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    subprocess.run(["git", "rm", "-rq", "--cached", "extracted"], check=True)
    subprocess.run(["git", "-c", "user.name=t", "-c", "user.email=t@t", "commit", "-qm", "none"], check=True)
    capsys.readouterr()
    main(["diff"])
    assert capsys.readouterr().out.splitlines()[0] == "new source plan (plan.txt): dates 1 gained"


def test_a_revision_that_is_none_is_one_line(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diff", "no-such"]) == 2
    assert "no-such: is neither a folder nor a git revision" in capsys.readouterr().err
