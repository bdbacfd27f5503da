"""Mentions of a string, for notebooks and tests.

Takes a text and what is known of it; gives its mentions. Does not write files.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from functools import lru_cache

from pipeline.driver.stages import collector_at_rest, consulted, private_spans, statement_of
from pipeline.engine.find import find
from pipeline.engine.load import RuleSet, load_rules
from pipeline.model import Sidecar, Source
from pipeline.parsers import parse
from pipeline.resolve.context import Context
from pipeline.resolve.decisions import Decided
from pipeline.resolve.mentions import resolve
from pipeline.tables.rows import Private, SourceFacts, source_rows
from pipeline.tables.schema import MENTION_TABLES


@dataclass(frozen=True, slots=True)
class Extracted:
    """`text[start:end] == surface`; `kind` is date, amount, organisation or municipality."""

    kind: str
    start: int
    end: int
    surface: str
    _row: dict[str, str] = field(repr=False, hash=False)

    def row(self) -> dict[str, str]:
        """The columns of its kind's table, all text."""
        return dict(self._row)


def extract(
    text: str,
    publisher: str | None = None,
    published: str | None = None,
    covers: str | None = None,
    rules: RuleSet | None = None,
) -> list[Extracted]:
    """Mentions of a plain text in order of their spans; `published` and `covers` are EDTF.

    >>> [(m.surface, m.row()["edtf"]) for m in extract("令和3年9月14日（火）に公表")]
    [('令和3年9月14日（火）', '2021-09-14')]
    """
    with collector_at_rest():
        return _extracted(text, publisher, published, covers, rules or _shipped())


def _extracted(
    text: str, publisher: str | None, published: str | None, covers: str | None, rules: RuleSet
) -> list[Extracted]:
    data = text.encode("utf-8", "surrogatepass")
    sidecar = Sidecar(
        publisher=publisher or "",
        published=published or "",
        covers=covers or "",
        content_type="text/plain; charset=utf-8",
    )
    source = Source("text", "text.txt", data, "text/plain", hashlib.sha256(data).hexdigest(), sidecar)
    document = parse(source)
    known = consulted(rules)
    statement = statement_of(sidecar, document, known)
    candidates = find(document, rules)
    context = Context(document, statement, tuple(candidates), known)
    resolved = resolve(context)
    facts = SourceFacts("text", "text.txt", source.sha256, source.media_type)
    private = Private(private_spans(candidates, rules))
    decided = Decided(resolved.mentions, resolved.mentions)
    rows = source_rows(facts, statement, context, decided, resolved.issues, (), private)
    found = [
        Extracted(kind, int(row["start"]), int(row["end"]), row["surface"], row)
        for kind, table in MENTION_TABLES.items()
        for row in rows[table.name]
    ]
    return sorted(found, key=lambda mention: (mention.start, mention.end, mention.kind))


@lru_cache(maxsize=1)
def _shipped() -> RuleSet:
    return load_rules()
