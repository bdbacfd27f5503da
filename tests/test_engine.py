"""The engine: what a rule file may say, what wins, and what `make rules` refuses."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.engine.check import check, run
from pipeline.engine.explain import explain
from pipeline.engine.find import find
from pipeline.engine.fragments import expand, resolve_fragments
from pipeline.engine.gazetteer import Gazetteer
from pipeline.engine.load import RuleSet, compile_all, load_folders, load_rules
from pipeline.engine.page import open_page
from pipeline.engine.rule import Rule
from pipeline.engine.search import Pattern
from pipeline.model import Block, Document, PipelineError, Span

ROOT = Path(__file__).parent.parent
HEAD = "kind: ignore\nanchor: [号]\nrules:\n"
RULE = """\
  - id: ignore.x.number
    description: a numbered bill
    pattern: "第 {digits} 号"
    examples:
      第: ["«第44号»議案", "議案«第 ４５ 号»"]
    counterexamples:
      - {text: 第三次計画と号令, why: no number}
"""
FRAGMENTS = 'digits: "[0-9]+"\n'


def rules(folder: Path, text: str, fragments: str = FRAGMENTS, name: str = "ignore/x.yml") -> RuleSet:
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / "fragments.yml").write_text(fragments, encoding="utf-8")
    (folder / name).write_text(text, encoding="utf-8")
    return load_folders([(folder, "rules")])


def spans(text: str, rule_set: RuleSet) -> list[str]:
    return [candidate.span.cut(text) for candidate in run(text, rule_set)]


def test_a_good_rule_file_has_no_problems(tmp_path: Path) -> None:
    checked = check(rules(tmp_path, HEAD + RULE))
    assert checked.problems == ()
    assert (checked.rules, checked.examples, checked.counterexamples) == (1, 2, 1)
    assert checked.variants == 6


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        (
            "{digits}",
            "{digit}",
            "rules/ignore/x.yml:4 ignore.x.number: fragment {digit} is not defined; did you mean {digits}?",
        ),
        ("{digits}", "{digits}(", "rules/ignore/x.yml:4 ignore.x.number: RE2 refuses the pattern: missing ): "),
        (
            "{digits}",
            "(?<=a)",
            "rules/ignore/x.yml:4 ignore.x.number: RE2 refuses the pattern: invalid perl operator: (?<=",
        ),
        ("pattern:", "patern:", "rules/ignore/x.yml:4 ignore.x.number: key patern is not known; did you mean pattern?"),
        ("«第44号»", "第44号", "rules/ignore/x.yml:4 ignore.x.number: example 第44号議案 does not mark its span"),
        ("ignore.x.number", "ignore.number", "rules/ignore/x.yml:4 ignore.number: an id begins with its file's path"),
        ("kind: ignore", "kind: ignored", "rules/ignore/x.yml:1: kind ignored is not known"),
        ("kind: ignore", "kind: [ignore", "rules/ignore/x.yml:"),
    ],
)
def test_a_rule_that_cannot_be_read_is_one_line_that_names_it(tmp_path: Path, old: str, new: str, line: str) -> None:
    with pytest.raises(PipelineError) as error:
        rules(tmp_path, (HEAD + RULE).replace(old, new))
    assert str(error.value).startswith(line)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("第三次計画と号令", "第三次計画", "holds none of the file's anchors"),
        ("第三次計画と号令", "第3号と号令", "'第3号' is found, but no number"),
        ("«第44号»議案", "«第四号»議案", "'第四号' is not found"),
        ("«第44号»議案", "«第44号議»案", "'第44号議' is not found (ignore.x.number found '第44号')"),
        ("«第44号»議案", "«第44号»と第45号", "'第45号' is found too"),
        ("第 {digits} 号", "第{digits}号", "'第 ４５ 号' is not found"),
        ("第 {digits} 号", "第 [0-3]*4[0-9]* 号", "is not found"),
        ('"«第44号»議案", ', "", "has 1 examples; give at least two"),
        ("    counterexamples:\n      - {text: 第三次計画と号令, why: no number}\n", "", "has no counterexample"),
    ],
)
def test_an_example_that_does_not_hold_is_a_problem_with_file_line_and_rule(
    tmp_path: Path, old: str, new: str, problem: str
) -> None:
    problems = (
        check(rules(tmp_path, (HEAD + RULE).replace(old, new))).problems
        if old != "第 {digits} 号" or "4" not in new
        else check(rules(tmp_path, (HEAD + RULE).replace(old, new).replace("４５", "５５"))).problems
    )
    assert any(problem in found for found in problems), problems
    assert all(found.startswith("rules/ignore/x.yml:4 ignore.x.number: ") for found in problems)


def test_two_rules_that_tie_on_an_example_are_a_problem_until_one_beats_the_other(tmp_path: Path) -> None:
    twin = RULE.replace("ignore.x.number", "ignore.x.twin")
    problems = check(rules(tmp_path, HEAD + RULE + twin)).problems
    assert any("rules ignore.x.number and ignore.x.twin tie" in problem for problem in problems)
    settled = RULE + "    beats: [ignore.x.twin]\n"
    remaining = check(rules(tmp_path, HEAD + settled + twin)).problems
    assert not any("tie" in problem for problem in remaining)
    assert all("ignore.x.twin: " in problem for problem in remaining)


def test_an_id_stands_once_in_a_folder(tmp_path: Path) -> None:
    with pytest.raises(PipelineError, match=r"ignore\.x\.number stands already in rules/ignore/x\.yml:4"):
        rules(tmp_path, HEAD + RULE + RULE)


def test_a_gazetteer_row_with_a_wrong_check_digit_is_refused(tmp_path: Path) -> None:
    (tmp_path / "gazetteer").mkdir()
    (tmp_path / "gazetteer" / "places.csv").write_text("code,name\n011002,札幌市\n011003,札幌市\n", encoding="utf-8")
    with pytest.raises(PipelineError) as error:
        rules(tmp_path, HEAD + RULE)
    assert str(error.value).startswith("rules/gazetteer/places.csv:3: code 011003 has a wrong check digit")


@pytest.mark.parametrize(
    ("lines", "problem"),
    [
        ('青葉会,"一行目\n二行目"\n若葉会\n', "rules/gazetteer/clubs.csv:4: has 1 fields, the header 2"),
        (
            '青葉会,"一行目\n二行目"\n\n若葉会,\n青葉会,\n',
            "rules/gazetteer/clubs.csv:6: 青葉会 stands twice (first in line 3)",
        ),
        ('青葉会,"一行目" 二行目\n', "rules/gazetteer/clubs.csv:2: is not CSV"),
    ],
)
def test_a_gazetteer_that_cannot_be_read_is_one_line_that_names_it(tmp_path: Path, lines: str, problem: str) -> None:
    (tmp_path / "gazetteer").mkdir()
    (tmp_path / "gazetteer" / "clubs.csv").write_text("name,note\n" + lines, encoding="utf-8")
    with pytest.raises(PipelineError) as error:
        rules(tmp_path, HEAD + RULE)
    assert str(error.value).startswith(problem)


@given(st.sets(st.text("山川田", min_size=1, max_size=4), min_size=1, max_size=6), st.text("山川田。", max_size=24))
def test_of_names_the_longest_from_left_to_right_is_found(names: set[str], text: str) -> None:
    gazetteer = Gazetteer("fields", (), {name: ({"name": name},) for name in sorted(names)})
    expected, at = [], 0
    while at < len(text):
        longest = max((name for name in names if text.startswith(name, at)), key=len, default="")
        expected += [(at, at + len(longest), ({"name": longest},))] if longest else []
        at += len(longest) or 1
    assert gazetteer.find(text) == expected


def test_every_shipped_pattern_is_one_that_re2_takes() -> None:
    compile_all(load_rules().rules)


def test_a_pattern_that_re2_refuses_is_told_with_its_rule() -> None:
    rule = Rule("date.x.y", "date", "rules/date/x.yml:4 date.x.y", "a day", "date", after=Pattern("日(?!付)"))
    with pytest.raises(PipelineError, match=r"rules/date/x\.yml:4 date\.x\.y: RE2 refuses the pattern"):
        compile_all([rule])


def test_own_rules_add_replace_and_take_away(tmp_path: Path) -> None:
    shipped, own = tmp_path / "shipped", tmp_path / "own"
    rules(shipped, HEAD + RULE + RULE.replace("ignore.x.number", "ignore.x.other").replace("号", "条"))
    text = "第1号と第2条と第3巻"
    assert spans(text, load_folders([(shipped, "rules")])) == ["第1号", "第2条"]
    (own / "ignore").mkdir(parents=True)
    added = RULE.replace("ignore.x.number", "ignore.mine.volume").replace("号", "巻")
    (own / "ignore" / "mine.yml").write_text("kind: ignore\nanchor: [巻]\nrules:\n" + added, encoding="utf-8")
    (own / "ignore" / "x.yml").write_text(
        "disable: [ignore.x.other]\n" + HEAD + RULE.replace("第 {digits}", "{digits}"), encoding="utf-8"
    )
    assert spans(text, load_folders([(shipped, "rules"), (own, "own")])) == ["1号", "第3巻"]


def test_disabling_what_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(
        PipelineError, match=r"disables ignore\.x\.numbr, which is no rule; did you mean ignore\.x\.number"
    ):
        rules(tmp_path, "disable: [ignore.x.numbr]\n" + HEAD + RULE)


def test_the_longer_span_wins_and_equal_ones_are_reported(tmp_path: Path) -> None:
    longer = RULE.replace("ignore.x.number", "ignore.x.bill").replace("号", "号議案")
    rule_set = rules(tmp_path, HEAD + RULE + longer)
    assert spans("第44号議案と第5号", rule_set) == ["第44号議案", "第5号"]
    tied = rules(tmp_path, HEAD + RULE + RULE.replace("ignore.x.number", "ignore.x.twin"))
    (candidate,) = run("第44号", tied)
    assert [issue.code for issue in candidate.issues] == ["rule-tie"]


@pytest.mark.parametrize(
    ("condition", "text", "found"),
    [
        ('before: "^|議案"', "議案第1号", ["第1号"]),
        ('before: "^|議案"', "第1号と第2号", ["第1号"]),
        ('not_before: "議案"', "議案第1号と第2号", ["第2号"]),
        ('after: "$"', "第1号と第2号", ["第2号"]),
        ('not_after: "議"', "第1号議案と第2号", ["第2号"]),
        ("blocks: [cell]", "第1号", []),
        ("not_blocks: [heading]", "第1号", ["第1号"]),
        ('tokens: {after: "^議案\\t名詞"}', "第1号議案と第2号", ["第1号"]),
        ('tokens: {not_before: "^議案"}', "議案第1号と第2号", ["第2号"]),
    ],
)
def test_what_may_stand_around_a_span_is_a_field_of_the_rule(
    tmp_path: Path, condition: str, text: str, found: list[str]
) -> None:
    assert spans(text, rules(tmp_path, HEAD + RULE + f"    {condition}\n")) == found


def test_a_span_grows_to_the_left_over_tokens(tmp_path: Path) -> None:
    rule = (
        RULE.replace("第 {digits} 号", "協議会")
        + '    extend: {left: "\\t(名詞|接尾辞|形状詞)", stop: "^市$", least: "1"}\n'
    )
    rule_set = rules(tmp_path, HEAD + rule)
    assert spans("市の温暖化対策協議会は、協議会として", rule_set) == ["温暖化対策協議会"]


def test_a_pattern_matches_letter_spacing_width_and_soft_breaks(tmp_path: Path) -> None:
    rule_set = rules(tmp_path, HEAD + RULE)
    for text in ("第44号", "第４４号", "第\n44\n号", "第 4 号 議 案"):
        assert [c.span.start for c in run(text, rule_set)] == [0], text


def test_a_pattern_does_not_cross_blocks_unless_it_says_so(tmp_path: Path) -> None:
    document = Document("第1\n号", (Block(0, "paragraph", 0, 2), Block(1, "paragraph", 3, 4)))
    assert find(document, rules(tmp_path, HEAD + RULE)) == []
    across = RULE.replace("{digits} 号", r"{digits}\n号") + "    across: true\n"
    assert [c.span for c in find(document, rules(tmp_path, HEAD + across))] == [Span(0, 4)]


def test_explain_names_the_nearest_rule_and_what_it_lacked(tmp_path: Path) -> None:
    rule_set = rules(tmp_path, HEAD + RULE + '    not_after: "議"\n')
    text = "これは第44号議案、次は号外"
    document = Document(text, (Block(0, "paragraph", 0, len(text)),))
    refused = explain(open_page(document), rule_set, text.index("44"))
    assert refused.found == ()
    assert refused.near[0].rule_id == "ignore.x.number"
    assert refused.near[0].lacked == "behind it stands '議案、次は号外', which `not_after` forbids"
    far = explain(
        open_page(document), rules(tmp_path / "b", HEAD + RULE.replace("第 {digits}", "特 {digits}")), len(text) - 1
    )
    assert far.near[0].lacked.startswith("'号' is there, the rest of the pattern is not")


def test_fragments_nest_and_do_not_circle() -> None:
    fragments = resolve_fragments({"day": "{number}日", "number": "[0-9]+"}, "f")
    assert expand("{:day}と{number:x}", fragments, "w") == "(?:(?:[0-9]+)日)と(?P<number_x>[0-9]+)"
    with pytest.raises(PipelineError, match="contains itself"):
        resolve_fragments({"a": "{b}", "b": "{a}"}, "f")


def test_finding_is_the_same_without_the_prefilter(tmp_path: Path) -> None:
    """The set of patterns that says which occur is an optimisation: it must not lose a match."""
    rule_set = rules(tmp_path, HEAD + RULE)
    text = "第1号" * 50 + "と" + "第2号"
    assert len(run(text, rule_set)) == 51


def test_a_start_does_not_do_what_a_sentence_does_not_need() -> None:
    code = """
import sys
import pipeline
from pipeline.engine.load import load_rules
rules = load_rules()
print(sum("compiled" in pattern.__dict__ for rule in rules.rules for pattern in rule.patterns()))
pipeline.extract("令和5年4月3日に高松市が公表した。", rules=rules)
patterns = {pattern for rule in rules.rules for pattern in rule.patterns()}
print(3 * sum("compiled" in pattern.__dict__ for pattern in patterns) < len(patterns))
print([name for name in ("pandas", "lxml", "bs4", "pypdfium2", "pdfplumber", "xlsxwriter", "rich") if name in sys.modules])
"""
    told = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert told.stdout.splitlines() == ["0", "True", "[]"]


def test_a_projects_rule_replaces_one_of_that_id_whatever_the_folder_is_called(tmp_path: Path) -> None:
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "own.yml").write_text(
        "kind: date\nrules:\n  - {id: date.era.date, description: d, pattern: 朝市, value: date}\n", encoding="utf-8"
    )
    rule = load_rules(tmp_path / "rules").rule("date.era.date")
    assert (rule.source, rule.description) == ("朝市", "d")
