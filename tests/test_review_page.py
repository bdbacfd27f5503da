"""The page of `make review`: what it shows, what it writes, and how fast it answers."""

from __future__ import annotations

import json
import re
import shutil
import time
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from pipeline.driver.build import build
from pipeline.model import Decision
from pipeline.review.cause import Cause
from pipeline.review.comparison import Project
from pipeline.review.diff import Change
from pipeline.review.reviewed import unreviewed
from pipeline.review.server.app import application
from pipeline.review.server.changes import Filter, groups, listed
from pipeline.review.server.decisions import columns_of
from pipeline.review.server.desk import Desk
from pipeline.sources.decisions import decisions_path, read_decisions, standing
from pipeline.tables.schema import AMOUNTS, DATES

BASE = "http://127.0.0.1:8123"
HOSTS = frozenset({"127.0.0.1:8123"})
THEN = {
    "plan": "計画\n\n平成7年10月2日に閉じた。\n\n平成30年4月1日、令和3年9月14日に公表した。\n\n総額は3,000円、平成31年4月1日から。\n",
    "road": "<html><head><title>道路 &lt;script&gt;alert(1)&lt;/script&gt;</title></head><body><h1>道路</h1>"
    "<table><tr><th>年度</th><th>決算額（千円）</th></tr><tr><td>令和2年度</td><td>120</td></tr></table></body></html>",
}
NOW = {
    "plan": "計画\n\n平成30年4月1日、𠮷野家で令和3年9月15日に公表した。\n\n総額は3,000円、平成31年4月1日から。令和4年5月6日にも。\n",
    "road": THEN["road"].replace("120", "130"),
}


class Page:
    """A browser of one desk; `write` sends what the page's scripts send."""

    def __init__(self, folder: Path, against: str = "then") -> None:
        self.project = Project(folder / "raw", folder / "rules", folder / "extracted", folder / "cache")
        self.desk = Desk(self.project, str(folder / against), "佐藤")
        self.client = TestClient(application(self.desk, "secret", HOSTS), base_url=BASE)
        self.client.get("/?token=secret")
        found = re.search(r'name="token" content="(\w+)"', self.client.get("/changes").text)
        assert found is not None
        self.token = found[1]

    def get(self, name: str, **asked: Any) -> dict[str, Any]:
        answer = self.client.get(f"/api/{name}", params=asked)
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    def write(self, name: str, **told: Any) -> dict[str, Any]:
        answer = self.client.post(f"/api/{name}", json=told, headers={"Origin": BASE, "X-Koubun-Token": self.token})
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    def key(self, surface: str, how: str = "") -> str:
        (key,) = {row["key"] for row in self.get("changes", how=how)["rows"] if row["surface"] == surface}
        return str(key)

    def decisions(self, source_id: str = "plan") -> tuple[Decision, ...]:
        return standing(read_decisions(decisions_path(self.project.rules or Path(), source_id)))[0]

    def text(self) -> str:
        return (self.project.out / "sources" / "plan" / "text.txt").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("review")
    (folder / "raw").mkdir()
    (folder / "rules").mkdir()
    for texts, out in ((THEN, "then"), (NOW, "extracted")):
        for name, text in texts.items():
            path = folder / "raw" / (f"{name}.html" if "<html" in text else f"{name}.txt")
            path.write_text(text, encoding="utf-8")
        build(folder / "raw", folder / out, folder / "rules", folder / "cache", jobs=1)
    return folder


@pytest.fixture
def page(built: Path, tmp_path: Path) -> Page:
    shutil.copytree(built, tmp_path / "project")
    return Page(tmp_path / "project")


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("/changes", 'id="rows"'),
        ("/sources", "/sources/plan"),
        ("/sources/plan", "令和3年9月15日"),
        ("/sources/plan?at=5", "令和3年9月15日"),
        ("/sources/road", "<td>"),
        ("/issues", "no-sidecar"),
        ("/leftovers", "<h1>"),
        ("/rules", "No decision speaks"),
        ("/static/changes.js", "LongList"),
        ("/static/style.css", "--ink"),
    ],
)
def test_every_page_answers(page: Page, address: str, shown: str) -> None:
    answer = page.client.get(address)
    assert answer.status_code == 200
    assert shown in answer.text


