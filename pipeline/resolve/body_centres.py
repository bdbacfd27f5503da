"""Centres and faculties that stand a blank behind the body that they are part of (国立情報学研究所　シンセティックメディア国際研究センター).

Takes two bodies found, one after the other; says whether they are one name. Does not know owners.
"""

from __future__ import annotations

from pipeline.engine.read_named_after import PLACE_AND_KIND, WITH_CENTRES
from pipeline.resolve.body_found import Found, closed
from pipeline.resolve.body_names import Bodies
from pipeline.resolve.context import Context
from pipeline.segment.tokens import tokenize

_PARTS = ("unit", "other", "university")
_BLANKS = (" ", "　")


def is_centre_of(before: Found, f: Found, known: Bodies, context: Context) -> bool:
    """Whether a centre is a part of the known body or university before it: it bears no other place's name, and no table parts them."""
    owner, text = before.body, context.document.text
    if owner is None or f.is_short_name or text[before.span.end : f.span.start] not in _BLANKS:
        return False
    if owner.kind != "university" and not (owner.organisation_id in known.rows and owner.kind in WITH_CENTRES):
        return False
    name = closed(f.value.name)
    if f.value.organisation_id:
        return f.value.organisation_id.startswith(owner.organisation_id + "/") and context.cell(f.span) is None
    if f.value.legal_form or f.value.kind not in _PARTS or not known.words.apart.search(name):
        return False
    if known.words.apart.search(owner.name) or context.cell(f.span) != context.cell(before.span):
        return False
    tokens = tokenize(name)
    return "固有名詞" not in tokens[0].pos or len(tokens) == PLACE_AND_KIND
