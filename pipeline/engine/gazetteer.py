"""Gazetteers: CSV files of names, and where the names occur in a text.

Takes `rules/gazetteer/*.csv`, shipped and own; gives rows by surface. Does not know what a name is a name of.
"""

from __future__ import annotations

import csv
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from operator import itemgetter
from pathlib import Path
from typing import Any

from pipeline.model import PipelineError
from pipeline.text.codes import is_local_government_code
from pipeline.text.fold import folded_names

Row = Mapping[str, str]
#: ends of the names of files that add to another one
_ADDING = ("_aliases", "_state")
#: a shorter name with a blank inside is two words
_LEAST_BROKEN = 3
_JAPANESE = "ぁ-ヿ一-龥々〇"
#: a blank beside a Japanese character, no white space on its other side; it begins with the blank, so that only blanks are looked at
_BLANK = re.compile(rf" (?:(?<=[{_JAPANESE}] )(?=\S)|(?<=\S )(?=[{_JAPANESE}]))")


@dataclass(frozen=True, eq=False)
class Gazetteer:
    """`rows` in file order; `surfaces` maps a folded name or alias to the rows that bear it."""

    name: str
    rows: tuple[Row, ...]
    surfaces: Mapping[str, tuple[Row, ...]] = field(repr=False)

    def find(self, text: str) -> list[Found]:
        """The names in a text, as `Names` finds them."""
        return self._names.find(text)[0]

    @cached_property
    def _names(self) -> Names:
        return Names((self,))

    @cached_property
    def closed(self) -> dict[str, tuple[Row, ...]]:
        """Surfaces without the blanks that `Names` does not see."""
        closed: dict[str, tuple[Row, ...]] = {}
        for surface, rows in self.surfaces.items():
            key = _closed(surface)[0] if " " in surface else surface
            known = closed.get(key)
            closed[key] = tuple({id(row): row for row in (*known, *rows)}.values()) if known else rows
        return closed


#: start and end in a text, and the rows that bear the name
Found = tuple[int, int, tuple[Row, ...]]


@dataclass(frozen=True, eq=False)
class Names:
    """The names of several gazetteers, looked for together: a text is gone through once."""

    gazetteers: tuple[Gazetteer, ...]

    def find(self, text: str) -> list[list[Found]]:
        """For each gazetteer its longest names from left to right.

        A blank beside a Japanese character is not seen, since the end of a printed line often leaves one inside a name (札幌 市);
        a name so broken has at least three characters.
        """
        closed, shifts = _closed(text)
        bearers = self._bearers
        matches: list[list[tuple[int, int, tuple[Row, ...]]]] = [[] for _ in self.gazetteers]
        for index, first, last in self._automaton.find_matches_as_indexes(closed, overlapping=True):
            for number, rows in bearers[index]:
                matches[number].append((first, -last, rows))
        found: list[list[Found]] = [[] for _ in self.gazetteers]
        for number, sorted_out in enumerate(map(_longest, matches)):
            for first, last, rows in sorted_out:
                start, end = first + bisect_right(shifts, first), last + bisect_right(shifts, last - 1)
                if end - start == last - first or last - first >= _LEAST_BROKEN:
                    found[number].append((start, end, rows))
        return found

    @cached_property
    def _by_name(self) -> dict[str, list[tuple[int, tuple[Row, ...]]]]:
        """For each name, the numbers of the gazetteers that have it, with their rows."""
        bearers: dict[str, list[tuple[int, tuple[Row, ...]]]] = {}
        for number, gazetteer in enumerate(self.gazetteers):
            for name, rows in gazetteer.closed.items():
                bearers.setdefault(name, []).append((number, rows))
        return bearers

    @cached_property
    def _bearers(self) -> list[list[tuple[int, tuple[Row, ...]]]]:
        return list(self._by_name.values())

    @cached_property
    def _automaton(self) -> Any:
        import ahocorasick_rs

        return ahocorasick_rs.AhoCorasick(list(self._by_name))


def _longest(matches: list[tuple[int, int, tuple[Row, ...]]]) -> Iterator[Found]:
    """Of all matches (start, minus the end, rows) the longest from left to right. The automaton could choose them itself, but one that
    does takes twice as long to build."""
    at = 0
    for first, last, rows in sorted(matches, key=_ends):
        if first >= at:
            yield first, -last, rows
            at = -last


_ends = itemgetter(0, 1)


@lru_cache(maxsize=2)
def _closed(text: str) -> tuple[str, list[int]]:
    """The text without blanks beside Japanese characters, and where in it they stood; all gazetteers ask for the same."""
    blanks = [match.start() for match in _BLANK.finditer(text)] if " " in text else []
    if not blanks:
        return text, []
    starts = [0, *(blank + 1 for blank in blanks)]
    closed = "".join([text[start:end] for start, end in zip(starts, [*blanks, len(text)], strict=True)])
    return closed, [blank - number for number, blank in enumerate(blanks)]


#: rows in their order by gazetteer and first column
GazetteerRows = Mapping[str, Mapping[str, Row]]


def load_gazetteers(folders: Iterable[tuple[Path, str]], disabled: Iterable[str] = ()) -> dict[str, Gazetteer]:
    """The gazetteers of some folders."""
    return gazetteers_of(gazetteer_rows(folders, disabled))


