"""Bodies named without their owner: whose they are, by the document's other names, the publisher, or the kind of government before them.

Takes what was found, the bodies that the document names in full and its publisher; gives the owner. Does not know chains of units.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pipeline.model import Mention, Span
from pipeline.resolve.body_found import Found, closed
from pipeline.resolve.body_named import NamedBodies
from pipeline.resolve.body_names import Bodies, Body, normalised, own_id
from pipeline.resolve.body_units import unit
from pipeline.resolve.context import Context
from pipeline.resolve.place_names import places
from pipeline.segment.tokens import tokenize

#: a shorter name (総務部, 会計課) is a unit of every city
_LEAST_OWN = 5
#: a shorter name is every body's
_LEAST_SHORT = 3
#: kinds of bodies that a document calls by the end of their names
_SHORTENED = ("unit", "assembly", "network", "school")


def owned(f: Found, named: NamedBodies, present: set[str], publisher: Body | None, known: Bodies) -> Found:
    """The body of that ending that the document names, the gazetteer's unit of a body named, else the publisher's."""
    name = closed(f.value.name)
    is_local = publisher is not None and publisher.organisation_id.startswith("lg-")
    if (same := named.exactly(name, f.span.start)) is not None:
        return f._replace(body=same[1], basis="inherited", antecedent=same[0])
    own = is_local and bool(known.words.own_place.search(name)) and not known.words.part.search(name)
    full = longer(f, named, publisher if f.value.kind == "unit" else None, known, only_before=own)
    if full is not None:
        return f._replace(body=full[1], basis="inherited", antecedent=full[0])
    begun = _begun(name, named, known)
    if begun is not None:
        return f._replace(body=begun, basis="explicit")
    rows = {
        row["organisation_id"]: row
        for row in known.units.get(normalised(name), ())
        if (
            _is_named_with(row, name, present) if is_local else _ancestors(row["organisation_id"], known.rows) & present
        )
    }
    if len(rows) == 1:
        return f._replace(body=known.by_id(next(iter(rows))), basis="context")
    area = known.words.area.match(name) if f.value.kind == "other" else None
    if area is not None and not (publisher is not None and publisher.name.startswith(area[0])):
        return f._replace(body=Body(own_id(name), name, "", f.value.kind))
    if publisher is not None and (known.words.part.search(name) or (is_local and _is_every_towns(name, known))):
        return f._replace(body=_body_of(publisher, name, f, known), basis="context", antecedent="sidecar:publisher")
    return f._replace(body=Body(own_id(name), name, "", f.value.kind or "other"))


def _begun(name: str, named: NamedBodies, known: Bodies) -> Body | None:
    """The branch of a body that the document names elsewhere, by whose name it begins (若葉銀行峠支店)."""
    for body in named.beginning(name):
        rest = name[len(body.name) :]
        if body.kind not in ("unit", "assembly") and known.words.joins_company.search(rest):
            return unit(body, rest, known, "unit")
    return None


def told_by_kind(
    f: Found, publisher: Body | None, governments: Sequence[Mention], known: Bodies, context: Context
) -> Found | None:
    """The body of the government that stands before it by its kind alone (県環境部): the publisher, its prefecture, else the one named last."""
    name = closed(f.value.name)
    kind = known.words.own_kind.match(name)
    if not kind:
        return None
    letter = kind[0][0]
    owner, antecedent = publisher, "sidecar:publisher"
    if publisher is None or not publisher.organisation_id.startswith("lg-") or publisher.name[-1:] != letter:
        owner = prefecture_of(publisher, context) if publisher is not None and letter in "都道府県" else None
    if kind[0].endswith("立") and (owner is None or known.words.hospital.search(name)):
        founder = _founder(name[kind.end() :], letter, known, context)
        owner, antecedent = (founder, "") if founder is not None else (owner, antecedent)
    if owner is None:
        before = [m for m in governments if m.span.end <= f.span.start and m.columns["name"].endswith(letter)]
        if not before or not before[-1].columns["code"]:
            return f._replace(body=Body(own_id(name), name, "", f.value.kind or "other"))
        owner = Body(f"lg-{before[-1].columns['code']}", before[-1].columns["name"], "", "government")
        return f._replace(
            body=_body_of(owner, name[kind.end() :], f, known), basis="inherited", antecedent=before[-1].span
        )
    return f._replace(body=_body_of(owner, name[kind.end() :], f, known), basis="context", antecedent=antecedent)


def fuller(told: Found, named: NamedBodies, known: Bodies) -> Found:
    """The unit of that government which the document has named with its chain before (静岡県くらし・環境部環境政策課 … 県環境政策課)."""
    if told.body is None or "/" not in told.body.organisation_id:
        return told
    above = told.body.organisation_id.partition("/")[0] + "/"
    rest = known.words.own_kind.sub("", closed(told.value.name), count=1)
    if len(rest) < _LEAST_SHORT:
        return told
    at = told.span.start
    full = named.ending(rest, at, lambda body: body.organisation_id.startswith(above), only_before=True)
    return told._replace(body=full[1], basis="inherited", antecedent=full[0]) if full is not None else told


def _founder(rest: str, letter: str, known: Bodies, context: Context) -> Body | None:
    """The local government whose name a public body's own begins with (市立函館病院); none that one of two may be."""
    named = places(context.gazetteers).surfaces
    for length in range(min(len(rest) - 1, 5), 1, -1):
        rows = named.get(rest[:length] + letter, ())
        if len(rows) == 1 and rows[0]["level"] == "municipality" and not known.words.wider.search(rest[:length]):
            return Body(f"lg-{rows[0]['code']}", rows[0]["name"], "", "government")
    return None


