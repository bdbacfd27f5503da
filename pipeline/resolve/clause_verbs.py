"""The words behind a number that tell what its clause says: that something is so much, was made so much, is spent on, is compared with.

Takes the gazetteer `clause_verbs`; gives patterns, compiled once for a gazetteer. Does not know sentences.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from pipeline.engine.gazetteer import Gazetteer
from pipeline.text.patterns import late


@dataclass(frozen=True, slots=True)
class ClauseVerbs:
    """Patterns that are matched right behind a number, blanks before them allowed; `added` behind a particle, `body` ends a noun.

    `says`: the subject is, becomes, reaches, exceeds so much, or the clause ends; `made`: an object is changed to so much;
    `relative`: what was so much (4,120件あった相談);     `spent`: a sum is spent on something; `changed`: it changes by so much, in a verb that is no label; `compared`: with the number;
    `added`: an object is added up before the sum is told; `body`: bodies and subjects of a speech, which are no quantities.
    """

    says: re.Pattern[str]
    made: re.Pattern[str]
    spent: re.Pattern[str]
    relative: re.Pattern[str]
    changed: re.Pattern[str]
    compared: re.Pattern[str]
    added: re.Pattern[str]
    body: re.Pattern[str]


@lru_cache(maxsize=4)
def clause_verbs(gazetteer: Gazetteer | None) -> ClauseVerbs:
    """`unless` are the characters that may not follow a word (で, but not でき)."""

    def words(role: str) -> str:
        rows = [row for row in (gazetteer.rows if gazetteer is not None else ()) if role in row["role"].split("|")]
        return (
            "|".join(re.escape(r["surface"]) + (f"(?![{r['unless']}])" if r["unless"] else "") for r in rows) or "(?!)"
        )

    return ClauseVerbs(
        says=late(rf"\s*(?:$|[。、，；;（(）)】」]|{words('says')})"),
        made=late(rf"\s*[にへと]?(?:{words('made')})"),
        spent=late(rf"\s*を?\s*(?:{words('spent')})"),
        relative=late(f"(?:{words('relative')})"),
        changed=late(rf"\s*(?:{words('changed')})"),
        compared=late(rf"\s*[もを]?\s*(?:{words('compared')})"),
        added=late(f"(?:{words('added')})"),
        body=late(f"(?:{words('body')})$"),
    )
