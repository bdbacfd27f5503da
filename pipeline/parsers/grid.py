"""The table grid that html and pdf share: which cells are headers, and the header path of every cell.

Takes placed cells, gives them back in row-major order with `heading` and `header` set. Does not know where they came from.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.model import Glyphs
from pipeline.parsers.cell_kinds import is_date, is_mark, is_ordinal, is_prose, is_value

_FIGURE = re.compile(r"^[\s△▲\-−－(（]*[0-9０-９][0-9０-９,，.．\s]*[%％)）]?$")
#: a year may stand over a column as well as in it
_YEAR = re.compile(r"^(?:19|20)[0-9]{2}$")
_FIGURES = re.compile(r"[0-9０-９]")
#: what stands alone in a row of units or of column letters: （千円）, ％, A, B-A
_UNIT = re.compile(
    r"^[(（]?(?:単位[:：])?(?:[十百千万億兆]*(?:円|人|名|戸|世帯|件|回|台|校|棟|本|点|歳|年|月|日|時間|分|箇所|か所|ha|㎡|㎥|㎞|㌔|㌧)"
    r"|[%％‰]|k?[mgtWl]h?|[A-ZＡ-Ｚ](?:[\-－−+＋=＝/／][A-ZＡ-Ｚ])*)[)）]?$"
)


_SOFT_BREAK = re.compile(r"(?<=[^\x00-\x7f])[ 　]*\n[ 　]*(?=[^\x00-\x7f])")


@dataclass(frozen=True, slots=True)
class PlacedCell:
    """One cell before it is written: row and column from 0; `heading` None where the format does not say.

    `glyphs` tells where each character of `text` lies where there is a page, `box` where the cell does.
    """

    row: int
    column: int
    text: str
    row_span: int = 1
    column_span: int = 1
    heading: bool | None = None
    header: str = ""
    page: int = 0
    box: tuple[float, ...] = ()
    glyphs: Glyphs | None = None
    element: str = ""


def headed(cells: Sequence[PlacedCell], header_rows: int | None = None) -> tuple[PlacedCell, ...]:
    """Row-major cells with `heading` decided and `header` filled: the texts of the header cells above, joined by `/`.

    >>> grid = [PlacedCell(0, 0, "年度"), PlacedCell(0, 1, "予算", column_span=2), PlacedCell(1, 0, ""),
    ...         PlacedCell(1, 1, "予算額"), PlacedCell(1, 2, "決算額"), PlacedCell(2, 0, "30年度"),
    ...         PlacedCell(2, 1, "25.8"), PlacedCell(2, 2, "17.8")]
    >>> [cell.header for cell in headed(grid)][-2:]
    ['予算/予算額', '予算/決算額']
    """
    ordered = sorted(cells, key=lambda cell: (cell.row, cell.column))
    top = _header_rows(ordered) if header_rows is None else header_rows
    bands = _bands(ordered, top) if header_rows is None else []
    left = _header_columns(ordered, top)
    heading = [
        cell.heading if cell.heading is not None else (cell.row < top or cell.column < left or cell.row in bands)
        for cell in ordered
    ]
    paths = _paths([cell for cell, heads in zip(ordered, heading, strict=True) if heads], top)
    above = {(cell.row, cell.column): one_line(cell.text) for cell in ordered if cell.row in bands}

    def header(cell: PlacedCell) -> str:
        if cell.row < top or cell.row in bands:
            return ""
        return above.get((cell.row - 1, cell.column), "") if cell.row - 1 in bands else paths.get(cell.column, "")

    return tuple(_with_header(cell, heads, header(cell)) for cell, heads in zip(ordered, heading, strict=True))


def _with_header(cell: PlacedCell, heading: bool, header: str) -> PlacedCell:
    """`dataclasses.replace`, which takes several times as long."""
    return PlacedCell(
        cell.row,
        cell.column,
        cell.text,
        cell.row_span,
        cell.column_span,
        heading,
        header,
        cell.page,
        cell.box,
        cell.glyphs,
        cell.element,
    )


def one_line(text: str) -> str:
    """A text for a path of headers or headings: a line break between Japanese characters is nothing, any other white space one blank.

    >>> one_line("産科又は産\\n婦人科 A\\nB")
    '産科又は産婦人科 A B'
    """
    return " ".join(_SOFT_BREAK.sub("", text).split())


def _bands(cells: Sequence[PlacedCell], top: int) -> list[int]:
    """Header rows further down, in a table that is folded.

    They begin with the first header's name again (区分), or rows of names and rows of figures take turns all the way.

    >>> rows = [("千代田", "中央", "港"), ("10", "35", "155"), ("世田谷", "渋谷", "中野"), ("191", "69", "62")]
    >>> folded = [PlacedCell(r, c, text) for r, row in enumerate(rows) for c, text in enumerate(row)]
    >>> _bands(folded, 1), [cell.header for cell in headed(folded)][-3:]
    ([2], ['世田谷', '渋谷', '中野'])
    """
    rows: dict[int, list[PlacedCell]] = {}
    for cell in cells:
        if cell.text.strip() and cell.heading is None:
            rows.setdefault(cell.row, []).append(cell)
    last = max(rows, default=0)
    if top != 1 or last < 3 or 0 not in rows:
        return []
    if repeated := _repeated(rows):
        return repeated
    if last % 2 == 0 or sorted(rows) != list(range(last + 1)) or len(rows[0]) < 3:
        return []
    turns = all(
        all(is_value(cell.text) == bool(row % 2) for cell in members)
        and (row % 2 == 0 or any(_FIGURES.search(cell.text) for cell in members))
        for row, members in rows.items()
    )
    return list(range(2, last, 2)) if turns else []


def _repeated(rows: Mapping[int, Sequence[PlacedCell]]) -> list[int]:
    """Rows that begin as the header does and hold names of their own behind that, two at least.

    >>> rows = [("区分", "扶養手当", "住居手当"), ("本年度", "5", "6"), ("区分", "期末手当", "勤勉手当"), ("本年度", "7", "8")]
    >>> _repeated({r: [PlacedCell(r, c, text) for c, text in enumerate(row)] for r, row in enumerate(rows)})
    [2]
    """
    first = next((cell for cell in rows[0] if cell.row_span == 1), None)
    if first is None:
        return []
    found: list[int] = []
    for row, members in rows.items():
        begins = any(cell.column == first.column and cell.text == first.text for cell in members)
        if row and begins and sum(cell.column > first.column for cell in members) > 1:
            if any(is_value(cell.text) for cell in members):
                return []
            found.append(row)
    return found


def _paths(cells: Sequence[PlacedCell], top: int) -> dict[int, str]:
    """Of header cells: the header path of each column, outermost first; a text that repeats is told once."""
    above: dict[int, list[str]] = {}
    for cell in cells:
        text = one_line(cell.text)
        if cell.row >= top or not text or is_prose(text):
            continue
        for column in range(cell.column, cell.column + cell.column_span):
            path = above.setdefault(column, [])
            if text not in path:
                path.append(text)
    return {column: "/".join(path) for column, path in above.items()}


def _header_rows(cells: Sequence[PlacedCell]) -> int:
    """Rows at the top that head the others: rows of th; without th the first row, unless it holds values or running text, and
    what goes on below it: units, what a name over several columns is parted into, what names of several rows stand beside.

    >>> _header_rows([PlacedCell(0, 0, "区分"), PlacedCell(0, 1, "額"), PlacedCell(1, 1, "（千円）"), PlacedCell(2, 1, "5")])
    2
    """
    if not cells:
        return 0
    rows: dict[int, list[PlacedCell]] = {}
    for cell in cells:
        if cell.text.strip():
            rows.setdefault(cell.row, []).append(cell)
    last = max(cell.row + cell.row_span for cell in cells) - 1
    width = max(cell.column + cell.column_span for cell in cells)
    top = 0
    title = True
    for row in range(last):
        here = rows.get(row, [])
        if not here and top == row and row and title:
            top += 1  # the white between a title and its table
            continue
        explicit = [cell.heading for cell in here if cell.heading is not None]
        if explicit:
            belongs = all(explicit)
        elif len(here) == 1 and here[0].column_span == width > 1 and title:
            belongs = not is_value(here[0].text)
        elif any(is_figure(cell.text) for cell in here) or (
            width > 1 and _holds_values(here if title else [cell for cell in here if cell.row_span == 1], rows, width)
        ):
            belongs = False
        else:
            belongs = title or _is_under_header(here, rows, row)
            title = False
        if not belongs:
            break
        top = row + 1
    while top > 0 and not rows.get(top - 1):
        top -= 1
    return top


def _holds_values(here: Sequence[PlacedCell], rows: Mapping[int, Sequence[PlacedCell]], width: int) -> bool:
    """Whether a row tells something instead of naming columns.

    Days name columns too, but not columns of days.
    """
    if any(is_value(cell.text) or is_ordinal(cell.text) for cell in here):
        return True
    if any(is_prose(cell.text, beside_name=width == 2 and cell.column > 0) for cell in here):
        return True
    for cell in here:
        if is_date(cell.text):
            below = [
                is_date(other.text)
                for row in rows
                if row > cell.row
                for other in rows[row]
                if other.column == cell.column
            ]
            if width == 2 or (width == 4 and cell.column % 2) or 2 * sum(below) > len(below):
                return True
    return False


def _is_under_header(here: Sequence[PlacedCell], rows: Mapping[int, Sequence[PlacedCell]], row: int) -> bool:
    if not here:
        return False
    if all(is_unit(cell.text) for cell in here):
        return True
    heads = [cell for above in range(row) for cell in rows.get(above, [])]
    if any(cell.row + cell.row_span > row for cell in heads):
        return True
    spanning = [cell for cell in heads if cell.column_span > 1 and cell.row + cell.row_span == row]
    if any(
        above.column <= cell.column and cell.column + cell.column_span <= above.column + above.column_span
        for above in spanning
        for cell in here
        if cell.column_span < above.column_span
    ):
        return True
    below = {cell.column for cell in rows.get(row + 1, []) if is_value(cell.text)}
    return here[0].column > 0 and all(cell.column in below for cell in here)


def _header_columns(cells: Sequence[PlacedCell], top: int) -> int:
    """Columns at the left that name the rows: the first if it has no figure, and each one right of a cell that spans rows."""
    columns = max((cell.column + cell.column_span for cell in cells), default=0)
    columns_of: dict[int, list[PlacedCell]] = {}
    named: set[int] = set()
    for cell in cells:
        if not cell.text.strip():
            continue
        if cell.column_span == 1:
            named.add(cell.column)
        if cell.row + cell.row_span > top:
            columns_of.setdefault(cell.column, []).append(cell)
    first = 0 if 0 in named else 1
    left = 0
    for column in range(first, columns - 1):
        body = columns_of.get(column, [])
        if not body or any(is_figure(cell.text) or is_mark(cell.text) for cell in body):
            break
        if column > first and any(_tells(cell.text) for cell in body):
            break
        if 2 * sum(is_value(cell.text) for cell in body) >= len(body):
            break
        left = column + 1
        if not any(cell.row_span > 1 for cell in body):
            break
    return left


def _tells(text: str) -> bool:
    return is_value(text) or is_date(text) or is_prose(text)


def is_unit(text: str) -> bool:
    """Whether a cell holds nothing but a unit, or the letters a column is reckoned with.

    >>> [is_unit(text) for text in ("千円", "（％）", "A-B", "人口")]
    [True, True, True, False]
    """
    return _UNIT.match(text.strip()) is not None


def is_figure(text: str) -> bool:
    """Whether a cell holds one number and nothing else; a year of four digits is none.

    >>> [is_figure(text) for text in ("△ 1,234", "45.6％", "2021", "30年度")]
    [True, True, False, False]
    """
    stripped = text.strip()
    return _FIGURE.match(stripped) is not None and _YEAR.match(stripped) is None
