"""A build: every source under raw/ to the tables under extracted/.

Takes folders; writes `extracted/`, and gives a report. Does not know rules' insides.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from pipeline.driver.lock import held
from pipeline.driver.publish import Published, publish
from pipeline.driver.store import key_of, object_folder, rules_digest
from pipeline.driver.switch import unwritten
from pipeline.driver.workers import Work, build_all, unkeyed
from pipeline.engine.load import RuleSet, compile_all, load_rules
from pipeline.model import PipelineError
from pipeline.sources.discovery import SourceFile, discover
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

    Wrong arguments and unreadable rules raise `PipelineError` before anything is written. One build at a time uses a store: a
    second one waits, and then looks at the sources.
    """
    raw, out, cache = Path(raw), Path(out), Path(cache)
    own = Path(rules) if rules is not None else None
    if not raw.is_dir():
        raise PipelineError(str(raw), "is no folder", "give the folder that holds the sources (--raw DIR)")
    try:
        cache.mkdir(parents=True, exist_ok=True)
        with held(cache / "build.lock"):
            return _build(raw, out, own, cache, jobs, only, progress, ocr, check_digits)
    except OSError as error:
        raise unwritten(error, out) from error


def _build(
    raw: Path,
    out: Path,
    own: Path | None,
    cache: Path,
    jobs: int,
    only: Sequence[str],
    progress: Progress | None,
    ocr: bool,
    check_digits: bool,
) -> Report:
    discovery = discover(raw)
    chosen = [_asked(found, ocr, check_digits) for found in _chosen(discovery.sources, only)]
    if ocr:
        _with_tesseract()
    rule_set = load_rules(own)
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
    made = {found.source_id: _finished(found, keys, cache) for found in chosen}
    sidecars = {found.source_id: found.sidecar_path for found in discovery.sources}
    now = publish(out, cache, made, sidecars, discovery.issues, own, lambda: rule_set.gazetteers)
    for found in chosen:
        shutil.rmtree(object_folder(cache, unkeyed(found.source_id)), ignore_errors=True)
    return _report(now, len(chosen), missing)


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


def _finished(found: SourceFile, keys: dict[str, str], cache: Path) -> Path:
    """The folder of a source that was built; one that must not be used a second time lies apart."""
    folder = object_folder(cache, keys[found.source_id] or unkeyed(found.source_id))
    return folder if folder.is_dir() else object_folder(cache, unkeyed(found.source_id))


def _report(now: Published, chosen: int, built: Sequence[SourceFile]) -> Report:
    return Report(
        sources=now.sources,
        built=tuple(sorted(found.source_id for found in built)),
        reused=chosen - len(built),
        removed=now.removed,
        failed=now.counts.failed,
        partial=now.counts.partial,
        rows=dict(now.counts.rows),
        issues=dict(now.counts.issues),
        changed=now.changed,
        merged=now.merged,
    )
