"""Ten thousand changes: each request is answered in time, and the page holds what is in sight.

Times are the best of several: what else the machine does is not measured.
"""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser import pages

Opened = Callable[..., Page]
MOST = 0.2


def timings(page: Page) -> dict[str, list[float]]:
    """Seconds from asking to the end of the answer, of every request so far, by path without its numbers."""
    told = page.evaluate(
        """() => performance.getEntriesByType("resource").concat(performance.getEntriesByType("navigation"))
            .map((one) => [new URL(one.name).pathname.replace(/[0-9a-f-]{8,}/, "*"), (one.responseEnd - one.requestStart) / 1000])"""
    )
    found: dict[str, list[float]] = {}
    for path, seconds in told:
        found.setdefault(path, []).append(seconds)
    return found


def test_ten_thousand_changes_are_reviewed_without_a_wait(ten_thousand: str, opened: Opened) -> None:
    page = opened(ten_thousand)
    pages.ready(page)
    expect(page.locator("#shown")).to_contain_text("10000 of 10000")
    for words, count in (("huts/03", 500), ("七月", 1_100), ("", 10_000)):
        pages.narrowed(page, words, count)
    for key in "jjjarakaara":
        before = page.locator("article").get_attribute("data-key")
        page.keyboard.press(key)
        expect(page.locator("article")).not_to_have_attribute("data-key", str(before))
    page.evaluate("document.getElementById('rows').scrollTop = 1e9")
    expect(pages.rows(page).last).to_contain_text("夕市")
    expect(page.locator("[aria-posinset='10000']")).to_be_visible()
    assert page.locator(".row").count() < 100
    asked = timings(page)
    often = {path: min(times) for path, times in asked.items() if len(times) >= 5}
    assert {"/api/changes", "/part/changes/*", "/api/judge"} <= often.keys()
    slow = {path: seconds for path, seconds in often.items() if seconds > MOST}
    assert not slow
    for name in ("sources", "issues", "leftovers", "sources/huts/00"):
        pages.go(page, name)
        took = []
        for _ in range(3):
            page.reload()
            took.append(page.evaluate("performance.getEntriesByType('navigation')[0].responseEnd") / 1000)
        assert min(took) < MOST, name
