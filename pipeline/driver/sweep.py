"""Keeps the store within bounds.

Takes the store and the record of the last build; deletes what no source needs. Does not know what is in an entry.

What the record names is kept, and of the rest as many bytes as that has, at least 256 MB: the results of earlier rules and files, of which those made last may be
asked for again. The oldest go first. Looking costs time with every file in the store, so it is done when a fifth of the sources was built since the last time.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from pipeline.driver.keys import finding_key
from pipeline.driver.made import Record
from pipeline.driver.store import put_file

#: bytes of what is not needed that are kept in any case
SPARE = 256 * 2**20
_STAGES = ("read", "found", "objects")
_MEANINGS = 64
_LEAST, _SHARE = 64, 5


class _Lying(NamedTuple):
    when: float
    path: Path
    size: int


def sweep(cache: Path, record: Record, built: int, spare: int = SPARE) -> int:
    """Gives the number of entries deleted. `built` is how many sources the build has built."""
    grown = _grown(cache) + built
    if grown < max(_LEAST, len(record.sources) // _SHARE):
        if built:
            put_file(cache / "grown.json", json.dumps(grown).encode())
        return 0
    put_file(cache / "grown.json", b"0")
    return drop_unused(cache, record, spare)


def drop_unused(cache: Path, record: Record, spare: int = SPARE) -> int:
    """The same at once."""
    needed = {
        "read": {made.reading for made in record.sources.values()},
        "found": {finding_key(made.document, made.errata) for made in record.sources.values()},
        "objects": {made.key for made in record.sources.values()},
    }
    used, rest = 0, []
    for stage in _STAGES:
        for lying in _entries(cache / stage):
            if lying.path.name in needed[stage]:
                used += lying.size
            else:
                rest.append(lying)
    left, dropped = max(used, spare), 0
    for lying in sorted(rest, reverse=True):
        left -= lying.size
        if left < 0:
            _delete(lying.path)
            dropped += 1
    rules = {made.rules for made in record.sources.values()} | {record.rules}
    others = [lying for lying in _files(cache / "rules") if lying.path.stem not in rules]
    for lying in sorted(others, reverse=True)[_MEANINGS:]:
        _delete(lying.path)
    return dropped


def drop_unfinished(cache: Path) -> None:
    """Folders that a build was filling when it was ended, and pages that nobody has joined; only while no other one runs."""
    for path in (*cache.glob("made-*"), cache / "pages"):
        shutil.rmtree(path, ignore_errors=True)


def _grown(cache: Path) -> int:
    try:
        return int(json.loads((cache / "grown.json").read_bytes()))
    except (OSError, ValueError, TypeError):
        return 0


def _entries(stage: Path) -> Iterator[_Lying]:
    for part in stage.glob("*"):
        if part.is_dir():
            yield from _files(part)


def _files(folder: Path) -> Iterator[_Lying]:
    """What lies in a folder; a folder there counts as a whole."""
    if not folder.is_dir():
        return
    with os.scandir(folder) as found:
        for entry in found:
            stat = entry.stat()
            size = stat.st_size
            if entry.is_dir():
                with os.scandir(entry.path) as inside:
                    size = sum(file.stat().st_size for file in inside)
            yield _Lying(stat.st_mtime, Path(entry.path), size)


def _delete(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)
