"""Whether tables are of an earlier state than the folders of sources beside them: a build has left them to `make tables`.

Takes an `extracted/` folder; gives a sentence. Looks at the beginning of its receipt only, which may be large; imports nothing heavy: every command asks.
"""

from __future__ import annotations

from pathlib import Path

RECEIPT = "build.json"
#: how the receipt of such a build begins
BEHIND = '{\n "behind": true,\n'


def told_behind(out: Path) -> str:
    """ "" where they are not."""
    try:
        with (out / RECEIPT).open(encoding="utf-8", newline="\n") as file:
            behind = file.read(len(BEHIND)) == BEHIND
    except (OSError, ValueError):
        return ""
    return f"{out / 'tables'} is of an earlier state of the sources; run make tables" if behind else ""
