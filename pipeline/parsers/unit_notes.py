"""Where a plain text says in what unit the figures below are, and how far that holds: （単位：千円）, 千円 千円 千円.

Takes lines; gives for each line the note that holds there. Does not read the figures.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.parsers.textlines import Line
from pipeline.text.orthography import units, words
from pipeline.text.patterns import late

_UNIT = rf"[十百千万億兆]*{units('header')}"
_SAID = late(
    rf"単[\s　]?位[\s　]?[:：]?[\s　]*(?P<units>{_UNIT}(?![^\s　)）\]］〕】、，､,・／/。]))"
    rf"(?P<behind>(?:[\s　]*[、，､,・／/][\s　]*(?:{_UNIT})?)*)"
)
_LISTED = late(rf"[、，､,・／/][\s　]*(?P<unit>(?:{_UNIT})?)")
_SHARE = late(units("header", "percent"))
_MERE = late(r"単[\s　]?位[\s　]?[:：]")
_ONLY = late(rf"(?:[(（［\[]?{_UNIT}[)）］\]]?(?:[\s　]+|$))+")
_WORD = re.compile(r"[^\s　(（［\[)）］\]]+")
_MONEY = late(rf"[十百千万億兆]*{units('header', 'money')}")
_FIGURES = re.compile(r"[0-9０-９]")
_GROUPED = re.compile(r"(?<![^\s△▲\-−－])[0-9０-９]{1,3}(?:[,，][0-9０-９]{3})+(?![^\s])")
_BARE = r"[△▲]?[0-9０-９]{1,3}(?:[,，][0-9０-９]{3})*"
#: a row of a table with several columns of figures, two of them with commas
_ROW = re.compile(rf"(?:(?:^|[ \u3000])(?={_BARE}(?:[ \u3000]|$)){_BARE}){{3}}(?![^\s])")
#: a sentence that leads to another table
_ANNOUNCES = late(words("announces"))
_OTHER = late(rf"[^\s].*{words('other_table')}[\s　]*(?:[(（][^()（）]*[)）])?$")
_PAGE = re.compile(r"[-－―–—][\s　]*[0-9０-９]{1,4}[\s　]*[-－―–—](?:[\s　]|$)")
#: characters of a line of units alone
_LONGEST = 60
#: lines with figures before a note that stands behind them
_FEWEST = 2


@dataclass(frozen=True, slots=True)
class UnitNote:
    """A note at line `index`; `unit` is "" where it names several units or none that is known. `start` to `end` is what says it.

    `shares` where it names per cent beside the unit (単位：千円、％). `alone` where the line is one unit and nothing else: that may be the head of one column as well as a note for all.
    `columns` where the line is units and nothing else (千円 千円).
    """

    index: int
    start: int
    end: int
    unit: str
    alone: bool = False
    shares: bool = False
    columns: bool = False


def unit_notes(lines: Sequence[Line]) -> list[UnitNote]:
    """The notes in order.

    >>> from pipeline.parsers.textlines import lines
    >>> [(n.index, n.unit) for n in unit_notes(list(lines("（歳入）（単位：千円）\\n市税 5\\n百万円 百万円\\n（単位：人、円）")))]
    [(0, '千円'), (2, '百万円'), (3, '')]
    """
    found = [note for index, line in enumerate(lines) if (note := _note(index, line)) is not None]
    found = [note for at, note in enumerate(found) if not note.alone or not _is_stacked(found, at)]
    alone = {note.unit for note in found if note.alone}
    return [note for note in found if not note.alone or len(alone) == 1]


def _is_stacked(notes: Sequence[UnitNote], at: int) -> bool:
    """Whether the line above or below is another unit: each is one column's (km2 / 人 / 世帯)."""
    note = notes[at]
    beside = [other for other in notes[max(at - 1, 0) : at + 2] if abs(other.index - note.index) == 1]
    return any(other.alone and other.unit != note.unit for other in beside)


def _note(index: int, line: Line) -> UnitNote | None:
    text = line.text
    if "単" in text and "位" in text:
        if match := _SAID.search(text):
            unit, shares = _named(text, match)
            return UnitNote(index, line.start + match.start(), line.start + match.end(), unit, shares=shares)
        if match := _MERE.search(text):
            return UnitNote(index, line.start + match.start(), line.start + match.end(), "")
    if len(text) <= _LONGEST and _ONLY.fullmatch(text):
        named = _WORD.findall(text)
        return UnitNote(
            index, line.start, line.end, named[0] if len(set(named)) == 1 else "", len(named) == 1, columns=True
        )
    return None


