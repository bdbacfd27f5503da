"""Values as written: what a rule read off the page, before any context completes it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, NamedTuple

Calendar = Literal["gregorian", "japanese"]
Precision = Literal["time", "day", "month", "season", "year", "fiscal_year", "decade", "century"]
Modifier = Literal["exact", "approx", "ge", "gt", "le", "lt"]


class DatePoint(NamedTuple):
    """One end of a date expression; None where the text does not say.

    `year` is Gregorian. `short_year` is a year whose era or century is left out (28年度, '21年). `relative` counts units of
    `precision` from an anchor: 来年度 +1, 昨年10月 -1 (a year), 翌16日 +1; `anchor` says whether the anchor is the document
    (`document`: 今 昨 来; `speaker`: 昨年度, never from a budget that it speaks of) or an earlier date (`antecedent`: 同 翌 前). `part` narrows the period: 上旬 中旬 下旬 初 中 末, Q1-Q4, H1, H2.
    `season` is an EDTF season (21 spring … 24 winter), `weekday` 0 Monday … 6 Sunday, `time` `13:30`.
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    precision: Precision = "day"
    fiscal: bool = False
    short_year: int | None = None
    relative: int | None = None
    anchor: Literal["", "document", "speaker", "antecedent"] = ""
    part: str = ""
    season: int | None = None
    weekday: int | None = None
    time: str = ""
    approx: bool = False
    calendar: Calendar = "gregorian"
    #: an era or label that contradicts the digits, for an issue (`平成31年13月`)
    wrong: str = ""


@dataclass(frozen=True, slots=True)
class DateValue:
    """A date expression: a single point has `end` None and `range` False; an open range has range True and one end None.

    `end_time` is the second clock time of a single day (13:30〜16:30). `role` is as in the table.
    """

    start: DatePoint | None
    end: DatePoint | None = None
    range: bool = False
    end_time: str = ""
    role: str = ""


@dataclass(frozen=True, slots=True)
class AmountValue:
    """A number with its unit as written, scale words multiplied out; `unit` "" where only a header can tell it.

    `number` is a decimal or, for plain ratios, a fraction as text in `ratio` (`2/3`). `scale` is a factor that the unit's
    gazetteer line carries (億円: the number is already multiplied; it is 1 here).
    """

    number: Decimal | None
    maximum: Decimal | None = None
    ratio: str = ""
    unit: str = ""
    kind: str = ""
    modifier: Modifier = "exact"
    doubtful: str = ""


@dataclass(frozen=True, slots=True)
class OrganisationValue:
    """A body's name as written, without its legal form; `organisation_id` where a gazetteer knows it.

    `owner` is the name of the body that an organ's name begins with, `legal_form` then the owner's.
    """

    name: str
    legal_form: str = ""
    kind: str = ""
    organisation_id: str = ""
    owner: str = ""


@dataclass(frozen=True, slots=True)
class PlaceValue:
    """A place's name and the codes it may stand for: six-digit 全国地方公共団体コード, `geonames:ID`, or the id of a former place. `itself` is the word that means the publisher: 本市, 当町."""

    name: str
    codes: tuple[str, ...] = ()
    itself: str = ""


@dataclass(frozen=True, slots=True)
class LabelValue:
    """What a number is, in the words of the page: 予算現額, 決算額, 補助率."""

    text: str
