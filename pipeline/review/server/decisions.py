"""What a key on the page means as decisions.

Takes a change, or a span, and what a person says of it; gives lines for the files of decisions. Does not write them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from pipeline.model import Decision, Span
from pipeline.review.server.changes import Item
from pipeline.review.server.states import Row, SourceState
from pipeline.tables.schema import MENTION_TABLES
from pipeline.text.anchor import anchor_of

Verdict = Literal["accept", "reject"]
#: columns that point at other rows, whose ids a decision must not hold
_POINTING = frozenset({"period_id"})


@dataclass(frozen=True, slots=True)
class Said:
    """Who says it, on which day (EDTF), and why."""

    by: str
    date: str
    reason: str = ""


def columns_of(kind: str) -> tuple[str, ...]:
    """The columns that a decision may set: those of the kind's table that no other kind's has, and no pointers.

    >>> columns_of("municipality")
    ('code', 'code_current', 'name', 'prefecture', 'country', 'level')
    """
    table = MENTION_TABLES[kind].columns
    first, last = table.index("section") + 1, table.index("basis")
    return tuple(column for column in table[first:last] if column not in _POINTING)


def values_of(kind: str, row: Row) -> dict[str, str]:
    """What a row says, without what is empty."""
    return {column: row[column] for column in columns_of(kind) if row.get(column)}


def judged(
    item: Item, verdict: Verdict, state: SourceState, said: Said, lost_at: tuple[int, int] | None, was: Row | None
) -> list[Decision]:
    """Decisions for accepting or rejecting a change; none where a lost row's text is gone (`lost_at` None): then nothing can be held to.

    `was` is what the machine says of a row that is there. Accepted: the row of now stands, or no row belongs where one was lost. Rejected: no row belongs there, or the one of then does.
    """
    kind, new, old = item.kind, item.change.new, item.change.old
    if new is None:
        assert old is not None
        if lost_at is None:
            return []
        if verdict == "accept":
            return [_decision("reject", kind, state, lost_at, said, rule=old["rule_id"])]
        return [_decision("add", kind, state, lost_at, said, values_of(kind, old), rule=old["rule_id"])]
    span = int(new["start"]), int(new["end"])
    if verdict == "accept":
        return [_decision("accept", kind, state, span, said, values_of(kind, new), was, new["rule_id"])]
    if old is None:
        return [_decision("reject", kind, state, span, said, None, was, new["rule_id"])]
    gone = {column: "" for column in values_of(kind, new) if not old.get(column)}
    return [_decision("replace", kind, state, span, said, values_of(kind, old) | gone, was, new["rule_id"])]


def corrected(
    kind: str,
    row: Row,
    columns: Mapping[str, str],
    span: tuple[int, int],
    state: SourceState,
    said: Said,
    was: Row | None,
) -> list[Decision]:
    """A row with other values, or on another span: then none belongs on the old one. Of a row that keeps its span only what is changed is set (what follows
    from it, such as a date's days, a build works out); one that is left as it is is accepted."""
    held = int(row["start"]), int(row["end"])
    told = {column: columns[column] for column in columns_of(kind) if columns.get(column)}
    if span == held:
        changed = {
            column: columns.get(column, "") for column in columns_of(kind) if columns.get(column, "") != row[column]
        }
        if changed:
            return [_decision("replace", kind, state, held, said, changed, was, row["rule_id"])]
        return [_decision("accept", kind, state, held, said, values_of(kind, row), was, row["rule_id"])]
    return [
        _decision("reject", kind, state, held, said, None, was, row["rule_id"]),
        _decision("add", kind, state, span, said, told),
    ]


def added(kind: str, columns: Mapping[str, str], span: tuple[int, int], state: SourceState, said: Said) -> Decision:
    """A row that is missing."""
    told = {column: columns[column] for column in columns_of(kind) if columns.get(column)}
    return _decision("add", kind, state, span, said, told)


def erratum(meant: str, span: tuple[int, int], state: SourceState, said: Said) -> Decision:
    """What the source means where it has a slip."""
    return _decision("text", "", state, span, said, {"text": meant})


def _decision(
    do: Literal["accept", "replace", "add", "reject", "text"],
    kind: str,
    state: SourceState,
    span: tuple[int, int],
    said: Said,
    columns: Mapping[str, str] | None = None,
    was: Mapping[str, str] | None = None,
    rule: str = "",
) -> Decision:
    anchor = anchor_of(state.ground, Span(*span))
    return Decision(do, kind, anchor, columns or {}, was, rule, "", said.by, said.date, said.reason)
