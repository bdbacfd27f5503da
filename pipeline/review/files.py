"""The files of a folder, as they lie there or as a git revision has them.

Takes a folder and perhaps a revision; gives names and bytes. Does not know what the files are.

git is asked three times, however many files there are: where the repository is, what the revision holds, and one process for all bytes. Names are git's own
bytes, not what it writes for people, so that a name in Japanese needs no care.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import threading
import weakref
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Protocol
from unicodedata import normalize

from pipeline.model import PipelineError


class Files(Protocol):
    """The files below a folder; names are POSIX paths from there."""

    def read(self, name: str) -> bytes | None: ...
    def holds(self, name: str, data: bytes) -> bool:
        """Whether a file has these bytes; git tells by its digest, without reading."""

    def names(self) -> Iterable[str]: ...


@dataclass(frozen=True, slots=True)
class FolderFiles:
    """As they lie there now."""

    folder: Path

    def read(self, name: str) -> bytes | None:
        try:
            return (self.folder / name).read_bytes()
        except OSError:
            return None

    def holds(self, name: str, data: bytes) -> bool:
        return self.read(name) == data

    def names(self) -> Iterable[str]:
        for top, _, names in os.walk(self.folder):
            for name in names:
                yield Path(top, name).relative_to(self.folder).as_posix()


class Revision:
    """A commit of the repository that a folder lies in. `PipelineError` for a folder in no repository, and for what is no revision."""

    def __init__(self, folder: Path, revision: str) -> None:
        here = next(path for path in (folder.resolve(), *folder.resolve().parents) if path.is_dir())
        top = _git(here, "rev-parse", "--show-toplevel")
        if top is None:
            raise PipelineError(str(folder), "lies in no git repository", "give AGAINST= a folder")
        commit = None
        if not revision.startswith("-"):
            commit = _git(here, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}")
        if commit is None:
            raise PipelineError(
                revision, "is neither a folder nor a git revision", "give AGAINST= a revision such as HEAD, or a folder"
            )
        self.top, self.commit = Path(os.fsdecode(top.rstrip(b"\n"))).resolve(), commit.decode().strip()
        self._lock = threading.Lock()

    def below(self, folder: Path) -> Files | None:
        """The files of a folder in this commit; None where it does not lie in the repository."""
        place = folder.resolve()
        if not place.is_relative_to(self.top):
            return None
        prefix = place.relative_to(self.top).as_posix()
        return _Committed(self, "" if prefix == "." else f"{prefix}/")

    def blob(self, digest: str) -> bytes:
        with self._lock:
            into, out = self._batch.stdin, self._batch.stdout
            assert into is not None
            assert out is not None
            into.write(f"{digest}\n".encode())
            into.flush()
            size = int(out.readline().split()[-1])
            data = out.read(size)
            out.read(1)
            return data

    @cached_property
    def blobs(self) -> Mapping[str, str]:
        """The digests of all files, by their paths in the repository."""
        listed = _git(self.top, "ls-tree", "-r", "-z", "--full-tree", self.commit) or b""
        found: dict[str, str] = {}
        for entry in listed.split(b"\0")[:-1]:
            about, _, path = entry.partition(b"\t")
            _, kind, digest = about.split()
            if kind == b"blob":
                found[path.decode("utf-8", "surrogateescape")] = digest.decode()
        return found

    @cached_property
    def _batch(self) -> subprocess.Popen[bytes]:
        command = ["git", "-C", str(self.top), "cat-file", "--batch"]
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        weakref.finalize(self, _end, process)
        return process


@dataclass(frozen=True)
class _Committed:
    """The files below a folder of a revision."""

    revision: Revision
    prefix: str

    def read(self, name: str) -> bytes | None:
        digest = self._digest(name)
        return self.revision.blob(digest) if digest else None

    def holds(self, name: str, data: bytes) -> bool:
        digest = self._digest(name)
        hashed = hashlib.sha256 if digest and len(digest) == 64 else hashlib.sha1
        return digest == hashed(b"blob %d\0" % len(data) + data).hexdigest()

    def names(self) -> Iterable[str]:
        return self._blobs

    def _digest(self, name: str) -> str | None:
        return self._blobs.get(name) or self._blobs.get(self._other.get(normalize("NFC", name), ""))

    @cached_property
    def _blobs(self) -> Mapping[str, str]:
        size = len(self.prefix)
        blobs = self.revision.blobs.items()
        return {path[size:]: digest for path, digest in blobs if path.startswith(self.prefix)}

    @cached_property
    def _other(self) -> Mapping[str, str]:
        """Names that a file system has written in another form than the one they are asked for (か + ゛ for が)."""
        return {normalize("NFC", name): name for name in self._blobs if not name.isascii()}


def _end(process: subprocess.Popen[bytes]) -> None:
    """It only reads, so that it may be killed: a worker that was forked meanwhile holds its input open, and no end of it would come."""
    assert process.stdin is not None
    assert process.stdout is not None
    process.kill()
    process.stdin.close()
    process.stdout.close()
    process.wait()


def _git(folder: Path, *arguments: str) -> bytes | None:
    """What git says; None where it refuses."""
    try:
        done = subprocess.run(["git", "-C", str(folder), *arguments], capture_output=True, check=False)
    except FileNotFoundError:
        raise PipelineError("git", "is not installed", "give AGAINST= a folder") from None
    return done.stdout if done.returncode == 0 else None
