"""A store of built sources, keyed by all that they are made of. Safe to delete.

Takes a source, rules and the program; gives a key, and a folder a key. Does not know what is in it.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterable
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from pipeline.sources.discovery import SourceFile

#: packages that a result depends on
_PACKAGES = (
    "beautifulsoup4",
    "lxml",
    "pypdfium2",
    "pdfplumber",
    "pdfminer.six",
    "fugashi",
    "unidic-lite",
    "google-re2",
    "ahocorasick-rs",
)


def key_of(found: SourceFile, rules: str) -> str:
    """Hex digest of the file's bytes, its sidecar, its id and name, the rules' digest, the program's, and Tesseract's version where it is asked for. "" for a file that cannot be read."""
    try:
        data = hashlib.file_digest(found.path.open("rb"), "sha256").hexdigest()
    except OSError:
        return ""
    reader = ""
    if found.sidecar.ocr:
        from pipeline.parsers.pdf import ocr  # not pdfium for a build that has nothing to do

        reader = ocr.version()
    parts = (
        data,
        repr(found.sidecar),
        repr(found.issues),
        found.source_id,
        found.file,
        rules,
        program_digest(),
        reader,
    )
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


def rules_digest(folders: Iterable[Path]) -> str:
    """Over every rule, gazetteer and decision file, by name and bytes."""
    digest = hashlib.sha256()
    for folder in folders:
        for path in sorted(p for p in folder.rglob("*") if p.suffix in (".yml", ".csv", ".jsonl") and p.is_file()):
            digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


@lru_cache(maxsize=1)
def program_digest() -> str:
    """Over the program's own files and the versions of the packages that read and match."""
    package = Path(__file__).resolve().parent.parent
    digest = hashlib.sha256()
    for path in sorted(package.rglob("*.py")):
        digest.update(path.relative_to(package).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    for name in _PACKAGES:
        try:
            digest.update(f"{name}={version(name)}\0".encode())
        except PackageNotFoundError:
            continue
    return digest.hexdigest()


def object_folder(cache: Path, key: str) -> Path:
    return cache / "objects" / key[:2] / key


def put(cache: Path, key: str, made: Path) -> Path:
    """Move a finished folder into the store; of two workers with the same key one wins, and both are right."""
    target = object_folder(cache, key)
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.rename(made, target)
    except OSError:
        if not target.is_dir():
            raise
        shutil.rmtree(made)
    return target
