"""What a build publishes: a folder for each source, the tables over all of them, the receipt.

Takes finished folders of sources; gives the next state of `extracted/`, in one step. Does not know how they were made.

What is there already is known by the last edition: the key of each source's folder in the store, and the stamps of its files. Only what
differs is compared byte by byte, and only bytes that differ are written.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from filecmp import cmp
from pathlib import Path
from typing import Any

from pipeline.driver.behind import RECEIPT
from pipeline.driver.edition import Counts, Edition, Shown, load_edition, save_edition
from pipeline.driver.gather import gather, standing
from pipeline.driver.program import program_digest
from pipeline.driver.receipt import decisions, inputs, read_receipt, tables_told, versions, write_receipt
from pipeline.driver.rule_files import RuleFiles
from pipeline.driver.stamps import sha256_of, sha256_of_all, stamp_of
from pipeline.driver.switch import NextState, next_state
from pipeline.model import Issue, PipelineError
from pipeline.tables.files import read_table
from pipeline.tables.rows import issue_order, issue_row
from pipeline.tables.schema import REVIEWED, SOURCE_FILES, SOURCES


@dataclass(frozen=True, slots=True)
class Published:
    """What is there now, and what changed: sources whose files differ, ids of sources that are gone, (old, new) ids of bodies that have
    another one now. `behind`: the tables were left, and are of an earlier state."""

    sources: int
    counts: Counts
    changed: int = 0
    removed: tuple[str, ...] = ()
    merged: tuple[tuple[str, str], ...] = ()
    behind: bool = False


def publish(
    out: Path,
    cache: Path,
    made: Mapping[str, Path],
    sidecars: Mapping[str, Path | None],
    issues: Iterable[Issue],
    rules: RuleFiles,
    asked: Mapping[str, str],
    leave: bool = False,
    durable: bool = False,
) -> Published:
    """Publish the finished folders `made` (by source id) beside those that are there already. A source that is not among `sidecars` goes.

    A folder's name is its key: the same name is the same bytes, unless it begins with `unkeyed`. `issues` tell of files that are no
    source, `asked` what the command asked of a source beside its sidecar. `leave` writes no tables, `durable` forces all onto the disk before it counts. `PipelineError` where something cannot be written: nothing has changed then.
    """
    issues = tuple(issues)
    general = _rows(issues)
    digest = inputs_digest(issues, rules)
    beside = {source_id: (path, asked.get(source_id, "")) for source_id, path in sidecars.items()}
    with next_state(out, durable) as state:
        last = load_edition(cache, out)
        sources, other = _seen(state.folder, last, made, beside)
        same = (
            not other
            and (leave or not last.behind)
            and digest == last.inputs
            and _facts(sources) == _facts(last.sources)
        )
        if same and (stamps := _stamps(state.folder, last)) is not None:
            now = replace(last, sources=sources, stamps=stamps)
            if now != last:
                _save(cache, out, now)
            return Published(len(sources), last.counts, behind=last.behind)
        changed = sum([_put(state, source_id, made[source_id]) for source_id in other])
        there = _there(state.folder / "sources")
        removed = sorted(there - sidecars.keys())
        kept = sorted((there | made.keys()) - set(removed))
        alike = digest == last.inputs and kept == list(last.sources) and not last.behind
        whole = standing(last, state.changed) if alike else set()
        whole = {name for name in whole if _stands(state.folder, name, last) is not None}
        for source_id in removed:
            for name in (*SOURCE_FILES, REVIEWED):
                state.remove(f"sources/{source_id}/{name}")
        behind = leave and not (alike and not state.changed and not state.removed)
        gathered = None if behind else gather(state, kept, general, lambda: rules.rules.gazetteers, last, whole)
        sources = {
            source_id: sources.get(source_id) or _shown(state, source_id, made.get(source_id), beside[source_id])
            for source_id in kept
        }
        told = _told_before(state.folder) if gathered is None else tables_told(gathered.digests, gathered.counts)
        write_receipt(state.new(RECEIPT), inputs(rules.own, rules.meaning), sources, told, behind)
        state.keep(RECEIPT)
        tables = {name: str(of["sha256"]) for name, of in told.items()}
        tables[RECEIPT] = sha256_of(state.file(RECEIPT))
        state.publish()
        counts = _left(sources) if gathered is None else gathered.counts
        now = Edition(_stamped(state.folder, sources), digest, tables, counts=counts, behind=behind)
        _save(cache, out, replace(now, stamps=_stamps(state.folder, now) or {}))
    merged = gathered.merged if gathered is not None else ()
    return Published(len(sources), counts, changed, tuple(removed), merged, behind)


def inputs_digest(issues: Iterable[Issue], rules: RuleFiles) -> str:
    """Of all that tables hang on beside the sources."""
    told = [rules.digest, versions(), decisions(rules.own), _rows(issues), program_digest()]
    return hashlib.sha256(json.dumps(told).encode("ascii")).hexdigest()


def _rows(issues: Iterable[Issue]) -> list[dict[str, str]]:
    return [issue_row("", issue) for issue in sorted(issues, key=issue_order)]


def _told_before(folder: Path) -> dict[str, dict[str, Any]]:
    """The tables that stand there, as their receipt tells of them."""
    try:
        told: dict[str, dict[str, Any]] = read_receipt(folder)["tables"]
    except PipelineError:
        return {}
    return told


def _left(sources: Mapping[str, Shown]) -> Counts:
    """What is known where no table is made."""
    failed, partial = (
        tuple(source_id for source_id, shown in sources.items() if shown.status == status)
        for status in ("failed", "partial")
    )
    return Counts(failed=failed, partial=partial)


def _save(cache: Path, out: Path, edition: Edition) -> None:
    """What is published counts; without a record of it the next build compares bytes."""
    with suppress(OSError):
        save_edition(cache, out, edition)


def _seen(
    folder: Path, last: Edition, made: Mapping[str, Path], beside: Mapping[str, tuple[Path | None, str]]
) -> tuple[dict[str, Shown], list[str]]:
    """The sources that are there as they were made, and the ids of those that are not. A source that was not asked for is there as it was."""
    sources = {source_id: shown for source_id, shown in last.sources.items() if source_id not in made}
    other = []
    for source_id, path in made.items():
        target, shown = f"{folder}/sources/{source_id}", last.sources.get(source_id)
        if shown is None or shown.key != path.name:
            other.append(source_id)
            continue
        stamp = stamp_of(*[f"{target}/{name}" for name in SOURCE_FILES])
        if stamp and stamp == shown.stamp:
            sources[source_id] = _beside(shown, *beside[source_id])
        elif all(map(_alike, (path / name for name in SOURCE_FILES), (Path(target, name) for name in SOURCE_FILES))):
            sources[source_id] = _beside(replace(shown, stamp=stamp), *beside[source_id])
        else:
            other.append(source_id)
    return {source_id: sources[source_id] for source_id in sorted(sources.keys() & beside.keys())}, sorted(other)


def _alike(one: Path, other: Path) -> bool:
    return other.is_file() and cmp(one, other, shallow=False)


def _facts(sources: Mapping[str, Shown]) -> dict[str, Shown]:
    return {source_id: replace(shown, stamp="", beside="") for source_id, shown in sources.items()}


def _beside(shown: Shown, sidecar: Path | None, asked: str) -> Shown:
    """With the sidecar as it is now, and what was asked for."""
    shown = shown if shown.asked == asked else replace(shown, asked=asked)
    if sidecar is None:
        return replace(shown, sidecar="", beside="") if shown.sidecar else shown
    stamp = stamp_of(sidecar)
    return shown if stamp and stamp == shown.beside else replace(shown, sidecar=sha256_of(sidecar), beside=stamp)


def _stamps(folder: Path, edition: Edition) -> dict[str, str] | None:
    """Stamps of the tables; None where one is not the edition's."""
    stamps = {name: _stands(folder, name, edition) for name in edition.tables}
    return None if None in stamps.values() else {name: stamp or "" for name, stamp in stamps.items()}


