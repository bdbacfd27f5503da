"""What is seen: the box on a page, widths, colours, languages; and what hostile text does, which is nothing.

`SCREENSHOTS=DIR` keeps the pictures.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser import pages
from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.town import BIDI, HOSTILE, PAGE_CHANGES, Town

Opened = Callable[..., Page]
NARROWEST = (360, 740)
#: what differs in the dark: the colours
COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
SCREENS = [
    pytest.param(size, dark, id=f"{size[0]}-{'dark' if dark else 'light'}")
    for size in (DESKTOP, PHONE)
    for dark in (False, True)
]


@pytest.mark.parametrize(("size", "dark"), SCREENS)
def test_every_page_is_accessible(
    looked_at: str, opened: Opened, tmp_path: Path, size: tuple[int, int], dark: bool
) -> None:
    page = opened(looked_at, size=size, dark=dark)
    pages.ready(page)
    folder, faults = Path(os.environ.get("SCREENSHOTS") or tmp_path), []

    def look(name: str) -> None:
        page.evaluate(
            "Promise.all([...document.images].filter((one) => one.checkVisibility()).map((one) => one.decode()))"
        )
        page.screenshot(path=folder / f"{name}-{size[0]}{'-dark' if dark else ''}.png")
        found = Axe().run(page, options=COLOURS if dark else {})
        faults.extend(f"{name}: {found.generate_report()}" for _ in range(found.violations_count > 0))

    look("changes")
    pages.rows(page).nth(1).click()
    expect(pages.change(page)).to_be_visible()
    look("change")
    for name, key in pages.DIALOGS.items():
        page.keyboard.press(key)
        expect(page.get_by_role("dialog")).to_be_visible()
        look(name)
        pages.dismissed(page)
    for name, address in list(pages.EVERY.items())[1:]:
        pages.go(page, address)
        look(name)
    assert not faults, "\n".join(faults)


def test_nothing_is_wider_than_a_narrow_phone(looked_at: str, opened: Opened) -> None:
    page = opened(looked_at, size=NARROWEST)
    pages.ready(page)
    wide = {}

    def measure(name: str) -> None:
        found = page.evaluate(
            """() => {
                const page = document.scrollingElement;
                const inside = (element) => element.closest(".scroll, [role=group], pre, .sheet, dialog:not([open]), [hidden]");
                const out = [...document.querySelectorAll("a, button, input, select")].filter((element) => {
                    const box = element.getBoundingClientRect();
                    return box.width && !inside(element) && element.checkVisibility({ visibilityProperty: true }) && box.top > -1
                        && (box.left < -1 || box.right > innerWidth + 1);
                });
                return [page.scrollWidth - page.clientWidth, out.map((element) => element.outerHTML.slice(0, 90))];
            }"""
        )
        if found != [0, []]:
            wide[name] = found

    measure("changes")
    page.get_by_role("button", name="Filter").tap()
    expect(page.locator("#choices").get_by_label("Source")).to_be_visible()
    measure("filters")
    page.get_by_role("button", name="Filter").tap()
    pages.rows(page).nth(1).click()
    expect(pages.change(page)).to_be_visible()
    measure("change")
    for name, key in pages.DIALOGS.items():
        page.keyboard.press(key)
        expect(page.get_by_role("dialog")).to_be_visible()
        measure(name)
        pages.dismissed(page)
    for name, address in pages.EVERY.items():
        pages.go(page, address)
        measure(name)
    assert not wide


def test_a_phone_decides_by_touch(town: Town, address: str, opened: Opened) -> None:
    page = opened(address, size=NARROWEST)
    pages.ready(page)
    pages.rows(page).nth(2).tap()
    shown = pages.change(page)
    expect(shown).to_be_visible()
    key = shown.get_attribute("data-key")
    shown.get_by_role("button", name="Accept").tap()
    pages.decided(page, 1)
    expect(pages.change(page)).not_to_have_attribute("data-key", str(key))
    pages.change(page).get_by_role("button", name="Reject").tap()
    pages.decided(page, 2)
    page.get_by_role("button", name="List").tap()
    expect(pages.rows(page).first).to_be_visible()
    page.get_by_role("button", name="Undo").tap()
    pages.decided(page, 1)
    assert [line["do"] for line in town.decisions()] == ["accept", "reject", "withdraw"]


def test_the_marked_box_covers_the_glyphs_of_the_surface(town: Town, looked_at: str, opened: Opened) -> None:
    page = opened(looked_at)
    pages.ready(page)
    pages.narrowed(page, "leaflet", PAGE_CHANGES)
    boxes = {row["mention_id"]: row for row in town.rows("locations", "leaflet")}
    for row in town.rows("dates", "leaflet"):
        expect(pages.change(page)).to_have_attribute("data-start", row["start"])
        paper = pages.change(page).get_by_role("img")
        expect(paper).to_have_js_property("complete", True)
        box, scale, ink = measured(page)
        told = boxes[row["mention_id"]]
        expected = [float(told[edge]) * scale for edge in ("x0", "top", "x1", "bottom")]
        assert box[0] <= expected[0] + 0.5
        assert box[1] <= expected[1] + 0.5
        assert box[2] >= expected[2] - 0.5
        assert box[3] >= expected[3] - 0.5
        assert all(abs(a - b) < 3 * scale for a, b in zip(box, expected, strict=True)), "a box that tells little"
        if not ink and os.environ.get("BROWSER_TESTS") != "required":
            pytest.skip("no Japanese font is installed: pdfium draws no glyphs of a font that a PDF only names")
        assert ink, "nothing is drawn in the box"
        assert box[0] <= ink[0]
        assert box[1] <= ink[1]
        assert box[2] >= ink[2]
        assert box[3] >= ink[3]
        assert ink[2] - ink[0] > 0.75 * (expected[2] - expected[0]), "the glyphs fill less than the surface"
        page.keyboard.press("j")


def measured(page: Page) -> tuple[list[float], float, list[float]]:
    """Edges of the marked box in pixels of the picture, pixels a point, and the edges of what is dark in the box and for one character around it."""
    found: dict[str, Any] = page.evaluate(
        """() => {
            const paper = document.querySelector("article .view:not(.then) img");
            const mark = document.querySelector("article .view:not(.then) svg .target");
            const [whole, box] = [paper.getBoundingClientRect(), mark.getBoundingClientRect()];
            const scale = paper.naturalWidth / whole.width;
            const edges = [box.left - whole.left, box.top - whole.top, box.right - whole.left, box.bottom - whole.top].map((x) => x * scale);
            const canvas = new OffscreenCanvas(paper.naturalWidth, paper.naturalHeight);
            const context = canvas.getContext("2d");
            context.drawImage(paper, 0, 0);
            const points = paper.naturalWidth / mark.ownerSVGElement.viewBox.baseVal.width;
            const around = 11 * points;
            const [left, top] = [Math.floor(edges[0] - around), Math.floor(edges[1] - around)];
            const [width, height] = [Math.ceil(edges[2] + around) - left, Math.ceil(edges[3] + around) - top];
            const { data } = context.getImageData(left, top, width, height);
            const ink = [Infinity, Infinity, -Infinity, -Infinity];
            for (let y = 0; y < height; y += 1) for (let x = 0; x < width; x += 1) {
                const at = 4 * (y * width + x);
                if (data[at] + data[at + 1] + data[at + 2] > 330) continue;
                ink[0] = Math.min(ink[0], left + x); ink[1] = Math.min(ink[1], top + y);
                ink[2] = Math.max(ink[2], left + x + 1); ink[3] = Math.max(ink[3], top + y + 1);
            }
            return { edges, points, ink: ink[0] < Infinity ? ink : [] };
        }"""
    )
    return found["edges"], found["points"], found["ink"]


@pytest.mark.parametrize(
    ("language", "lang", "accept", "changes"), [("en-GB", "en", "Accept", "Changes"), ("ja-JP", "ja", "承認", "変更")]
)
def test_the_page_speaks_the_language_of_the_browser(
    looked_at: str, opened: Opened, language: str, lang: str, accept: str, changes: str
) -> None:
    page = opened(looked_at, language=language)
    expect(page.locator("html")).to_have_attribute("lang", lang)
    expect(page.locator("article").get_by_role("button", name=accept)).to_be_visible()
    expect(page.get_by_role("navigation").first.get_by_role("link", name=changes)).to_be_visible()
    other = {"en": "日本語", "ja": "English"}[lang]
    page.get_by_role("link", name=other).click()
    expect(page.locator("html")).not_to_have_attribute("lang", lang)
    pages.go(page, "issues")
    expect(page.locator("html")).not_to_have_attribute("lang", lang)


def test_hostile_text_is_text(looked_at: str, opened: Opened) -> None:
    page = opened(looked_at)
    pages.ready(page)
    for address in ("changes?words=pages%2Ffair", *list(pages.EVERY.values())[1:], "sources/pages/fair?at=6110"):
        pages.go(page, address)
        assert page.evaluate("window.hostile") is None
        assert not page.locator("main script, main img[onerror], main [onclick]").count()
        turned = page.evaluate("document.body.innerText.match(/[\\u202a-\\u202e\\u2066-\\u2069]/g)")
        assert not turned, f"{address} shows what turns text around"
    pages.source(page, "pages/fair")
    expect(page.get_by_role("heading", level=1)).to_have_text(f"{HOSTILE}の催し")
    expect(page).to_have_title(f"{HOSTILE}の催し · koubun")
    expect(page.locator(".text")).to_contain_text(BIDI[1:3])
    assert page.evaluate("document.scrollingElement.scrollWidth <= innerWidth")