@pytest.mark.parametrize(
    ("asked", "headers", "cookies", "shown"),
    [
        ("", {}, {}, 'lang="en"'),
        ("", {"Accept-Language": "ja,en;q=0.8"}, {}, 'lang="ja"'),
        ("?lang=ja", {}, {}, "変更"),
        ("", {"Accept-Language": "ja"}, {"koubun-lang": "en"}, 'lang="en"'),
    ],
)
def test_the_language_is_asked_for_kept_or_accepted(
    page: Page, asked: str, headers: dict[str, str], cookies: dict[str, str], shown: str
) -> None:
    for name, value in cookies.items():
        page.client.cookies.set(name, value, domain="127.0.0.1")
    assert shown in page.client.get(f"/changes{asked}", headers=headers).text


def test_the_list_is_grouped_and_filtered(page: Page) -> None:
    answer = page.get("changes", choices=1)
    assert answer["count"] == answer["total"] == sum(group["count"] for group in answer["groups"])
    assert [group["count"] for group in answer["groups"]] == sorted(
        (group["count"] for group in answer["groups"]), reverse=True
    )
    assert {row["surface"] for row in page.get("changes", words="令和4年 plan")["rows"]} == {"令和4年5月6日"}
    assert {row["kind"] for row in page.get("changes", kind="amount")["rows"]} == {"amount"}
    assert page.get("changes", state="decided")["count"] == 0
    window = page.get("changes", offset=1, limit=1)
    assert window["rows"] == page.get("changes")["rows"][1:2]


def test_nobody_is_asked_about_rows_that_only_moved(page: Page) -> None:
    told = page.get("changes", choices="1")
    moved = page.get("changes", how="moved")["rows"]
    assert "平成31年4月1日" in {row["surface"] for row in moved}
    assert not {row["key"] for row in moved} & {row["key"] for row in told["rows"]}
    assert (told["count"], told["total"], told["moved"]) == (len(told["rows"]), len(told["rows"]), len(moved))
    assert dict(told["choices"]["how"])["moved"] == len(moved)
    page.write("judge", do="accept", group=told["groups"][0]["key"], filter={})
    assert page.get("state")["decided"] == told["groups"][0]["count"]


def test_a_change_stands_beside_its_source_before_and_after(page: Page) -> None:
    html = page.client.get(f"/part/changes/{page.key('令和3年9月15日')}").text
    before, after = html.split('<section class="view')[1:]
    assert '<mark class="target old" data-at="30"' in before
    assert '<mark class="target new" data-at="18"' in after  # 𠮷 is one
    assert "rules/date/era.yml" in html


def test_a_cell_is_shown_in_its_table_with_its_header(page: Page) -> None:
    html = page.client.get(f"/part/changes/{page.key('130')}").text
    assert re.search(r'<td class="heading[^>]*><bdi><(span|mark)[^>]*>決算額（千円）', html)
    assert re.search(r'<td class="[^"]*here"><bdi><mark class="target new"[^>]*>130</mark>', html)


def test_accepting_and_rejecting_write_what_they_mean(page: Page) -> None:
    page.write("judge", do="accept", keys=[page.key("令和3年9月15日")], reason="正しい")
    page.write("judge", do="reject", keys=[page.key("令和4年5月6日")])
    accepted, rejected = page.decisions()
    assert (accepted.do, accepted.kind, accepted.anchor.surface) == ("accept", "date", "令和3年9月15日")
    assert (accepted.set["edtf"], accepted.by, accepted.reason) == ("2021-09-15", "佐藤", "正しい")
    assert accepted.was == accepted.set
    assert (rejected.do, rejected.anchor.surface, rejected.set) == ("reject", "令和4年5月6日", {})
    assert rejected.was is not None
    assert rejected.was["edtf"] == "2022-05-06"
    assert (rejected.anchor.before[-3:], rejected.anchor.after) == ("から。", "にも。")
    assert page.get("state")["decided"] == 2


def test_rejecting_a_changed_value_puts_the_old_one_back(page: Page) -> None:
    page.write("judge", do="reject", keys=[page.key("130")])
    (decision,) = page.decisions("road")
    assert decision.do == "replace"
    assert decision.set["value"] == "120000"
    assert decision.was is not None
    assert decision.was["value"] == "130000"


def test_what_is_lost_with_its_text_is_only_ticked_off(page: Page) -> None:
    answer = page.write("judge", do="accept", keys=[page.key("平成7年10月2日", "lost")])
    assert (answer["done"], answer["gone"]) == (1, 1)
    assert page.decisions() == ()
    assert page.get("state")["decided"] == 1
    page.write("reload")
    assert page.get("state")["decided"] == 1
    page.write("undo")
    assert page.get("state")["decided"] == 0


