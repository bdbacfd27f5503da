"""Hospitals named with the corporation that runs them, on one line or broken over two (医療法人峠会 若葉病院, 医療法人社団さくら女性 / クリニック).

Takes what was found, in order of span; gives the same, a hospital from its corporation to the end of its name. Does not know owners.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.model import OrganisationValue, Span
from pipeline.resolve.body_found import Found, closed
from pipeline.resolve.body_names import Bodies, Body, own_id
from pipeline.resolve.context import Context

_END = r"(?=[\s(（0-9０-９]|$)"
#: a word behind a blank
_BEHIND = re.compile(rf"[ \u3000]([^\s(（0-9０-９]{{2,24}}){_END}")
#: what is left of the line, and the word that the next line begins with
_BELOW = re.compile(rf"((?:[ \u3000][^\s(（0-9０-９]{{1,16}})?)[ \u3000]*\n([^\s(（)）0-9０-９]{{1,18}}){_END}")


def with_hospitals(found: Sequence[Found], known: Bodies, context: Context) -> list[Found]:
    """Found ones in order of span; what lies in a hospital's name is none of its own."""
    joined: list[Found] = []
    for f in found:
        if joined and f.span.start < joined[-1].span.end:
            continue
        joined.append((_hospital_of(f, known, context) if f.value.legal_form else None) or f)
    return joined


def _hospital_of(f: Found, known: Bodies, context: Context) -> Found | None:
    """The hospital whose name a corporation's begins; None where it does not."""
    words, text = known.words, context.document.text
    name, is_medical = closed(f.value.name), bool(words.hospital_form.search(f.value.legal_form))
    if words.hospital.search(name) or not is_medical:
        return None
    behind = _BEHIND.match(text, f.span.end)
    if behind is not None and words.hospital.search(behind[1]):
        return _named(f, behind[1], "", behind.end(1), known)
    below = _BELOW.match(text, f.span.end)
    if below is None or text[f.span.start - 1 : f.span.start] not in ("", "\n") or context.cell(f.span) is not None:
        return None
    begun, rest = below[1].strip(), below[2]
    if not words.hospital.search(name + begun + rest):
        return None
    if begun:
        return _named(f, begun + rest, "", below.end(2), known)
    if words.hospital_parent.search(name):
        return _named(f, rest, "", below.end(2), known) if words.hospital.search(rest) else None
    return _named(f, name + rest, f.value.legal_form, below.end(2), known)


def _named(f: Found, name: str, form: str, end: int, known: Bodies) -> Found:
    body = known.by_name(name) or Body(own_id(name), name, form, "other")
    value = OrganisationValue(name, form, "other")
    return f._replace(value=value, span=Span(f.span.start, end), body=body)
