"""What a rule found, as written: no context yet."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal, NamedTuple

from pipeline.model.issue import Issue
from pipeline.model.span import Span
from pipeline.model.values import AmountValue, DateValue, LabelValue, OrganisationValue, PlaceValue

Kind = Literal["date", "amount", "organisation", "municipality", "ignore", "unit", "label", "title"]
Value = DateValue | AmountValue | OrganisationValue | PlaceValue | LabelValue | None


class Candidate(NamedTuple):
    """A span of the document's text (not of the view), the rule that matched and the value it read.

    Candidates of one kind do not overlap once the engine has chosen. `groups` are the pattern's named groups on the folded
    view. The last four kinds are evidence and are not written: `ignore` marks what is no mention (第44号, COP25),
    `unit` a unit note (単位：千円), `label` what a number is (予算現額), `title` the name of a work or event.
    """

    kind: Kind
    span: Span
    rule_id: str
    value: Value
    groups: Mapping[str, str] = MappingProxyType({})
    issues: tuple[Issue, ...] = ()
