"""A project as it is, or as it was: what was built, and of what.

Takes the files of its folders; gives texts and rows of sources, and what these were made of. Does not compare.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from pipeline.driver.behind import RECEIPT
from pipeline.model import PipelineError, Sidecar
from pipeline.review.files import Files, FolderFiles, Revision
from pipeline.sources.sidecar import SUFFIX, parse_sidecar
from pipeline.text.shipped import shipped_rules

Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class Project:
    """The folders of a project; `rules` are its own, laid over the shipped ones."""

    raw: Path
    rules: Path | None
    out: Path
    cache: Path


@dataclass(frozen=True, slots=True)
class Told:
    """What is known of a source without reading it: its file below `raw/`, digests of that, of its sidecar ("" for none) and of its folder of tables ("" where
    that is not known), and what the command asked for beside the sidecar (`ocr check_digits`)."""

    file: str
    sha256: str
    sidecar: str = ""
    folder: str = ""
    asked: str = ""


@dataclass(frozen=True)
class State:
    """`raw`, `own` and `shipped` (rules) are None where they cannot be looked at any more."""

    out: Files
    raw: Files | None = None
    own: Files | None = None
    shipped: Files | None = None

    @cached_property
    def receipt(self) -> Mapping[str, Any]:
        """Empty where there is none."""
        try:
            told = json.loads(self.out.read(RECEIPT) or b"")
        except ValueError:
            return {}
        return told if isinstance(told, dict) and isinstance(told.get("sources"), dict) else {}

    @cached_property
    def sources(self) -> Mapping[str, Told]:
        """By id."""
        if self.receipt:
            names = Told.__dataclass_fields__
            return {
                source_id: Told(**{name: str(told.get(name, "")) for name in names})
                for source_id, told in self.receipt["sources"].items()
            }
        rows = self._table("tables/sources.csv") or self._table("sources.csv")
        return {row["source_id"]: Told(row["file"], row["sha256"]) for row in rows}

    def text(self, source_id: str) -> str | None:
        """What the source's offsets refer to; None where it is not there."""
        data = self.out.read(f"sources/{source_id}/text.txt")
        return data.decode("utf-8", "surrogatepass") if data is not None else None

    def rows(self, source_id: str, table: str) -> list[Row]:
        """A source's rows of a per-source table; none where it has none."""
        data = self.table(source_id, table)
        return _rows(data) if data is not None else self._gathered(table).get(source_id, [])

    def table(self, source_id: str, table: str) -> bytes | None:
        """The file of the same; None where there is none."""
        return self.out.read(f"sources/{source_id}/{table}.csv")

    def same_table(self, other: State, source_id: str, table: str) -> bool:
        """Whether both have the same file, told without reading this state's where git knows its digest."""
        data = other.table(source_id, table)
        return data is not None and self.out.holds(f"sources/{source_id}/{table}.csv", data)

    def same_text(self, other: State, source_id: str) -> bool:
        name = f"sources/{source_id}/text.txt"
        data = other.out.read(name)
        return data is not None and self.out.holds(name, data)

    def file(self, source_id: str) -> bytes | None:
        """The source's file as it was read; None where it is not to be had any more."""
        told = self.sources.get(source_id)
        data = self.raw.read(told.file) if told is not None and self.raw is not None else None
        same = told is not None and data is not None and hashlib.sha256(data).hexdigest() == told.sha256
        return data if same else None

    def sidecar(self, source_id: str) -> Sidecar | None:
        """What stood beside it, with what the command asked for; None where that is not to be had any more, or is wrong."""
        told = self.sources.get(source_id)
        sidecar = self._beside(told) if told is not None else None
        if told is None or sidecar is None or not told.asked:
            return sidecar
        asked = told.asked.split()
        ocr, digits = (getattr(sidecar, name) or name in asked for name in ("ocr", "check_digits"))
        return replace(sidecar, ocr=ocr, check_digits=digits)

    def _beside(self, told: Told) -> Sidecar | None:
        if not told.sidecar:
            return Sidecar(present=False)
        for name in (told.file + SUFFIX, os.path.splitext(told.file)[0] + SUFFIX):
            data = self.raw.read(name) if self.raw is not None else None
            if data is not None and hashlib.sha256(data).hexdigest() == told.sidecar:
                try:
                    return parse_sidecar(data.decode("utf-8-sig"), name)
                except (PipelineError, UnicodeDecodeError):
                    return None
        return None

    def _gathered(self, table: str) -> Mapping[str, list[Row]]:
        """Rows by source of a folder that has only tables over all sources."""
        if self.receipt:
            return {}
        known = self._tables.get(table)
        if known is None:
            known = self._tables[table] = {}
            for row in self._table(f"tables/{table}.csv") or self._table(f"{table}.csv"):
                known.setdefault(row["source_id"], []).append(row)
        return known

    @cached_property
    def _tables(self) -> dict[str, dict[str, list[Row]]]:
        return {}

    def _table(self, name: str) -> list[Row]:
        data = self.out.read(name)
        return _rows(data) if data is not None else []


def now(project: Project) -> State:
    """The project as it is. `PipelineError` where nothing was built."""
    state = State(*map(_folder, (project.out, project.raw, project.rules or shipped_rules(), shipped_rules())))
    if not state.sources and not (project.out / "tables").is_dir():
        raise PipelineError(str(project.out), "holds no tables", "run make (or koubun build) first")
    return state


def then(project: Project, against: str) -> State:
    """As a git revision has it (empty where nothing was built then), or as it lies around another folder of tables. `PipelineError` for what is neither."""
    other = Path(against)
    if other.is_dir():
        state = _around(project, other)
        if not state.sources:
            raise PipelineError(against, "holds no tables", "give AGAINST= a folder that was built, or a revision")
        return state
    revision = Revision(project.out, against)
    out = revision.below(project.out)
    assert out is not None
    own, shipped = revision.below(project.rules or shipped_rules()), revision.below(shipped_rules())
    return State(out, revision.below(project.raw), own, shipped or FolderFiles(shipped_rules()))


def _around(project: Project, other: Path) -> State:
    """A folder of tables, or of a project; its other folders are where the project has them."""
    named = other / project.out.name
    out = named if not _built(other) and _built(named) else other
    base, here = out.resolve().parent, project.out.resolve().parent

    def beside(folder: Path) -> Files | None:
        place = base / os.path.relpath(folder.resolve(), here)
        return FolderFiles(place) if place.is_dir() else None

    own = project.rules or shipped_rules()
    shipped = beside(shipped_rules()) if own.resolve() == shipped_rules().resolve() else FolderFiles(shipped_rules())
    return State(FolderFiles(out), beside(project.raw), beside(own) if project.rules else shipped, shipped)


def _built(folder: Path) -> bool:
    return any((folder / name).is_file() for name in (RECEIPT, "tables/dates.csv", "dates.csv"))


def _folder(folder: Path) -> Files:
    return FolderFiles(folder)


def _rows(data: bytes) -> list[Row]:
    csv.field_size_limit(1 << 30)
    reader = csv.reader(io.StringIO(data.decode("utf-8", "surrogatepass"), newline=""))
    columns: Sequence[str] = next(reader, ())
    return [dict(zip(columns, row, strict=True)) for row in reader]
