"""Writes the files of all troubles into a folder, to look at: `python tests/troubles DIR`."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from troubles import TROUBLES


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for trouble in TROUBLES:
        (folder / trouble.file).write_bytes(trouble.content())


main(Path(sys.argv[1]))