def test_a_group_is_decided_and_undone_at_once(page: Page) -> None:
    group = page.get("changes", kind="date")["groups"][0]
    answer = page.write("judge", do="accept", group=group["key"], filter={"kind": "date"})
    assert answer["done"] == group["count"]
    assert page.get("changes", kind="date")["groups"][0]["open"] == 0
    assert page.write("undo")["done"]
    assert page.decisions() == ()
    assert page.get("state")["decided"] == 0
    assert not page.write("undo")["done"]


def test_a_change_decided_twice_is_what_it_was_after_an_undo(page: Page) -> None:
    key = page.key("令和4年5月6日")
    for do in ("accept", "accept", "reject"):
        page.write("judge", do=do, keys=[key])
    assert page.write("undo")["states"] == {key: "accepted"}
    assert [decision.do for decision in page.decisions()] == ["accept"]
    assert page.write("undo")["states"] == {key: ""}
    assert page.decisions() == ()


def test_a_value_that_no_build_would_take_is_refused_at_once(page: Page) -> None:
    at = page.text().index("令和4年5月6日")
    told = {"source": "plan", "start": at, "end": at + 8, "kind": "date", "set": {"edtf": "五月六日"}}
    answer = page.client.post("/api/add", json=told, headers={"Origin": BASE, "X-Koubun-Token": page.token})
    assert answer.status_code == 409
    assert "is not EDTF" in answer.json()["error"]
    assert page.decisions() == ()


def test_what_was_decided_is_known_to_another_server(page: Page) -> None:
    key = page.key("令和4年5月6日")
    page.write("judge", do="reject", keys=[key])
    again = Page(page.project.raw.parent)
    assert again.get("changes", state="decided")["rows"][0]["state"] == "rejected"
    assert again.write("undo", key=key)["done"]
    assert again.decisions() == ()


def test_a_value_and_a_span_are_corrected(page: Page) -> None:
    key, text = page.key("令和4年5月6日"), page.text()
    start = text.index("令和4年5月6日")
    row = page.desk.by_key[key].row
    whole = {column: row[column] for column in columns_of("date")}
    page.write("correct", key=key, start=start, end=start + 8, set=whole | {"edtf": "2022-05-07", "as_written": ""})
    (decision,) = page.decisions()
    assert (decision.do, decision.set) == ("replace", {"edtf": "2022-05-07", "as_written": ""})
    page.write("undo")
    page.write("correct", key=key, start=start, end=start + 6, set={"edtf": "2022-05"})
    assert [(told.do, told.anchor.surface) for told in page.decisions()] == [
        ("reject", "令和4年5月6日"),
        ("add", "令和4年5月"),
    ]
    page.write("undo")
    assert page.decisions() == ()


def test_a_selection_is_read_and_added_in_code_points(page: Page) -> None:
    start = page.text().index("野家")
    assert page.get("find", source="plan", text="𠮷野家")["places"][0]["start"] == start - 1
    at = page.text().index("令和4年5月")
    read = page.get("reading", source="plan", start=at, end=at + 8)
    assert read["kinds"]["date"]["edtf"] == "2022-05-06"
    assert read["surface"] == "令和4年5月6日"
    page.write("add", source="plan", start=start - 1, end=start + 2, kind="organisation", set={"name": "𠮷野家"})
    page.write("erratum", source="plan", start=at, end=at + 2, text="平成")
    shown = page.client.get("/sources/plan").text
    assert re.search(rf'<mark class="pending add" data-at="{start - 1}"[^>]*>𠮷野家</mark>', shown)
    added, meant = page.decisions()
    assert (added.do, added.kind, added.anchor.surface, added.set) == (
        "add",
        "organisation",
        "𠮷野家",
        {"name": "𠮷野家"},
    )
    assert (meant.do, meant.set) == ("text", {"text": "平成"})


def test_five_decisions_against_a_rule_are_a_rule_to_change(page: Page) -> None:
    rejected = Decision("reject", "date", rule="date.era.day", by="佐藤", date="2026-11-26")
    path = decisions_path(page.project.rules or Path(), "plan")
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = [json.loads(rejected.line()) | {"surface": f"9月{day}日"} for day in range(1, 6)]
    path.write_text("".join(f"{json.dumps(line)}\n" for line in lines), encoding="utf-8")
    assert "change-it" in page.client.get("/rules").text
    path.write_text("".join(f"{json.dumps(line)}\n" for line in lines[:4]), encoding="utf-8")
    assert "change-it" not in page.client.get("/rules").text


