"""Names that only existed formerly, and names that formerly were another place's or had another code.

Takes a candidate, the places chosen before it and the time spoken of; gives the former place meant. Does not know how a name was matched.

Many former towns and villages bear the names of quarters and families (本町, 中村), so that a name alone is none: its prefecture, its 郡, 旧, a
merger told of or a date must speak for it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.model import Candidate, PlaceValue
from pipeline.resolve.context import Context
from pipeline.resolve.place_context import Chosen, ChosenBefore, by_neighbour
from pipeline.resolve.place_names import Places
from pipeline.resolve.place_times import Times, latest, there_on

_LISTED = re.compile(r"^[\s、,，・･/／]|^(?:及び|並びに|又は|または|および|ならびに|と)")
#: 旧泉町 is more often a quarter's name of old than one of the many towns of that name
_LEAST_TELLING = 3


def is_former(value: PlaceValue, known: Places) -> bool:
    """Whether no place of today bears the name."""
    return bool(value.codes) and all("successor" in known.rows.get(code, {}) for code in value.codes)


def in_the_past(
    candidate: Candidate,
    value: PlaceValue,
    chosen: ChosenBefore,
    context: Context,
    known: Places,
    spoken: Times,
    told: bool = False,
) -> tuple[Chosen, tuple[str, ...]]:
    """The former place meant, or the ones that may be meant; neither where nothing speaks for a place. `told`: only by a word right before it."""
    text = context.document.text
    before = text[max(0, candidate.span.start - 12) : candidate.span.start]
    day = spoken.around(candidate.span, context)
    district = _in_district(value.codes, before, known)
    if district:
        value = replace(value, codes=district)
        if len({known.prefecture(code) for code in district}) == 1:
            return Chosen(latest(district, day, known)), ()
    for codes in _successive(value.codes, day, known):
        found = by_neighbour(candidate, replace(value, codes=codes), chosen, context, known)
        if found.code and _speaks(found, text, candidate, known):
            return found, ()
    if known.words.formerly.search(before):
        return _open(value, day, known)
    if told:
        return Chosen(""), ()
    if value.name[-1] in "市区" and not known.words.person.match(text[candidate.span.end :][:4]):
        return _open(value, day, known)
    sentence = context.sentence(candidate.span)
    change = known.words.change.search(sentence.cut(text))
    if change and (gone := _ended_in(value.codes, day[:4], known)):
        return Chosen(gone), ()
    if change or (day and there_on(value.codes, day, known)):
        return _open(value, day, known, _near(candidate, value, chosen, context, known))
    return Chosen(""), ()


def as_of(
    found: Chosen, candidate: Candidate, value: PlaceValue, context: Context, known: Places, spoken: Times
) -> Chosen:
    """The same place with the code that it had at the time spoken of (静岡市 before 2005)."""
    row = known.rows.get(found.code, {})
    past = [
        code
        for code in known.former.get(row.get("name", ""), ())
        if known.prefecture(code) == row["prefecture"] and known.today(code) == known.today(found.code)
    ]
    if not past or found.code in past:
        return found
    day = spoken.around(candidate.span, context)
    then = there_on(past, day, known) if day and day < row.get("valid_from", "") else []
    return found._replace(code=latest(then, day, known)) if then else found


def elsewhere(codes: Sequence[str], past: Sequence[str], day: str, known: Places, publisher: str) -> str:
    """The one former place that bore the name of a place of today before that had it; "" where the publisher lies beside today's."""
    if not day or there_on(codes, day, known) or known.prefecture(publisher) in map(known.prefecture, codes):
        return ""
    then = there_on(past, day, known)
    return then[0] if len(then) == 1 else ""


def _ended_in(codes: Sequence[str], year: str, known: Places) -> str:
    """The one that ended in the year that a sentence about a change tells."""
    ended = [code for code in codes if year and known.rows[code]["valid_to"].startswith(year)]
    return ended[0] if len(ended) == len(codes) == 1 else ""


def _in_district(codes: Sequence[str], before: str, known: Places) -> tuple[str, ...]:
    words = before.rstrip().removesuffix("の")
    return tuple(code for code in codes if (d := known.rows[code].get("district", "")) and words.endswith(d))


def _successive(codes: Sequence[str], day: str, known: Places) -> list[tuple[str, ...]]:
    """One code a prefecture and city: the one of the time, since a place may have had several."""
    places: dict[tuple[str, str], list[str]] = {}
    for code in codes:
        places.setdefault((known.prefecture(code), known.parent(code)), []).append(code)
    return [tuple(latest(found, day, known) for found in places.values())]


def _speaks(found: Chosen, text: str, candidate: Candidate, known: Places) -> bool:
    """A prefecture before a name always speaks for it, a municipality only in a list."""
    if isinstance(found.antecedent, str):
        return True
    gap = text[found.antecedent.end : candidate.span.start]
    return known.prefecture(found.code) in text[found.antecedent.start : found.antecedent.end] or bool(
        _LISTED.match(gap) or known.level(found.code) == "ward"
    )


def _open(
    value: PlaceValue, day: str, known: Places, codes: Sequence[str] | None = None
) -> tuple[Chosen, tuple[str, ...]]:
    (found,) = _successive(value.codes if codes is None else codes, day, known)
    if len(found) == 1:
        return Chosen(found[0]), ()
    return Chosen(""), found if len(value.name) >= _LEAST_TELLING else ()


def _near(
    candidate: Candidate, value: PlaceValue, chosen: ChosenBefore, context: Context, known: Places
) -> tuple[str, ...]:
    """Those that lie where the publisher or another place of the sentence lies."""
    sentence = context.sentence(candidate.span)
    around = {known.prefecture(code) for before, code in chosen if code and sentence.covers(before.span)}
    around.add(known.prefecture(context.statement.publisher_code))
    return tuple(code for code in value.codes if known.prefecture(code) in around)
