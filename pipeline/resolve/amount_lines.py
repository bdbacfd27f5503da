"""Columns of lines that are set like a table's rows in running text: a name and its sums, below a line of as many words.

Takes a context, a number's span and what tells whether words measure a number; gives the words above that head its column. Does not know
labels.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from pipeline.model import AmountValue, Candidate, Span
from pipeline.resolve.context import Context

#: whether words name something that numbers of a kind measure
Measures = Callable[[str, str], bool]

#: how many lines above a number the line of its column's word may stand, over how many lines the words may go on, how long these are
_LINES, _HEADER, _WIDEST = 20, 14, 40
#: in how many pieces a word of a narrow column may be set, one below the other
_PIECES = 3
_BLANKS = (" ", "\u3000", "\t")
_ENDS = (*_BLANKS, "\n", "\r", "")


def column_words(context: Context, number: Span, measures: Measures) -> tuple[Span, ...]:
    """The word that heads a number's column, or its pieces; () where its line is no row of numbers parted by blanks, or the words above
    do not measure all of them."""
    text = context.document.text
    if text[number.start - 1 : number.start] not in _BLANKS or text[number.end : number.end + 1] not in _ENDS:
        return ()
    line = _line(text, number.start)
    row = context.inside("amount", line)
    if len(row) < 2 or not _is_row(text, line, row):
        return ()
    place = next((i for i, amount in enumerate(row) if amount.span == number), -1)
    for _ in range(_LINES):
        if place < 0 or line.start == 0:
            return ()
        line = _line(text, line.start - 1)
        above = context.inside("amount", line)
        if above and (len(above) != len(row) or not _is_row(text, line, above)):
            return ()
        if not above:
            words = _words(text, line)
            if len(words) == len(row) + 1:
                return (words[place - len(row)],)
            columns = _columns(context, line, [_kind(amount) for amount in row], measures)
            return columns[place] if columns else ()
    return ()


def _columns(context: Context, last: Span, kinds: Sequence[str], measures: Measures) -> Sequence[tuple[Span, ...]]:
    """The pieces of each column's words, of the lines that end with `last`: the words of the line that begins them may go on below it."""
    text = context.document.text
    below: list[Span] = []
    line = last
    for _ in range(_HEADER):
        words = _words(text, line)
        if line.end - line.start > _WIDEST or context.inside("amount", line):
            return ()
        for first in range(len(words) - 1, -1, -1) if len(words) > 1 else ():
            columns = _parted(text, [*words[first:], *below], len(words) - first, kinds, measures)
            if columns:
                return columns
        if line.start == 0:
            return ()
        below = [*words, *below]
        line = _line(text, line.start - 1)
    return ()


def _parted(
    text: str, pieces: Sequence[Span], least: int, kinds: Sequence[str], measures: Measures
) -> Sequence[tuple[Span, ...]]:
    """Pieces as words that measure numbers of the kinds, one after the other, at least so many of them used; () where they cannot be."""
    for size in range(1, min(_PIECES, len(pieces)) + 1):
        if not measures("".join(piece.cut(text) for piece in pieces[:size]), kinds[0]):
            continue
        if len(kinds) == 1:
            if size >= least:
                return (tuple(pieces[:size]),)
            continue
        rest = _parted(text, pieces[size:], least - size, kinds[1:], measures)
        if rest:
            return (tuple(pieces[:size]), *rest)
    return ()


def _kind(amount: Candidate) -> str:
    return amount.value.kind if isinstance(amount.value, AmountValue) else ""


def _line(text: str, offset: int) -> Span:
    end = text.find("\n", offset)
    return Span(text.rfind("\n", 0, offset) + 1, len(text) if end < 0 else end)


def _is_row(text: str, line: Span, amounts: Sequence[Candidate]) -> bool:
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
