"""What a number before said that it was, where a later one is of the same: its part, what it becomes, the next of a list, the subject spoken on.

Takes a number's place and the labels that the numbers before were given; gives a `Label`. Does not read documents.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from pipeline.model import Span
from pipeline.resolve.amount_clauses import names_nothing, speaks_on
from pipeline.resolve.amount_places import Place
from pipeline.resolve.amount_relations import ARROWS, beside_payee
from pipeline.resolve.amount_titles import Label
from pipeline.resolve.noun_phrases import DATE, NUMBER

#: between a sentence and the next
_NEXT = 3
#: how many numbers before are looked at
_MOST = 8
#: the relation of a number that is a part of the one before it
PART = "part"
_BETWEEN_DATES = re.compile(rf"[\s\u3000、，・）)（(→⇒➡はがにでの]*{DATE}+[\s\u3000はがにでの：:（(約]*")
_PERSONS = ("人", "名", "組")


@dataclass(frozen=True, slots=True)
class Known:
    """The label that a number of a sentence was given."""

    sentence: Span
    kind: str
    unit: str
    label: Label


@dataclass(frozen=True)
class Said:
    """The numbers of one document that have a label, in order."""

    known: list[Known] = field(default_factory=list)

    def add(self, sentence: Span, kind: str, unit: str, label: Label) -> None:
        self.known.append(Known(sentence, kind, unit, label))

    def _last(self, place: Place, sentence: Span, unit: str = "") -> Known | None:
        """The nearest number of a kind (and unit) in its sentence or the one before."""
        for known in self.known[: -_MOST - 1 : -1]:
            if sentence.start - known.sentence.end > _NEXT:
                return None
            if known.kind == place.kind and unit in ("", known.unit):
                return known
        return None

    def part(self, place: Place, sentence: Span, unit: str) -> Label | None:
        """What the number was of which this one is a part, in its own sentence or the one before: このうち12橋は."""
        last = self._last(place, sentence, unit)
        return replace(last.label, relation=PART) if last is not None and place.is_part else None

    def becomes(self, place: Place, sentence: Span) -> Label | None:
        """What the number was that becomes this one (使用料 500円→700円), or that stands right before it (定員15組30人)."""
        last = self.known[-1] if self.known else None
        if last is None or last.sentence != sentence or last.kind != place.kind:
            return None
        before = place.reading.text[: place.start].rstrip()
        if before.endswith(ARROWS):
            return last.label if before[:-1].rstrip().endswith(NUMBER) else None
        paired = place.kind == "count" and place.surface.endswith(_PERSONS) and before.endswith(NUMBER)
        return last.label if paired and before == place.reading.text[: place.start] else None

    def dated(self, place: Place, sentence: Span, unit: str) -> Label | None:
        """What the number before was, where only another date stands between: 令和6年度 3億円、令和7年度 4億円."""
        last = self.known[-1] if self.known else None
        if last is None or last.sentence != sentence or (last.kind, last.unit) != (place.kind, unit):
            return None
        before = place.reading.text[: place.start]
        gap = before[before.rfind(NUMBER) + 1 :] if NUMBER in before else ""
        return last.label if _BETWEEN_DATES.fullmatch(gap) else None

    def paid(self, place: Place, sentence: Span) -> Label | None:
        """What the sum before was, beside another one who pays or gets it: 参加料 一般500円、高校生300円."""
        last = self._last(place, sentence)
        if last is None or last.sentence != sentence or not beside_payee(place):
            return None
        return last.label if place.words.measures(last.label.text, place.kind) else None

    def carried(self, place: Place, sentence: Span, unit: str) -> Label | None:
        """What the last number was, where nothing measured is named anew (これは, 現在は)."""
        spoken = self._last(place, sentence)
        if spoken is not None and spoken.sentence != sentence and speaks_on(place):
            return spoken.label
        last = self._last(place, sentence, unit)
        return last.label if last is not None and names_nothing(place) else None
