"""A build: every source under raw/ to the tables under extracted/.

Takes folders; writes `extracted/`, and gives a report. Does not know rules' insides.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from filelock import FileLock

from pipeline.driver.publish import publish_file, publish_source, published, remove_others
from pipeline.driver.store import key_of, object_folder, rules_digest
from pipeline.driver.workers import Work, build_all, unkeyed
from pipeline.engine.load import RuleSet, compile_all, load_rules
from pipeline.model import Issue, PipelineError
from pipeline.resolve.body_redirects import organisation_redirects
from pipeline.sources.discovery import SourceFile, discover
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
    TABLES,
)
from pipeline.text.shipped import shipped_rules

#: told of each source that is done: its id, how many of how many
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Report:
    """What a build did. `failed` are the sources that gave nothing, `partial` those that gave some pages only."""

    sources: int
    built: tuple[str, ...]
    reused: int
    removed: tuple[str, ...]
    failed: tuple[str, ...]
    partial: tuple[str, ...]
    rows: dict[str, int] = field(default_factory=dict, hash=False)
    issues: dict[str, int] = field(default_factory=dict, hash=False)
    changed: int = 0
    #: ids of the last build whose bodies have another one now: (old, new)
    merged: tuple[tuple[str, str], ...] = ()


def build(
    raw: Path | str,
    out: Path | str,
    rules: Path | str | None = None,
    cache: Path | str = ".cache",
    jobs: int = 0,
    only: Sequence[str] = (),
    progress: Progress | None = None,
    ocr: bool = False,
    check_digits: bool = False,
) -> Report:
    """Build all sources, or those of `only` (all other rows stay). `jobs` 0 means one worker a core. `ocr` and `check_digits` ask
    for every PDF what a sidecar asks for one.

    Wrong arguments and unreadable rules raise `PipelineError` before anything is written.
    """
    raw, out, cache = Path(raw), Path(out), Path(cache)
    own = Path(rules) if rules is not None else None
    discovery = discover(raw)
    chosen = [_asked(found, ocr, check_digits) for found in _chosen(discovery.sources, only)]
    if ocr:
        _with_tesseract()
    rule_set = load_rules(own)
    cache.mkdir(parents=True, exist_ok=True)
    with FileLock(cache / "build.lock"):
        digest = rules_digest([shipped_rules(), *([own] if own is not None else [])])
        keys = {found.source_id: key_of(found, digest) for found in chosen}
        missing = [
            found
            for found in chosen
            if not keys[found.source_id] or not object_folder(cache, keys[found.source_id]).is_dir()
        ]
        if missing:
            compile_all(rule_set.rules)
        done = len(chosen) - len(missing)
        for number, source_id in enumerate(_made(missing, keys, rule_set, own, cache, jobs), done + 1):
            if progress:
                progress(source_id, number, len(chosen))
        return _publish(
            out, cache, discovery.sources, chosen, keys, discovery.issues, rule_set, [f.source_id for f in missing]
        )


def _chosen(sources: Sequence[SourceFile], only: Sequence[str]) -> list[SourceFile]:
    known = {found.source_id: found for found in sources}
    for source_id in only:
        if source_id not in known:
            import difflib

            near = difflib.get_close_matches(source_id, known, 1)
            raise PipelineError(
                source_id, "is no source here", f"did you mean {near[0]}?" if near else "see raw/ for the files"
            )
    return [known[source_id] for source_id in sorted(set(only))] if only else list(sources)


def _with_tesseract() -> None:
    from pipeline.parsers.pdf import ocr

    if not ocr.version():
        raise PipelineError("--ocr", "needs Tesseract with the languages jpn and jpn_vert", ocr.INSTALL)


def _asked(found: SourceFile, ocr: bool, check_digits: bool) -> SourceFile:
    """A PDF with what was asked for all of them in its sidecar."""
    sidecar = found.sidecar
    if not found.file.lower().endswith(".pdf"):
        return found
    sidecar = replace(sidecar, ocr=sidecar.ocr or ocr, check_digits=sidecar.check_digits or check_digits)
    return replace(found, sidecar=sidecar)


def _made(
    missing: Sequence[SourceFile], keys: dict[str, str], rules: RuleSet, own: Path | None, cache: Path, jobs: int
) -> Iterator[str]:
    """Build what the store lacks, largest first; yields ids as they are done."""
    workers = min(jobs or os.cpu_count() or 1, len(missing))
    ordered = sorted(
        missing, key=lambda found: (-found.path.stat().st_size if found.path.exists() else 0, found.source_id)
    )
    return build_all(ordered, Work(keys, rules, own, cache), workers)


def _publish(
    out: Path,
    cache: Path,
    sources: Sequence[SourceFile],
    chosen: Sequence[SourceFile],
    keys: dict[str, str],
    issues: Iterable[Issue],
    rules: RuleSet,
    built: Sequence[str],
) -> Report:
    target = out / "sources"
    changed = 0
    for found in chosen:
        made = object_folder(cache, keys[found.source_id] or unkeyed(found.source_id))
        once = not made.is_dir()
        made = object_folder(cache, unkeyed(found.source_id)) if once else made
        changed += publish_source(made, target / found.source_id)
        if once or not keys[found.source_id]:
            shutil.rmtree(made)
    removed = remove_others(target, [found.source_id for found in sources])
    folders = [target / source_id for source_id in published(target)]
    with tempfile.TemporaryDirectory(prefix="tables-", dir=cache) as temporary:
        staging = Path(temporary)
        for table in PER_SOURCE:
            concatenate(staging, table, folders)
        _with_general_issues(staging, issues)
        mentions, places = staging / "organisation_mentions.csv", staging / "municipality_mentions.csv"
        write_table(
            staging / "municipalities.csv",
            MUNICIPALITIES,
            municipality_rows(read_table(places, MUNICIPALITY_MENTIONS), rules.gazetteers),
        )
        bodies = organisation_rows(
            read_table(mentions, ORGANISATION_MENTIONS), read_table(places, MUNICIPALITY_MENTIONS), rules.gazetteers
        )
        write_table(staging / "organisations.csv", ORGANISATIONS, bodies)
        write_table(
            staging / "organisation_redirects.csv", ORGANISATION_REDIRECTS, redirect_rows(bodies, rules.gazetteers)
        )
        last = out / "tables" / "organisations.csv"
        before = list(read_table(last, ORGANISATIONS)) if last.is_file() else []
        merged = merged_ids(before, bodies, organisation_redirects(rules.gazetteers))
        write_data_package(staging / "datapackage.json")
        for table in TABLES:
            publish_file(staging / f"{table.name}.csv", out / "tables" / f"{table.name}.csv")
        publish_file(staging / "datapackage.json", out / "datapackage.json")
    return replace(_report(out, len(chosen), built, removed, changed), merged=tuple(merged))


def _with_general_issues(staging: Path, issues: Iterable[Issue]) -> None:
    """Issues about files that are no source stand first, without a source id."""
    general = [issue_row("", issue) for issue in sorted(issues, key=issue_order)]
    if general:
        rows = list(read_table(staging / "issues.csv", ISSUES))
        write_table(staging / "issues.csv", ISSUES, [*general, *rows])


def _report(out: Path, chosen: int, built: Sequence[str], removed: Sequence[str], changed: int) -> Report:
    tables = out / "tables"
    rows = {table.name: sum(1 for _ in read_table(tables / f"{table.name}.csv")) for table in TABLES}
    statuses = {row["source_id"]: row["status"] for row in read_table(tables / "sources.csv", SOURCES)}
    severities: dict[str, int] = {}
    for row in read_table(tables / "issues.csv", ISSUES):
        severities[row["severity"]] = severities.get(row["severity"], 0) + 1
    return Report(
        sources=len(statuses),
        built=tuple(sorted(built)),
        reused=chosen - len(built),
        removed=tuple(removed),
        failed=tuple(sorted(s for s, status in statuses.items() if status == "failed")),
        partial=tuple(sorted(s for s, status in statuses.items() if status == "partial")),
        rows=rows,
        issues=severities,
        changed=changed,
    )
