"""Bodies that a document names by a part of their name: chains of units, names beside a known abbreviation, the rest.

Takes what was found, in order; gives the same with every owner told. Does not know how names are matched or what aliases a text defines.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from pipeline.model import Mention, Span
from pipeline.resolve.body_aliases import names_abbreviation
from pipeline.resolve.body_centres import is_centre_of
from pipeline.resolve.body_found import Found, closed
from pipeline.resolve.body_named import NamedBodies
from pipeline.resolve.body_names import Bodies, Body, normalised
from pipeline.resolve.body_publishers import fuller, longer, owned, told_by_kind
from pipeline.resolve.body_units import is_below, unit
from pipeline.resolve.context import Context
from pipeline.resolve.unit_words import UnitWords

_APART = re.compile(r"^(?:\s{1,4}|[^\S\n]*\n[^\S\n]*)$")
#: the line below, without the blanks at its ends
_LINE_BELOW = re.compile(r"[^\S\n]*\n[^\S\n]*([^\n]{1,12}?)[^\S\n]*(?=\n|$)")
#: a character that is a word of its own, with の behind it
_ALONE = re.compile(r"(?:^|[^一-龥々ァ-ヴー])([一-龥])\s?の\s?\Z")
#: the abbreviation of a body behind its name, and how far it may reach
_ABBREVIATED = re.compile(r"[(（](?:[A-ZＡ-Ｚ][A-Za-zＡ-Ｚａ-ｚ-]{1,9}|[ァ-ヴー]{2,8})[)）][ \u3000]?\Z")
_BRACKETS_REACH = 14
#: kinds of bodies that lie in others
_OPEN = ("unit", "other", "government")
#: how far before a unit its government stands, with its house and a blank between them
_HALL_REACH = 8
#: kinds that の gives to the body before it (九都県市首脳会議の環境問題対策委員会)
_OF = ("unit", "assembly")
_WHOLE = ("government", "company", "nonprofit", "university", "international", "network", "assembly")


def with_owners(
    found: Sequence[Found], publisher: Body | None, governments: Sequence[Mention], known: Bodies, context: Context
) -> list[Found]:
    chained = _chained(_expanded(found, known, context), governments, known, context)
    full_names = [(f.span, f.body) for f in chained if f.body is not None]
    named = NamedBodies(full_names)
    present = {body.organisation_id for _, body in full_names} | ({publisher.organisation_id} if publisher else set())
    result = []
    for f in chained:
        if f.is_short_name or (f.body is not None and not _is_open(f.body, known)):
            result.append(f)
        elif f.body is None and known.words.seat.search(closed(f.value.name)):
            full = longer(f, named, None, known)
            result += [f._replace(body=full[1], basis="inherited", antecedent=full[0])] if full else []
        elif f.body is not None:
            full = longer(f, named, None, known)
            result.append(f._replace(body=full[1], basis="inherited", antecedent=full[0]) if full else f)
        else:
            told = told_by_kind(_of_kind(f, known.words, context.document.text), publisher, governments, known, context)
            told = fuller(told, named, known)._replace(value=f.value) if told is not None else None
            result.append(told or owned(f, named, present, publisher, known))
    return result


def _of_kind(f: Found, words: UnitWords, text: str) -> Found:
    """The unit with the kind of government that の gives it to (県の環境部, as 県環境部)."""
    word = _ALONE.search(text[max(0, f.span.start - 5) : f.span.start]) if f.value.kind in _OF else None
    kind = words.own_kind.match(word[1] + f.value.name) if word else None
    return (
        f._replace(value=replace(f.value, name=word[1] + f.value.name)) if word and kind and kind[0] == word[1] else f
    )


def _is_open(body: Body, known: Bodies) -> bool:
    """Whether a body is known by nothing but the name that it is given here."""
    return body.organisation_id.startswith("n-") and body.organisation_id not in known.rows


def _expanded(found: Sequence[Found], known: Bodies, context: Context) -> list[Found]:
    """A name beside a known abbreviation in brackets is the known body, wherever it stands (タイ国天然環境資源省 (MONRE))."""
    same: dict[str, Body] = {}
    for left, right in pairwise(found):
        if left.body is None or right.body is None or left.body.organisation_id in known.rows:
            continue
        if (
            left.body.kind == right.body.kind
            and right.value.organisation_id
            and names_abbreviation(context.document.text, left.span.end, right.span.start, right.span.end)
        ):
            same[left.body.organisation_id] = right.body
    return [
        f._replace(body=same[f.body.organisation_id]) if f.body and f.body.organisation_id in same else f for f in found
    ]


def _chained(found: Sequence[Found], governments: Sequence[Mention], known: Bodies, context: Context) -> list[Found]:
    """Units right behind their owner, or on the lines below it: one mention with it, if it is a body of its own."""
    text = context.document.text
    by_end = {mention.span.end: mention for mention in governments}
    spans = [f.span for f in found if f.body is not None]
    result: list[Found] = []
    for f in found:
        before = result[-1] if result else None
        if before is not None and _is_hospital_of(before, f, known.words, text):
            result[-1] = f._replace(span=Span(before.span.start, f.span.end))
            continue
        if before is not None and before.body is not None and is_centre_of(before, f, known, context):
            known_part = f.body if f.value.organisation_id else None
            body = known_part or unit(before.body, closed(f.value.name), known, "unit")
            result[-1] = before._replace(value=f.value, span=Span(before.span.start, f.span.end), body=body)
            continue
        if before is not None and before.body is not None and _is_institute_of(before, f, known.words, text):
            body = unit(before.body, closed(f.value.name), known, "unit")
            result[-1] = before._replace(value=f.value, span=Span(before.span.start, f.span.end), body=body)
            continue
        if f.value.kind in _OF and _is_unsure(f) and (full := _before_brackets(result, f, text)) is not None:
            assert full.body is not None
            body = unit(full.body, closed(f.value.name), known, f.value.kind)
            result.append(f._replace(body=body, basis="context", antecedent=full.span))
            continue
        if f.body is not None or f.is_short_name:
            result.append(f)
            continue
        gap = text[before.span.end : f.span.start] if before is not None else "-"
        if before is not None and _is_next(before, f, known.words, text):
            value = replace(f.value, name=before.value.name + f.value.name)
            result[-1] = before._replace(value=value, span=Span(before.span.start, f.span.end))
            continue
        if before is not None and before.body is not None and _belongs(before, f, gap, known.words, context):
            body = unit(before.body, closed(f.value.name), known, f.value.kind)
            result[-1] = before._replace(value=f.value, span=Span(before.span.start, f.span.end), body=body)
            continue
        if before is not None and before.body is not None and gap == "の" and f.value.kind in _OF:
            body = unit(before.body, closed(f.value.name), known, f.value.kind)
            result.append(f._replace(body=body, basis="context", antecedent=before.span))
            continue
        result.append(_of_place(f, by_end, governments, known, context, spans) or f)
    return result


def _of_place(
    f: Found,
    by_end: Mapping[int, Mention],
    governments: Sequence[Mention],
    known: Bodies,
    context: Context,
    bodies: Sequence[Span],
) -> Found | None:
    """The unit of the local government that stands right before it, with its house between them, or in its row."""
    text = context.document.text
    place = next((by_end[f.span.start - n] for n in range(3) if f.span.start - n in by_end), None)
    housed = _before_hall(f, by_end, known.words, text)
    if housed is not None:
        place = housed
    elif place is None:
        place = _in_row(f, governments, context, bodies)
    elif (gap := text[place.span.end : f.span.start]) and not gap.isspace() and gap != "の":
        place = None
    if place is None or not place.columns["code"] or not known.words.part.search(closed(f.value.name)):
        return None
    owner = Body(f"lg-{place.columns['code']}", place.columns["name"], "", "government")
    body = unit(owner, closed(f.value.name), known, f.value.kind)
    if place.span.end == f.span.start or place is housed:
        return f._replace(span=Span(place.span.start, f.span.end), body=body, basis="explicit", antecedent="")
    return f._replace(body=body, basis="context", antecedent=place.span)


def _is_institute_of(before: Found, f: Found, words: UnitWords, text: str) -> bool:
    """Whether an institute stands right behind a company whose form ends its name (青葉電機㈱中央研究所)."""
    if before.value.kind != "company" or before.span.end != f.span.start or f.value.organisation_id:
        return False
    ends_with_name = normalised(before.span.cut(text)).endswith(normalised(before.value.name))
    return bool(before.value.legal_form) and not ends_with_name and words.office_end.search(f.value.name) is not None


def _is_unsure(f: Found) -> bool:
    """Whether a unit's owner is not told, or only by the place that its own name begins with (北海道センター)."""
    return not f.is_short_name and (f.body is None or f.body.organisation_id.startswith("lg-"))


