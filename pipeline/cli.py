"""The program `koubun`: arguments in, one function called, exit code out.

0 done; 1 done for all that could be done, but a source failed or a check found something; 2 nothing was written.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.arguments import EXTRACTED, RULES, parser
from pipeline.deciding import accept, check_reviewed, decisions, undecided
from pipeline.model import PipelineError
from pipeline.tables.files import built_table as _built

if TYPE_CHECKING:
    pass


def main(arguments: Sequence[str] | None = None) -> int:
    from pipeline.driver.behind import told_behind
    from pipeline.driver.switch import settle

    options = parser().parse_args(arguments)
    try:
        settle(getattr(options, "out", EXTRACTED))
        if options.verb in _READ_TABLES and (told := told_behind(options.out)):
            print(f"koubun: {told}", file=sys.stderr)
        return _VERBS[options.verb](options)
    except PipelineError as error:
        print(f"koubun: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("koubun: stopped; what was built is kept", file=sys.stderr)
        return 130


def _own_rules(given: Path | None) -> Path | None:
    if given is not None:
        return given
    return RULES if RULES.is_dir() else None


def _build(options: argparse.Namespace) -> int:
    from pipeline.console import Watch, show_report, show_why
    from pipeline.driver.build import build
    from pipeline.driver.why import load_why

    names = ("jobs", "only", "ocr", "check_digits", "scheduler", "tables_limit", "durable")
    asked = {name: getattr(options, name) for name in names}
    with Watch() as progress:
        folders = options.raw, options.out, _own_rules(options.rules), options.cache
        report = build(*folders, progress=progress, **asked)
    show_report(report, options.out)
    if options.why:
        show_why(load_why(options.cache))
    return 1 if report.failed else 0


def _tables(options: argparse.Namespace) -> int:
    from pipeline.console import show_report
    from pipeline.driver.tabulate import make_tables

    report = make_tables(options.raw, options.out, _own_rules(options.rules), options.cache)
    show_report(report, options.out)
    return 1 if report.failed else 0


def _why(options: argparse.Namespace) -> int:
    from pipeline.console import show_why
    from pipeline.driver.why import load_why

    show_why(load_why(options.cache), options.only)
    return 0


def _add(options: argparse.Namespace) -> int:
    from pipeline.console import show_source
    from pipeline.driver.add import add_file, add_url
    from pipeline.driver.build import build
    from pipeline.tables.files import read_table
    from pipeline.tables.schema import PER_SOURCE

    if (options.file is None) == (options.url is None):
        raise PipelineError("add", "takes one file or one address", "make add FILE=… or make add URL=…")
    source_id = add_url(options.url, options.raw) if options.url else add_file(options.file, options.raw)
    folders = options.raw, options.out, _own_rules(options.rules), options.cache
    report = build(*folders, options.jobs, [source_id], tables_limit=options.tables_limit)
    folder = options.out / "sources" / source_id
    show_source(
        options.out, source_id, {table.name: list(read_table(folder / f"{table.name}.csv")) for table in PER_SOURCE}
    )
    return 1 if source_id in report.failed else 0


def _try(options: argparse.Namespace) -> int:
    from pipeline.driver.build import chosen_sources
    from pipeline.driver.keys import Plan
    from pipeline.driver.made import load_record
    from pipeline.driver.rule_files import rule_files
    from pipeline.review.told import line
    from pipeline.review.trial import trial

    sources = chosen_sources(options.raw, options.only, options.ocr, options.check_digits)[1]
    last = load_record(options.cache)
    files = rule_files(_own_rules(options.rules), options.cache, last)
    own = _own_rules(options.rules)
    plan = Plan(files.rules, files.meaning, files.consulted, options.cache)
    tried = trial(sources, last, plan, own=own, jobs=os.cpu_count() or 1)
    if options.json:
        for change in tried.changes:
            sys.stdout.write(line(change))
    else:
        from pipeline.console import show_trial

        show_trial(tried, options.most)
    return 0


def _diff(options: argparse.Namespace) -> int:
    from pipeline.comparing import diff

    return diff(options, _own_rules(options.rules))


def _review(options: argparse.Namespace) -> int:
    from pipeline.console import Watch
    from pipeline.review.comparison import Project
    from pipeline.review.server.desk import Desk
    from pipeline.review.server.serve import reviewer, serve

    project = Project(options.raw, _own_rules(options.rules), options.out, options.cache)
    with Watch() as progress:
        desk = Desk(project, options.against, options.by or reviewer(), progress=progress)
    serve(desk, options.port, not options.no_open)
    return 0


def _verify(options: argparse.Namespace) -> int:
    from pipeline.driver.verify import verify

    count = 0
    for difference in verify(options.raw, options.out, _own_rules(options.rules)):
        print(difference)
        count += 1
    print(f"{options.out}: {count or 'no'} difference{'s' * (count != 1)}")
    return 1 if count else 0


def _score(options: argparse.Namespace) -> int:
    from pipeline.console import show_scores
    from pipeline.tables.score import score

    own = _own_rules(options.rules)
    show_scores(score(options.gold, options.out, lambda ids: undecided(options, own, ids)), options.errors)
    return 0


def _rules(options: argparse.Namespace) -> int:
    from pipeline.engine.check import check
    from pipeline.engine.load import load_rules

    checked = check(load_rules(_own_rules(options.rules)))
    for problem in checked.problems:
        print(problem)
    print(
        f"{checked.rules} rules, {checked.examples} examples in {checked.variants} spellings, "
        f"{checked.counterexamples} counterexamples: {len(checked.problems) or 'no'} problems"
    )
    return 1 if checked.problems else 0


def _explain(options: argparse.Namespace) -> int:
    from pipeline.console import show_explanation
    from pipeline.engine.explain import explain
    from pipeline.engine.load import load_rules
    from pipeline.engine.page import open_page
    from pipeline.parsers import parse
    from pipeline.resolve.decision_places import errata_of
    from pipeline.sources.decisions import decisions_path, read_decisions, standing
    from pipeline.sources.discovery import discover, read_source
    from pipeline.text.shipped import shipped_rules

    source_id, _, offset = options.at.rpartition(":")
    found = next((found for found in discover(options.raw).sources if found.source_id == source_id), None)
    if found is None:
        raise PipelineError(
            source_id or options.at, "is no source here", "write SOURCE:OFFSET, such as plans/kyoto:1207"
        )
    source, _issues = read_source(found)
    document = parse(source)
    if not offset.isdigit() or int(offset) >= len(document.text):
        raise PipelineError(
            options.at, f"is no offset into its {len(document.text)} characters", "write a number from 0"
        )
    rules = load_rules(_own_rules(options.rules))
    own = _own_rules(options.rules) or shipped_rules()
    page = open_page(document, errata_of(document, standing(read_decisions(decisions_path(own, source_id)))[0]))
    show_explanation(explain(page, rules, int(offset)), document, int(offset))
    return 0


def _leftovers(options: argparse.Namespace) -> int:
    from pipeline.console import show_shapes
    from pipeline.tables.schema import LEFTOVERS
    from pipeline.tables.shapes import by_shape

    rows = (row for row in _built(options.out, LEFTOVERS) if not options.only or row["source_id"] in options.only)
    show_shapes(by_shape(rows), options.most)
    return 0


def _aliases(options: argparse.Namespace) -> int:
    from pipeline.engine.load import load_rules
    from pipeline.tables.learnt import gazetteer_lines, learnt_aliases
    from pipeline.tables.schema import ORGANISATION_MENTIONS, ORGANISATIONS

    gazetteers = load_rules(_own_rules(options.rules)).gazetteers
    learnt, shared = learnt_aliases(_built(options.out, ORGANISATION_MENTIONS), gazetteers)
    for line in gazetteer_lines(learnt, _built(options.out, ORGANISATIONS), gazetteers):
        print(line)
    print(f"{len(learnt)} short names that the gazetteer lacks", file=sys.stderr)
    if shared:
        print(f"left out, since several bodies bear them: {', '.join(shared)}", file=sys.stderr)
    return 0


def _near(options: argparse.Namespace) -> int:
    from pipeline.tables.near import near_misses
    from pipeline.tables.schema import ORGANISATION_MENTIONS, ORGANISATIONS

    found = near_misses(_built(options.out, ORGANISATIONS), _built(options.out, ORGANISATION_MENTIONS))
    for near in found:
        print(f"{near.one} ({near.one_id}) | {near.other} ({near.other_id}): {near.why}")
    print(f"{len(found)} pairs; to join two, add a line to rules/gazetteer/organisation_redirects.csv", file=sys.stderr)
    return 0


def _xlsx(options: argparse.Namespace) -> int:
    from pipeline.tables.workbook import write_workbook

    write_workbook(options.out, options.to)
    print(f"wrote {options.to}")
    return 0


def _init(options: argparse.Namespace) -> int:
    from pipeline.driver.init import init

    for name in init(options.folder):
        print(f"wrote {options.folder / name}" + ("/" if name.endswith("/") else ""))
    print("put a file into raw/, then: koubun build")
    return 0


#: verbs that show what stands in tables
_READ_TABLES = frozenset(("review", "score", "leftovers", "aliases", "near", "decisions", "xlsx"))
_VERBS: dict[str, Callable[[argparse.Namespace], int]] = {
    "build": _build,
    "add": _add,
    "tables": _tables,
    "why": _why,
    "try": _try,
    "diff": _diff,
    "review": _review,
    "verify": _verify,
    "score": _score,
    "rules": _rules,
    "explain": _explain,
    "leftovers": _leftovers,
    "aliases": _aliases,
    "near": _near,
    "decisions": decisions,
    "accept": accept,
    "check-reviewed": check_reviewed,
    "xlsx": _xlsx,
    "init": _init,
}
