"""The visible text of an HTML tree in reading order, block by block.

Takes a tree; gives `Entry`s. Does not know the document's text or offsets.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml.etree import _Element, iterwalk

from pipeline.model.document import BlockKind
from pipeline.parsers.grid import PlacedCell
from pipeline.parsers.html_emphasis import is_hidden, is_struck
from pipeline.parsers.html_furniture import Furniture, Landmarks, furniture_of, landmarks
from pipeline.parsers.html_pairs import is_pairs, pair_places
from pipeline.parsers.html_paths import ElementPaths
from pipeline.parsers.html_tables import CellPlace, cell_places, is_data_table
from pipeline.parsers.html_text import BREAK, alternative, blocks, preformatted, raised, shown, squeezed
from pipeline.parsers.html_tree import Tree, text_of

_BLOCKS_TEXT = (
    "address article aside blockquote body button center dd details dialog dir div dl dt fieldset figcaption figure "
    "footer form frameset h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol p pre "
    "section summary table tbody td tfoot th thead tr ul caption search"
)
_LEFT_OUT_TEXT = (
    "script style template noscript noframes noembed head iframe object embed svg math canvas audio video map select "
    "option datalist textarea input rp rtc title meta link base colgroup col applet progress meter"
)
_BLOCK, _LEFT_OUT, _BREAK, _IMAGE, _READING, _RAISED, _TIME = range(1, 8)
_ROLES = {
    **dict.fromkeys(_BLOCKS_TEXT.split(), _BLOCK),
    **dict.fromkeys(_LEFT_OUT_TEXT.split(), _LEFT_OUT),
    "br": _BREAK,
    "img": _IMAGE,
    "rt": _READING,
    "sup": _RAISED,
    "time": _TIME,
}
_INLINE_OF_XML = frozenset(("ruby", "rt", "rp", "sup", "sub", "br"))
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_KINDS: dict[str, BlockKind] = {
    "li": "list_item",
    "dt": "list_item",
    "dd": "list_item",
    "figcaption": "caption",
    "caption": "caption",
}
_LINK = re.compile(
    r".{0,16}本文へ.{0,12}|ここ(?:から|まで).{0,4}本文.{0,8}|本文ここ(?:から|まで).{0,4}|(?:この)?ページの(?:先頭|トップ)[^。]{0,6}。?(?:.{0,16}本文へ)?|"
    r"メニューを飛ばして.{0,10}|.{0,12}スキップ(?:する|します。?)?|(?:このページを)?印刷(?:する|用ページ.{0,6})?|大きな文字で印刷|検索|閉じる|(?:文字|表の)サイズ.{0,8}|背景色.{0,6}"
)
_LONGEST_LINK = 40


@dataclass(frozen=True, slots=True)
class Entry:
    """A block, or a table (`cells` not empty); `text` has no white space at its ends, a line feed where a `br` is soft.

    `times` are what `time` elements say: start and end in the text (of the n-th cell, in a table) and their `datetime`.
    """

    kind: BlockKind
    text: str
    level: int = 0
    element: str = ""
    furniture: Furniture = ""
    cells: tuple[PlacedCell, ...] = ()
    #: the alternative text of an image, kept only if no neighbour says it
    alternative: bool = False
    #: shown struck out, so void
    struck: bool = False
    times: tuple[tuple[int, int, int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """What is known of the whole tree."""

    xml: bool
    marks: Landmarks
    paths: ElementPaths


@dataclass(frozen=True, slots=True)
class _Frame:
    """An open block element, and the kind that its text has."""

    element: _Element
    kind: BlockKind
    level: int
    furniture: Furniture
    preformatted: bool
    inside_main: bool


@dataclass(slots=True)
class _Gathered:
    """What was met since the last block was written; `opened` are raised and time elements with the place where they begin."""

    pieces: list[str] = field(default_factory=list)
    alternatives: list[str] = field(default_factory=list)
    aside: list[str] = field(default_factory=list)
    struck: list[str] = field(default_factory=list)
    times: list[tuple[str, str]] = field(default_factory=list)
    opened: list[tuple[_Element, int]] = field(default_factory=list)


def flow(tree: Tree) -> Iterator[Entry]:
    """Entries of everything visible."""
    yield from _flow(tree.root, Page(tree.xml, landmarks(tree.root), ElementPaths()), "")


def _flow(root: _Element, page: Page, furniture: Furniture) -> Iterator[Entry]:
    """Walks without recursion, so deep nesting is no harm; a table's cells are walks of their own."""
    bottom = _Frame(root, "paragraph", 0, furniture, False, False)
    stack = [bottom]
    gathered = _Gathered()
    pieces = gathered.pieces
    # the element inside of which text is struck out
    void: _Element | None = None
    walker = iterwalk(root, events=("start", "end"))
    next(walker)
    if root.text:
        pieces.append(root.text)
    for event, element in walker:
        frame = stack[-1]
        if event == "end":
            if element is frame.element:
                yield from _written(gathered, frame, page)
                if element is root:
                    return
                stack.pop()
                frame = stack[-1]
            elif gathered.opened and gathered.opened[-1][0] is element:
                _close(gathered)
            if element is void:
                void = None
            if tail := element.tail:
                (pieces if void is None else gathered.struck).append(preformatted(tail) if frame.preformatted else tail)
            continue
        name = element.tag
        role = _ROLES.get(name, 0)
        if page.xml and name not in _INLINE_OF_XML:
            role = _BLOCK
        if role == _LEFT_OUT or is_hidden(element) or (name == "dialog" and element.get("open") is None):
            walker.skip_subtree()
            continue
        if role == _BREAK:
            pieces.append(BREAK)
            continue
        if role == _IMAGE:
            # the image of a link is a button, unless it is a heading's whole text
            if (frame.kind == "heading" or element.getparent().tag != "a") and (
                text := alternative(element.get("alt"))
            ):
                gathered.alternatives.append(text)
            continue
        if role == _READING:
            gathered.aside.append(squeezed(text_of(element)))
            walker.skip_subtree()
            continue
        if role == _BLOCK:
            yield from _written(gathered, frame, page)
            frame = _inside(frame, element, page)
            if name == "table" and frame.furniture != "element" and is_data_table(element):
                yield from _table(element, cell_places(element), frame, page)
                walker.skip_subtree()
                continue
            if name == "dl" and frame.furniture != "element" and is_pairs(element):
                yield from _table(element, pair_places(element), frame, page)
                walker.skip_subtree()
                continue
            stack.append(frame)
        elif role in (_RAISED, _TIME):
            gathered.opened.append((element, len(pieces)))
        if void is None and is_struck(element):
            void = element
        if text := element.text:
            (pieces if void is None else gathered.struck).append(preformatted(text) if frame.preformatted else text)


