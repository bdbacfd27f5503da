"""Amounts as understood: unit, label and period from the table or the sentence around a number.

Takes a `Context` and the resolved dates; gives amount mentions and issues. Does not read numerals.

A cell's own unit stands; a bare number takes the nearest one of its headers, its table's caption and the notes above it (`basis` header), and is no
mention where there is none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from pipeline.model import AmountValue, Candidate, DateValue, Issue, Mention, Span
from pipeline.resolve.amount_around import Surroundings
from pipeline.resolve.amount_carried import PART
from pipeline.resolve.amount_compared import compared_unit
from pipeline.resolve.amount_counters import counted_unit
from pipeline.resolve.amount_doubts import amount_doubts
from pipeline.resolve.amount_figures import Figure
from pipeline.resolve.amount_header_labels import header_label, header_of_words
from pipeline.resolve.amount_headers import (
    HeaderUnit,
    dates_inside,
    header_kind,
    header_unit,
    heads_shares,
    holds_numbers_of_things,
    unit_before,
    unit_of,
)
from pipeline.resolve.amount_labels import Labels, bracketed_label, named_label
from pipeline.resolve.amount_periods import Period, period_of, table_period
from pipeline.resolve.amount_rows_below import cell_above
from pipeline.resolve.amount_topics import OF_THE_SOURCE, told_period
from pipeline.resolve.amount_totals import total_issues
from pipeline.resolve.context import Context
from pipeline.resolve.place_names import places
from pipeline.resolve.repairs import repair_issues
from pipeline.text.numerals import plain

#: how far a place name may reach beyond a number inside it, in characters
_NAME = 8
_TIMES = ("×", "✕")
_OF_TABLES = (*OF_THE_SOURCE, "ratio")


def resolve_amounts(context: Context, dates: list[Mention]) -> tuple[list[Mention], list[Issue]]:
    """Mentions sorted by span. `columns` are the columns of `amounts.csv`; `period_span` (`start:end`) names the date mention that gave the period."""
    mentions: list[Mention] = []
    issues: list[Issue] = []
    labels = Labels(context, tuple(dates))
    surroundings = Surroundings(context, dates)
    for candidate in context.of_kind("amount"):
        mention = _mention(surroundings, candidate, labels, mentions[-1] if mentions else None)
        if mention is not None:
            mentions.append(mention)
            issues += [*candidate.issues, *repair_issues(context, candidate), *amount_doubts(context, mention)]
    lengths = list(_lengths_of_time(surroundings))
    if lengths:
        mentions = sorted([*mentions, *lengths], key=lambda mention: mention.span)
    return mentions, [*issues, *total_issues(context, mentions)]


def _mention(
    surroundings: Surroundings, candidate: Candidate, labels: Labels, before: Mention | None
) -> Mention | None:
    context, dates = surroundings.context, surroundings.dates
    value = candidate.value
    assert isinstance(value, AmountValue)
    if _is_name(context, candidate):
        return None
    framed = unit_before(context, candidate.span) if not value.unit and not value.kind else None
    if framed is None and "of_before" in candidate.groups:
        # the number before the bracket may have been none of an amount: 国道8号線（前年比 12）
        framed = unit_of(before) if before is not None and not _has_digit(context, before, candidate) else None
        if framed is None:
            return None
    if framed is not None:
        period = told_period(context, candidate.span, framed.kind, 0, False, dates)
        return _written(candidate, value, framed, "", period)
    placed = context.cell(candidate.span)
    if placed is None and not value.unit and not value.kind:
        placed = cell_above(context, candidate.span)
        if placed is None:
            return None
    if placed is None:
        return _told(context, candidate, value, dates, labels, before)
    table, cell = placed
    fills = 2 * (candidate.span.end - candidate.span.start) >= cell.end - cell.start or not value.unit
    label = bracketed_label(context, candidate.span, cell) if fills else ""
    unit: HeaderUnit | None = None
    if not value.unit:
        if not holds_numbers_of_things(context, table, cell):
            return None
        whole = value.number is not None and value.number % 1 == 0
        unit = (
            header_unit(context, table, cell, _has_decimals(context, candidate.span))
            or compared_unit(context, table, cell)
            or counted_unit(context, table, cell, whole)
        )
        if unit is None and not value.kind:
            return None
    if "share_alone" in candidate.groups and not heads_shares(context, table, cell):
        return None
    if not fills:
        told = _told(context, candidate, value, dates, labels, before)
        if not told.columns["label"]:
            label = header_of_words(context, table, cell, candidate.span, dates, value.kind)
            told = told._replace(columns=told.columns | {"label": label})
        if "period_span" in told.columns:
            return told
        return _of_cell(told, Figure(surroundings, table, cell, value.kind, told.columns["label"]))
    kind = unit.kind if unit is not None else value.kind
    label = label or _in_cell(context, candidate, value, labels)
    if not label and not _is_factor(context, candidate.span, value.kind):
        label = header_label(context, table, cell, dates, unit, kind)
    title = unit.title if unit is not None else None
    covers = unit is not None or value.kind in _OF_TABLES
    return _written(
        candidate, value, unit, label, table_period(Figure(surroundings, table, cell, kind, label, title, covers))
    )


def _of_cell(told: Mention, figure: Figure) -> Mention:
    """A number of a cell's words with the time of its row, column or table, where its words name none."""
    period = Period() if figure.timeless else table_period(figure)
    return told._replace(columns=told.columns | _period_columns(period)) if period.edtf else told


