"""Chains of units: a name such as 北九州市環境局環境国際部環境国際戦略課 to its owner and its steps.

Takes names; gives their parts and ids. Does not know documents.
"""

from __future__ import annotations

from pipeline.resolve.body_names import Bodies, Body
from pipeline.resolve.unit_words import UnitWords


def steps(chain: str, words: UnitWords) -> list[str]:
    """The units of a chain, outermost first.

    >>> from pipeline.engine.load import load_rules
    >>> from pipeline.resolve.unit_words import unit_words
    >>> words = unit_words(load_rules().gazetteers)
    >>> steps("環境局環境国際部環境国際戦略課", words), steps("温暖化対策統括本部調整課", words)
    (['環境局', '環境国際部', '環境国際戦略課'], ['温暖化対策統括本部', '調整課'])
    """
    parts: list[str] = []
    held = ""
    for match in words.step.finditer(chain.strip()):
        held += match.group().strip()
        if len(held) < 2 or words.no_step.search(held):
            continue
        parts.append(held)
        held = ""
    if held:
        parts.append(held)
    return parts


#: 環境部 lies in 環境局, not the other way about
_RANKS = ("局", "部", "課", "室", "係")


def is_below(upper: str, lower: str, words: UnitWords) -> bool:
    """Whether a unit may lie in another, by the rank that their names end with.

    >>> from pipeline.engine.load import load_rules
    >>> from pipeline.resolve.unit_words import unit_words
    >>> words = unit_words(load_rules().gazetteers)
    >>> is_below("地球環境局", "国際連携課", words), is_below("総務課", "企画課", words)
    (True, False)
    >>> is_below("中央環境審議会", "総合政策部会", words), is_below("動物愛護センター", "峠支所", words)
    (True, True)
    """
    if words.branch_end.search(lower):
        return bool(words.office_end.search(upper))
    if lower.endswith(("部会", "分科会", "小委員会", "専門委員会")):
        return upper.endswith(("審議会", "協議会", "委員会", "機構", "調査会", "部会")) and not upper.endswith(
            "小委員会"
        )
    if words.office_end.search(lower):
        return upper.endswith(_RANKS[:3]) or (lower.endswith("センター") and upper.endswith("保健所"))
    ranks = [next((n for n, rank in enumerate(_RANKS) if name.endswith(rank)), None) for name in (upper, lower)]
    return ranks[1] is not None and (ranks[0] is None or ranks[0] < ranks[1])


def unit(owner: Body, chain: str, known: Bodies, kind: str) -> Body:
    """The unit of a body that a chain of names leads to; the gazetteer's own where it knows the id or the name."""
    if chain in ("議会", "会") and owner.organisation_id.startswith("lg-"):
        return Body(f"{owner.organisation_id}/議会", f"{owner.name}{chain}", "", "assembly")
    name = owner.name + chain
    chain = chain.removeprefix("立")
    organisation_id = "/".join(
        [owner.organisation_id, *(part.replace("/", "／") for part in steps(chain, known.words))]
    )
    found = known.by_id(organisation_id) or known.by_name(owner.name + chain)
    return found or Body(organisation_id, name, "", kind)
