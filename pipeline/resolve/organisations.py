"""Bodies in their context: which body a name, an abbreviation or a unit without its owner means.

Takes a `Context` and the places; gives mentions with an id that is the same in all sources. Does not know how a name was matched.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from pipeline.model import Issue, Mention, OrganisationValue, Span
from pipeline.resolve.body_assemblies import with_assemblies
from pipeline.resolve.body_branches import company_branch
from pipeline.resolve.body_columns import without_headers
from pipeline.resolve.body_found import Found, closed
from pipeline.resolve.body_hospitals import with_hospitals
from pipeline.resolve.body_lines import with_broken
from pipeline.resolve.body_names import Bodies, Body, bodies, own_id
from pipeline.resolve.body_owners import with_owners
from pipeline.resolve.body_redirects import organisation_redirects, redirected
from pipeline.resolve.body_short_names import with_short_names
from pipeline.resolve.body_spans import mended
from pipeline.resolve.body_units import unit
from pipeline.resolve.context import Context
from pipeline.resolve.place_names import places


def resolve_organisations(context: Context, mentions: list[Mention]) -> tuple[list[Mention], list[Issue]]:
    """Mentions in order of span; `mentions` are the places, whose names units begin with."""
    known = bodies(context.gazetteers)
    governments = [m for m in mentions if m.columns.get("country") == "JP"]
    by_start = {m.span.start: m for m in governments}
    place_ends = frozenset(m.span.end for m in governments)
    found: list[Found] = []
    for candidate in context.of_kind("organisation"):
        value = candidate.value
        if isinstance(value, OrganisationValue):
            short = value.kind in ("alias", "acronym")
            span = candidate.span
            if not short and not value.organisation_id and span.start not in by_start:
                span, value = mended(context.document.text, span, value, known, place_ends)
            body = None if short else _by_name(span, value, by_start, known, context)
            found.append(Found(candidate, value, span, body))
    found = with_hospitals(found, known, context)
    publisher = _publisher(context, governments, known)
    found = with_assemblies(without_headers(found, context), publisher, mentions, known, context)
    found = with_owners(found, publisher, governments, known, context)
    found = with_broken(found, known, context)
    redirects = organisation_redirects(context.gazetteers)
    if redirects:
        found = [_redirected(f, redirects, known) for f in found]
    issues = [issue for f in found if f.body is not None for issue in f.candidate.issues]
    return with_short_names(found, context), issues


def _redirected(f: Found, redirects: Mapping[str, str], known: Bodies) -> Found:
    body = redirected(f.body, redirects, known) if f.body is not None else None
    return f if body is f.body else f._replace(body=body)


def _by_name(
    span: Span, value: OrganisationValue, governments: Mapping[int, Mention], known: Bodies, context: Context
) -> Body | None:
    """The body that the name itself tells; None where it is a unit whose owner stands elsewhere."""
    if value.organisation_id:
        return known.by_id(value.organisation_id)
    name = value.name if value.name.isascii() else closed(value.name)
    direct = known.by_name(name) or known.by_name(value.legal_form + name)
    if direct is not None:
        return direct
    if known.words.own_assembly.match(name):
        return None
    if known.words.own_kind.search(name) and not value.legal_form and span.start not in governments:
        return None
    if value.owner:
        owner = known.by_name(value.owner) or Body(own_id(value.owner), value.owner, value.legal_form)
        return unit(owner, name[len(value.owner) :], known, "unit")
    company = known.forms.company_unit.match(name)
    if company and value.kind == "unit":
        owner = known.by_name(company["owner"]) or Body(
            own_id(company["owner"]), company["owner"], company["form"], "company"
        )
        return unit(owner, company["rest"], known, "unit")
    if value.kind == "company" and (branch := company_branch(name, known.words, context.gazetteers)):
        owner = known.by_name(branch[0]) or Body(own_id(branch[0]), branch[0], value.legal_form, "company")
        return unit(owner, branch[1], known, "unit")
    if value.kind == "assembly" and (owned := known.words.owned_committee.match(name)):
        owner = known.by_name(owned["owner"]) or Body(own_id(owned["owner"]), owned["owner"], "", "nonprofit")
        return unit(owner, owned["committee"], known, "assembly")
    local = _local(span, governments, context)
    prefix = known.longest_prefix(name)
    if local is not None and prefix is not None and _is_of_state(prefix[0], governments[span.start]):
        local = None
    if local is not None and (first := governments[span.start]).columns["level"] == "prefecture":
        beside = known.by_name(name[len(first.columns["name"]) :])
        if beside is not None and beside.kind != "unit":
            return beside
    if value.kind == "university":
        local = None
    if local is not None:
        owner, rest = local
        if known.words.part.search(rest):
            return unit(owner, rest, known, value.kind)
        return Body(own_id(name), name, value.legal_form, value.kind)
    if prefix is not None and (
        value.kind in ("unit", "assembly", "university") or prefix[0].kind in ("nonprofit", "government", "university")
    ):
        owner, rest = prefix
        if (
            known.words.part.search(rest)
            or known.words.joins_company.search(rest)
            or (value.legal_form and owner.kind == "university")
        ):
            return unit(owner, rest, known, "assembly" if value.kind == "assembly" else "unit")
    if value.legal_form:
        return Body(own_id(name), name, value.legal_form, value.kind or "other")
    if (
        value.kind == "unit"
        or (value.kind == "assembly" and known.words.own_committee.search(name))
        or known.words.own_place.search(name)
    ):
        return None
    return Body(own_id(name), name, value.legal_form, value.kind or "other")


def _is_of_state(body: Body, place: Mention) -> bool:
    """Whether a body known by a name that begins with a prefecture's is the state's (北海道開発局)."""
    return body.organisation_id.startswith("jp-") and body.name.startswith(place.columns["name"])


def _local(span: Span, governments: Mapping[int, Mention], context: Context) -> tuple[Body, str] | None:
    """The local government that a name begins with, and the rest of the name."""
    at, owner = span.start, None
    while (place := governments.get(at)) is not None and place.span.end < span.end:
        owner, at = place, place.span.end
    if owner is None:
        return None
    rest = closed(context.document.text[at : span.end])
    code, written = owner.columns["code"], owner.columns["name"]
    return Body(f"lg-{code}" if code else own_id(written), written, "", "government"), rest


def _publisher(context: Context, governments: list[Mention], known: Bodies) -> Body | None:
    """Who owns units that are named alone: the publisher; where the source names none, the local government that it speaks of most."""
    statement = context.statement
    if statement.publisher_code:
        row = places(context.gazetteers).rows.get(statement.publisher_code, {})
        return Body(f"lg-{statement.publisher_code}", row.get("name", ""), "", "government")
    if statement.publisher:
        name = known.forms.before.sub("", statement.publisher.strip()).strip()
        return known.by_name(statement.publisher) or known.by_name(name) or Body(own_id(name), name, "", "other")
    codes = Counter(m.columns["code"] for m in governments if m.columns["code"])
    if not codes or codes.most_common(1)[0][1] * 2 <= sum(codes.values()):
        return None
    code = min(code for code, count in codes.items() if count == max(codes.values()))
    return Body(f"lg-{code}", places(context.gazetteers).rows[code]["name"], "", "government")
