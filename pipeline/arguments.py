"""What can be asked for: the verbs of `koubun` and their arguments.

Takes nothing; gives a parser. Does not know what is done for them.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    Verbs = argparse._SubParsersAction[argparse.ArgumentParser]

EXTRACTED, RAW, RULES, CACHE = Path("extracted"), Path("raw"), Path("rules"), Path(".cache")

_KINDS = ("date", "amount", "organisation", "municipality")


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(
        prog="koubun", description="Japanese public documents to normalised, traceable tables."
    )
    verbs = top.add_subparsers(dest="verb", required=True, metavar="VERB")
    _building(verbs)
    _comparing(verbs)
    _looking(verbs)
    return top


def _building(verbs: Verbs) -> None:
    build = verbs.add_parser("build", help="read everything in raw/, write extracted/")
    build.add_argument("only", nargs="*", metavar="SOURCE_ID", help="rebuild these sources only; all other rows stay")
    _folders(build)
    _readings(build)
    build.add_argument(
        "--scheduler", default="", metavar="tcp://…", help="let the workers of a Dask scheduler build (koubun[dask])"
    )
    build.add_argument(
        "--durable", action="store_true", help="force what is published onto the disk: safe in a power cut"
    )
    build.add_argument("--why", action="store_true", help="say for each source which stages ran, and why")

    add = verbs.add_parser(
        "add", help="copy or download a file into raw/, draft its sidecar, build it, show what was found"
    )
    add.add_argument("file", nargs="?", type=Path, help="the file to copy")
    add.add_argument("--url", help="the address to download, once")
    _folders(add)

    tables = verbs.add_parser("tables", help="write the tables that a build has left (--tables-limit)")
    tables.add_argument("--raw", type=Path, default=RAW, help="the folder of sources (default raw)")
    _rules(tables)
    _out(tables)
    tables.add_argument("--cache", type=Path, default=CACHE, help="the store of stage results (default .cache)")

    why = verbs.add_parser("why", help="which stages the last build ran for which sources, and why")
    why.add_argument("only", nargs="*", metavar="SOURCE_ID", help="of these sources only")
    why.add_argument("--cache", type=Path, default=CACHE, help="the store of stage results (default .cache)")

    verify = verbs.add_parser(
        "verify", help="compare extracted/ with its receipt, and that with sources, rules and versions"
    )
    verify.add_argument("--raw", type=Path, default=RAW, help="the folder of sources (default raw)")
    _rules(verify)
    _out(verify)

    init = verbs.add_parser("init", help="lay out an empty project: raw/ rules/ Makefile")
    init.add_argument("folder", nargs="?", type=Path, default=Path(), help="where (default here)")


def _comparing(verbs: Verbs) -> None:
    tried = verbs.add_parser(
        "try", help="the rows that edited rules or gazetteers would add, lose and change; writes nothing"
    )
    tried.add_argument("only", nargs="*", metavar="SOURCE_ID", help="in these sources only")
    tried.add_argument("--raw", type=Path, default=RAW, help="the folder of sources (default raw)")
    _rules(tried)
    tried.add_argument("--cache", type=Path, default=CACHE, help="the store of stage results (default .cache)")
    _readings(tried)
    tried.add_argument("--most", type=_number, default=10, metavar="N", help="rows to show a rule (default 10; 0: all)")
    tried.add_argument("--json", action="store_true", help="changes as JSON, a line each")

    diff = verbs.add_parser(
        "diff", help="what the build changed against a git revision or a folder, row by row, by cause"
    )
    diff.add_argument("against", nargs="?", default="HEAD", help="a folder or a git revision (default HEAD)")
    diff.add_argument("--raw", type=Path, default=RAW, help="the folder of sources (default raw)")
    _rules(diff)
    _out(diff)
    diff.add_argument("--cache", type=Path, default=CACHE, help="the store of stage results (default .cache)")
    diff.add_argument("--gold", type=Path, metavar="DIR", help="tell as well how the scores against gold changed")
    diff.add_argument(
        "--source", action="append", default=[], metavar="ID", help="of this source only (may be repeated)"
    )
    diff.add_argument("--kind", action="append", default=[], choices=_KINDS, help="mentions of this kind only")
    diff.add_argument("--cause", action="append", default=[], metavar="WORDS", help="of causes with these words only")
    diff.add_argument("--most", type=_number, default=10, metavar="N", help="rows to show a cause (default 10; 0: all)")
    shown = diff.add_mutually_exclusive_group()
    shown.add_argument("--json", action="store_true", help="changes, issues and leftovers as JSON, a line each")
    shown.add_argument("--markdown", action="store_true", help="for a pull request: counts, and the rows folded")
    diff.add_argument("--exit-code", action="store_true", help="exit with 1 where any row changed")

    review = verbs.add_parser(
        "review", help="changes beside their sources in a browser; decisions are written as files"
    )
    review.add_argument(
        "--against", default="HEAD", metavar="REV-or-DIR", help="a git revision or a folder (default HEAD)"
    )
    review.add_argument("--raw", type=Path, default=RAW, help="the folder of sources (default raw)")
    _rules(review)
    _out(review)
    review.add_argument("--cache", type=Path, default=CACHE, help="the store of stage results (default .cache)")
    review.add_argument("--by", default="", metavar="NAME", help="who decides (default: git's user.name)")
    review.add_argument("--port", type=_number, default=0, help="the port on 127.0.0.1 (default: any that is free)")
    review.add_argument("--no-open", action="store_true", help="open no browser: the address is printed")


def _looking(verbs: Verbs) -> None:
    score = verbs.add_parser("score", help="precision, recall and F1 against gold annotations")
    score.add_argument("gold", type=Path, help="the folder of gold annotations (*.jsonl)")
    _out(score)
    score.add_argument("--raw", type=Path, default=RAW, help="the folder of sources (default raw)")
    _rules(score)
    score.add_argument("--cache", type=Path, default=CACHE, help="the store of stage results (default .cache)")
    score.add_argument("--errors", type=int, default=0, metavar="N", help="list N misses and extras a kind")

    rules = verbs.add_parser("rules", help="check every rule file and run the examples in it")
    _rules(rules)

    explain = verbs.add_parser(
        "explain", help="how a mention came to be, or which rule came nearest and what it lacked"
    )
    explain.add_argument("at", metavar="SOURCE:OFFSET", help="a source id and an offset into its text.txt")
    explain.add_argument("--raw", type=Path, default=RAW)
    _rules(explain)

    leftovers = verbs.add_parser("leftovers", help="numbers that no rule claimed, by shape, the most frequent first")
    leftovers.add_argument("only", nargs="*", metavar="SOURCE_ID", help="of these sources only")
    _out(leftovers)
    leftovers.add_argument("--most", type=_number, default=20, metavar="N", help="shapes to show (default 20; 0: all)")

    aliases = verbs.add_parser(
        "aliases", help="short names that the documents gave to bodies, as lines for rules/gazetteer/organisations.csv"
    )
    _out(aliases)
    _rules(aliases)

    near = verbs.add_parser("near", help="bodies that may be one under two ids, or two under one, to be looked at")
    _out(near)

    decisions = verbs.add_parser(
        "decisions", help="what people decided, what came of it at the last build, and the rules to change"
    )
    decisions.add_argument("only", nargs="*", metavar="SOURCE_ID", help="about these sources only")
    _out(decisions)
    decisions.add_argument(
        "--most", type=_number, default=20, metavar="N", help="decisions to show of each state (default 20; 0: all)"
    )
    decisions.add_argument("--json", action="store_true", help="rows of decisions.csv as JSON, a line each")

    accept = verbs.add_parser("accept", help="mark sources as reviewed as they are (reviewed.json beside their tables)")
    accept.add_argument("only", nargs="*", metavar="SOURCE_ID", help="these sources only (default: all)")
    _out(accept)

    reviewed = verbs.add_parser(
        "check-reviewed", help="exit with 1 while a source's tables are not those that were marked as reviewed"
    )
    reviewed.add_argument("only", nargs="*", metavar="SOURCE_ID", help="these sources only (default: all)")
    _out(reviewed)

    xlsx = verbs.add_parser("xlsx", help="write the tables as one Excel workbook")
    _out(xlsx)
    xlsx.add_argument("--to", type=Path, default=Path("koubun.xlsx"), help="the workbook (default koubun.xlsx)")


def _out(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--out", type=Path, default=EXTRACTED, help="the folder of tables (default extracted)")


def _rules(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--rules", type=Path, help="your rules (default rules/ where it is)")


def _folders(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--raw", type=Path, default=RAW, help="the folder of sources (default raw)")
    verb.add_argument("--rules", type=Path, help="your rules, laid over the shipped ones (default rules/ where it is)")
    verb.add_argument("--out", type=Path, default=EXTRACTED, help="where the tables go (default extracted)")
    verb.add_argument(
        "--cache", type=Path, default=CACHE, help="the store of stage results, safe to delete (default .cache)"
    )
    verb.add_argument(
        "--tables-limit", type=_number, metavar="N", help="with more than N sources leave tables/ to `koubun tables`"
    )
    verb.add_argument("--jobs", type=_number, default=0, metavar="N", help="workers (default: one a core)")


def _readings(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--ocr", action="store_true", help="read PDF pages without text from their image (Tesseract)")
    verb.add_argument("--check-digits", action="store_true", help="read digits of PDF tables a second time")


def _number(text: str) -> int:
    if not text.isdigit():
        raise argparse.ArgumentTypeError(f"{text} is no number")
    return int(text)