def _inside(frame: _Frame, element: _Element, page: Page) -> _Frame:
    name = element.tag
    kind, level = frame.kind, frame.level
    if name in _HEADINGS:
        kind, level = "heading", _HEADINGS[name]
    elif name in _KINDS and (kind != "heading" or name == "caption"):
        kind = _KINDS[name]
    elif element.get("role") == "heading":
        told = element.get("aria-level", "2")
        kind, level = "heading", int(told) if told in ("1", "2", "3", "4", "5", "6") else 2
    inside_main = frame.inside_main or name in ("main", "article")
    furniture = frame.furniture or furniture_of(element, page.marks, inside_main)
    return _Frame(element, kind, level, furniture, frame.preformatted or name == "pre", inside_main)


def _close(gathered: _Gathered) -> None:
    """The end of a raised or time element."""
    element, start = gathered.opened.pop()
    pieces = gathered.pieces
    if start >= len(pieces):
        return
    inner = "".join(pieces[start:])
    if element.tag == "time":
        if value := (element.get("datetime") or "").strip():
            gathered.times.append((inner, value))
        return
    text, mark = raised(inner, "".join(pieces[max(0, start - 3) : start]).rstrip())
    pieces[start:] = [text]
    if mark:
        gathered.aside.append(mark)


def _written(gathered: _Gathered, frame: _Frame, page: Page) -> Iterator[Entry]:
    """The blocks of what was gathered so far, which is emptied."""
    pieces = gathered.pieces
    texts = shown("".join(pieces)) if pieces else []
    pieces.clear()
    gathered.opened.clear()
    alternatives = gathered.alternatives
    if not texts and not alternatives and not gathered.aside and not gathered.struck:
        gathered.times.clear()
        return
    if frame.kind == "heading" and alternatives and not any(texts):
        texts = [alternatives.pop(0)]
    path = page.paths.of(frame.element)
    times = [(squeezed(inner), value) for inner, value in gathered.times]
    for kind, text in blocks(texts, frame.kind):
        is_link = kind != "heading" and len(text) <= _LONGEST_LINK and _LINK.fullmatch(text)
        furniture = frame.furniture or ("element" if is_link else "")
        level = frame.level if kind == "heading" else 0
        yield Entry(kind, text, level, path, furniture, times=tuple(_located(text, times)))
    for text in alternatives:
        yield Entry("caption", text, 0, path, frame.furniture, alternative=True)
    if aside := " ".join(text for text in gathered.aside if text):
        yield Entry("furniture", aside, 0, path, "element")
    if struck := " ".join(text for text in shown("".join(gathered.struck)) if text):
        yield Entry("furniture", struck, 0, path, "element", struck=True)
    for gone in (alternatives, gathered.aside, gathered.struck, gathered.times):
        gone.clear()


