"""The program `koubun`: arguments in, one function called, exit code out.

0 done; 1 done for all that could be done, but a source failed or a check found something; 2 nothing was written.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.model import PipelineError

if TYPE_CHECKING:
    from pipeline.tables.schema import TableSchema

EXTRACTED, RAW, RULES, CACHE = Path("extracted"), Path("raw"), Path("rules"), Path(".cache")


def main(arguments: Sequence[str] | None = None) -> int:
    from pipeline.driver.switch import settle

    options = parser().parse_args(arguments)
    try:
        settle(getattr(options, "out", EXTRACTED))
        return int(options.run(options))
    except PipelineError as error:
        print(f"koubun: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("koubun: stopped; what was built is kept", file=sys.stderr)
        return 130


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(
        prog="koubun", description="Japanese public documents to normalised, traceable tables."
    )
    verbs = top.add_subparsers(dest="verb", required=True, metavar="VERB")

    build = verbs.add_parser("build", help="read everything in raw/, write extracted/")
    build.add_argument("only", nargs="*", metavar="SOURCE_ID", help="rebuild these sources only; all other rows stay")
    _folders(build)
    _readings(build)
    build.set_defaults(run=_build)

    add = verbs.add_parser(
        "add", help="copy or download a file into raw/, draft its sidecar, build it, show what was found"
    )
    add.add_argument("file", nargs="?", type=Path, help="the file to copy")
    add.add_argument("--url", help="the address to download, once")
    _folders(add)
    add.set_defaults(run=_add)

    diff = verbs.add_parser("diff", help="rows gained, lost and changed against a git revision or a folder")
    diff.add_argument("against", nargs="?", default="HEAD", help="a folder or a git revision (default HEAD)")
    diff.add_argument("--out", type=Path, default=EXTRACTED, help="the folder of tables (default extracted)")
    diff.add_argument("--json", action="store_true", help="changes as JSON, a line each")
    diff.add_argument("--exit-code", action="store_true", help="exit with 1 where anything changed")
    diff.set_defaults(run=_diff)

    score = verbs.add_parser("score", help="precision, recall and F1 against gold annotations")
    score.add_argument("gold", type=Path, help="the folder of gold annotations (*.jsonl)")
    score.add_argument("--out", type=Path, default=EXTRACTED, help="the folder of tables (default extracted)")
    score.add_argument("--errors", type=int, default=0, metavar="N", help="list N misses and extras a kind")
    score.set_defaults(run=_score)

    rules = verbs.add_parser("rules", help="check every rule file and run the examples in it")
    rules.add_argument("--rules", type=Path, help="your rules (default rules/ where it is)")
    rules.set_defaults(run=_rules)

    explain = verbs.add_parser(
        "explain", help="how a mention came to be, or which rule came nearest and what it lacked"
    )
    explain.add_argument("at", metavar="SOURCE:OFFSET", help="a source id and an offset into its text.txt")
    explain.add_argument("--raw", type=Path, default=RAW)
    explain.add_argument("--rules", type=Path, help="your rules (default rules/ where it is)")
    explain.set_defaults(run=_explain)

    leftovers = verbs.add_parser("leftovers", help="numbers that no rule claimed, by shape, the most frequent first")
    leftovers.add_argument("only", nargs="*", metavar="SOURCE_ID", help="of these sources only")
    leftovers.add_argument("--out", type=Path, default=EXTRACTED, help="the folder of tables (default extracted)")
    leftovers.add_argument("--most", type=_number, default=20, metavar="N", help="shapes to show (default 20; 0: all)")
    leftovers.set_defaults(run=_leftovers)

    aliases = verbs.add_parser(
        "aliases", help="short names that the documents gave to bodies, as lines for rules/gazetteer/organisations.csv"
    )
    aliases.add_argument("--out", type=Path, default=EXTRACTED, help="the folder of tables (default extracted)")
    aliases.add_argument("--rules", type=Path, help="your rules (default rules/ where it is)")
    aliases.set_defaults(run=_aliases)

    near = verbs.add_parser("near", help="bodies that may be one under two ids, or two under one, to be looked at")
    near.add_argument("--out", type=Path, default=EXTRACTED, help="the folder of tables (default extracted)")
    near.set_defaults(run=_near)

    xlsx = verbs.add_parser("xlsx", help="write the tables as one Excel workbook")
    xlsx.add_argument("--out", type=Path, default=EXTRACTED, help="the folder of tables (default extracted)")
    xlsx.add_argument("--to", type=Path, default=Path("koubun.xlsx"), help="the workbook (default koubun.xlsx)")
    xlsx.set_defaults(run=_xlsx)

    init = verbs.add_parser("init", help="lay out an empty project: raw/ rules/ Makefile")
    init.add_argument("folder", nargs="?", type=Path, default=Path(), help="where (default here)")
    init.set_defaults(run=_init)
    return top


def _folders(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--raw", type=Path, default=RAW, help="the folder of sources (default raw)")
    verb.add_argument("--rules", type=Path, help="your rules, laid over the shipped ones (default rules/ where it is)")
    verb.add_argument("--out", type=Path, default=EXTRACTED, help="where the tables go (default extracted)")
    verb.add_argument(
        "--cache", type=Path, default=CACHE, help="the store of stage results, safe to delete (default .cache)"
    )
    verb.add_argument("--jobs", type=_number, default=0, metavar="N", help="workers (default: one a core)")


def _readings(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--ocr", action="store_true", help="read PDF pages without text from their image (Tesseract)")
    verb.add_argument("--check-digits", action="store_true", help="read digits of PDF tables a second time")


def _number(text: str) -> int:
    if not text.isdigit():
        raise argparse.ArgumentTypeError(f"{text} is no number")
    return int(text)


def _own_rules(given: Path | None) -> Path | None:
    if given is not None:
        return given
    return RULES if RULES.is_dir() else None


def _build(options: argparse.Namespace) -> int:
    from pipeline.console import Watch, show_report
    from pipeline.driver.build import build

    with Watch() as progress:
        report = build(
            options.raw,
            options.out,
            _own_rules(options.rules),
            options.cache,
            options.jobs,
            options.only,
            progress,
            options.ocr,
            options.check_digits,
        )
    show_report(report, options.out)
    return 1 if report.failed else 0


def _add(options: argparse.Namespace) -> int:
    from pipeline.console import show_source
    from pipeline.driver.add import add_file, add_url
    from pipeline.driver.build import build
    from pipeline.tables.files import read_table
    from pipeline.tables.schema import PER_SOURCE

    if (options.file is None) == (options.url is None):
        raise PipelineError("add", "takes one file or one address", "make add FILE=… or make add URL=…")
    source_id = add_url(options.url, options.raw) if options.url else add_file(options.file, options.raw)
    report = build(options.raw, options.out, _own_rules(options.rules), options.cache, options.jobs, [source_id])
    folder = options.out / "sources" / source_id
    show_source(
        options.out, source_id, {table.name: list(read_table(folder / f"{table.name}.csv")) for table in PER_SOURCE}
    )
    return 1 if source_id in report.failed else 0


def _diff(options: argparse.Namespace) -> int:
    from pipeline.console import show_changes
    from pipeline.review.against import folder_tables, revision_tables
    from pipeline.review.diff import diff

    other = Path(options.against)
    old = folder_tables(other) if other.is_dir() else revision_tables(options.out, options.against)
    changes = diff(old, folder_tables(options.out))
    if options.json:
        for change in changes:
            print(json.dumps(asdict(change), ensure_ascii=False))
    else:
        show_changes(changes)
    return 1 if changes and options.exit_code else 0


def _score(options: argparse.Namespace) -> int:
    from pipeline.console import show_scores
    from pipeline.tables.score import score

    show_scores(score(options.gold, options.out), options.errors)
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
    from pipeline.sources.discovery import discover, read_source

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
    show_explanation(explain(open_page(document), rules, int(offset)), document, int(offset))
    return 0


def _built(out: Path, schema: TableSchema) -> Iterator[dict[str, str]]:
    """The rows of a table of the last build."""
    from pipeline.tables.files import read_table

    table = out / "tables" / f"{schema.name}.csv"
    if not table.is_file():
        raise PipelineError(str(table), "is not there", "run make first")
    return read_table(table)


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
