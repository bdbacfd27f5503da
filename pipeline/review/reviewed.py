"""Which sources a person has reviewed as they are: `extracted/sources/<id>/reviewed.json`, digests of the tables that were looked at.

Takes the folder of tables; writes these files, and tells what differs from them. Does not know what was decided.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from pipeline.driver.stamps import sha256_of
from pipeline.driver.switch import next_state
from pipeline.model import PipelineError
from pipeline.tables.schema import ISSUES, LEFTOVERS, MENTION_TABLES, REVIEWED, SOURCES

#: the tables that are looked at
LOOKED_AT = tuple(f"{table.name}.csv" for table in (*MENTION_TABLES.values(), ISSUES, LEFTOVERS))


class Unreviewed(NamedTuple):
    """A source, and its tables that are others than those reviewed; none where it was never reviewed."""

    source_id: str
    tables: tuple[str, ...]


def accept(out: Path, only: Sequence[str] = ()) -> list[str]:
    """Mark sources (all of them, or those named) as reviewed as they are; gives those that were not. `PipelineError` for one that is not built."""
    chosen = _chosen(out, only)
    with next_state(out) as state:
        marked = []
        for source_id in chosen:
            name = f"sources/{source_id}/{REVIEWED}"
            text = json.dumps(_digests(out, source_id), indent=1) + "\n"
            state.new(name).write_text(text, encoding="ascii", newline="\n")
            if state.keep(name):
                marked.append(source_id)
        state.publish()
    return marked


def unreviewed(out: Path, only: Sequence[str] = ()) -> Iterator[Unreviewed]:
    """Sources whose tables are not those that were reviewed, in order of their ids."""
    for source_id in _chosen(out, only):
        told = _told(out / "sources" / source_id / REVIEWED)
        now = _digests(out, source_id)
        if told != now:
            yield Unreviewed(source_id, tuple(name for name in now if told and told.get(name) != now[name]))


def _chosen(out: Path, only: Sequence[str]) -> list[str]:
    folders = (path.parent for path in (out / "sources").rglob(f"{SOURCES.name}.csv"))
    built = sorted(folder.relative_to(out / "sources").as_posix() for folder in folders)
    if not built:
        raise PipelineError(str(out), "holds no source that was built", "run make first")
    for source_id in only:
        if source_id not in built:
            raise PipelineError(source_id, "is no source that was built", f"see {out / 'sources'}")
    return sorted(set(only)) if only else built


def _digests(out: Path, source_id: str) -> dict[str, str]:
    return {name: sha256_of(out / "sources" / source_id / name) for name in LOOKED_AT}


def _told(path: Path) -> dict[str, str]:
    """Nothing for a file that is not there, or none of these."""
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return told if isinstance(told, dict) else {}
