"""The names of columns above lines of figures, told by their number: as many as there are figures, one more where a name begins the line.

Takes lines; gives where each name stands and which columns it heads. Does not know units' notes.
"""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from dataclasses import dataclass

from pipeline.parsers.cell_kinds import is_value
from pipeline.parsers.figure_lines import names_of
from pipeline.parsers.textlines import Line
from pipeline.text.orthography import words
from pipeline.text.patterns import late

_YEARS = re.compile(r"(?:(?:19|20)[0-9]{2}[\s　]*)+")
_NO_NAME = re.compile(r"[。「」]|単[\s　]?位|[はがをにでてりしも]、")
_FIGURE = re.compile(r"[0-9０-９]")
#: a first name under which the items are numbered
_ROW_NAME = late(words("row_name"))
#: a name of one character
_SINGLE = late(rf"{words('single_name')}|[A-ZＡ-Ｚ]")
#: words that heads of tables have, set with a blank between any two letters
_SPACED = late(words("spaced_name"))
#: a last name under which there are no figures
_TEXT = late(words("text_column"))
#: lines that may stand between the first names and the figures, characters of a name
_HEADER_LINES, _LONGEST_NAME = 8, 20


@dataclass(frozen=True, slots=True)
class ColumnName:
    """`text[start:end]` heads `span` columns from `column`; `row` counts the header's lines from 0."""

    start: int
    end: int
    row: int
    column: int
    span: int = 1


@dataclass(frozen=True, slots=True)
class Columns:
    """The header of so many `figures`, which a name or an item's number begins (`named`) or not; its lines begin at `first`."""

    first: int
    figures: int
    named: bool
    names: tuple[ColumnName, ...]


def columns_above(
    text: str, lines: Sequence[Line], index: int, floor: int, shape: tuple[bool, int], used: Container[int]
) -> Columns | None:
    """The header right above the line `index`, whose lines begin at `floor` at the earliest; `shape` is whether a name begins that
    line and how many figures it has, `used` are lines of figures. A line that begins with a number may begin with an item's, where
    the header's first name (目, 番号) says so.

    >>> from pipeline.parsers.textlines import lines
    >>> text = "5年度 6年度\\n金額 率 金額 率\\n市税 120 1.2 130 1.3"
    >>> columns = columns_above(text, list(lines(text)), 2, 0, (True, 4), ())
    >>> [(text[name.start:name.end], name.column, name.span) for name in columns.names][:3]
    [('5年度', 1, 2), ('6年度', 3, 2), ('金額', 1, 1)]
    """
    named, figures = shape
    if figures < 2:
        return None
    above = _names_above(lines, index, floor, used)
    if not above:
        return None
    first = text[slice(*above[0][0])]
    if not named and _ROW_NAME.fullmatch(first):
        # the number of an item, or of a sum nothing, stands where others have their name
        named, figures = True, len(above[0]) - 1
        if figures not in (shape[1], shape[1] - 1) or figures < 2:
            return None
    elif named and _ROW_NAME.fullmatch(first) and len(above[0]) == figures:
        return None
    levels = _levels(above, named, figures)
    if levels:
        names = tuple(
            ColumnName(start, end, row, column, span)
            for row, level in enumerate(reversed(levels))
            for (start, end), column, span in level
        )
        return Columns(index - len(levels), figures, named, names)
    spread = _in_several_lines(above, figures) if named else []
    if spread and _ROW_NAME.fullmatch(text[slice(*spread[0][2])]):
        return Columns(index - 1 - max(depth for depth, _, _ in spread), figures, True, _placed(spread))
    return None


def _names_above(
    lines: Sequence[Line], index: int, floor: int, used: Container[int]
) -> list[tuple[tuple[int, int], ...]]:
    """The names of the lines above, the nearest first, up to one that holds figures or a sentence."""
    above: list[tuple[tuple[int, int], ...]] = []
    at = index
    while at > max(floor, index - _HEADER_LINES) and not lines[at].gap:
        line = lines[at - 1]
        if at - 1 in used and not _YEARS.fullmatch(line.text):
            break
        names = names_of(line)
        written = [line.text[start - line.start : end - line.start] for start, end in names]
        if _is_spaced(written):
            names = _closed(line)
            written = [line.text[start - line.start : end - line.start] for start, end in names]
        if _is_spaced(written) or not all(map(_is_name, written)):
            break
        told = max((n for n, name in enumerate(written, 1) if not _TEXT.fullmatch("".join(name.split()))), default=0)
        above.append(names[:told] if told > 1 else names)
        at -= 1
    return above


