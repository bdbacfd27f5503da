"""Words that tell what a noun phrase can say of a number: 予算額 is money, 増 a change, 本市 nothing.

Takes the gazetteers `header_words`, `label_words`, `clause_ends` and `clause_verbs`; gives `LabelWords`. Does not know sentences.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from pipeline.engine.gazetteer import Gazetteer
from pipeline.resolve.clause_verbs import ClauseVerbs, clause_verbs
from pipeline.resolve.date_particles import one_of
from pipeline.text.patterns import late

#: the gazetteers that `label_words` takes, in order
GAZETTEERS = ("header_words", "label_words", "clause_ends", "clause_verbs")
#: kinds of number that have no unit of their own: a share or a change of anything measured
_SHARES = ("percent", "ratio")
#: kinds of number that are said mostly of what is done, not of a thing that has a name
_SELDOM = ("duration", "frequency")
_UNIT = late(
    r"[\d０-９一二三四五六七八九十百千万億]\s*(?P<unit>[^\d０-９\s]{1,6}?)(?:以上|以下|以内|程度|前後|余り?|超|未満|弱|強|ほど|分|を.*)?$"
)
_ENGLISH = late(r"[a-z]{2}")
_COLON = late(r"[：:／/】]|間の")
#: how many answers are kept
_MOST = 1 << 14
_BULLETS = "〇○◯●"
#: the number of a title of a budget: 第2款総務費
_TITLE = r"第?[0-9０-９一二三四五六七八九十]{1,3}[款項目節]"
#: a label has a letter that is no hiragana
_WORD = re.compile(r"[^ぁ-んー\W\d]")


@dataclass(frozen=True)
class LabelWords:
    """`roles` are those of `rules/gazetteer/label_words.csv`: `lead` (no part of a label that it begins), `tail` (nor of one that it ends), `suffix` (does not tell what is measured: 残高見込み), `weak` (a label where
    there is no better one), `generic` (needs the noun before it: 予算の総額), `none` and `empty` (say nothing), `change`, `changing`,
    `payee` (who gets or pays a sum), `each` (それぞれ), `degree` (a change is so great: 大幅な), `prolonged`
    (the change of a length of time), `part` (of what was counted before: このうち), `compared` (what a number is compared with: 県平均), `comparing` (a column of differences between years: 増減), `limit` (a limit, rate or price: 上限額),
    `no_key` (a key of a line that says nothing of its numbers: 会場), `whom` (one that says whom they are for: 対象),
    `breakdown` (a header of which each part has a name: 財源内訳), `title_end` (what a title ends with and a label does not: 残高の推移), `named_behind` (a header whose brackets say what it is: 指標（普及率）).
    `clause` is where a clause ends: what stands before it is said of something else."""

    roles: Mapping[str, frozenset[str]]
    kinds: Mapping[str, frozenset[str]]
    lead: re.Pattern[str]
    tail: re.Pattern[str]
    suffix: re.Pattern[str]
    apart: re.Pattern[str]
    clause: re.Pattern[str]
    each: re.Pattern[str]
    degree: re.Pattern[str]
    part: re.Pattern[str]
    title_end: re.Pattern[str]
    compared: tuple[str, ...]
    verbs: ClauseVerbs

    def has(self, text: str, role: str) -> bool:
        return role in self.roles.get(text, ())

    def ends(self, text: str, role: str) -> bool:
        """Whether a phrase is, or ends with, a word of a role."""
        return any(self.has(text[-n:], role) for n in range(1, min(len(text), 5) + 1))

    def ending(self, text: str, role: str) -> str:
        """The word of a role that a phrase is, or that of more than one character that it ends with."""
        if self.has(text, role):
            return text
        return next((text[-n:] for n in range(5, 1, -1) if self.has(text[-n:], role)), "")

    @cached_property
    def _measured(self) -> dict[str, frozenset[str]]:
        """What `measured` has answered."""
        return {}

    @cached_property
    def _trimmed(self) -> dict[str, str]:
        """What `trimmed` has answered."""
        return {}

    @cached_property
    def _empty(self) -> dict[str, bool]:
        """What `empty` has answered; words come back often."""
        return {}

    def empty(self, text: str) -> bool:
        """Whether a phrase says nothing of a number: a pronoun, a time, a place, hiragana, a single letter that is no measure."""
        known = self._empty.get(text)
        if known is None:
            if len(self._empty) >= _MOST:
                self._empty.clear()
            known = self._empty[text] = self._says_nothing(text)
        return known

    def _says_nothing(self, text: str) -> bool:
        if not _WORD.search(text) or self.ends(text, "ending"):
            return True
        if len(text) == 1 and not self.measured(text):
            return True
        if _ENGLISH.search(text) and text.isascii():
            return True
        return self.has(text, "none") or self.has(text, "empty") or self.has(text, "lead")

    def counts(self, surface: str) -> bool:
        """Whether a number counts what the noun before it names; not where it counts regions (東北3県, 世界83カ国)."""
        unit = _UNIT.search(surface)
        return unit is not None and not self.has(unit["unit"], "region")

    def may_name(self, kind: str, text: str) -> bool:
        """Whether a text holds a word for numbers of a kind at all; False only for lengths of time and rates, of which most have none."""
        if kind not in _SELDOM:
            return True
        return _COLON.search(text) is not None or self._of_time.search(text) is not None

    @cached_property
    def _of_time(self) -> re.Pattern[str]:
        return re.compile(one_of(word for word, kinds in self.kinds.items() if kinds & set(_SELDOM)))

    def needs_owner(self, owner: str, text: str) -> bool:
        """Whether a phrase says too little without the noun that it hangs on: 予算の総額, その他の経費."""
        if self.has(owner, "owner"):
            return True
        return self.has(text, "generic") and not self.empty(owner)

    def trimmed(self, text: str) -> str:
        """A phrase without what leads on to it: 国庫補助金 for うち国庫補助金."""
        known = self._trimmed.get(text)
        if known is None:
            if len(self._trimmed) >= _MOST:
                self._trimmed.clear()
            bare = self.tail.sub("", text.lstrip(_BULLETS))
            rest = self.lead.sub("", bare)
            known = self._trimmed[text] = rest if len(rest) > 1 else bare
        return known

    def parted(self, text: str) -> str:
        """A header without the word that makes it a part of the one before: 来所 for うち来所."""
        found = self.part.match(text)
        return text[found.end() :] if found is not None and len(text) > found.end() + 1 else text

    def measures(self, text: str, kind: str) -> bool:
        """Whether a phrase names something that numbers of a kind measure: 市税 money, 会員数 a count; a per cent measures a rate or
        the change of anything measured."""
        kinds = self.measured(text)
        return bool(kinds) if kind in _SHARES else kind in kinds

    def measured(self, text: str) -> frozenset[str]:
        """The kinds of number that the longest word at a phrase's end is measured in."""
        known = self._measured.get(text)
        if known is None:
            if len(self._measured) >= _MOST:
                self._measured.clear()
            whole = self.suffix.sub("", text)
            ends = (self.kinds.get(whole[-n:]) for n in range(len(whole), 0, -1))
            known = self._measured[text] = next((found for found in ends if found is not None), frozenset())
        return known


