"""The unit and the label that a table's headers, caption and notes give to the numbers of its cells.

Takes a context, a table and a cell; gives a unit with its factor and where it stands, and a label. Does not read numbers.

What a header's words say of its numbers (予算額: money, 増減率: percent, 番号: names) is data: `rules/gazetteer/header_words.csv`;
so are the units and powers of ten that a mere number bears in a header (500人, 3千円): `header_counters.csv`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from pipeline.engine.gazetteer import Gazetteer, Row
from pipeline.model import AmountValue, Candidate, Cell, Mention, Span, Table
from pipeline.resolve.amount_notes import is_note, notes_of, stated_units, units_inside
from pipeline.resolve.context import Context
from pipeline.resolve.continued_headers import column_headers, headed
from pipeline.text.orthography import words
from pipeline.text.patterns import late

_BRACKET = late(r"[(（\[〔【][^()（）\[\]〔〕【】]*[)）\]〕】]")
_ORNAMENT = "・:：－-―–—＝=+＋÷×※*＊、 "
_CIRCLED = re.compile(r"[①-⑳Ⓐ-ⓩ]")
_FIGURE_ALONE = re.compile(r"[\s△▲\-−－(（]*[0-9０-９,，.．\s]+[%％)）]?")
#: the letter by which a formula calls a column: 人件費Ｂ, 人件費率Ｂ／Ａ
FORMULA = re.compile(r"(?<=[一-龥々）)])[A-ZＡ-Ｚ](?:[/／÷×+＋−－-][A-ZＡ-Ｚ])*$")
#: sums are written without decimals up to thousands
_WHOLE = 1000
#: characters of a unit, its brackets and the line's end behind it
_LONGEST_UNIT = 16
#: what a header says of numbers that are counted as those beside them are, or in per cent (前月比)
CHANGE = "change"
_DITTO = late(rf"\s*{words('ditto')}\s*")
#: units of what is measured in nothing else
OF_ITSELF = {"percent": "%", "temperature": "Cel"}
#: what a header's name seems to be, and what its numbers are by the table's only note: 一般会計 heads persons below 単位：人
_RATHER_THE_NOTE = {("money", "count"), ("money", "percent")}


@dataclass(frozen=True, slots=True)
class HeaderUnit:
    """What a bare number is multiplied by and counted in; `antecedent` as in a mention (`cell:t1/0/2`, `caption:88`);
    `title` is the line above the table where that said it."""

    unit: str
    kind: str
    factor: Decimal
    antecedent: str
    title: Span | None = None


def holds_numbers_of_things(context: Context, table: Table, cell: Cell) -> bool:
    """False for a header cell, for a column whose header says that its numbers are names (番号, 年度), and for row numbers."""
    if cell.heading:
        return False
    headers = table.column_headers(cell)
    if not headers:
        return cell.column > 0
    return header_kind(context, headers[-1]) != "name"


def header_kind(context: Context, header: Cell | Span) -> str:
    """What the numbers below a header are by its words: `money`, `percent`, `count` …, `name`; "" where they do not say."""
    return _kind(header_text(context, header), context.gazetteers.get("header_words"))


def heads_shares(context: Context, table: Table, cell: Cell) -> bool:
    """Whether a header of a cell says that its numbers are shares (補助率, 負担割合)."""
    headers = (*table.column_headers(cell), *table.row_headers(cell))
    return any(header_kind(context, header) in ("percent", "ratio") for header in headers)


@lru_cache(maxsize=1 << 12)
def _kind(text: str, gazetteer: Gazetteer | None) -> str:
    """Of the longest word that a header is, or ends with; every number below a header asks for it."""
    row = header_word(text, gazetteer)
    return row["kind"] if row is not None else ""


@lru_cache(maxsize=1 << 12)
def header_word(text: str, gazetteer: Gazetteer | None) -> Row | None:
    """The longest word that a header is, or ends with; the letter by which a formula calls its column (職員数Ａ) is none of it."""
    text = FORMULA.sub("", bare(text))
    rows = gazetteer.rows if gazetteer is not None else ()
    fitting = [r for r in rows if text == r["surface"] or (r["place"] == "end" and text.endswith(r["surface"]))]
    return max(fitting, key=lambda row: len(row["surface"]), default=None)


def header_unit(context: Context, table: Table, cell: Cell, decimals: bool = False) -> HeaderUnit | None:
    """The nearest unit: column headers from the innermost, row headers from the nearest, caption, notes above the table.

    A note with several units (単位：千円、人) gives the one of the kind that the headers name; where no column does, a number with
    `decimals` below 単位：千円、％ is a per cent. A header that is a mere noun (都市, 国・地域) is a unit where nothing else is.
    """
    headers = (*reversed(table.column_headers(cell)), *reversed(table.row_headers(cell)))
    for header in headers:
        found = stated_units(context, Span(header.start, header.end))
        if found:
            return _read(found[0], place_of(header))
    beside = _in_unit_column(context, table, cell)
    if beside is not None:
        return beside
    kind = next((kind for header in headers if (kind := _kind_below(context, cell, header))), "")
    written = "".join(header_text(context, header) for header in headers)
    told = any(header_kind(context, header) for header in table.column_headers(cell))
    for span in notes_of(context, table):
        found = stated_units(context, span)
        fitting = _fitting(
            found, ("" if told or not decimals else _of_decimals(found)) or kind, written, context.document.text
        )
        if fitting is not None:
            return _read(fitting, f"caption:{fitting.span.start}")
        seems = (kind, _value(found[0]).kind) if len(found) == 1 and is_note(found[0]) else ("", "")
        if seems in _RATHER_THE_NOTE or (decimals and seems == ("count", "percent")):
            return _read(found[0], f"caption:{found[0].span.start}")
        if found and kind not in OF_ITSELF:
            return None
    if kind in OF_ITSELF:
        # 構成比 beside 単位：千円 needs no unit of its own
        header = next(header for header in headers if header_kind(context, header) == kind)
        return HeaderUnit(OF_ITSELF[kind], kind, Decimal(1), place_of(header))
    for header in reversed(table.column_headers(cell)):
        found = units_inside(context, Span(header.start, header.end))
        if found and cell.column > 0:
            return _read(found[0], place_of(header))
    return _of_its_group(context, table, cell) or _of_header_above(context, table, cell)


def _of_its_group(context: Context, table: Table, cell: Cell) -> HeaderUnit | None:
    """The one unit of the columns under the same name (説明 over words and 千円), for sums among the words of a cell."""
    if _FIGURE_ALONE.fullmatch(context.document.text, cell.start, cell.end):
        return None
    for group in reversed(column_headers(context, table, cell)):
        if group.column_span > 1:
            under = [
                c for column in group.columns for c in headed(context, table).heads_of(column) if c.row > group.row
            ]
            units = [(unit, c) for c in under for unit in stated_units(context, Span(c.start, c.end))]
            if len({(_value(unit).unit, _value(unit).number) for unit, _ in units}) == 1:
                return _read(units[0][0], place_of(units[0][1]))
    return None


def _of_header_above(context: Context, table: Table, cell: Cell) -> HeaderUnit | None:
    """The unit of the column's header in a table above that this one goes on from."""
    for header in reversed(column_headers(context, table, cell)):
        found = stated_units(context, Span(header.start, header.end))
        if found:
            return _read(found[0], place_of(header))
    return None


