"""The time that the lines around a table name: the title and the notes above it, the headings, a note below, the document's title.

Takes a figure; gives a date or none. Does not look into cells.
"""

from __future__ import annotations

from itertools import pairwise

from pipeline.model import Block, Mention, Span
from pipeline.resolve.amount_figures import Figure

#: how many lines a document's title has at most, how many headings are looked at
_TITLES, _HEADINGS = 3, 3


def of_lines_above(figure: Figure) -> Mention | None:
    """The time of the title or note above."""
    above = figure.around.above
    return _suits(figure, *above) if above is not None else None


def of_headings(figure: Figure) -> Mention | None:
    """The time of the nearest heading that names one."""
    for heading in figure.context.headings(Span(figure.cell.start, figure.cell.end))[:_HEADINGS]:
        said = figure.surroundings.said(heading)
        if said.date is not None or said.several:
            return _suits(figure, heading, said.date) if said.date is not None else None
    return None


def of_note_below(figure: Figure) -> Mention | None:
    """The day as of which, in a note below that tells of all numbers or of what the label names."""
    for topic, date in figure.around.notes:
        if not topic or (figure.label and topic.endswith(figure.label)):
            return date
    return None


def of_document(figure: Figure) -> Mention | None:
    """The year of the document's title, which is one of its first lines and, where it is no heading, not the title of a table."""
    blocks = figure.context.document.blocks
    for line, following in pairwise(blocks[: _TITLES + 1]):
        if line.end > figure.cell.start or line.table_id or (following.table_id and line.kind != "heading"):
            return None
        said = figure.surroundings.said(line)
        if said.date is not None and said.date.columns.get("role") != "as_of" and not _is_dateline(line, said.date):
            return _suits(figure, line, said.date)
    return None


def _is_dateline(line: Block, date: Mention) -> bool:
    """Whether a line holds the day or month of a document and nothing else."""
    return date.span == line.span and date.columns["precision"] in ("day", "month")


def _suits(figure: Figure, line: Block, date: Mention) -> Mention | None:
    """A title's date where the number may be of that time: a limit or price is of the year of a budget or report alone, a length of time of
    none."""
    if date.columns.get("role") == "as_of":
        return date
    if figure.timeless:
        return None
    text = figure.context.document.text[line.start : line.end]
    reports = figure.context.gazetteers["report_words"].rows
    return None if figure.limited and not any(r["limits"] and r["surface"] in text for r in reports) else date
