"""Short names that the documents of a build gave to bodies, as lines for the gazetteer.

Takes the rows of `organisation_mentions.csv` and `organisations.csv` and the gazetteers; gives what the gazetteer lacks. Does not know documents.
"""

from __future__ import annotations

import csv
import io
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pipeline.engine.body_words import body_words
from pipeline.engine.gazetteer import Gazetteer
from pipeline.resolve.body_names import bodies, normalised

Row = Mapping[str, str]
#: the columns of rules/gazetteer/organisations.csv
COLUMNS = ("organisation_id", "name", "legal_form", "kind", "parent_id", "corporate_number", "aliases", "note")
#: by rule: how a document gives a short name
_HOW = {"organisation.alias.defined": "以下「…」という", "organisation.alias.acronym": "bracket"}
_SHORTEST = 2


@dataclass(frozen=True, slots=True)
class Learnt:
    """A short name of a body: where it was given first, how, and how often it stands in all sources."""

    organisation_id: str
    name: str
    alias: str
    source_id: str
    start: str
    how: str
    count: int


def learnt_aliases(mentions: Iterable[Row], gazetteers: Mapping[str, Gazetteer]) -> tuple[list[Learnt], list[str]]:
    """What documents taught, the most frequent first, and the short names of several bodies, which no line can hold.

    Left out: what the gazetteer knows, and names that mean something in one document only (機構, 本会, 受託者).
    """
    known, words = bodies(gazetteers), body_words(gazetteers)
    first: dict[tuple[str, str], Row] = {}
    counts: Counter[tuple[str, str]] = Counter()
    bearers: dict[str, set[str]] = defaultdict(set)
    for row in mentions:
        alias, body = "".join(row["surface"].split()), row["organisation_id"]
        if row["rule_id"] not in _HOW or len(alias) < _SHORTEST or words.document_only.match(alias):
            continue
        bearers[alias].add(body)
        holder = known.by_name(alias)
        if normalised(alias) == normalised(row["name"]) or (holder and holder.organisation_id == body):
            continue
        first.setdefault((body, alias), row)
        counts[body, alias] += 1
        if holder:
            bearers[alias].add(holder.organisation_id)
    shared = sorted({alias for _, alias in first if len(bearers[alias]) > 1})
    learnt = [
        Learnt(body, row["name"], alias, row["source_id"], row["start"], _HOW[row["rule_id"]], counts[body, alias])
        for (body, alias), row in first.items()
        if alias not in shared
    ]
    return sorted(learnt, key=lambda one: (-one.count, one.organisation_id, one.alias)), shared


def gazetteer_lines(
    learnt: Sequence[Learnt], organisations: Iterable[Row], gazetteers: Mapping[str, Gazetteer]
) -> list[str]:
    """A line a body, ready for rules/gazetteer/organisations.csv: the gazetteer's own row, or a new one, with the aliases added."""
    known = bodies(gazetteers)
    built = {row["organisation_id"]: row for row in organisations}
    by_body: dict[str, list[Learnt]] = {}
    for one in learnt:
        by_body.setdefault(one.organisation_id, []).append(one)
    lines = []
    for body, aliases in by_body.items():
        row = known.rows.get(body) or {**built.get(body, {}), "organisation_id": body, "aliases": "", "note": ""}
        told = {column: row.get(column, "") for column in COLUMNS}
        told["aliases"] = "|".join([*filter(None, told["aliases"].split("|")), *(one.alias for one in aliases)])
        notes = [f"{one.alias}: {one.how} {one.source_id}:{one.start} ({one.count})" for one in aliases]
        told["note"] = "; ".join([*filter(None, [told["note"]]), *notes])
        written = io.StringIO()
        csv.writer(written, lineterminator="").writerow([told[column] for column in COLUMNS])
        lines.append(written.getvalue())
    return lines