def unit_before(context: Context, number: Span) -> HeaderUnit | None:
    """The unit that ends the name before or above a number in lenticular brackets (給水原価(円) 【314.83】)."""
    if "【" not in context.document.text[number.start - 2 : number.start]:
        return None
    units = stated_units(context, Span(max(0, number.start - _LONGEST_UNIT), number.start))
    if not units or context.between(units[-1].span, number) not in (")【", "）【"):
        return None
    return _read(units[-1], f"caption:{units[-1].span.start}")


def unit_of(before: Mention) -> HeaderUnit:
    """The unit of the number before, for its change in brackets behind it (68,421人（前月比－32）)."""
    return HeaderUnit(before.columns["unit"], before.columns["kind"], Decimal(1), f"caption:{before.span.start}")


def _kind_below(context: Context, cell: Cell, header: Cell) -> str:
    """What numbers a header has, "" where it does not say; a row of persons (議員) does not say what its columns tell of them."""
    row = header_word(header_text(context, header), context.gazetteers.get("header_words"))
    if row is None or row["kind"] in ("name", CHANGE):
        return ""
    of_persons = row["counter"] and not row["title"] and header.column < cell.column and header.row == cell.row
    return "" if of_persons else row["kind"]


def _in_unit_column(context: Context, table: Table, cell: Cell) -> HeaderUnit | None:
    """The unit that the row has in a column headed 単位, before the figures or behind them."""
    gazetteer = context.gazetteers.get("header_words")
    for other in table.in_row(cell.row):
        if other.column == cell.column or other.end <= other.start:
            continue
        told = _repeated(context, table, other)
        found = units_inside(context, Span(told.start, told.end))
        heads = table.column_headers(other)
        if found and heads and _kind(header_text(context, heads[-1]), gazetteer) == "unit":
            return _read(found[0], place_of(told))
    return None


