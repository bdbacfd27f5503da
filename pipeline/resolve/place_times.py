"""The time that a text speaks of, as far as it decides which place a name meant.

Takes a context and the date mentions; gives days (ISO) and the places of a name that were there on one. Does not know prefectures.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline.engine.gazetteer import Row
from pipeline.model import Mention, Span
from pipeline.resolve.context import Context
from pipeline.resolve.place_names import Places
from pipeline.text.edtf import interval, is_edtf


@dataclass(frozen=True, slots=True)
class Times:
    """`document` is the day of which the document speaks as a whole: when it was published, else the end of what it covers; "" if unknown.

    `starts` and `days` are those of the dated mentions, in order of span.
    """

    document: str
    starts: Sequence[int]
    days: Sequence[str]

    def around(self, span: Span, context: Context) -> str:
        """The latest day of the sentence, table row or nearest dated heading that holds a place; else the document's day."""
        for spans in _surroundings(span, context):
            told = [
                day
                for s in spans
                for day in self.days[bisect_left(self.starts, s.start) : bisect_left(self.starts, s.end)]
            ]
            if told:
                return max(told)
        return self.document


def times(context: Context, dates: Sequence[Mention]) -> Times:
    told = sorted((mention.span.start, day) for mention in dates if (day := last_day(mention.columns["edtf"])))
    document = last_day(context.statement.published) or last_day(context.statement.covers)
    return Times(document, [start for start, _ in told], [day for _, day in told])


def last_day(edtf: str) -> str:
    """The last day of a date, the first one of what has no end; "" for no date.

    >>> last_day("1995"), last_day("2003-04-01/.."), last_day("XXXX-07")
    ('1995-12-31', '2003-04-01', '')
    """
    if not edtf or not is_edtf(edtf):
        return ""
    first, last = interval(edtf)
    return last or first


def there_on(codes: Iterable[str], day: str, known: Places) -> list[str]:
    """Those places that bore their name on a day; "" is today."""
    return [code for code in codes if _bears(known.rows.get(code, {}), day)]


def latest(codes: Sequence[str], day: str, known: Places) -> str:
    """Of codes that one place had one after the other, the latest that is not after the day; else the last."""
    begun = [c for c in codes if day and known.rows[c].get("valid_from", "") <= day] or list(codes)
    return max(begun, key=lambda code: known.rows[code].get("valid_to", "") or "9999")


def _bears(row: Row, day: str) -> bool:
    begun, ended = row.get("valid_from", ""), row.get("valid_to", "")
    return not ended if not day else begun <= day and (not ended or day < ended)


def _surroundings(span: Span, context: Context) -> Iterable[list[Span]]:
    cell = context.cell(span)
    if cell is None:
        yield [context.sentence(span)]
    else:
        table, own = cell
        yield [Span(c.start, c.end) for c in table.cells if own.row in c.rows]
    for heading in context.headings(span):
        yield [heading.span]
