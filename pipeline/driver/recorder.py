"""Keeps the record of a build while it runs.

Takes what sources are made of as they are done; writes `.cache/made.jsonl`. Does not build.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import IO

from pipeline.driver.made import Made, Record, append_made, save_record
from pipeline.driver.program import program
from pipeline.driver.rule_files import RuleFiles
from pipeline.driver.staged import Done
from pipeline.driver.tasks import settled


class Recorder:
    """Adds a line for each source at once, so that a build that is stopped keeps what it did; writes the record anew when it is done."""

    def __init__(self, cache: Path, last: Record, rules: RuleFiles) -> None:
        self.cache, self.last, self.rules = cache, last, rules
        self.sources: dict[str, Made] = dict(last.sources)
        self.log: IO[bytes] | None = None
        self.record = last

    def __enter__(self) -> Recorder:
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        if self.log is not None:
            self.log.close()

    def add(self, done: Done) -> None:
        """A source without a key is built again the next time, so that nothing is known of it."""
        self.sources.pop(done.made.source_id, None)
        if done.made.key:
            made = replace(done.made, stat=settled(done.made.stat, time.time_ns()))
            self.sources[made.source_id] = made
            if self.log is None:
                self.log = (self.cache / "made.jsonl").open("ab")
            append_made(self.log, made)

    def finish(self, gone: Iterable[str]) -> None:
        """The build has come to its end; `gone` are sources that are no more."""
        left, rules = set(gone), self.rules
        sources = {source_id: made for source_id, made in self.sources.items() if source_id not in left}
        self.record = Record(sources, rules.files, rules.digest, rules.consulted, program().told())
        if self.record != self.last:
            save_record(self.cache, self.record)