def _is_spaced(names: Sequence[str]) -> bool:
    """Whether letter-spaced words stand among names that blanks part, so that nobody can count them (報 酬 給 料)."""
    alone = [len(name) == 1 and _SINGLE.fullmatch(name) is None for name in names]
    single = [len(name) == 1 for name in names]
    return any(one and (alone[at] or alone[at + 1]) and single[at + 1] for at, one in enumerate(single[:-1]))


def _closed(line: Line) -> tuple[tuple[int, int], ...]:
    """The names of a line with the letters of letter-spaced words that heads of tables have put together (予 算 額 構 成 比; 令和８年度 比 較); a line in
    which letters are left over stays in letters."""
    names = names_of(line)
    if "\t" in line.text:
        return names
    closed: list[tuple[int, int]] = []
    run: list[tuple[int, int]] = []
    for name in (*names, None):
        if name is not None and name[1] - name[0] == 1:
            run.append(name)
            continue
        text = "".join(line.text[start - line.start : end - line.start] for start, end in run)
        found = [match.span() for match in _SPACED.finditer(text)]
        if sum(end - start for start, end in found) < len(text):
            return names
        closed += [(run[start][0], run[end - 1][1]) for start, end in found]
        closed += [name] if name is not None else []
        run = []
    return tuple(closed)


def _is_name(text: str) -> bool:
    if len(text) > _LONGEST_NAME or _NO_NAME.search(text):
        return False
    return _YEARS.fullmatch(text) is not None or not (_FIGURE.search(text) and is_value(text))


_Level = list[tuple[tuple[int, int], int, int]]


def _levels(above: Sequence[Sequence[tuple[int, int]]], named: bool, figures: int) -> list[_Level]:
    """Header lines from the innermost: those with a name for each column, then one whose names each head several."""
    levels: list[_Level] = []
    left, lone = int(named), 0
    for names in above:
        count = len(names)
        if count == figures:
            levels.append([(name, left + n, 1) for n, name in enumerate(names)])
        elif named and count == figures + 1:
            levels.append([(name, n, 1) for n, name in enumerate(names)])
        elif levels and count > 1 and figures % count == 0:
            share = figures // count
            levels.append([(name, left + n * share, share) for n, name in enumerate(names)])
            break
        elif levels and named and count > 2 and figures % (count - 1) == 0:
            share = figures // (count - 1)
            levels.append([(name, 1 + (n - 1) * share if n else 0, share if n else 1) for n, name in enumerate(names)])
            break
        elif levels and named and count == 1 and not lone:
            # 区分 on a line of its own, between what heads several columns and those
            lone = len(levels)
            levels.append([(names[0], 0, 1)])
        else:
            break
    return levels if not lone or len(levels) > lone + 1 else levels[:lone]


def _in_several_lines(
    above: Sequence[Sequence[tuple[int, int]]], figures: int
) -> list[tuple[int, int, tuple[int, int]]]:
    """A header whose names follow each other over several lines of two names or more, as (lines above the figures, column, name);
    lines of one name stand over others."""
    for top in range(len(above) - 1, 0, -1):
        found: list[tuple[int, int, tuple[int, int]]] = []
        for depth in range(top, -1, -1):
            if len(above[depth]) > 1:
                found += [(depth, len(found) + n, name) for n, name in enumerate(above[depth])]
            if len(found) == figures + 1 and depth < top and len(above[top]) > 1:
                return found
            if len(found) > figures:
                break
    return []


def _placed(found: Sequence[tuple[int, int, tuple[int, int]]]) -> tuple[ColumnName, ...]:
    top = max(depth for depth, _, _ in found)
    return tuple(ColumnName(start, end, top - depth, column) for depth, column, (start, end) in found)
