"""Which parts of a web page are navigation, site header or footer.

Takes an element; tells whether it is furniture, and how surely. Does not know the text.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Literal

from bs4 import Tag

#: by element or role (sure), by a word in id or class (a guess), or not
Furniture = Literal["", "element", "word"]

_ELEMENTS = frozenset(("nav", "footer", "aside", "search", "button"))
_ROLES = frozenset(("navigation", "banner", "contentinfo", "search", "menu", "menubar", "complementary"))
_GUESSED = frozenset(("div", "ul", "ol", "dl", "p", "section", "form", "header", "span", "table", "a"))
_MAIN = frozenset(("main", "article"))
_WORDS_TEXT = (
    "nav navi navigation gnav gnavi lnav lnavi fnav hnav globalnav globalnavi localnav localnavi subnav "
    "sidenav snav menu gmenu globalmenu submenu sidemenu breadcrumb breadcrumbs bread pankuzu topicpath "
    "topicspath footer foot sidebar header skip skiplink skipnav pagetop totop backtotop gotop sns share "
    "socialbutton search searchbox sitesearch langs language fontsize textsize moji banner banners copyright "
    "pagenavi pager pagination cookie"
)
_WORDS = frozenset(_WORDS_TEXT.split())
#: ids such as main, tmp_contents, mainContent, honbun
_MAIN_ID = re.compile(r"(?:^|[-_])(?:main|contents?|honbun)$|[a-z](?:Main|Contents?)$|maincontents?$")
_PARTS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")


def furniture_of(tag: Tag) -> Furniture:
    """`element` for nav, footer, aside and their roles, `word` for an id or class that says so, "" for content."""
    name, attributes = tag.name, tag.attrs
    if name in _MAIN:
        return ""
    if name in _ELEMENTS or (attributes and str(attributes.get("role", "")).lower() in _ROLES):
        return "" if _holds_main(tag) else "element"
    if name == "header":
        return "" if tag.find_parent(_MAIN) or tag.find("h1") or _holds_main(tag) else "element"
    if not attributes or name not in _GUESSED:
        return ""
    names: str | list[str] = attributes.get("class") or []
    told = [*([names] if isinstance(names, str) else names), str(attributes.get("id", ""))]
    words = [word for label in told for word in _words(label)]
    guessed = any(word in _WORDS for word in words)
    # what holds the page's heading is a wrapper, whatever it is called (`column_lnavi`)
    return "word" if guessed and not _holds_main(tag) and tag.find("h1") is None else ""


def _words(label: str) -> list[str]:
    """Words of a class or id, alone and joined in pairs: `globalNavi`, `side-bar`, `topic_path`."""
    parts = [part.lower() for part in _PARTS.findall(label)]
    return [*parts, *(one + other for one, other in pairwise(parts))]


def _holds_main(tag: Tag) -> bool:
    return tag.find(_is_main) is not None


def _is_main(tag: Tag) -> bool:
    if tag.name in _MAIN:
        return True
    attributes = tag.attrs
    if not attributes:
        return False
    if attributes.get("role") == "main":
        return True
    name = attributes.get("id")
    return bool(name) and bool(_MAIN_ID.search(str(name)))
