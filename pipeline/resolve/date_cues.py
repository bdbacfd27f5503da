"""What the words around a date say of it: its role, whether it is announced or told as past, whether it comes back.

Takes a span in its context and the words of date_roles.csv, date_tenses.csv, date_notices.csv and date_particles.csv (rules/gazetteer); gives roles and tenses. Does not know dates.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from unicodedata import normalize

from pipeline.model import DateValue, Span
from pipeline.resolve.context import Context
from pipeline.resolve.date_cue_words import CueWords, cue_words
from pipeline.resolve.date_notices import Notices
from pipeline.resolve.date_particles import Particles, particles
from pipeline.resolve.date_predicates import Tense, predicate_tense
from pipeline.text.patterns import late

_BEFORE, _BEHIND, _ROLE_REACH = 20, 60, 24
#: how much of a sentence behind its date is read, in characters
_CLAUSE = 120
#: how far 去る may stand before its date, and how far the head of a list, in characters
_BESIDE, _LISTED = 4, 24
#: how far behind a fiscal year the word for carrying over may stand
_CARRIED = 8
#: a document with so many articles is a law or ordinance: what its items say is so in any year
_LAW = 5
#: an article, or a numbered paragraph of one, and the plain present that rules are written in
_ARTICLE = re.compile("第[0-9０-９一二三四五六七八九十百]{1,4}条")
_PARAGRAPH = late(
    "[0-9０-９一二三四五六七八九十]{1,3}[ \u3000]|[イロハニホヘト][ \u3000]|[(（][0-9０-９一二三四五六七八九十]{1,3}[)）]"
)
_CITED = re.compile("[^、。（(\\s]{0,12}第?[0-9０-９一二三四五六七八九十百]{1,4} ?号")
_BECOMES = re.compile("(?<![いお])ます[。」）)]*$")
_STANDING_END = re.compile(r"(?:する|終わる|始まる|される|できる|いう|よる|ならない)[。）)]*$")
_HOURS = late(r"[、,\s]{1,3}(?:午前|午後|夜|朝)?[0-9０-９]{1,2}(?:[:：時]|[〜～~?？-][0-9０-９]{1,2}[:：時])")
#: these stand right behind their date, no bracket or particle between
_CLOSE_ROLES = ("deadline", "start")


@dataclass(frozen=True)
class Cues:
    """The document in which the words are looked for."""

    context: Context

    def role(self, span: Span) -> str:
        """What the words right behind the date say: `as_of`, `deadline`, `start`, `approved`, `published`, or ""."""
        known = self._roles.get(span.end)
        if known is None:
            known = self._roles[span.end] = self._role(span)
        return known

    def _role(self, span: Span) -> str:
        text = self.context.document.text
        behind = normalize("NFKC", text[span.end : span.end + _ROLE_REACH])
        if behind[:1] == " " and behind[2:3] == " ":  # letter-spacing: 4 月 1 日 現 在
            behind = behind.replace(" ", "")
        match = self._words.roles.match(behind.lstrip())
        if match is None and (gap := self._particles.before_role.match(behind)) is not None:
            match = self._words.roles.match(behind[gap.end() :])
            if match is not None and self._words.role_of[match[0]] in _CLOSE_ROLES:
                return ""
        return self._words.role_of[match[0]] if match is not None else ""

    def tense(self, span: Span) -> str:
        """`future`, `past`, `announced`, `bulletin` or "".

        去る and 来る right before the date decide, else the first word behind it in its sentence, else the last one before it; else
        a sentence in the polite present (送付します) announces what lies near, and a label before it (日時：) does so in the way of a bulletin.
        """
        around = self.context.sentence(span)
        text = self.context.document.text
        beside = normalize("NFKC", text[max(around.start, span.start - _BESIDE) : span.start]).rstrip()
        directing = next((word for word in self._words.directing if beside.endswith(word)), "")
        if directing:
            return self._words.tense_of[directing]
        told = self._told_beside(span, around)
        predicate = self._predicate(span, around) if told != "bulletin" else ""
        if predicate == "past" and told in ("future", "announced", ""):
            return "past"
        return "announced" if predicate == "ahead" and told in ("past", "") else told

    def _predicate(self, span: Span, around: Span) -> Tense:
        """The tense of the verb that the date belongs to."""
        text = self.context.document.text[span.end : min(around.end, span.end + _CLAUSE)]
        behind = _inside_quote("".join(normalize("NFKC", text).split()))
        return predicate_tense(behind, self.context.gazetteers["verb_words"]) if behind else ""

    def _told_beside(self, span: Span, around: Span) -> str:
        """What the words around the date tell."""
        text = self.context.document.text
        # Words are broken by line ends: 開催いたしまし / た.
        behind = "".join(normalize("NFKC", text[span.end : min(around.end, span.end + _BEHIND)]).split())
        found = self._words.behind.search(behind)
        if found is not None:
            told = self._told(found[0], span)
            return "announced" if told == "future" and self._is_of_next(span, around, found[0]) else told
        before = "".join(normalize("NFKC", text[max(around.start, span.start - _BEFORE) : span.start]).split())
        earlier = self._words.before.findall(before)
        if earlier:
            return self._told(earlier[-1], span)
        if self._words.announced.search("".join(text[span.end : around.end].split())):
            return "announced"
        if behind.startswith(self._words.opening):
            return "announced"
        return "bulletin" if self._words.label.search(before) else ""

    def _told(self, word: str, span: Span) -> str:
        """The tense of a word; what is prepared for lies ahead unless the sentence tells of it as past (実現に向けた会を開きました)."""
        tense = self._words.tense_of[word]
        return tense if tense != "aim" else "past" if self.is_narrated(span) else "future"

    def _is_of_next(self, span: Span, around: Span, word: str) -> bool:
        """Whether a word behind a date stands behind another date of the sentence too (1月に協議し、5月に着工の予定)."""
        following = self.context.inside("date", Span(span.end, max(around.end, span.end)))
        if not following:
            return False
        between = normalize("NFKC", self.context.document.text[span.end : following[0].span.start])
        return len(between) > 1 and word not in "".join(between.split())

    def is_plain_future(self, span: Span) -> bool:
        """Whether the sentence ends in the polite present of what becomes so (4月1日から8％になります)."""
        around = self.context.sentence(span)
        return _BECOMES.search(self.context.document.text, span.end, around.end) is not None

    def is_narrated(self, span: Span) -> bool:
        """Whether the sentence ends in the past tense: what it tells has happened."""
        around = self.context.sentence(span)
        return self._words.past_end.search(self.context.document.text, span.end, around.end) is not None

    def is_habitual(self, span: Span) -> bool:
        """Whether the sentence speaks of what happens again and again: opening hours, every Monday."""
        around = self.context.sentence(span)
        text = self.context.document.text
        # (木曜日) behind a day is that day's own
        return any(
            not m[0].endswith("曜") or text[m.start() - 1 : m.start()] not in tuple("(（〔［[【")
            for m in self._words.habitual.finditer(text, around.start, around.end)
        )

    def notice(self, span: Span) -> str:
        """What `Notices` tells of the place: `announced`, `future`, `bulletin`, `report` or ""."""
        return self._notices.tense(span)

    def has_hours(self, span: Span) -> bool:
        """Whether clock times follow the date, set apart by a comma or blank (11月16日、18時から)."""
        return _HOURS.match(self.context.document.text, span.end) is not None

    def is_application(self, span: Span) -> bool:
        """Whether what happens on the date prepares for something later: 申込み, 募集, 試験."""
        around = self.context.sentence(span)
        text = self.context.document.text
        return self._words.applications.search(text, around.start, min(around.end, span.end + _BEHIND)) is not None

    def is_goal(self, span: Span) -> bool:
        """Whether a year is what something is for, not when it happens: 令和7年度予算編成, 令和8年度採用."""
        return self._words.goals.match(self.context.document.text, span.end) is not None

    def is_citation(self, span: Span) -> bool:
        """Whether a year only names a law or notice by its number (昭和22年法律第67号)."""
        return _CITED.match(self.context.document.text, span.end) is not None

    def is_compared(self, span: Span) -> bool:
        """Whether something is compared with a year (2013年比, 2013年度と比べ)."""
        return self._words.compared.match(self.context.document.text, span.end) is not None

    def is_assembly(self, span: Span) -> bool:
        """Whether a month is that of an assembly (9月定例会)."""
        return self._words.assembly.match(self.context.document.text, span.end) is not None

    def is_minutes(self, head: Span) -> bool:
        """Whether the head of a document names it as minutes (会議録)."""
        return self._words.minutes.search(self.context.document.text, head.start, head.end) is not None

    def is_carried(self, span: Span) -> bool:
        """Whether something is carried over to the fiscal year (翌年度への繰越し)."""
        return self._words.carried.search(self.context.document.text, span.end, span.end + _CARRIED) is not None

    def tells_accounts(self, start: int, end: int) -> bool:
        """Whether a piece of text names accounts or the tax of a year."""
        return self._words.accounts.search(self.context.document.text, start, end) is not None

    def is_recurring(self, span: Span) -> bool:
        """Whether the date comes back every year (毎年4月1日, 毎年6月と11月), or stands in an article of a law or rule that names no year."""
        around = self.context.sentence(span)
        text = self.context.document.text
        before = "".join(normalize("NFKC", text[max(around.start, span.start - _LISTED) : span.start]).split())
        if self._words.recurring_before.search(text, around.start, span.start) is not None and not self._dated(around):
            return True
        if self._words.recurring.search(before) is not None or self._words.excepted.match(text, span.end):
            return True
        block = self.context.block(span)
        if block is None or block.kind == "cell":
            return False
        item = self._articles > 0 and _PARAGRAPH.match(text, block.start, block.end) is not None
        if not (item or _ARTICLE.match(text, block.start, block.end)) or self._dated(around):
            return False
        if item and self._articles >= _LAW:
            return True
        return _STANDING_END.search(text, span.end, around.end) is not None

    def is_yearly_break(self, span: Span) -> bool:
        """Whether a sentence about opening hours or holidays holds the date: 12月29日から1月3日 is then every year's end."""
        around = self.context.sentence(span)
        return self._words.habitual.search(normalize("NFKC", around.cut(self.context.document.text))) is not None

    @cached_property
    def _articles(self) -> int:
        text = self.context.document.text
        return sum(_ARTICLE.match(text, block.start, block.end) is not None for block in self.context.document.blocks)

    def _dated(self, around: Span) -> bool:
        """Whether a sentence names a year, or counts from one."""
        values = (candidate.value for candidate in self.context.inside("date", around))
        return any(
            point is not None
            and (point.year or point.short_year is not None or (point.anchor == "document" and point.relative == 0))
            for value in values
            if isinstance(value, DateValue)
            for point in (value.start, value.end)
        )

    def is_session(self, span: Span) -> bool:
        """Whether a meeting opens, rests or closes at that time (午前10時開会)."""
        behind = self.context.document.text[span.end : span.end + 6].lstrip()
        return behind.startswith(self._words.session)

    def is_pointed(self, span: Span) -> bool:
        """Whether the word before the date points at it from the day of the document: この4月, 去る3月1日."""
        before = self.context.document.text[max(0, span.start - 4) : span.start].rstrip()
        return before.endswith(self._words.pointing)

    @cached_property
    def _roles(self) -> dict[int, str]:
        """What `role` has answered, by where dates end: several questions hang on it."""
        return {}

    @cached_property
    def _notices(self) -> Notices:
        return Notices(self.context, self._words)

    @cached_property
    def _words(self) -> CueWords:
        gazetteers = self.context.gazetteers
        return cue_words(gazetteers["date_roles"], gazetteers["date_tenses"], gazetteers["date_notices"])

    @cached_property
    def _particles(self) -> Particles:
        return particles(self.context.gazetteers["date_particles"])


def _inside_quote(behind: str) -> str:
    """What stands behind a date, up to the end of the quote that it stands in."""
    depth = 0
    for at, character in enumerate(behind):
        depth += (character in "「『") - (character in "」』")
        if depth < 0:
            return behind[:at]
    return behind
