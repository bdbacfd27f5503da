"""Discovery, sidecars, media types: what is a source, and what is said of a mistake."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model import PipelineError, Sidecar, TableHint
from pipeline.sources.discovery import discover, media_type, read_source
from pipeline.sources.sidecar import expected, parse_sidecar, sidecar_text


def _write(folder: Path, **files: str) -> None:
    for name, text in files.items():
        path = folder / name.replace("__", "/").replace("_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")


def test_the_id_is_the_path_without_suffix_in_nfc(tmp_path: Path) -> None:
    (tmp_path / "環境").mkdir()
    (tmp_path / "環境" / "か\u3099いよう.txt").write_text("a")
    (source,) = discover(tmp_path).sources
    assert source.source_id == "環境/がいよう"
    assert source.file == "環境/か\u3099いよう.txt"


def test_sources_come_in_order_of_their_ids(tmp_path: Path) -> None:
    _write(tmp_path, b_txt="", a_pdf="", sub__c_html="", Z_md="")
    assert [source.source_id for source in discover(tmp_path).sources] == ["Z", "a", "b", "sub/c"]


def test_what_is_no_source_is_left_alone_and_named(tmp_path: Path) -> None:
    _write(tmp_path, a_txt="", list_csv="", sub__b_docx="")
    found = discover(tmp_path)
    assert [source.file for source in found.sources] == ["a.txt"]
    assert [(issue.code, issue.severity, issue.message.split()[0]) for issue in found.issues] == [
        ("not-a-source", "info", "list.csv"),
        ("not-a-source", "info", "sub/b.docx"),
    ]


def test_hidden_files_and_folders_are_passed_over(tmp_path: Path) -> None:
    _write(tmp_path, a_txt="")
    (tmp_path / ".hidden.txt").write_text("")
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "b.txt").write_text("")
    assert [source.file for source in discover(tmp_path).sources] == ["a.txt"]


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    _write(tmp_path, outside_txt="secret", raw__a_txt="a")
    (raw / "link.txt").symlink_to(tmp_path / "outside.txt")
    (raw / "inside.txt").symlink_to(raw / "a.txt")
    (raw / "folder").symlink_to(tmp_path)
    found = discover(raw)
    assert [source.file for source in found.sources] == ["a.txt", "inside.txt"]
    assert [issue.code for issue in found.issues] == ["link-out-of-folder"]


def test_two_files_with_one_id_are_an_error_that_names_both(tmp_path: Path) -> None:
    _write(tmp_path, plan_pdf="", plan_html="")
    with pytest.raises(PipelineError, match=r"plan\.html and plan\.pdf"):
        discover(tmp_path)


def test_a_sidecar_of_the_full_name_parts_two_files_of_one_name(tmp_path: Path) -> None:
    _write(tmp_path, plan_pdf="", plan_html="", plan_html_source_yml="id: plan/web")
    assert [source.source_id for source in discover(tmp_path).sources] == ["plan", "plan/web"]


def test_a_missing_folder_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(PipelineError, match="is no folder"):
        discover(tmp_path / "nowhere")


def test_a_sidecar_without_a_file_is_reported(tmp_path: Path) -> None:
    _write(tmp_path, a_txt="", b_source_yml="title: b")
    assert [issue.code for issue in discover(tmp_path).issues] == ["sidecar-without-source"]


def test_a_wrong_sidecar_fails_its_source_alone(tmp_path: Path) -> None:
    _write(tmp_path, a_txt="a", a_source_yml="published: 2021-02-30", b_txt="b")
    wrong, right = discover(tmp_path).sources
    assert [(issue.code, issue.severity) for issue in wrong.issues] == [("sidecar-wrong", "error")]
    assert "a.source.yml:1 published" in wrong.issues[0].message
    assert not right.issues
    assert not right.sidecar.present


def test_a_digest_that_differs_is_an_error_of_the_source(tmp_path: Path) -> None:
    digest = hashlib.sha256(b"a").hexdigest()
    _write(tmp_path, a_txt="a", a_source_yml=f"sha256: {digest.upper()}", b_txt="b", b_source_yml=f"sha256: {digest}")
    codes = {source.source_id: [i.code for i in read_source(source)[1]] for source in discover(tmp_path).sources}
    assert codes == {"a": [], "b": ["digest-differs"]}


@pytest.mark.parametrize(
    ("data", "file", "media"),
    [
        (b"%PDF-1.4\n", "a.pdf", "application/pdf"),
        (b"\n\n%PDF-1.4\n", "a.html", "application/pdf"),
        (b"<html>", "a.pdf", "application/pdf"),
        (b"plain", "a.htm", "text/html"),
        (b"\xef\xbb\xbf<!DOCTYPE html>", "a.txt", "text/html"),
        ("<html>".encode("utf-16"), "a.txt", "text/html"),
        (b"<!-- saved --><HTML>", "a.md", "text/html"),
        (b"a < b", "a.txt", "text/plain"),
        (b"", "a.txt", "text/plain"),
    ],
)
def test_the_media_type_is_what_the_bytes_say(data: bytes, file: str, media: str) -> None:
    assert media_type(data, file) == media


def test_every_scalar_of_a_sidecar_is_a_string() -> None:
    sidecar = parse_sidecar("title: 011002\npublished: 2020-03-31\nid: no\nexpect: {date: 120..}", "a.source.yml")
    assert (sidecar.title, sidecar.published, sidecar.id, sidecar.expect) == (
        "011002",
        "2020-03-31",
        "no",
        {"date": "120.."},
    )


def test_table_hints_are_read() -> None:
    sidecar = parse_sidecar("tables: [{page: 12, area: [40, 100, 555, 700], header_rows: 2, unit: 千円}]", "a.yml")
    assert sidecar.tables == (TableHint(12, (40.0, 100.0, 555.0, 700.0), (), 2, "千円"),)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("titel: a", r"a\.yml:1: unknown key titel; did you mean title\?"),
        ("title: a\nlicense: b", r"a\.yml:2: unknown key license; did you mean licence\?"),
        ("title: a\ntitle: b", r"a\.yml:2: key title stands twice"),
        ("published: 令和2年", r"a\.yml:1 published: '令和2年' is no possible date"),
        ("covers: 2020-04/2019-03", r"a\.yml:1 covers"),
        ("expect: {dates: 1}", r"unknown key dates; did you mean date\?"),
        ("expect: {date: many}", r"a\.yml:1 expect\.date: 'many' is no range"),
        ("expect: {date: 5..3}", r"ends below its start"),
        ("sha256: abc", r"a\.yml:1 sha256"),
        ("id: ../../etc", r"a\.yml:1 id: '\.\./\.\./etc' cannot be a source id"),
        ("id: /a", r"cannot be a source id"),
        ("tables: [{area: [1, 2, 3, 4]}]", r"a hint without a page"),
        ("tables: [{page: 0}]", r"'0' is no whole number from 1"),
        ("tables: [{page: 1, area: [3, 2, 1, 4]}]", r"tables\.area: is no area"),
        ("tables: [{page: 1, columns: [30, 20]}]", r"tables\.columns: do not rise"),
        ("title: [a]", r"a\.yml:1 title: is no text"),
        ("- a", r"a\.yml:1: is no mapping"),
        ("title: 'a", r"a\.yml:\d: is not YAML"),
        ("title: \x07", r"a\.yml: is not YAML"),
    ],
)
def test_a_mistake_in_a_sidecar_is_one_line_with_its_place(text: str, message: str) -> None:
    with pytest.raises(PipelineError, match=message) as raised:
        parse_sidecar(text, "a.yml")
    assert "\n" not in str(raised.value)


def test_an_empty_sidecar_says_nothing() -> None:
    assert parse_sidecar("", "a.yml") == Sidecar()
    assert parse_sidecar("# later\n", "a.yml") == Sidecar()


@pytest.mark.parametrize(
    ("count", "low", "high"), [("120..", 120, None), ("..9", 0, 9), ("300..400", 300, 400), ("0", 0, 0)]
)
def test_expected_counts(count: str, low: int, high: int | None) -> None:
    assert expected(count) == (low, high)


_LINE = st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), max_size=30).map(str.strip)


@given(_LINE, _LINE, st.sampled_from(["", "2022-03", "2020-04/2021-03"]))
def test_a_written_sidecar_is_read_back(title: str, publisher: str, published: str) -> None:
    sidecar = Sidecar(title=title, publisher=publisher, published=published, tables=(TableHint(3, unit="千円"),))
    assert parse_sidecar(sidecar_text(sidecar), "a.yml") == sidecar
