"""The tables of another state: a folder, or a git revision.

Takes a folder or a revision; gives mention tables' rows. Does not compare.
"""

from __future__ import annotations

import csv
import io
import subprocess
from collections.abc import Iterator
from pathlib import Path

from pipeline.model import PipelineError
from pipeline.tables.files import read_table
from pipeline.tables.schema import MENTION_TABLES

Tables = dict[str, list[dict[str, str]]]


def folder_tables(folder: Path) -> Tables:
    """Mention tables of an `extracted/` folder (or of its `tables/`)."""
    base = folder / "tables" if (folder / "tables").is_dir() else folder
    if not (base / "dates.csv").is_file():
        raise PipelineError(str(folder), "holds no tables", "run make (or koubun build) first")
    return {table.name: list(read_table(base / f"{table.name}.csv")) for table in MENTION_TABLES.values()}


def revision_tables(folder: Path, revision: str) -> Tables:
    """Mention tables of the same folder as it was committed in a git revision."""
    where = folder.resolve()
    prefix = _git(where if where.is_dir() else where.parent, "rev-parse", "--show-prefix")
    if prefix is None:
        raise PipelineError(str(folder), "lies in no git repository", "give AGAINST= a folder")
    base = where if where.is_dir() else where.parent
    if _git(base, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}") is None:
        raise PipelineError(
            revision, "is neither a folder nor a git revision", "give AGAINST= a revision such as HEAD, or a folder"
        )
    return {
        table.name: list(_committed(base, revision, prefix.strip(), f"tables/{table.name}.csv"))
        for table in MENTION_TABLES.values()
    }


def _committed(base: Path, revision: str, prefix: str, path: str) -> Iterator[dict[str, str]]:
    text = _git(base, "show", f"{revision}:{prefix}{path}")
    return iter(csv.DictReader(io.StringIO(text, newline=""))) if text else iter(())


def _git(folder: Path, *arguments: str) -> str | None:
    done = subprocess.run(["git", "-C", str(folder), *arguments], capture_output=True, check=False)
    return done.stdout.decode("utf-8", "surrogatepass") if done.returncode == 0 else None