def gazetteers_of(rows: GazetteerRows) -> dict[str, Gazetteer]:
    return {name: _gazetteer(name, tuple(by_key.values())) for name, by_key in sorted(rows.items())}


def gazetteer_rows(folders: Iterable[tuple[Path, str]], disabled: Iterable[str] = ()) -> GazetteerRows:
    """Every `gazetteer/*.csv` of the folders (path, name for messages), later ones laid over earlier ones by their first column.

    A name is taken from the column `name` (or `surface`), more from `aliases` and `latin`, parted by `|`. `disabled` names rows as
    `file:key` (`units:円`). A file of redirects (`old_id`) has rows and no names.
    """
    merged: dict[str, dict[str, dict[str, str]]] = {}
    off = set(disabled)
    for folder, shown in folders:
        for path in sorted((folder / "gazetteer").glob("*.csv")):
            with path.open(encoding="utf-8", errors="replace") as handle:
                if not {"name", "surface", "old_id"} & set(handle.readline().strip().split(",")):
                    continue
            where = f"{shown}/gazetteer/{path.name}"
            header, records = _read(path, where)
            rows = {record[0]: dict(zip(header, record, strict=False)) for record in records}
            if len(rows) < len(records):
                _refuse_twice(records, path, where)
            if "code" in header:
                _check_codes(records, header.index("code"), path, where)
            merged.setdefault(path.stem, {}).update(rows)
    for name, by_key in merged.items():
        for key in [key for key in by_key if f"{name}:{key}" in off or f"{_added_to(name)}:{key}" in off]:
            del by_key[key]
    return _completed(merged)


def _added_to(name: str) -> str:
    return name.rpartition("_")[0] if name.endswith(_ADDING) else ""


def _completed(merged: dict[str, dict[str, dict[str, str]]]) -> dict[str, dict[str, dict[str, str]]]:
    """`x_aliases.csv` and `x_state.csv` add to `x.csv`: a row with a known key gives further aliases, another one is a row of its own."""
    for name in [name for name in merged if _added_to(name) in merged]:
        rows = merged[_added_to(name)]
        for key, row in merged.pop(name).items():
            if key in rows:
                known = rows[key]
                names = [
                    *known.get("aliases", "").split("|"),
                    row.get("name", ""),
                    row.get("latin", ""),
                    *row.get("aliases", "").split("|"),
                ]
                rows[key] = {
                    **known,
                    "aliases": "|".join(dict.fromkeys(n for n in names if n and n != known.get("name"))),
                }
            else:
                rows[key] = row
    return merged


def _gazetteer(name: str, rows: tuple[Row, ...]) -> Gazetteer:
    names: list[str] = []
    bearers: list[Row] = []
    for row in rows:
        get = row.get
        names.append(get("surface") or get("name") or "")
        bearers.append(row)
        latin, aliases = get("latin"), get("aliases")
        if latin or aliases:
            more = [latin] if latin else []
            more += aliases.split("|") if aliases else []
            names += more
            bearers += [row] * len(more)
    surfaces: dict[str, tuple[Row, ...]] = {}
    for surface, row in zip(folded_names(names), bearers, strict=True):
        known = surfaces.get(surface)
        if known is None:
            surfaces[surface] = (row,)
        elif known[-1] is not row:
            surfaces[surface] = (*known, row)
    surfaces.pop("", None)
    return Gazetteer(name, rows, surfaces)


def _read(path: Path, shown: str) -> tuple[list[str], list[list[str]]]:
    """The header, and the records, each as long as that."""
    with path.open(encoding="utf-8", newline="") as handle:
        reader = csv.reader(handle, strict=True)
        try:
            header = next(reader, [])
            records = [record for record in reader if record]
        except csv.Error as error:
            raise PipelineError(f"{shown}:{reader.line_num}", f"is not CSV: {error}", "quote the field") from None
        except UnicodeDecodeError:
            raise PipelineError(shown, "is not UTF-8", "save it as UTF-8") from None
    for number, record in enumerate(records):
        if len(record) != len(header):
            where = f"{shown}:{_line(path, number)}"
            raise PipelineError(where, f"has {len(record)} fields, the header {len(header)}", "mend the row")
    return header, records


def _refuse_twice(records: Sequence[Sequence[str]], path: Path, shown: str) -> None:
    seen: dict[str, int] = {}
    for number, (key, *_) in enumerate(records):
        if key in seen:
            first = _line(path, seen[key])
            raise PipelineError(
                f"{shown}:{_line(path, number)}", f"{key} stands twice (first in line {first})", "keep one row"
            )
        seen[key] = number


def _check_codes(records: Sequence[Sequence[str]], column: int, path: Path, shown: str) -> None:
    for number, record in enumerate(records):
        code = record[column]
        if code.isdigit() and not is_local_government_code(code):
            where = f"{shown}:{_line(path, number)}"
            raise PipelineError(where, f"code {code} has a wrong check digit", "six digits by JIS X 0402")


def _line(path: Path, number: int) -> int:
    """The line (from 1) that a record, counted from 0, ends in."""
    with path.open(encoding="utf-8", newline="") as handle:
        reader = csv.reader(handle, strict=True)
        lines = [reader.line_num for record in reader if record]
    return lines[number + 1]