def _repeated(context: Context, table: Table, cell: Cell) -> Cell:
    """The cell above that a mark repeats (〃), else the cell itself."""
    row = cell.row
    while row and _DITTO.fullmatch(context.document.text, cell.start, cell.end):
        row -= 1
        cell = next((c for c in table.in_row(row) if c.column == cell.column and c.end > c.start), cell)
    return cell


def _fitting(units: Sequence[Candidate], kind: str, written: str, text: str) -> Candidate | None:
    """The unit of a note that numbers of a kind have, of several the one that the headers name (世帯 for 世帯数); of an unknown kind,
    the only one that is no percent, or per cent where nothing else stands there."""
    if kind:
        fitting = [unit for unit in units if _value(unit).kind in kind.split("|")]
        named = [unit for unit in fitting if "".join(unit.span.cut(text).split()).lstrip("十百千万億兆") in written]
        apart = len({_value(unit).unit for unit in fitting}) > 1
        return next(iter(named or ([] if apart else fitting)), None)
    plain = [unit for unit in units if _value(unit).kind != "percent"] or units
    return plain[0] if len({_value(unit).unit for unit in plain}) == 1 else None


def _of_decimals(units: Sequence[Candidate]) -> str:
    """What a number with decimals is below a note of yen (or thousands of them), or counters, and per cent: the others have none."""
    shares = [unit for unit in units if _value(unit).kind == "percent"]
    whole = [u for u in units if _value(u).kind in ("money", "count") and (_value(u).number or 1) <= _WHOLE]
    return "percent" if shares and whole and len(whole) + len(shares) == len(units) else ""


def place_of(cell: Cell) -> str:
    return f"cell:{cell.table_id}/{cell.row}/{cell.column}"


def header_words(context: Context, cell: Cell) -> str:
    """A header's words without blanks, brackets and ornaments: 合計 for 「合 計（千円）」."""
    return bare(header_text(context, cell))


def _value(candidate: Candidate) -> AmountValue:
    assert isinstance(candidate.value, AmountValue)
    return candidate.value


def _read(candidate: Candidate, antecedent: str) -> HeaderUnit:
    value = _value(candidate)
    return HeaderUnit(value.unit, value.kind, value.number or Decimal(1), antecedent)


def header_text(context: Context, cell: Cell | Span) -> str:
    return "".join(context.document.text[cell.start : cell.end].split())


@lru_cache(maxsize=1 << 12)
def bare(text: str) -> str:
    return _CIRCLED.sub("", _BRACKET.sub("", text)).strip(_ORNAMENT)


def dates_inside(dates: Sequence[Mention], span: Span) -> Iterator[Mention]:
    """Those of the dates (sorted by span, apart from each other) that lie wholly in a span."""
    at = bisect_left(dates, span.start, key=_start)
    while at < len(dates) and dates[at].span.end <= span.end:
        yield dates[at]
        at += 1


def _start(date: Mention) -> int:
    return date.span.start