def _has_decimals(context: Context, number: Span) -> bool:
    text = number.cut(context.document.text)
    return "." in text or "．" in text


def _is_factor(context: Context, number: Span, kind: str) -> bool:
    """Whether a share is what a sum is multiplied by (調定見込額 408,000×98.9％), of which its row does not tell."""
    return kind in ("percent", "ratio") and context.document.text[number.start - 1 : number.start] in _TIMES


def _in_cell(context: Context, candidate: Candidate, value: AmountValue, labels: Labels) -> str:
    """The label that stands before a number in its own cell."""
    if not value.unit:
        return named_label(context, candidate.span)
    found = labels.beside(candidate, value.kind)
    return found.text if found is not None and len(found.text) > 1 else ""


def _has_digit(context: Context, before: Mention, candidate: Candidate) -> bool:
    """Whether another number stands between two."""
    return any(sign.isdecimal() for sign in context.document.text[before.span.end : candidate.span.start])


def _told(
    context: Context,
    candidate: Candidate,
    value: AmountValue,
    dates: Sequence[Mention],
    labels: Labels,
    before: Mention | None,
) -> Mention:
    """An amount of running text; a part of the number `before` it is of the same time."""
    label = labels.told(candidate, value.kind)
    # L=680m: a formula's letter says nothing
    text = label.text if label is not None and len(label.text) > 1 else ""
    years = int(value.number) if value.unit == "年" and value.number is not None and value.maximum is None else 0
    bounds = value.modifier not in ("exact", "approx")
    period = told_period(context, candidate.span, value.kind, years, bool(text), dates, bounds)
    if label is not None and label.relation == PART and period.span is None and before is not None:
        period = period_of(before)
    return _written(candidate, value, None, text, period)


def _lengths_of_time(surroundings: Surroundings) -> Iterator[Mention]:
    """50年 that fills a cell is the year of an era where a year stands above it; it is a length of time where its header says so (耐用年数)."""
    context, dates = surroundings.context, surroundings.dates
    for candidate in context.of_kind("date"):
        start = candidate.value.start if isinstance(candidate.value, DateValue) and not candidate.value.range else None
        if start is None or start.short_year is None or start.month is not None or start.fiscal:
            continue
        placed = context.cell(candidate.span)
        if placed is None or next(dates_inside(dates, candidate.span), None) is not None:
            continue
        headers = (*placed[0].column_headers(placed[1]), *placed[0].row_headers(placed[1]))
        if any(header_kind(context, header) == "duration" for header in headers):
            value = AmountValue(Decimal(start.short_year), unit="年", kind="duration")
            label = header_label(context, *placed, dates, None, "duration")
            figure = Figure(surroundings, *placed, "duration", label)
            yield _written(candidate, value, None, label, table_period(figure))


def _is_name(context: Context, candidate: Candidate) -> bool:
    """四万十町 and 三重県 are places, not 40010 towns and 3 prefectures; 七尾 and 三島 are cities without their 市."""
    span = candidate.span
    surface = span.cut(context.document.text)
    if surface[:1] not in "0123456789":
        names = places(context.gazetteers).surfaces
        if any(f"{surface}{end}" in names for end in "市町村"):
            return True
    around = Span(max(0, span.start - _NAME), span.end + _NAME)
    return any(place.span.covers(span) for place in context.inside("municipality", around))


def _written(candidate: Candidate, value: AmountValue, unit: HeaderUnit | None, label: str, period: Period) -> Mention:
    factor = unit.factor if unit is not None else 1
    columns = {
        "value": value.ratio or (plain(value.number * factor) if value.number is not None else ""),
        "value_max": plain(value.maximum * factor) if value.maximum is not None else "",
        "unit": unit.unit if unit is not None else value.unit,
        "kind": unit.kind if unit is not None else value.kind,
        "modifier": value.modifier,
        "label": label,
        **_period_columns(period),
    }
    return Mention(
        "amount",
        candidate.span,
        candidate.rule_id,
        columns,
        "header" if unit is not None else "explicit",
        unit.antecedent if unit is not None else "",
    )


def _period_columns(period: Period) -> dict[str, str]:
    span = {"period_span": f"{period.span.start}:{period.span.end}"} if period.span is not None else {}
    return {"period": period.edtf, **span}
