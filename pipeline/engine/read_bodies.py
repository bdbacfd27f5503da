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

_WORD = re.compile(r"[一-龥々ぁ-んァ-ヴーA-Za-z]{2}")
_LATIN = re.compile(r"^[A-Za-z0-9][A-Za-z0-9 &.,'’+/-]*$")
_HIRAGANA = re.compile(r"[ぁ-ん]")
_HIRAGANA_START = re.compile(r"^[ぁ-ん]{2,6}(?=[一-龥々ァ-ヴ])")
#: words that no name begins with, although they are written in kana like a name's first word
_NO_NAME = re.compile(
    r"^(?:(?:は|が|を|に|へ|と|や|も|の|で|など|から|まで|より|とは|では|には|への|とする|である|であって|ではない|でない|または|その他)|(?:等|法|格|化|会計|税|住民税|市民税|事業税|制度|設立|認証|認可|形態|形式|名|数|向け|以外|以下|以上|同士|各|又は|及び|並びに)(?![一-龥々])|[0-9])"
)
_POST = re.compile(
    r"^(?:理事長|理事|副理事長|代表(?:理事|取締役|社員|者|$)|代表$|常務|専務|会長|副会長|社長|副社長|顧問|特別(?:研究|顧問|会員|理事|参与)|特任|名誉(?:会長|理事|顧問|教授)|教授|准教授|役員|監事|主任研究|主席研究|上席|研究員|取締役|執行役|執行取締役|ディレクター|プロデューサー|マネージャー|エグゼクティブ|アドバイザー|アナウンサー|エコノミスト|ジャーナリスト|チーフ|事業(?:計画|報告|年度|実績)|決算|予算|定款|規約|ホームページ|ウェブサイト|HP|収支|貸借対照表|経営状況|補助金|負担金|助成金|出資金|貸付金|会費|プレスリリース|パンフレット|資料|賛助会員|会員|様|御中|殿|氏|学長|総裁|総長|院長|校長|園長|所長|部長|課長|事務局長|と共同|との|宛|あて)"
)
#: words that end a name only where no further word of it follows
_LAST_WORD = re.compile(
    r"^(?:協力|提供|編集?|著|製|作成|調べ|担当|職員|社員|委員|代理|所属|出向|勤務|発行|主催|共催|後援|協賛|講師|内|他|ほか|等|株|社|及び|代表|委託|出資|運営|施工|設計|加盟|推薦|本社|本店|株主)$"
)
_HEAD_ONLY = re.compile(
    r"^(?:連合会|中央会|協会|財団|組合|会社|法人|団体|等|機構|本部|支部|本社|支社|支店|本店|事務所|センター|小組合|大学|学校|委員会|協議会|部会|分科会|事務局|支局|出張所|病院|社団|[ァ-ヴー・]|[0-9]+)$"
)
#: ・ behind the end of a body's or place's name parts it from the next
_JOINED = re.compile(
    r"(?:[都道府県市区町村省庁局部課室会社法党院校署園]|協議会|銀行|大学|連合|連盟|機構|協会|組合|センター|機関|団体|企業|自治体|国|国連|学校)[・,，](?=[^・]{2})"
)
#: two units of one rank set on two lines of a cell
_SECOND_UNIT = re.compile(
    r"(?:(?<=[^\s]{2})課(?=[^題税程外長]{2,}課$)|(?<=[^全一内外幹])部(?=[^会門分長局課室]{2,}部$))"
)
#: the word for the publisher's kind of government is no part of a unit's name
_LONE = re.compile(
    r"^(?:[①-⑳○●◎◇◆□■※]+|[0-9]+(?![0-9世人年万百千%期次者])|[市県町村区](?![民営立道税街場内長議有政役域外史勢会])|貴|問(?![題屋診合]))"
)
_NEXT_FORM = re.compile(r"(?:株式会社|有限会社|合同会社|[一-龥NPO]{2,9}法人)")
#: a name that holds particles is held together by the word at its end (日本の松の緑を守る会)
_HELD = re.compile(r"^[^、。]{2,24}?(?:の会|を[^、。をが]{1,10}会)(?![一-龥議長員])")


