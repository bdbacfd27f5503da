"""One process at a time: a lock that ends with its process.

Takes the path of a lock file; holds it while a block runs. Does not know what is locked.

The system's own lock on the open file counts, not that the file is there: what a killed process held is free at once. The holder's
number stands in the file for those who wait.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

try:
    import fcntl
except ImportError:  # no such system call: the library's way
    fcntl = None  # type: ignore[assignment]

log = logging.getLogger("koubun")
#: descriptors of the locks that this process holds
_held: set[int] = set()


@contextmanager
def held(path: Path, wait: bool = True) -> Iterator[bool]:
    """Hold the lock while the block runs; the file is gone afterwards. While another process holds it, this one waits and says so (a
    warning of the logger `koubun`, which goes to standard error); without `wait` it does not, and gives False."""
    if fcntl is None:
        from filelock import FileLock, Timeout

        try:
            with FileLock(path, timeout=-1 if wait else 0):
                yield True
        except Timeout:
            yield False
        return
    number = _acquired(path, wait)
    if number is None:
        yield False
        return
    _held.add(number)
    try:
        os.ftruncate(number, 0)
        os.pwrite(number, f"{os.getpid()}\n".encode(), 0)
        yield True
    finally:
        _held.discard(number)
        path.unlink(missing_ok=True)
        os.close(number)


def _acquired(path: Path, wait: bool) -> int | None:
    """The descriptor of the locked file; None where another process holds it and `wait` is false."""
    told = False
    while True:
        number = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
        try:
            fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if not wait:
                os.close(number)
                return None
            if not told:
                holder = os.pread(number, 32, 0).decode("ascii", "replace").strip()
                log.warning("koubun: %s: process %s is at work here; waiting until it is done", path, holder or "?")
                told = True
            fcntl.flock(number, fcntl.LOCK_EX)
        if _same(number, path):
            return number
        os.close(number)  # its last holder took the file away: the lock of a name that is gone holds nobody off


def _same(number: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(number), os.stat(path))
    except FileNotFoundError:
        return False


def _let_go() -> None:
    """A forked process holds none of its parent's locks: it may outlive a parent that is killed."""
    while _held:
        os.close(_held.pop())


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_let_go)
