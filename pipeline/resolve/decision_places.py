"""Where the decisions about a source stand in its text, and which of them overrule others.

Takes a document and decisions; gives spans, errata, and what was overruled. Does not know mentions.
"""

from __future__ import annotations

from bisect import bisect_right, insort
from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.model import Decision, Document, Issue, Span
from pipeline.text.anchor import Ground, Lost, ground_of, place_of
from pipeline.text.errata import Erratum

_WHY = {"gone": "its text is not there any more", "several": "several places are like its own"}


@dataclass(frozen=True, slots=True)
class Placed:
    """`spans` and `lost` by decision id; `overruled` are ids; `counting` the decisions that have a place and the last word there, in order of places."""

    counting: tuple[Decision, ...] = ()
    spans: dict[str, Span] = field(default_factory=dict)
    lost: dict[str, Lost] = field(default_factory=dict)
    overruled: frozenset[str] = frozenset()
    issues: tuple[Issue, ...] = ()


def placed(document: Document, decisions: Sequence[Decision]) -> Placed:
    """Find the places of decisions that count. A later one (by its day, then its line) overrules those before it: about the same span, or, where both say
    what stands there, about spans that overlap."""
    if not decisions:
        return Placed()
    ground = ground_of(document)
    found = [(decision, _place(ground, decision)) for decision in decisions]
    spans = {decision.decision_id: place for decision, place in found if isinstance(place, Span)}
    lost = {decision.decision_id: place for decision, place in found if not isinstance(place, Span)}
    order = sorted(enumerate(decisions), key=lambda pair: (pair[1].date, pair[0]), reverse=True)
    last = _LastWords(spans)
    overruled: set[str] = set()
    issues = [
        _expired(decision, lost[decision.decision_id]) for decision, place in found if not isinstance(place, Span)
    ]
    for _, decision in order:
        if decision.decision_id not in spans:
            continue
        later = last.against(decision)
        if later is None:
            last.add(decision)
            continue
        overruled.add(decision.decision_id)
        if later.date == decision.date and _differ(later, decision, spans):
            issues.append(_disagree(later, decision, spans))
    counting = sorted(last.counting, key=lambda decision: (spans[decision.decision_id], decision.kind))
    return Placed(tuple(counting), spans, lost, frozenset(overruled), tuple(issues))


def errata_of(document: Document, decisions: Sequence[Decision]) -> tuple[Erratum, ...]:
    """What is meant where the document has a slip: of `decisions` those that say so and have a place."""
    told = placed(document, [decision for decision in decisions if decision.do == "text"])
    spans = told.spans
    return tuple(Erratum(*spans[d.decision_id], d.set["text"]) for d in told.counting)


def _place(ground: Ground, decision: Decision) -> Span | Lost:
    place = place_of(ground, decision.anchor)
    if decision.do == "text" and isinstance(place, Span) and ground.stretch(place.start)[1] < place.end:
        return "gone"  # an erratum lies in one block
    return place


class _LastWords:
    """Decisions that none of those added before overrules; what is asserted of one kind does not overlap."""

    def __init__(self, spans: dict[str, Span]) -> None:
        self.spans = spans
        self.counting: list[Decision] = []
        self.at: dict[tuple[str, Span], Decision] = {}
        self.asserted: dict[str, list[Span]] = {}

    def against(self, decision: Decision) -> Decision | None:
        """What was added and overrules a decision."""
        span, kind = self.spans[decision.decision_id], decision.kind
        same = self.at.get((kind, span))
        if same is not None or decision.do == "reject":
            return same
        found = self.asserted.get(kind, [])
        at = bisect_right(found, span)
        beside = [other for other in found[max(0, at - 1) : at + 1] if other.overlaps(span)]
        return self.at[kind, beside[0]] if beside else None

    def add(self, decision: Decision) -> None:
        span = self.spans[decision.decision_id]
        self.counting.append(decision)
        self.at[decision.kind, span] = decision
        if decision.do != "reject":
            insort(self.asserted.setdefault(decision.kind, []), span)


def _differ(one: Decision, other: Decision, spans: dict[str, Span]) -> bool:
    if spans[one.decision_id] != spans[other.decision_id] or (one.do == "reject") != (other.do == "reject"):
        return True
    return any(one.set[name] != other.set[name] for name in one.set.keys() & other.set.keys())


def _expired(decision: Decision, why: Lost) -> Issue:
    about = f"{decision.do} {decision.kind}".strip()
    message = f"{decision.decision_id} ({about} {decision.anchor.surface!r}) has no place: {_WHY[why]}"
    return Issue("decision-expired", message, "warning")


def _disagree(later: Decision, earlier: Decision, spans: dict[str, Span]) -> Issue:
    when = f"of {later.date}" if later.date else "without a date"
    message = (
        f"{earlier.decision_id} and {later.decision_id}, both {when}, say different things here ({said(earlier)}; {said(later)}); "
        "the line further down counts"
    )
    return Issue("decisions-disagree", message, "warning", *spans[later.decision_id])


def said(decision: Decision) -> str:
    """What a decision asserts, in a few words: `no date`, `edtf 2021-09-14`."""
    if decision.do == "reject":
        return f"no {decision.kind}"
    return ", ".join(f"{name} {value or 'none'}" for name, value in decision.set.items())
