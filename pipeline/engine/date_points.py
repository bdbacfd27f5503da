"""One end of a date expression: named groups of a pattern to a `DatePoint`.

Takes groups as in rules/fragments.yml (era, era_year, year, month, day …, with `_end` for the second end); gives a point and
what is wrong with it. Does not know ranges or context.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, cast

from pipeline.engine.gazetteer import Gazetteer, Row
from pipeline.model import DatePoint
from pipeline.model.values import Precision
from pipeline.text.calendar_jp import WEEKDAYS, is_day, numeral, weekday
from pipeline.text.patterns import late

Problems = list[tuple[str, str]]
_SEASONS = {"春": 21, "夏": 22, "秋": 23, "冬": 24, "spring": 21, "summer": 22, "autumn": 23, "winter": 24}
_CLOCK = late(
    r"(午前|午後|夜|朝)? ?([0-9一二三四五六七八九十零]+)(?: ?[:時] ?(?:([0-9一二三四五六七八九十零〇]+)分?|(半))?)?"
)
#: Japan counted by the moon until Meiji 5, month 12, day 2 (31 December 1872)
_LAST_LUNISOLAR_YEAR = 1872
_CENTURY_MOST = 30
_ERA_SLACK = 30
#: '59 is 2059, '60 is 1960
_CENTURY_TURNS = 60


def read_point(
    groups: Mapping[str, str], gazetteers: Mapping[str, Gazetteer], suffix: str = ""
) -> tuple[DatePoint | None, Problems]:
    """The point that the groups with this suffix describe, and problems as (code, message); None where they describe none."""
    g = (
        {name.removesuffix(suffix): text for name, text in groups.items() if name.endswith(suffix)}
        if suffix
        else groups
    )
    problems: Problems = []
    wrong = ""
    year, calendar = _year(g, gazetteers, problems)
    if year is not None and year < 0:
        year, wrong = None, "era year"
    short = numeral(g["short"]) if g.get("short") else None
    if short is not None and groups.get("century_left_out"):
        year, short = (2000 if short < _CENTURY_TURNS else 1900) + short, None
    month = _month(g, gazetteers)
    day = numeral(g["day"]) if g.get("day") else None
    word = _word(g, gazetteers)
    season = _SEASONS.get(g.get("season", "")) or (_SEASONS.get(word["unit"]) if word else None)
    part = _part(g, gazetteers)
    time, time_wrong = read_clock(g.get("clock", "") or (f"{g['hour']}時" if g.get("hour") else ""))
    if (
        not wrong
        and year is None
        and short is None
        and month is None
        and day is None
        and not (word or part or season or time)
    ):
        return None, problems
    if month is not None and not 1 <= month <= 12:
        wrong = "month"
    elif day is not None and not (1 <= day <= 31 if month is None else is_day(year or 2000, month, day)):
        wrong = "day"
    if wrong or time_wrong:
        problems.append(("impossible-date", f"there is no such {wrong or 'time'}"))
        wrong = wrong or "time"
    if calendar == "japanese" and month is not None and not wrong and year is not None and year <= _LAST_LUNISOLAR_YEAR:
        problems.append(("lunisolar-date", f"the calendar of {year} was lunisolar; month and day are not Gregorian"))
        wrong = "lunisolar"
    named = WEEKDAYS.index(g["weekday"]) if g.get("weekday") else None
    if named is not None and not wrong and year and month and day and weekday(year, month, day) != named:
        right = WEEKDAYS[weekday(year, month, day)]
        problems.append(("wrong-weekday", f"{year:04}-{month:02}-{day:02} is {right}, not {g['weekday']}"))
    fiscal = "fiscal" in g or (word is not None and word["unit"] == "fiscal_year")
    return (
        DatePoint(
            year=year,
            month=month,
            day=day,
            precision=_precision(g, month, day, season, fiscal, part, word, time),
            fiscal=fiscal,
            short_year=short,
            relative=int(word["offset"]) if word and word["offset"] else None,
            anchor=_anchor(word),
            part=part,
            season=season,
            weekday=named,
            time=time,
            approx=any(g.get(name) for name in ("approx", "day_approx", "year_approx", "fiscal_approx")),
            calendar=calendar,
            wrong=wrong,
        ),
        problems,
    )


def read_clock(text: str) -> tuple[str, bool]:
    """`HH:MM` of a clock time as written, and whether there is no such time.

    >>> [read_clock(t)[0] for t in ("13:30", "13時30分", "午後1時半", "正午", "午前十時", "24時")]
    ['13:30', '13:30', '13:30', '12:00', '10:00', '24:00']
    >>> read_clock("25時")
    ('', True)
    """
    if not text:
        return "", False
    if text == "正午":
        return "12:00", False
    match = _CLOCK.fullmatch(text)
    hour = numeral(match[2]) if match else None
    if match is None or hour is None:
        return "", True
    minute = 30 if match[4] else (numeral(match[3]) or 0 if match[3] else 0)
    if match[1] in ("午後", "夜") and hour < 12:
        hour += 12
    if hour > 24 or minute > 59 or (hour == 24 and minute):
        return "", True
    return f"{hour:02}:{minute:02}", False


def _year(
    g: Mapping[str, str], gazetteers: Mapping[str, Gazetteer], problems: Problems
) -> tuple[int | None, Literal["gregorian", "japanese"]]:
    """The Gregorian year, -1 where an era has no such year; a second label is compared."""
    year: int | None = None
    calendar: Literal["gregorian", "japanese"] = "gregorian"
    if g.get("year"):
        year = numeral(g["year"])
        if " " in g["year"]:
            problems.append(("repaired", f"a space inside the year {year}"))
    elif g.get("decade"):
        year = numeral(g["decade"])
    elif g.get("century"):
        century = numeral(g["century"])
        year = (century - 1) * 100 if century and century <= _CENTURY_MOST else None
    elif g.get("era_short"):
        calendar = "japanese"
        era = gazetteers["era_shorts"].surfaces[g["era_short"]][0]["era"]
        year = _era_year(era, g.get("era_year", ""), g, gazetteers, problems)
    elif g.get("old_era"):
        calendar = "japanese"
        number = numeral(g.get("era_year", ""))
        first = int(gazetteers["old_eras"].surfaces[g["old_era"]][0]["first_year"])
        year = first + number - 1 if number else -1
    elif g.get("era"):
        calendar = "japanese"
        year = _era_year(g["era"], g.get("era_year", ""), g, gazetteers, problems)
    labels = [
        _era_year(g[f"era_{name}"], g.get(f"era_year_{name}", ""), {}, gazetteers, [])
        for name in ("label", "label2")
        if g.get(f"era_{name}")
    ]
    labels += [numeral(g[f"year_{name}"]) for name in ("label", "label2") if g.get(f"year_{name}")]
    for label in labels:
        if year is not None and label is not None and label != year:
            problems.append(("labels-disagree", f"one label says {year}, the other {label}"))
    if g.get("era_year_short_label") and g.get("era") and year is not None:
        # 令和元年度(31年度): the era before went on counting
        counts = {year - int(row["first_day"][:4]) + 1 for row in _eras(gazetteers)}
        if numeral(g["era_year_short_label"]) not in counts:
            problems.append(("labels-disagree", f"{year} is not the year {g['era_year_short_label']} of any era"))
    return year, calendar


def _era_year(
    era: str, written: str, g: Mapping[str, str], gazetteers: Mapping[str, Gazetteer], problems: Problems
) -> int | None:
    row = gazetteers["eras"].surfaces[era][0]
    number = numeral(written)
    if number is None or number < 1:
        return -1
    first = row["first_day"]
    year = int(first[:4]) + number - 1
    month, day = numeral(g.get("month", "") or "x"), numeral(g.get("day", "") or "x")
    if number == 1 and month and 1 <= month <= 12 and f"{month:02}-{day or 31:02}" < first[5:]:
        problems.append(("before-era", f"{row['surface']} began on {first}"))
    following = sorted(r["first_day"] for r in _eras(gazetteers) if r["first_day"] > first)
    if following and year > int(following[0][:4]) + _ERA_SLACK:
        problems.append(("implausible-era-year", f"{row['surface']} ended in {following[0][:4]}"))
    return year


def _eras(gazetteers: Mapping[str, Gazetteer]) -> tuple[Row, ...]:
    return gazetteers["eras"].rows


def _month(g: Mapping[str, str], gazetteers: Mapping[str, Gazetteer]) -> int | None:
    if g.get("month_name"):
        return int(gazetteers["english_months"].surfaces[g["month_name"].lower().rstrip(".")][0]["month"])
    return numeral(g["month"]) if g.get("month") else None


def _word(g: Mapping[str, str], gazetteers: Mapping[str, Gazetteer]) -> Row | None:
    """The word that counts from somewhere: 来年度, 同月; 翌 and 同 alone count from the date before."""
    for name in ("year_word", "fiscal_word", "month_word", "day_word", "season_word"):
        if g.get(name):
            return gazetteers["date_words"].surfaces[g[name]][0]
    if g.get("prefix"):
        return {"unit": "", "offset": "0" if g["prefix"] == "同" else "", "anchor": "antecedent"}
    return None


def _anchor(word: Row | None) -> Literal["", "document", "speaker", "antecedent"]:
    if word is None:
        return ""
    told: dict[str, Literal["document", "speaker"]] = {"document": "document", "speaker": "speaker"}
    return told.get(word["anchor"], "antecedent")


def _part(g: Mapping[str, str], gazetteers: Mapping[str, Gazetteer]) -> str:
    if g.get("quarter"):
        return f"Q{numeral(g['quarter'])}"
    if g.get("half"):
        return "H1" if g["half"][0] in "上前" else "H2"
    written = next((g[name] for name in ("part", "year_part", "fiscal_part", "open_part") if g.get(name)), "")
    rows = gazetteers["date_parts"].surfaces.get(written, ()) if written else ()
    return rows[0]["part"] if rows else ""


def _precision(
    g: Mapping[str, str],
    month: int | None,
    day: int | None,
    season: int | None,
    fiscal: bool,
    part: str,
    word: Row | None,
    time: str,
) -> Precision:
    if time:
        return "time"
    if g.get("decade"):
        return "decade"
    if g.get("century"):
        return "century"
    if day is not None:
        return "day"
    if word and month is None and word["unit"] in ("year", "fiscal_year", "month", "day"):
        return cast(Precision, word["unit"])
    if season is not None:
        return "season"
    if part == "末" or (month is not None and part in ("上旬", "中旬", "下旬", "前半", "後半")):
        return "day"
    if month is not None or part[:1] in ("Q", "H") or part in ("前半", "後半"):
        return "month"
    return "fiscal_year" if fiscal else "year"
