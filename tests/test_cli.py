"""The program: every verb is documented and has help; what it prints and answers."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest

from pipeline.arguments import parser
from pipeline.cli import main

ROOT = Path(__file__).parent.parent
VERBS = (
    "build",
    "add",
    "tables",
    "diff",
    "review",
    "verify",
    "score",
    "rules",
    "explain",
    "leftovers",
    "aliases",
    "near",
    "decisions",
    "accept",
    "check-reviewed",
    "why",
    "try",
    "xlsx",
    "init",
)


def test_the_verbs_are_these() -> None:
    listed = next(a for a in parser()._actions if a.dest == "verb")
    assert tuple(sorted(listed.choices or ())) == tuple(sorted(VERBS))


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_has_help(verb: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main([verb, "--help"])
    assert stopped.value.code == 0
    assert len(capsys.readouterr().out) > 100


@pytest.mark.parametrize("verb", VERBS)
def test_the_readme_documents_every_verb(verb: str) -> None:
    assert re.search(rf"(make|koubun) {verb}\b", (ROOT / "README.md").read_text(encoding="utf-8"))


def test_every_dependency_has_a_reason_in_the_readme() -> None:
    import tomllib

    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    for name in (*project["dependencies"], *project["optional-dependencies"]["dev"]):
        assert re.search(rf"`{re.escape(name)}`", readme, re.IGNORECASE), name


def test_a_verb_that_is_none_exits_with_2() -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["extract"])
    assert stopped.value.code == 2


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    assert main(["init"]) == 0
    return tmp_path


def test_init_lays_out_a_project_and_never_overwrites(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert {path.name for path in project.iterdir()} == {"raw", "rules", "Makefile", ".gitignore", ".gitattributes"}
    assert main(["init"]) == 2
    assert "is there already" in capsys.readouterr().err


def test_add_copies_byte_for_byte_drafts_a_sidecar_and_shows_what_was_found(
    project: Path, tmp_path_factory: pytest.TempPathFactory, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path_factory.mktemp("elsewhere") / "plan.html"
    data = "<title>環境計画</title><h1>環境計画</h1><p>令和3年9月14日に5億円、残り 77 は</p>".encode("cp932")
    page.write_bytes(data)
    assert main(["add", str(page), "--jobs", "1"]) == 0
    shown = capsys.readouterr().out
    assert (project / "raw" / "plan.html").read_bytes() == data
    assert "title: 環境計画" in (project / "raw" / "plan.source.yml").read_text(encoding="utf-8")
    assert "2021-09-14" in shown
    assert "500000000 JPY" in shown
    assert re.search(r"left over: 1\n +77 ", shown)
    assert main(["add", str(page)]) == 2
    assert "is there already" in capsys.readouterr().err
    assert main(["build", "--jobs", "1"]) == 0


def test_add_downloads_once(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    import threading
    from http.server import BaseHTTPRequestHandler, HTTPServer

    class Page(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200 if self.path == "/kikaku/plan" else 404)
            self.send_header("Content-Type", "text/html; charset=EUC-JP")
            self.end_headers()
            self.wfile.write("<p>令和4年度の計画</p>".encode("euc_jp"))

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Page)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}/kikaku/"
    try:
        assert main(["add", "--url", address + "plan", "--jobs", "1"]) == 0
        assert "2022-04/2023-03" in capsys.readouterr().out
        assert f"url: {address}plan" in (project / "raw" / "plan.source.yml").read_text(encoding="utf-8")
        assert main(["add", "--url", address + "gone"]) == 2
        assert "cannot be downloaded" in capsys.readouterr().err
    finally:
        server.shutdown()
        server.server_close()
    assert main(["add", "--url", "file:///etc/hostname"]) == 2
    assert "is no web address" in capsys.readouterr().err


def test_leftovers_are_grouped_by_shape(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "raw" / "rest.txt").write_text("約26ほげ、\n約3ほげ、\n約1,200ふが、\n", encoding="utf-8")
    assert main(["build"]) == 0
    capsys.readouterr()
    assert main(["leftovers", "rest", "--most", "1"]) == 0
    shown = capsys.readouterr().out.splitlines()
    assert shown[:2] == ["3 leftovers of 2 shapes", "     2  漢9あ   in 1 source"]
    assert [line.split()[-1] for line in shown[2:4]] == ["rest:1", "rest:8"]
    assert shown[-1] == "     1  of 1 other shapes (--most 0 shows all)"
    assert main(["leftovers", "--out", "nowhere"]) == 2


def test_explain_shows_the_rule_or_what_came_nearest(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "raw" / "plan.txt").write_text("令和3年9月14日の第44号議案について、号外を出す。", encoding="utf-8")
    assert main(["explain", "plan:3"]) == 0
    assert "date '令和3年9月14日' by date." in capsys.readouterr().out
    assert main(["explain", "plan:22"]) == 0
    assert "no mention stands here" in capsys.readouterr().out
    assert main(["explain", "plan:900"]) == 2
    assert "is no offset into its 27 characters" in capsys.readouterr().err
    assert main(["explain", "plam:1"]) == 2
    assert "plam: is no source here" in capsys.readouterr().err


def test_score_is_the_share_of_gold(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "raw" / "plan.txt").write_text("令和3年9月14日と令和3年9月15日", encoding="utf-8")
    main(["build", "--jobs", "1"])
    (project / "gold").mkdir()
    gold = '{{"doc": "plan", "type": "date", "start": {}, "end": {}, "surface": "x", "value": {{"edtf": "{}"}}, "optional": false}}\n'
    (project / "gold" / "plan.jsonl").write_text(
        gold.format(0, 9, "2021-09-14") + gold.format(10, 19, "2021-09-16"), encoding="utf-8"
    )
    capsys.readouterr()
    assert main(["score", "gold"]) == 0
    shown = capsys.readouterr().out
    assert "date          span  P 1.000  R 1.000  F1 1.000  (2 right, 0 missed, 0 extra)" in shown
    assert "date          value P 0.500  R 0.500  F1 0.500  (1 right, 1 missed, 1 extra)" in shown
    assert main(["score", "raw"]) == 2
    assert "holds no gold" in capsys.readouterr().err


def test_the_workbook_holds_text_and_no_formula(project: Path) -> None:
    (project / "raw" / "plan.txt").write_text("=SUM(A1) 札幌市の令和3年度\n\n+1 -2 @x 札幌市\n", encoding="utf-8")
    main(["build", "--jobs", "1"])
    assert main(["xlsx"]) == 0
    with zipfile.ZipFile(project / "koubun.xlsx") as book:
        workbook = book.read("xl/workbook.xml").decode()
        names = re.findall(r'<sheet name="([^"]+)"', workbook)
        sheets = [book.read(name).decode() for name in book.namelist() if name.startswith("xl/worksheets/sheet")]
    assert names[:3] == ["sources", "dates", "amounts"]
    assert len(names) == len(sheets) == 14
    assert not [sheet for sheet in sheets if "<f>" in sheet or "<v>011002</v>" in sheet]
    assert all('state="frozen"' in sheet for sheet in sheets)
    assert any("<t>011002</t>" in sheet for sheet in sheets)
    assert any("<t>=SUM(A1) 札幌市の令和3年度</t>" in sheet for sheet in sheets)
