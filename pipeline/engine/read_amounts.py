"""Amounts as written: numeral, scale, unit and qualifier to an `AmountValue`.

Takes a match of a rule in `rules/amount/`; gives its value and what is doubtful about it. Does not know headers, periods or labels.

Groups: `number` `unit` (and `number_end`, `unit_end` of a range), `minus`, `around` and `bound` (qualifiers before and behind), `share` 割に続く分,
`minor` `minor_unit` (1年6か月), `half` (2時間半), `every` (年2回), `per` (台/秒), `fraction`, `phrase` (の and what follows a number).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from pipeline.engine.counting_nouns import counting_noun, noun_words
from pipeline.engine.gazetteer import Row
from pipeline.engine.reading import Match, Reading
from pipeline.model import AmountValue
from pipeline.model.values import Modifier
from pipeline.text.numerals import plain, read_fraction, read_numeral

#: of two qualifiers the one that bounds wins, so bounds stand first
_ORDER: tuple[Modifier, ...] = ("ge", "le", "lt", "gt", "approx")
_SMALLER = {("年", "か月"): 12, ("歳", "か月"): 12, ("時間", "分"): 60, ("分", "秒"): 60, ("週", "日"): 7}
#: 5.21 意見交換会: a day and a title, not 5.21 opinions; 3.2人 is a count
_DECIMAL_APART = re.compile(r"[0-9]\.[0-9]{1,2} +[^0-9 ]")
#: 001 河川改修費: an item's code, not a river
_CODE_APART = re.compile(r"(?<![0-9.,])0[0-9]{1,3} +[^0-9 ]{2}")
#: 0202の事業主: the number of a paragraph
_PADDED = re.compile(r"0[0-9]")
#: a physical quantity is UCUM as a whole (m3/d); a count keeps its words (時間/月)
_PHYSICAL = ("temperature", "energy", "power", "mass", "area", "length", "volume")
_STROKE = re.compile("[/／]")
_THOUSANDS_POINT = re.compile(r"[1-9][0-9]{0,2}(?:\.[0-9]{3})+")


@dataclass(frozen=True, slots=True)
class _Unit:
    unit: str
    kind: str
    factor: Decimal


def read_amount(match: Match) -> Reading | None:
    groups = match.groups
    modifier = _modifier(match)
    if groups.get("fraction"):
        return _fraction(groups["fraction"], modifier)
    first = read_numeral(groups["number"])
    last = read_numeral(groups["number_end"]) if groups.get("number_end") else None
    if first is None or (last is None and groups.get("number_end")):
        return None
    if groups.get("spaced") and _counts_up(groups["number"]):
        return None
    if groups.get("phrase"):
        return _counted(match, first, modifier)
    unit = _unit(match, groups)
    if unit is None:
        return None
    if unit.kind == "money" and _PADDED.match(groups["number"]):
        return None  # the end of a number with a gap in it
    if last is not None:
        first = _shared_scale(first, last, groups)
        if first >= last or not _one_unit(match, groups, unit) or (groups.get("either") and last != first + 1):
            return None
    if unit.kind == "count" and _CODE_APART.search(match.surface):
        return None
    if unit.kind == "count" and _DECIMAL_APART.search(match.surface):
        return None
    problems: tuple[tuple[str, str], ...] = ()
    if groups.get("lost_wave"):
        problems = (("repaired", "a question mark stands where a wave was lost"),)
    doubtful = ""
    if unit.kind == "count" and (likelier := _point_for_comma(groups["number"])) is not None:
        doubtful, first = plain(first), likelier
        problems = (("doubtful-number", f"{groups['number']} {unit.unit} is read as {first:,}: a point for a comma"),)
    completed = _completed(first, unit, match)
    if completed is None:
        return None
    first, unit = completed
    sign = -1 if groups.get("minus") else 1
    value = AmountValue(
        number=first * unit.factor * sign,
        maximum=None if last is None else last * unit.factor * sign,
        unit=unit.unit,
        kind=unit.kind,
        modifier=modifier,
        doubtful=doubtful,
    )
    return Reading(value, problems)


def read_unit(match: Match) -> Reading | None:
    """A unit note: its `number` is the factor that its scale word stands for (千円: 1000)."""
    unit = _unit(match, match.groups)
    scale = _scale(match.groups.get("scale", ""))
    if unit is None or scale is None:
        return None
    return Reading(AmountValue(scale * unit.factor, unit=unit.unit, kind=unit.kind))


def _counts_up(numerals: str) -> bool:
    """Whether numerals are each one more than the one before (1 2 3)."""
    numbers = [int(part) for part in numerals.split()]
    return all(after == before + 1 for before, after in pairwise(numbers))


def _scale(text: str) -> Decimal | None:
    """What a scale word alone multiplies with: 千 1000, 億 100000000, nothing 1.

    >>> [str(_scale(text)) for text in ("", "百万", "億")]
    ['1', '1000000', '100000000']
    """
    return Decimal(1) if not text else read_numeral(text) or read_numeral(f"1{text}")


def amount_notation(value: AmountValue) -> str:
    """`9300 都市 approx`, `3..5 人`, `2/3`, `5.5`: number or range, unit unless it is 1, modifier unless it is exact."""
    number = value.ratio or (plain(value.number) if value.number is not None else "")
    if value.maximum is not None:
        number += f"..{plain(value.maximum)}"
    parts = [number, value.unit if value.unit != "1" else "", value.modifier if value.modifier != "exact" else ""]
    return " ".join(part for part in parts if part)


def _modifier(match: Match) -> Modifier:
    """What the qualifiers before and behind the number come to (gazetteer `qualifiers`: stems, which may be inflected)."""
    text = match.groups.get("around", "") + " " + match.groups.get("bound", "")
    known = match.gazetteers.get("qualifiers") if text != " " else None
    found = {row["modifier"] for row in known.rows if row["surface"] in text} if known is not None else set()
    return next((name for name in _ORDER if name in found), "exact")


def _fraction(text: str, modifier: Modifier) -> Reading | None:
    parts = read_fraction(text)
    if parts is None or (_STROKE.search(text) and parts[0] > parts[1]):
        return None  # 12/3 is a day, or two numbers
    return Reading(AmountValue(None, ratio="/".join(map(plain, parts)), unit="1", kind="ratio", modifier=modifier))


def _counted(match: Match, number: Decimal, modifier: Modifier) -> Reading | None:
    """98のセッション: the noun that の leads to is the unit; the phrase reaches further than the mention."""
    phrase = match.groups["phrase"]
    noun = counting_noun(phrase, noun_words(match.gazetteers.get("noun_words")))
    likelier = _point_for_comma(match.groups["number"])
    if noun is None or (likelier is None and number != number.to_integral_value()):
        return None
    if _PADDED.match(match.groups["number"]):
        return None
    if match.groups.get("direct") and any(_row(match, phrase[:length]) for length in range(1, len(phrase) + 1)):
        return None
    row = _row(match, noun.unit)
    unit = row["unit"] if row is not None and row["kind"] == "count" else noun.unit
    problems: tuple[tuple[str, str], ...] = ()
    doubtful = ""
    if likelier is not None:
        doubtful, number = plain(number), likelier
        problems = (("doubtful-number", f"{match.groups['number']} {unit} is read as {number:,}: a point for a comma"),)
    value = AmountValue(number, unit=unit, kind="count", modifier=modifier, doubtful=doubtful)
    return Reading(value, problems, len(match.surface) - len(phrase) + noun.length)


def _ucum(match: Match, time: str) -> str:
    """The UCUM unit of a length of time."""
    rows = match.gazetteers["ucum_times"].surfaces.get(time, ()) if "ucum_times" in match.gazetteers else ()
    return rows[0]["ucum"] if rows else time


def _point_for_comma(numeral: str) -> Decimal | None:
    """2500 for 2.500: whole things have no thousandths."""
    compact = "".join(numeral.split())
    return Decimal(compact.replace(".", "")) if _THOUSANDS_POINT.fullmatch(compact) else None


def _unit(match: Match, groups: Mapping[str, str]) -> _Unit | None:
    written = groups.get("unit", "")
    if groups.get("as_unit") is not None:
        return _Unit(groups["as_unit"], groups.get("kind", ""), Decimal(groups.get("factor", "1")))
    if not written:
        return _Unit("", "", Decimal(1))
    row = _row(match, written)
    if row is None:
        return None
    unit, kind = row["unit"], groups.get("kind") or row["kind"]
    kind = "duration" if kind == "calendar" else kind
    for part in groups.get("joined", "").split("・")[1:]:
        other = _row(match, part)
        unit += "・" + (other["unit"] if other is not None else part)
    per = groups.get("every") or groups.get("per")
    if per:
        below = _row(match, per)
        told = below["unit"] if below is not None else per
        if told == unit:
            return None  # 日29日 is no so many days a day
        unit += "/" + (_ucum(match, told) if kind in _PHYSICAL else told)
    return _Unit(unit, kind, Decimal(row["factor"]))


def _row(match: Match, surface: str) -> Row | None:
    rows = match.gazetteers["units"].surfaces.get(surface, ()) if "units" in match.gazetteers else ()
    return rows[0] if rows else None


def _one_unit(match: Match, groups: Mapping[str, str], unit: _Unit) -> bool:
    """Whether both ends of a range have one unit (30分～2時間 have not)."""
    first = groups.get("unit_start")
    if not first:
        return True
    row = _row(match, first)
    return first == groups.get("unit") or (row is not None and row["unit"] == unit.unit.split("/")[0])


def _shared_scale(first: Decimal, last: Decimal, groups: Mapping[str, str]) -> Decimal:
    """5～10億円 begins at 5億: the scale word behind the second number counts for both where the first has neither scale nor unit."""
    if groups.get("unit_start") or not re.fullmatch(r"[0-9., ]+", groups["number"]):
        return first
    scaled = re.fullmatch(r"(?P<base>[0-9., ]+)[十百千万億兆]+", groups["number_end"])
    base = (read_numeral(scaled["base"]) or Decimal(0)) if scaled else Decimal(0)
    return first * (last / base) if base > first else first


def _completed(number: Decimal, unit: _Unit, match: Match) -> tuple[Decimal, _Unit] | None:
    """Smaller units and halves: 1年6か月 is 18か月, 2時間半 2.5時間, 3割5分 35 %; None for a pair that is none."""
    groups = match.groups
    if groups.get("half"):
        return number + Decimal("0.5"), unit
    if groups.get("share"):
        share = read_numeral(groups["share"])
        return number + (share or Decimal(0)) / 10, unit
    if groups.get("minor"):
        row, minor = _row(match, groups["minor_unit"]), read_numeral(groups["minor"])
        many = _SMALLER.get((unit.unit, row["unit"] if row is not None else ""))
        if row is None or minor is None or many is None:
            return None
        return number * many + minor, _Unit(row["unit"], unit.kind, unit.factor)
    if groups.get("part"):
        row, part = _row(match, groups["part_unit"]), read_numeral(groups["part"])
        return (number + part * Decimal(row["factor"]), unit) if row is not None and part is not None else None
    return number, unit
