"""What tells places of one name apart, strategy by strategy.

Takes a candidate, the places chosen before it and its context; gives the code meant, or none. Does not write mentions.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from pipeline.model import Candidate, PlaceValue, Span
from pipeline.model.mention import Basis
from pipeline.resolve.context import Context
from pipeline.resolve.place_domains import by_domain
from pipeline.resolve.place_names import Places
from pipeline.text.patterns import late

#: places chosen so far, in order of span; the code is "" where it is still open
ChosenBefore = Sequence[tuple[Candidate, str]]
_LIST = late(
    r"^[\s、,，・･/／]*(?:[一-龥々ヶケ]{1,4}郡)?(?:及び|並びに|又は|および|ならびに|または|と|や|から|の|内の|長|\([^()]{0,12}\)|（[^（）]{0,12}）)?[\s、,，・･/／]*(?:[一-龥々ヶケ]{1,4}郡)?[\s(（]*$"
)
_ADJACENT = late(r"^\s*(?:内の|の|\(|（)?\s*(?:[一-龥々ヶケ]{1,4}郡)?\s*$")
_STEM = late(r"^\s*[(（](?P<stem>[一-龥々ぁ-んァ-ヶ]{2,5})[)）]")
#: how far back a list is followed, in places
_LIST_REACH = 60


class Chosen(NamedTuple):
    """A code ("" for none) and what told it."""

    code: str
    basis: Basis = "explicit"
    antecedent: Span | str = ""


def is_quarter(candidate: Candidate, value: PlaceValue, chosen: ChosenBefore, context: Context, known: Places) -> bool:
    """A town's name right behind a city, ward or town is one of its quarters (新座市栄町)."""
    if not chosen or not chosen[-1][0].span.end <= candidate.span.start:
        return False
    before, code = chosen[-1]
    gap = context.document.text[before.span.end : candidate.span.start]
    if gap or value.name[-1:] not in "町村" or {known.level(c) for c in value.codes} != {"municipality"}:
        return False
    levels = {known.level(code)} if code else {known.level(c) for c in _codes(before)}
    return levels <= {"municipality", "ward"}


def is_abroad(candidate: Candidate, value: PlaceValue, chosen: ChosenBefore, known: Places) -> bool:
    """A ward right behind a city abroad is that city's, whatever ward of the name there is in Japan (ソウル市江南区)."""
    if not chosen or {known.level(code) for code in value.codes} != {"ward"}:
        return False
    before, code = chosen[-1]
    return before.span.end == candidate.span.start and known.level(code) == "foreign"


def by_neighbour(
    candidate: Candidate, value: PlaceValue, chosen: ChosenBefore, context: Context, known: Places
) -> Chosen:
    """The prefecture or city before it, or the list it stands in."""
    if not chosen:
        return Chosen("")
    text = context.document.text
    block = context.block(candidate.span)
    right = candidate.span.start
    for number, (before, code) in enumerate(reversed(chosen[-_LIST_REACH:])):
        if block is None or before.span.start < block.start:
            break
        gap = text[before.span.end : right]
        if not (_ADJACENT if number == 0 else _LIST).match(gap) and not _LIST.match(gap):
            break
        right = before.span.start
        if not code:
            continue
        fitting = _inside(value.codes, code, known)
        if len(fitting) == 1:
            return Chosen(fitting[0], "explicit" if number == 0 and _ADJACENT.match(gap) else "inherited", before.span)
        if known.level(code) == "prefecture":
            break
    return Chosen("")


def by_context(
    candidate: Candidate, value: PlaceValue, chosen: ChosenBefore, context: Context, known: Places
) -> Chosen:
    """What stands further off: behind it in brackets, its table row, the publisher, its block, its headings, the document."""
    named = _bracketed(candidate, value, context, known)
    if named:
        return Chosen(named)
    for codes, antecedent in _evidence(candidate, value, chosen, context, known):
        fitting = {fit for code in codes for fit in _inside(value.codes, code, known)}
        if len(fitting) == 1:
            return Chosen(fitting.pop(), "context", antecedent)
        if len(fitting) > 1:
            break
    return Chosen("")


def _bracketed(candidate: Candidate, value: PlaceValue, context: Context, known: Places) -> str:
    """The one whose prefecture or city stands in brackets behind it, without its suffix: 港区(名古屋)."""
    match = _STEM.match(context.document.text[candidate.span.end : candidate.span.end + 10])
    if not match:
        return ""
    fitting = [
        code
        for code in value.codes
        if match["stem"]
        in {
            name[:-1]
            for name in (known.prefecture(code), known.rows.get(known.parent(code), {}).get("name", ""))
            if name
        }
    ]
    return fitting[0] if len(fitting) == 1 else ""


def _evidence(
    candidate: Candidate, value: PlaceValue, chosen: ChosenBefore, context: Context, known: Places
) -> Iterable[tuple[list[str], Span | str]]:
    """Codes of places that may tell which one is meant, nearest evidence first."""
    told = [(before.span, code) for before, code in chosen if code]
    earlier = [(span, code) for span, code in told if span.start < candidate.span.start]
    behind = [s for s, _ in told if s.start >= candidate.span.end]
    if behind and re.match(r"^[(（]$", context.between(candidate.span, behind[0])):
        yield [code for s, code in told if s == behind[0]], behind[0]
    cell = context.cell(candidate.span)
    if cell is not None:
        table, own = cell
        row = [c for c in table.in_row(own.row) if c is not own]
        yield (
            [code for s, code in told if any(c.start <= s.start < c.end for c in row)],
            f"cell:{table.table_id}/{own.row}/0",
        )
        above = list(table.column_headers(own))
        yield (
            [code for s, code in told if any(c.start <= s.start < c.end for c in above)],
            f"cell:{table.table_id}/0/{own.column}",
        )
        if table.caption is not None:
            yield _within(told, table.caption), f"caption:{table.caption.start}"
    if context.statement.publisher_code:
        yield [context.statement.publisher_code], "sidecar:publisher"
    yield from _spanned(told, context.sentence(candidate.span))
    block = context.block(candidate.span)
    if block is not None:
        yield from _spanned(earlier, block.span)
    for heading in context.headings(candidate.span):
        yield _within(told, heading.span), f"heading:{heading.start}"
    yield from by_domain(value.codes, context.document.text, known)
    for before in context.blocks_before(candidate.span, 3):
        yield from _spanned(told, before.span)
    yield [code for _, code in told], next((span for span, _ in told), "")


def _spanned(told: Sequence[tuple[Span, str]], span: Span) -> Iterable[tuple[list[str], Span | str]]:
    inside = [(s, code) for s, code in told if span.covers(s)]
    if inside:
        yield [code for _, code in inside], inside[0][0]


def _within(told: Sequence[tuple[Span, str]], span: Span) -> list[str]:
    return [code for s, code in told if span.covers(s)]


def _inside(codes: Sequence[str], place: str, known: Places) -> list[str]:
    """Those of the codes that are the place, lie in it, or lie where it lies (the same city's wards, the same prefecture)."""
    if place in codes:
        return [place]
    level = known.level(place)
    if level == "foreign":
        return []
    if level == "prefecture":
        return [c for c in codes if known.prefecture(c) == known.prefecture(place)]
    city = place if level == "municipality" else known.parent(place)
    inner = [c for c in codes if known.parent(c) == city and known.level(c) == "ward"]
    if inner:
        return inner
    return [c for c in codes if known.level(c) != "ward" and known.prefecture(c) == known.prefecture(place)]


def _codes(candidate: Candidate) -> tuple[str, ...]:
    return candidate.value.codes if isinstance(candidate.value, PlaceValue) else ()
