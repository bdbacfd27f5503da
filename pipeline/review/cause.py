"""Why a row changed.

Takes nothing; gives the names of causes. Does not find them.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

Kind = Literal[
    "source-added", "source-removed", "source-renamed", "file", "sidecar", "rule", "gazetteer", "decision",
    "parser", "code", "packages", "unknown",
]  # fmt: skip


class Cause(NamedTuple):
    """What was edited: `name` is a source's id or file, a rule's id, `gazetteer:first column` of a line, a sidecar's key, a decision's id, modules, packages
    with their versions. `detail` says how: `edited`, `new`, `gone`, or the values before and after."""

    kind: Kind
    name: str = ""
    detail: str = ""

    def told(self) -> str:
        """In words.

        >>> Cause("rule", "date.era.day", "edited").told()
        'rule date.era.day (edited)'
        """
        return " ".join([_WORDS.get(self.kind, self.kind), *([self.name] if self.name else [])]) + (
            f" ({self.detail})" if self.detail else ""
        )


_WORDS = {
    "source-added": "new source",
    "source-removed": "source gone:",
    "source-renamed": "source renamed:",
    "file": "source file",
    "gazetteer": "gazetteer line",
    "packages": "package",
}
UNKNOWN = Cause("unknown", "", "nothing is known to differ")
