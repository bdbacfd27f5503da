"""What a date without its year hangs on in its table: the cells to its left, its headers, the caption, the row above that a mark repeats.

Takes a date that lacks its year; gives a frame, or None. Does not look outside of its table, but for lines with a mark (〃).
"""

from __future__ import annotations

from pipeline.engine.date_edtf import joined, point_edtf
from pipeline.model import DateValue, Span
from pipeline.resolve.date_asked import Asked, frame_of, heads
from pipeline.resolve.date_frames import Frame, period
from pipeline.text.orthography import words
from pipeline.text.patterns import late

#: how far before a date the mark may stand that repeats the year above, and how many lines above that may be
_MARK_REACH, _LINES_ABOVE = 8, 3
#: characters of a table's title
_LONGEST_TITLE = 60
_DITTO = late(rf"{words('ditto')}[ \u3000]*$")


def row(asked: Asked) -> Frame | None:
    """A date with a year in the cells to the left, or else a day there: what stands beside it lies near."""
    found = asked.context.cell(asked.span)
    if found is None:
        return None
    table, cell = found
    left = [c for c in table.in_row(cell.row) if c.column < cell.column and c.end > c.start]
    spans = [Span(c.start, c.end) for c in sorted(left, key=lambda c: (not c.heading, -c.column))]
    return _of_cells(asked, spans) or (_day_of_cells(asked, spans) if asked.point.day else None)


def column(asked: Asked) -> Frame | None:
    """A date with a year in the header cells above."""
    found = asked.context.cell(asked.span)
    if found is None:
        return None
    table, cell = found
    return _of_cells(asked, [Span(c.start, c.end) for c in reversed(table.column_headers(cell))])


def row_below(asked: Asked) -> Frame | None:
    """The one year that names the rows below a header (4月, 5月 over 令和4年度)."""
    found = asked.context.cell(asked.span)
    if found is None or found[1].column == 0 or found[1].row != found[0].cells[0].row:
        return None
    names = [c for c in found[0].cells if c.column == 0 and c.row > found[1].row and c.end > c.start]
    years = [
        (candidate.span, value.start)
        for cell in names
        for candidate in asked.context.inside("date", Span(cell.start, cell.end))[:1]
        if isinstance(value := candidate.value, DateValue) and value.end is None and value.start is not None
    ]
    if len(years) != 1 or years[0][1].year is None or years[0][1].month is not None:
        return None
    return period(joined(*point_edtf(years[0][1])), years[0][0])


def caption(asked: Asked) -> Frame | None:
    """A date with a year in the caption, or in the line above, which is the title (月別の搬送人員（2013年）)."""
    found = asked.context.cell(asked.span)
    if found is None:
        return None
    first = found[0].cells[0].start
    above = (b for b in asked.context.blocks_before(Span(first, first + 1), 1) if not b.table_id)
    titles = [b.span for b in above if b.end - b.start <= _LONGEST_TITLE]
    return _of_cells(asked, [*filter(None, [found[0].caption]), *titles])


def ditto(asked: Asked) -> Frame | None:
    """The date of the line or row above, where a mark stands for its year (〃 3月12日)."""
    text = asked.context.document.text
    placed = asked.context.cell(asked.span)
    if not _DITTO.search(text, max(0, asked.span.start - _MARK_REACH), asked.span.start):
        left = [c for c in placed[0].in_row(placed[1].row) if c.column < placed[1].column] if placed is not None else []
        if not left or not _DITTO.fullmatch(text, left[-1].start, left[-1].end):
            return None
    above = asked.context.blocks_before(asked.span, _LINES_ABOVE if placed is None else 2 * placed[0].width)
    known = next(asked.timeline.before(asked.span, above[-1].start), None) if above else None
    return frame_of(known, "point") if known is not None and known.first else None


def _of_cells(asked: Asked, spans: list[Span]) -> Frame | None:
    for span in spans:
        known = next((k for k in asked.timeline.inside(span) if heads(k) and k.span.end <= asked.span.start), None)
        if known is not None and known.first:
            return frame_of(known, "period" if known.yearly or known.ranged else "point")
    return None


def _day_of_cells(asked: Asked, spans: list[Span]) -> Frame | None:
    known = next((k for span in spans for k in reversed(asked.timeline.inside(span)) if k.day and not k.doubtful), None)
    return frame_of(known, "near") if known is not None and known.first else None
