"""The text that markup shows: white space collapsed, line breaks that part blocks and that do not, marks of footnotes.

Takes strings as they stand in a tree; gives texts. Does not know elements.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from pipeline.model.document import BlockKind
from pipeline.parsers.plain_paragraphs import paragraphs
from pipeline.parsers.textlines import lines

#: stands for a line break until a block is written
BREAK = "\x01"
_BLANKS = re.compile(r"[ \t\n\r\f\xa0]+")
_MANY_BLANKS = re.compile(r"[ \t\f\xa0]{2,}|[\t\f\xa0]")
#: what shows nothing: control characters, zero-width space and joiners, soft hyphen
_CONTROL = re.compile("[\x00\x02-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\u200b-\u200d\u2060\ufeff\xad]")
_ITEM_MARKS = "・･●■□◆◇▪•※＊*"
#: 1, (2), ※3, 注4 set high: a footnote's mark
_FOOTNOTE = re.compile(
    r"\s*[（(\[［]?\s*(?:(?:※|注|脚注)\s*[0-9０-９]{0,3}|[0-9０-９]{1,3}(?:\s*[,、，]\s*[0-9０-９]{1,3})*|[*＊†‡]{1,3})\s*[)）\]］]?\s*"
)
_EXPONENT = re.compile(r"[-−－+]?[0-9０-９]{1,2}")
#: what is raised to a power: a unit's letters, or ten
_RAISED = re.compile(r"(?:[A-Za-zＡ-Ｚａ-ｚ㍍㎝㎜㎞]|(?<![0-9０-９.,．，])(?:10|１０))$")
_HIGH = str.maketrans("0123456789-−－+", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁻⁻⁺")
_JAPANESE = re.compile(r"[ぁ-ヿ一-鿿]")
_ICON = re.compile(
    r"\.(?:jpe?g|png|gif|svg|webp|bmp|pdf)$|(?:ウィンドウ|ウインドウ|外部リンク|アイコン|ファイル|マーク|ボタン|の画像)",
    re.IGNORECASE,
)


def squeezed(text: str) -> str:
    """White space collapsed as a browser does it; a line end of the source beside a wide character is nothing (CSS Text 3,
    segment break transformation, asks for two wide ones; 令和3年⏎9月 shows that one is enough in Japanese).

    >>> squeezed(" 令和3年度\\n  予算\\xa0(案) A\\nB ")
    '令和3年度予算 (案) A B'
    """
    text = text.strip()
    if "\n" in text or "\r" in text:
        return _BLANKS.sub(_blank, text)
    return _MANY_BLANKS.sub(" ", text)


def _blank(match: re.Match[str]) -> str:
    found = match.group()
    if "\n" not in found and "\r" not in found:
        return " "
    text = match.string
    return "" if _wide(text[match.start() - 1]) or _wide(text[match.end()]) else " "


def _wide(character: str) -> bool:
    return unicodedata.east_asian_width(character) in "WFH"


def shown(raw: str) -> list[str]:
    """The lines that text and `BREAK`s show, squeezed; an empty list where nothing is shown."""
    if not raw.isprintable() and _CONTROL.search(raw):
        raw = _CONTROL.sub("", raw)
    if BREAK not in raw:
        return [text] if (text := squeezed(raw)) else []
    texts = [squeezed(part) for part in raw.split(BREAK)]
    return texts if any(texts) else []


def preformatted(text: str) -> str:
    """Line ends as line breaks."""
    return text.replace("\r\n", BREAK).replace("\n", BREAK).replace("\r", BREAK)


def blocks(texts: list[str], kind: BlockKind) -> Iterator[tuple[BlockKind, str]]:
    """One block for a heading or caption, else one a running text: a `br` that ends an item parts blocks."""
    if kind in ("heading", "caption"):
        if text := "\n".join(text for text in texts if text):
            yield kind, text
    elif len(texts) == 1:
        if texts[0]:
            yield _marked(texts[0], kind), texts[0]
    elif texts:
        for group in paragraphs(list(lines("\n".join(texts)))):
            text = "\n".join(line.text for line in group)
            yield _marked(text, kind), text


def raised(text: str, before: str) -> tuple[str, str]:
    """What is set high behind `before`: as text in the line, and as a footnote's mark out of it.

    >>> raised("2", "1,000m"), raised("1", "25.8"), raised("注2", "予算額"), raised("th", "5")
    (('²', ''), ('', '1'), ('', '注2'), ('th', ''))
    """
    if _EXPONENT.fullmatch(text.strip()) and _RAISED.search(before):
        return unicodedata.normalize("NFKC", text.strip()).translate(_HIGH), ""
    if before.strip() and _FOOTNOTE.fullmatch(text):
        return "", squeezed(text)
    return text, ""


def alternatives(text: str | None) -> list[str]:
    """The alternative text of an image, none where it is an icon's or says nothing."""
    text = squeezed(text or "")
    return [text] if len(text) >= 4 and _JAPANESE.search(text) and not _ICON.search(text) else []


def _marked(text: str, kind: BlockKind) -> BlockKind:
    """A paragraph that begins with a list's mark is an item, one that begins with a reference mark a note."""
    if kind != "paragraph" or text[0] not in _ITEM_MARKS:
        return kind
    return "note" if text[0] in "※＊*" else "list_item"
