"""The columns that a decision sets: whether they can be, and what follows from them.

Takes a kind's columns and the gazetteers; gives problems, and whole rows of columns. Does not know where a decision belongs.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cached_property
from typing import get_args

from pipeline.engine.gazetteer import Gazetteer
from pipeline.model.values import Calendar, Modifier, Precision
from pipeline.resolve.body_names import bodies, own_id
from pipeline.resolve.date_columns import COLUMNS as DATE_COLUMNS
from pipeline.resolve.place_names import Places, places
from pipeline.text.codes import is_local_government_code
from pipeline.text.edtf import interval, is_edtf, precision
from pipeline.text.numerals import plain

#: the columns of each kind that a person may set; `period_id` follows from the table
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "date": DATE_COLUMNS,
    "amount": ("value", "value_max", "unit", "kind", "modifier", "label", "period"),
    "organisation": ("organisation_id", "name", "legal_form", "kind"),
    "municipality": ("code", "code_current", "name", "prefecture", "country", "level"),
}
#: the columns that say what is meant, of which an added row needs one
VALUES: Mapping[str, tuple[str, ...]] = {
    "date": ("edtf", "start_time", "end_time"),
    "amount": ("value", "value_max", "unit", "period"),
    "organisation": ("organisation_id", "name"),
    "municipality": ("code", "name"),
}
_NEEDED: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "date": (("edtf",),),
    "amount": (("value",), ("unit",)),
    "organisation": (("organisation_id", "name"),),
    "municipality": (("code", "name"),),
}
_WORDS: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("date", "precision"): (*get_args(Precision), ""),
    ("date", "calendar"): get_args(Calendar),
    ("date", "role"): ("approved", "as_of", "deadline", "listed", "published", "start", ""),
    ("amount", "kind"): (
        "area", "count", "duration", "energy", "frequency", "length", "mass", "money", "other", "percent", "power", "ratio",
        "temperature", "volume",
    ),
    ("amount", "modifier"): get_args(Modifier),
    ("organisation", "kind"): (
        "assembly", "company", "government", "international", "network", "nonprofit", "other", "school", "unit", "university",
    ),
    ("municipality", "level"): ("foreign", "municipality", "prefecture", "ward", ""),
}  # fmt: skip
_EDTF = (("date", "edtf"), ("amount", "period"))
_TIME = re.compile(r"(?:[01]\d|2[0-9]):[0-5]\d", re.ASCII)
_RATIO = re.compile(r"-?\d+/\d*[1-9]\d*", re.ASCII)
_ANNOTATION = re.compile(r"\{[^{}]*\}")
_FISCAL = re.compile(r"(\d{4})-04/(\d{4})-03", re.ASCII)
_COUNTRY = re.compile(r"[A-Z]{2}|", re.ASCII)


@dataclass(frozen=True)
class Known:
    """What columns are held against: `gazetteers` are those that resolving consults, `units` is the one of units."""

    gazetteers: Mapping[str, Gazetteer]
    units: Gazetteer | None = None

    @cached_property
    def unit_parts(self) -> set[str]:
        """Units, without what is said in braces, and the parts of those that are joined."""
        whole = {row["unit"] for row in self.units.rows} if self.units is not None else set()
        return whole | {part for unit in whole for part in re.split(r"[/.]", _ANNOTATION.sub("", unit))}


def problems(kind: str, columns: Mapping[str, str], known: Known, whole: bool = False) -> Iterator[tuple[str, str]]:
    """What is wrong with columns that a decision sets, and what to do; `whole` where no row stands there that has the others."""
    for column, value in columns.items():
        if column not in COLUMNS[kind]:
            near = difflib.get_close_matches(column, COLUMNS[kind], 1)
            remedy = f"did you mean {near[0]}?" if near else f"known are {', '.join(COLUMNS[kind])}"
            yield f"a {kind} has no column {column} that can be set", remedy
        elif value != value.strip():
            yield f"{column} {value!r} has white space at its ends", "take it away"
        else:
            yield from _wrong(kind, column, value, known)
    for names in lacking(kind, columns) if whole else ():
        yield f"a {kind} that is added needs {' or '.join(names)}", 'write it into "set"'


def lacking(kind: str, columns: Mapping[str, str]) -> list[tuple[str, ...]]:
    """What a row of its own would need: one column of each group."""
    return [names for names in _NEEDED[kind] if not any(columns.get(name) for name in names)]


def _wrong(kind: str, column: str, value: str, known: Known) -> Iterator[tuple[str, str]]:
    told = f"{column} {value!r}"
    words = _WORDS.get((kind, column))
    if words is not None and value not in words:
        near = difflib.get_close_matches(value, words, 1)
        remedy = f"did you mean {near[0]}?" if near and near[0] else f"known are {', '.join(filter(None, words))}"
        yield f"{told} is not known", remedy
    elif (kind, column) in _EDTF and value and not is_edtf(value):
        yield f"{told} is not EDTF", "write it such as 2021-09-14, 2021-09 or 2021-04/2022-03"
    elif column in ("start_date", "end_date") and value and not _is_day(value):
        yield f"{told} is no day", "write it such as 2021-09-14"
    elif column in ("start_time", "end_time") and value and not _TIME.fullmatch(value):
        yield f"{told} is no time of day", "write it such as 13:30"
    elif column in ("value", "value_max") and not _is_number(value, column):
        yield f"{told} is no number", "write a decimal such as 1250000 or 17.8, a ratio such as 2/3"
    elif column == "unit":
        yield from _wrong_unit(value, known)
    elif column in ("code", "code_current") and value and not _is_code(value, places(known.gazetteers)):
        what = "has a wrong check digit" if _misses_check(value) else "is the code of no place that is known"
        yield f"{told} {what}", "see the column code of municipalities.csv, or write geonames:ID"
    elif column == "country" and not _COUNTRY.fullmatch(value):
        yield f"{told} is no country's code", "write two letters such as JP"
    elif column == "organisation_id" and value and not _is_body(value, known):
        yield f"{told} is the id of no body that is known", "write n- and its name for one that no gazetteer has"


def normal(kind: str, columns: Mapping[str, str]) -> dict[str, str]:
    """Columns without problems as a build writes them: 2500.0 is 2500."""
    told = dict(columns)
    for column in ("value", "value_max"):
        if kind == "amount" and told.get(column) and "/" not in told[column]:
            told[column] = plain(Decimal(told[column]))
    return told


def completed(
    kind: str, told: Mapping[str, str], before: Mapping[str, str], surface: str, known: Known
) -> dict[str, str]:
    """All columns of a row: those that a decision sets, what follows from them, and else what stood there before (nothing for a row that is added).
    A column that is set to what it was follows as well, since a form sends all of them.

    >>> row = completed("date", {"edtf": "2021-04/2022-03"}, {}, "令和3年度", Known({}))
    >>> [row[name] for name in ("start_date", "end_date", "precision", "calendar")]
    ['2021-04-01', '2022-03-31', 'fiscal_year', 'gregorian']
    """
    told = normal(kind, told)
    row = dict.fromkeys(COLUMNS[kind], "") | {name: before[name] for name in COLUMNS[kind] if name in before}
    row |= told
    follow = {"date": _date, "amount": _amount, "organisation": _body, "municipality": _place}[kind]
    more = follow(told, row, before, surface, known)
    return row | {name: value for name, value in more.items() if name not in told or told[name] == before.get(name)}


def _date(
    told: Mapping[str, str], row: Mapping[str, str], before: Mapping[str, str], surface: str, known: Known
) -> dict[str, str]:
    more = {"calendar": row["calendar"] or "gregorian"}
    if {"edtf", "start_time"} & told.keys() and any(
        told.get(c, "") != before.get(c, "") for c in ("edtf", "start_time")
    ):
        edtf = row["edtf"]
        start, end = interval(edtf) if edtf else ("", "")
        fiscal = _FISCAL.fullmatch(edtf)
        if not edtf:
            exact = ""
        elif row["start_time"]:
            exact = "time"
        elif (
            fiscal and int(fiscal[2]) == int(fiscal[1]) + 1 and ("年度" in surface or row["precision"] == "fiscal_year")
        ):
            exact = "fiscal_year"
        else:
            exact = precision(edtf)
        more |= {"start_date": start, "end_date": end, "precision": exact}
    return more


def _amount(
    told: Mapping[str, str], row: Mapping[str, str], before: Mapping[str, str], surface: str, known: Known
) -> dict[str, str]:
    more = {"modifier": row["modifier"] or "exact", "kind": row["kind"] or "other"}
    if told.get("unit", before.get("unit")) != before.get("unit"):
        more["kind"] = _kind_of(row["unit"], known.units)
    return more


def _body(
    told: Mapping[str, str], row: Mapping[str, str], before: Mapping[str, str], surface: str, known: Known
) -> dict[str, str]:
    named = bodies(known.gazetteers)
    body = named.by_id(row["organisation_id"]) if told.get("organisation_id") else None
    if body is None and "organisation_id" not in told and told.get("name", before.get("name")) != before.get("name"):
        body = named.by_name(told["name"]) or named.by_name(row["legal_form"] + told["name"])
        if body is None:
            return {"organisation_id": own_id(told["name"]), "kind": row["kind"] or "other"}
    if body is not None:
        return {
            "organisation_id": body.organisation_id,
            "name": body.name,
            "legal_form": body.legal_form,
            "kind": body.kind,
        }
    other = told.get("organisation_id", before.get("organisation_id")) != before.get("organisation_id")
    if not other:
        return {"kind": row["kind"] or "other"}
    if row["organisation_id"].removeprefix("lg-") in places(known.gazetteers).rows:
        name = places(known.gazetteers).rows[row["organisation_id"].removeprefix("lg-")]["name"]
        return {"name": name, "legal_form": "", "kind": "government"}
    owner, _, unit = row["organisation_id"].rpartition("/")
    name = unit or owner or row["organisation_id"].removeprefix("n-")
    return {"name": before.get("name") or name, "kind": row["kind"] or ("unit" if owner else "other")}


def _place(
    told: Mapping[str, str], row: Mapping[str, str], before: Mapping[str, str], surface: str, known: Known
) -> dict[str, str]:
    of = places(known.gazetteers)
    code = told.get("code", "")
    if not code or code not in of.rows or code == before.get("code"):
        return {"country": row["country"] or ("" if row["level"] == "foreign" else "JP")}
    found, foreign = of.rows[code], code.startswith("geonames:")
    return {
        "code_current": of.today(code),
        "name": found["name"],
        "prefecture": found.get("prefecture", ""),
        "country": found.get("country", "") if foreign else "JP",
        "level": of.level(code),
    }


def _is_number(value: str, column: str) -> bool:
    if not value or _RATIO.fullmatch(value):
        return True
    try:
        return value.isascii() and Decimal(value).is_finite() and value.strip("-0123456789.") == ""
    except InvalidOperation:
        return False


def _is_day(value: str) -> bool:
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _is_code(value: str, known: Places) -> bool:
    return value in known.rows and known.code(value) == value


def _misses_check(value: str) -> bool:
    return len(value) == 6 and value.isascii() and value.isdigit() and not is_local_government_code(value)


def _is_body(value: str, known: Known) -> bool:
    root = value.split("/", 1)[0]
    if any(character.isspace() for character in value) or not all(value.split("/")):
        return False
    if value.startswith("n-") and len(root) > 2:
        return True
    rows = bodies(known.gazetteers).rows
    return value in rows or root in rows or _is_code(root.removeprefix("lg-"), places(known.gazetteers))


def _wrong_unit(unit: str, told: Known) -> Iterator[tuple[str, str]]:
    if told.units is None or not unit:
        return
    known = told.unit_parts
    for part in re.split(r"[/・]", _ANNOTATION.sub("", unit)) if unit not in known else ():
        meant = told.units.surfaces.get(part)
        if not part or part in known or part == "1":
            continue
        if meant:
            yield f"unit {part!r} is how it is written on a page", f"did you mean {meant[0]['unit']}?"
        elif part.isascii() or any(character.isspace() or character.isdigit() for character in part):
            near = difflib.get_close_matches(part, known, 1)
            remedy = f"did you mean {near[0]}?" if near else "a new unit is a line of rules/gazetteer/units.csv"
            yield f"unit {part!r} is not known", remedy


def _kind_of(unit: str, units: Gazetteer | None) -> str:
    """The kind of a unit; what no gazetteer has is a counter."""
    rows = units.rows if units is not None else ()
    first = _ANNOTATION.sub("", unit).split("/")[0]
    return next(
        (row["kind"] for row in rows if row["unit"] in (unit, first)), "ratio" if unit in ("", "1") else "count"
    )
