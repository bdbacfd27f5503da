"""Two states of a project, compared by rows; a change's cause is taken to be the rule of its row.

Takes a project and a folder or revision; gives changes, and the old state. Does not know why a row changed.
"""

from __future__ import annotations

import csv
import io
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import NamedTuple

from pipeline.review.against import folder_tables, revision_tables
from pipeline.review.diff import Change, diff


class Project(NamedTuple):
    raw: Path
    rules: Path | None
    out: Path
    cache: Path


class Cause(NamedTuple):
    kind: str
    name: str = ""
    detail: str = ""


class Then(NamedTuple):
    """The old state; `read` gives a file below the folder."""

    read: Callable[[str], bytes | None]

    def text(self, source_id: str) -> str | None:
        data = self.read(f"sources/{source_id}/text.txt")
        return None if data is None else data.decode("utf-8", "surrogatepass")

    def rows(self, source_id: str, table: str) -> list[dict[str, str]]:
        data = self.read(f"sources/{source_id}/{table}.csv")
        text = (data or b"").decode("utf-8", "surrogatepass")
        return list(csv.DictReader(io.StringIO(text, newline="")))

    def file(self, source_id: str) -> bytes | None:
        return None


@dataclass(frozen=True)
class Comparison:
    changes: tuple[Change, ...]
    then: Then
    causes: tuple[Cause, ...]


def compare(project: Project, against: str) -> Comparison:
    other = Path(against)
    old = folder_tables(other) if other.is_dir() else revision_tables(project.out, against)
    changes = tuple(diff(old, folder_tables(project.out)))
    read = partial(_file, other) if other.is_dir() else partial(_committed, project.out, against)
    return Comparison(changes, Then(read), tuple(_cause(change) for change in changes))


def _cause(change: Change) -> Cause:
    row = change.new or change.old or {}
    return Cause("rule", row.get("rule_id", ""))


def _file(folder: Path, name: str) -> bytes | None:
    path = folder / name
    return path.read_bytes() if path.is_file() else None


def _committed(out: Path, revision: str, name: str) -> bytes | None:
    done = subprocess.run(["git", "-C", str(out), "show", f"{revision}:./{name}"], capture_output=True, check=False)
    return done.stdout if done.returncode == 0 else None