def _stands(folder: Path, name: str, edition: Edition) -> str | None:
    """The stamp of a table ("" for one that is too young); None where it is not the edition's."""
    stamp = stamp_of(folder / name)
    known = stamp and stamp == edition.stamps.get(name)
    return stamp if known or sha256_of(folder / name) == edition.tables[name] else None


def _put(state: NextState, source_id: str, folder: Path) -> bool:
    """True where a file differs."""
    return sum([state.put(f"sources/{source_id}/{name}", folder / name) for name in SOURCE_FILES]) > 0


def _there(sources: Path) -> set[str]:
    """Ids of the sources that have a folder."""
    return {
        Path(folder).relative_to(sources).as_posix() for folder, _, names in os.walk(sources) if "sources.csv" in names
    }


def _shown(state: NextState, source_id: str, made: Path | None, beside: tuple[Path | None, str]) -> Shown:
    """A source that is published now, or of which nothing is known but its files."""
    files = {name: state.file(f"sources/{source_id}/{name}") for name in SOURCE_FILES}
    row = next(read_table(files["sources.csv"], SOURCES))
    key = made.name if made is not None and not made.name.startswith("unkeyed") else ""
    shown = Shown(key, "", row["file"], row["sha256"], sha256_of_all(files.items()), "", "", row["status"], "")
    return _beside(shown, *beside)


def _stamped(folder: Path, sources: Mapping[str, Shown]) -> dict[str, Shown]:
    return {
        source_id: shown
        if shown.stamp
        else replace(shown, stamp=stamp_of(*[f"{folder}/sources/{source_id}/{name}" for name in SOURCE_FILES]))
        for source_id, shown in sources.items()
    }
