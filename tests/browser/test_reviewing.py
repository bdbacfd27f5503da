"""A person reviews what changed: what was decided on the page holds in the tables of the next build."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser import pages
from tests.browser.conftest import BY
from tests.browser.town import STREETS, TEXT_CHANGES, Town
from tools.browser import ROOT

Opened = Callable[..., Page]
SCENARIO = 100


def test_what_is_decided_on_the_page_holds_in_the_next_build(town: Town, address: str, opened: Opened) -> None:
    page = opened(address)
    pages.ready(page)
    accept_the_scenario(page)
    correct_a_value(page)
    correct_a_span(page)
    pages.decided(page, SCENARIO + 2)
    decide_and_undo(page)
    add_by_selecting(page)
    pages.go(page, "changes")
    page.reload()
    pages.ready(page)
    pages.decided(page, SCENARIO + 2)
    pages.rebuild(page)

    names = [*(f"streets/{name}" for name in STREETS), "pages/fair", "leaflet"]
    markets = [row for name in names for row in town.rows("dates", name) if row["surface"].endswith("夕市")]
    assert Counter(row["status"] for row in markets) == {"accepted": SCENARIO}
    assert all(row["decision_id"] for row in markets)
    (dyke,) = (row for row in town.rows("amounts", "pages/plan") if row["surface"] == "28,000")
    assert (dyke["value"], dyke["status"]) == ("28500", "corrected")
    (readers,) = town.rows("organisation_mentions", "readers")
    assert (readers["surface"], readers["name"], readers["status"]) == ("読書会", "読書会", "corrected")
    (added,) = (row for row in town.rows("organisation_mentions", "streets/kita") if row["status"] == "added")
    assert town.text("streets/kita")[int(added["start"]) : int(added["end"])] == added["surface"] == "𠮷川氏"
    (pond,) = (row for row in town.rows("amounts", "pond") if row["surface"] == "45cm")
    assert pond["status"] == "machine"
    told = town.decisions()
    assert {line["by"] for line in told} == {BY}
    assert [line["reason"] for line in told if "reason" in line] == ["議事録のとおり"]
    assert Counter(str(line["do"]) for line in told) == {
        "accept": SCENARIO,
        "replace": 1,
        "reject": 2,
        "withdraw": 1,
        "add": 2,
    }


def accept_the_scenario(page: Page) -> None:
    pages.narrowed(page, "夕市", SCENARIO)
    page.keyboard.press("A")
    pages.decided(page, SCENARIO)


def correct_a_value(page: Page) -> None:
    pages.narrowed(page, "28,000", 1)
    page.keyboard.press("e")
    form = page.get_by_role("dialog", name="Correct the row")
    form.get_by_role("textbox", name="Value", exact=True).fill("28500")
    form.get_by_label("Reason").fill("議事録のとおり")
    page.keyboard.press("Enter")
    expect(form).to_be_hidden()


def correct_a_span(page: Page) -> None:
    pages.narrowed(page, "ひばり谷読書会", 1)
    page.keyboard.press("e")
    form = page.get_by_role("dialog", name="Correct the row")
    expect(form.locator("mark")).to_have_text("ひばり谷読書会")
    for _ in "ひばり谷":
        form.get_by_role("button", name="Begin one character later").click()
    expect(form.locator("mark")).to_have_text("読書会")
    form.get_by_role("textbox", name="Name", exact=True).fill("読書会")
    form.get_by_role("button", name="Save").click()
    expect(form).to_be_hidden()


def decide_and_undo(page: Page) -> None:
    pages.narrowed(page, "45cm", 1)
    page.keyboard.press("r")
    pages.decided(page, SCENARIO + 3)
    page.keyboard.press("u")
    pages.decided(page, SCENARIO + 2)


def add_by_selecting(page: Page) -> None:
    pages.source(page, "streets/kita")
    pages.select(page, "𠮷川氏")
    page.get_by_role("button", name="+ Add").click()
    form = page.get_by_role("dialog", name="Add a row")
    expect(form.locator("mark")).to_have_text("𠮷川氏")
    form.get_by_text("Organisation", exact=True).click()
    form.get_by_role("textbox", name="Name", exact=True).fill("𠮷川氏")
    form.get_by_role("button", name="Save").click()
    expect(form).to_be_hidden()


def test_a_hundred_changes_take_at_most_120_keys(town: Town, address: str, opened: Opened) -> None:
    page = opened(address)
    pages.ready(page)
    wrong = {7, 40, 99}
    for number in range(SCENARIO):
        page.keyboard.press("r" if number in wrong else "a")
    pages.decided(page, SCENARIO)
    told = town.decisions()
    assert Counter(str(line["do"]) for line in told) == {"accept": SCENARIO - len(wrong), "reject": len(wrong)}
    assert all("夕市" in str(line["surface"]) for line in told)
    assert sum(len({json.dumps(line) for line in town.decisions(name)}) for name in town.judged()) == SCENARIO


def test_a_value_that_no_build_would_take_stays_in_the_form(town: Town, address: str, opened: Opened) -> None:
    page = opened(address, refused=True)
    pages.ready(page)
    page.keyboard.press("e")
    form = page.get_by_role("dialog", name="Correct the row")
    form.get_by_role("textbox", name="EDTF").fill("きのう")
    form.get_by_role("button", name="Save").click()
    expect(form.get_by_role("alert")).to_contain_text("EDTF")
    expect(form.get_by_role("textbox", name="EDTF")).to_have_value("きのう")
    assert not town.judged()
    form.get_by_role("textbox", name="EDTF").fill("2021-06")
    form.get_by_role("button", name="Save").click()
    pages.decided(page, 1)
    assert [line["do"] for line in town.decisions()] == ["replace"]


def test_keys_faster_than_answers_each_meet_the_change_that_is_next(town: Town, address: str, opened: Opened) -> None:
    page = opened(address)
    pages.ready(page)
    keys = "arrajrka"
    places = []
    for _ in keys:
        places.append(tuple(pages.change(page).get_attribute(f"data-{name}") for name in ("source", "start")))
        page.keyboard.press("j")
        pages.settled(page, after=places[-1])
    page.reload()
    pages.ready(page)
    for key in keys:
        page.keyboard.press(key)
    pages.decided(page, 5)
    pages.ready(page)
    town.build()
    expected = dict(zip(places, ["accepted", None, None, "accepted", "machine", "accepted"], strict=False))
    for (source_id, start), status in expected.items():
        found = [row["status"] for row in town.rows("dates", str(source_id)) if row["start"] == start]
        assert found == ([status] if status else [])


def test_a_group_tells_the_issues_that_came_with_its_cause(edited: Path, looked_at: str, opened: Opened) -> None:
    show = ["git", "-C", str(edited), "show", "HEAD:extracted/tables/issues.csv"]
    then = Counter(subprocess.run(show, check=True, capture_output=True, text=True).stdout.splitlines())
    now = Counter((edited / "extracted" / "tables" / "issues.csv").read_text(encoding="utf-8").splitlines())
    come = sum((now - then).values())
    page = opened(looked_at)
    pages.ready(page)
    told = page.evaluate("fetch('/api/changes?limit=1').then((answer) => answer.json())")["groups"]
    assert come > 10
    assert sum(group["effects"]["issues"][0] for group in told if "issues" in group["effects"]) == come
    issues = told[0]["effects"]["issues"][0]
    expect(page.get_by_role("region", name="List of changes").get_by_text(f"Issues +{issues}")).to_be_visible()


def test_a_span_behind_a_character_of_two_units_is_the_surface(town: Town, address: str, opened: Opened) -> None:
    page = opened(address)
    pages.ready(page)
    pages.narrowed(page, "streets/kita", TEXT_CHANGES)
    text = town.text("streets/kita")
    for _ in range(4):
        shown = pages.change(page)
        start, end = (int(str(shown.get_attribute(f"data-{name}"))) for name in ("start", "end"))
        expect(shown.get_by_role("heading", level=2)).to_have_text(text[start:end])
        assert pages.marked(page) == text[start:end]
        page.keyboard.press("j")
        expect(shown).not_to_have_attribute("data-start", str(start))

    pages.source(page, "streets/kita")
    pages.select(page, "その折")
    page.keyboard.press("Enter")
    form = page.get_by_role("dialog", name="Add a row")
    form.get_by_text("Date", exact=True).click()
    form.get_by_role("textbox", name="EDTF").fill("2021-10")
    form.get_by_role("button", name="Save").click()
    expect(form).to_be_hidden()
    town.build()
    (added,) = (row for row in town.rows("dates", "streets/kita") if row["status"] == "added")
    assert text[int(added["start"]) : int(added["end"])] == added["surface"] == "その折"


def test_two_tabs_and_a_build_beside_lose_no_decision(town: Town, address: str, opened: Opened) -> None:
    first = opened(address)
    second = first.context.new_page()
    second.goto(first.url)
    pages.ready(first)
    pages.ready(second)
    pages.narrowed(first, "streets/kita", TEXT_CHANGES)
    pages.narrowed(second, "streets/minami", TEXT_CHANGES)
    second.keyboard.press("/")
    second.keyboard.press("Control+a")
    second.keyboard.type("streets/kita")
    second.keyboard.press("Enter")
    command = [sys.executable, "-m", "pipeline", "build"]
    build = subprocess.Popen(
        command, cwd=town.folder, env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"}, stdout=subprocess.DEVNULL
    )
    pages.narrowed(second, "streets/minami", TEXT_CHANGES)
    for _ in range(TEXT_CHANGES):
        first.keyboard.press("a")
        second.keyboard.press("r")
    assert build.wait(60) == 0
    expect(first.locator("#decided")).to_have_text(str(2 * TEXT_CHANGES), timeout=20_000)
    second.reload()
    pages.decided(second, 2 * TEXT_CHANGES)
    assert [line["do"] for line in town.decisions("streets/kita")] == ["accept"] * TEXT_CHANGES
    assert [line["do"] for line in town.decisions("streets/minami")] == ["reject"] * TEXT_CHANGES
    town.build()
    kita, minami = (
        [row["status"] for row in town.rows("dates", f"streets/{name}") if row["surface"].endswith("夕市")]
        for name in ("kita", "minami")
    )
    assert (kita, minami) == (["accepted"] * TEXT_CHANGES, [])
