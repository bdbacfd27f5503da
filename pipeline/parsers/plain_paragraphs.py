"""Which line ends of a plain text are soft: the lines of one running text join, all others stand alone.

Takes lines; gives groups of lines. Looks only at neighbours, so a change elsewhere changes nothing here. Does not know kinds of blocks.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.parsers.line_begins import goes_on
from pipeline.parsers.textlines import Line
from pipeline.text.orthography import english_months
from pipeline.text.patterns import late

_SENTENCE_END = late(r"[。．！？!?]['\"」』）)】〕]*$")
_CLOSED = re.compile(r"[」』）)】〕］>＞:：;；]$")
_OPEN_END = re.compile(r"[、，,・･「『（(\[/／\-‐＝=〜～&＆]$")
#: words that cannot end an item: a clause goes on behind them
_PARTICLE = re.compile(r"(?:(?<!も)の|を|(?<![こ])は|(?<!な)が|に|及び|並びに|又は|または|および)$")
_GOES_ON = re.compile(r"[はをがにのでとへや、。」』）)ぁぃぅぇぉっゃゅょァィゥェォッャュョー々]")
_BRACKETED = re.compile(r"[（(][^（()）]{1,60}[)）]")
_YEAR_CUT = re.compile(r"\S\s*(?:[0-9０-９]{2,4}|元)\s*年(?:度)?$|[0-9０-９]\s*月$")
#: a year that fills its line, and an entry below one: a day or month, a gap, what was on it
_YEAR_ALONE = late(r"\D{0,2}\s*(?:[0-9０-９]{1,4}|元)\s*年(?:度)?")
_ENTRY = late(
    r"[0-9０-９]{1,2}(?:月(?:[0-9０-９]{1,2}日)?|日)(?:[（(].[)）])?(?:[〜～~][0-9０-９月日]{2,6}(?:[（(].[)）])?)?[ \u3000]+\S"
)
_MONTH_HEAD = re.compile(r"[0-9０-９]{1,2}\s*[月日]")
_ENGLISH_MONTH = late(rf"\b{english_months()}$", re.IGNORECASE)
_YEAR_LINE = re.compile(r"(?:19|20)\d\d\b", re.ASCII)
#: a particle between two words, or a comma behind one: a sentence, not a name or a title
_CLAUSE = late(r"[一-龥々ァ-ヶー」）)0-9A-Za-z][はがをにで](?=[、，一-龥ァ-ヶ「（(0-9A-Za-z])|[はがをにでてりし]、|。")
_COUNT = re.compile(r"[0-9]{1,2}(?![0-9,，.．年月日時:：/／])")
_SENTENCE = re.compile(r"[はがをにでてりしも]、|。")
#: a line counts as full from this share of the widest of its neighbours, and no running text is set narrower than this
_FULL, _NARROWEST, _MANY = 0.84, 30, 3
#: columns: text with lines wider than this is not set in lines, so a full line alone proves nothing
_WIDEST = 120
#: a sentence cut by a page or column has at least this width
_CUT = 40


@dataclass(frozen=True, slots=True)
class _Setting:
    """How a run of lines is set: its widest line; `column` where many lines of one width hold a running text."""

    widest: int
    column: bool


def paragraphs(lines: Sequence[Line]) -> list[tuple[Line, ...]]:
    """Lines grouped so that every line end inside a group is soft.

    >>> from pipeline.parsers.textlines import lines
    >>> text = "本市では、再生可能エネルギーの導入を進\\nめています。\\n主催\\n札幌市"
    >>> [[line.text for line in group] for group in paragraphs(list(lines(text)))]
    [['本市では、再生可能エネルギーの導入を進', 'めています。'], ['主催'], ['札幌市']]
    """
    groups: list[tuple[Line, ...]] = []
    for segment in _segments(lines):
        widest = max(line.width for line in segment)
        column = sum(line.width >= _FULL * widest for line in segment) >= _MANY
        setting = _Setting(widest, column and bool(_CLAUSE.search("".join(line.text for line in segment))))
        group = [segment[0]]
        for line in segment[1:]:
            if _soft(group[-1], line, group[0], setting):
                group.append(line)
            else:
                groups.append(tuple(group))
                group = [line]
        groups.append(tuple(group))
    return _mended(groups)


def _segments(lines: Sequence[Line]) -> list[list[Line]]:
    """Runs of lines that could be one paragraph, judged by each pair of neighbours alone."""
    segments: list[list[Line]] = []
    for line in lines:
        if segments and not _parted(segments[-1], line):
            segments[-1].append(line)
        else:
            segments.append([line])
    return segments


def _parted(segment: Sequence[Line], line: Line) -> bool:
    previous, first = segment[-1], segment[0]
    if _heads(previous, line):
        return True
    if not line.gap and _YEAR_CUT.search(previous.text) and _MONTH_HEAD.match(line.text):
        return False
    if _bound(previous, line):
        return False
    if line.gap or line.head or line.columned or _SENTENCE_END.search(previous.text):
        return True
    if _counts_on(first, line) or _counts_on(previous, line):
        return True
    if len(segment) > 1:
        return line.indent > previous.indent + 1
    hanging = line.indent >= max(first.body - 1, first.indent + 2) if first.head else False
    if previous.columned and not hanging:
        return True
    # a first line set in (字下げ) begins a paragraph whose other lines stand further left
    return line.indent > first.indent and not hanging


def _heads(previous: Line, line: Line) -> bool:
    """Whether a year stands alone over an entry of that year (平成29年, then 8月2日　諮問)."""
    return _YEAR_ALONE.fullmatch(previous.text) is not None and _ENTRY.match(line.text) is not None


def _bound(previous: Line, line: Line) -> bool:
    """Whether a line cannot begin one; 以上 set to the right is the end of a letter."""
    if line.gap or line.head or line.columned or previous.columned:
        return False
    return line.indent <= max(previous.indent, previous.body) + 2 and goes_on(previous.text, line.text)


def _counts_on(first: Line, line: Line) -> bool:
    """Whether two lines begin with a number and the next one, or with a day: items of a list without marks (1水戸市在住の方; 12日　県へ要請)."""
    if _ENTRY.match(first.text) and _ENTRY.match(line.text):
        return True
    one, other = _COUNT.match(first.text), _COUNT.match(line.text)
    return one is not None and other is not None and int(other[0]) == int(one[0]) + 1


def _soft(previous: Line, line: Line, first: Line, setting: _Setting) -> bool:
    if _bound(previous, line):
        return True
    if _BRACKETED.fullmatch(line.text):
        return not _CLOSED.search(previous.text)
    if _ENGLISH_MONTH.search(previous.text):
        return bool(_YEAR_LINE.match(line.text))
    if _YEAR_CUT.search(previous.text) and _MONTH_HEAD.match(line.text):
        return True
    if _OPEN_END.search(previous.text) or _PARTICLE.search(previous.text):
        return True
    narrowest = _NARROWEST // 2 if setting.column else _NARROWEST
    if previous.width < _FULL * setting.widest or not narrowest <= setting.widest <= _WIDEST:
        return False
    if _CLOSED.search(previous.text):
        return bool(_GOES_ON.match(line.text))
    if first.head and line.indent >= first.body - 1 > first.indent:
        return True
    return setting.column or bool(_CLAUSE.search(previous.text))


def _mended(groups: Sequence[tuple[Line, ...]]) -> list[tuple[Line, ...]]:
    """Groups joined over blank lines where a page or column has cut a sentence in two."""
    mended: list[list[Line]] = []
    for group in groups:
        if mended and _cut(mended[-1][-1], group):
            mended[-1] += group
        else:
            mended.append(list(group))
    return [tuple(group) for group in mended]


def _cut(last: Line, group: Sequence[Line]) -> bool:
    first = group[0]
    if not 0 < first.gap <= 2 or first.head or first.columned or last.columned:
        return False
    if _YEAR_CUT.search(last.text) and _MONTH_HEAD.match(first.text) and last.width >= _CUT:
        return True
    if re.search(r"[、，・･「『（(]$", last.text) or (last.width >= _CUT and goes_on(last.text, first.text)):
        return True
    if _SENTENCE_END.search(last.text) or _CLOSED.search(last.text) or last.width < _CUT:
        return False
    return bool(_SENTENCE.search(last.text)) and bool(re.search(r"。|、$", first.text))
