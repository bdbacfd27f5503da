"""Columns of lines that are set like a table's rows in running text: a name and its sums, below a line of as many words.

Takes a context and a number's span; gives the word above that heads its column. Does not know whether it says what the number is.
"""

from __future__ import annotations

from pipeline.model import Candidate, Span
from pipeline.resolve.context import Context

#: how many lines above a number the line of its column's word may stand
_LINES = 20
_BLANKS = (" ", "\u3000", "\t")
_ENDS = (*_BLANKS, "\n", "\r", "")


def column_word(context: Context, number: Span) -> Span | None:
    """The word that heads a number's column, None where its line is no row of numbers parted by blanks."""
    text = context.document.text
    if text[number.start - 1 : number.start] not in _BLANKS or text[number.end : number.end + 1] not in _ENDS:
        return None
    line = _line(text, number.start)
    row = context.inside("amount", line)
    if len(row) < 2 or not _is_row(text, line, row):
        return None
    place = next((i for i, amount in enumerate(row) if amount.span == number), -1)
    for _ in range(_LINES):
        if place < 0 or line.start == 0:
            return None
        line = _line(text, line.start - 1)
        above = context.inside("amount", line)
        if above and (len(above) != len(row) or not _is_row(text, line, above)):
            return None
        if not above:
            words = _words(text, line)
            return words[place - len(row)] if len(words) == len(row) + 1 else None
    return None


def _line(text: str, offset: int) -> Span:
    end = text.find("\n", offset)
    return Span(text.rfind("\n", 0, offset) + 1, len(text) if end < 0 else end)


def _is_row(text: str, line: Span, amounts: list[Candidate]) -> bool:
    """Whether a line is a name and amounts, nothing but blanks between and behind them."""
    ends = [*(amount.span.start for amount in amounts[1:]), line.end]
    gaps = (text[amount.span.end : end] for amount, end in zip(amounts, ends, strict=True))
    return bool(text[line.start : amounts[0].span.start].strip()) and not any(gap.strip() for gap in gaps)


def _words(text: str, line: Span) -> list[Span]:
    found: list[Span] = []
    at = line.start
    for word in text[line.start : line.end].split():
        at = text.index(word, at)
        found.append(Span(at, at + len(word)))
        at += len(word)
    return found