def prefecture_of(publisher: Body, context: Context) -> Body | None:
    """The prefecture that a local government lies in."""
    rows = places(context.gazetteers).rows
    name = rows.get(publisher.organisation_id.removeprefix("lg-"), {}).get("prefecture", "")
    code = next((code for code, row in rows.items() if row["name"] == name and row["level"] == "prefecture"), "")
    return Body(f"lg-{code}", name, "", "government") if code else None


def _body_of(owner: Body, name: str, f: Found, known: Bodies) -> Body:
    """A government's unit, or a body of its own that bears the government's name (南国市社会福祉協議会)."""
    if known.words.part.search(name):
        return unit(owner, name, known, f.value.kind)
    whole = owner.name + name
    return known.by_name(whole) or Body(own_id(whole), whole, "", f.value.kind or "other")


def _is_every_towns(name: str, known: Bodies) -> bool:
    """Whether every local government may have a body of that name: it says what it is for, and no place (子ども・子育て会議)."""
    if known.words.own_place.search(name):
        return True
    if not known.words.own_committee.search(name):
        return False
    return not any("固有名詞" in token.pos or known.words.wider.match(token.surface) for token in tokenize(name))


def _is_named_with(row: Mapping[str, str], name: str, present: set[str]) -> bool:
    """Whether a local government's document may mean a ministry's unit: one with a name of its own, right below a body that it names."""
    return len(name) >= _LEAST_OWN and row.get("parent_id", "") in present


def longer(
    f: Found, named: NamedBodies, owner: Body | None, known: Bodies, only_before: bool = False
) -> tuple[Span, Body] | None:
    """The body whose full name ends with this name, of this owner if one is given: the nearest one before it, else the only one behind."""
    name = f.value.name
    if f.value.kind not in _SHORTENED and not known.words.own_place.search(normalised(name)):
        return None
    if len(normalised(name)) < _LEAST_SHORT and not known.words.seat.search(name):
        return None
    above = f"{owner.organisation_id}/" if owner is not None else ""
    return named.ending(name, f.span.start, lambda body: body.organisation_id.startswith(above), only_before)


def _ancestors(organisation_id: str, rows: Mapping[str, Mapping[str, str]]) -> set[str]:
    chain: set[str] = set()
    parent = rows.get(organisation_id, {}).get("parent_id", "")
    while parent and parent not in chain:
        chain.add(parent)
        parent = rows.get(parent, {}).get("parent_id", "")
    return chain
