"""What people decided, laid over what the pipeline found: mentions are accepted, corrected, added and taken away.

Takes a source's mentions, and the decisions about it; gives the mentions that are written, a ledger and issues. Does not know files, nor how mentions were
found: they are found without decisions, and compared with these.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple, cast

from pipeline.model import Decision, Issue, Mention, Span
from pipeline.model.candidate import Kind
from pipeline.resolve.context import Context
from pipeline.resolve.decision_columns import COLUMNS, VALUES, Known, completed, lacking, normal
from pipeline.resolve.decision_places import placed, said

State = Literal["applied", "agreed", "contradicted", "expired", "overruled", "withdrawn"]
#: shown where the pipeline's row is compared with what it was
_NOTHING = "nothing"


class Entry(NamedTuple):
    """A line of the ledger: `machine` is the pipeline's own mention there now, None where it has none or the decision has no place."""

    decision: Decision
    state: State
    span: Span | None = None
    machine: Mention | None = None


class Decided(NamedTuple):
    """`mentions` are those that are written, sorted by span; `machine` those that the pipeline found."""

    mentions: tuple[Mention, ...]
    machine: tuple[Mention, ...]
    entries: tuple[Entry, ...] = ()
    issues: tuple[Issue, ...] = ()
    #: spans about which a person has decided
    settled: frozenset[Span] = frozenset()


def decide(
    context: Context,
    mentions: Sequence[Mention],
    decisions: Sequence[Decision],
    withdrawn: Sequence[Decision],
    known: Known,
) -> Decided:
    """Lay the decisions that count over the mentions. `decisions` and `withdrawn` are in the order of their lines, and so are the entries."""
    machine = tuple(mentions)
    if not decisions and not withdrawn:
        return Decided(machine, machine)
    about = placed(context.document, decisions)
    entries: dict[str, Entry] = {d.decision_id: Entry(d, "withdrawn") for d in withdrawn}
    entries |= {d.decision_id: Entry(d, "expired") for d in decisions if d.decision_id in about.lost}
    issues = list(about.issues)
    left = dict.fromkeys(range(len(machine)))
    written: list[Mention] = []
    settled: set[Span] = set()
    rest = _Spots(machine)
    for decision in decisions:
        if decision.decision_id in about.overruled:
            span = about.spans[decision.decision_id]
            at = rest.nearest(decision.kind, span)
            entries[decision.decision_id] = Entry(decision, "overruled", span, machine[at] if at is not None else None)
    for decision in about.counting:
        span = about.spans[decision.decision_id]
        if decision.do == "text":
            entries[decision.decision_id] = Entry(decision, "applied", span)
            continue
        if decision.do == "reject":
            gone = [at for at in rest.overlapping(decision.kind, span) if _alike(machine[at].span, span)]
            found = machine[gone[0]] if gone else None
            state = _state_of_rejection(decision, found, context)
        else:
            gone = rest.overlapping(decision.kind, span)
            at = rest.nearest(decision.kind, span)
            found = machine[at] if at is not None else None
            mention, state = _asserted(decision, span, found, context, known)
            if found is None and lacking(decision.kind, mention.columns):
                entries[decision.decision_id] = Entry(decision, "expired", span)
                issues.append(_without_row(decision, span))
                continue
            written.append(mention)
        for at in gone:
            left.pop(at, None)
            settled.add(machine[at].span)
        settled.add(span)
        entries[decision.decision_id] = Entry(decision, state, span, found)
        issues += _told(decision, state, span, found)
    kept = [machine[at] for at in left]
    ordered = sorted([*kept, *written], key=lambda mention: (mention.span.start, mention.span.end, mention.kind))
    in_order = [entries[d.decision_id] for d in (*decisions, *withdrawn)]
    return Decided(tuple(ordered), machine, tuple(in_order), tuple(issues), frozenset(settled))


class _Spots:
    """The machine's mentions by kind: those of one do not overlap."""

    def __init__(self, machine: Sequence[Mention]) -> None:
        self.machine = machine
        self.by_kind: dict[str, tuple[list[int], list[int]]] = {}
        for at, mention in enumerate(machine):
            ends, numbers = self.by_kind.setdefault(mention.kind, ([], []))
            ends.append(mention.span.end)
            numbers.append(at)

    def overlapping(self, kind: str, span: Span) -> list[int]:
        """Numbers of the mentions of a kind that share a character with a span, the most alike first."""
        ends, numbers = self.by_kind.get(kind, ([], []))
        first = last = bisect_right(ends, span.start)
        while last < len(numbers) and self.machine[numbers[last]].span.start < span.end:
            last += 1
        found = numbers[first:last]
        return sorted(found, key=lambda at: (-_share(self.machine[at].span, span), at))

    def nearest(self, kind: str, span: Span) -> int | None:
        return next(iter(self.overlapping(kind, span)), None)


