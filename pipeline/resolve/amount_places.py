"""A number's place in the reading of its sentence: the phrases before it, what parts them from it, what stands behind it.

Takes a reading, the number's ends in it, its kind. Does not know which phrase is its label.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from pipeline.resolve.label_words import LabelWords
from pipeline.resolve.noun_phrases import BASE, DATE, Phrase, Reading
from pipeline.text.patterns import late

_MARK = late(r"[\s：:…‥・･.．=＝|／/】〕］」』》＞>(（〔［【－―—•-]+")
#: what stands between a label and the rest of its line: 定員　各回20名, 使用料（税込）　大会議室 3,000円
_LABELLED = late(r"(?:[（(][^（()）]*[)）])?\u3000")
_DATE = re.compile(f"{DATE}+(?:中|末|現在|時点|分)?[にはでの]*[、，]?")
_BRACKETED = late(r"[（(〔［][^（()）〔〕［］]*[)）〕］]")
#: an aside between a number and の
BEHIND = re.compile(r"[ \u3000]*(?:[（(][^（()）]{0,12}[)）])?")
_BASE = re.compile(f"{BASE}+")
#: what a label at a line's begin stands behind
_BEGINS = ("", "\n", "・", "○", "●", "◇", "◆", "■", "□", "•", "※")


@dataclass(frozen=True, eq=False)
class Place:
    """A number in a reading; `start` is less than its own where the brackets around it are looked out of."""

    reading: Reading
    start: int
    end: int
    kind: str
    words: LabelWords
    surface: str = ""

    @cached_property
    def behind(self) -> str:
        return self.reading.text[self.end : self.end + 24]

    @property
    def bracket(self) -> int:
        brackets = self.reading.brackets
        return brackets[self.start] if self.start < len(brackets) else -1

    @cached_property
    def before(self) -> tuple[Phrase, ...]:
        """The phrases before the number, in the brackets that it stands in, the nearest first."""
        start, bracket = self.start, self.bracket
        found = [p for p in reversed(self.reading.phrases) if p.end <= start and p.bracket == bracket]
        if found and found[0].behind > start:
            found[0] = found[0]._replace(role="", behind=found[0].end)
        return tuple(found)

    @property
    def is_part(self) -> bool:
        """Whether the number is a part of one before it: うち家庭系が11,800トン."""
        return self.words.part.search(self.reading.text, 0, self.start) is not None

    def gap(self, phrase: Phrase, start: int = -1) -> str:
        """What stands between a phrase (its particle included, or from `start`) and the number, without what stands in brackets."""
        gap = self.reading.text[phrase.end if start < 0 else start : self.start]
        return _BRACKETED.sub("", gap) if "（" in gap or "(" in gap or "〔" in gap or "［" in gap else gap

    def measures(self, phrase: Phrase) -> bool:
        return self.words.measures(phrase.text, self.kind)

    def empty(self, phrase: Phrase) -> bool:
        """Whether a phrase says nothing of a number; 数 and 額 do not without the noun that they are of."""
        text = self.words.trimmed(phrase.text)
        if self.words.empty(text):
            return True
        return len(text) == 1 and self.words.has(text, "generic") and self.reading.owner(phrase) is None

    def is_name(self, phrase: Phrase) -> bool:
        """Whether a phrase is the name of a body or a place, which is no quantity."""
        return phrase.end in self.reading.names

    def heads(self, phrase: Phrase) -> bool:
        """Whether a phrase stands before a colon, or at a line's begin before a wide blank, for all of its line: 入館料：一般300円、中学生100円."""
        if phrase.role:
            return False
        text = self.reading.text
        if text[phrase.end :].lstrip(" \u3000】〕］")[:1] in ("：", ":"):
            return True
        begins = text[phrase.first - 1 : phrase.first] in _BEGINS and _LABELLED.match(text, phrase.end) is not None
        if not begins or "：" in text[phrase.end : self.start]:
            return False
        return self.kind in self.words.measured(phrase.text)

    def marks_only(self, gap: str) -> bool:
        """Whether a gap holds nothing but marks, dates, what is counted by, and words such as 月額."""
        at = 0
        while at < len(gap):
            for pattern in (_MARK, _BASE, _DATE, self.words.apart):
                found = pattern.match(gap, at)
                if found is not None and found.end() > at:
                    at = found.end()
                    break
            else:
                return False
        return True

    def behind_of(self, end: int = -1) -> Phrase | None:
        """The phrase behind the number (or behind `end`), or behind the number and の."""
        text = self.reading.text
        end = self.end if end < 0 else end
        bracketed = BEHIND.match(text, end)
        at = bracketed.end() if bracketed is not None else end
        at += 2 if text.startswith("もの", at) else text.startswith(("の", "も"), at)
        return self.reading.behind(at)
