"""What edited rules would change, before anything is built.

Takes the record of the last build, the store, and the rules as they are now; gives the rows that a build would add, lose and change. Writes nothing.

Only sources whose text holds the words of an edited rule, or a name in an edited line of a gazetteer, are looked at. An edit of a gazetteer of words, which mean something
beside names (units, words beside dates), concerns all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from pipeline.driver.decision_files import decision_lines, decisions_digest
from pipeline.driver.keys import Plan, finding_key, sidecar_fields
from pipeline.driver.made import Made, Record, load_meaning
from pipeline.driver.plain import document_of
from pipeline.driver.program import program
from pipeline.driver.refound import Damaged, Refound, reopened_page
from pipeline.driver.stages import collector_at_rest, resolved_rows
from pipeline.driver.store import entry_path, has_rows, object_folder, open_entry, unpacked
from pipeline.driver.tasks import stat_of
from pipeline.engine.meaning import Meaning, changed_lines
from pipeline.engine.select import select
from pipeline.engine.touched import naming
from pipeline.model import PipelineError, Source
from pipeline.resolve.mentions import CONSULTED
from pipeline.review.diff import Change, diff
from pipeline.review.several import MOMENT, each_in_order
from pipeline.sources.decisions import numbered_decisions, standing
from pipeline.sources.discovery import SourceFile
from pipeline.tables.files import read_table
from pipeline.tables.schema import MENTION_TABLES

#: gazetteers of which resolving looks up names that a text holds
_NAMES = frozenset(("foreign", "former", "municipalities", "organisations"))


@dataclass(frozen=True, slots=True)
class Trial:
    """`changes` in order of sources and places. Of `sources` that the store knows `asked` were looked at; `stale` have changed since the last
    build, or are not in the store: of these nothing is said."""

    changes: tuple[Change, ...]
    sources: int
    asked: int
    stale: tuple[str, ...]

    def by_rule(self) -> list[tuple[str, list[Change]]]:
        """Rules by id, with the changes of rows that they found or would find (`one → other` where another rule will have found a row)."""
        rules: dict[str, list[Change]] = {}
        for change in self.changes:
            found = dict.fromkeys(row["rule_id"] for row in (change.old, change.new) if row is not None)
            rules.setdefault(" → ".join(found), []).append(change)
        return sorted(rules.items())


def trial(
    sources: Iterable[SourceFile],
    last: Record,
    plan: Plan,
    only: Sequence[str] = (),
    own: Path | None = None,
    jobs: int = 1,
) -> Trial:
    """Compare the last build's rows with those that the plan's rules would give, in up to `jobs` processes; `own` is the folder that holds
    decisions. `PipelineError` where there was no build by this program."""
    if last.program.get("stages") != program().stages:
        raise PipelineError(str(plan.cache), "holds no build by this version of the program", "run make first")
    stale: list[str] = []
    changes: list[Change] = []
    known: list[tuple[SourceFile, Made, bytes]] = []
    looked = asked = 0
    for found in sources:
        if only and found.source_id not in only:
            continue
        made = last.sources.get(found.source_id)
        lines = decision_lines(own, found.source_id)
        if made is None or made.decisions != decisions_digest(lines) or not _as_built(found, made):
            stale.append(found.source_id)
            continue
        looked += 1
        if made.candidates:  # else nothing could be read
            known.append((found, made, lines))
    with collector_at_rest():
        answers = each_in_order(known, lambda of: _looked(*of, plan), jobs, MOMENT)
        for (found, *_), answer in zip(known, answers, strict=True):
            if answer is None:
                stale.append(found.source_id)
            else:
                asked += answer.touched
                changes += answer.changes
    return Trial(tuple(changes), looked, asked, tuple(sorted(stale)))


class _Answer(NamedTuple):
    touched: bool
    changes: list[Change]


def _looked(found: SourceFile, made: Made, lines: bytes, plan: Plan) -> _Answer | None:
    try:
        return _changed(found, made, lines, plan)
    except Damaged:
        return None


def _as_built(found: SourceFile, made: Made) -> bool:
    return (made.stat in ((), stat_of(found.path))) and sidecar_fields(found) == made.sidecar


def _changed(found: SourceFile, made: Made, lines: bytes, plan: Plan) -> _Answer | None:
    """What changes in one source; None where the store does not know enough."""
    entry = open_entry(entry_path(plan.cache, "found", finding_key(made.document, made.errata)))
    if entry is None or "rules" not in entry.about:
        return None
    again = Refound(entry, plan)
    kinds = plan.meaning.kinds
    asked = [kind for kind in kinds if entry.about["kinds"].get(kind) != kinds[kind] and again.asked(kind)]
    gone = entry.about["kinds"].keys() - kinds.keys()
    otherwise = made.consulted != plan.consulted and _concerned(plan, made.rules)(again.text)
    if not again.new and not gone and not otherwise:
        return _Answer(bool(asked), [])
    changes = _rows_compared(found, made, lines, again, plan)
    return _Answer(True, changes) if changes is not None else None


def _rows_compared(found: SourceFile, made: Made, lines: bytes, again: Refound, plan: Plan) -> list[Change] | None:
    read = open_entry(entry_path(plan.cache, "read", made.reading))
    plain = unpacked(read.section("document")) if read is not None else None
    folder = object_folder(plan.cache, made.key)
    if plain is None or read is None or not has_rows(plan.cache, made.key):
        return None
    page = reopened_page(again.entry, document_of(plain))
    candidates = again.candidates()
    if page is None or candidates is None:
        return None
    source = Source(found.source_id, found.file, b"", str(read.about["media_type"]), made.sha256, found.sidecar)
    decisions = standing(decision for _, decision in numbered_decisions(lines, found.source_id))
    rows = resolved_rows(source, page, select(candidates, plan.rules.by_id), (), plan.rules, *decisions).rows
    tables = [table.name for table in MENTION_TABLES.values()]
    return diff({name: read_table(folder / f"{name}.csv") for name in tables}, {name: rows[name] for name in tables})


@lru_cache(maxsize=8)
def _concerned(plan: Plan, old: str) -> Callable[[str], bool]:
    """Whether resolving a text may come to something else."""
    before = load_meaning(plan.cache, old)
    if before is None:
        return lambda text: True
    names: set[str] = set()
    for name in CONSULTED:
        if before.orders.get(name) == plan.meaning.orders.get(name):
            continue
        lines = changed_lines(before, plan.meaning, name)
        if name not in _NAMES or not lines:
            return lambda text: True
        names |= _names_of(lines, name, (before, plan.meaning))
    return naming(sorted(names))


def _names_of(lines: Sequence[str], name: str, meanings: Sequence[Meaning]) -> set[str]:
    known = [meaning.gazetteers.get(name, {}) for meaning in meanings]
    return {found for of in known for key in lines if key in of for found in of[key].names}
