"""Assemblies called by their kind alone (市議会9月定例会, 組合議会): whose they are.

Takes what was found and the places, in order; gives the same with those assemblies told, without those that are nobody's. Does not know other units.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.model import Mention, Span
from pipeline.resolve.body_found import Found, closed
from pipeline.resolve.body_names import Bodies, Body
from pipeline.resolve.body_publishers import prefecture_of
from pipeline.resolve.body_units import unit
from pipeline.resolve.context import Context
from pipeline.resolve.place_names import places as known_places

#: how far back the government may stand whose assembly is meant, where it is not the publisher's
_REACH = 120
#: parts a government from an assembly that need not be its own
_PARTS = re.compile(r"[、。\n]")
_PUBLISHER = "sidecar:publisher"


def with_assemblies(
    found: Sequence[Found], publisher: Body | None, places: Sequence[Mention], known: Bodies, context: Context
) -> list[Found]:
    """Found ones in order of span; `places` are those of all countries, in order."""
    text = context.document.text
    told: list[Found] = []
    for f in found:
        kind = known.words.own_assembly.match(closed(f.value.name)) if f.body is None else None
        if kind is None:
            told.append(f)
            continue
        near = [m for m in places if f.span.start - _REACH <= m.span.end <= f.span.start]
        near = [m for m in near if m.span.cut(text).endswith(kind["owner"])]
        owner = _owner(f, kind["owner"], publisher, near, told, context)
        if owner is not None:
            body = unit(owner[0], kind["assembly"], known, "assembly")
            told.append(f._replace(body=body, basis="context", antecedent=owner[1]))
    return told


def _owner(
    f: Found, ending: str, publisher: Body | None, near: Sequence[Mention], told: Sequence[Found], context: Context
) -> tuple[Body, Span | str] | None:
    """The government named in the same clause, else the publisher, its prefecture, or what was named last; none abroad."""
    text = context.document.text
    if near and not _PARTS.search(text, near[-1].span.end, f.span.start):
        return _government(near[-1])
    if publisher is not None and publisher.name.endswith(ending):
        return publisher, _PUBLISHER
    if publisher is not None and publisher.organisation_id.startswith("lg-"):
        prefecture = prefecture_of(publisher, context)
        if prefecture is not None and prefecture.name.endswith(ending):
            return prefecture, _PUBLISHER
    if near:
        return _government(near[-1])
    if (only := _only_prefecture(ending, context)) is not None:
        return only, ""
    last = next((t for t in reversed(told) if t.body is not None and t.body.name.endswith(ending)), None)
    if last is None or last.body is None or f.span.start - last.span.end > _REACH:
        return None
    return last.body, last.span


def _government(place: Mention) -> tuple[Body, Span | str] | None:
    code = place.columns["code"]
    if place.columns["country"] != "JP" or not code:
        return None
    return Body(f"lg-{code}", place.columns["name"], "", "government"), place.span


def _only_prefecture(ending: str, context: Context) -> Body | None:
    """The prefecture that is the only one of its kind (都, 道)."""
    rows = known_places(context.gazetteers).rows
    codes = [code for code, row in rows.items() if row.get("level") == "prefecture" and row["name"].endswith(ending)]
    return Body(f"lg-{codes[0]}", rows[codes[0]]["name"], "", "government") if len(codes) == 1 else None
