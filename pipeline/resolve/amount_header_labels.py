"""What a table's headers say that the numbers of a cell are.

Takes a context, a table, a cell and the kind of its number; gives a label. Does not know units' factors.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.model import Candidate, Cell, Mention, Span, Table
from pipeline.resolve.amount_headers import (
    FORMULA,
    HeaderUnit,
    bare,
    dates_inside,
    header_text,
    place_of,
)
from pipeline.resolve.amount_notes import is_noun, units_inside
from pipeline.resolve.amount_row_names import ITEM, LONGEST_LABEL, between, dated, is_number, left, numbered
from pipeline.resolve.context import Context
from pipeline.resolve.continued_headers import column_headers
from pipeline.resolve.label_words import GAZETTEERS, LabelWords, label_words
from pipeline.resolve.noun_phrases import is_counted_by
from pipeline.text.patterns import late

#: the mark of an item whose name is lost: ア, (J)
_MARK = late("[ア-ンA-Za-zＡ-Ｚａ-ｚ一二三四五六七八九十]")
_BULLETS = "○◯〇●◎□■"
_MARKS = f"{_BULLETS}◆◇★☆▼▽▲△・※ "
#: a table's number before its title, and by what its rows are told apart
_NUMBERED = re.compile(r"^[（(【]?[表図][\s　]*[0-9０-９]*(?:[-－.．][0-9０-９]+)*[)）】]?[\s　.．:：]*(?=\S)")
#: a title of more than one thing: 人口と世帯
_SEVERAL = re.compile("[と、・]|及び|および|並びに")
_BY = re.compile(r"^(?:[一-龥々ァ-ヺー]{1,8}別)+の?(?=\S{2})")
_BRACKETS = ("（）", "()", "〔〕", "［］")
_BEHIND = re.compile(r"[（(〔［]([^（）()〔〕［］]+)[)）〕］]\s*$")
#: a cell of so few characters is hardly more than its number
_SHORT = 24
#: the end of a date before the rest of a header: 7年度中起債見込額, but 7年度中学校費
_ENDED = re.compile(r"^(?:末|比(?=[一-龥]{2})|中(?![学央小間心山部核途型古])|の)+")
_FIGURED = re.compile(r"[\s0-9０-９,，.．%％【】\[\]―－-]*")


def header_label(
    context: Context, table: Table, cell: Cell, dates: Sequence[Mention], unit: HeaderUnit | None, kind: str
) -> str:
    """What a column or row says that its numbers are: the innermost header that names something measured of their kind, else the
    innermost that is no date, number or unit. A column that says no more than 金額 gives way to its row."""
    words = label_words(*(context.gazetteers.get(name) for name in GAZETTEERS))
    columns = column_headers(context, table, cell)
    if len(columns) == 1 and _sums_measures(context, table, columns[-1], words, kind):
        return bare(header_text(context, columns[-1]))
    if _says_little(context, table, cell, words) and (name := left(context, table, cell, dates)):
        return words.trimmed(name)
    budgets = context.gazetteers["budget_words"].surfaces
    general: list[str] = []
    named: list[str] = []
    for header in (*reversed(columns), *between(context, table, cell, dates), *reversed(table.row_headers(cell))):
        text = words.parted(
            _name(
                context, header, dates, unit, words, _breaks_down(context, table, header, words), header not in columns
            )
        )
        if not text:
            continue
        if words.has(text, "column") or (
            header in columns and text in budgets and _begins_with_year(context, header, dates)
        ):
            general.append(text)
        elif kind in words.measured(text) or (header in columns and words.has(text, "comparing")):
            return next((name for name in named if words.has(name, "owner")), text)
        elif not (named and words.ends(text, "breakdown")):
            named.append(text)
    label = next(iter(named), "") or left(context, table, cell, dates, over=True)
    of_things = bool(columns) and kind not in words.measured(label) and not words.ends(label, "compared")
    if not label or words.has(label, "column") or of_things:
        label = _titled(context, table, kind, words) or label
    return label or next(iter(general), "")


def _sums_measures(context: Context, table: Table, total: Cell, words: LabelWords, kind: str) -> bool:
    """Whether a column of totals stands among columns that each say what is measured (補正前の額, 補正額, 計), and not among names (男, 女, 計)."""
    if not words.has(bare(header_text(context, total)), "sum"):
        return False
    row = [cell for cell in table.in_row(total.row) if cell.heading and cell.start != total.start and cell.column > 0]
    names = [bare(header_text(context, cell)) for cell in row]
    return bool(names) and all(kind in words.measured(name) for name in names)


def _titled(context: Context, table: Table, kind: str, words: LabelWords) -> str:
    """The caption or the line above, where it names something measured: 有収率 over rows of 当該値 and 平均値, 入所児童数 of 表２　施設別入所児童数の推移."""
    budgets = tuple(context.gazetteers["budget_words"].surfaces)
    first = next(cell.start for cell in table.cells if cell.end > cell.start)
    above = (line.span for line in context.blocks_before(Span(first, first + 1), 1) if not line.table_id)
    for span in (*([table.caption] if table.caption is not None else ()), *above):
        text = words.title_end.sub("", _NUMBERED.sub("", bare(_worded(context, span)).lstrip(_MARKS)))
        text = _BY.sub("", text)
        if _SEVERAL.search(text):
            continue
        if len(text) <= LONGEST_LABEL and kind in words.measured(text) and not text.endswith(budgets):
            return text
    return ""


def _worded(context: Context, place: Cell | Span) -> str:
    """A header's words without blanks, without lines of figures below them, such as a chart's axis, and of a unit alone."""
    lines = context.document.text[place.start : place.end].split("\n")
    units = {unit.span.cut(context.document.text) for unit in context.inside("unit", Span(place.start, place.end))}
    worded = [line for line in lines if not _FIGURED.fullmatch(line) and not (line.strip() in units and len(lines) > 1)]
    return "".join("".join(worded or lines).split())


def header_of_words(
    context: Context, table: Table, cell: Cell, number: Span, dates: Sequence[Mention], kind: str
) -> str:
    """What the headers say of a number among the words of a cell: the innermost header that measures it, else, for the first number of a short
    cell, the column's name (補助率 of 1kW当たり2万円); nothing of a number in brackets or by which another one is counted."""
    text = context.document.text
    before = text[cell.start : number.start]
    if is_counted_by(text, number.end) or any(before.count(pair[0]) > before.count(pair[1]) for pair in _BRACKETS):
        return ""
    words = label_words(*(context.gazetteers.get(name) for name in GAZETTEERS))
    columns = table.column_headers(cell)
    headers = (*reversed(columns), *reversed(table.row_headers(cell)))
    names = [name for header in headers if (name := _name(context, header, dates, None, words))]
    measured = next((name for name in names if kind in words.measured(name) and not words.has(name, "column")), "")
    if not columns or cell.end - cell.start > _SHORT or not names:
        return measured
    first = [a.span for a in context.inside("amount", _span(cell)) if not is_counted_by(text, a.span.end)]
    name = _name(context, columns[-1], dates, None, words)
    own = bool(first) and first[0] == number and words.measured(name) and not words.has(name, "column")
    return name if own else measured


