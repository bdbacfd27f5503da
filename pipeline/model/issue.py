"""A thing about the data that a person must look at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning", "info"]


@dataclass(frozen=True, slots=True)
class Issue:
    """Collected, sorted and shown; never raised.

    `code` is a stable word in kebab-case (`wrong-weekday`), `message` one English sentence that names what was
    seen. `start` and `end` are offsets into the document's text, both -1 where the issue is about the whole source.
    """

    code: str
    message: str
    severity: Severity = "warning"
    start: int = -1
    end: int = -1
