"""A build: every source under raw/ to the tables under extracted/.

Takes folders; writes `extracted/`, and gives a report. Does not know rules' insides.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from pipeline.driver.decision_files import check_decisions, strays
from pipeline.driver.executor import executor
from pipeline.driver.keys import Plan, Task
from pipeline.driver.lock import held
from pipeline.driver.made import load_record, save_meaning
from pipeline.driver.program import program
from pipeline.driver.publish import Published, publish
from pipeline.driver.reasons import Now, Then, reasons
from pipeline.driver.recorder import Recorder
from pipeline.driver.refound import earlier
from pipeline.driver.rule_files import RuleFiles, rule_files
from pipeline.driver.staged import Done
from pipeline.driver.store import object_folder
from pipeline.driver.sweep import drop_unfinished, sweep
from pipeline.driver.switch import unwritten
from pipeline.driver.tasks import is_answered, tasks_of
from pipeline.driver.why import Why, save_why
from pipeline.driver.workers import Work, unkeyed
from pipeline.engine.load import compile_all
from pipeline.model import PipelineError
from pipeline.resolve.mentions import CONSULTED
from pipeline.sources.discovery import Discovery, SourceFile, discover

#: told of each source that is done: its id, how many of how many are, and which share of the bytes that were to be built
Progress = Callable[[str, int, int, float], None]


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
    #: the stages that ran for each source of `built`: `reading`, `finding date`, …, `resolving`
    ran: dict[str, tuple[str, ...]] = field(default_factory=dict, hash=False)
    #: the tables were left, and are of an earlier state (`rows` and `issues` are empty)
    behind: bool = False


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
    scheduler: str = "",
    tables_limit: int | None = None,
    durable: bool = False,
) -> Report:
    """Build all sources, or those of `only` (all other rows stay). `jobs` 0 means one worker a core; with the address of a Dask `scheduler`, its
    workers build. `ocr` and `check_digits` ask for every PDF what a sidecar asks for one. With more than `tables_limit` sources the tables are left (`make_tables`). `durable`: a
    power cut leaves the old or the new state, as a kill does in any case.

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
            return _build(
                raw, out, own, cache, jobs, only, progress, ocr, check_digits, scheduler, tables_limit, durable
            )
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
    scheduler: str,
    tables_limit: int | None,
    durable: bool,
) -> Report:
    discovery, chosen = chosen_sources(raw, only, ocr, check_digits)
    if ocr:
        _with_tesseract()
    drop_unfinished(cache)
    last = load_record(cache)
    files = rule_files(own, cache, last)
    tasks = tasks_of(chosen, last, own)
    missing = [task for task in tasks if not is_answered(task, files, cache)]
    if missing:
        check_decisions(missing, own, files.rules)
    keys = {task.found.source_id: task.before.key for task in tasks if task.before is not None}
    ran: dict[str, tuple[str, ...]] = {}
    because: dict[str, dict[str, list[str]]] = {}
    then = Then(lambda digest: earlier(cache, digest), last.program)
    sizes = {task.found.source_id: task.stat[0] if task.stat else 0 for task in missing}
    left = whole = sum(sizes.values())
    with Recorder(cache, last, files) as recorder:
        for number, done in enumerate(_built(missing, files, jobs, scheduler), len(chosen) - len(missing) + 1):
            source_id = done.made.source_id
            recorder.add(done)
            keys[source_id] = done.made.key
            if done.ran:
                ran[source_id] = done.ran
                compared = then, Now(files.meaning, program(), CONSULTED)
                because[source_id] = reasons(last.sources.get(source_id), done.made, done.ran, *compared)
            left -= sizes[source_id]
            if progress:
                progress(source_id, number, len(chosen), 1 - left / whole if whole else 1.0)
        recorder.finish(() if only else last.sources.keys() - {found.source_id for found in discovery.sources})
    made = {
        found.source_id: object_folder(cache, keys[found.source_id] or unkeyed(found.source_id)) for found in chosen
    }
    save_why(cache, Why(len(chosen), because))
    sidecars = {found.source_id: found.sidecar_path for found in discovery.sources}
    leave = tables_limit is not None and len(sidecars) > tables_limit
    asked = _beyond(discovery.sources, chosen)
    general = (*discovery.issues, *strays(own, sidecars.keys()))
    published = publish(out, cache, made, sidecars, general, files, asked, leave, durable)
    for source_id in ran:
        if not keys[source_id]:
            shutil.rmtree(object_folder(cache, unkeyed(source_id)), ignore_errors=True)
    sweep(cache, recorder.record, len(ran))
    return report_of(published, len(chosen), dict(sorted(ran.items())))


def chosen_sources(
    raw: Path, only: Sequence[str] = (), ocr: bool = False, check_digits: bool = False
) -> tuple[Discovery, list[SourceFile]]:
    """All that lies under `raw`, and the sources of it that are asked for, as they are asked for."""
    discovery = discover(raw)
    return discovery, [_asked(found, ocr, check_digits) for found in _chosen(discovery.sources, only)]


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


def _built(missing: Sequence[Task], files: RuleFiles, jobs: int, scheduler: str) -> Iterator[Done]:
    """Build what the store does not answer, largest first; yields sources as they are done."""
    if not missing:
        return
    compile_all(files.rules.rules)
    save_meaning(files.cache, files.meaning)
    ordered = sorted(missing, key=lambda task: (-task.stat[0] if task.stat else 0, task.found.source_id))
    plan = Plan(files.rules, files.meaning, files.consulted, files.cache)
    workers = executor(Work(plan, files.own, files.files), jobs, scheduler)
    try:
        yield from workers.build_all(ordered)
    finally:
        workers.stop()


def _beyond(sources: Sequence[SourceFile], chosen: Sequence[SourceFile]) -> dict[str, str]:
    """What the command asks of sources that their sidecars do not."""
    said = {found.source_id: found.sidecar for found in sources}
    names = ("ocr", "check_digits")
    asked = {
        found.source_id: [
            name for name in names if getattr(found.sidecar, name) and not getattr(said[found.source_id], name)
        ]
        for found in chosen
    }
    return {source_id: " ".join(told) for source_id, told in asked.items() if told}


def report_of(now: Published, chosen: int, ran: dict[str, tuple[str, ...]]) -> Report:
    """`chosen` sources were looked at, `ran` has the stages of those that were built."""
    return Report(
        sources=now.sources,
        built=tuple(ran),
        reused=chosen - len(ran),
        removed=now.removed,
        failed=now.counts.failed,
        partial=now.counts.partial,
        rows=dict(now.counts.rows),
        issues=dict(now.counts.issues),
        changed=now.changed,
        merged=now.merged,
        ran=ran,
        behind=now.behind,
    )
