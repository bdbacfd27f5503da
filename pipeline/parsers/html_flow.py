"""The visible text of an HTML tree in reading order, block by block.

Takes a BeautifulSoup tree; gives `Entry`s. Does not know the document's text or offsets.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field

from bs4 import Tag
from bs4.element import NavigableString

from pipeline.model.document import BlockKind
from pipeline.parsers.grid import PlacedCell
from pipeline.parsers.html_furniture import Furniture, furniture_of
from pipeline.parsers.html_tables import cell_places, is_data_table, is_hidden
from pipeline.parsers.plain_paragraphs import paragraphs
from pipeline.parsers.textlines import lines

_BLOCKS_TEXT = (
    "address article aside blockquote body center dd details dialog dir div dl dt fieldset figcaption figure "
    "footer form frameset h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav noframes ol p pre "
    "section summary table tbody td tfoot th thead tr ul caption search"
)
BLOCKS = frozenset(_BLOCKS_TEXT.split())
_LEFT_OUT_TEXT = (
    "script style template noscript head iframe object embed svg math canvas audio video map select option "
    "datalist textarea input rt rp rtc title meta link base colgroup col applet"
)
_LEFT_OUT = frozenset(_LEFT_OUT_TEXT.split())
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
#: stands for a line break until a block is written
_BREAK = "\x01"
_BLANKS = re.compile(r"[ \t\n\r\f\xa0]+")
#: what shows nothing: control characters, zero-width space and joiners, soft hyphen
_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\u200b-\u200d\u2060\ufeff\xad]")
_LINK = re.compile(
    r".{0,16}本文へ.{0,12}|ここ(?:から|まで).{0,4}本文.{0,8}|本文ここ(?:から|まで).{0,4}|(?:この)?ページの(?:先頭|トップ)[^。]{0,6}。?(?:.{0,16}本文へ)?|"
    r"メニューを飛ばして.{0,10}|.{0,12}スキップ(?:する|します。?)?|(?:このページを)?印刷(?:する|用ページ.{0,6})?|大きな文字で印刷|検索|閉じる|(?:文字|表の)サイズ.{0,8}|背景色.{0,6}"
)
_LONGEST_PATH = 400
_MARKS = "・･●■□◆◇▪•※＊*"
_JAPANESE = re.compile(r"[ぁ-ヿ一-鿿]")
_ICON = re.compile(
    r"\.(?:jpe?g|png|gif|svg|webp|bmp|pdf)$|(?:ウィンドウ|ウインドウ|外部リンク|アイコン|ファイル|マーク|ボタン|の画像)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Entry:
    """A block, or a table (`cells` not empty); `text` has no white space at its ends, a line feed where a `br` is soft."""

    kind: BlockKind
    text: str
    level: int = 0
    element: str = ""
    furniture: Furniture = ""
    cells: tuple[PlacedCell, ...] = ()
    #: the alternative text of an image, kept only if no neighbour says it
    alternative: bool = False


@dataclass(slots=True)
class _Frame:
    """An open element: its path, the kind that its text has, and what of its children was seen."""

    tag: Tag
    path: str
    kind: BlockKind
    level: int
    furniture: Furniture
    preformatted: bool
    next: int = 0
    counts: dict[str, int] = field(default_factory=dict)


def flow(root: Tag, path: str = "") -> Iterator[Entry]:
    """Entries of everything visible under `root`. Works with a stack of its own, so deep nesting is no harm."""
    stack = [_Frame(root, path, "paragraph", 0, "", False)]
    pieces: list[str] = []
    alternatives: list[str] = []
    readings: list[str] = []
    while stack:
        frame = stack[-1]
        if frame.next >= len(frame.tag.contents):
            stack.pop()
            if frame.tag.name in BLOCKS:
                yield from _written(pieces, alternatives, readings, frame)
            continue
        child = frame.tag.contents[frame.next]
        frame.next += 1
        if type(child) is NavigableString:
            pieces.append(_line_breaks(child) if frame.preformatted else child)
        if not isinstance(child, Tag):
            continue
        name = child.name
        frame.counts[name] = number = frame.counts.get(name, 0) + 1
        if name == "br":
            pieces.append(_BREAK)
        elif name == "img":
            # the image of a link is a button, unless it is a heading's whole text
            if frame.tag.name != "a" or frame.kind == "heading":
                alternatives += _alternative(child)
        elif name == "rt":
            readings.append("".join(child.stripped_strings))
        elif name in _LEFT_OUT or is_hidden(child):
            continue
        elif name not in BLOCKS:
            stack.append(_inside(frame, child, frame.path))
        else:
            yield from _written(pieces, alternatives, readings, frame)
            element = _path(frame.path, name, number)
            opened = _inside(frame, child, element)
            if name == "table" and opened.furniture != "element" and is_data_table(child):
                yield from _table(child, element, opened.furniture)
            else:
                stack.append(opened)
    yield from _written(pieces, alternatives, readings, _Frame(root, path, "paragraph", 0, "", False))


def cell_text(cell: Tag) -> str:
    """The text of a table cell: its blocks joined by line feeds."""
    entries = [entry for entry in flow(cell) if entry.kind != "furniture"]
    spoken = [entry.text for entry in entries if not entry.alternative]
    return "\n".join(spoken or [entry.text for entry in entries])


def squeezed(text: str) -> str:
    """White space collapsed as a browser does it; a line end of the source beside a wide character is nothing (CSS Text 3,
    segment break transformation, asks for two wide ones; 令和3年⏎9月 shows that one is enough in Japanese).

    >>> squeezed(" 令和3年度\\n  予算\\xa0(案) A\\nB ")
    '令和3年度予算 (案) A B'
    """

    def blank(match: re.Match[str]) -> str:
        found = match.group()
        if "\n" not in found and "\r" not in found:
            return " "
        start, end = match.span()
        return "" if start > 0 and end < len(text) and (_wide(text[start - 1]) or _wide(text[end])) else " "

    return _BLANKS.sub(blank, text).strip()


def _wide(character: str) -> bool:
    return unicodedata.east_asian_width(character) in "WFH"


def _line_breaks(text: str) -> str:
    return text.replace("\r\n", _BREAK).replace("\n", _BREAK).replace("\r", _BREAK)


def _path(above: str, name: str, number: int) -> str:
    """`html/body/div[2]`; below a depth that no page needs, the path of what is above."""
    if len(above) > _LONGEST_PATH:
        return above
    return f"{above}/{name}[{number}]" if above and name != "body" else f"{above}/{name}".lstrip("/")


def _inside(frame: _Frame, tag: Tag, path: str) -> _Frame:
    name = tag.name
    kind, level = frame.kind, frame.level
    if name in _HEADINGS:
        kind, level = "heading", _HEADINGS[name]
    elif name in ("li", "dt", "dd") and kind != "heading":
        kind = "list_item"
    elif name in ("figcaption", "caption"):
        kind = "caption"
    furniture = frame.furniture or furniture_of(tag)
    return _Frame(tag, path, kind, level, furniture, frame.preformatted or name == "pre")


def _written(pieces: list[str], alternatives: list[str], readings: list[str], frame: _Frame) -> Iterator[Entry]:
    """The blocks of the text gathered so far; empties the three lists."""
    raw = _CONTROL.sub(lambda found: found[0] if found[0] == _BREAK else "", "".join(pieces)) if pieces else ""
    texts = [squeezed(part) for part in raw.split(_BREAK)] if raw else []
    pieces.clear()
    if not any(texts) and frame.kind == "heading" and alternatives:
        texts = [alternatives.pop(0)]
    for kind, text in _blocks(texts, frame):
        furniture = frame.furniture or ("element" if _LINK.fullmatch(text) and kind != "heading" else "")
        yield Entry(kind, text, frame.level if kind == "heading" else 0, frame.path, furniture)
    for text in alternatives:
        yield Entry("caption", text, 0, frame.path, frame.furniture, alternative=True)
    if readings:
        yield Entry("furniture", " ".join(reading for reading in readings if reading), 0, frame.path, "element")
    alternatives.clear()
    readings.clear()


def _blocks(texts: list[str], frame: _Frame) -> Iterator[tuple[BlockKind, str]]:
    """One block for a heading or caption, else one a running text: a `br` that ends an item parts blocks."""
    if frame.kind in ("heading", "caption"):
        if text := "\n".join(text for text in texts if text):
            yield frame.kind, text
    elif len(texts) == 1:
        if texts[0]:
            yield _marked(texts[0], frame.kind), texts[0]
    else:
        for group in paragraphs(list(lines("\n".join(texts)))):
            text = "\n".join(line.text for line in group)
            yield _marked(text, frame.kind), text


def _marked(text: str, kind: BlockKind) -> BlockKind:
    """A paragraph that begins with a list's mark is an item, one that begins with a reference mark a note."""
    if kind != "paragraph" or text[0] not in _MARKS:
        return kind
    return "note" if text[0] in "※＊*" else "list_item"


def _alternative(image: Tag) -> list[str]:
    text = squeezed(str(image.get("alt") or ""))
    return [text] if len(text) >= 4 and _JAPANESE.search(text) and not _ICON.search(text) else []


def _table(table: Tag, path: str, furniture: Furniture) -> Iterator[Entry]:
    caption = table.find("caption", recursive=False)
    if isinstance(caption, Tag) and not is_hidden(caption) and (text := cell_text(caption)):
        yield Entry("caption", text, 0, f"{path}/caption[1]", furniture)
    cells = tuple(
        PlacedCell(
            place.row,
            place.column,
            cell_text(place.tag),
            place.row_span,
            place.column_span,
            place.heading,
            element=path + place.path,
        )
        for place in cell_places(table)
    )
    yield Entry("cell", "", 0, path, furniture, cells)
