"""Documents and candidates as plain tuples, and back: what is quick to pickle.

Takes and gives things of `pipeline.model`. Does not know files.

A tuple holds a class's fields in their order; the digest of the classes is part of every key of the store.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import fields
from operator import attrgetter
from typing import Any

from pipeline.model import (
    AmountValue,
    Block,
    Candidate,
    Cell,
    DatePoint,
    DateValue,
    Document,
    Glyphs,
    Issue,
    LabelValue,
    OrganisationValue,
    PlaceValue,
    Span,
    Stated,
    Table,
    Value,
)

Plain = tuple[Any, ...]
_VALUES: tuple[type, ...] = (DateValue, AmountValue, OrganisationValue, PlaceValue, LabelValue)


def getter(kind: Any) -> Callable[[Any], Plain]:
    """A class's fields of a thing."""
    names = [field.name for field in fields(kind)]
    get = attrgetter(*names)
    return get if len(names) > 1 else lambda thing: (get(thing),)


_document, _block, _cell, _table, _issue, _stated = map(getter, (Document, Block, Cell, Table, Issue, Stated))
_value = {kind: (number, getter(kind)) for number, kind in enumerate(_VALUES)}
_PLACES = {field.name: number for number, field in enumerate(fields(Document))}
_BLOCKS, _TABLES, _GLYPHS, _ISSUES, _STATED = map(
    _PLACES.__getitem__, ("blocks", "tables", "glyphs", "issues", "stated")
)


def plain_document(document: Document) -> Plain:
    told = list(_document(document))
    told[_BLOCKS] = [*map(_block, document.blocks)]
    told[_TABLES] = [_plain_table(table) for table in document.tables]
    told[_GLYPHS] = document.glyphs and (document.glyphs.page, document.glyphs.boxes)
    told[_ISSUES] = [*map(_issue, document.issues)]
    told[_STATED] = [*map(_stated, document.stated)]
    return tuple(told)


def document_of(plain: Plain) -> Document:
    """Raises where the tuple is none of a document."""
    told = list(plain)
    told[_BLOCKS] = tuple([Block(*block) for block in told[_BLOCKS]])
    told[_TABLES] = tuple([_table_of(*table) for table in told[_TABLES]])
    told[_GLYPHS] = Glyphs(*told[_GLYPHS]) if told[_GLYPHS] is not None else None
    told[_ISSUES] = tuple([Issue(*issue) for issue in told[_ISSUES]])
    told[_STATED] = tuple([Stated(*stated) for stated in told[_STATED]])
    return Document(*told)


def _plain_table(table: Table) -> Plain:
    name, _, caption, *rest = _table(table)
    return (name, [*map(_cell, table.cells)], caption and tuple(caption), *rest)


def _table_of(name: str, cells: Sequence[Plain], caption: Plain | None, *rest: Any) -> Table:
    return Table(name, tuple([Cell(*cell) for cell in cells]), Span(*caption) if caption is not None else None, *rest)


def plain_candidate(candidate: Candidate) -> Plain:
    kind, span, rule_id, value, groups, issues = candidate
    return kind, *span, rule_id, _plain_value(value), dict(groups), [*map(_issue, issues)]


def candidate_of(plain: Plain) -> Candidate:
    """Raises where the tuple is none of a candidate."""
    kind, start, end, rule_id, value, groups, issues = plain
    return Candidate(
        kind, Span(start, end), rule_id, _value_of(value), groups, tuple([Issue(*issue) for issue in issues])
    )


def _plain_value(value: Value) -> Plain | None:
    if value is None:
        return None
    number, get = _value[type(value)]
    told = get(value)
    if number == 0:
        start, end, *rest = told
        return (number, start and tuple(start), end and tuple(end), *rest)
    return number, *told


def _value_of(plain: Plain | None) -> Value:
    if plain is None:
        return None
    number, *told = plain
    if number == 0:
        told[:2] = [DatePoint(*point) if point is not None else None for point in told[:2]]
    made: Value = _VALUES[number](*told)
    return made
