"""Bodies in their context: which body a name, an abbreviation or a unit without its owner means.

Takes a `Context` and the places; gives mentions with an id that is the same in all sources. Does not know how a name was matched.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.model import Candidate, Issue, Mention, OrganisationValue, Span
from pipeline.model.mention import Basis
from pipeline.resolve.body_aliases import Alias, is_defined_behind, is_expanded, names_abbreviation, occurrences
from pipeline.resolve.body_names import Bodies, Body, bodies, normalised, own_id
from pipeline.resolve.body_units import OWN_COMMITTEE, OWN_PLACE, PART, unit
from pipeline.resolve.context import Context
from pipeline.resolve.place_names import Places, places

_COMPANY_UNIT = re.compile(r"^(?P<owner>.+?)(?P<form>株式会社|有限会社|合同会社)(?P<rest>.{2,})$")
_ALIAS_RULE = "organisation.alias.defined"


@dataclass(frozen=True, slots=True)
class _Found:
    candidate: Candidate
    value: OrganisationValue
    body: Body | None
    basis: Basis = "explicit"
    antecedent: Span | str = ""


def resolve_organisations(context: Context, mentions: list[Mention]) -> tuple[list[Mention], list[Issue]]:
    """Mentions in order of span; `mentions` are the places, whose names units begin with."""
    known = bodies(context.gazetteers)
    governments = {m.span.start: m for m in mentions if m.columns.get("country") == "JP"}
    publisher = _publisher(context, known)
    found: list[_Found] = []
    for candidate in context.of_kind("organisation"):
        value = candidate.value
        if isinstance(value, OrganisationValue):
            body = None if value.kind in ("alias", "acronym") else _by_name(candidate, value, governments, known, context)
            found.append(_Found(candidate, value, body))
    found = _owned(found, publisher, known)
    return _with_aliases(found, context), [issue for f in found if f.body for issue in f.candidate.issues]


def _by_name(
    candidate: Candidate, value: OrganisationValue, governments: dict[int, Mention], known: Bodies, context: Context
) -> Body | None:
    """The body that the name itself tells; None where it is a unit whose owner stands elsewhere."""
    if value.organisation_id:
        return known.by_id(value.organisation_id)
    name = re.sub(r"\s+", "", value.name) if not value.name.isascii() else value.name
    direct = known.by_name(name) or known.by_name(value.legal_form + name)
    if direct is not None:
        return direct
    local = _local(candidate, name, governments, context)
    if local is not None:
        owner, rest = local
        if PART.search(rest):
            return unit(owner, rest, known, value.kind)
        return Body(own_id(name), name, value.legal_form, value.kind)
    prefix = known.longest_prefix(name)
    if prefix is not None and (value.kind in ("unit", "assembly") or prefix[0].kind in ("nonprofit", "government")):
        owner, rest = prefix
        if PART.search(rest) or (value.legal_form and not known.by_name(name)):
            return unit(owner, rest, known, "unit" if value.kind != "assembly" else "assembly")
    company = _COMPANY_UNIT.match(name)
    if company and value.kind == "unit":
        owner = known.by_name(company["owner"]) or Body(own_id(company["owner"]), company["owner"], company["form"], "company")
        return unit(owner, company["rest"], known, "unit")
    if value.kind == "unit" or (value.kind == "assembly" and OWN_COMMITTEE.search(name)) or OWN_PLACE.search(name):
        return None
    return Body(own_id(name), name, value.legal_form, value.kind or "other")


def _local(
    candidate: Candidate, name: str, governments: dict[int, Mention], context: Context
) -> tuple[Body, str] | None:
    """The local government that a name begins with, and the rest of the name."""
    at, owner = candidate.span.start, None
    while (place := governments.get(at)) is not None and place.span.end < candidate.span.end:
        owner, at = place, place.span.end
    if owner is None:
        return None
    rest = re.sub(r"\s+", "", context.document.text[at : candidate.span.end])
    code, written = owner.columns["code"], owner.columns["name"]
    return Body(f"lg-{code}" if code else own_id(written), written, "", "government"), rest


def _owned(found: list[_Found], publisher: Body | None, known: Bodies) -> list[_Found]:
    """Units without their owner: the body of that ending that the document names, the gazetteer's unit of a body named, else the publisher's."""
    named = [(f.candidate.span, f.body) for f in found if f.body is not None]
    present = {body.organisation_id for _, body in named} | ({publisher.organisation_id} if publisher else set())
    result = []
    for f in found:
        if f.body is not None:
            short = _longer(f, named) if f.body.organisation_id.startswith("n-") else None
            result.append(_Found(f.candidate, f.value, short[1], "inherited", short[0]) if short else f)
            continue
        if f.value.kind in ("alias", "acronym"):
            result.append(f)
            continue
        result.append(_owner(f, named, present, publisher, known))
    return result


def _owner(
    f: _Found, named: list[tuple[Span, Body]], present: set[str], publisher: Body | None, known: Bodies
) -> _Found:
    name = re.sub(r"\s+", "", f.value.name)
    longer = _longer(f, named)
    if longer is not None:
        return _Found(f.candidate, f.value, longer[1], "inherited", longer[0])
    rows = [row for row in known.units.get(normalised(name), ()) if _ancestor(row["organisation_id"], known) & present]
    if len({row["organisation_id"] for row in rows}) == 1:
        body = known.by_id(rows[0]["organisation_id"])
        return _Found(f.candidate, f.value, body, "context", "")
    if publisher is not None and PART.search(name):
        return _Found(f.candidate, f.value, unit(publisher, name, known, f.value.kind), "context", "sidecar:publisher")
    return _Found(f.candidate, f.value, Body(own_id(name), name, "", f.value.kind))


def _ancestor(organisation_id: str, known: Bodies) -> set[str]:
    chain: set[str] = set()
    parent = known.rows.get(organisation_id, {}).get("parent_id", "")
    while parent and parent not in chain:
        chain.add(parent)
        parent = known.rows.get(parent, {}).get("parent_id", "")
    return chain


def _longer(f: _Found, named: list[tuple[Span, Body]]) -> tuple[Span, Body] | None:
    """The body whose full name ends with this name: the nearest one before it, else the first behind."""
    name = normalised(f.value.name)
    if f.value.kind not in ("unit", "assembly", "network", "school") and not OWN_PLACE.search(name):
        return None
    if len(name) < 3:
        return None
    fitting = [
        (span, body)
        for span, body in named
        if (full := normalised(body.name)).endswith(name) and len(full) > len(name)
    ]
    before = [pair for pair in fitting if pair[0].start < f.candidate.span.start]
    if before:
        return before[-1]
    return fitting[0] if len({body.organisation_id for _, body in fitting}) == 1 else None


def _publisher(context: Context, known: Bodies) -> Body | None:
    """The publisher as an owner of units: a local government, or a body of the gazetteer."""
    statement = context.statement
    if statement.publisher_code:
        lands: Places = places(context.gazetteers)
        row = lands.rows.get(statement.publisher_code, {})
        return Body(f"lg-{statement.publisher_code}", row.get("name", ""), "", "government")
    return known.by_name(statement.publisher) if statement.publisher else None


def _with_aliases(found: list[_Found], context: Context) -> list[Mention]:
    text = context.document.text
    learnt: dict[str, Alias] = {}
    defined: list[Alias] = []
    mentions: list[Mention] = []
    last: tuple[Span, Body] | None = None
    for number, f in enumerate(found):
        span, value = f.candidate.span, f.value
        if f.body is not None:
            mentions.append(_mention(f.candidate, span, f.body, f.basis, f.antecedent))
            last = (span, f.body)
            continue
        if value.kind == "alias":
            at = text.find(value.name, span.start, span.end)
            if last is not None and at >= 0 and is_defined_behind(text, last[0].end, span.start):
                own = Span(at, at + len(value.name))
                defined.append(Alias(value.name, last[1], span.end, last[0]))
                mentions.append(_mention(f.candidate, own, last[1], "explicit", last[0]))
            continue
        if value.kind != "acronym":
            continue
        if last is not None and names_abbreviation(text, last[0].end, span.start, span.end):
            learnt[value.name] = Alias(value.name, last[1], span.start, last[0])
        elif number + 1 < len(found) and (following := found[number + 1]).body is not None:
            then = following.candidate.span
            if is_expanded(text, span.end, then.start, then.end):
                learnt[value.name] = Alias(value.name, following.body, span.start, then)
        alias = learnt.get(value.name)
        if alias is not None:
            mentions.append(_mention(f.candidate, span, alias.body, "inherited", alias.explained_by))
            last = (span, alias.body) if alias.start != span.start else last
    taken = sorted(m.span for m in mentions)
    by_rule = {f.candidate.rule_id: f.candidate for f in found}
    for alias in defined:
        for span in occurrences(text, alias, context.document.body_end if context.document.body_end >= 0 else len(text), taken):
            mentions.append(_mention(by_rule[_ALIAS_RULE], span, alias.body, "inherited", alias.explained_by))
    return sorted(_disjoint(mentions), key=lambda m: m.span)


def _disjoint(mentions: list[Mention]) -> list[Mention]:
    kept: list[Mention] = []
    for mention in sorted(mentions, key=lambda m: (m.span.start, -m.span.end)):
        if not kept or kept[-1].span.end <= mention.span.start:
            kept.append(mention)
    return kept


def _mention(candidate: Candidate, span: Span, body: Body, basis: Basis, antecedent: Span | str) -> Mention:
    columns = {
        "organisation_id": body.organisation_id,
        "name": body.name,
        "legal_form": body.legal_form,
        "kind": body.kind or "other",
    }
    return Mention("organisation", span, candidate.rule_id, columns, basis, antecedent)
