"""The plain frozen things that flow from a file to a row. Knows nothing of any other package."""

from pipeline.model.candidate import Candidate, Value
from pipeline.model.decision import Anchor, Decision
from pipeline.model.document import Block, Cell, Document, Glyphs, Stated, Table
from pipeline.model.errors import PipelineError
from pipeline.model.issue import Issue, Severity
from pipeline.model.mention import Mention
from pipeline.model.source import Sidecar, Source, TableHint
from pipeline.model.span import Span
from pipeline.model.values import (
    AmountValue,
    DatePoint,
    DateValue,
    LabelValue,
    OrganisationValue,
    PlaceValue,
)

__all__ = [
    "AmountValue",
    "Anchor",
    "Block",
    "Candidate",
    "Cell",
    "DatePoint",
    "DateValue",
    "Decision",
    "Document",
    "Glyphs",
    "Issue",
    "LabelValue",
    "Mention",
    "OrganisationValue",
    "PipelineError",
    "PlaceValue",
    "Severity",
    "Sidecar",
    "Source",
    "Span",
    "Stated",
    "Table",
    "TableHint",
    "Value",
]
