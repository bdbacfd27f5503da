"""A candidate as understood in its context: one row of a table."""

from __future__ import annotations

from typing import Literal, NamedTuple

from pipeline.model.candidate import Kind
from pipeline.model.span import Span

Basis = Literal["explicit", "inherited", "relative", "header", "context"]


class Mention(NamedTuple):
    """`columns` holds the columns of its kind's table, all text, "" for none (INTERFACE: Outputs).

    `antecedent` is what it was completed from: another mention's span (it becomes that mention's id), or a text such as
    `cell:t1/2/0`, `heading:120`, `caption:88`, `element:12` (a page's time element), `sidecar:covers`, `sidecar:title` (the fiscal year in it), `weekdays` (the year that a document's weekdays tell).
    """

    kind: Kind
    span: Span
    rule_id: str
    columns: dict[str, str]
    basis: Basis = "explicit"
    antecedent: Span | str = ""
    status: str = "machine"
    decision_id: str = ""
