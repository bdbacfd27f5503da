"""What an element's own markup says of how it looks: hidden, struck out, in bold, on a background.

Takes an element; gives answers. Does not know style sheets or text.
"""

from __future__ import annotations

import re

from lxml.etree import _Element

#: elements whose text is shown struck out
STRUCK = frozenset(("del", "s", "strike"))
_HIDDEN = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse))", re.IGNORECASE)
_STRUCK = re.compile(r"text-decoration(?:-line)?\s*:[^;]*line-through", re.IGNORECASE)
_BOLD = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_BACKGROUND = re.compile(
    r"background(?:-color)?\s*:\s*(?!\s*(?:none|transparent|inherit|initial|#fff(?:fff)?\b|white))", re.IGNORECASE
)
_WHITE = re.compile(r"\s*(?:#?fff(?:fff)?|white|transparent)\s*", re.IGNORECASE)


def is_hidden(element: _Element) -> bool:
    """Whether a browser shows nothing of it, as far as the element itself says; `aria-hidden` hides from screen readers only."""
    if element.get("hidden") is not None or (element.tag == "dialog" and element.get("open") is None):
        return True
    style = element.get("style")
    return style is not None and _HIDDEN.search(style) is not None


def is_struck(element: _Element) -> bool:
    """Whether it is shown struck out."""
    if element.tag in STRUCK:
        return True
    style = element.get("style")
    return style is not None and _STRUCK.search(style) is not None


def is_emphasised(cell: _Element) -> bool | None:
    """Whether a table cell stands in bold or on a background, or its row does; None for a cell without text."""
    if not len(cell) and not (cell.text or "").strip():
        return None
    row = cell.getparent()
    if any(e is not None and (_has_background(e) or _BOLD.search(e.get("style") or "")) for e in (cell, row)):
        return True
    # the whole text inside of one b or strong, however deep
    inner = cell
    while not (inner.text or "").strip() and len(inner) == 1 and not (inner[0].tail or "").strip():
        inner = inner[0]
        if inner.tag in ("b", "strong") or _BOLD.search(inner.get("style") or ""):
            return True
    return False


def _has_background(element: _Element) -> bool:
    colour = element.get("bgcolor")
    if colour is not None and not _WHITE.fullmatch(colour):
        return True
    return _BACKGROUND.search(element.get("style") or "") is not None
