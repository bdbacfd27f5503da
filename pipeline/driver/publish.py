"""Puts finished files where people look.

Takes folders of finished files; replaces each file in one step, and only where its bytes differ. Does not know what is in them.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from pathlib import Path

from pipeline.tables.schema import PER_SOURCE

#: the files of a source's folder
SOURCE_FILES = ("text.txt", *(f"{table.name}.csv" for table in PER_SOURCE))


def publish_file(made: Path, target: Path) -> bool:
    """Put a file in its place; False where the same bytes lie there already."""
    data = made.read_bytes()
    if target.is_file() and target.stat().st_size == len(data) and target.read_bytes() == data:
        return False
    target.parent.mkdir(parents=True, exist_ok=True)
    beside = target.with_name(f".{target.name}.new")
    shutil.copyfile(made, beside)
    os.replace(beside, target)
    return True


def publish_source(made: Path, target: Path) -> bool:
    """Publish a source's folder; True where anything changed."""
    return sum(publish_file(made / name, target / name) for name in SOURCE_FILES) > 0


def remove_others(sources: Path, keep: Iterable[str]) -> list[str]:
    """Take away the folders of sources that are gone; gives their ids."""
    kept = set(keep)
    gone = [source_id for source_id in published(sources) if source_id not in kept]
    for source_id in gone:
        folder = sources / source_id
        for name in SOURCE_FILES:
            (folder / name).unlink(missing_ok=True)
        while folder != sources and not any(folder.iterdir()):
            folder.rmdir()
            folder = folder.parent
    return gone


def published(sources: Path) -> list[str]:
    """Ids of the sources that have a folder, sorted."""
    if not sources.is_dir():
        return []
    return sorted(path.parent.relative_to(sources).as_posix() for path in sources.rglob("sources.csv"))
