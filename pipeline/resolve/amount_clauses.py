"""What a number's clause says of it: its subject, its object, what it is spent on, what it is a share of.

Takes a number's place in the reading of its sentence; gives the phrase that says what the number is. Does not know documents.
"""

from __future__ import annotations

import re

from pipeline.resolve.amount_places import Place
from pipeline.resolve.noun_phrases import DATE, NUMBER, Phrase

_SUMMED = ("topic", "subject", "place", "within")
_PARTICLE = re.compile(r"\s*[をがにでのへと]")
_THIS = ("これ", "それ", "同")
#: numbers of one statement: 3億円、5％の増
TOGETHER = re.compile(rf"[、，（(]?\s*(?:率にして|率で)?[、，]?\s*{DATE}*{NUMBER}+")
_SHARES = ("percent", "ratio")
#: the next item of a list of sums that are spent on things: 工事費に2,300万円、備品費に480万円を計上
_ALSO_SPENT = re.compile(rf"[、，](?:また|及び|さらに)?[^、。{NUMBER}]{{1,20}}に(?:約)?{NUMBER}+")


def of_clause(place: Place) -> Phrase | None:
    """The nearest subject, object or place of spending of the number's clause that says what it is; where only who pays or gets a sum
    stands before it (県が2億円を), a measured subject further off."""
    if place.words.verbs.changed.match(place.behind):
        return None
    agent: Phrase | None = None
    for phrase in place.before:
        if phrase.role == "of" or place.empty(phrase) or _is_measure(place, phrase):
            continue
        if _is_sum(place, phrase) or (_measured(place, phrase) and _strong(place, phrase)):
            return phrase
        if agent is None and _plain(place, phrase):
            if phrase.role != "subject" or (place.kind != "money" and place.is_part):
                return phrase
            agent = phrase
    return agent


def _is_measure(place: Place, phrase: Phrase) -> bool:
    """Whether a phrase only tells by what something is measured: 金額で3億円、率にして2％増の80億円."""
    return phrase.role in ("within", "target") and place.words.has(phrase.text, "generic")


def parted(place: Place, phrase: Phrase) -> bool:
    """Whether a clause with a number of its own ends before a phrase: 歳出は3億円となり、差引 1億円."""
    before = place.reading.text[: phrase.first].rstrip(" \u3000")
    ends = place.words.clause.search(before, max(len(before) - 8, 0)) or before.endswith(("で、", "です。"))
    return bool(ends) and before.endswith("、") and NUMBER in before


def _is_sum(place: Place, phrase: Phrase) -> bool:
    return phrase.role in _SUMMED and place.kind in ("money", "count") and place.words.has(phrase.text, "sum")


def _measured(place: Place, phrase: Phrase) -> bool:
    if share_of(place) is not None:
        kinds = place.words.measured(phrase.text)
        alone = phrase.role == "topic" and NUMBER not in place.gap(phrase)
        return "percent" in kinds or ("money" in kinds and (alone or _heads_share(place, phrase)))
    return place.measures(phrase) and not place.words.has(phrase.text, "weak")


def _heads_share(place: Place, phrase: Phrase) -> bool:
    """Whether a noun stands right before what a share is taken of: 契約保証金　契約金額の10分の1."""
    base = share_of(place)
    return (
        base is not None and not phrase.role and place.reading.text[phrase.end : base.start].strip(" \u3000：:") == ""
    )


def _strong(place: Place, phrase: Phrase) -> bool:
    """Whether a phrase that is something measured stands in a relation to the number: its subject, wherever it stands; else near by."""
    if phrase.role in ("topic", "place") or place.heads(phrase) or _heads_share(place, phrase):
        return place.kind != "count" or not place.behind.startswith("が")
    if not phrase.role or not _near(place, phrase, 60 if phrase.role == "subject" else 24):
        return False
    if phrase.role == "object":
        return not place.words.verbs.compared.match(place.behind) and not place.words.verbs.added.match(
            place.reading.text, phrase.behind
        )
    if phrase.role == "target":
        return place.kind == "money" and (place.behind.startswith("を") or _is_spent(place))
    return True


def _plain(place: Place, phrase: Phrase) -> bool:
    """Whether any noun in the phrase's place says what the number is: a subject that is so many, an object made so much."""
    if place.is_name(phrase):
        return False
    if phrase.role == "topic":
        told = place.kind not in _SHARES and is_told(place) and not place.words.verbs.body.search(phrase.text)
        return told and not place.words.clause.search(place.gap(phrase, phrase.behind))
    if phrase.role == "subject":
        return _near(place, phrase, 60) and (_counts(place, phrase) or is_told(place))
    if phrase.role == "object":
        made = place.kind not in _SHARES and place.words.verbs.made.match(place.behind) is not None
        made = (made or _counts(place, phrase)) and not place.words.verbs.added.match(place.reading.text, phrase.behind)
        return made and _near(place, phrase, 24) and not place.words.verbs.compared.match(place.behind)
    if phrase.role == "target":
        return place.kind == "money" and _near(place, phrase, 24) and _is_spent(place)
    return False


def _is_spent(place: Place) -> bool:
    """Whether a sum is spent on something, or begins a list of sums that are."""
    text, end = place.reading.text, place.end
    while (also := _ALSO_SPENT.match(text, end)) is not None:
        end = also.end()
    return place.words.verbs.spent.match(text, end) is not None


def _near(place: Place, phrase: Phrase, most: int) -> bool:
    """Whether no other clause or number stands between a phrase and the number."""
    gap = place.gap(phrase)
    return (
        len(gap) <= most
        and NUMBER not in TOGETHER.sub("", gap)
        and not place.words.clause.search(place.gap(phrase, phrase.behind))
    )


def _counts(place: Place, phrase: Phrase) -> bool:
    """Whether a number without a particle counts what stands before it: 事故が21件起きた, 相談員を2名置く."""
    near = not place.gap(phrase, phrase.behind).strip(" \u3000、計約")
    return place.kind == "count" and near and _PARTICLE.match(place.behind) is None


def is_told(place: Place) -> bool:
    """Whether what follows a number says that something is so many, or ends the clause."""
    if place.kind in ("duration", "frequency") or share_of(place) is not None:
        return False
    return place.words.verbs.says.match(place.behind) is not None


def share_of(place: Place) -> Phrase | None:
    """What a share is taken of: 定数の3分の2."""
    phrase = place.before[0] if place.before else None
    if (
        place.kind not in _SHARES
        or phrase is None
        or phrase.role != "of"
        or place.gap(phrase).strip(" \u3000約") != "の"
    ):
        return None
    return None if place.empty(phrase) else phrase


def speaks_on(place: Place) -> bool:
    """Whether a number's sentence has no subject of its own: これは県平均を9ポイント上回る."""
    said = place.words.verbs.says.match(place.behind) or place.words.verbs.compared.match(place.behind)
    before = [phrase for phrase in place.before if phrase.role in ("topic", "subject")]
    return (
        said is not None
        and place.bracket < 0
        and all(place.words.empty(phrase.text) for phrase in before)
        and bool(before or DATE in place.reading.text[: place.start] or place.reading.text.startswith(_THIS))
    )


def names_nothing(place: Place) -> bool:
    """Whether a clause says that something is so many and names nothing measured of its own: 不燃ごみは200円です."""
    return place.bracket < 0 and is_told(place) and not any(place.measures(phrase) for phrase in place.before)
