"""Peak memory of reading and understanding one large PDF, in a process of its own.

Takes a path; gives bytes. `python -m bench.memory FILE` is that process.
"""

from __future__ import annotations

import hashlib
import resource
import subprocess
import sys
from pathlib import Path

_STATUS = Path("/proc/self/status")


def measure(path: Path) -> int:
    """Peak resident memory in bytes, file to rows."""
    done = subprocess.run([sys.executable, "-m", "bench.memory", str(path)], capture_output=True, text=True, check=True)
    return int(done.stdout)


def _read(path: Path) -> None:
    from pipeline.driver.stages import collector_at_rest, rows_of
    from pipeline.engine.load import load_rules
    from pipeline.model import Sidecar, Source
    from pipeline.parsers import parse

    data = path.read_bytes()
    source = Source(path.stem, path.name, data, "application/pdf", hashlib.sha256(data).hexdigest(), Sidecar())
    with collector_at_rest():
        rows_of(source, parse(source), (), load_rules())


def peak() -> int:
    """Bytes. Linux tells the peak of the process itself; ru_maxrss there may be that of the process that started it."""
    if _STATUS.is_file():
        line = next(line for line in _STATUS.read_text().splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) * 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


if __name__ == "__main__":
    _read(Path(sys.argv[1]))
    print(peak())
