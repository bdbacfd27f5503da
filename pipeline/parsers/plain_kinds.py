"""What a paragraph of a plain text is: heading (with its level), list item, note or paragraph.

Takes a group of lines and its neighbours; gives kind and level. Does not know tables.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.model.document import BlockKind
from pipeline.parsers.textlines import Line
from pipeline.text.orthography import any_of, era_names, words
from pipeline.text.patterns import late

Group = Sequence[Line]

_MARKDOWN = re.compile(r"(#{1,6})\s+(?=\S)")
#: a line with a rule under it (setext heading), no sentence and no item of a list
_UNDERLINED = late(
    r"(?:^|(?<=[\n\r]))[ ]{0,3}(?P<title>(?![-*+>#][ \t])[^\s|][^|\n\r]*)(?<!。)(?:\r\n|[\n\r])(?P<rule>=+|-{2,})[ \t]*(?=[\n\r]|$)"
)
_FRONT = re.compile(r"---[ \t]*\r?\n(?:.*\r?\n)*?---[ \t]*(?:\r?\n|$)")
_LEVELS = (
    (re.compile(r"第\s*[0-9０-９一二三四五六七八九十]+\s*[編部章](?:[\s　]|$)"), 1),
    (re.compile(r"[Ⅰ-Ⅻ]"), 1),
    (re.compile(r"第\s*[0-9０-９一二三四五六七八九十]+\s*節(?:[\s　]|$)"), 2),
    (re.compile(r"[0-9０-９]{1,2}[.．]?[ \u3000\xa0]*(?![0-9０-９.．\-－])|[一二三四五六七八九十]+[\u3000 、]"), 2),
    (re.compile(r"(?:[0-9０-９]{1,2}[-.－．]){1,3}[0-9０-９]{1,2}[ \u3000]|第\s*[0-9０-９]+\s*款(?:[\s　]|$)"), 3),
    (re.compile(r"[（(](?:[0-9０-９]{1,2}|[一二三四五六七八九十]+)[)）]|[⑴-⒇]|[0-9０-９]{1,2}[)）]"), 3),
    (re.compile(r"[■◆●◎★✓▼▶□◇☆▽]|【[^】]*】$"), 4),
    (re.compile(r"[①-⑳]|[（(]?[ア-ンa-z][)）]"), 5),
)
#: a heading without number or mark, told only by what stands around it
_PLAIN_LEVEL = 6
_LONGEST = 44
_NO_HEADING = re.compile(r"[。、，！？!?…]$|[:：]|https?://|@|TEL|FAX|^(?:NEW|new)$|[0-9０-９]{2,4}-[0-9０-９]{2,4}-")
_DATE_LINE = late(
    rf"{any_of(era_names())}?[0-9０-９元]{{1,4}}\s?[年月/.][0-9０-９年月日/.\s]*(?:[（(].[)）])?{words('as_of')}?"
)
_SENTENCE = re.compile(r"[。．]")
#: blanks between Japanese words: many of them are a table's row (区分 予算額 決算額 備考)
_PARTED = re.compile(r"[^\x00-\x7f][ \u3000\xa0](?=[^\x00-\x7f])")

#: a title set letter by letter (点　検　計　画)
_LETTER_SPACED = late(r"(?:[^\W\d_a-zA-Z][ \u3000\xa0]{1,2}){3,}[^\W\d_a-zA-Z]")


def underlined(text: str) -> dict[int, int]:
    """Where lines begin that Markdown makes headings by a rule under them, and their level.

    >>> underlined("橋の管理\\n====\\n\\n費用\\n---\\n")
    {0: 1, 11: 2}
    """
    front = _FRONT.match(text)
    return {
        match.start("title"): 1 if match["rule"][0] == "=" else 2
        for match in _UNDERLINED.finditer(text, front.end() if front else 0)
    }


def kind_of(group: Group, before: Group | None, after: Group | None, markdown: bool) -> tuple[BlockKind, int, int]:
    """Kind, level (0 unless a heading) and the number of characters at the group's start that are only markup."""
    first = group[0]
    if markdown and (match := _MARKDOWN.match(first.text)):
        return "heading", len(match[1]), match.end()
    if first.head == "speaker":
        return "paragraph", 0, 0
    if level := _heading_level(group, before, after):
        return "heading", level, 0
    if first.head == "note":
        return "note", 0, 0
    numbered = first.head == "number" and not re.match(r"[一-龥]{0,4}第|[0-9０-９]+[番号]", first.text)
    return ("list_item" if first.head in ("bullet", "kana") or numbered else "paragraph"), 0, 0


def _heading_level(group: Group, before: Group | None, after: Group | None) -> int:
    first = group[0]
    text = " ".join(line.text for line in group)
    if len(group) > 2 or len(text) > _LONGEST or first.columned or _NO_HEADING.search(text) or _SENTENCE.search(text):
        return 0
    if (
        not any(character.isalpha() for character in text)
        or _DATE_LINE.fullmatch(text)
        or (len(_PARTED.findall(text)) > 2 and not _LETTER_SPACED.fullmatch(text))
    ):
        return 0
    opens = before is None or first.gap > 0
    introduces = after is not None and not after[0].head and _running(after)
    for pattern, level in _LEVELS:
        if not pattern.match(text):
            continue
        if level == 4 and not text.endswith("】"):
            return level if introduces and opens else 0
        listed = (before is not None and _same(first, before[0], first.gap)) or (
            after is not None and _same(first, after[0], after[0].gap)
        )
        return level if not listed and (opens or introduces) else 0
    if first.head:
        return 0
    return _PLAIN_LEVEL if opens and introduces else 0


def _same(line: Line, other: Line, gap: int) -> bool:
    """Whether two neighbouring lines are items of one list."""
    return gap == 0 and line.head == other.head


def _running(group: Group) -> bool:
    text = "".join(line.text for line in group)
    return bool(_SENTENCE.search(text)) and len(text) > 24
