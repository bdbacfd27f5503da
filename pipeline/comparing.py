"""The verb `diff`.

Takes arguments and the project's own rules; prints what a build changed, gives the exit code. Does not compare.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path


def diff(options: argparse.Namespace, own: Path | None) -> int:
    from pipeline.console import Watch
    from pipeline.review.comparison import Project, compare

    project = Project(options.raw, own, options.out, options.cache)
    with Watch() as progress:
        compared = compare(project, options.against, options.gold, progress)
    compared = compared.narrowed(options.source, options.kind, options.cause)
    if options.json:
        from pipeline.review.told import line

        for change in (*compared.changes, *compared.effects):
            sys.stdout.write(line(change))
    elif options.markdown:
        from pipeline.review.markdown import markdown

        sys.stdout.write(markdown(compared, options.most))
    else:
        from pipeline.console_diff import show_comparison

        show_comparison(compared, options.most)
    return 1 if compared.changes and options.exit_code else 0
