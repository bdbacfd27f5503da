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
    if words.panel.search(lower):
        return bool(words.panel_owner.search(upper)) and not words.no_panel_owner.search(upper)
    if words.office_end.search(lower):
        return bool(
            words.department.search(upper)
            or (words.small_office.search(lower) and words.small_office_owner.search(upper))
        )
    ranks = [next((n for n, rank in enumerate(words.ranks) if name.endswith(rank)), None) for name in (upper, lower)]
    return ranks[1] is not None and (ranks[0] is None or ranks[0] < ranks[1])


def unit(owner: Body, chain: str, known: Bodies, kind: str) -> Body:
    """The unit of a body that a chain of names leads to; the gazetteer's own where it knows the id or the name."""
    if chain in ("議会", "会") and owner.organisation_id.startswith("lg-"):
        return Body(f"{owner.organisation_id}/議会", f"{owner.name}{chain}", "", "assembly")
    if owner.organisation_id.startswith("lg-"):
        chain = known.words.hall.sub("", chain)
    name = owner.name + chain
    chain = chain.removeprefix("立")
    organisation_id = "/".join(
        [owner.organisation_id, *(part.replace("/", "／") for part in steps(chain, known.words))]
    )
    found = known.by_id(organisation_id) or known.by_name(owner.name + chain)
    return found or Body(organisation_id, name, "", kind)
