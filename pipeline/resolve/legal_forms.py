"""Legal forms inside a name and before it, made into patterns.

Takes the gazetteer `legal_forms`; gives `LegalForms`. Does not know bodies.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from pipeline.engine.gazetteer import Gazetteer


@dataclass(frozen=True, slots=True, eq=False)
class LegalForms:
    """`company_unit` finds the owner, its form and the rest of the name of a company's unit; `before` a form at the beginning of a name, with
    what stands before it of one that is not listed (○○業協同組合法人); `company` a company's form anywhere."""

    company_unit: re.Pattern[str]
    before: re.Pattern[str]
    company: re.Pattern[str]


def legal_forms(gazetteers: Mapping[str, Gazetteer]) -> LegalForms:
    """
    >>> from pipeline.engine.load import load_rules
    >>> forms = legal_forms(load_rules().gazetteers)
    >>> forms.company_unit.match("若葉電力株式会社青森支店").groups()
    ('若葉電力', '株式会社', '青森支店')
    >>> forms.before.sub("", "独立行政法人若葉機構"), forms.before.sub("", "若葉市")
    ('若葉機構', '若葉市')
    """
    return _compiled(gazetteers.get("legal_forms"))


@lru_cache(maxsize=4)
def _compiled(gazetteer: Gazetteer | None) -> LegalForms:
    rows = sorted(gazetteer.rows if gazetteer is not None else (), key=lambda row: -len(row["surface"]))
    company = _any([row["surface"] for row in rows if row["kind"] == "company" and row["position"] == "both"])
    return LegalForms(
        company_unit=re.compile(rf"^(?P<owner>.+?)(?P<form>{company})(?P<rest>.{{2,}})$"),
        before=re.compile(rf"^(?:{_any([row['surface'] for row in rows])}|[^\s]{{0,6}}?法人)"),
        company=re.compile(company),
    )


def _any(surfaces: list[str]) -> str:
    return f"(?:{'|'.join(map(re.escape, surfaces)) or '(?!)'})"
