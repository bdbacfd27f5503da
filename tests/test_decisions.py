"""Decisions as files: lines are read, or told where they are wrong; they are added and taken back, and none is lost."""

from __future__ import annotations

import json
import multiprocessing
from pathlib import Path

import pytest

from pipeline.model import Anchor, Decision, PipelineError
from pipeline.review.decide import append, withdraw
from pipeline.sources.decisions import decisions_path, read_decisions, standing

ACCEPTED = Decision(
    "accept", "date", Anchor("令和3年", "", "に着工"), {"edtf": "2021"}, {"edtf": "2021"}, "date.era.year"
)
REJECTED = Decision("reject", "date", Anchor("10.7", "版"), was={"edtf": "2022-10-07"}, by="佐藤", date="2026-11-26")
MEANT = Decision("text", "", Anchor("2.500", "予算", "円"), {"text": "2,500"}, reason="小数点は誤り")


def test_a_line_is_read_as_it_was_written(tmp_path: Path) -> None:
    added = append(tmp_path, "plans/bridge", [ACCEPTED, REJECTED, MEANT])
    path = decisions_path(tmp_path, "plans/bridge")
    assert path == tmp_path / "decisions" / "plans" / "bridge.jsonl"
    assert read_decisions(path) == added == (ACCEPTED, REJECTED, MEANT)
    assert [d.decision_id for d in read_decisions(path)] == [d.decision_id for d in (ACCEPTED, REJECTED, MEANT)]
    assert json.loads(path.read_text(encoding="utf-8").splitlines()[2])["set"] == {"text": "2,500"}


def test_no_file_is_no_decision(tmp_path: Path) -> None:
    assert read_decisions(decisions_path(tmp_path, "bridge")) == ()


GOOD = '{"do": "reject", "kind": "date", "surface": "10.7"}'


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("{", "is no JSON"),
        ("[]", "is no JSON object"),
        ('{"do": "reject", "do": "accept"}', "a key stands twice"),
        (GOOD.replace("surface", "surfaces"), "unknown key surfaces; did you mean surface?"),
        (GOOD.replace("reject", "rejected"), "do is 'rejected'; did you mean reject?"),
        (GOOD.replace("date", "dates"), "kind is 'dates'; write one of date, amount"),
        (GOOD.replace("10.7", " "), "without a surface"),
        (GOOD.replace('"10.7"', "10.7"), "surface is no text"),
        (GOOD.replace("}", ', "number": 0}'), "number is no number from 1"),
        (GOOD.replace("}", ', "number": true}'), "number is no number from 1"),
        (GOOD.replace("}", ', "set": {"edtf": "2021"}}'), "with columns in `set`"),
        (GOOD.replace("reject", "add"), "without columns in `set`"),
        (GOOD.replace("}", ', "was": {"value": 5}}'), "was is no object of texts"),
        (GOOD.replace("}", ', "date": "2026-02-30"}'), "is no day"),
        (GOOD.replace("reject", "text"), "has not just `text`"),
        ('{"do": "withdraw"}', "names no decision"),
        ('{"do": "withdraw", "of": "dec-1"}', "takes back dec-1, which does not stand above it"),
    ],
)
def test_a_line_that_is_none_is_told_with_its_number(tmp_path: Path, line: str, told: str) -> None:
    path = tmp_path / "bridge.jsonl"
    path.write_text(f"{GOOD}\n\n{line}\n", encoding="utf-8")
    with pytest.raises(PipelineError) as error:
        read_decisions(path)
    assert str(error.value).startswith(f"{path}:3: ")
    assert told in str(error.value)


@pytest.mark.parametrize("source_id", ["../x", "a//b", "", "a\\b", "/etc/x", "a/./b", "a\0"])
def test_an_id_leads_to_no_other_folder(tmp_path: Path, source_id: str) -> None:
    with pytest.raises(PipelineError, match="is no source id"):
        append(tmp_path, source_id, [ACCEPTED])
    assert not list(tmp_path.rglob("*.jsonl"))


def test_what_is_taken_back_can_be_put_back_and_decided_again(tmp_path: Path) -> None:
    path = decisions_path(tmp_path, "bridge")
    append(tmp_path, "bridge", [ACCEPTED, REJECTED])
    (taken,) = withdraw(tmp_path, "bridge", [ACCEPTED.decision_id], by="田中")
    assert standing(read_decisions(path)) == ((REJECTED,), (ACCEPTED,))
    withdraw(tmp_path, "bridge", [taken.decision_id])
    assert standing(read_decisions(path)) == ((ACCEPTED, REJECTED), ())
    withdraw(tmp_path, "bridge", [ACCEPTED.decision_id], by="鈴木")
    append(tmp_path, "bridge", [ACCEPTED])
    assert standing(read_decisions(path)) == ((REJECTED, ACCEPTED), ())
    assert append(tmp_path, "bridge", [ACCEPTED, ACCEPTED]) == ()


def test_a_file_that_ends_without_a_line_end_keeps_its_last_line(tmp_path: Path) -> None:
    path = decisions_path(tmp_path, "bridge")
    path.parent.mkdir(parents=True)
    path.write_text(ACCEPTED.line(), encoding="utf-8")
    append(tmp_path, "bridge", [REJECTED])
    assert read_decisions(path) == (ACCEPTED, REJECTED)


def test_a_broken_file_is_told_and_left_as_it_is(tmp_path: Path) -> None:
    path = decisions_path(tmp_path, "bridge")
    path.parent.mkdir(parents=True)
    path.write_text("{\n", encoding="utf-8")
    with pytest.raises(PipelineError, match=r"bridge\.jsonl:1"):
        append(tmp_path, "bridge", [REJECTED])
    with pytest.raises(PipelineError, match="does not stand above"):
        withdraw(tmp_path, "road", ["dec-1"])
    assert path.read_text(encoding="utf-8") == "{\n"
    assert [p.name for p in tmp_path.rglob("*") if p.is_file()] == ["bridge.jsonl"]


def many(rules: Path, writer: int) -> None:
    for number in range(25):
        append(rules, "bridge", [Decision("reject", "date", Anchor(f"{writer}.{number}"))])


def test_two_processes_and_a_reader_lose_nothing(tmp_path: Path) -> None:
    context = multiprocessing.get_context("fork")
    writers = [context.Process(target=many, args=(tmp_path, writer)) for writer in range(3)]
    for writer in writers:
        writer.start()
    path, seen = decisions_path(tmp_path, "bridge"), 0
    while any(writer.is_alive() for writer in writers):
        now = len(read_decisions(path))
        assert now >= seen
        seen = now
    for writer in writers:
        writer.join()
        assert writer.exitcode == 0
    surfaces = [decision.anchor.surface for decision in read_decisions(path)]
    assert sorted(surfaces) == sorted(f"{writer}.{number}" for writer in range(3) for number in range(25))
    for name in "012":
        own = [surface for surface in surfaces if surface.startswith(f"{name}.")]
        assert own == [f"{name}.{number}" for number in range(25)]