def _breaks_down(context: Context, table: Table, header: Cell, words: LabelWords) -> bool:
    """Whether a header is one of the parts of a breakdown above it: 国 of 財源内訳."""
    above = table.column_headers(header)
    return bool(above) and words.ends(bare(header_text(context, above[-1])), "breakdown")


def _says_little(context: Context, table: Table, cell: Cell, words: LabelWords) -> bool:
    """Whether a column is of names and their numbers both, or of any sums (説明, 増減事由別内訳, 金額); where there is no column header,
    the nearest cell names the number, but for a total of what stands before it."""
    headers = column_headers(context, table, cell)
    for header in reversed(headers):
        text = bare(header_text(context, header))
        if text and not any(_bare_unit(context, header, found) for found in units_inside(context, _span(header))):
            return words.has(text, "column") or words.has(text, "none") or words.ends(text, "breakdown")
    return not headers and not words.has(left(context, table, cell, ()), "sum")


def _span(cell: Cell) -> Span:
    return Span(cell.start, cell.end)


def _name(
    context: Context,
    header: Cell,
    dates: Sequence[Mention],
    unit: HeaderUnit | None,
    words: LabelWords,
    breaks_down: bool = False,
    in_row: bool = False,
) -> str:
    """A header's words, "" where they are a date, a number, a unit or say nothing; of a date with more words the measured rest
    (予算額 of 令和3年度予算額)."""
    if unit is not None and unit.antecedent == place_of(header) and _named(context, header):
        return ""
    if (
        dated(context, header, dates)
        and not (in_row and _keeps_date(header, dates))
        and not words.ends(header_text(context, header), "relative")
    ):
        text = _beside_dates(context, header, dates)
        return text if words.measured(text) else ""
    text = _undated(context, header, dates, words)
    text = bare(ITEM.sub("", text) if numbered(context, header) else text).lstrip(_BULLETS)
    text = FORMULA.sub("", text)
    if words.has(text, "named_behind"):
        text = _in_brackets(context, header) or text
    if (
        not text
        or (words.has(text, "none") and not (breaks_down and words.has(text, "region")))
        or _MARK.fullmatch(text)
        or len(text) > LONGEST_LABEL
        or is_number(context, header, text)
    ):
        return ""
    only_unit = any(_bare_unit(context, header, unit) for unit in units_inside(context, _span(header)))
    return "" if only_unit else text


