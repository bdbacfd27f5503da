"""Words in and around the names of bodies, made into patterns by the part that they play.

Takes the gazetteer `body_words` (surface, role, not_before, not_behind); gives `BodyWords`. Does not know bodies or matches.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pipeline.engine.gazetteer import Gazetteer, Row
from pipeline.model import PipelineError


@dataclass(frozen=True, slots=True)
class BodyWords:
    """One pattern a role of `rules/gazetteer/body_words.csv`; a word may have several roles (`last|head_only`).

    A word's `not_before` (RE: what may not follow) holds where the pattern looks at the beginning of a text, not where it wants a
    whole word.
    """

    #: no name begins with it, although it is written in kana like a name's first word (beginning)
    no_name: re.Pattern[str]
    #: a post, a person's title, or a thing that a body has: ends the name before it (beginning)
    post: re.Pattern[str]
    #: ends a name where no further word of it follows (whole word)
    last: re.Pattern[str]
    #: a kind of body, which alone is no name (whole word)
    head_only: re.Pattern[str]
    #: ends a body's or place's name, so that a ・ behind it parts it from the next (found with that ・)
    joined: re.Pattern[str]
    #: a mark or a word that points back, before a unit's name (beginning)
    lone: re.Pattern[str]
    #: the kind of government that stands for the one meant before a body's name (`own_kind`: 県環境部; beginning)
    own_kind: re.Pattern[str]
    #: what the name of a public school or hospital may begin with (`founder`: 若葉県立; beginning)
    founded: re.Pattern[str]
    #: schools without a name, also of a founder who has several (`founder`, `many`: 公立小中学校, 高知市立小学校; whole)
    schools: re.Pattern[str]
    #: one school of two grades, by its name (`school_part`: 若葉小・中学校; whole)
    joint_school: re.Pattern[str]
    #: the legal form of a further body (beginning); `form_end` ends such forms as 一般社団法人
    form: re.Pattern[str]
    #: `unit_end`: ends a unit or the post of its head, so that another body may begin behind it (ends of texts)
    unit_end: re.Pattern[str]
    #: the same with something behind it
    unit_within: re.Pattern[str]
    #: `local_end`: how a local government's name ends (ends of texts)
    local_end: re.Pattern[str]
    #: `national_end`: a ministry's or agency's name, up to its last word (beginning)
    national: re.Pattern[str]
    #: makes the name of a place before it a part of a unit's own name (beginning)
    branch: re.Pattern[str]
    #: a province abroad, which ends like a ministry (whole word)
    province: re.Pattern[str]
    #: a short name that means something in its document only: a role in a contract, this body, a kind of body (whole word)
    document_only: re.Pattern[str]
    #: the kind of body at the end of a name, of which a short form keeps the first character (`cut`: 静岡大; whole)
    cut: re.Pattern[str]
    #: words at the end of a name that hold it together over a particle (`held`: いのちの電話; beginning, with the name before them)
    held: re.Pattern[str]
    #: a part of the country larger than a town, after which bodies are named (`area`: いわて; beginning)
    area: re.Pattern[str]
    #: the same, and parts that the state's offices are named after (`region`: 中部; beginning)
    region: re.Pattern[str]
    #: a word in Latin letters that a company bears and a text means otherwise (`common_latin`: ECO; whole)
    common_latin: re.Pattern[str]
    #: may stand right behind a short name, in kanji though it is (beginning)
    may_follow: re.Pattern[str]


def body_words(gazetteers: Mapping[str, Gazetteer]) -> BodyWords:
    """The patterns of the rule set's own words; a role without words matches nothing of its own.

    Raises PipelineError where a `not_before` is no regular expression.
    """
    return _compiled(gazetteers.get("body_words"))


@lru_cache(maxsize=4)
def _compiled(gazetteer: Gazetteer | None) -> BodyWords:
    words = WordsByRole.of(gazetteer)
    return BodyWords(
        no_name=re.compile(f"(?:[0-9]|{words.beginning('no_name')})"),
        post=re.compile(words.beginning("post")),
        last=re.compile(f"{words.whole('last')}$"),
        head_only=re.compile(f"(?:[ァ-ヴー・]|[0-9]+|{words.whole('head_only')})$"),
        joined=re.compile(f"{words.whole('ends_before_dot')}[・,，](?=[^・]{{2}})"),
        lone=re.compile(f"(?:[①-⑳○●◎◇◆□■※]+|[0-9]+(?![0-9世人年百万千%期次者])|{words.beginning('lone')})"),
        own_kind=re.compile(words.beginning("own_kind")),
        founded=re.compile(rf"\S{{0,8}}?{words.whole('founder')}"),
        schools=re.compile(
            rf"(?:\S{{0,8}}?{words.whole('founder')})?(?:{words.whole('school_part')}・)*{words.whole('many')}$"
        ),
        joint_school=re.compile(rf"\S{{2,}}?(?:{words.whole('school_part')}・)+{words.whole('many')}$"),
        form=re.compile(f"(?:{words.whole('form')}|[一-龥NPO]{{2,9}}{words.whole('form_end')})"),
        unit_end=re.compile(f"{words.whole('unit_end')}$"),
        unit_within=re.compile(rf"{words.whole('unit_end')}\s*\S"),
        local_end=re.compile(f"{words.whole('local_end')}$"),
        national=re.compile(rf"\S{{2,}}?{words.whole('national_end')}"),
        branch=re.compile(words.beginning("branch")),
        province=re.compile(f"{words.whole('province')}$"),
        document_only=re.compile(f"(?:[本当同弊両各貴].*|{words.whole('head_only')}|{words.whole('document_only')})$"),
        cut=re.compile(f"{words.whole('cut')}$"),
        held=re.compile(rf"[^、。\s]{{1,16}}?{words.whole('held')}(?![一-龥々ァ-ヴー])"),
        area=re.compile(words.whole("area")),
        region=re.compile(f"(?:{words.whole('area')}|{words.whole('region')})"),
        common_latin=re.compile(f"{words.whole('common_latin')}$"),
        may_follow=re.compile(words.whole("may_follow")),
    )


@dataclass(frozen=True, slots=True)
class WordsByRole:
    """The rows of `body_words` that play each role, longest first; its methods give alternations, `(?!)` where a role has no words."""

    rows: Mapping[str, Sequence[Row]]

    @classmethod
    def of(cls, gazetteer: Gazetteer | None) -> WordsByRole:
        by_role: dict[str, list[Row]] = {}
        for row in sorted(gazetteer.rows if gazetteer is not None else (), key=lambda row: -len(row["surface"])):
            for role in row["role"].split("|"):
                by_role.setdefault(role, []).append(row)
        return cls(by_role)

    def whole(self, role: str) -> str:
        return self._any([re.escape(row["surface"]) for row in self.rows.get(role, ())])

    def beginning(self, role: str) -> str:
        """Words with what may not follow them."""
        return self._any(
            [re.escape(row["surface"]) + _look("?!", row, "not_before") for row in self.rows.get(role, ())]
        )

    def end(self, role: str) -> str:
        """Words with what may not stand before them."""
        return self._any(
            [_look("?<!", row, "not_behind") + re.escape(row["surface"]) for row in self.rows.get(role, ())]
        )

    @staticmethod
    def _any(words: list[str]) -> str:
        return f"(?:{'|'.join(words or ['(?!)'])})"


def _look(around: str, row: Row, column: str) -> str:
    """A negative look-around of what a row's column holds; "" where it holds nothing."""
    if not row.get(column):
        return ""
    try:
        re.compile(f"({around}{row[column]})")
    except re.error as error:
        raise PipelineError(
            f"gazetteer/body_words.csv: {row['surface']}", f"{column} is no pattern: {error}", "mend it"
        ) from None
    return f"({around}{row[column]})"
