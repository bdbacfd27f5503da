"""The tables over all sources, from the folders of each.

Takes a next state of `extracted/`; writes its tables. Does not know how sources were made.

Rows stream from file to file: one source's table is held at a time, and of all sources together only the bodies and places, each once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from pipeline.driver.edition import Counts, Edition
from pipeline.driver.stamps import sha256_of
from pipeline.driver.switch import NextState
from pipeline.engine.gazetteer import Gazetteer
from pipeline.resolve.body_redirects import organisation_redirects
from pipeline.tables.entities import OF_BODIES, OF_PLACES, municipality_rows, organisation_rows, redirect_rows
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
    TableSchema,
)

PACKAGE = "datapackage.json"
_ENTITIES = (ORGANISATIONS, MUNICIPALITIES, ORGANISATION_REDIRECTS)


@dataclass(frozen=True, slots=True)
class Gathered:
    """What the tables hold, their sha256 by path below the folder, and (old, new) ids of bodies that have another one than in the last build."""

    counts: Counts
    digests: dict[str, str]
    merged: tuple[tuple[str, str], ...]


def gather(
    state: NextState,
    source_ids: Sequence[str],
    general: Sequence[Mapping[str, str]],
    gazetteers: Callable[[], Mapping[str, Gazetteer]],
    last: Edition,
    standing: Collection[str],
) -> Gathered:
    """Write the tables, but for those of the last edition that are `standing`: no row of them can differ. `general` are rows of issues that
    belong to no source: they stand first."""
    rows: dict[str, int] = {}
    digests: dict[str, str] = {}
    for table in (*PER_SOURCE, *_ENTITIES):
        if _name(table) in standing:
            rows[table.name], digests[_name(table)] = last.counts.rows[table.name], last.tables[_name(table)]
    for table in PER_SOURCE:
        name = _name(table)
        if name not in digests:
            files = (str(state.file(f"sources/{source_id}/{table.name}.csv")) for source_id in source_ids)
            told = general if table is ISSUES else ()
            rows[table.name], digests[name] = concatenate(state.new(name), table, files, told)
            state.keep(name)
    merged = (
        [] if all(_name(table) in digests for table in _ENTITIES) else _entities(state, gazetteers(), rows, digests)
    )
    write_data_package(state.new(PACKAGE))
    state.keep(PACKAGE)
    digests[PACKAGE] = sha256_of(state.file(PACKAGE))
    return Gathered(_counts(state, rows), digests, tuple(merged))


def standing(last: Edition, changed: Iterable[str]) -> set[str]:
    """Tables of the last edition in which nothing differs where these files of the same sources do."""
    touched = {name.rsplit("/", 1)[1] for name in changed}
    whole = {_name(table) for table in PER_SOURCE if f"{table.name}.csv" not in touched}
    if {_name(ORGANISATION_MENTIONS), _name(MUNICIPALITY_MENTIONS)} <= whole:
        whole |= {_name(table) for table in _ENTITIES}
    return whole & last.tables.keys()


def _counts(state: NextState, rows: Mapping[str, int]) -> Counts:
    statuses = [
        (row["source_id"], row["status"])
        for row in read_table(state.file(_name(SOURCES)), SOURCES, ("source_id", "status"))
        if row["status"] != "ok"
    ]
    issues = read_table(state.file(_name(ISSUES)), ISSUES, ("severity", "code"))
    failed, partial = (tuple(s for s, status in statuses if status == told) for told in ("failed", "partial"))
    return Counts(rows, dict(Counter(row["severity"] for row in issues)), failed, partial)


def _entities(
    state: NextState, gazetteers: Mapping[str, Gazetteer], rows: dict[str, int], digests: dict[str, str]
) -> list[tuple[str, str]]:
    """Bodies and places, one row each."""
    old = state.folder / _name(ORGANISATIONS)
    before = read_table(old, ORGANISATIONS) if old.is_file() else iter(())
    named = read_table(state.file(_name(MUNICIPALITY_MENTIONS)), MUNICIPALITY_MENTIONS, OF_PLACES)
    places = municipality_rows(named, gazetteers)
    mentions = read_table(state.file(_name(ORGANISATION_MENTIONS)), ORGANISATION_MENTIONS, OF_BODIES)
    bodies = organisation_rows(mentions, places, gazetteers)
    redirects = redirect_rows(bodies, gazetteers)
    merged = merged_ids(before, bodies, organisation_redirects(gazetteers))
    for table, entries in zip(_ENTITIES, (bodies, places, redirects), strict=True):
        name = _name(table)
        write_table(state.new(name), table, entries)
        state.keep(name)
        rows[table.name], digests[name] = len(entries), sha256_of(state.file(name))
    return merged


def _name(table: TableSchema) -> str:
    return f"tables/{table.name}.csv"
