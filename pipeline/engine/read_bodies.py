"""Bodies as written: the name without its legal form, the form, the kind.

Takes a match; gives an `OrganisationValue`, and how far into the match the body reaches. Does not know which body is meant.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from pipeline.engine.gazetteer import Gazetteer
from pipeline.engine.reading import Match, Reading
from pipeline.model import OrganisationValue
from pipeline.segment.tokens import Token, tokenize

_LATIN = re.compile(r"^[A-Za-z0-9][A-Za-z0-9 &.,'’+/-]*$")
_HIRAGANA_START = re.compile(r"^[ぁ-ん]{2,6}(?=[一-龥々ァ-ヴ])")
#: words that no name begins with, although they are written in kana like a name's first word
_NO_NAME = re.compile(
    r"^(?:(?:は|が|を|に|へ|と|や|も|の|で|など|等|から|まで|より|による|により|において|における|として|については?|についての|に対する|に対して|とは|では|には|への|とする|である|であって|ではない|でない|または|又は|及び|並びに|その他|法|格|化|会計|税|住民税|市民税|事業税|制度|設立|認証|認可|形態|形式|名|数|向け|以外|以下|以上|同士|各|等)|[0-9])"
)
_POST = re.compile(
    r"^(?:理事|副理事|常務|専務|代表|会長|副会長|社長|副社長|顧問|所長|部長|課長|特別研究|名誉|教授|准教授|役員|監事|主任|主席|上席|研究員|取締役|執行役|常勤|非常勤|ディレクター|プログラム|プロデューサー|マネージャー|エグゼクティブ|シニア|アドバイザー|チーフ|内|様|御中|殿|氏|製|他|ほか|担当|職員|社員|会員|委員|代理|賛助|との|宛|あて|株|社|提供|作成|調べ|所属|出向|勤務|発行|編|著|主催|共催|後援|協賛|協力|講師|学長|総裁|総長|院長|校長|園長|理事長|事務局長|に)$"
)
_HEAD_ONLY = re.compile(
    r"^(?:連合会|中央会|協会|財団|組合|会社|法人|団体|等|機構|本部|支部|本社|支社|支店|本店|事務所|センター|小組合|大学|学校|病院|社団|[ァ-ヴー・]|[0-9]+)$"
)
#: a name that holds particles is held together by the word at its end (日本の松の緑を守る会)
_HELD = re.compile(r"^[^、。]{2,24}?(?:の会|を[^、。をが]{1,10}会)(?![一-龥議長員])")


def read_organisation(match: Match) -> Reading | None:
    """A body by its gazetteer row, its legal form, or the head word that its rule looked for."""
    if match.rows:
        return _known(match)
    groups = match.groups
    if groups.get("alias"):
        return Reading(OrganisationValue(groups["alias"], kind="alias"))
    if groups.get("rest"):
        return _form_before(match)
    if groups.get("position") == "behind":
        return _form_behind(match)
    if groups.get("sort") == "abroad" and match.surface.startswith("日本"):
        return None
    return Reading(OrganisationValue(match.surface, kind=groups.get("kind", "")))


def _known(match: Match) -> Reading | None:
    if (match.groups.get("names") == "latin") != bool(_LATIN.match(match.surface)):
        return None
    row = match.rows[0]
    return Reading(
        OrganisationValue(row["name"], row.get("legal_form", ""), row.get("kind", ""), row["organisation_id"])
    )


def _form_before(match: Match) -> Reading | None:
    written, rest = match.groups["form"], match.groups["rest"]
    name = rest[: _name_length(rest)].rstrip(" ・-ー&＆.'’‐") if not rest.endswith("ー") else rest[: _name_length(rest)]
    if len(name) < 2 or _HEAD_ONLY.match(name):
        return None
    form = legal_form(written, match.gazetteers)
    length = match.surface.index(rest, len(written)) + len(name)
    return Reading(OrganisationValue(name, form[0], form[1]), length=length)


def _form_behind(match: Match) -> Reading | None:
    forms = match.gazetteers["legal_forms"].surfaces
    written = max((f for f in forms if match.surface.endswith(f)), key=len, default="")
    name = match.surface[: len(match.surface) - len(written)].strip()
    if len(name) < 2 or not written or _HEAD_ONLY.match(name):
        return None
    form = legal_form(written, match.gazetteers)
    return Reading(OrganisationValue(name, form[0], form[1]))


def legal_form(written: str, gazetteers: Mapping[str, Gazetteer]) -> tuple[str, str]:
    """The form in full and the kind of body that bears it: (株) is 株式会社, company."""
    rows = gazetteers["legal_forms"].surfaces.get(written)
    return (rows[0]["form"], rows[0]["kind"]) if rows else (written, "")


def _name_length(rest: str) -> int:
    """How many characters of a run behind a legal form are the name: up to a particle, a verb, a post.

    >>> rest = "きょうとグリーンファンドの協力を得て"
    >>> rest[:_name_length(rest)]
    'きょうとグリーンファンド'
    """
    held = _HELD.match(rest)
    opaque = _HIRAGANA_START.match(rest)
    if _NO_NAME.match(rest) and not (opaque and opaque.end() > 2):
        return 0
    start = opaque.end() if opaque else 0
    end = start
    for token in tokenize(rest[start:]):
        if _ends(token):
            break
        end = start + token.end
    return max(end, held.end()) if held else end


def _ends(token: Token) -> bool:
    if _POST.match(token.surface):
        return True
    if token.pos.startswith(("助詞", "助動詞", "動詞", "形容詞", "接続詞", "連体詞", "副詞", "代名詞")):
        return True
    return token.pos.startswith("補助記号") and token.surface not in "・&＆-‐ー."
