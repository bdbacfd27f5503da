"""What the pipeline finds by itself in sources about which people have decided.

Takes the folders of a project; gives rows made without decisions. Writes nothing.
"""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from pipeline.engine.load import load_rules
from pipeline.model import PipelineError
from pipeline.review.made_of import Inputs, Maker
from pipeline.sources.discovery import discover
from pipeline.tables.files import read_table
from pipeline.tables.rows import Rows
from pipeline.tables.schema import DECISIONS


def decided_sources(out: Path) -> set[str]:
    """Sources of the last build of which a decision holds."""
    table = out / "tables" / f"{DECISIONS.name}.csv"
    if not table.is_file():
        return set()
    return {row["source_id"] for row in read_table(table, DECISIONS) if row["state"] not in ("expired", "withdrawn")}


def undecided_rows(raw: Path, own: Path | None, cache: Path, source_ids: Collection[str]) -> dict[str, Rows]:
    """The rows of some sources as this program, the rules and the files that are here make them. `PipelineError` for a source that is not here, or that cannot
    be read."""
    if not source_ids:
        return {}
    maker = Maker(cache, lambda _: load_rules(own))
    files = {found.source_id: found for found in discover(raw).sources}
    rows: dict[str, Rows] = {}
    for source_id in sorted(source_ids):
        found = files.get(source_id)
        data = found.path.read_bytes() if found is not None and found.path.is_file() else None
        sidecar = found.sidecar if found is not None else None
        built = maker.built(Inputs(source_id, found.file if found is not None else "", data, sidecar, 0))
        if built is None:
            raise PipelineError(
                source_id, "cannot be built without its decisions", f"see its file under {raw}, run make"
            )
        rows[source_id] = built.rows
    return rows