def _before_hall(f: Found, by_end: Mapping[int, Mention], words: UnitWords, text: str) -> Mention | None:
    """The local government whose house stands a blank before a unit (伊那市役所 企画部)."""
    ends = (end for end in range(f.span.start - 2, f.span.start - _HALL_REACH, -1) if end in by_end)
    return next((by_end[end] for end in ends if words.hall_apart.match(text[end : f.span.start])), None)


def _before_brackets(found: Sequence[Found], f: Found, text: str) -> Found | None:
    """The body whose abbreviation stands in the brackets right before a unit (国際協力機構(JICA)九州センター)."""
    brackets = _ABBREVIATED.search(text[max(0, f.span.start - _BRACKETS_REACH) : f.span.start])
    if brackets is None:
        return None
    at = f.span.start - len(brackets[0])
    return next((o for o in reversed(found[-2:]) if o.span.end == at and o.body is not None), None)


def _is_next(before: Found, f: Found, words: UnitWords, text: str) -> bool:
    """Whether a unit stands a blank behind the unit that it lies in, both without their owner (総務課 庶務係).

    A branch may stand on the line below its office (動物愛護センター / 峠支所).
    """
    if before.body is not None or before.value.kind not in _OPEN or f.value.kind not in _OPEN:
        return False
    gap = text[before.span.end : f.span.start]
    if gap not in (" ", "　") and not (gap == "\n" and words.branch_end.search(f.value.name)):
        return False
    return is_below(closed(before.value.name), closed(f.value.name), words) and not _is_list(f, words, text)


