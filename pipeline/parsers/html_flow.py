"""The visible text of an HTML tree in reading order, block by block.

Takes a tree; gives `Entry`s. Does not know the document's text or offsets.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from lxml.etree import _Element, iterwalk

from pipeline.model.document import BlockKind
from pipeline.parsers.html_blocks import Entry, Gathered
from pipeline.parsers.html_emphasis import STRUCK, is_hidden, is_struck
from pipeline.parsers.html_furniture import Furniture, Landmarks, furniture_of, landmarks
from pipeline.parsers.html_pairs import is_pairs, pair_places
from pipeline.parsers.html_paths import ElementPaths
from pipeline.parsers.html_pre import preformatted_tables
from pipeline.parsers.html_tables import CellPlace, cell_places, is_data_table
from pipeline.parsers.html_text import BREAK, alternatives, preformatted, shown, squeezed
from pipeline.parsers.html_tree import Tree, text_of
from pipeline.parsers.placed_cells import PlacedCell

_BLOCKS_TEXT = (
    "address article aside blockquote body button center dd details dialog dir div dl dt fieldset figcaption figure "
    "footer form frameset h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol p pre "
    "section summary table tbody td tfoot th thead tr ul caption search"
)
_LEFT_OUT_TEXT = (
    "script style template noscript noframes noembed head iframe object svg math canvas audio video map select "
    "option datalist textarea input rp rtc title meta link base colgroup col applet progress meter"
)
#: what an element does to the text: parts blocks, is read with its text, or (all behind _ANCHOR) is taken as a whole
_BLOCK, _RAISED, _TIME, _ANCHOR, _LEFT_OUT, _BREAK, _IMAGE, _READING = range(1, 9)
_ROLES = {
    **dict.fromkeys(_BLOCKS_TEXT.split(), _BLOCK),
    **dict.fromkeys(_LEFT_OUT_TEXT.split(), _LEFT_OUT),
    "br": _BREAK,
    "img": _IMAGE,
    "rt": _READING,
    "sup": _RAISED,
    "time": _TIME,
    "a": _ANCHOR,
}
_GRIDS = ("table", "dl", "pre")
_OPENED = (_RAISED, _TIME, _ANCHOR)
_INLINE_OF_XML = frozenset(("ruby", "rt", "rp", "sup", "sub", "br"))
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_KINDS: dict[str, BlockKind] = {
    "li": "list_item",
    "dt": "list_item",
    "dd": "list_item",
    "figcaption": "caption",
    "caption": "caption",
}


@dataclass(frozen=True, slots=True)
class Page:
    """What is known of the whole tree."""

    xml: bool
    marks: Landmarks
    paths: ElementPaths


class _Frame(NamedTuple):
    """An open block element, and the kind that its text has."""

    element: _Element
    kind: BlockKind
    level: int
    furniture: Furniture
    preformatted: bool
    inside_main: bool


def flow(tree: Tree) -> list[Entry]:
    """Entries of everything visible."""
    return _flow(tree.root, Page(tree.xml, landmarks(tree.root), ElementPaths()))


def _flow(root: _Element, page: Page) -> list[Entry]:
    """Walks without recursion, so deep nesting is no harm; a table's cells are walks of their own."""
    entries: list[Entry] = []
    frame = _Frame(root, "paragraph", 0, "", False, False)
    stack = [frame]
    gathered = Gathered()
    pieces = gathered.pieces
    # the element inside of which text is struck out, and the last one that was passed over
    void = skipped = None
    xml = page.xml
    walker = iterwalk(root, events=("start", "end"))
    next(walker)
    pieces.append(root.text or "")
    for event, element in walker:
        if event == "start":
            name = element.tag
            role = _ROLES.get(name, 0)
            if xml and name not in _INLINE_OF_XML:
                role = _BLOCK
            styled = element.get("style") is not None
            may_hide = styled or element.get("hidden") is not None or name == "dialog"
            if role > _ANCHOR or (may_hide and is_hidden(element)):
                _take_whole(element, role, frame, gathered)
                walker.skip_subtree()
                skipped = element
                continue
            if role == _BLOCK:
                _write(gathered, frame, page, entries)
                inner = _inside(frame, element, page)
                if name in _GRIDS and _take_grid(element, inner, page, entries):
                    walker.skip_subtree()
                    continue
                stack.append(frame := inner)
            elif role:
                gathered.opened.append(len(pieces))
            if void is None and (styled or name in STRUCK) and is_struck(element):
                void = element
            text = element.text
        else:
            if element is frame.element:
                _write(gathered, frame, page, entries)
                if element is root:
                    break
                stack.pop()
                frame = stack[-1]
            elif element is not skipped and (role := _ROLES.get(element.tag, 0)) in _OPENED:
                _close(gathered, element, role)
            if element is void:
                void = None
            text = element.tail
        if text and (pieces or not text.isspace()):
            (pieces if void is None else gathered.struck).append(preformatted(text) if frame.preformatted else text)
    return entries


