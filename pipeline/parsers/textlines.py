"""Lines of a plain text: where they lie, how wide they are set, what they begin with.

Takes a text; gives `Line`s without the blank ones. Does not know paragraphs.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from pipeline.text.orthography import words

Head = Literal["", "bullet", "number", "kana", "note", "speaker", "bracket"]

#: every line end that Unicode names, and the form feed; \r\n is one
_LINE = re.compile("([^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]*)(\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]|$)")
#: white space inside a line, and the two characters of no width that documents hold
BLANK = (
    " \t\x1f\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u200b\u202f\u205f\u3000\ufeff"
)
_SPEAKER = re.compile(
    rf"[○◯〇◎]\s*(?:[^。、\s（(]{{0,20}}[（(][^）)]{{1,25}}{words('speaker_in_brackets')}[）)]|"
    rf"[^。、\s（(]{{1,16}}{words('speaker')}[\s　])"
)
_BULLET = re.compile(r"[・･●■□◆◇◎○◯▪▫▶►▷◦•★☆✓✔☑➢➤➡→◉▼▽]|[-*+>＞–—][ \t\u3000\xa0]|>(?=\S)")
#: an asterisk alone marks a note, before a blank a list's item (Markdown), in pairs what is emphasised
_NOTE = re.compile(
    r"[※＊][0-9０-９]{0,2}|\*[0-9０-９]{1,2}|\*(?=[^\s*])(?![^*]*[^\s*]\*)|[（(]注[0-9０-９]{0,2}[）)]|注[0-9０-９]{0,2}[)）:：]"
)
_NUMBER = re.compile(
    r"[（(]?(?:[0-9０-９]{1,3}|[一二三四五六七八九十]{1,3}|[ア-ン]|[a-zA-Z]|[ivxIVX]{1,4})[)）]\s*(?=\S)"
    r"|[0-9０-９]{1,2}(?:[.．](?![0-9０-９])|[ \u3000\xa0]+(?![0-9０-９]))\s*(?=[^\s年月日時])"
    r"|(?:[0-9０-９]{1,2}[-.－．]){1,3}[0-9０-９]{1,2}[ \u3000]+(?=\D)"
    r"|[一-龥]{0,4}第[\s　]*[0-9０-９一二三四五六七八九十百]{1,4}[\s　]*[編部章節款目条項回期次号]?(?:の[0-9０-９]{1,2})?(?:[\s　]+|$)"
    r"|[0-9０-９]{1,3}[番号][\s　]+"
    r"|[①-⑳⑴-⒇⒈-⒛Ⅰ-Ⅻⅰ-ⅻ㋐-㋾]|[一二三四五六七八九十]{1,3}[\u3000 、](?=\S)"
)
_KANA_NUMBER = re.compile(r"[ア-ン][.．\u3000 ][ \u3000]*(?=\S{2})")
_BRACKET = re.compile(r"[【〔［〈《≪<＜][^】〕］〉》≫>＞]{1,30}[】〕］〉》≫>＞]")
_COLUMN_GAP = re.compile(r"\t|[ \u3000\xa0]{2,}")
#: a letter or figure, or a mark that is read as a word
_WORD = re.compile(r"[^\W_]|[%％‰℃㌀-㏿]")
_DASH = r"[-－―–—‐−ー]"
#: 3 between dashes, alone on its line
_PAGE_NUMBER = re.compile(rf"{_DASH}[ \u3000]?[0-9０-９]{{1,4}}[ \u3000]?{_DASH}")


@dataclass(frozen=True, slots=True)
class Line:
    """A line that shows something: `text` is `document[start:end]`, without white space at its ends.

    `indent` and `width` count columns (a full-width character is two; `width` reaches from the left edge to the end),
    `gap` the blank lines before it, `head` what it begins with and `body` the column where the text behind that begins.
    """

    start: int
    end: int
    text: str
    indent: int
    width: int
    gap: int
    head: Head
    body: int
    #: a tab, or a gap of two blanks or more inside: columns rather than running text
    columned: bool
    #: where the line itself begins, with its white space
    origin: int


def lines(text: str) -> Iterator[Line]:
    """Lines in order; blank ones and rules (―――) only count as gaps.

    >>> [(line.text, line.indent, line.gap, line.head) for line in lines("予算\\r\\n\\r\\n　・道路費")]
    [('予算', 0, 0, ''), ('・道路費', 2, 1, 'bullet')]
    """
    gap = 0
    for match in _LINE.finditer(text):
        raw = match[1]
        stripped = raw.strip(BLANK)
        if not stripped or not _WORD.search(stripped):
            gap += 1
            # a page break parts as a blank line does
            if match.end() == len(text):
                return
            continue
        lead = len(raw) - len(raw.lstrip(BLANK))
        start = match.start() + lead
        head, length = _head(stripped)
        indent = width_of(raw[:lead])
        yield Line(
            start,
            start + len(stripped),
            stripped,
            indent,
            indent + width_of(stripped),
            gap,
            head,
            indent + width_of(stripped[:length]),
            "\t" in raw or bool(_COLUMN_GAP.search(stripped, length)),
            match.start(),
        )
        gap = 1 if match[2] == "\f" else 0
        if match.end() == len(text):
            return


def continues(text: str, previous: Line, line: Line) -> bool:
    """Whether no blank line stands between two lines; a rule (――――) parts a cell's text, not the table."""
    return not line.gap or (line.gap == 1 and bool(text[previous.end : line.start].strip()))


def is_page_number(line: Line) -> bool:
    """Whether a line holds nothing but a page's number between dashes.

    >>> [is_page_number(line) for line in lines("- 3 -\\n－１２－\\n-3\\n")]
    [True, True, False]
    """
    return _PAGE_NUMBER.fullmatch(line.text) is not None


def width_of(text: str) -> int:
    """Columns on a fixed-width display, ambiguous characters wide as Japanese fonts have them.

    >>> width_of("第3回①"), width_of("ｶﾅ\\u3000")
    (7, 4)
    """
    if text.isascii():
        return len(text) + 7 * text.count("\t")
    return sum(2 if unicodedata.east_asian_width(c) in "WFA" and c != "\xa0" else 1 for c in text)


def _head(text: str) -> tuple[Head, int]:
    kinds: tuple[tuple[Head, re.Pattern[str]], ...] = (
        ("speaker", _SPEAKER),
        ("note", _NOTE),
        ("bullet", _BULLET),
        ("number", _NUMBER),
        ("kana", _KANA_NUMBER),
        ("bracket", _BRACKET),
    )
    for head, pattern in kinds:
        if match := pattern.match(text):
            end = match.end() if head != "speaker" else 1
            return head, end + len(text[end:]) - len(text[end:].lstrip(BLANK))
    return "", 0
