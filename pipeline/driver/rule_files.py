"""The rules of a build: what they mean, and the rules themselves only where somebody asks for them.

Takes the folder of a project's own rules and the record of the last build; gives a `RuleFiles`. Does not know sources.

Files that have the bytes that they had in the last build mean what they meant.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from pipeline.driver.made import Record, load_meaning, meaning_path
from pipeline.driver.program import program
from pipeline.engine.load import RuleSet, load_rules
from pipeline.engine.meaning import Meaning, digest_of, meaning_of
from pipeline.resolve.mentions import CONSULTED
from pipeline.text.shipped import shipped_rules


@dataclass(frozen=True)
class RuleFiles:
    """`own` is laid over the shipped rules; `files` is a digest of all rule and gazetteer files."""

    own: Path | None
    files: str
    cache: Path
    last: Record

    @cached_property
    def rules(self) -> RuleSet:
        """Raises `PipelineError` for what cannot be read."""
        return load_rules(self.own)

    @cached_property
    def known(self) -> bool:
        """Whether the last build had these files, and this program to understand them."""
        same = self.files == self.last.files and self.last.program.get("stages") == program().stages
        return same and meaning_path(self.cache, self.last.rules).is_file()

    @cached_property
    def digest(self) -> str:
        """Of what the rules mean."""
        return self.last.rules if self.known else self.meaning.digest

    @cached_property
    def consulted(self) -> str:
        """A digest of the gazetteers that resolving consults."""
        if self.known:
            return self.last.consulted
        return digest_of(f"{name} {self.meaning.orders.get(name, '')}" for name in CONSULTED)

    @cached_property
    def meaning(self) -> Meaning:
        kept = load_meaning(self.cache, self.last.rules) if self.known else None
        return kept or meaning_of(self.rules)


def rule_files(own: Path | None, cache: Path, last: Record) -> RuleFiles:
    """Reads the files' bytes only, and the rules where these are others than in the last build."""
    files = RuleFiles(own, files_digest(own), cache, last)
    if not files.known:
        _ = files.rules  # what is wrong with them is told before anything is written
    return files


def files_digest(own: Path | None) -> str:
    """Over every rule and gazetteer file, by name and bytes."""
    digest = hashlib.blake2b(digest_size=16)
    shipped = shipped_rules()
    folders = [shipped, *([own] if own is not None and own.is_dir() and own.resolve() != shipped.resolve() else [])]
    for folder in folders:
        for path in sorted(p for pattern in ("*.yml", "*.csv") for p in folder.rglob(pattern) if p.is_file()):
            data = path.read_bytes()
            digest.update(f"{path.relative_to(folder).as_posix()}\0{len(data)}\0".encode() + data)
        digest.update(b"\0")
    return digest.hexdigest()
