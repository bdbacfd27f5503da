"""The sources that a review looks at, as they are and as they were; those looked at lately are kept.

Takes a folder of tables and the state before; gives states of sources. Does not know changes.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping
from pathlib import Path

from pipeline.review.server.states import SourceState, folder_state
from pipeline.review.state import State
from pipeline.sources.discovery import SourceFile

#: states of sources that are kept, of now and of then
_KEPT = 24


class Shelf:
    """`files` are the sources that are here, by id: nothing else is read."""

    def __init__(self, out: Path, files: Mapping[str, SourceFile], past: State) -> None:
        self.files = files
        self._out, self._past = out, past
        self._lock = threading.RLock()
        self._now: OrderedDict[str, SourceState] = OrderedDict()
        self._then: OrderedDict[str, SourceState] = OrderedDict()

    def now(self, source_id: str) -> SourceState | None:
        """A source as it is built; None for what is no source here."""
        if source_id not in self.files:
            return None
        with self._lock:
            return _kept(self._now, source_id, lambda: folder_state(self._out / "sources" / source_id, source_id))

    def then(self, source_id: str) -> SourceState | None:
        """A source as it was; None where there was none of this id."""
        with self._lock:
            if source_id in self._then:
                return self._then[source_id]
            text, rows = self._past.text(source_id), self._past.rows
            if text is None:
                return None
            return _kept(
                self._then, source_id, lambda: SourceState(source_id, text, lambda table: rows(source_id, table))
            )


def _kept(states: OrderedDict[str, SourceState], source_id: str, make: Callable[[], SourceState]) -> SourceState:
    if source_id not in states:
        states[source_id] = make()
        while len(states) > _KEPT:
            states.popitem(last=False)
    states.move_to_end(source_id)
    return states[source_id]
