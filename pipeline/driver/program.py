"""What of the program each stage depends on: its modules, the packages that it reads and matches with, the tables that parsers know.

Takes nothing; gives digests. Does not know sources.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Literal

from pipeline.driver.code import code_digest
from pipeline.engine.meaning import digest_of
from pipeline.text.shipped import PARSED_WITH, shipped_table

Stage = Literal["reading", "finding", "resolving"]
STAGES: tuple[Stage, ...] = ("reading", "finding", "resolving")

#: the modules of a stage, by the beginning of their paths
_MODULES: Mapping[Stage, tuple[str, ...]] = {
    "reading": ("model/", "text/", "sources/", "parsers/", "driver/plain.py", "driver/plain_pages.py"),
    "finding": (
        "model/",
        "text/",
        "segment/",
        "engine/",
        "driver/refound.py",
        "driver/plain.py",
        "sources/decisions.py",
        "resolve/decision_places.py",
    ),
    "resolving": (
        "model/",
        "text/",
        "segment/",
        "engine/",
        "resolve/",
        "tables/",
        "sources/decisions.py",
        "driver/stages.py",
    ),
}
_PACKAGES: Mapping[Stage, tuple[str, ...]] = {
    "reading": ("beautifulsoup4", "lxml", "pypdfium2", "pdfplumber", "pdfminer.six"),
    "finding": ("fugashi", "unidic-lite", "google-re2", "ahocorasick-rs"),
    "resolving": ("fugashi", "unidic-lite"),
}


@dataclass(frozen=True)
class Program:
    """`modules` are digests by path below `pipeline/`, `packages` versions by name, `words` a digest of the shipped tables that parsers
    know. Python counts by its minor version."""

    modules: Mapping[str, str]
    packages: Mapping[str, str]
    words: str

    @cached_property
    def stages(self) -> dict[str, str]:
        """A digest for each stage."""
        return {stage: digest_of([*self.parts(stage).values()]) for stage in STAGES}

    def told(self) -> dict[str, object]:
        """As the record of a build keeps it."""
        return {
            "stages": dict(self.stages),
            "modules": dict(self.modules),
            "packages": dict(self.packages),
            "words": self.words,
        }

    def parts(self, stage: Stage) -> dict[str, str]:
        """All that a stage depends on, in words: digests and versions by name."""
        modules = {path: digest for path, digest in self.modules.items() if path.startswith(_MODULES[stage])}
        packages = {name: self.packages[name] for name in ("Python", *_PACKAGES[stage]) if name in self.packages}
        told = {f"pipeline/{path}": f"{path} {digest}" for path, digest in modules.items()}
        told |= {name: f"{name} {number}" for name, number in packages.items()}
        return told | {"the tables of eras, units and layout words": self.words}


@lru_cache(maxsize=1)
def program() -> Program:
    """The program that is running."""
    package = Path(__file__).resolve().parent.parent
    modules = {
        path.relative_to(package).as_posix(): hashlib.blake2b(path.read_bytes(), digest_size=8).hexdigest()
        for path in sorted(package.rglob("*.py"))
    }
    packages = {"Python": f"{sys.version_info.major}.{sys.version_info.minor}"}
    for name in sorted({name for names in _PACKAGES.values() for name in names}):
        try:
            packages[name] = version(name)
        except PackageNotFoundError:
            continue
    rows = (repr(row) for name in PARSED_WITH for row in shipped_table(name) if name != "units" or row["layout"])
    return Program(modules, packages, digest_of(rows))


@lru_cache(maxsize=1)
def code() -> dict[str, str]:
    """What the modules of all stages mean, by path below `pipeline/`: comments and docstrings count for nothing."""
    package = Path(__file__).resolve().parent.parent
    of_stages = tuple({beginning for beginnings in _MODULES.values() for beginning in beginnings})
    paths = [path for path in program().modules if path.startswith(of_stages)]
    return {path: code_digest((package / path).read_text(encoding="utf-8")) for path in paths}


def program_digest() -> str:
    """Over all of it."""
    now = program()
    return digest_of([*map(" ".join, now.modules.items()), *map(" ".join, now.packages.items()), now.words])