def read_organisation(match: Match) -> Reading | None:
    """A body by its gazetteer row, its legal form, or the head word that its rule looked for."""
    if match.rows:
        return _known(match)
    groups = match.groups
    if groups.get("organ"):
        return _organ(match)
    if groups.get("alias"):
        return Reading(OrganisationValue(groups["alias"], kind="alias"))
    if groups.get("rest"):
        return _form_before(match)
    if groups.get("position") == "behind":
        return _form_behind(match)
    if groups.get("sort") == "abroad" and match.surface.startswith("日本"):
        return None
    skip = _foreign_beginning(match.surface)
    if skip and _HEAD_ONLY.match(match.surface[skip:]):
        return None
    return Reading(OrganisationValue(match.surface[skip:], kind=groups.get("kind", "")), skip=skip)


def _known(match: Match) -> Reading | None:
    if (match.groups.get("names") == "latin") != bool(_LATIN.match(match.surface)):
        return None
    row = match.rows[0]
    return Reading(
        OrganisationValue(row["name"], row.get("legal_form", ""), row.get("kind", ""), row["organisation_id"])
    )


def _organ(match: Match) -> Reading | None:
    inner = match.inner["organisation"].value
    if not isinstance(inner, OrganisationValue) or inner.kind in ("alias", "acronym"):
        return None
    return Reading(OrganisationValue(inner.name + match.groups["organ"], kind="unit"))


def _form_before(match: Match) -> Reading | None:
    written, rest = match.groups["form"], match.groups["rest"]
    name = rest[: _name_length(rest)].rstrip(" ・-&＆.'’‐")
    if len(name) < 2 or _HEAD_ONLY.match(name):
        return None
    form = legal_form(written, match.gazetteers)
    length = match.surface.index(rest, len(written)) + len(name)
    return Reading(OrganisationValue(name, form[0], form[1]), length=length)


def _form_behind(match: Match) -> Reading | None:
    forms = match.gazetteers["legal_forms"].surfaces
    written = max((f for f in forms if match.surface.endswith(f)), key=len, default="")
    skip = _foreign_beginning(match.surface)
    name = match.surface[skip : len(match.surface) - len(written)].strip()
    if not written or _HEAD_ONLY.match(name) or not _WORD.search(name) or _NEXT_FORM.match(name):
        return None
    form = legal_form(written, match.gazetteers)
    return Reading(OrganisationValue(name, form[0], form[1]), skip=skip)


def _foreign_beginning(surface: str) -> int:
    """How many characters at the beginning of a run of nouns are not the body's: the body or place before a ・, a lone 市 or 県.

    >>> _foreign_beginning("緩和策分科会・適応策分科会"), _foreign_beginning("市環境局"), _foreign_beginning("防災・危機管理課")
    (7, 1, 0)
    """
    start = max((m.end() for m in (*_JOINED.finditer(surface), *_SECOND_UNIT.finditer(surface))), default=0)
    lone = _LONE.match(surface[start:])
    return start + (lone.end() if lone and lone.end() < len(surface) - start - 1 else 0)


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
    tokens = tokenize(rest[start:])
    for number, token in enumerate(tokens):
        if token.surface == "・" and _NEXT_FORM.match(rest[start + token.end :]):
            break
        last = number + 1 == len(tokens) or _is_particle(tokens[number + 1])
        if (
            _is_particle(token)
            or _POST.match(rest[start + token.start :])
            or (last and _LAST_WORD.match(token.surface))
        ):
            break
        end = start + token.end
    return max(end, held.end()) if held else end


def _is_particle(token: Token) -> bool:
    """A word of grammar, or a sign. What MeCab calls a verb in katakana or kanji is part of a name that it does not know."""
    if not _HIRAGANA.search(token.surface):
        return token.pos.startswith("補助記号") and token.surface not in "・&＆-‐ー."
    return token.pos.startswith(("助詞", "助動詞", "動詞", "形容詞", "接続詞", "連体詞", "副詞", "代名詞"))
