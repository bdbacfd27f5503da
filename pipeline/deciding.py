"""The verbs about what people decided and reviewed: arguments in, one function called, exit code out.

Takes arguments; prints, and gives exit codes. Does not know how decisions are applied.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.tables.rows import Rows


def undecided(options: argparse.Namespace, own: Path | None, documents: set[str]) -> Mapping[str, Rows]:
    """Rows made without decisions, of those documents about which somebody has decided."""
    from pipeline.review.undecided import decided_sources, undecided_rows

    return undecided_rows(options.raw, own, options.cache, documents & decided_sources(options.out))


def decisions(options: argparse.Namespace) -> int:
    from pipeline.console_decisions import show_decisions
    from pipeline.tables.files import built_table
    from pipeline.tables.schema import DECISIONS

    rows = [row for row in built_table(options.out, DECISIONS) if not options.only or row["source_id"] in options.only]
    if options.json:
        for row in rows:
            print(json.dumps(row, ensure_ascii=False))
    else:
        show_decisions(rows, options.most)
    return 0


def accept(options: argparse.Namespace) -> int:
    from pipeline.review.reviewed import accept as mark

    marked = mark(options.out, options.only)
    for source_id in marked:
        print(source_id)
    print(f"{len(marked)} source{'s' * (len(marked) != 1)} marked as reviewed")
    return 0


def check_reviewed(options: argparse.Namespace) -> int:
    from pipeline.review.reviewed import unreviewed

    count = 0
    for source_id, tables in unreviewed(options.out, options.only):
        print(f"{source_id}: {'changed since: ' + ', '.join(tables) if tables else 'was never reviewed'}")
        count += 1
    are = "source of {} is" if count == 1 else "sources of {} are"
    print(f"{count} {are.format(options.out)} not reviewed" if count else f"every source of {options.out} is reviewed")
    return 1 if count else 0