def _share(one: Span, other: Span) -> float:
    shared = min(one.end, other.end) - max(one.start, other.start)
    return shared / (max(one.end, other.end) - min(one.start, other.start))


def _alike(one: Span, other: Span) -> bool:
    """Whether what is said of one span holds for another: they share at least half of what both cover."""
    return _share(one, other) >= 0.5


def _asserted(
    decision: Decision, span: Span, found: Mention | None, context: Context, known: Known
) -> tuple[Mention, State]:
    """The mention that a decision says stands in a span, and what the pipeline says to that."""
    kind, surface = cast(Kind, decision.kind), span.cut(context.document.text)
    wanted = normal(kind, decision.set)
    if decision.do == "accept" and decision.was is not None:
        wanted = dict.fromkeys(COLUMNS[kind], "") | wanted  # a whole row was looked at: what it lacks is empty
    if found is not None and found.span == span and _says(found.columns, wanted):
        agreed = decision.do == "accept" or (decision.was is not None and _was(decision, wanted))
        return found._replace(status="accepted", decision_id=decision.decision_id), "applied" if agreed else "agreed"
    elsewhere = decision.do == "add" and decision.was is None and found is not None and found.span != span
    state: State = "applied" if elsewhere or _unchanged(decision, found, context) else "contradicted"
    before = found.columns if found is not None else decision.was or {}
    columns = completed(kind, wanted, before, surface, known)
    if found is None:
        return Mention(kind, span, "", columns, "explicit", "", "added", decision.decision_id), state
    if "period_span" in found.columns and columns["period"] == found.columns["period"]:
        columns["period_span"] = found.columns["period_span"]
    same = all(columns[name] == found.columns.get(name, "") for name in VALUES[kind])
    basis, antecedent = (found.basis, found.antecedent) if same else ("explicit", "")
    corrected = Mention(kind, span, found.rule_id, columns, basis, antecedent, "corrected", decision.decision_id)
    return corrected, state


def _state_of_rejection(decision: Decision, found: Mention | None, context: Context) -> State:
    if found is None:
        return "applied" if decision.was is None else "agreed"
    return "applied" if _unchanged(decision, found, context) else "contradicted"


def _says(columns: Mapping[str, str], wanted: Mapping[str, str]) -> bool:
    return all(columns.get(name, "") == value for name, value in wanted.items())


def _was(decision: Decision, wanted: Mapping[str, str]) -> bool:
    """Whether the pipeline's row at the time of a decision said what the decision says."""
    was = decision.was or {}
    surface = was.get("surface", decision.anchor.surface)
    same = "".join(surface.split()) == "".join(decision.anchor.surface.split())
    return same and _says(normal(decision.kind, {name: was.get(name, "") for name in wanted}), wanted)


def _unchanged(decision: Decision, found: Mention | None, context: Context) -> bool:
    """Whether the pipeline says what it said at the time. Nothing is known of that time where a line, written by hand, does not tell what was replaced."""
    was = decision.was
    if was is None:
        return found is None or decision.do in ("replace", "reject")
    if found is None:
        return False
    surface = "".join(found.span.cut(context.document.text).split())
    if "surface" in was and surface != "".join(was["surface"].split()):
        return False
    return all(found.columns.get(name, "") == was.get(name, "") for name in COLUMNS[decision.kind])


def _told(decision: Decision, state: State, span: Span, found: Mention | None) -> list[Issue]:
    if state == "agreed":
        what = "finds nothing here any more" if decision.do == "reject" else "says so by itself now"
        message = f"{decision.decision_id} ({said(decision)}): the pipeline {what}; the decision can be taken back"
        return [Issue("decision-agreed", message, "info", *span)]
    if state == "contradicted":
        names = list(dict.fromkeys((*decision.set, *(decision.was or {}))))
        now = _shown(found.columns, names) if found is not None else _NOTHING
        then = _shown(decision.was, names) if decision.was is not None else _NOTHING
        message = (
            f"{decision.decision_id} holds ({said(decision)}), but the pipeline, which said {then}, says {now} now"
        )
        return [Issue("decision-contradicted", message, "warning", *span)]
    return []


def _without_row(decision: Decision, span: Span) -> Issue:
    message = f"{decision.decision_id} ({said(decision)}): no row stands here any more of which it could set a part"
    return Issue("decision-expired", message, "warning", *span)


def _shown(columns: Mapping[str, str], names: Sequence[str]) -> str:
    return ", ".join(f"{name} {columns[name]}" for name in names if columns.get(name) and name != "surface") or "a row"
