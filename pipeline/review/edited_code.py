"""What of the program is another one than in an earlier build.

Takes two receipts; gives modules and packages, and which of them can have changed a row. Does not know what they do.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pipeline.review.cause import Cause, Kind

#: so many modules are named
_MOST = 4
#: modules, by the beginning of their paths, and packages that are asked for one kind of files only
_OF_FILES = {
    (".pdf",): ("parsers/pdf/", "pypdfium2", "pdfplumber", "pdfminer.six"),
    (".html", ".htm", ".xhtml"): ("parsers/html", "beautifulsoup4", "lxml"),
    (".txt", ".md"): ("parsers/plain", "parsers/text_tables", "parsers/textlines"),
}
#: modules that decide about some tables only
_OF_TABLES = {
    "resolve/amount": ("amounts",),
    "resolve/body": ("organisation_mentions",),
    "resolve/organisations": ("organisation_mentions",),
    "resolve/place": ("municipality_mentions", "organisation_mentions"),
    "resolve/municipalities": ("municipality_mentions", "organisation_mentions"),
}


@dataclass(frozen=True, slots=True)
class CodeEdit:
    """`modules` are paths below `pipeline/`; `packages` versions before and after. `unknown`: the earlier build did not say of what code it was."""

    modules: tuple[str, ...]
    packages: Mapping[str, tuple[str, str]]
    unknown: bool = False

    @staticmethod
    def between(old: Mapping[str, Any], new: Mapping[str, Any]) -> CodeEdit:
        one, other = old.get("code"), new.get("code")
        known = isinstance(one, Mapping) and isinstance(other, Mapping)
        modules = _differing(one, other) if isinstance(one, Mapping) and isinstance(other, Mapping) else ()
        before, after = old.get("packages", {}), new.get("packages", {})
        packages = {name: (before.get(name, ""), after.get(name, "")) for name in _differing(before, after)}
        return CodeEdit(modules, packages, not known)

    def cause(self, file: str, table: str = "") -> Cause:
        """What of it can have changed the rows of a table, of a source of some file."""
        modules = [name for name in self.modules if _asked(name, file) and _decides(name, table)] or self.modules
        packages = [name for name in self.packages if _asked(name, file)] or list(self.packages)
        if packages and (not modules or all(not _asked(name, file) for name in modules)):
            return Cause("packages", ", ".join(packages), "; ".join(self._versions(packages)))
        if not modules:
            return Cause("code", "", "the build before does not say of what code it was")
        kind: Kind = "parser" if all(name.startswith("parsers/") for name in modules) and not packages else "code"
        more = f" and {len(modules) - _MOST} more" if len(modules) > _MOST else ""
        named = ", ".join(f"pipeline/{name}" for name in modules[:_MOST]) + more
        return Cause(kind, named, "; ".join(["edited", *self._versions(packages)]))

    def _versions(self, packages: Iterable[str]) -> list[str]:
        return [f"{name} {self.packages[name][0] or 'none'} → {self.packages[name][1] or 'none'}" for name in packages]


def _differing(old: Mapping[str, str], new: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(sorted(name for name in old.keys() | new.keys() if old.get(name) != new.get(name)))


def _asked(name: str, file: str) -> bool:
    """Whether a module or package is asked for a file of this kind at all."""
    suffix = os.path.splitext(file)[1].lower()
    return all(suffix in suffixes or not name.startswith(names) for suffixes, names in _OF_FILES.items())


def _decides(module: str, table: str) -> bool:
    return not table or all(table in tables or not module.startswith(name) for name, tables in _OF_TABLES.items())
