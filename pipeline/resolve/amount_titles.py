"""What the lines above a number say that it is: the word over its column, a title, a line that tells of the sums below it.

Takes a context and a number's sentence; gives a `Label`. Does not read the number's own sentence.
"""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.model import Block, Candidate, Span
from pipeline.resolve.amount_announcements import announcements
from pipeline.resolve.amount_frames import ROWS, in_row
from pipeline.resolve.amount_lines import column_words
from pipeline.resolve.amount_places import Place
from pipeline.resolve.amount_relations import beside_payee
from pipeline.resolve.context import Context
from pipeline.resolve.label_words import LabelWords
from pipeline.text.patterns import late

_TITLE = late(
    r"[\s\d０-９.．、，（()）①-⑳一二三四五六七八九十ア-オ■□●○◆◇・【\[〔]*(?P<name>[^\s。、：:（）()】はがをに]{2,14}?)(?:[（(][^（()）]{1,16}[)）])?[\s】\]〕：:]*$"
)
#: what stands around a line's name or between the numbers of a line, how long the name is
_MARKS, _CHANGES, _LONGEST_LINE = " \u3000・○●◎◇◆□■※：:（）()［］[]〔〕【】", " \u3000→⇒➡～〜、", 24
_NAME = late(r"[一-龥ァ-ヶ]{2}")
#: how many lines above a sum beside its payee the title may stand that names it
_PAID = 30
#: a title with a year or day in brackets at its end
_NOTED = late(
    r"(?:[の別]|^[\d０-９()（）.．、]*)(?P<name>[一-龥ァ-ヺー]{2,12})(?:の(?:状況|概要|推移|内訳))?[（(][^（()）]*[0-9０-９元]年[^（()）]*[)）]$"
)
#: how many lines above sums the line that tells of them may begin
_TOLD = 4
#: how many lines below 参加料は次のとおりです。 are of it, how long its end is
_ITEMS, _TAIL = 12, 60


@dataclass(frozen=True, slots=True)
class Label:
    """`text` is without blanks; `span` is where it stands; `relation` says how it belongs to the number (`beside`, `of_clause` …)."""

    text: str
    span: Span
    relation: str


def column(context: Context, words: LabelWords, number: Candidate, kind: str) -> Label | None:
    """The words above that head the number's column of a row, where they name something measured."""
    found = column_words(context, number.span, words.measures)
    text = "".join("".join(word.cut(context.document.text).split()) for word in found)
    return (
        Label(text, Span(found[0].start, found[-1].end), "column") if found and kind in words.measured(text) else None
    )


def line_above(context: Context, number: Span) -> Label | None:
    """In a cell of lines, the line above that begins with the number, where it holds none: 配偶者に係る扶養手当, and below it 6,500円→3,000円."""
    placed = context.cell(number)
    if placed is None:
        return None
    text = context.document.text
    start = text.rfind("\n", placed[1].start, number.start) + 1
    if not start:
        return None
    before = context.inside("amount", Span(start, number.start))
    lead = text[start : before[0].span.start if before else number.start]
    if lead.strip(_MARKS) or (before and text[before[-1].span.end : number.start].strip(_CHANGES)):
        return None
    above = Span(text.rfind("\n", placed[1].start, start - 1) + 1 or placed[1].start, start - 1)
    name = above.cut(text).strip(_MARKS)
    if not 2 <= len(name) <= _LONGEST_LINE or name.endswith(("。", "、")) or context.inside("amount", above):
        return None
    return Label("".join(name.split()), above, "line_above") if _NAME.search(name) else None


def titled(context: Context, words: LabelWords, kind: str, sentence: Span) -> Label | None:
    """The line above a paragraph, where it is a title that says what is measured (補助率, and below it 10分の8)."""
    block = context.block(sentence)
    if block is None or block.start != sentence.start:
        return None
    return next((_title(context, words, line, kind) for line in context.blocks_before(sentence, 1)), None)


def _title(context: Context, words: LabelWords, line: Block, kind: str) -> Label | None:
    title = _TITLE.match(line.span.cut(context.document.text)) if not line.table_id else None
    if title is None or not words.measures(title["name"], kind):
        return None
    text = _owned(words, title["name"])
    end = line.start + title.end("name")
    return Label(text, Span(end - len(text), end), "titled")


def announced(context: Context, words: LabelWords, sentence: Span, kind: str) -> Label | None:
    """What a line above says that the numbers of the lines below it are (参加料は次のとおりです。), where it is something measured."""
    block = context.block(sentence)
    if block is None or block.kind == "cell":
        return None
    text = context.document.text
    below = announcements(context.gazetteers["announcements"]).below
    for line in context.blocks_before(sentence, _ITEMS):
        found = below.search(text, max(line.start, line.end - _TAIL), line.end)
        if found is not None:
            if kind not in words.measured(found["name"]):
                return None
            name, end = _owned(words, found["name"]), found.end("name")
            return Label(name, Span(end - len(name), end), "announced")
        if line.kind == "heading" or line.table_id or text[line.start : line.end].rstrip().endswith("。"):
            return None
    return None


def _owned(words: LabelWords, name: str) -> str:
    """The last noun of a name, with its owner where it says too little alone: 参加料 of 大会の参加料, but 補助金の額."""
    owner, _, noun = name.rpartition("の")
    return name if words.needs_owner(owner, noun) else noun


def below(context: Context, place: Place, sentence: Span) -> Label | None:
    """What the lines above say of a sum beside who gets it, or of a row of numbers."""
    return _paid(context, place, sentence) or _noted(context, place, sentence)


def _noted(context: Context, place: Place, sentence: Span) -> Label | None:
    """For a row of numbers, what the title with a note above says that they are: 初任給の状況（4月1日現在）."""
    if not in_row(context, sentence):
        return None
    for line in context.blocks_before(sentence, ROWS):
        text = "".join(line.span.cut(context.document.text).split())
        if text.endswith("。") or line.table_id:
            return None
        title = _NOTED.search(text)
        if title is not None:
            measured = place.kind in place.words.measured(title["name"])
            return Label(title["name"], line.span, "noted") if measured else None
    return None


def _paid(context: Context, place: Place, sentence: Span) -> Label | None:
    """For a sum that stands beside who gets it, below a line that says what is done with the sums (次の額を支給する): the title
    above that begins with that word (支給額), else the word (加算); the nearest title of a sum where the line is broken."""
    if not beside_payee(place):
        return None
    lines = context.blocks_before(sentence, _PAID)
    text = context.document.text
    told = text[lines[:_TOLD][-1].start : sentence.start] if lines else ""
    words = announcements(context.gazetteers["announcements"])
    if not words.sums.search(told):
        return None
    paid_as = [*words.paid_as.finditer(told)]
    if paid_as:
        start = lines[:_TOLD][-1].start
        noun = Span(start + paid_as[-1].start("noun"), start + paid_as[-1].end("noun"))
        return Label("".join(noun.cut(text).split()), noun, "paid")
    done = words.done.search(told)
    titles = filter(None, (_title(context, place.words, line, place.kind) for line in lines))
    title = next((title for title in titles if done is None or title.text.startswith(done["noun"])), None)
    if title is not None or done is None:
        return title
    start = lines[:_TOLD][-1].start + done.start("noun")
    return Label(done["noun"], Span(start, start + len(done["noun"])), "paid")
