"""What a build has published, kept in the store: by it the next one knows, without reading, what is there already.

Takes and gives editions. Does not compare them. Safe to delete: everything is then compared byte by byte.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import asdict, astuple, dataclass, field, replace
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Shown:
    """A source as it was published. `key` is the name of the folder that it was copied from, "" for one that must not be trusted; `stamp` that
    of its published files; sha256 digests of the source's file, of its published files and of its sidecar ("" for none), whose own stamp is `beside`.
    `status` is that of its row, `asked` what the command asked for beside the sidecar (`ocr`, `check_digits`)."""

    key: str
    stamp: str
    file: str
    sha256: str
    folder: str
    sidecar: str
    beside: str
    status: str
    asked: str


@dataclass(frozen=True, slots=True)
class Counts:
    """What the tables hold: rows a table, issues a severity, ids of sources that gave nothing, or only some pages."""

    rows: Mapping[str, int] = field(default_factory=dict)
    issues: Mapping[str, int] = field(default_factory=dict)
    failed: tuple[str, ...] = ()
    partial: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Edition:
    """`inputs` is a digest of all that tables hang on beside the sources; `tables` are sha256 digests by path below the folder, `stamps`
    their stamps. `behind`: the tables are of an earlier state of the sources."""

    sources: Mapping[str, Shown] = field(default_factory=dict)
    inputs: str = ""
    tables: Mapping[str, str] = field(default_factory=dict)
    stamps: Mapping[str, str] = field(default_factory=dict)
    counts: Counts = Counts()
    behind: bool = False


def load_edition(cache: Path, out: Path) -> Edition:
    """An empty one where nothing is known of the folder."""
    try:
        with _place(cache, out).open("rb") as file:
            head: dict[str, Any] = json.loads(next(file))
            counts = head.pop("counts")
            told = Counts(counts["rows"], counts["issues"], tuple(counts["failed"]), tuple(counts["partial"]))
            sources = {source_id: Shown(*shown) for source_id, *shown in map(json.loads, file)}
        return Edition(sources, counts=told, **head)
    except (OSError, ValueError, TypeError, KeyError, StopIteration):
        return Edition()


def save_edition(cache: Path, out: Path, edition: Edition) -> None:
    """In one step; a line for each source."""
    path = _place(cache, out)
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    head = asdict(replace(edition, sources={}))
    del head["sources"]
    with beside.open("w", encoding="ascii") as file:
        file.write(json.dumps(head) + "\n")
        for source_id, shown in edition.sources.items():
            file.write(json.dumps([source_id, *astuple(shown)]) + "\n")
    os.replace(beside, path)


def _place(cache: Path, out: Path) -> Path:
    name = hashlib.blake2b(os.fsencode(os.path.realpath(out)), digest_size=12).hexdigest()
    return cache / "published" / f"{name}.jsonl"
