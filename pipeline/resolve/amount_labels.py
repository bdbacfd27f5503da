"""What a number is, in the words of its sentence, of its cell and of the line above.

Takes a context and a number's span; gives a `Label` with the place that says it, None where the words say none. Does not know tables' headers.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cached_property

from pipeline.model import AmountValue, Candidate, Cell, LabelValue, Mention, Span
from pipeline.resolve.amount_announcements import announcements
from pipeline.resolve.amount_carried import Said
from pipeline.resolve.amount_clauses import is_told
from pipeline.resolve.amount_headers import dates_inside
from pipeline.resolve.amount_keys import keyed
from pipeline.resolve.amount_places import Place
from pipeline.resolve.amount_relations import RELATIONS, beside, change, changes, is_base, is_of_another, weak
from pipeline.resolve.amount_titles import Label, announced, below, column, line_above, titled
from pipeline.resolve.context import Context
from pipeline.resolve.label_words import GAZETTEERS, LabelWords, label_words
from pipeline.resolve.noun_phrases import BASE, NUMBER, Phrase, Reading, read

#: how many characters may part a label in brackets from its number
_APART = 6
#: brackets, the end of a sentence, or another number than 1 (参加費は1人500円)
_PARTING = re.compile(r"[()（）。02-9０２-９]|[1１]{2}")
_NAMES = ("organisation", "municipality")
#: a date that is compared with: 前年度比, 前年同期比
_RATIO = re.compile(r"\s*(?:同期|同月)?\s*比")
#: what a number in brackets is counted by: （児童1人当たり5万円）
_COUNTED = re.compile(rf"^[^\s、。〓〒〆]{{0,8}}(?={BASE})")
#: what a number in brackets is the number of: （大企業の場合、15万円）
_CASE = re.compile(r"(?:の場合は?|[^\s]時は?|は|うち)[、，]?$")


@dataclass(frozen=True)
class Labels:
    """The labels of one document's numbers; each sentence is read once."""

    context: Context
    dates: tuple[Mention, ...]

    def told(self, number: Candidate, kind: str) -> Label | None:
        """The label of a number of running text, by the first relation that answers: in the brackets that it stands in, then around
        them, where the number before a bracket lends its own; then in the line above."""
        sentence = self.context.sentence(number.span)
        if not self._words.may_name(kind, sentence.cut(self.context.document.text)):
            return titled(self.context, self._words, kind, sentence)
        place = self._place(number, kind)
        if is_base(place):
            return None
        unit = number.value.unit if isinstance(number.value, AmountValue) else ""
        label = column(self.context, self._words, number, kind) or self._said.becomes(place, sentence)
        label = label or self._said.dated(place, sentence, unit) or self._said.paid(place, sentence)
        label = label or line_above(self.context, number.span) or self._in_brackets(place)
        if label is None and (changes(place) or is_of_another(place)):
            return None
        if label is None or not self._words.measures(label.text, kind):
            label = (self._said.part(place, sentence, unit) if kind == "money" else None) or label
        if label is None or not self._words.measures(label.text, kind):
            label = self._announced(place, sentence, kind) or label
        if label is None or label.relation != "column":
            label = self._keyed(number, kind, label) or label
        if label is None and (kind != "count" or is_told(place)):
            label = titled(self.context, self._words, kind, sentence)
        label = label or self._said.part(place, sentence, unit) or self._said.carried(place, sentence, unit)
        label = label or self._weak(place) or below(self.context, place, sentence)
        if label is not None:
            self._said.add(sentence, kind, unit, label)
        return label

    def _keyed(self, number: Candidate, kind: str, label: Label | None) -> Label | None:
        """The key of the number's line or list, where its clause names nothing measured, or whom it is for (対象：中学生6人)."""
        key = keyed(self.context, self._words, number, kind)
        if key is None:
            return None
        named = label is not None and label.relation != "share_of" and self._words.measures(label.text, kind)
        named = named or (label is not None and kind == "duration" and label.relation == "of_behind")
        return key if not named or self._words.has(key.text, "whom") else None

    def _announced(self, place: Place, sentence: Span, kind: str) -> Label | None:
        """What a line above says that the numbers of the next lines are: 参加料は次のとおりです。"""
        if place.bracket >= 0 or not self._announces:
            return None
        return announced(self.context, self._words, sentence, kind)

    def _weak(self, place: Place) -> Label | None:
        phrase = weak(place)
        return self._label(place.reading, phrase, "weak") if phrase is not None else None

    def beside(self, number: Candidate, kind: str) -> Label | None:
        """The measured thing right before the number of a cell, which its header may not name (定員 20名 under 内容)."""
        place = self._place(number, kind)
        phrase = beside(place)
        return self._label(place.reading, phrase, "beside") if phrase is not None else None

    def _place(self, number: Candidate, kind: str) -> Place:
        reading = self._reading(self.context.sentence(number.span))
        start, end = reading.at(number.span.start), reading.at(number.span.end)
        return Place(reading, start, end, kind, self._words, number.span.cut(self.context.document.text))

    def _in_brackets(self, place: Place) -> Label | None:
        for relation in RELATIONS:
            phrase = relation(place)
            if phrase is not None:
                if place.bracket >= 0 and phrase.role == "topic" and not place.measures(phrase):
                    around = self._around(place)
                    if around is not None:
                        return around
                return self._label(place.reading, phrase, relation.__name__)
            if relation is change and changes(place):
                break
        return self._around(place) if place.bracket >= 0 else None

    def _around(self, place: Place) -> Label | None:
        """Outside of a bracket: what the number before it is (町税 5億円（14.2％）), or the noun before it."""
        opens = place.bracket
        text = place.reading.text
        inside = text[opens + 1 : place.start]
        if place.kind == "count" and BASE in inside:
            return None
        if inside.strip() and not place.marks_only(_COUNTED.sub("", inside)) and not _CASE.search(inside):
            return None
        before = text[:opens].rstrip()
        if before.endswith(NUMBER):
            start = len(before.rstrip(NUMBER))
            if place.kind not in ("percent", "ratio") and place.surface[-1:] != place.reading.plain[len(before) - 1]:
                return None
            return self._in_brackets(replace(place, start=start, end=len(before), surface=""))
        return self._in_brackets(replace(place, start=opens))

    def _label(self, reading: Reading, phrase: Phrase, relation: str) -> Label:
        text = self._words.trimmed(phrase.text)
        owner = reading.owner(phrase)
        if owner is not None and (self._words.needs_owner(owner.text, text) or _is_whole_head(reading, owner, phrase)):
            text = f"{self._words.trimmed(owner.text)}の{text}"
        return Label("".join(text.split()), reading.span(phrase), relation)

    def _reading(self, sentence: Span) -> Reading:
        known = self._readings.get(sentence)
        if known is None:
            text = self.context.document.text
            numbers = [c.span for c in self.context.inside("amount", sentence)]
            dates = [d.span for d in dates_inside(self.dates, sentence) if not _RATIO.match(text, d.span.end)]
            names = [c.span for kind in _NAMES for c in self.context.inside(kind, sentence)]
            particles = self.context.gazetteers.get("phrase_particles")
            known = read(text, sentence, numbers, dates, names, particles)
            self._readings[sentence] = known
        return known

    @cached_property
    def _announces(self) -> bool:
        """Whether the document holds the words of an announcement at all."""
        words = announcements(self.context.gazetteers["announcements"])
        return words.following.search(self.context.document.text) is not None

    @cached_property
    def _said(self) -> Said:
        return Said()

    @cached_property
    def _readings(self) -> dict[Span, Reading]:
        return {}

    @cached_property
    def _words(self) -> LabelWords:
        return label_words(*(self.context.gazetteers.get(name) for name in GAZETTEERS))


