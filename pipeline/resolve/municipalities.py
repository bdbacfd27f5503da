"""Places in their context: which of the places that bear a name is meant.

Takes a `Context`; gives mentions with their code, or without one and an issue that names the candidates. Does not know how a name was matched.
"""

from __future__ import annotations

from dataclasses import replace

from pipeline.model import Candidate, Issue, Mention, PlaceValue
from pipeline.resolve.context import Context
from pipeline.resolve.place_context import Chosen, ChosenBefore, by_context, by_neighbour, is_abroad, is_quarter
from pipeline.resolve.place_groups import group_issues
from pipeline.resolve.place_names import Places, places, publisher_code
from pipeline.resolve.place_past import as_of, elsewhere, in_the_past, is_former
from pipeline.resolve.place_times import Times, there_on, times

__all__ = ["publisher_code", "resolve_municipalities"]

#: how far from a city its country is looked for, in characters
_BESIDE = 10
_ITSELF = {"市": "市", "県": "県", "町": "町", "村": "村", "区": "区", "府": "府", "都": "都"}


def resolve_municipalities(context: Context, dates: list[Mention]) -> tuple[list[Mention], list[Issue]]:
    """Mentions in order of span, and issues: `ambiguous-place` where no context tells places of one name apart, `place-group`,
    `unknown-place` for a city abroad that no gazetteer has."""
    known = places(context.gazetteers)
    spoken = times(context, dates)
    mentions: list[Mention] = []
    issues: list[Issue] = []
    chosen: list[tuple[Candidate, str]] = []
    open_candidates: list[tuple[int, Candidate, PlaceValue]] = []
    for candidate in context.of_kind("municipality"):
        value = candidate.value
        if not isinstance(value, PlaceValue):
            continue
        if value.itself:
            mention = _itself(candidate, value.itself, context, known)
            if mention is not None:
                mentions.append(mention)
            continue
        if not value.codes:
            mentions.append(_unknown(candidate, value, context))
            issues.append(_unknown_issue(candidate, value))
            continue
        if is_quarter(candidate, value, chosen, context, known) or is_abroad(candidate, value, chosen, known):
            continue
        found, codes = _first_choice(candidate, value, chosen, context, known, spoken)
        if not found.code and not codes:
            continue
        chosen.append((candidate, found.code))
        if found.code:
            mentions.append(_mention(candidate, found, known))
            issues += candidate.issues
        else:
            value = replace(value, codes=codes)
            open_candidates.append((len(mentions), candidate, value))
            mentions.append(_mention(candidate, Chosen(""), known, value))
    for index, candidate, value in open_candidates:
        found = as_of(by_context(candidate, value, chosen, context, known), candidate, value, context, known, spoken)
        mentions[index] = _mention(candidate, found, known, value)
        issues += candidate.issues
        if not found.code:
            names = ", ".join(
                f"{known.code(code)} {known.prefecture(code)}{_parent_name(code, known)}" for code in value.codes
            )
            issues.append(
                Issue(
                    "ambiguous-place",
                    f"{value.name} may be {names}; nothing around it tells which",
                    "warning",
                    candidate.span.start,
                    candidate.span.end,
                )
            )
    told = [(candidate, found) for candidate, found in chosen if found]
    told += [(candidate, mentions[index].columns["code"]) for index, candidate, _ in open_candidates]
    issues += group_issues(context, sorted(told, key=lambda pair: pair[0].span.start), known)
    return mentions, issues


def _first_choice(
    candidate: Candidate, value: PlaceValue, chosen: ChosenBefore, context: Context, known: Places, spoken: Times
) -> tuple[Chosen, tuple[str, ...]]:
    """What is said beside the name, and the codes that stay open; neither where the name is no place's."""
    surface = "".join(candidate.span.cut(context.document.text).split())
    past = known.former.get(surface, ()) or known.former.get(value.name, ())
    if is_former(value, known):
        return in_the_past(candidate, value, chosen, context, known, spoken)
    codes = tuple(there_on((*value.codes, *past), spoken.document, known)) if past else value.codes
    codes = codes or value.codes
    alone = Chosen(codes[0] if len(codes) == 1 else "")
    if alone.code and not past:
        return alone, codes
    found = by_neighbour(candidate, replace(value, codes=codes), chosen, context, known)
    if found.code and alone.code:
        found = alone
    if not found.code and past:
        formerly, told = in_the_past(candidate, replace(value, codes=past), chosen, context, known, spoken, told=True)
        if formerly.code or told:
            return formerly, told or codes
    if not found.code and alone.code:
        day = spoken.around(candidate.span, context) if past else ""
        other = elsewhere(codes, past, day, known, context.statement.publisher_code)
        found = Chosen(other, "context") if other else alone
    return as_of(found, candidate, value, context, known, spoken), codes


def _itself(candidate: Candidate, word: str, context: Context, known: Places) -> Mention | None:
    """本市 and its like: the publisher, where it is a local government of that kind; else nothing."""
    code = context.statement.publisher_code
    row = known.rows.get(code)
    if row is None or not row["name"].endswith(_ITSELF[word[-1]]):
        return None
    return _mention(candidate, Chosen(code, "context", "sidecar:publisher"), known)


def _unknown(candidate: Candidate, value: PlaceValue, context: Context) -> Mention:
    """A city abroad that no gazetteer has: its name, and its country where one is named right beside it."""
    text, span = context.document.text, candidate.span
    beside = text[max(0, span.start - _BESIDE) : span.start], text[span.end : span.end + _BESIDE]
    countries = context.gazetteers["countries"]
    rows = next((rows for side in beside for _, _, rows in countries.find(side)), ())
    columns = {
        "code": "",
        "code_current": "",
        "name": value.name,
        "prefecture": "",
        "country": rows[0]["code"] if rows else "",
        "level": "foreign",
    }
    return Mention("municipality", span, candidate.rule_id, columns, "explicit", "")


def _unknown_issue(candidate: Candidate, value: PlaceValue) -> Issue:
    message = f"{value.name} is in no gazetteer; it has no code"
    return Issue("unknown-place", message, "info", candidate.span.start, candidate.span.end)


def _mention(candidate: Candidate, found: Chosen, known: Places, value: PlaceValue | None = None) -> Mention:
    row = known.rows.get(found.code, {})
    foreign = found.code.startswith("geonames:")
    levels = {known.level(code) for code in value.codes} if value is not None else set()
    columns = {
        "code": known.code(found.code),
        "code_current": known.today(found.code),
        "name": row.get("name", value.name if value is not None else ""),
        "prefecture": row.get("prefecture", ""),
        "country": row.get("country", "") if foreign else "JP",
        "level": known.level(found.code) or (levels.pop() if len(levels) == 1 else ""),
    }
    return Mention("municipality", candidate.span, candidate.rule_id, columns, found.basis, found.antecedent)


def _parent_name(code: str, known: Places) -> str:
    row = known.rows.get(known.parent(code), {})
    return row.get("name", "") if row.get("level") == "municipality" else ""