def test_a_source_is_marked_as_reviewed_once_its_decisions_are_built(page: Page) -> None:
    page.write("judge", do="accept", keys=[page.key("令和4年5月6日")])
    answer = page.client.post("/api/reviewed", json={}, headers={"Origin": BASE, "X-Koubun-Token": page.token})
    assert (answer.status_code, "no build has seen" in answer.json()["error"]) == (409, True)
    page.write("undo")
    assert "review-never" in page.client.get("/sources/plan").text
    assert page.write("reviewed", sources=["plan"]) == {"marked": ["plan"]}
    assert 'id="review"' not in page.client.get("/sources/plan").text
    assert "review-reviewed" in page.client.get("/sources").text
    assert [one.source_id for one in unreviewed(page.project.out)] == ["road"]
    assert not page.get("state")["stale"]


def test_a_build_beside_the_page_is_noticed_and_a_rebuild_shows_its_result(page: Page) -> None:
    assert not page.get("state")["stale"]
    (page.project.raw / "plan.txt").write_text(NOW["plan"] + "\n令和5年6月7日。\n", encoding="utf-8")
    assert page.write("rebuild")["started"]
    until = time.monotonic() + 120
    while page.get("state")["build"] in ("building", "comparing") and time.monotonic() < until:
        time.sleep(0.2)
    assert page.get("state")["build"] == "done"
    assert page.get("changes", words="令和5年6月7日")["count"] == 1
    build(page.project.raw, page.project.out, page.project.rules, page.project.cache, jobs=1)
    assert not page.get("state")["stale"]
    (page.project.raw / "plan.txt").write_text(NOW["plan"], encoding="utf-8")
    build(page.project.raw, page.project.out, page.project.rules, page.project.cache, jobs=1)
    assert page.get("state")["stale"]
    page.write("reload")
    assert not page.get("state")["stale"]


def _many(count: int) -> tuple[list[Change], list[Cause]]:
    changes, causes = [], []
    for number in range(count):
        table = DATES if number % 2 else AMOUNTS
        row = dict.fromkeys(table.columns, "") | {
            "mention_id": f"m{number}", "source_id": f"plans/p{number % 300}", "start": str(number), "end": str(number + 3),
            "surface": f"{number}年度の予算額", "rule_id": f"rule.{number % 40}", "quote": "計画" * 60,
        }  # fmt: skip
        changes.append(Change(table.name, "added", row["source_id"], None, row))
        causes.append(Cause("rule", f"rule.{number % 40}"))
    return changes, causes


def test_a_window_of_ten_thousand_changes_answers_in_under_200_ms(page: Page) -> None:
    desk = page.desk
    desk.items = listed(*_many(10_000))
    desk.by_key = {item.key: item for item in desk.items}
    desk.decided = {item.key: "accepted" for item in desk.items[::3]}
    asked: list[dict[str, Any]] = [
        {"choices": 1}, {"offset": 9_900}, {"words": "9999年度"}, {"state": "open", "kind": "date", "next": 5_000}, {"rule": "rule.7"},
    ]  # fmt: skip
    for one in asked:
        took = []
        for _ in range(3):
            begun = time.perf_counter()
            page.get("changes", **one)
            took.append(time.perf_counter() - begun)
        assert min(took) < 0.2, (one, took)


def test_a_cause_that_only_moves_rows_comes_last() -> None:
    changes, causes = _many(4)
    moved = [Change(change.table, "moved", change.source_id, change.new, change.new) for change in changes]
    edit = Cause("file", "a.txt", "edited")
    assert listed(changes[:1] + moved, [causes[0]] + [edit] * len(moved))[0].cause == causes[0]


def test_groups_come_by_size_and_filters_are_all_met() -> None:
    changes, _ = _many(10)
    causes = [Cause("rule", "small") if number in (3, 8) else Cause("file", "plan.txt") for number in range(10)]
    items = listed(changes, causes)
    told = groups(items, {items[0].key})
    assert [(group["name"], group["count"], group["open"]) for group in told] == [("plan.txt", 8, 7), ("small", 2, 2)]
    chosen = list(Filter(kind="date", words="３年度").chosen(items, set()))
    assert [item.row["mention_id"] for item in chosen] == ["m3"]