def _named(text: str, match: re.Match[str]) -> tuple[str, bool]:
    """The one unit of a note that is no per cent, "" where there are several; and whether per cent stands beside it."""
    named = [match["units"], *(found["unit"] for found in _LISTED.finditer(match["behind"]))]
    units = [unit for unit in named if not _SHARE.fullmatch(unit)]
    if len(units) != 1 or _SAID.search(text, match.end()) is not None:
        return "" if len(named) > 1 or len(units) > 1 or _SAID.search(text, match.end()) else named[0], False
    return units[0], len(named) > 1


def notes_that_hold(lines: Sequence[Line], breaks: Sequence[int]) -> list[UnitNote | None]:
    """For each line the note above it that holds there; [] where there is none in the whole text.

    A note holds until the next one, a sentence, or a title that names something measured otherwise (人口の推移); beyond a page's
    end (`breaks`, sorted offsets) only where the next note is of the same unit. Behind a sentence it holds on for rows of figures (a
    table whose last column tells in words), unless that leads to another table. A page's only note may stand behind its figures: its header was
    read last.
    """
    notes = unit_notes(lines)
    if not notes:
        return []
    holding: list[UnitNote | None] = [None] * len(lines)
    for number, note in enumerate(notes):
        following = notes[number + 1] if number + 1 < len(notes) else None
        last = following.index if following is not None else len(lines)
        goes_over = following is not None and following.unit == note.unit
        ended = False
        for index in range(note.index + 1, last):
            line = lines[index]
            if not goes_over and breaks_between(breaks, note.end, line.start):
                break
            if not _FIGURES.search(line.text) and _OTHER.fullmatch(line.text):
                break
            if "。" in line.text:
                if _ANNOUNCES.search(line.text):
                    break
                ended = True
            elif not ended or _is_row(line.text):
                holding[index] = note
    for first, last, here in _pages(lines, breaks, notes):
        for index in _figures_before(lines, first, last, here):
            holding[index] = holding[index] or here[0]
    return holding


def _is_row(text: str) -> bool:
    """Whether a line has three figures side by side, two of them with commas."""
    return _ROW.search(text) is not None and len(_GROUPED.findall(text)) > 1


def _pages(
    lines: Sequence[Line], breaks: Sequence[int], notes: Sequence[UnitNote]
) -> Iterator[tuple[int, int, Sequence[UnitNote]]]:
    """The lines `first` to `last` (exclusive) of each page that has notes, and these."""
    of_page: dict[int, list[UnitNote]] = {}
    for note in notes:
        of_page.setdefault(bisect_left(breaks, note.end), []).append(note)
    starts = [line.start for line in lines]
    for page, here in of_page.items():
        first = bisect_left(starts, breaks[page - 1]) if page else 0
        yield first, bisect_left(starts, breaks[page]) if page < len(breaks) else len(lines), here


def _figures_before(lines: Sequence[Line], first: int, last: int, here: Sequence[UnitNote]) -> Sequence[int]:
    """The lines before a page's first note, where it is of money and the only one with no figures behind it, or where all notes of
    the page are its columns' unit, line by line."""
    note = here[0]
    if not _MONEY.fullmatch(note.unit):
        return ()
    behind = any(_FIGURES.search(line.text) for line in lines[note.index + 1 : last])
    if not (all(other.columns and other.unit == note.unit for other in here) if behind else len(here) == 1):
        return ()
    sentences = [index for index in range(first, note.index) if "。" in lines[index].text]
    above = range(sentences[-1] + 1 if sentences else first, note.index)
    return above if sum(_GROUPED.search(lines[index].text) is not None for index in above) >= _FEWEST else ()


def breaks_between(breaks: Sequence[int], start: int, end: int) -> bool:
    """Whether one of the sorted offsets lies from start to end."""
    at = bisect_left(breaks, start)
    return at < len(breaks) and breaks[at] < end


def page_breaks(text: str, numbers: Sequence[Line], lines: Sequence[Line]) -> list[int]:
    """Where pages end, sorted: page numbers (`numbers`, and those with a running title beside them), form feeds."""
    found = [line.start for line in numbers]
    found += [line.start for line in lines if len(line.text) <= _LONGEST and _PAGE.match(line.text)]
    found += [match.start() for match in re.finditer("\f", text)]
    return sorted(found)
