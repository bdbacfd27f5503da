"""What a source was made of, and its rows made of it in memory.

Takes a source's inputs and rules; gives text and rows as a build by this program would. Does not write, nor compare.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pipeline.driver.keys import reading_key
from pipeline.driver.plain import document_of
from pipeline.driver.stages import Built, collector_at_rest, parsed, rows_of
from pipeline.driver.store import entry_path, open_entry, unpacked
from pipeline.engine.load import RuleSet
from pipeline.model import Document, Sidecar, Source
from pipeline.sources.decisions import numbered_decisions, standing
from pipeline.sources.discovery import SourceFile, media_type


@dataclass(frozen=True, slots=True)
class Inputs:
    """All that a source's rows are made of, beside the program. `rules` counts how many of the edits of rules have been made; `decisions` are the bytes of its
    file. What is not to be had any more is None."""

    source_id: str
    file: str
    data: bytes | None
    sidecar: Sidecar | None
    rules: int | None
    decisions: bytes = b""


class Maker:
    """Makes rows; what was parsed for one set of inputs is kept for the next ones of the same source."""

    def __init__(self, cache: Path, rules: Callable[[int], RuleSet | None]) -> None:
        self.cache = cache
        self.rules = lru_cache(maxsize=8)(rules)
        self._document = lru_cache(maxsize=2)(self._read)

    def built(self, inputs: Inputs) -> Built | None:
        """None where an input is missing, or what was given cannot be made into rows."""
        rules = self.rules(inputs.rules) if inputs.rules is not None else None
        if rules is None or inputs.data is None or inputs.sidecar is None:
            return None
        source = Source(
            inputs.source_id,
            inputs.file,
            inputs.data,
            media_type(inputs.data, inputs.file),
            hashlib.sha256(inputs.data).hexdigest(),
            inputs.sidecar,
        )
        if inputs.sidecar.sha256 not in ("", source.sha256):
            return None  # a build refuses it
        try:
            with collector_at_rest():
                decisions = standing(d for _, d in numbered_decisions(inputs.decisions, inputs.source_id))
                return rows_of(source, self._document(_Reading(source)), (), rules, *decisions)
        except Exception:  # what a build would tell of as `crash`
            return None

    def _read(self, reading: _Reading) -> Document:
        source = reading.source
        found = SourceFile(source.source_id, source.file, Path(source.file), source.sidecar)
        entry = open_entry(entry_path(self.cache, "read", reading_key(found, source.sha256)))
        known = unpacked(entry.section("document")) if entry is not None else None
        return document_of(known) if known is not None else parsed(source)


class _Reading:
    """A source as far as it decides how it is read."""

    def __init__(self, source: Source) -> None:
        sidecar = source.sidecar
        self.source = source
        self.key = (source.file, source.sha256, sidecar.content_type, sidecar.tables, sidecar.ocr, sidecar.check_digits)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Reading) and self.key == other.key

    def __hash__(self) -> int:
        return hash(self.key)
