"""What the stages of a source hang on, as keys of the store.

Takes a source file, what is known of it, rules and the program; gives digests. Does not know what lies under them.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from pipeline.driver.made import Made
from pipeline.driver.program import program
from pipeline.engine.load import RuleSet
from pipeline.engine.meaning import Meaning, digest_of
from pipeline.model import Decision
from pipeline.sources.decisions import numbered_decisions, standing
from pipeline.sources.discovery import SourceFile

#: what a sidecar says to the parser
PARSER_KEYS = ("content_type", "tables", "ocr", "check_digits")


@dataclass(frozen=True)
class Task:
    """A source file, its digest ("" where it cannot be read), what the system says of it, its decisions' digest, its last build, and the
    lines of its decisions. `most`: a PDF of more pages is not read by one worker alone (0: whatever it has). `pages`: these are asked for, and no more; `parts` are those
    that others have read."""

    found: SourceFile
    sha256: str
    stat: tuple[int, ...] = ()
    decisions: str = ""
    before: Made | None = None
    lines: bytes = b""
    most: int = 0
    pages: range | None = None
    parts: tuple[range, ...] = ()

    @cached_property
    def decisions_made(self) -> tuple[tuple[Decision, ...], tuple[Decision, ...]]:
        """The decisions that count, and those that were taken back."""
        return standing(decision for _, decision in numbered_decisions(self.lines, self.found.source_id))


@dataclass(frozen=True, eq=False)
class Plan:
    """What all sources are built with; `consulted` is a digest of the gazetteers that resolving consults."""

    rules: RuleSet
    meaning: Meaning
    consulted: str
    cache: Path


def reading_key(found: SourceFile, sha256: str) -> str:
    """What reading hangs on; Tesseract's version where it is asked for."""
    reader = ""
    if found.sidecar.ocr:
        from pipeline.parsers.pdf import ocr  # not pdfium for a build that has nothing to do

        reader = ocr.version()
    told = [repr(getattr(found.sidecar, key)) for key in PARSER_KEYS]
    return digest_of([sha256, os.path.splitext(found.file)[1].lower(), *told, reader, program().stages["reading"]])


def sidecar_fields(found: SourceFile) -> dict[str, str]:
    """The fields of a sidecar that are given, and what is wrong with it."""
    sidecar = found.sidecar
    fields = {name: getattr(sidecar, name) for name in sidecar.__dataclass_fields__}
    told = {name: value if isinstance(value, str) else repr(value) for name, value in fields.items() if value}
    return told | ({"issues": repr(found.issues)} if found.issues else {})


def finding_key(document: str, errata: str = "") -> str:
    """Where the candidates of a document lie: each kind is there with what its rules meant. `errata` is a digest of those of the document, "" for none."""
    return digest_of([document, *filter(None, [errata]), program().stages["finding"]])


def errata_digest(decisions: Iterable[Decision]) -> str:
    """Of the decisions that say what is meant where a source has a slip; "" where none does."""
    lines = [decision.line() for decision in decisions if decision.do == "text"]
    return digest_of(lines) if lines else ""


def rows_key(task: Task, document: str, candidates: Mapping[str, str], consulted: str, more: str = "") -> str:
    """What resolving hangs on."""
    parts = [task.found.source_id, task.found.file, task.sha256, repr(sorted(sidecar_fields(task.found).items()))]
    parts += [document, *(f"{kind} {digest}" for kind, digest in sorted(candidates.items()))]
    return digest_of([*parts, task.decisions, consulted, more, program().stages["resolving"]])


def made_of(task: Task, plan: Plan, reading: str, document: str, candidates: Mapping[str, str], key: str) -> Made:
    """The record of a source, as far as it is known what it is made of."""
    return Made(
        task.found.source_id,
        task.found.file,
        task.stat,
        task.sha256,
        sidecar_fields(task.found),
        reading,
        document,
        candidates,
        plan.meaning.digest,
        plan.consulted,
        task.decisions,
        dict(program().stages),
        key,
        errata_digest(task.decisions_made[0]),
    )
