"""The tables alone, where a build has left them (`build --tables-limit N`).

Takes folders; writes `extracted/tables/` over the sources as they are published, and gives a report. Builds no source.
"""

from __future__ import annotations

from pathlib import Path

from pipeline.driver.build import Report, report_of
from pipeline.driver.decision_files import strays
from pipeline.driver.edition import load_edition
from pipeline.driver.lock import held
from pipeline.driver.made import load_record
from pipeline.driver.publish import inputs_digest, publish
from pipeline.driver.rule_files import rule_files
from pipeline.driver.switch import unwritten
from pipeline.model import PipelineError
from pipeline.sources.discovery import discover


def make_tables(
    raw: Path | str, out: Path | str, rules: Path | str | None = None, cache: Path | str = ".cache"
) -> Report:
    """`PipelineError` where the sources must be built first: the store knows no build of them, or one with other rules, decisions or versions."""
    raw, out, cache = Path(raw), Path(out), Path(cache)
    own = Path(rules) if rules is not None else None
    found = discover(raw)
    issues = (*found.issues, *strays(own, {source.source_id for source in found.sources}))
    if not cache.is_dir():
        raise PipelineError(str(cache), "is no store of a build", "run make first")
    try:
        with held(cache / "build.lock"):
            files = rule_files(own, cache, load_record(cache))
            last = load_edition(cache, out)
            if not last.sources:
                raise PipelineError(str(out), "is no build that the store knows of", "run make first")
            if last.inputs != inputs_digest(issues, files):
                raise PipelineError(
                    str(out), "was built with other rules, decisions, versions or files", "run make first"
                )
            published = publish(out, cache, {}, dict.fromkeys(last.sources), issues, files, {})
    except OSError as error:
        raise unwritten(error, out) from error
    return report_of(published, published.sources, {})
