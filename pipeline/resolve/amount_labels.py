"""What a number is, in the words beside it: (予算現額) in its cell, 定員 before 30名.

Takes a context and a number's span; gives a label, "" where the words say none. Does not know tables' headers.
"""

from __future__ import annotations

import re

from pipeline.model import Candidate, Cell, LabelValue, Span
from pipeline.resolve.context import Context

#: how many characters may part a label from its number: は約, ：
_APART = 6
#: brackets, the end of a sentence, or another number than 1 (参加費は1人500円)
_PARTING = re.compile(r"[()（）。02-9０２-９]|[1１]{2}")


def bracketed_label(context: Context, number: Span, cell: Cell) -> str:
    """The label in brackets behind a number of a cell (else before it)."""
    labels = [
        label
        for label in context.inside("label", Span(cell.start, cell.end))
        if not _before(context, label, number) and "word" not in label.groups
    ]
    behind = [label for label in labels if label.span.start >= number.end]
    return _text(context, (behind or labels)[0]) if labels else ""


def spoken_label(context: Context, number: Span, compared: bool = False) -> str:
    """The label that ends right before a number in its sentence; with `compared`, only what it is compared with (対前年度比)."""
    sentence = context.sentence(number)
    labels = [
        label
        for label in context.inside("label", Span(sentence.start, max(number.start, sentence.start)))
        if _before(context, label, number) and label.rule_id.endswith(".compared") == compared
    ]
    return _text(context, labels[-1]) if labels else ""


def label_behind(context: Context, number: Span) -> str:
    """The label behind a sum and の (50万円以下の罰金)."""
    labels = context.inside("label", Span(number.end, number.end + _APART))
    return _text(context, labels[0]) if labels and labels[0].rule_id.endswith(".behind") else ""


def _before(context: Context, label: Candidate, number: Span) -> bool:
    between = context.document.text[label.span.end : number.start]
    return label.span.end <= number.start and len(between) <= _APART and not _PARTING.search(between)


def _text(context: Context, label: Candidate) -> str:
    if isinstance(label.value, LabelValue):
        return label.value.text
    return "".join(label.span.cut(context.document.text).split())
