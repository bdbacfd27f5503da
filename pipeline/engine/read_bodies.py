"""Bodies as written: the name without its legal form, the form, the kind.

Takes a match; gives an `OrganisationValue`, and how far into the match the body reaches. Does not know which body is meant.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from pipeline.engine.body_name_length import ALL_KANA, name_length
from pipeline.engine.body_words import body_words
from pipeline.engine.gazetteer import Gazetteer
from pipeline.engine.read_named_after import read_named_after, read_office, read_organ, read_regional
from pipeline.engine.reading import Match, Reading
from pipeline.model import OrganisationValue
from pipeline.text.patterns import late

_WORD = late(r"[一-龥々ぁ-んァ-ヴーA-Za-z]{2}")
_LATIN = late(r"^[A-Za-z0-9][A-Za-z0-9 &.,'’+/-]*$")
#: two units of one rank, or two committees, set on two lines of a cell
_SECOND_UNIT = late(
    r"(?:(?<=[^\s]{2})課(?=[^題税程外長]{2,}課$)|(?<=[^全一内外幹])部(?=[^会門分長局課室]{2,}部$)|(?<=[別任]委員会)(?=[^会]{2,}委員会$))"
)
#: what `_SECOND_UNIT` demands at the end, and what stands between two names
_UNITS, _BETWEEN = ("課", "部", "委員会"), re.compile("[・,，]")
#: holds a name together over a ・ behind it (気候に関する市長・町長協議会)
_PHRASE = late(r"に関する|に向けた|のための|[をめ](?:考える|支える|目指す|めざす|推進する)")
#: words of grammar, of which a run of kana between two names consists
_GRAMMAR = late(
    r"から|より|まで|として|による|により|および|または|ならび|では|には|とは|との|など|ほか|さん|する|した|して|され|ある|いる|この|その|なお|さらに"
    r"|^[はがをにのとやも]|[はがをにのとやもで]$"
)
#: two words in katakana, which a ・ joins to one (ナレッジ・センター)
_ONE_WORD = late(r"^[^・]+$|[ァ-ヴー]{2}・[ァ-ヴー]+$")
#: the head of a unit at the end of a name means the unit (環境部会長)
_HEAD_OF = re.compile(r"(?<=[会部課局室所店社場])長$")
_OF_STATE = ("government", "unit")


def read_organisation(match: Match) -> Reading | None:
    """A body by its gazetteer row, its legal form, or the head word that its rule looked for."""
    if match.rows:
        return _known(match)
    groups = match.groups
    if groups.get("same"):
        inner = match.inner["organisation"].value
        if not isinstance(inner, OrganisationValue) or not inner.organisation_id:
            return None
        if groups.get("sort") == "national" and not body_words(match.gazetteers).national.match(inner.name):
            return None
        return Reading(inner)
    if called := groups.get("called"):
        return Reading(OrganisationValue(called, kind=groups.get("kind", "")))
    if groups.get("place"):
        return read_named_after(match)
    if groups.get("region"):
        return read_regional(match)
    if groups.get("office"):
        return read_office(match)
    if groups.get("organ"):
        return read_organ(match)
    if short := groups.get("alias") or groups.get("bare") or groups.get("only"):
        return Reading(OrganisationValue(short, kind="alias"))
    if groups.get("rest"):
        return _form_before(match)
    if groups.get("position") == "behind":
        return _form_behind(match)
    words = body_words(match.gazetteers)
    if groups.get("sort") == "abroad" and (match.surface.startswith("日本") or words.province.search(match.surface)):
        return None
    skip = 0 if groups.get("joint") else _foreign_beginning(match.surface, match.gazetteers)
    name = match.surface[skip:]
    if words.head_only.match(words.own_kind.sub("", name, count=1)) or words.schools.match(name):
        return None
    if words.head_only.match(name.rpartition("・")[2]) and not (
        words.joint_school.match(name) or _ONE_WORD.search(name)
    ):
        return None
    return Reading(OrganisationValue(name, kind=groups.get("kind", "")), skip=skip)


def _known(match: Match) -> Reading | None:
    if (match.groups.get("names") == "latin") != bool(_LATIN.match(match.surface)):
        return None
    row = match.rows[0]
    return Reading(
        OrganisationValue(row["name"], row.get("legal_form", ""), row.get("kind", ""), row["organisation_id"])
    )


def _form_before(match: Match) -> Reading | None:
    written, rest = match.groups["form"], match.groups["rest"]
    words = body_words(match.gazetteers)
    form = legal_form(written, match.gazetteers)
    if match.groups.get("closed"):
        return Reading(OrganisationValue(rest.strip(), form[0], form[1]))
    # behind some forms a word in kana is a name, whatever MeCab takes it for (医療法人なしろ)
    whole = ALL_KANA.match(rest) if _named_in_kana(written, match.gazetteers) else None
    length = len(rest) if whole and whole[0] == rest and not _GRAMMAR.search(rest) else name_length(rest, words)
    name = _HEAD_OF.sub("", rest[:length].rstrip(" ・-&＆.'’‐"))
    if len(name) < 2 or words.head_only.match(name):
        return None
    length = match.surface.index(rest, len(written)) + len(name)
    return Reading(OrganisationValue(name, form[0], form[1]), length=length)


def _form_behind(match: Match) -> Reading | None:
    if (kana := match.groups.get("kana")) and _GRAMMAR.search(kana):
        return None
    forms = match.gazetteers["legal_forms"].surfaces
    written = max((f for f in forms if match.surface.endswith(f)), key=len, default="")
    words = body_words(match.gazetteers)
    skip = _foreign_beginning(match.surface, match.gazetteers)
    name = match.surface[skip : len(match.surface) - len(written)].strip()
    if not written or words.head_only.match(name) or not _WORD.search(name) or words.form.match(name):
        return None
    form = legal_form(written, match.gazetteers)
    return Reading(OrganisationValue(name, form[0], form[1]), skip=skip)


def _foreign_beginning(surface: str, gazetteers: Mapping[str, Gazetteer]) -> int:
    """How many characters at the beginning of a run of nouns are not the body's.

    They are the body or place before a ・, the units of another body, a mark.

    >>> from pipeline.engine.load import load_rules
    >>> known = load_rules().gazetteers
    >>> [_foreign_beginning(run, known) for run in ("緩和策分科会・適応策分科会", "同市民係", "防災・危機管理課")]
    [7, 1, 0]
    >>> _foreign_beginning("札幌市総務局総務課函館市総務部総務課", known)
    9
    """
    words = body_words(gazetteers)
    start = _last_owner(surface, gazetteers)
    if _BETWEEN.search(surface):
        dots = (match for match in words.joined.finditer(surface) if not _PHRASE.search(surface, 0, match.start()))
        start = max((start, _known_before_dot(surface, gazetteers), *(match.end() for match in dots)))
    if surface.endswith(_UNITS):
        start = max((start, *(match.end() for match in _SECOND_UNIT.finditer(surface))))
    lone = words.lone.match(surface[start:])
    return start + (lone.end() if lone and lone.end() < len(surface) - start - 1 else 0)


def _known_before_dot(surface: str, gazetteers: Mapping[str, Gazetteer]) -> int:
    """Where the next name begins behind a known body and a ・ (産総研・若葉大学); 0 if none."""
    known = gazetteers["organisations"].surfaces if "organisations" in gazetteers else {}
    head, dot, _ = surface.partition("・")
    return len(head) + 1 if dot and head in known else 0


def _last_owner(surface: str, gazetteers: Mapping[str, Gazetteer]) -> int:
    """Where the last ministry or local government begins that a run of nouns names right behind a unit (総務課函館市総務部); 0 if none.

    A place in the name of a unit's branch (福島県土木部会津坂下町事務所) is no owner.
    """
    words = body_words(gazetteers)
    found = 0
    if not words.unit_within.search(surface):
        return 0
    for name in ("municipalities", "organisations"):
        for start, end, rows in gazetteers[name].find(surface) if name in gazetteers else ():
            if start <= found or not words.unit_end.search(surface[:start].rstrip()):
                continue
            if name == "municipalities":
                is_owner = bool(words.local_end.search(surface[:end])) and not words.branch.match(surface[end:])
            else:
                is_owner = any(row["kind"] in _OF_STATE for row in rows) and bool(
                    words.national.match(surface, start, end)
                )
            if is_owner:
                found = start
    return found


def legal_form(written: str, gazetteers: Mapping[str, Gazetteer]) -> tuple[str, str]:
    """The form in full and the kind of body that bears it: (株) is 株式会社, company."""
    rows = gazetteers["legal_forms"].surfaces.get(written)
    return (rows[0]["form"], rows[0]["kind"]) if rows else (written, "")


def _named_in_kana(written: str, gazetteers: Mapping[str, Gazetteer]) -> bool:
    return any(row.get("kana_names") for row in gazetteers["legal_forms"].surfaces.get(written, ()))
