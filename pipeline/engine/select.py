"""Chooses between overlapping candidates.

Takes all candidates of a page; gives those that stay, sorted by span. Does not read text.

Inside a kind the longer span wins; of equal spans a rule that `beats` the other, else the smaller id, and an issue says so. What is to be
ignored takes away whatever it covers; a date and an amount share no character.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from operator import attrgetter

from pipeline.engine.rule import Rule
from pipeline.model import Candidate, Issue, Span

#: told of a candidate that lost, and to which one
Lost = Callable[[Candidate, Candidate], None]


def select(candidates: Iterable[Candidate], rules: Mapping[str, Rule], lost: Lost | None = None) -> list[Candidate]:
    """Those of all kinds that stay."""
    return between({kind: longest(found, rules, lost) for kind, found in by_kind(candidates).items()}, rules, lost)


def by_kind(candidates: Iterable[Candidate]) -> dict[str, list[Candidate]]:
    kinds: dict[str, list[Candidate]] = {}
    for candidate in candidates:
        kinds.setdefault(candidate.kind, []).append(candidate)
    return dict(sorted(kinds.items()))


def between(
    kinds: Mapping[str, list[Candidate]], rules: Mapping[str, Rule], lost: Lost | None = None
) -> list[Candidate]:
    """Those that stay of what is chosen of each kind."""
    chosen = dict(kinds)
    ignored = chosen.get("ignore", [])
    for kind in ("date", "amount", "organisation", "municipality", "unit", "label"):
        against = [c for c in ignored if not (a := rules[c.rule_id].against) or kind in a]
        # What is ignored takes away what it overlaps, unless that is longer and holds it whole.
        chosen[kind] = _unbeaten(chosen.get(kind, []), against, lost, lambda winner, loser: not _wider(loser, winner))
    if chosen["date"] and chosen["amount"]:
        amounts = _Disjoint(chosen["amount"])
        chosen["date"] = [date for date in chosen["date"] if not any(_wider(a, date) for a in amounts.near(date.span))]
        chosen["amount"] = _unbeaten(chosen["amount"], chosen["date"], lost, lambda winner, loser: True)
    return sorted([c for found in chosen.values() for c in found], key=attrgetter("span", "kind"))


def longest(candidates: list[Candidate], rules: Mapping[str, Rule], lost: Lost | None = None) -> list[Candidate]:
    """Candidates of one kind that do not overlap: longer spans first, then earlier ones, then declared winners."""
    kept: list[Candidate] = []
    together: list[Candidate] = []
    reach = -1
    for candidate in sorted(candidates, key=attrgetter("span")):
        start, end = candidate.span
        if start >= reach:
            kept += together if len(together) < 2 else _longest(together, rules, lost)
            together = []
        together.append(candidate)
        reach = max(reach, end)
    return kept + (together if len(together) < 2 else _longest(together, rules, lost))


def _longest(candidates: list[Candidate], rules: Mapping[str, Rule], lost: Lost | None) -> list[Candidate]:
    """The same of candidates that hang together."""
    chosen: list[Candidate] = []
    ends: list[int] = []
    for candidate in sorted(candidates, key=_by_length):
        start, end = candidate.span
        first = last = bisect_right(ends, start)
        while last < len(chosen) and chosen[last].span.start < end:
            last += 1
        if first == last:
            chosen.insert(first, candidate)
            ends.insert(first, end)
            continue
        index = min(range(first, last), key=lambda rival: _by_length(chosen[rival]))
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
    return chosen


def _by_length(candidate: Candidate) -> tuple[int, int, str]:
    start, end = candidate.span
    return start - end, start, candidate.rule_id


def beats(rule: Rule, other: str) -> bool:
    """`beats` names rules by id or by the beginning of their ids (`date.era`)."""
    return any(other == name or other.startswith(name + ".") for name in rule.beats)


def _wider(one: Candidate, other: Candidate) -> bool:
    """Whether one holds the other whole and is longer."""
    return one.span.covers(other.span) and one.span != other.span


def _unbeaten(
    candidates: list[Candidate],
    others: Sequence[Candidate],
    lost: Lost | None,
    wins: Callable[[Candidate, Candidate], bool],
) -> list[Candidate]:
    """Those that lose against none of the others that they overlap; `wins` is asked of one of these and of the candidate."""
    if not others:
        return candidates
    against = _Disjoint(others)
    kept: list[Candidate] = []
    for candidate in candidates:
        winner = next((other for other in against.near(candidate.span) if wins(other, candidate)), None)
        if winner is None:
            kept.append(candidate)
        elif lost:
            lost(candidate, winner)
    return kept


class _Disjoint:
    """Candidates in order that do not overlap."""

    def __init__(self, candidates: Sequence[Candidate]) -> None:
        self.candidates = candidates
        self.ends = [candidate.span.end for candidate in candidates]

    def near(self, span: Span) -> Sequence[Candidate]:
        """Those that overlap a span."""
        first = last = bisect_right(self.ends, span.start)
        while last < len(self.candidates) and self.candidates[last].span.start < span.end:
            last += 1
        return self.candidates[first:last]
