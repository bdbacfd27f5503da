"""Takes this repository's own documents and rules; writes `docs/review.png`, the picture of the review page in the README.

The copy is reviewed as if two rules had been widened: what they find now is shown beside the page on which it stands.
Knows the repository's layout and one of its documents, nothing of how changes are found.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from io import BytesIO
from pathlib import Path

import yaml
from PIL import Image
from playwright.sync_api import Page

from pipeline.driver.build import build
from tools.browser import ROOT, launched, serving

PICTURE = ROOT / "docs" / "review.png"
SIZE = {"width": 1280, "height": 800}
#: steps of a colour, fewer than a screen has: a smaller file
_LEVELS = 51
#: rules that the first state has in a narrower form, by the file that they stand in
CHANGED = {"date/range.yml": "date.range.closed", "date/partial.yml": "date.partial.fiscal"}
#: what is searched for, and how many changes are then accepted
SHOWN, ACCEPTED = "newsletters/mizu-machi", 3


def narrowed(rules: str, rule_id: str) -> str:
    """A rule file with one rule of another, which asks for a mark that no document has."""
    file = yaml.load(rules, yaml.BaseLoader)
    (rule,) = (rule for rule in file["rules"] if rule["id"] == rule_id)
    only = {name: file[name] for name in ("kind", "anchor") if name in file}
    return yaml.dump(only | {"rules": [rule | {"pattern": f"※※{rule['pattern']}"}]}, allow_unicode=True)


def project(folder: Path) -> None:
    """Two states of the repository's documents in `folder`: committed with the narrower rules, then built with those of now."""
    shutil.copytree(ROOT / "raw", folder / "raw")
    for name, rule_id in CHANGED.items():
        path = folder / "rules" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(narrowed((ROOT / "rules" / name).read_text(encoding="utf-8"), rule_id), encoding="utf-8")
    _build(folder)
    git = ["git", "-C", str(folder), "-c", "user.name=koubun", "-c", "user.email=koubun@localhost"]
    for command in (["init", "-q"], ["add", "raw", "rules", "extracted"], ["commit", "-q", "-m", "before"]):
        subprocess.run([*git, *command], check=True)
    for name in CHANGED:
        (folder / "rules" / name).unlink()
    _build(folder)


def _build(folder: Path) -> None:
    build(folder / "raw", folder / "extracted", folder / "rules", folder / ".cache", jobs=1)


def take(page: Page, path: Path) -> None:
    """Narrow the list to one document, accept a few changes, and take the picture."""
    settled = page.locator("#rows[aria-busy=false]")
    settled.wait_for()
    page.get_by_role("searchbox").fill(SHOWN)
    page.keyboard.press("Enter")
    for key in ["", *"a" * ACCEPTED]:
        settled.wait_for()
        if key:
            page.keyboard.press(key)
    settled.wait_for()
    page.evaluate("Promise.all([...document.images].map((image) => image.decode()))")
    page.locator("#toast").wait_for(state="hidden")
    picture = Image.open(BytesIO(page.screenshot()))
    coarse = [round(round(level * _LEVELS / 255) * 255 / _LEVELS) for level in range(256)]
    picture.convert("RGB").point(coarse * 3).save(path, optimize=True)


def main(path: Path) -> None:
    path.parent.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as name, launched() as browser:
        folder = Path(name)
        project(folder)
        with serving(folder, "koubun") as address:
            page = browser.new_context(viewport=SIZE, locale="en-GB", reduced_motion="reduce").new_page()  # type: ignore[arg-type]
            page.goto(address)
            take(page, path)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else PICTURE)