def _is_whole_head(reading: Reading, owner: Phrase, phrase: Phrase) -> bool:
    """Whether what stands before a colon, in a bracket or at a line's begin, is no more than a noun and its owner: （現在の体重：8㎏）."""
    colon = reading.text[phrase.end : phrase.end + 1] in ("：", ":")
    return colon and reading.text[owner.first - 1 : owner.first] in ("", "（", "(", "・", "\n")


def bracketed_label(context: Context, number: Span, cell: Cell) -> str:
    """The label in brackets behind a number of a cell (else before it)."""
    labels = [
        label
        for label in context.inside("label", Span(cell.start, cell.end))
        if not _before(context, label, number) and "word" not in label.groups
    ]
    behind = [label for label in labels if label.span.start >= number.end]
    return _text(context, (behind or labels)[0]) if labels else ""


def named_label(context: Context, number: Span) -> str:
    """The word before each of the numbers of a cell (取崩 △650,000 積立 18,000)."""
    sentence = context.sentence(number)
    labels = [
        label
        for label in context.inside("label", Span(sentence.start, max(number.start, sentence.start)))
        if _before(context, label, number)
    ]
    return _text(context, labels[-1]) if labels else ""


def _before(context: Context, label: Candidate, number: Span) -> bool:
    between = context.document.text[label.span.end : number.start]
    return label.span.end <= number.start and len(between) <= _APART and not _PARTING.search(between)


def _text(context: Context, label: Candidate) -> str:
    if isinstance(label.value, LabelValue):
        return label.value.text
    return "".join(label.span.cut(context.document.text).split())