def _located(text: str, times: list[tuple[str, str]]) -> Iterator[tuple[int, int, int, str]]:
    """Where the texts of time elements stand in a block, in their order; those found are taken off the list."""
    offset = 0
    while times:
        inner, value = times[0]
        at = text.find(inner, offset) if inner else -1
        if at < 0:
            return
        offset = at + len(inner)
        yield 0, at, offset, value
        times.pop(0)


def _table(element: _Element, places: list[CellPlace], frame: _Frame, page: Page) -> Iterator[Entry]:
    caption = next((child for child in element if child.tag == "caption"), None)
    if caption is not None and not is_hidden(caption) and (text := _cell(caption, page)[0]):
        yield Entry("caption", text, 0, page.paths.of(caption), frame.furniture)
    cells: list[PlacedCell] = []
    times: list[tuple[int, int, int, str]] = []
    aside: list[Entry] = []
    for number, place in enumerate(places):
        text, entries = _cell(place.element, page)
        cells.append(
            PlacedCell(
                place.row,
                place.column,
                text,
                place.row_span,
                place.column_span,
                place.heading,
                element=page.paths.of(place.element),
            )
        )
        offset = 0
        for entry in entries:
            if entry.kind == "furniture":
                aside.append(entry)
            elif entry.times:
                offset = max(text.find(entry.text, offset), 0)
                times += [(number, offset + start, offset + end, value) for _, start, end, value in entry.times]
    yield Entry("cell", "", 0, page.paths.of(element), frame.furniture, tuple(cells), times=tuple(times))
    yield from aside


def _cell(element: _Element, page: Page) -> tuple[str, list[Entry]]:
    """The text of a table cell, its blocks joined by line feeds, and the entries it came from."""
    if not len(element):
        return "\n".join(text for text in shown(element.text or "") if text), []
    entries: list[Entry] = []
    for entry in _flow(element, page, ""):
        # a table for the layout of a cell, or pairs in it, are lines of the cell
        if entry.cells:
            entries += [Entry("paragraph", cell.text) for cell in entry.cells if cell.text]
        else:
            entries.append(entry)
    told = [entry for entry in entries if entry.kind != "furniture"]
    spoken = [entry.text for entry in told if not entry.alternative]
    return "\n".join(spoken or [entry.text for entry in told]), entries