def _is_list(f: Found, words: UnitWords, text: str) -> bool:
    """Whether one branch of several stands on its line, with the next on the line below."""
    if not words.branch_end.search(f.value.name):
        return False
    below = _LINE_BELOW.match(text, f.span.end)
    return below is not None and bool(words.branch_end.search(below[1]))


def _is_hospital_of(before: Found, f: Found, words: UnitWords, text: str) -> bool:
    """Whether a hospital stands on the line below the body that runs it, which has its line for itself."""
    if before.body is None or text[before.span.end : f.span.start] != "\n":
        return False
    if text[before.span.start - 1 : before.span.start] not in ("", "\n"):
        return False
    if not before.value.legal_form and not words.hospital_owner.search(before.body.name):
        return False
    return words.hospital.search(closed(f.value.name)) is not None


def _in_row(f: Found, governments: Sequence[Mention], context: Context, bodies: Sequence[Span]) -> Mention | None:
    """The local government that the row of a table names to the left of a cell that holds only units; no name within a body's."""
    at = context.cell(f.span)
    if at is None:
        return None
    table, own = at
    left = [c for c in table.in_row(own.row) if c.column < own.column and c.end > c.start]
    inside = [
        m
        for m in governments
        if any(c.start <= m.span.start and m.span.end <= c.end for c in left)
        and not any(body.covers(m.span) for body in bodies)
    ]
    lower = [m for m in inside if m.columns["level"] != "prefecture"] or inside
    return lower[-1] if len({m.columns["code"] for m in lower}) == 1 else None


def _belongs(before: Found, f: Found, gap: str, words: UnitWords, context: Context) -> bool:
    if before.body is None or before.is_short_name:
        return False
    if not gap:
        return f.value.kind in ("unit", "assembly", "other")
    if not _APART.match(gap) or context.cell(f.span) is not None or context.cell(before.span) is not None:
        return False
    name, text = closed(f.value.name), context.document.text
    if before.body.kind == "assembly" and words.ranked.search(name) and not words.own_board.search(before.body.name):
        return False
    return (
        before.body.kind in (*_WHOLE, *_OPEN)
        and is_below(before.body.name, name, words)
        and not _is_list(f, words, text)
    )
