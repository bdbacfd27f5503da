"""Without a mouse: every control is reached by Tab, in the order of the page, and is seen to be."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser import pages

Opened = Callable[..., Page]
#: no list of changes is walked row by row: arrows and letters do that
MOST_STOPS = 120
CONTROLS = "a[href], button:not([disabled]):not([tabindex='-1']), input:not([type=hidden]), select, [tabindex='0']"


def walked(page: Page) -> tuple[set[str], list[str]]:
    """Presses Tab until it comes round: which controls had the focus, and those of them that did not show it."""
    page.evaluate(
        """(controls) => [...document.querySelectorAll(controls)].filter((one) => one.checkVisibility({ visibilityProperty: true }) && !one.closest("dialog:not([open])"))
            .forEach((one, number) => { one.dataset.stop = `${number} ${one.outerHTML.slice(0, 80)}`; })""",
        CONTROLS,
    )
    seen: list[str] = []
    hidden = []
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        told = page.evaluate(
            """() => {
                const one = document.activeElement;
                if (!one || one === document.body) return null;
                const of = one.matches("input[type=checkbox], input[type=radio]") ? one.closest("label") : one;
                const looks = [one, of].map((it) => getComputedStyle(it));
                const box = of.getBoundingClientRect();
                const shown = looks.some((look) => (look.outlineStyle !== "none" && parseFloat(look.outlineWidth) >= 1.5) || look.boxShadow !== "none");
                const inside = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
                return { stop: one.dataset.stop ?? "", seen: shown && inside };
            }"""
        )
        if told is None:
            continue
        if seen and told["stop"] == seen[0]:
            break
        seen.append(told["stop"])
        if not told["seen"]:
            hidden.append(told["stop"])
    return set(seen), hidden


@pytest.mark.parametrize("name", ["changes", "source-text", "source-page", "sources", "issues", "leftovers", "rules"])
def test_every_control_is_reached_by_tab_and_shows_it(looked_at: str, opened: Opened, name: str) -> None:
    page = opened(looked_at)
    pages.ready(page)
    pages.go(page, pages.EVERY[name])
    if name == "changes":
        pages.ready(page)
    reached, hidden = walked(page)
    every = set(
        page.eval_on_selector_all(
            "[data-stop]", "all => all.filter((one) => one.isConnected).map((one) => one.dataset.stop)"
        )
    )
    assert not every - reached
    assert not hidden


@pytest.mark.parametrize(("key", "dialog"), [("?", "Keys"), ("e", "Correct the row"), ("m", "Add a row")])
def test_a_dialog_takes_the_focus_and_gives_it_back(looked_at: str, opened: Opened, key: str, dialog: str) -> None:
    page = opened(looked_at)
    pages.ready(page)
    page.keyboard.press("j")
    focused = page.locator("button.row:focus")
    expect(focused).to_have_attribute("aria-current", "true")
    before = focused.get_attribute("data-key")
    page.keyboard.press(key)
    shown = page.get_by_role("dialog", name=dialog)
    expect(shown).to_be_visible()
    assert page.evaluate("!!document.activeElement.closest('dialog[open]')")
    page.keyboard.press("Escape")
    expect(shown).to_be_hidden()
    expect(focused).to_have_attribute("data-key", str(before))


def test_letters_in_a_field_decide_nothing(looked_at: str, opened: Opened) -> None:
    page = opened(looked_at)
    pages.ready(page)
    page.keyboard.press("/")
    page.keyboard.type("arAR")
    page.keyboard.press("Escape")
    page.keyboard.press("n")
    page.keyboard.type("arjk")
    expect(page.get_by_label("Note")).to_have_value("arjk")
    pages.decided(page, 0)