@lru_cache(maxsize=4)
def label_words(
    headers: Gazetteer | None, words: Gazetteer | None, ends: Gazetteer | None, verbs: Gazetteer | None
) -> LabelWords:
    roles = {row["surface"]: frozenset(row["role"].split("|")) for row in (words.rows if words else ())}
    kinds = {
        row["surface"]: frozenset(row["kind"].split("|")) - {"name"}
        for row in (headers.rows if headers else ())
        if row["place"] == "end"
    }
    leads_on = [word for word, of in roles.items() if "lead" in of]
    measured = one_of(word for word in kinds if word.startswith(tuple(leads_on)))
    # 現在 leads on to a label, but 現在高 is one
    lead = f"(?!{measured})(?:{one_of(leads_on)})"
    apart = one_of(word for word, of in roles.items() if of & {"none", "weak", "lead"} and len(word) > 1)
    ended = one_of(row["surface"] for row in (ends.rows if ends else ()))
    clause = re.compile(f"(?:[しりてでれびみちきい]|{ended})、")
    each, degree, part = (
        one_of(word for word, of in roles.items() if role in of) for role in ("each", "degree", "part")
    )
    tails = re.compile(rf"(?<=..)(?:{one_of(word for word, of in roles.items() if 'tail' in of)})$")
    suffixes = re.compile(rf"(?<=..)(?:{one_of(word for word, of in roles.items() if 'suffix' in of)})$")
    leads = re.compile(f"^(?:{_TITLE}|{lead})+(?=..)")
    return LabelWords(
        roles,
        kinds,
        leads,
        tails,
        suffixes,
        re.compile(apart),
        clause,
        re.compile(each),
        re.compile(rf"\s*の?(?:{degree})"),
        re.compile(part),
        re.compile(rf"(?<=..)(?:{one_of(word for word, of in roles.items() if 'title_end' in of)})$"),
        tuple(word for word, of in roles.items() if "compared" in of),
        clause_verbs(verbs),
    )
