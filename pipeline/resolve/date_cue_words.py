"""The words that tell what a date is for and when it lies, as patterns.

Takes the rows of date_roles.csv, date_tenses.csv and date_notices.csv (rules/gazetteer); gives patterns, compiled once for a rule set. Does not look at
documents.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from pipeline.engine.gazetteer import Gazetteer
from pipeline.resolve.date_particles import one_of

_NUMERAL = "[0-9一二三四五六七八九十]{1,3}"
_LIST_ITEM = f"{_NUMERAL}[月日](?:{_NUMERAL}日)?(?:まで|から)?(?:及び|および|並びに|[・、,とや(]|に始まり)"
#: around the label of a line: 【申込み】, (定員)
_OPENING, _CLOSING = r"・●○(（【〔\[<＜〈「", r")）】〕\]>＞〉」"
#: the rest of a list of days (8月6日・12月29日～1月3日を除く)
_LIST_REST = "(?:[・、,〜～~－から]{1,2}[0-9０-９月日]{2,8}){0,4}"
_SENTENCE_END = r"[。」）)]*$"


@dataclass(frozen=True, slots=True)
class CueWords:
    """`roles` is matched right behind a date, `behind` and `before` are searched on its two sides, `label` ends right before it.

    `announced` and `past_end` are ends of sentences: the polite present, but not of a verb that tells how things are (います), and the
    past tense. `recurring` ends right before a date or the list that it stands in, `recurring_before` stands earlier in its sentence; `excepted`, `directing`, `pointing` and `session` are words that
    stand beside a date. `notices` are found in paragraphs of an announcement, `notice_label` begins a line of one, `plans` are found in
    titles (of the tense `notice_of`),
    `applications` beside what prepares for something later, `accounts`,
    `goals`, `carried` and `compared` behind a year, `assembly` behind a month; `minutes` name a document that tells of one sitting; `opening` words stand right behind a day on which something will begin.
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
    recurring: re.Pattern[str]
    recurring_before: re.Pattern[str]
    excepted: re.Pattern[str]
    directing: tuple[str, ...]
    pointing: tuple[str, ...]
    session: tuple[str, ...]
    notice_of: Mapping[str, str]
    notices: re.Pattern[str]
    notice_label: re.Pattern[str]
    plans: re.Pattern[str]
    applications: re.Pattern[str]
    accounts: re.Pattern[str]
    goals: re.Pattern[str]
    carried: re.Pattern[str]
    compared: re.Pattern[str]
    assembly: re.Pattern[str]
    minutes: re.Pattern[str]
    opening: tuple[str, ...]


@lru_cache(maxsize=4)
def cue_words(roles: Gazetteer, tenses: Gazetteer, notices: Gazetteer) -> CueWords:
    """`side` tells where a word of a tense stands: `before` or `behind` the date (`both`, or nothing, for either), at the `end` of its sentence."""

    def words(*wanted: str, sides: tuple[str, ...] = ()) -> tuple[str, ...]:
        return tuple(r["surface"] for r in tenses.rows if r["tense"] in wanted and (not sides or r["side"] in sides))

    def beside(place: str) -> re.Pattern[str]:
        return re.compile(one_of(r["surface"] for r in notices.rows if place in r["place"].split("|")))

    role_of = {row["surface"]: row["role"] for row in roles.rows}
    told = "".join(f"(?<!{re.escape(word[:-2])})" for word in words("told", sides=("end",)))
    return CueWords(
        role_of=role_of,
        tense_of={row["surface"]: row["tense"] for row in tenses.rows},
        roles=re.compile(one_of(role_of)),
        behind=re.compile(one_of(words("future", "aim", "past", sides=("behind", "both", "")))),
        before=re.compile(one_of(words("future", "aim", "past", sides=("before", "both", "")))),
        label=re.compile(f"(?:{one_of(words('label'))})[】)）\\]]?[:：]?$"),
        announced=re.compile(f"{told}(?:{one_of(words('announced', sides=('end',)))}){_SENTENCE_END}"),
        past_end=re.compile(f"(?:{one_of(words('past', sides=('end',)))}){_SENTENCE_END}"),
        habitual=re.compile(one_of(words("habitual"))),
        recurring=re.compile(
            f"(?:{one_of(words('habitual', 'recurring', sides=('before',)))})(?:[、,]|の)?(?:{_LIST_ITEM})*$"
        ),
        recurring_before=re.compile(
            f"(?:{one_of(words('habitual', 'recurring', sides=('before',)))})(?:[、,]|の)?{_NUMERAL}月"
        ),
        excepted=re.compile(f"{_LIST_REST}(?:{one_of(words('habitual', sides=('behind',)))})"),
        directing=words("past", "future", sides=("before",)),
        pointing=words("pointing", "past", sides=("before",)),
        session=words("session"),
        notice_of={row["surface"]: row["tense"] for row in notices.rows},
        notices=beside("paragraph"),
        notice_label=re.compile(
            f"[{_OPENING}]{{0,2}}(?:{beside('label').pattern})(?:[{_CLOSING}]|[ \u3000]?[:：／…は])"
        ),
        plans=beside("title"),
        applications=beside("application"),
        accounts=beside("accounts"),
        goals=re.compile(f"(?:の)?(?:{beside('goal').pattern})"),
        carried=beside("carried"),
        compared=beside("compared"),
        assembly=re.compile(f"(?:の)?(?:{beside('assembly').pattern})"),
        minutes=beside("minutes"),
        opening=words("announced", sides=("behind",)),
    )
