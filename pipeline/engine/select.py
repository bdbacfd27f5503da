"""Chooses between overlapping candidates.

Takes all candidates of a page; gives those that stay, sorted by span. Does not read text.

Inside a kind the longer span wins; of equal spans a rule that `beats` the other, else the smaller id, and an issue says so. What is to be
ignored takes away whatever it covers; a date and an amount share no character.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from operator import attrgetter

from pipeline.engine.rule import Rule
from pipeline.model import Candidate, Issue, Span

#: told of a candidate that lost, and to which one
Lost = Callable[[Candidate, Candidate], None]


def select(candidates: Iterable[Candidate], rules: Mapping[str, Rule], lost: Lost | None = None) -> list[Candidate]:
    by_kind: dict[str, list[Candidate]] = {}
    for candidate in candidates:
        by_kind.setdefault(candidate.kind, []).append(candidate)
    chosen = {kind: longest(found, rules, lost) for kind, found in sorted(by_kind.items())}
    ignored = chosen.get("ignore", [])
    for kind in ("date", "amount", "organisation", "municipality", "unit", "label"):
        against = [c for c in ignored if not (a := rules[c.rule_id].against) or kind in a]
        chosen[kind] = _without(chosen.get(kind, []), against, lost)
    if chosen["date"] and chosen["amount"]:
        dates = [
            date
            for date in chosen["date"]
            if not any(a.span.covers(date.span) and a.span != date.span for a in _near(chosen["amount"], date.span))
        ]
        chosen["date"] = dates
        chosen["amount"] = [
            amount
            for amount in chosen["amount"]
            if not _lose(amount, _near(dates, amount.span), lost, lambda d, a: True)
        ]
    return sorted((c for found in chosen.values() for c in found), key=lambda c: (c.span.start, c.span.end, c.kind))


def longest(candidates: list[Candidate], rules: Mapping[str, Rule], lost: Lost | None = None) -> list[Candidate]:
    """Candidates of one kind that do not overlap: longer spans first, then earlier ones, then declared winners."""
    kept: list[Candidate] = []
    together: list[Candidate] = []
    reach = -1
    for candidate in sorted(candidates, key=_span):
        if together and candidate.span.start >= reach:
            kept += together if len(together) == 1 else _longest(together, rules, lost)
            together = []
        together.append(candidate)
        reach = max(reach, candidate.span.end)
    return kept + (together if len(together) < 2 else _longest(together, rules, lost))


_span = attrgetter("span")


def _longest(candidates: list[Candidate], rules: Mapping[str, Rule], lost: Lost | None) -> list[Candidate]:
    """The same of candidates that hang together."""
    chosen: list[Candidate] = []
    taken: dict[int, int] = {}
    for candidate in sorted(candidates, key=lambda c: (c.span.start - c.span.end, c.span.start, c.rule_id)):
        rivals = {taken[i] for i in range(candidate.span.start, candidate.span.end) if i in taken}
        if not rivals:
            for i in range(candidate.span.start, candidate.span.end):
                taken[i] = len(chosen)
            chosen.append(candidate)
            continue
        index = min(rivals)
        winner, loser = chosen[index], candidate
        if winner.span == loser.span and winner.rule_id != loser.rule_id:
            if beats(rules[loser.rule_id], winner.rule_id):
                winner, loser = loser, winner
            elif not beats(rules[winner.rule_id], loser.rule_id):
                message = f"rules {winner.rule_id} and {loser.rule_id} tie; one of them needs beats: [the other]"
                tie = Issue("rule-tie", message, "warning", winner.span.start, winner.span.end)
                winner = winner._replace(issues=(*winner.issues, tie))
            chosen[index] = winner
        if lost:
            lost(loser, winner)
    return sorted(chosen, key=_span)


def beats(rule: Rule, other: str) -> bool:
    """`beats` names rules by id or by the beginning of their ids (`date.era`)."""
    return any(other == name or other.startswith(name + ".") for name in rule.beats)


def _without(candidates: list[Candidate], ignored: list[Candidate], lost: Lost | None) -> list[Candidate]:
    """What is ignored takes away what it overlaps, unless that is longer and holds it whole."""
    return [
        candidate
        for candidate in candidates
        if not _lose(
            candidate,
            _near(ignored, candidate.span),
            lost,
            lambda winner, loser: not (loser.span.covers(winner.span) and loser.span != winner.span),
        )
    ]


def _lose(
    candidate: Candidate, winners: list[Candidate], lost: Lost | None, wins: Callable[[Candidate, Candidate], bool]
) -> bool:
    for winner in winners:
        if wins(winner, candidate):
            if lost:
                lost(candidate, winner)
            return True
    return False


def _near(candidates: list[Candidate], span: Span) -> list[Candidate]:
    """Those of a sorted, disjoint list that overlap a span."""
    low, high = 0, len(candidates)
    while low < high:
        middle = (low + high) // 2
        if candidates[middle].span.end <= span.start:
            low = middle + 1
        else:
            high = middle
    found = []
    while low < len(candidates) and candidates[low].span.start < span.end:
        found.append(candidates[low])
        low += 1
    return found
