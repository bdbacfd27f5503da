"""Chains of units: a name such as 北九州市環境局環境国際部環境国際戦略課 to its owner and its steps.

Takes names; gives their parts and ids. Does not know documents.
"""

from __future__ import annotations

import re

from pipeline.resolve.body_names import Bodies, Body

_STEP = re.compile(
    r"[^\s]{1,24}?(?:統括本部|推進本部|対策本部|戦略本部|副?事務局|委員会|審議会|検討会|調査会|分科会|部会|消防本部|消防局|大臣官房|官房|事務所|出張所|支所|支局|支社|支店|センター|本部|総局|局|部(?![門分])|課|室|係|班|グループ|研究所|病院|研究科|学部)|[^\s]+$"
)
_FALSE_END = re.compile(r"(?:内部|外部|全部|一部|幹部)$")
#: what belongs to a local government or ministry as a part of it, by the end of its name
PART = re.compile(
    r"^会$|(?:局|部|課|室|係|班|本部|官房|事務所|出張所|支所|支局|(?<!協)議会|委員会|審議会|審査会|消防団|消防署|保健所|児童相談所|センター|病院|診療所|研究所|試験場|部会|分科会|検討会|調査会|グループ|高校|こども園|土地開発公社|学校|小学校|中学校|高等学校|幼稚園|保育園|保育所|図書館|博物館|公民館)$"
)
#: bodies that every local government has one of
OWN_COMMITTEE = re.compile(
    r"^(?:教育委員会|選挙管理委員会|農業委員会|公平委員会|人事委員会|監査委員会?|固定資産評価審査委員会|公安委員会|収用委員会|消防本部|消防局|消防団|土地利用審査会)|(?:審議会|審査会|委員会|協議会|懇談会|会議|検討会|本部|部会)$"
)

#: schools and centres that every local government may have of the same name; a bare name is the publisher's
OWN_PLACE = re.compile(
    r"^.{1,14}(?:小学校|中学校|幼稚園|保育園|保育所|こども園|センター)$|^(?:消防団|消防署|消防本部|消防局|保健所|児童相談所|福祉事務所|土地開発公社|社会福祉協議会|商工会議所|商工会|観光協会|シルバー人材センター|農業協同組合|森林組合|漁業協同組合)$"
)


def steps(chain: str) -> list[str]:
    """The units of a chain, outermost first.

    >>> steps("環境局環境国際部環境国際戦略課"), steps("温暖化対策統括本部調整課")
    (['環境局', '環境国際部', '環境国際戦略課'], ['温暖化対策統括本部', '調整課'])
    """
    parts: list[str] = []
    held = ""
    for match in _STEP.finditer(chain.strip()):
        held += match.group().strip()
        if len(held) < 2 or _FALSE_END.search(held):
            continue
        parts.append(held)
        held = ""
    if held:
        parts.append(held)
    return parts


#: 環境部 lies in 環境局, not the other way about
_RANKS = ("局", "部", "課", "室", "係")


def is_below(upper: str, lower: str) -> bool:
    """Whether a unit may lie in another, by the rank that their names end with.

    >>> is_below("地球環境局", "国際連携課"), is_below("総務課", "企画課"), is_below("中央環境審議会", "総合政策部会")
    (True, False, True)
    """
    if lower.endswith(("部会", "分科会", "小委員会")):
        return upper.endswith(("審議会", "協議会", "委員会", "機構", "調査会")) and not upper.endswith("小委員会")
    ranks = [next((n for n, rank in enumerate(_RANKS) if name.endswith(rank)), None) for name in (upper, lower)]
    return ranks[1] is not None and (ranks[0] is None or ranks[0] < ranks[1])


def unit(owner: Body, chain: str, known: Bodies, kind: str) -> Body:
    """The unit of a body that a chain of names leads to; the gazetteer's own where it knows the id or the name."""
    if chain in ("議会", "会") and owner.organisation_id.startswith("lg-"):
        return Body(f"{owner.organisation_id}/議会", f"{owner.name}{chain}", "", "assembly")
    name = owner.name + chain
    chain = chain.removeprefix("立")
    organisation_id = "/".join([owner.organisation_id, *(part.replace("/", "／") for part in steps(chain))])
    found = known.by_id(organisation_id) or known.by_name(owner.name + chain)
    return found or Body(organisation_id, name, "", kind)
