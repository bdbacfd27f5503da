"""The review page in a headless Chromium: for its tests, and for pictures of it.

Takes a project's folder; gives a browser, and the address of its review page. Does not know what stands on the pages.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Error, Playwright, sync_playwright

from pipeline.model import PipelineError

ROOT = Path(__file__).parents[1]
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
#: seconds in which the server must print its address
_LATEST = 60
_ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+/\S*")


@contextmanager
def launched() -> Iterator[Browser]:
    """A headless Chromium: the one that the environment names in `CHROMIUM`, else the system's, else Playwright's own. `PipelineError` without one."""
    with sync_playwright() as playwright:
        path = _program(playwright)
        # root has no sandbox; containers have little shared memory
        arguments = ["--disable-dev-shm-usage", *(["--no-sandbox"] if os.geteuid() == 0 else [])]
        try:
            browser = playwright.chromium.launch(executable_path=path, args=arguments)
        except Error as error:
            told = error.message.splitlines()[0]
            raise PipelineError(path, f"does not start: {told}", "name another Chromium in CHROMIUM") from None
        yield browser
        browser.close()


def _program(playwright: Playwright) -> str:
    own, named = playwright.chromium.executable_path, os.environ.get("CHROMIUM")
    tried = (named,) if named else (*NAMES, own)
    path = next(filter(None, map(shutil.which, tried)), None)
    if path is None:
        raise PipelineError("Chromium", f"is not here ({', '.join(tried)})", "install one, or name one in CHROMIUM")
    return path


@contextmanager
def serving(folder: Path, by: str, against: str = "HEAD") -> Iterator[str]:
    """The address, with its token, of a review page that was started as a user starts it. `RuntimeError`, with what it said, where it does not start or fails."""
    command = [sys.executable, "-m", "pipeline", "review", "--against", against, "--no-open", "--by", by]
    told = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1", "PYTHONFAULTHANDLER": "1"}
    log = folder / ".cache" / "review.log"
    with log.open("wb") as errors:
        process = subprocess.Popen(command, cwd=folder, env=told, stdout=subprocess.PIPE, stderr=errors, text=True)
    assert process.stdout is not None
    late = threading.Timer(_LATEST, process.kill)
    late.start()
    try:
        address = next((found[0] for line in process.stdout if (found := _ADDRESS.search(line))), "")
        late.cancel()
        if address:
            yield address
        said = log.read_text(encoding="utf-8")
        if not address or process.poll() is not None or "Traceback" in said:
            raise RuntimeError(f"the review page ended with {process.poll()}:\n{said}")
    finally:
        late.cancel()
        process.terminate()
        process.wait(20)
        process.stdout.close()
