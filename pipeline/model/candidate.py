"""What a rule found, as written: no context yet."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from pipeline.model.issue import Issue
from pipeline.model.span import Span
from pipeline.model.values import AmountValue, DateValue, OrganisationValue, PlaceValue

Kind = Literal["date", "amount", "organisation", "municipality", "ignore"]
Value = DateValue | AmountValue | OrganisationValue | PlaceValue | None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A span of the document's text (not of the view), the rule that matched and the value it read.

    Candidates of one kind do not overlap once the engine has chosen. `groups` are the pattern's named groups on the
    folded view. Kind `ignore` marks what is not a mention (第44号, COP25): it blocks and is not written.
    """

    kind: Kind
    span: Span
    rule_id: str
    value: Value
    groups: dict[str, str] = field(default_factory=dict, hash=False)
    issues: tuple[Issue, ...] = ()