def _in_brackets(context: Context, header: Cell) -> str:
    """What stands in brackets behind a header that says little (指標（普及率）), "" where that is a unit or date."""
    match = _BEHIND.search(context.document.text, header.start, header.end)
    inside = Span(*match.span(1)) if match is not None else None
    if inside is None or units_inside(context, inside) or context.inside("date", inside):
        return ""
    return "".join(inside.cut(context.document.text).split())


def _keeps_date(header: Cell, dates: Sequence[Mention]) -> bool:
    """Whether a row's name begins with a date that is told from another one and goes on: 当年度純利益, 前年度繰越金."""
    date = next(dates_inside(dates, _span(header)), None)
    return (
        date is not None and date.basis == "relative" and date.span.start == header.start < date.span.end < header.end
    )


def _undated(context: Context, header: Cell, dates: Sequence[Mention], words: LabelWords) -> str:
    """A header's words, without a date that begins them and leaves something measured: 現在高見込額 for 7年度末現在高見込額."""
    date = next(dates_inside(dates, _span(header)), None)
    if date is not None and date.span.start == header.start and date.basis != "relative":
        rest = _beside_dates(context, header, dates)
        if words.measured(rest):
            return rest
    return _worded(context, header)


def _beside_dates(context: Context, header: Cell, dates: Sequence[Mention]) -> str:
    """The words of a header without its dates."""
    rest: list[str] = []
    at = header.start
    for date in dates_inside(dates, Span(header.start, header.end)):
        rest.append(context.document.text[at : date.span.start])
        at = date.span.end
    rest.append(context.document.text[at : header.end])
    text = "".join("".join(rest).split())
    return _ENDED.sub("", bare(text)) or text.strip("（()）")


def _named(context: Context, header: Cell) -> bool:
    """Whether a header is a mere noun that served as the unit."""
    return any(is_noun(unit) for unit in units_inside(context, _span(header)))


def _bare_unit(context: Context, header: Cell, unit: Candidate) -> bool:
    return not is_noun(unit) and unit.span.start == header.start and unit.span.end == header.end


def _begins_with_year(context: Context, header: Cell, dates: Sequence[Mention]) -> bool:
    """Whether a header begins with the year of its budget or accounts (R4決算, 令和6年度予算): the row tells what that is of."""
    return any(date.span.start == header.start for date in dates_inside(dates, Span(header.start, header.end)))
