"""A build: what it writes, what it leaves alone, and how it answers what is wrong."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pytest

from pipeline.cli import main
from pipeline.driver.build import build
from pipeline.model import PipelineError
from pipeline.tables.schema import PER_SOURCE, TABLES

PLAN = "環境計画\n\n令和3年9月14日（火）に京都市の予算5億円を公表した。\n\n北九州市では12市町村が参加した。\n"
NEWS = "お知らせ\n\n2021年10月22日(金)\n第2回会合に約9,300都市が参加しました。\n"
ITEMS = "・令和元年5月に京都市で開催しました。\n・札幌市が10団体とともに参加しました。\n・会費は1,000円です。\n"


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    folder = tmp_path / "raw"
    (folder / "a").mkdir(parents=True)
    (folder / "a" / "plan.txt").write_text(PLAN, encoding="utf-8")
    (folder / "news.txt").write_text(NEWS, encoding="cp932")
    return folder


def run(tmp_path: Path, raw: Path, *arguments: str) -> int:
    return main(
        ["build", "--raw", str(raw), "--out", str(tmp_path / "out"), "--cache", str(tmp_path / "cache"), *arguments]
    )


def rows(tmp_path: Path, table: str) -> list[dict[str, str]]:
    with (tmp_path / "out" / "tables" / f"{table}.csv").open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def tree(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def ids(tmp_path: Path) -> set[str]:
    kinds = ("dates", "amounts", "organisation_mentions", "municipality_mentions")
    return {row["mention_id"] for kind in kinds for row in rows(tmp_path, kind)}


def test_a_build_writes_every_table_of_every_source(tmp_path: Path, raw: Path) -> None:
    assert run(tmp_path, raw, "--jobs", "1") == 0
    names = {path.stem for path in (tmp_path / "out" / "tables").iterdir()}
    assert names == {table.name for table in TABLES}
    for source_id in ("a/plan", "news"):
        folder = tmp_path / "out" / "sources" / source_id
        assert {path.name for path in folder.iterdir()} == {"text.txt"} | {f"{t.name}.csv" for t in PER_SOURCE}
    assert [(row["source_id"], row["encoding"], row["status"]) for row in rows(tmp_path, "sources")] == [
        ("a/plan", "utf-8", "ok"),
        ("news", "cp932", "ok"),
    ]


def test_every_row_is_a_span_of_its_text(tmp_path: Path, raw: Path) -> None:
    run(tmp_path, raw, "--jobs", "1")
    found = 0
    for kind in ("dates", "amounts", "organisation_mentions", "municipality_mentions"):
        for row in rows(tmp_path, kind):
            text = (tmp_path / "out" / "sources" / row["source_id"] / "text.txt").read_bytes().decode()
            assert text[int(row["start"]) : int(row["end"])] == row["surface"]
            assert row["surface"] in row["quote"].replace(" ", "") or "\n" in row["surface"]
            found += 1
    assert found >= 6


def test_workers_and_the_store_change_nothing(tmp_path: Path, raw: Path) -> None:
    build(raw, tmp_path / "one", cache=tmp_path / "c1", jobs=1)
    build(raw, tmp_path / "two", cache=tmp_path / "c2", jobs=2)
    report = build(raw, tmp_path / "three", cache=tmp_path / "c1", jobs=1)
    assert tree(tmp_path / "one") == tree(tmp_path / "two") == tree(tmp_path / "three")
    assert (report.built, report.reused) == ((), 2)


def test_progress_counts_sources_and_bytes(tmp_path: Path, raw: Path) -> None:
    told: list[tuple[str, int, int, float]] = []
    build(raw, tmp_path / "out", cache=tmp_path / "cache", jobs=1, progress=lambda *step: told.append(step))
    sizes = [(raw / "a" / "plan.txt").stat().st_size, (raw / "news.txt").stat().st_size]
    assert told == [("a/plan", 1, 2, pytest.approx(sizes[0] / sum(sizes))), ("news", 2, 2, 1.0)]
    build(raw, tmp_path / "out", cache=tmp_path / "cache", jobs=1, progress=lambda *step: told.append(step))
    assert len(told) == 2


def test_a_source_that_is_gone_takes_its_rows_along(tmp_path: Path, raw: Path) -> None:
    run(tmp_path, raw, "--jobs", "1")
    shutil.rmtree(raw / "a")
    run(tmp_path, raw, "--jobs", "1")
    assert [row["source_id"] for row in rows(tmp_path, "sources")] == ["news"]
    assert not (tmp_path / "out" / "sources" / "a").exists()


def test_with_ids_given_all_other_rows_stay(tmp_path: Path, raw: Path) -> None:
    run(tmp_path, raw, "--jobs", "1")
    before = tree(tmp_path / "out")
    (raw / "a" / "plan.txt").write_text(PLAN.replace("5億円", "6億円"), encoding="utf-8")
    (raw / "news.txt").write_text(NEWS.replace("9,300", "9,400"), encoding="cp932")
    assert run(tmp_path, raw, "a/plan", "--jobs", "1") == 0
    after = tree(tmp_path / "out")
    changed = {name for name in after if after[name] != before.get(name)}
    assert {name.rsplit("/", 1)[0] for name in changed} == {"sources/a/plan", "tables", "build.json"}
    assert {row["value"] for row in rows(tmp_path, "amounts") if row["source_id"] == "news"} == {"9300"}


@pytest.mark.parametrize("position", [0, 1, 2])
def test_a_copied_item_and_a_paragraph_on_top_add_exactly_their_own_mentions(tmp_path: Path, position: int) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    (raw / "list.txt").write_text("活動報告\n\n" + ITEMS, encoding="utf-8")
    run(tmp_path, raw, "--jobs", "1")
    before = ids(tmp_path)
    item = ITEMS.splitlines(keepends=True)[position]
    (raw / "list.txt").write_text("活動報告\n\n" + item + ITEMS, encoding="utf-8")
    run(tmp_path, raw, "--jobs", "1")
    copied = ids(tmp_path)
    assert before < copied
    own = [
        row
        for kind in ("dates", "amounts", "municipality_mentions")
        for row in rows(tmp_path, kind)
        if row["mention_id"] not in before
    ]
    assert len(copied - before) == len(own) > 0
    (raw / "list.txt").write_text("平成30年度の予算は3億円でした。\n\n活動報告\n\n" + ITEMS, encoding="utf-8")
    run(tmp_path, raw, "--jobs", "1")
    on_top = ids(tmp_path)
    assert before < on_top
    assert len(on_top - before) == 2


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["--raw", "nowhere"], "nowhere: is no folder"),
        (["plans/kyoto"], "plans/kyoto: is no source here"),
        (["a/plam"], "a/plam: is no source here; did you mean a/plan?"),
        (["--rules", "nowhere"], "nowhere: is no folder of rules"),
    ],
)
def test_a_wrong_argument_is_one_line_and_nothing_is_written(
    tmp_path: Path, raw: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], line: str
) -> None:
    assert run(tmp_path, raw, *arguments) == 2
    error = capsys.readouterr().err
    assert error.startswith(f"koubun: {line}")
    assert error.count("\n") == 1
    assert not (tmp_path / "out").exists()


def test_two_files_with_one_id_stop_the_build(tmp_path: Path, raw: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (raw / "news.md").write_text("# お知らせ", encoding="utf-8")
    assert run(tmp_path, raw) == 2
    assert "news.md and news.txt: have one id, news" in capsys.readouterr().err


def test_a_rule_file_that_is_not_yaml_stops_the_build(
    tmp_path: Path, raw: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own = tmp_path / "rules" / "date"
    own.mkdir(parents=True)
    (own / "mine.yml").write_text("kind: date\nrules: [", encoding="utf-8")
    assert run(tmp_path, raw, "--rules", str(tmp_path / "rules")) == 2
    assert capsys.readouterr().err.startswith("koubun: rules/date/mine.yml:2: is not YAML")


@pytest.mark.parametrize(
    ("sidecar", "code", "message"),
    [
        ("titel: 計画\n", "sidecar-wrong", "unknown key titel; did you mean title?"),
        ('published: "2021-02-30"\n', "sidecar-wrong", "'2021-02-30' is no possible date"),
        (f"sha256: {'0' * 64}\n", "digest-differs", "its sidecar says 000000000000…"),
    ],
)
def test_what_is_wrong_with_one_source_fails_that_source_only(
    tmp_path: Path, raw: Path, sidecar: str, code: str, message: str
) -> None:
    (raw / "news.source.yml").write_text(sidecar, encoding="utf-8")
    assert run(tmp_path, raw, "--jobs", "1") == 1
    assert {row["source_id"]: row["status"] for row in rows(tmp_path, "sources")} == {"a/plan": "ok", "news": "failed"}
    issues = [row for row in rows(tmp_path, "issues") if row["source_id"] == "news" and row["severity"] == "error"]
    assert [row["code"] for row in issues] == [code]
    assert message in issues[0]["message"]
    assert not [row for row in rows(tmp_path, "dates") if row["source_id"] == "news"]


def test_an_unexpected_count_and_a_missing_sidecar_are_issues(tmp_path: Path, raw: Path) -> None:
    (raw / "news.source.yml").write_text("expect: {amount: 50.., date: 1}\n", encoding="utf-8")
    run(tmp_path, raw, "--jobs", "1")
    found = {(row["source_id"], row["severity"], row["code"]) for row in rows(tmp_path, "issues")}
    assert ("news", "warning", "unexpected-count") in found
    assert ("a/plan", "info", "no-sidecar") in found
    assert ("news", "info", "no-sidecar") not in found


def test_a_file_that_is_no_source_is_left_alone_and_told(tmp_path: Path, raw: Path) -> None:
    (raw / "budget.xlsx").write_bytes(b"PK")
    assert run(tmp_path, raw, "--jobs", "1") == 0
    general = [row for row in rows(tmp_path, "issues") if not row["source_id"]]
    assert [(row["severity"], row["code"]) for row in general] == [("info", "not-a-source")]


def test_private_lines_stay_in_the_text_alone(tmp_path: Path, raw: Path) -> None:
    text = "お問い合わせ（令和3年4月1日現在）電話 00-0000-0000 メール kankyo@example.jp\n"
    (raw / "contact.txt").write_text(text, encoding="utf-8")
    run(tmp_path, raw, "--jobs", "1")
    for path in (tmp_path / "out").rglob("*.csv"):
        content = path.read_text(encoding="utf-8")
        assert "00-0000-0000" not in content, path.name
        assert "kankyo@example.jp" not in content, path.name
    assert "00-0000-0000" in (tmp_path / "out" / "sources" / "contact" / "text.txt").read_text(encoding="utf-8")


def test_the_library_builds_and_extracts(tmp_path: Path, raw: Path) -> None:
    import pipeline

    report = pipeline.build(raw, tmp_path / "out", cache=tmp_path / "cache", jobs=1)
    assert report.sources == 2
    frames = pipeline.load(tmp_path / "out")
    assert frames["dates"].set_index("surface").loc["令和3年9月14日（火）", "edtf"] == "2021-09-14"
    assert set(frames["municipality_mentions"]["code"]) >= {"261009", "401005"}
    found = {m.surface: m.kind for m in pipeline.extract(PLAN)}
    assert found["5億円"] == "amount"
    with pytest.raises(PipelineError, match="holds no tables"):
        pipeline.load(tmp_path)