def _take_whole(element: _Element, role: int, frame: _Frame, gathered: Gathered) -> None:
    """What is read at once or not at all: line breaks, images, readings of ruby; all else is left out."""
    if is_hidden(element):
        return
    if role == _BREAK:
        gathered.pieces.append(BREAK)
    elif role == _IMAGE:
        # the image of a link is a button, unless it is a heading's whole text
        parent = element.getparent()
        if frame.kind == "heading" or parent is None or parent.tag != "a":
            gathered.alternatives += alternatives(element.get("alt"))
    elif role == _READING:
        gathered.aside.append(squeezed(text_of(element)))


def _take_grid(element: _Element, frame: _Frame, page: Page, entries: list[Entry]) -> bool:
    """Takes a table, a list of pairs or preformatted text with tables; False where it is none."""
    if frame.furniture == "element":
        return False
    if element.tag == "pre":
        parts = preformatted_tables(element)
        path = page.paths.of(element)
        for part in parts:
            text, cells = (part, ()) if isinstance(part, str) else ("", part)
            entries.append(Entry("cell" if cells else frame.kind, text, 0, path, frame.furniture, cells))
        return bool(parts)
    if element.tag == "table" and is_data_table(element):
        _table(element, cell_places(element), frame, page, entries)
    elif element.tag == "dl" and is_pairs(element):
        _table(element, pair_places(element), frame, page, entries)
    else:
        return False
    return True


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
    inside_main = frame.inside_main or name in ("main", "article") or element.get("role") == "main"
    furniture = frame.furniture or furniture_of(element, page.marks, inside_main)
    return _Frame(element, kind, level, furniture, frame.preformatted or name == "pre", inside_main)


def _close(gathered: Gathered, element: _Element, role: int) -> None:
    if role == _TIME:
        gathered.close_time((element.get("datetime") or "").strip())
    elif role == _RAISED:
        gathered.close_raised()
    else:
        target = element.get("href") or ""
        gathered.close_link(len(target) > 1 and target[0] == "#")


def _write(gathered: Gathered, frame: _Frame, page: Page, entries: list[Entry]) -> None:
    if not (gathered.pieces or gathered.alternatives or gathered.aside or gathered.struck):
        return
    level = frame.level if frame.kind == "heading" else 0
    entries += gathered.written(frame.kind, level, frame.furniture, lambda: page.paths.of(frame.element))


def _table(element: _Element, places: list[CellPlace], frame: _Frame, page: Page, entries: list[Entry]) -> None:
    caption = next((child for child in element if child.tag == "caption"), None)
    if caption is not None and not is_hidden(caption) and (text := _cell(caption, page)[0]):
        entries.append(Entry("caption", text, 0, page.paths.of(caption), frame.furniture))
    cells: list[PlacedCell] = []
    times: list[tuple[int, int, int, str]] = []
    aside: list[Entry] = []
    for number, place in enumerate(places):
        text, inside = _cell(place.element, page)
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
        for entry in inside:
            if entry.kind == "furniture":
                aside.append(entry)
            elif entry.times:
                offset = max(text.find(entry.text, offset), 0)
                times += [(number, offset + start, offset + end, value) for _, start, end, value in entry.times]
    entries.append(Entry("cell", "", 0, page.paths.of(element), frame.furniture, tuple(cells), times=tuple(times)))
    entries += aside


def _cell(element: _Element, page: Page) -> tuple[str, list[Entry]]:
    """The text of a table cell, its blocks joined by line feeds, and the entries it came from."""
    if not len(element):
        return "\n".join(text for text in shown(element.text or "") if text), []
    entries: list[Entry] = []
    for entry in _flow(element, page):
        # a table for the layout of a cell, or pairs in it, are lines of the cell
        if entry.cells:
            entries += [Entry("paragraph", cell.text) for cell in entry.cells if cell.text]
        else:
            entries.append(entry)
    told = [entry for entry in entries if entry.kind != "furniture"]
    spoken = [entry.text for entry in told if not entry.alternative]
    return "\n".join(spoken or [entry.text for entry in told]), entries
