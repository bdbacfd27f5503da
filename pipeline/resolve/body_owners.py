"""Bodies that a document names by a part of their name: units without their owner, short forms, names beside a known abbreviation.

Takes what was found, in order; gives the same with every owner told. Does not know how names are matched or what aliases a text defines.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from pipeline.model import Candidate, Mention, OrganisationValue, Span
from pipeline.model.mention import Basis
from pipeline.resolve.body_aliases import names_abbreviation
from pipeline.resolve.body_names import Bodies, Body, normalised, own_id
from pipeline.resolve.body_units import is_below, unit
from pipeline.resolve.context import Context

_APART = re.compile(r"^\s{1,4}$")
#: a shorter name (総務部, 会計課) is a unit of every city
_LEAST_OWN = 5
_WHOLE = ("government", "company", "nonprofit", "university", "international", "network", "assembly")


@dataclass(frozen=True, slots=True)
class Found:
    """A candidate, its span (which may reach over a chain of units), and its body; None while its owner is not told."""

    candidate: Candidate
    value: OrganisationValue
    span: Span
    body: Body | None
    basis: Basis = "explicit"
    antecedent: Span | str = ""

    @property
    def is_short_name(self) -> bool:
        """Whether it is a definition or an abbreviation, which stands for another body."""
        return self.value.kind in ("alias", "acronym")


def with_owners(
    found: Sequence[Found], publisher: Body | None, governments: Sequence[Mention], known: Bodies, context: Context
) -> list[Found]:
    chained = _chained(_expanded(found, known, context), governments, known, context)
    named = [(f.span, f.body) for f in chained if f.body is not None]
    present = {body.organisation_id for _, body in named} | ({publisher.organisation_id} if publisher else set())
    result = []
    for f in chained:
        if f.is_short_name or (f.body is not None and not _is_open(f.body, known)):
            result.append(f)
        elif f.body is not None:
            longer = _longer(f, named, None, known)
            result.append(replace(f, body=longer[1], basis="inherited", antecedent=longer[0]) if longer else f)
        else:
            result.append(_owned(f, named, present, publisher, known))
    return result


def _is_open(body: Body, known: Bodies) -> bool:
    """Whether a body is known by nothing but the name that it is given here."""
    return body.organisation_id.startswith("n-") and body.organisation_id not in known.rows


def _expanded(found: Sequence[Found], known: Bodies, context: Context) -> list[Found]:
    """A name beside a known abbreviation in brackets is the known body, wherever it stands (タイ国天然環境資源省 (MONRE))."""
    same: dict[str, Body] = {}
    for left, right in pairwise(found):
        if left.body is None or right.body is None or left.body.organisation_id in known.rows:
            continue
        if (
            left.body.kind == right.body.kind
            and right.value.organisation_id
            and names_abbreviation(context.document.text, left.span.end, right.span.start, right.span.end)
        ):
            same[left.body.organisation_id] = right.body
    return [
        replace(f, body=same[f.body.organisation_id]) if f.body and f.body.organisation_id in same else f for f in found
    ]


def _chained(found: Sequence[Found], governments: Sequence[Mention], known: Bodies, context: Context) -> list[Found]:
    """Units right behind their owner, or on the lines below it: one mention with it, if it is a body of its own."""
    text = context.document.text
    by_end = {mention.span.end: mention for mention in governments}
    result: list[Found] = []
    for f in found:
        if f.body is not None or f.is_short_name:
            result.append(f)
            continue
        before = result[-1] if result else None
        gap = text[before.span.end : f.span.start] if before is not None else "-"
        if before is not None and before.body is not None and _belongs(before, f, gap, context):
            body = unit(before.body, _closed(f.value.name), known, f.value.kind)
            result[-1] = replace(before, value=f.value, span=Span(before.span.start, f.span.end), body=body)
            continue
        place = next((by_end[f.span.start - n] for n in range(3) if f.span.start - n in by_end), None)
        if place is None:
            place = _in_row(f, governments, context)
        elif (gap := text[place.span.end : f.span.start]) and not gap.isspace():
            place = None
        if place is not None and place.columns["code"] and known.words.part.search(_closed(f.value.name)):
            owner = Body(f"lg-{place.columns['code']}", place.columns["name"], "", "government")
            body = unit(owner, _closed(f.value.name), known, f.value.kind)
            whole = place.span.end == f.span.start
            span = Span(place.span.start, f.span.end) if whole else f.span
            result.append(
                replace(
                    f,
                    span=span,
                    body=body,
                    basis="explicit" if whole else "context",
                    antecedent="" if whole else place.span,
                )
            )
            continue
        result.append(f)
    return result


def _in_row(f: Found, governments: Sequence[Mention], context: Context) -> Mention | None:
    """The local government that the row of a table names to the left of a cell that holds only units."""
    at = context.cell(f.span)
    if at is None:
        return None
    table, own = at
    left = [c for c in table.in_row(own.row) if c.column < own.column and c.end > c.start]
    inside = [m for m in governments if any(c.start <= m.span.start and m.span.end <= c.end for c in left)]
    lower = [m for m in inside if m.columns["level"] != "prefecture"] or inside
    return lower[-1] if len({m.columns["code"] for m in lower}) == 1 else None


def _belongs(before: Found, f: Found, gap: str, context: Context) -> bool:
    if before.body is None or before.is_short_name:
        return False
    if not gap:
        return f.value.kind in ("unit", "assembly", "other")
    if not _APART.match(gap) or context.cell(f.span) is not None or context.cell(before.span) is not None:
        return False
    name = _closed(f.value.name)
    return is_below(before.body.name, name) and (before.body.kind in _WHOLE or before.body.kind == "unit")


def _owned(
    f: Found, named: Sequence[tuple[Span, Body]], present: set[str], publisher: Body | None, known: Bodies
) -> Found:
    """The body of that ending that the document names, the gazetteer's unit of a body named, else the publisher's."""
    name = _closed(f.value.name)
    longer = _longer(f, named, publisher if f.value.kind == "unit" else None, known)
    if longer is not None:
        return replace(f, body=longer[1], basis="inherited", antecedent=longer[0])
    is_local = publisher is not None and publisher.organisation_id.startswith("lg-")
    rows = {
        row["organisation_id"]: row
        for row in known.units.get(normalised(name), ())
        if (
            _is_named_with(row, name, present) if is_local else _ancestors(row["organisation_id"], known.rows) & present
        )
    }
    if len(rows) == 1:
        return replace(f, body=known.by_id(next(iter(rows))), basis="context")
    if is_local and publisher is not None and name.startswith(publisher.name[-1:]):
        name = known.words.own_kind.sub("", name)
    if publisher is not None and known.words.part.search(name):
        return replace(
            f, body=unit(publisher, name, known, f.value.kind), basis="context", antecedent="sidecar:publisher"
        )
    return replace(f, body=Body(own_id(name), name, "", f.value.kind or "other"))


def _is_named_with(row: Mapping[str, str], name: str, present: set[str]) -> bool:
    """Whether a local government's document may mean a ministry's unit: one with a name of its own, right below a body that it names."""
    return len(name) >= _LEAST_OWN and row.get("parent_id", "") in present


def _longer(
    f: Found, named: Sequence[tuple[Span, Body]], owner: Body | None, known: Bodies
) -> tuple[Span, Body] | None:
    """The body whose full name ends with this name, of this owner if one is given: the nearest one before it, else the only one behind."""
    name = normalised(f.value.name)
    if f.value.kind not in ("unit", "assembly", "network", "school") and not known.words.own_place.search(name):
        return None
    if len(name) < 3:
        return None
    fitting = [
        (span, body)
        for span, body in named
        if body.name[-1:] == f.value.name[-1:]
        and (full := normalised(body.name)).endswith(name)
        and len(full) > len(name)
        and (owner is None or body.organisation_id.startswith(owner.organisation_id + "/"))
    ]
    before = [pair for pair in fitting if pair[0].start < f.span.start]
    if before:
        return before[-1]
    return fitting[0] if len({body.organisation_id for _, body in fitting}) == 1 else None


def _ancestors(organisation_id: str, rows: Mapping[str, Mapping[str, str]]) -> set[str]:
    chain: set[str] = set()
    parent = rows.get(organisation_id, {}).get("parent_id", "")
    while parent and parent not in chain:
        chain.add(parent)
        parent = rows.get(parent, {}).get("parent_id", "")
    return chain


def _closed(name: str) -> str:
    return re.sub(r"\s+", "", name)
