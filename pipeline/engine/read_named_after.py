"""Bodies named after another one or after a place: an organ of a body (イクレイ議会), a branch (ハローワーク盛岡), a regional company.

Takes a match; gives an `OrganisationValue`, and how far into the match the body reaches. Does not know which body is meant.
"""

from __future__ import annotations

import re

from pipeline.engine.body_name_length import name_length
from pipeline.engine.body_words import body_words
from pipeline.engine.reading import Match, Reading
from pipeline.model import OrganisationValue
from pipeline.segment.tokens import tokenize

#: kinds of bodies of which a name alone may not tell whose they are
_OPEN = ("unit", "assembly", "school", "other", "")
#: kinds of known bodies that have centres
WITH_CENTRES = ("nonprofit", "government", "international", "other")
#: a centre named after a place alone is a branch (筑波センター)
PLACE_AND_KIND = 2


def read_organ(match: Match) -> Reading | None:
    inner = match.inner["organisation"].value
    if not isinstance(inner, OrganisationValue) or inner.kind in ("alias", "acronym"):
        return None
    if match.groups.get("apart") and not _may_own(inner, match.groups["organ"].strip()):
        return None
    whole = inner.name + match.groups["organ"].strip()
    if inner.kind in _OPEN:
        return Reading(OrganisationValue(whole, kind="unit"))
    return Reading(OrganisationValue(whole, inner.legal_form, "unit", owner=inner.owner or inner.name))


def _may_own(inner: OrganisationValue, organ: str) -> bool:
    """Whether a centre that stands apart is a part of the body before it: of a known one or a university, and not named after another place."""
    if inner.kind != "university" and not (inner.organisation_id and inner.kind in WITH_CENTRES):
        return False
    tokens = tokenize(organ)
    return "地名" not in tokens[0].pos or len(tokens) == PLACE_AND_KIND


def read_named_after(match: Match) -> Reading | None:
    """A body called by its kind and a place (ハローワーク盛岡); None where no place or name stands behind the kind."""
    prefix, rest = match.groups["prefix"], match.groups["place"]
    words = body_words(match.gazetteers)
    area, first = words.area.match(rest), tokenize(rest)[0]
    if area is None and "固有名詞" not in first.pos:
        return None
    start = area.end() if area else first.end
    more = rest[start:]
    length = start + (name_length(more, words) if more and not "ぁ" <= more[0] <= "ん" else 0)
    name = rest[:length]
    if len(name) < 2:
        return None
    written = match.surface.index(rest, len(prefix)) + length
    return Reading(OrganisationValue(prefix + name, kind=match.groups.get("kind", "")), length=written)


def read_office(match: Match) -> Reading | None:
    """An office of a known agency, by the agency's abbreviation and a place, with or without the word for such an office (`branch`, `branches`)."""
    rows = match.gazetteers["organisations"].surfaces.get(match.groups["agency"], ())
    written = match.groups["office"]
    area, first = body_words(match.gazetteers).region.match(written), tokenize(written)[0]
    end = area.end() if area else first.end
    branch = written[end:] or match.groups["branch"]
    if not rows or not (area or "地名" in first.pos) or not re.fullmatch(match.groups["branches"], branch):
        return None
    row = rows[0]
    return Reading(
        OrganisationValue(row["name"] + written[:end] + branch, row.get("legal_form", ""), "unit", owner=row["name"])
    )


def read_regional(match: Match) -> Reading | None:
    """A company that bears a known one's name and a part of the country."""
    inner = match.inner["organisation"].value
    if not isinstance(inner, OrganisationValue) or not inner.organisation_id or inner.kind != "company":
        return None
    return Reading(OrganisationValue(inner.name + match.groups["region"], kind="company"))
