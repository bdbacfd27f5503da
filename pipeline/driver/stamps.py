"""Whether files are still those that they were, without reading them.

Takes paths; gives stamps of what the system says of them. Does not know what is in them.

A file that is written to has another size, inode, or time of change; `ctime` cannot be set back. Clocks of file systems tick, though: a file
written in the same tick as its stamp was taken may be written again in that tick. So a stamp of files that are younger than a tick is "", which
is like no other one, and the files are read the next time (the rule that git has for its index).
"""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Iterable
from pathlib import Path

#: nanoseconds: the kernel's ticks, and file systems that know whole seconds (FAT: two of them)
TICK, COARSE = 100_000_000, 2_000_000_000


def stamp_of(*paths: str | Path) -> str:
    """Of some files, "" where one is missing or too young."""
    digest = hashlib.blake2b(digest_size=12)
    newest = 0
    coarse = True
    try:
        for path in paths:
            found = os.stat(path)
            newest = max(newest, found.st_mtime_ns, found.st_ctime_ns)
            coarse = coarse and found.st_mtime_ns % 1_000_000_000 == 0
            digest.update(b"%d %d %d %d " % (found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino))
    except OSError:
        return ""
    return digest.hexdigest() if newest < time.time_ns() - (COARSE if coarse else TICK) else ""


def sha256_of(path: Path | str) -> str:
    """Hex digest of a file's bytes, "" where it cannot be read."""
    try:
        with open(path, "rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def sha256_of_all(files: Iterable[tuple[str, Path]]) -> str:
    """Over names and the digests of their files; "" where one cannot be read."""
    digest = hashlib.sha256()
    for name, path in files:
        if not (of_file := sha256_of(path)):
            return ""
        digest.update(f"{name} {of_file}\n".encode())
    return digest.hexdigest()
