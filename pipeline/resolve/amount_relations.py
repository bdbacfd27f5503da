"""How the words of a sentence belong to one of its numbers: beside it, behind it, as subject or object of its clause.

Takes a reading, a number's place in it and its kind; gives the phrase that says what the number is. Each relation is a function that
answers with a phrase or not at all; `RELATIONS` is the order in which they are asked. Does not know documents.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from pipeline.resolve.amount_clauses import TOGETHER, of_clause, parted, share_of
from pipeline.resolve.amount_places import BEHIND, Place
from pipeline.resolve.noun_phrases import BASE, DATE, Phrase

#: sums, areas and the like of a thing that need not be something measured: 1,000円の補助, 300㎡の農地
_OF_THINGS = ("money", "area")
#: kinds of number that a noun beside them names only where it is something measured
_UNNAMED = ("other", "ratio", "frequency")
_EQUALS = ("＝", "=")
_DASH = re.compile("[－―—–-]")
ARROWS = ("→", "⇒", "➡")
_SHARES = ("percent", "ratio")
#: kinds of number that are told together of one change: 3億円、5％の増
_CHANGING = ("percent", "ratio", "money", "count")
_FILLING = " \u3000、約" + BASE + DATE
#: a length of time that is made to be one of something: 2か月間を第1期申請期間とする
_MADE = re.compile(r"と(?:する|し|定め|みなす)")
_OPENS, _CLOSES = re.compile(r"[ \u3000]*[（(]"), ("）", ")")
_LISTED = re.compile(r"[、，・]|及び|および|と")
_PERSONS = re.compile(r"[人名]")


def is_base(place: Place) -> bool:
    """Whether a number is only what another one is counted by (1人につき)."""
    return place.reading.text.startswith(BASE, place.start)


def change(place: Place) -> Phrase | None:
    """前年度比 before it, or, where 増 stands behind it, what has changed."""
    nearest = place.before[0] if place.before else None
    if nearest is not None and not nearest.role and place.words.ends(nearest.text, "relative"):
        gap = place.gap(nearest)
        gap = TOGETHER.sub("", gap) if place.kind in _CHANGING else gap
        if not gap.strip(" \u3000\n、で約"):
            return nearest
    if not changes(place):
        return None
    return _change_behind(place) if place.kind == "duration" else _changing(place)


@lru_cache(maxsize=4)
def changes(place: Place) -> bool:
    """Whether what stands behind a number says that something has changed by so much; of one number that is asked several times."""
    told = place.kind != "duration" and place.words.verbs.changed.match(place.behind) is not None
    return told or _change_behind(place) is not None


def _changing(place: Place) -> Phrase | None:
    """What has changed: the nearest word for a difference (補正額), else the nearest subject that is something measured."""
    subjects = [
        p for p in place.before if p.role in ("topic", "place", "subject", "object") or place.marks_only(place.gap(p))
    ]
    for phrase in subjects:
        if place.words.ends(phrase.text, "changing"):
            return phrase
        if phrase.role == "topic":
            break
    nearest = place.before[0] if place.before else None
    if nearest is not None and nearest.role == "within" and place.gap(nearest, nearest.behind).strip(_FILLING) == "":
        subjects = subjects if place.words.ends(nearest.text, "relative") else [nearest, *subjects]
    for phrase in subjects:
        bare = place.words.has(phrase.text, "weak") and place.reading.owner(phrase) is None
        if not phrase.role or place.empty(phrase) or bare or place.words.has(phrase.text, "column"):
            continue
        counted = place.kind == "count" and phrase.role in ("topic", "subject") and not place.is_name(phrase)
        apart = phrase.role in ("subject", "object") and place.words.clause.search(place.gap(phrase)) is not None
        if (place.measures(phrase) or counted) and not apart:
            return phrase
    return None


def is_of_another(place: Place) -> bool:
    """Whether a length of time is that of something measured otherwise: 10年間の建設改良費."""
    if place.kind != "duration" or not place.surface.endswith("間") or not place.behind.startswith("の"):
        return False
    phrase = place.behind_of()
    return phrase is not None and bool(place.words.measured(phrase.text)) and not place.measures(phrase)


def _change_behind(place: Place) -> Phrase | None:
    end = place.end
    for _ in range(3):
        degree = place.words.degree.match(place.reading.text, end)
        end = degree.end() if degree is not None else end
        found = place.behind_of(end)
        word = place.words.ending(found.text, "change") if found is not None else ""
        if found is not None and not word and place.kind == "duration":
            word = place.words.ending(found.text, "prolonged")
        if found is not None and word:
            return found.called(found.end - len(word), found.end, word)
        together = TOGETHER.match(place.reading.text, end)
        if together is None:
            return None
        end = together.end()
    return None


def beside(place: Place) -> Phrase | None:
    """A measured thing right before the number: 定員20名, 補助率：3分の2."""
    phrase = _beside(place)
    return (
        phrase if phrase is not None and place.measures(phrase) and not place.words.has(phrase.text, "weak") else None
    )


def noun_beside(place: Place) -> Phrase | None:
    """Any noun right before the number: 出席委員9名."""
    phrase = _beside(place)
    if phrase is None or place.is_name(phrase) or place.words.has(phrase.text, "weak"):
        return None
    if place.kind == "count" and not place.words.counts(place.surface):
        return None
    if place.words.empty(phrase.text) and place.gap(phrase)[:1] not in _EQUALS:
        return None
    text = place.reading.text
    if place.kind in _UNNAMED or (place.kind == "duration" and not place.gap(phrase)):
        return None
    if place.kind == "money" and place.words.ends(phrase.text, "payee"):
        return None
    if phrase.text.endswith("等") or _DASH.search(place.gap(phrase)):
        return None
    if text.startswith(BASE, phrase.end) or text[: phrase.first].rstrip().endswith(ARROWS):
        return None
    return phrase


def beside_payee(place: Place) -> bool:
    """Whether right before a sum stands who gets or pays it: 中小企業 40万円."""
    phrase = _beside(place) if place.kind == "money" else None
    return phrase is not None and place.words.ends(phrase.text, "payee")


def noun_apart(place: Place) -> Phrase | None:
    """Any noun right before the number that begins a clause of its own."""
    phrase = noun_beside(place)
    return phrase if phrase is not None and parted(place, phrase) else None


def weak(place: Place) -> Phrase | None:
    """月額, 総額, 計 before the number."""
    for phrase in place.before:
        if place.words.has(phrase.text, "weak") and not place.empty(phrase):
            near = len(place.gap(phrase)) <= 4 or phrase.role in ("within", "topic")
            return phrase if phrase.role not in ("of", "object") and near else None
        if not place.words.has(phrase.text, "change") and not place.words.ends(phrase.text, "relative"):
            return None
    return None


@lru_cache(maxsize=4)
def _beside(place: Place) -> Phrase | None:
    """The noun right before a number, which several relations ask for."""
    for phrase in place.before:
        if phrase.role:
            return None
        if not place.words.has(phrase.text, "none") and not place.words.has(phrase.text, "weak"):
            gap = place.gap(phrase)
            return phrase if place.marks_only(gap) and place.words.each.search(gap) is None else None
    return None


def said(place: Place) -> Phrase | None:
    """A measured thing of which the number is said at once: 資本金の額が3億円以下の会社."""
    phrase = place.before[0] if place.before else None
    if phrase is None or phrase.role not in ("topic", "subject") or place.gap(phrase, phrase.behind).strip(_FILLING):
        return None
    return phrase if place.measures(phrase) and share_of(place) is None and not place.empty(phrase) else None


def compared(place: Place) -> Phrase | None:
    """The average that something is compared with: 県平均の31.5％を上回る."""
    phrase = place.before[0] if place.before else None
    if phrase is None or phrase.role not in ("of", "") or not phrase.text.endswith(place.words.compared):
        return None
    if place.kind == "ratio" or place.words.empty(phrase.text):
        return None
    if place.words.has(phrase.text, "weak") and place.reading.owner(phrase) is None:
        return None
    return phrase if place.gap(phrase).strip(_FILLING) in ("", "の") else None


def of_behind(place: Place) -> Phrase | None:
    """What the number is a number of: 50万円以下の罰金, 5つの特別会計, 21名の委員."""
    bracketed = BEHIND.match(place.behind)
    if bracketed is None or not place.behind.startswith("の", bracketed.end()):
        return None
    phrase = place.behind_of()
    if phrase is None or place.words.empty(phrase.text) or place.words.has(phrase.text, "change"):
        return None
    if place.kind in ("percent", "ratio", "frequency"):
        return None
    measured = place.measures(phrase)
    if place.kind == "duration":
        lasting = place.surface.endswith("間") and not place.words.measured(phrase.text)
        return phrase if measured or lasting else None
    if place.kind == "count":
        return phrase if place.surface.endswith("つ") or (measured and _PERSONS.search(place.surface)) else None
    if not measured and place.kind == "money" and _done(place, phrase):
        return None
    return phrase if measured or place.kind in _OF_THINGS else None


def _done(place: Place, phrase: Phrase) -> bool:
    """Whether what stands behind a sum is done with it, and a sum is what the sentence is about: 補正額は4,210万円の追加です."""
    ends = place.words.verbs.says.match(place.reading.text, phrase.end) is not None
    return ends and any(other.role == "topic" and place.measures(other) for other in place.before)


def made_into(place: Place) -> Phrase | None:
    """What a number is made to be: 2か月間を第1期申請期間とする."""
    if not place.behind.startswith("を"):
        return None
    phrase = place.reading.behind(place.end + 1)
    if phrase is None or not place.measures(phrase):
        return None
    return phrase if phrase.role == "as" or _MADE.match(place.reading.text, phrase.end) else None


def was_behind(place: Place) -> Phrase | None:
    """What was so much, behind the verb that says so: 4,120件あった相談は."""
    verb = place.words.verbs.relative.match(place.behind)
    phrase = place.reading.behind(place.end + verb.end()) if verb is not None else None
    if phrase is None or not phrase.role or place.words.empty(phrase.text):
        return None
    return phrase if place.measures(phrase) or place.kind == "count" else None


def in_brackets_behind(place: Place) -> Phrase | None:
    """What a sum is, in brackets behind it: 2,000円（材料費）."""
    text = place.reading.text
    found = _OPENS.match(text, place.end)
    if found is None:
        return None
    phrase = next((phrase for phrase in place.reading.phrases if phrase.first == found.end()), None)
    if phrase is None or not place.measures(phrase):
        return None
    closes = min((at for close in _CLOSES if (at := text.find(close, phrase.end)) >= 0), default=-1)
    inside = [other for other in place.reading.phrases if phrase.first <= other.first and other.end <= closes]
    if closes < 0 or not all(place.measures(other) for other in inside):
        return None
    if _LISTED.sub("", text[phrase.first : closes]) != "".join(other.text for other in inside):
        return None
    return phrase.called(phrase.first, closes, place.reading.plain[phrase.first : closes])


Relation = Callable[[Place], Phrase | None]
RELATIONS: tuple[Relation, ...] = (
    change,
    compared,
    beside,
    said,
    of_behind,
    made_into,
    was_behind,
    noun_apart,
    of_clause,
    in_brackets_behind,
    share_of,
    noun_beside,
)
