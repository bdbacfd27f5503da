"""Names of bodies set on two lines, of which the second holds only the kind of body (…気候対策 / 研究会).

Takes what was found, in order; gives the same with those names that the document has unbroken as well. Does not know rules.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from pipeline.model import Span
from pipeline.resolve.body_found import Found
from pipeline.resolve.body_names import Bodies, normalised
from pipeline.resolve.context import Context

#: the longest line that is the kind of body alone
_LONGEST_KIND = 12


def with_broken(found: Sequence[Found], known: Bodies, context: Context) -> list[Found]:
    """Found ones in order of span; a broken name overlaps none of those that were found."""
    text = context.document.text
    lines = [
        (upper, lower)
        for upper, lower in pairwise(context.document.blocks)
        if lower.end - lower.start <= _LONGEST_KIND and known.words.head_only.match(lower.span.cut(text).strip())
    ]
    if not lines:
        return list(found)
    named = {normalised(f.value.name): f for f in found if f.body is not None and not f.is_short_name}
    broken = []
    for upper, lower in lines:
        whole = named.get(normalised(upper.span.cut(text) + lower.span.cut(text)))
        if whole is not None:
            broken.append(whole._replace(span=Span(upper.start, lower.end), basis="inherited", antecedent=whole.span))
    free = [b for b in broken if not any(f.span.start < b.span.end and b.span.start < f.span.end for f in found)]
    return sorted([*found, *free], key=lambda f: f.span)
