"""What the tests in the browser share: one Chromium, one project that is built once and copied, pages that allow no error and no foreign address."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from pipeline.model import PipelineError
from tests.browser.town import Town, crowd
from tools.browser import launched, serving

#: whom decisions name
BY = "審査係"
DESKTOP, PHONE = (1280, 800), (390, 844)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Without a Chromium these tests are skipped, unless it is told that there must be one."""
    with ExitStack() as opened:
        try:
            browser = opened.enter_context(launched())
        except PipelineError as error:
            if os.environ.get("BROWSER_TESTS") == "required":
                raise
            pytest.skip(str(error))
        yield browser


@pytest.fixture(scope="session")
def edited(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project with its edits, built; not to be written to."""
    town = Town(tmp_path_factory.mktemp("town"))
    town.begin()
    town.edit()
    return town.folder


@pytest.fixture
def town(edited: Path, tmp_path: Path) -> Town:
    """A project of the test's own."""
    return Town(Path(shutil.copytree(edited, tmp_path / "town")))


@pytest.fixture
def address(town: Town) -> Iterator[str]:
    """Its review page."""
    with serving(town.folder, BY) as address:
        yield address


@pytest.fixture(scope="session")
def looked_at(edited: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A review page for tests that decide nothing."""
    with serving(Path(shutil.copytree(edited, tmp_path_factory.mktemp("seen") / "town")), BY) as address:
        yield address


@pytest.fixture(scope="session")
def ten_thousand(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The review page of a project with so many changes."""
    with serving(crowd(tmp_path_factory.mktemp("crowd"), 10_000).folder, BY) as address:
        yield address


class Opener:
    """Opens pages. `wrong` gathers what no page may do: errors, refused resources, requests to another address."""

    def __init__(self, browser: Browser) -> None:
        self.browser, self.wrong = browser, list[str]()
        self.contexts: list[BrowserContext] = []

    def __call__(
        self,
        address: str,
        size: tuple[int, int] = DESKTOP,
        language: str = "en-GB",
        dark: bool = False,
        refused: bool = False,
    ) -> Page:
        """The first page in a browser of its own, which the address has let in. `refused`: a value may be, with 409."""
        context = self.browser.new_context(
            viewport={"width": size[0], "height": size[1]},
            locale=language,
            color_scheme="dark" if dark else "light",
            has_touch=size[0] < 600,
            reduced_motion="reduce",
        )
        context.set_default_timeout(10_000)
        self.contexts.append(context)
        context.on("request", lambda request: self._asked(request.url))
        allowed = "409" if refused else "nothing"
        context.on("response", lambda answer: self._answered(answer.url, answer.status, allowed))
        context.on("console", lambda told: told.type != "error" or allowed in told.text or self.wrong.append(told.text))
        context.on("weberror", lambda error: self.wrong.append(str(error.error)))
        page = context.new_page()
        page.goto(address)
        return page

    def _answered(self, url: str, status: int, allowed: str) -> None:
        if status >= 400 and str(status) != allowed:
            self.wrong.append(f"{status} {url}")

    def _asked(self, url: str) -> None:
        if urlsplit(url).hostname != "127.0.0.1" and urlsplit(url).scheme not in ("data", "blob"):
            self.wrong.append(f"a request to {url}")


@pytest.fixture
def opened(browser: Browser) -> Iterator[Callable[..., Page]]:
    opener = Opener(browser)
    yield opener
    for context in opener.contexts:
        context.close()
    assert not opener.wrong
