"""What a source may take: time and memory.

Takes a source file; gives its seconds, and issues about a source that took more. Does not end anything.
"""

from __future__ import annotations

from pipeline.model import Issue
from pipeline.sources.discovery import SourceFile

#: seconds that a source may take, and more for each MB of it; page images to text take their time
SECONDS, SECONDS_A_MB, OCR_FACTOR = 120.0, 10.0, 30.0
#: bytes that a worker may allocate; a budget book of 612 pages takes some 300 MB
MEMORY = 4 * 2**30


def seconds_for(found: SourceFile, seconds: float = SECONDS) -> float:
    """The time that a source may take: a large file more than a small one."""
    size = found.path.stat().st_size if found.path.exists() else 0
    return (seconds + SECONDS_A_MB * (size // 2**20)) * (OCR_FACTOR if found.sidecar.ocr else 1.0)


def too_slow(limit: float) -> Issue:
    return Issue("too-slow", f"reading was ended after {limit:.0f} seconds", "error")


def stopped(code: int) -> Issue:
    """About a source that ended its worker; `code` as the system tells it, below 0 for a signal."""
    told = f"signal {-code}" if code < 0 else f"exit code {code}"
    message = f"the file ended its reader ({told}): it asks for too much memory, or shows a fault of a library"
    return Issue("reader-stopped", message, "error")


def bound_memory(size: int) -> None:
    """Beyond this an allocation fails; a system without such a limit has only that of time."""
    try:
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_DATA)
        resource.setrlimit(resource.RLIMIT_DATA, (size if hard < 0 else min(size, hard), hard))
    except (ImportError, ValueError, OSError):
        return
