"""The words that tell what a date is for and when it lies, as patterns.

Takes the rows of date_roles.csv and date_tenses.csv (rules/gazetteer); gives patterns, compiled once for a rule set. Does not look at
documents.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from pipeline.engine.gazetteer import Gazetteer
from pipeline.resolve.date_particles import one_of

_SENTENCE_END = r"[。」）)]*$"


@dataclass(frozen=True, slots=True)
class CueWords:
    """`roles` is matched right behind a date, `behind` and `before` are searched on its two sides, `label` ends right before it.

    `announced` and `past_end` are ends of sentences: the polite present, but not of a verb that tells how things are (います), and the
    past tense. `recurring`, `pointing` and `session` are words that stand beside a date.
    """

    role_of: Mapping[str, str]
    tense_of: Mapping[str, str]
    roles: re.Pattern[str]
    behind: re.Pattern[str]
    before: re.Pattern[str]
    label: re.Pattern[str]
    announced: re.Pattern[str]
    past_end: re.Pattern[str]
    habitual: re.Pattern[str]
    recurring: tuple[str, ...]
    pointing: tuple[str, ...]
    session: tuple[str, ...]


@lru_cache(maxsize=4)
def cue_words(roles: Gazetteer, tenses: Gazetteer) -> CueWords:
    """`side` tells where a word of a tense stands: `before` or `behind` the date (`both`, or nothing, for either), at the `end` of its sentence."""

    def words(*wanted: str, sides: tuple[str, ...] = ()) -> tuple[str, ...]:
        return tuple(r["surface"] for r in tenses.rows if r["tense"] in wanted and (not sides or r["side"] in sides))

    role_of = {row["surface"]: row["role"] for row in roles.rows}
    told = "".join(f"(?<!{re.escape(word[:-2])})" for word in words("told", sides=("end",)))
    return CueWords(
        role_of=role_of,
        tense_of={row["surface"]: row["tense"] for row in tenses.rows},
        roles=re.compile(one_of(role_of)),
        behind=re.compile(one_of(words("future", "past", sides=("behind", "both", "")))),
        before=re.compile(one_of(words("future", "past", sides=("before", "both", "")))),
        label=re.compile(f"(?:{one_of(words('label'))})[】)）\\]]?[:：]?$"),
        announced=re.compile(f"{told}(?:{one_of(words('announced', sides=('end',)))}){_SENTENCE_END}"),
        past_end=re.compile(f"(?:{one_of(words('past', sides=('end',)))}){_SENTENCE_END}"),
        habitual=re.compile(one_of(words("habitual"))),
        recurring=words("habitual", sides=("before",)),
        pointing=words("pointing", "past", sides=("before",)),
        session=words("session"),
    )
