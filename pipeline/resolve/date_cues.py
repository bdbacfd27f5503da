"""What the words around a date say of it: its role, whether it is announced or told as past, whether it comes back.

Takes a span in its context and the words of date_roles.csv, date_tenses.csv and date_particles.csv (rules/gazetteer); gives roles and tenses. Does not know dates.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from pipeline.model import Span
from pipeline.resolve.context import Context
from pipeline.resolve.date_cue_words import CueWords, cue_words
from pipeline.resolve.date_particles import Particles, particles

_BEFORE, _BEHIND, _ROLE_REACH = 20, 60, 24
#: these stand right behind their date, no bracket or particle between
_CLOSE_ROLES = ("deadline", "start")


@dataclass(frozen=True)
class Cues:
    """The document in which the words are looked for."""

    context: Context

    def role(self, span: Span) -> str:
        """What the words right behind the date say: `as_of`, `deadline`, `start`, `approved`, `published`, or ""."""
        text = self.context.document.text
        behind = text[span.end : span.end + _ROLE_REACH]
        match = self._words.roles.match(behind.lstrip())
        if match is None and (gap := self._particles.before_role.match(behind)) is not None:
            match = self._words.roles.match(behind[gap.end() :])
            if match is not None and self._words.role_of[match[0]] in _CLOSE_ROLES:
                return ""
        return self._words.role_of[match[0]] if match is not None else ""

    def tense(self, span: Span) -> str:
        """`future`, `past`, `announced` or "".

        The first word behind the date in its sentence decides, else the last one before it; else a label before it (日時：) or
        a sentence in the polite present (送付します) announces what lies near.
        """
        around = self.context.sentence(span)
        text = self.context.document.text
        # Words are broken by line ends: 開催いたしまし / た.
        behind = "".join(text[span.end : min(around.end, span.end + _BEHIND)].split())
        found = self._words.behind.search(behind)
        if found is not None:
            return self._words.tense_of[found[0]]
        before = "".join(text[max(around.start, span.start - _BEFORE) : span.start].split())
        earlier = self._words.before.findall(before)
        if earlier:
            return self._words.tense_of[earlier[-1]]
        announced = self._words.label.search(before) or self._words.announced.search(
            "".join(text[span.end : around.end].split())
        )
        return "announced" if announced else ""

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
            text[m.start() - 1 : m.start()] not in tuple("(（〔［[【")
            for m in self._words.habitual.finditer(text, around.start, around.end)
        )

    def is_recurring(self, span: Span) -> bool:
        before = self.context.document.text[max(0, span.start - 4) : span.start].rstrip()
        return before.endswith(self._words.recurring)

    def is_session(self, span: Span) -> bool:
        """Whether a meeting opens, rests or closes at that time (午前10時開会)."""
        behind = self.context.document.text[span.end : span.end + 6].lstrip()
        return behind.startswith(self._words.session)

    def is_pointed(self, span: Span) -> bool:
        """Whether the word before the date points at it from the day of the document: この4月, 去る3月1日."""
        before = self.context.document.text[max(0, span.start - 4) : span.start].rstrip()
        return before.endswith(self._words.pointing)

    @cached_property
    def _words(self) -> CueWords:
        gazetteers = self.context.gazetteers
        return cue_words(gazetteers["date_roles"], gazetteers["date_tenses"])

    @cached_property
    def _particles(self) -> Particles:
        return particles(self.context.gazetteers["date_particles"])
