"""The server of the review page: nobody but the one who started it, no file but its own, no markup from a source."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from pipeline.driver.build import build
from pipeline.review.comparison import Project
from pipeline.review.server.app import FILES, application
from pipeline.review.server.desk import Desk
from pipeline.review.server.security import MOST_BYTES, write_token

HOST = "127.0.0.1:8123"
BASE = f"http://{HOST}"
RLO = chr(0x202E)
HOSTILE = (
    "<html><head><title>議事録</title><script>alert(1)</script></head><body>"
    "<h1>&lt;script&gt;alert('見出し')&lt;/script&gt;</h1>"
    f"<p>&lt;img src=x onerror=alert(2)&gt;令和3年9月14日{RLO}に支出した003円。</p><p>{'長' * 50_000}令和4年5月6日</p></body></html>"
)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    folder = tmp_path_factory.mktemp("safety")
    for name in ("raw", "rules"):
        (folder / name).mkdir()
    (folder / "raw" / "a.html").write_text("<html><body><p>なし</p></body></html>", encoding="utf-8")
    build(folder / "raw", folder / "then", folder / "rules", folder / "cache", jobs=1)
    (folder / "raw" / "a.html").write_text(HOSTILE, encoding="utf-8")
    (folder / "raw" / "a.source.yml").write_text('title: "<script>alert(3)</script>"\n', encoding="utf-8")
    (folder / "secret.txt").write_text("秘密", encoding="utf-8")
    build(folder / "raw", folder / "extracted", folder / "rules", folder / "cache", jobs=1)
    project = Project(folder / "raw", folder / "rules", folder / "extracted", folder / "cache")
    return Desk(project, str(folder / "then"), "<b>佐藤</b>")


@pytest.fixture
def stranger(desk: Desk) -> TestClient:
    return TestClient(application(desk, "secret", frozenset({HOST})), base_url=BASE, follow_redirects=False)


@pytest.fixture
def client(stranger: TestClient) -> TestClient:
    assert stranger.get("/?token=secret").status_code == 303
    return stranger


@pytest.mark.parametrize(
    "address", ["/", "/changes", "/api/state", "/static/main.js", "/sources/a", "/?token=wrong", "/nowhere"]
)
def test_nothing_is_shown_without_the_token(stranger: TestClient, address: str) -> None:
    assert stranger.get(address).status_code == 403


def test_the_token_becomes_a_cookie_that_no_script_and_no_other_site_sees(stranger: TestClient) -> None:
    answer = stranger.get("/?token=secret&lang=ja")
    assert answer.headers["location"] == "/changes?lang=ja"
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Host": "koubun.example"}, 421),
        ({"Host": "127.0.0.1:9999"}, 421),
        ({"Host": "127.0.0.1"}, 421),
        ({"Origin": "http://koubun.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Origin": BASE, "Sec-Fetch-Site": "same-origin"}, 200),
    ],
)
def test_other_hosts_and_other_sites_are_refused(client: TestClient, headers: dict[str, str], status: int) -> None:
    assert client.get("/changes", headers=headers).status_code == status


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 403),
        ({"Origin": BASE}, 403),
        ({"X-Koubun-Token": write_token("secret")}, 403),
        ({"Origin": BASE, "X-Koubun-Token": "secret"}, 403),
        ({"Origin": "http://koubun.example", "X-Koubun-Token": write_token("secret")}, 403),
        ({"Origin": BASE, "X-Koubun-Token": write_token("secret"), "Content-Type": "text/plain"}, 415),
        ({"Origin": BASE, "X-Koubun-Token": write_token("secret"), "Content-Length": str(MOST_BYTES + 1)}, 413),
        ({"Origin": BASE, "X-Koubun-Token": write_token("secret")}, 200),
    ],
)
def test_writing_asks_for_origin_token_and_json(client: TestClient, headers: dict[str, str], status: int) -> None:
    sent = {"Content-Type": "application/json"} | headers
    assert client.post("/api/undo", content=json.dumps({}), headers=sent).status_code == status


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("judge", {"do": "publish", "keys": []}),
        ("judge", []),
        ("add", {"source": "../secret", "start": 0, "end": 1, "kind": "date"}),
        ("add", {"source": "a", "start": 0, "end": 10**8, "kind": "date"}),
        ("add", {"source": "a", "start": -1, "end": 1, "kind": "date"}),
        ("add", {"source": "a", "start": 0, "end": 1, "kind": "nothing"}),
        ("add", {"source": "a", "start": 0, "end": 1, "kind": "date", "set": {"edtf": 2021}}),
        ("correct", {"key": "nothing", "start": 0, "end": 1}),
        ("erratum", {"source": "a", "start": 0, "end": 1, "text": "x" * 5_000}),
    ],
)
def test_what_makes_no_sense_is_refused_and_nothing_is_written(
    client: TestClient, desk: Desk, name: str, told: object
) -> None:
    headers = {"Origin": BASE, "X-Koubun-Token": write_token("secret")}
    assert client.post(f"/api/{name}", json=told, headers=headers).status_code in (400, 404)
    assert not (desk.rules / "decisions").exists()


@pytest.mark.parametrize(
    "address",
    [
        "/static/../app.py",
        "/static/..%2fapp.py",
        "/static/%2e%2e/labels.csv",
        "/static/labels.csv",
        "/sources/../secret.txt",
        "/sources/..%2f..%2fsecret.txt",
        "/sources//etc/passwd",
        "/sources/a/../../secret",
        "/pages/1/../secret.txt",
        "/pages/1/..%2fsecret.txt",
        "/part/mentions/..%2fsecret?ref=x",
        "/part/changes/..%2f..%2fsecret",
    ],
)
def test_no_file_but_its_own_is_served(client: TestClient, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 404
    assert "秘密" not in answer.text


def test_the_files_beside_the_pages_are_all_there(client: TestClient) -> None:
    assert {name: client.get(f"/static/{name}").status_code for name in FILES} == dict.fromkeys(FILES, 200)


def _pages(client: TestClient) -> list[str]:
    rows = client.get("/api/changes").json()["rows"]
    addresses = ["/changes", "/sources", "/sources/a", "/issues", "/leftovers", "/rules"]
    return [*addresses, *(f"/part/changes/{row['key']}" for row in rows)]


def test_markup_of_a_source_is_text_everywhere(client: TestClient) -> None:
    pages = _pages(client)
    assert len(pages) > 7
    for address in pages:
        html = client.get(address).text
        for hostile in ("<script>alert", "<img src=x", "<b>佐藤"):
            assert hostile not in html, address
    assert "&lt;script&gt;alert" in client.get("/sources/a").text


def test_no_page_holds_a_script_or_a_style_of_its_own(client: TestClient) -> None:
    for address in _pages(client):
        answer = client.get(address)
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        assert "unsafe" not in answer.headers["content-security-policy"]
        html = answer.text
        assert " style=" not in html
        assert " onclick=" not in html
        assert "http://" not in html.replace("http://www.w3.org", "")
        assert "https://" not in html


def test_marks_that_turn_the_line_are_shown_and_turn_nothing(client: TestClient) -> None:
    for address in _pages(client):
        assert RLO not in client.get(address).text
    assert ">RLO</span>" in client.get("/sources/a").text
    assert RLO not in client.get("/api/changes").text


def test_long_lines_are_cut_in_lists_and_around_a_row(client: TestClient) -> None:
    rows = client.get("/api/changes").json()["rows"]
    key = next(row["key"] for row in rows if row["surface"] == "令和4年5月6日")
    assert all(len(str(value)) <= 120 for row in rows for value in row.values())
    assert len(client.get(f"/part/changes/{key}").text) < 30_000


def test_no_answer_is_kept_or_told_to_others(client: TestClient) -> None:
    headers = client.get("/changes").headers
    told = {
        name: headers[name]
        for name in ("cache-control", "referrer-policy", "x-content-type-options", "x-frame-options")
    }
    assert told == {
        "cache-control": "no-store",
        "referrer-policy": "no-referrer",
        "x-content-type-options": "nosniff",
        "x-frame-options": "DENY",
    }


def test_the_server_listens_on_this_machine_only(tmp_path: Path) -> None:
    from pipeline.review.server.serve import _listening

    listening = _listening(0)
    assert listening.getsockname()[0] == "127.0.0.1"
    listening.close()
