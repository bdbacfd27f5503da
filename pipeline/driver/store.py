"""A store of stage results, keyed by all that they are made of. Safe to delete.

Takes keys; gives entries (a few named sections of bytes) and folders of finished files. Does not know what is in them.

An entry is one file: a line with the digest of the next one, a line of JSON (`about`, and each section's length and digest), the sections. It is
written beside its place and put there in one step. What does not agree with its digest is not there.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import pickle
import shutil
import tempfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from pipeline.tables.schema import SOURCE_FILES

_MAGIC = "koubun-entry-1"
_DIGEST = partial(hashlib.blake2b, digest_size=16)
#: what a pickle in the store may hold beside plain things
_FOREIGN = {("array", "array"), ("array", "_array_reconstructor"), ("decimal", "Decimal")}


@dataclass(frozen=True, slots=True)
class Entry:
    """`about` is what was written with it; `digests` are the sections'."""

    about: Mapping[str, Any]
    digests: Mapping[str, str]
    _sections: Mapping[str, bytes]

    def section(self, name: str) -> bytes | None:
        """None for one that is missing or damaged."""
        data = self._sections.get(name)
        return data if data is not None and _DIGEST(data).hexdigest() == self.digests[name] else None

    def sections(self) -> dict[str, bytes]:
        """Those that are whole."""
        return {name: data for name in self.digests if (data := self.section(name)) is not None}


def entry_path(cache: Path, stage: str, key: str) -> Path:
    return cache / stage / key[:1] / key


def write_entry(path: Path, about: Mapping[str, Any], sections: Mapping[str, bytes]) -> dict[str, str]:
    """Gives the sections' digests."""
    digests = {name: _DIGEST(data).hexdigest() for name, data in sections.items()}
    told = {"about": about, "sections": {name: (len(data), digests[name]) for name, data in sections.items()}}
    line = json.dumps(told, ensure_ascii=False).encode("utf-8", "surrogatepass")
    put_file(path, b"".join([f"{_MAGIC} {_DIGEST(line).hexdigest()}\n".encode(), line, b"\n", *sections.values()]))
    return digests


def open_entry(path: Path) -> Entry | None:
    """None where there is no entry, a damaged one, or one of another kind."""
    try:
        data = path.read_bytes()
        first, line, rest = data.split(b"\n", 2)
        if first.decode("ascii") != f"{_MAGIC} {_DIGEST(line).hexdigest()}":
            return None
        told = json.loads(line)
    except (OSError, ValueError):
        return None
    sections: dict[str, bytes] = {}
    at = 0
    for name, (length, _) in told["sections"].items():
        sections[name] = rest[at : at + length]
        at += length
    return Entry(told["about"], {name: digest for name, (_, digest) in told["sections"].items()}, sections)


def put_file(path: Path, data: bytes) -> None:
    """Write a file in one step; its folder is made."""
    beside = path.with_name(
        f".{path.name}.{os.getpid()}-{os.urandom(4).hex()}"
    )  # another machine may have the same number
    try:
        beside.write_bytes(data)
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside.write_bytes(data)
    os.replace(beside, path)


def packed(thing: Any) -> bytes:
    """Plain things, numbers among them, as bytes.

    >>> unpacked(packed(("令和", 8)))
    ('令和', 8)
    """
    return zlib.compress(pickle.dumps(thing, 5), 1)


def unpacked(data: bytes | None) -> Any:
    """The thing again, None for what is none: bytes of anything else than a pickle of such things."""
    if data is None:
        return None
    try:
        return _Unpickler(io.BytesIO(zlib.decompress(data))).load()
    except Exception:  # whatever it is, it can be made anew
        return None


class _Unpickler(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        if (module, name) in _FOREIGN:
            return super().find_class(module, name)
        raise pickle.UnpicklingError(f"{module}.{name} is nothing that the store holds")


def object_folder(cache: Path, key: str) -> Path:
    return cache / "objects" / key[:1] / key


def has_rows(cache: Path, key: str) -> bool:
    """Whether a source's finished files lie there, all of them."""
    try:
        return len(os.listdir(object_folder(cache, key))) == len(SOURCE_FILES)
    except OSError:
        return False


def put(cache: Path, key: str, made: Path) -> Path:
    """Move a finished folder into the store; of two workers with the same key one wins, and both are right."""
    target = object_folder(cache, key)
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.is_dir() and not has_rows(cache, key):
        shutil.rmtree(target)  # somebody took files away
    try:
        os.rename(made, target)
    except OSError:
        if not target.is_dir():
            raise
        shutil.rmtree(made)
    return target


def new_folder(cache: Path) -> Path:
    """A folder to be filled and then put into the store."""
    made = Path(tempfile.mkdtemp(prefix="made-", dir=cache))
    made.chmod(0o755)
    return made
