"""The tables over all sources, from the folders of each.

Takes a next state of `extracted/`; writes its tables. Does not know how sources were made.

Rows stream from file to file: one source's table is held at a time, and of all sources together only the bodies and places, each once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from pipeline.driver.edition import Counts
from pipeline.driver.stamps import sha256_of
from pipeline.driver.switch import NextState
from pipeline.engine.gazetteer import Gazetteer
from pipeline.resolve.body_redirects import organisation_redirects
from pipeline.tables.entities import municipality_rows, organisation_rows, redirect_rows
from pipeline.tables.files import concatenate, read_table, write_data_package, write_table
from pipeline.tables.merges import merged_ids
from pipeline.tables.schema import (
    ISSUES,
    MUNICIPALITIES,
    MUNICIPALITY_MENTIONS,
    ORGANISATION_MENTIONS,
    ORGANISATION_REDIRECTS,
    ORGANISATIONS,
    PER_SOURCE,
    SOURCES,
    TABLES,
    TableSchema,
)

PACKAGE = "datapackage.json"
#: paths below `extracted/`
TABLE_FILES = (*(f"tables/{table.name}.csv" for table in TABLES), PACKAGE)


def gather(
    state: NextState,
    source_ids: Sequence[str],
    general: Sequence[Mapping[str, str]],
    gazetteers: Mapping[str, Gazetteer],
) -> tuple[Counts, list[tuple[str, str]]]:
    """Write all tables; gives what they hold, and (old, new) ids of bodies that have another one than in the last build. `general` are rows of
    issues that belong to no source: they stand first."""
    rows = {}
    for table in PER_SOURCE:
        files = (state.file(f"sources/{source_id}/{table.name}.csv") for source_id in source_ids)
        name = _name(table)
        rows[table.name] = concatenate(state.new(name), table, files, general if table is ISSUES else ())
        state.keep(name)
    merged = _entities(state, gazetteers, rows)
    statuses = [(row["source_id"], row["status"]) for row in read_table(state.file(_name(SOURCES)), SOURCES)]
    severities = Counter(row["severity"] for row in read_table(state.file(_name(ISSUES)), ISSUES))
    failed, partial = (tuple(s for s, status in statuses if status == told) for told in ("failed", "partial"))
    return Counts(rows, dict(severities), failed, partial), merged


def table_digests(state: NextState) -> dict[str, str]:
    """sha256 by path below the folder."""
    return {name: sha256_of(state.file(name)) for name in TABLE_FILES}


def _entities(state: NextState, gazetteers: Mapping[str, Gazetteer], rows: dict[str, int]) -> list[tuple[str, str]]:
    """Bodies and places, one row each, and the schema."""
    mentions, places = state.file(_name(ORGANISATION_MENTIONS)), state.file(_name(MUNICIPALITY_MENTIONS))
    last = state.folder / _name(ORGANISATIONS)
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
        write_table(state.new(_name(table)), table, entries)
        state.keep(_name(table))
        rows[table.name] = len(entries)
    write_data_package(state.new(PACKAGE))
    state.keep(PACKAGE)
    return merged


def _name(table: TableSchema) -> str:
    return f"tables/{table.name}.csv"
