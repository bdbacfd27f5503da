"""The pages of the review, by what a person does on them.

Takes a Playwright page; gives what stands on it. Speaks of roles and labels, as a screen reader does; offsets are code points.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import quote, urljoin

from playwright.sync_api import Locator, Page, expect

#: addresses of every page below the server's, by a name for its picture
EVERY = {
    "changes": "changes",
    "source-text": "sources/pages/fair",
    "source-page": "sources/leaflet?page=1",
    "sources": "sources",
    "issues": "issues",
    "leftovers": "leftovers",
    "rules": "rules",
}
#: dialogs over the page of changes, by the key that opens them
DIALOGS = {"help": "?", "correct": "e", "add": "m"}


def go(page: Page, name: str) -> None:
    page.goto(urljoin(page.url, f"/{name}"))


def source(page: Page, source_id: str, asked: str = "") -> None:
    go(page, f"sources/{quote(source_id)}{asked}")


def dismissed(page: Page) -> None:
    """Close the dialog that is open; keys are the page's again."""
    page.keyboard.press("Escape")
    expect(page.locator("dialog[open], dialog:focus-within")).to_have_count(0)


def change(page: Page) -> Locator:
    """The change that is looked at."""
    return page.get_by_role("region", name="Change", exact=True).locator("article")


def rows(page: Page) -> Locator:
    return page.get_by_role("region", name="List of changes").get_by_role("listitem").locator("button.row")


def ready(page: Page) -> None:
    """The list is there, nothing is under way, and on a wide window the first open change is beside it."""
    expect(rows(page).first).to_be_visible()
    expect(page.get_by_role("group", name="List of changes")).to_have_attribute("aria-busy", "false")
    if page.viewport_size and page.viewport_size["width"] > 820:
        settled(page)


def settled(page: Page, after: tuple[str | None, ...] = ()) -> None:
    """The change that is marked in the list is the one beside it, and another than `after` (source, start)."""
    if after:
        expect(page.locator(f"article:not([data-source='{after[0]}'][data-start='{after[1]}'])")).to_be_visible()
    current = rows(page).and_(page.locator("[aria-current=true]"))
    expect(current).to_be_visible()
    expect(change(page)).to_have_attribute("data-key", str(current.get_attribute("data-key")))


def narrowed(page: Page, words: str, count: int) -> None:
    """Filter by words, by keys alone; the list then shows so many."""
    ready(page)
    page.keyboard.press("/")
    page.keyboard.press("Control+a")
    page.keyboard.press("Delete")
    page.keyboard.type(words)
    page.keyboard.press("Enter")
    ready(page)
    expect(page.locator("#shown")).to_contain_text(f"{count} of ")


def decided(page: Page, count: int) -> None:
    """So many of all are decided, as the head of the page tells."""
    expect(page.locator("#decided")).to_have_text(str(count), timeout=20_000)


def marked(page: Page) -> str:
    """The text that is marked beside the change, in the text as it is now."""
    return "".join(change(page).locator(".text:not([data-side=then]) mark.target").all_inner_texts())


def select(page: Page, words: str, root: str = ".text") -> None:
    """Select the first `words` of a text with the mouse, from the left edge of the first character to the right one of the last."""
    ends: list[dict[str, Any]] = page.evaluate(
        """([words, root]) => {
            for (const text of document.querySelectorAll(root)) {
                const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
                while (walker.nextNode()) {
                    const at = walker.currentNode.data.indexOf(words);
                    if (at < 0) continue;
                    walker.currentNode.parentElement.scrollIntoView({ block: "center" });
                    const range = document.createRange();
                    range.setStart(walker.currentNode, at);
                    range.setEnd(walker.currentNode, at + words.length);
                    const boxes = [...range.getClientRects()];
                    const [first, last] = [boxes[0], boxes.at(-1)];
                    return [{ x: first.left + 0.5, y: first.top + first.height / 2 }, { x: last.right - 0.5, y: last.top + last.height / 2 }];
                }
            }
            return [];
        }""",
        [words, root],
    )
    assert ends, f"{words} is not shown"
    page.mouse.move(**ends[0])
    page.mouse.down()
    page.mouse.move(**ends[1], steps=4)
    page.mouse.up()


def rebuild(page: Page) -> None:
    """Build by key, and look at what is there then."""
    page.keyboard.press("b")
    banner = page.locator("#banner")
    expect(banner).to_contain_text("Built", timeout=60_000)
    with page.expect_navigation():
        banner.get_by_role("button").click()
