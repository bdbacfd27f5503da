"""What a build publishes: a folder for each source, and the tables over all of them.

Takes finished folders of sources; gives the next state of `extracted/`, in one step. Does not know how they were made.

Rows stream from file to file: one source's table is held at a time, and of all sources together only the bodies and places, each once.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from pipeline.driver.switch import NextState, next_state
from pipeline.engine.gazetteer import Gazetteer
from pipeline.model import Issue
from pipeline.resolve.body_redirects import organisation_redirects
from pipeline.tables.entities import municipality_rows, organisation_rows, redirect_rows
from pipeline.tables.files import concatenate, read_table, write_data_package, write_table
from pipeline.tables.merges import merged_ids
from pipeline.tables.rows import issue_order, issue_row
from pipeline.tables.schema import (
    ISSUES,
    MUNICIPALITIES,
    MUNICIPALITY_MENTIONS,
    ORGANISATION_MENTIONS,
    ORGANISATION_REDIRECTS,
    ORGANISATIONS,
    PER_SOURCE,
    SOURCES,
    TableSchema,
)

#: the files of a source's folder
SOURCE_FILES = ("text.txt", *(f"{table.name}.csv" for table in PER_SOURCE))
PACKAGE = "datapackage.json"


@dataclass(frozen=True, slots=True)
class Published:
    """What is there now: rows a table, issues a severity, `statuses` by source id; and what changed: sources whose files differ,
    ids of sources that are gone, (old, new) ids of bodies that have another one now."""

    rows: dict[str, int]
    issues: dict[str, int]
    statuses: dict[str, str]
    changed: int
    removed: tuple[str, ...]
    merged: tuple[tuple[str, str], ...]


def publish(
    out: Path,
    made: Mapping[str, Path],
    sources: Iterable[str],
    issues: Iterable[Issue],
    gazetteers: Mapping[str, Gazetteer],
) -> Published:
    """Publish the finished folders `made` (by source id) beside those that are there already; what is none of `sources` goes.

    `issues` tell of files that are no source. `PipelineError` where something cannot be written: nothing has changed then.
    """
    with next_state(out) as state:
        there = set(published(state.folder / "sources"))
        changed = sum([_put(state, source_id, folder) for source_id, folder in sorted(made.items())])
        removed = sorted(there - set(sources) - set(made))
        for source_id in removed:
            for name in SOURCE_FILES:
                state.remove(f"sources/{source_id}/{name}")
        rows = _gather(state, sorted((there | set(made)) - set(removed)), issues)
        merged = _entities(state, gazetteers, rows)
        statuses = {row["source_id"]: row["status"] for row in read_table(_table(state, SOURCES), SOURCES)}
        severities = Counter(row["severity"] for row in read_table(_table(state, ISSUES), ISSUES))
    return Published(rows, dict(severities), statuses, changed, tuple(removed), tuple(merged))


def published(sources: Path) -> list[str]:
    """Ids of the sources that have a folder, sorted."""
    return sorted(
        Path(folder).relative_to(sources).as_posix() for folder, _, names in os.walk(sources) if "sources.csv" in names
    )


def _put(state: NextState, source_id: str, folder: Path) -> bool:
    """True where a file differs."""
    return sum([state.put(f"sources/{source_id}/{name}", folder / name) for name in SOURCE_FILES]) > 0


def _gather(state: NextState, source_ids: list[str], issues: Iterable[Issue]) -> dict[str, int]:
    """The tables that lie in every source's folder, over all sources; issues about files that are no source stand first, without a source id."""
    general = [issue_row("", issue) for issue in sorted(issues, key=issue_order)]
    rows = {}
    for table in PER_SOURCE:
        files = (state.file(f"sources/{source_id}/{table.name}.csv") for source_id in source_ids)
        name = f"tables/{table.name}.csv"
        rows[table.name] = concatenate(state.new(name), table, files, general if table is ISSUES else ())
        state.keep(name)
    return rows


def _entities(state: NextState, gazetteers: Mapping[str, Gazetteer], rows: dict[str, int]) -> list[tuple[str, str]]:
    """Bodies and places, one row each, and the schema; gives the bodies that have another id than before."""
    mentions, places = _table(state, ORGANISATION_MENTIONS), _table(state, MUNICIPALITY_MENTIONS)
    last = state.folder / "tables" / f"{ORGANISATIONS.name}.csv"
    before = read_table(last, ORGANISATIONS) if last.is_file() else iter(())
    bodies = organisation_rows(
        read_table(mentions, ORGANISATION_MENTIONS), read_table(places, MUNICIPALITY_MENTIONS), gazetteers
    )
    merged = merged_ids(before, bodies, organisation_redirects(gazetteers))
    found = {
        ORGANISATIONS: bodies,
        MUNICIPALITIES: municipality_rows(read_table(places, MUNICIPALITY_MENTIONS), gazetteers),
        ORGANISATION_REDIRECTS: redirect_rows(bodies, gazetteers),
    }
    for table, entries in found.items():
        name = f"tables/{table.name}.csv"
        write_table(state.new(name), table, entries)
        state.keep(name)
        rows[table.name] = len(entries)
    write_data_package(state.new(PACKAGE))
    state.keep(PACKAGE)
    return merged


def _table(state: NextState, table: TableSchema) -> Path:
    return state.file(f"tables/{table.name}.csv")
