"""A body as found in a document, on its way to being told.

Takes a candidate; gives it with its span and body as far as they are known. Does not know how either is told.
"""

from __future__ import annotations

from typing import NamedTuple

from pipeline.model import Candidate, OrganisationValue, Span
from pipeline.model.mention import Basis
from pipeline.resolve.body_names import Body


class Found(NamedTuple):
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


def closed(name: str) -> str:
    """A name without its blanks and line breaks."""
    return "".join(name.split())
