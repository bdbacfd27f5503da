"""A process that Ctrl-C reaches, also where the tests run as a job in the background, which ignores it and hands that on."""

from __future__ import annotations

import signal
import subprocess
from collections.abc import Sequence


def started(command: Sequence[str]) -> subprocess.Popen[str]:
    """Its standard error can be read."""
    kept = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        return subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    finally:
        signal.signal(signal.SIGINT, kept)
