"""A build that the page asks for, beside the requests.

Takes a project and the sources that were touched; runs `koubun build`, then lays the changes out anew. Does not know what it builds.

The build is a process of its own: a process that serves from threads cannot be forked safely, and rules and code are read as they are now.
"""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable, Sequence

from pipeline.model import PipelineError
from pipeline.review.comparison import Project


class Rebuild:
    """`state` is `idle`, `building`, `comparing`, `done` or `failed`; `told` is what the program said."""

    def __init__(self, project: Project, then: Callable[[], None]) -> None:
        self._project, self._then = project, then
        self._lock = threading.Lock()
        self.state, self.told = "idle", ""

    def start(self, only: Sequence[str], wait: bool = False) -> bool:
        """Build these sources (none: all that need it); False while a build runs."""
        with self._lock:
            if self.state in ("building", "comparing"):
                return False
            self.state, self.told = "building", ""
        thread = threading.Thread(target=self._run, args=(tuple(only),), daemon=True)
        thread.start()
        if wait:
            thread.join()
        return True

    def command(self, only: Sequence[str]) -> list[str]:
        project = self._project
        told = [sys.executable, "-m", "pipeline", "build", "--raw", str(project.raw), "--out", str(project.out)]
        told += ["--cache", str(project.cache)]
        if project.rules is not None:
            told += ["--rules", str(project.rules)]
        return [*told, "--", *only]

    def _run(self, only: Sequence[str]) -> None:
        done = subprocess.run(self.command(only), capture_output=True, check=False, text=True, errors="replace")
        if done.returncode not in (0, 1):
            self.state, self.told = "failed", done.stderr.strip()[-2_000:]
            return
        self.state, self.told = "comparing", done.stdout.strip()
        try:
            self._then()
        except PipelineError as error:
            self.state, self.told = "failed", str(error)
            return
        self.state = "done"
