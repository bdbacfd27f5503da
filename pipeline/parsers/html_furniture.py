"""Which parts of a web page are navigation, site header or footer.

Takes an element; tells whether it is furniture, and how surely. Does not know the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Literal, cast

from lxml.etree import XPath, _Element

#: by element or role (sure), by a word in id or class (a guess), or not
Furniture = Literal["", "element", "word"]

_ELEMENTS = frozenset(("nav", "footer", "aside", "search", "button"))
_ROLES = frozenset(("navigation", "banner", "contentinfo", "search", "menu", "menubar", "complementary"))
_GUESSED = frozenset(("div", "ul", "ol", "dl", "p", "section", "form", "header", "table"))
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
_NAMED = XPath("//@id/..|//@role/..")
_PARTS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")


@dataclass(frozen=True, slots=True)
class Landmarks:
    """What holds the page's main parts, what its h1, and what holds the one main element of a page that has only one."""

    main: frozenset[_Element]
    heading: frozenset[_Element]
    only: frozenset[_Element]


def landmarks(root: _Element) -> Landmarks:
    mains = [*root.iter("main", "article")]
    named = cast("list[_Element]", _NAMED(root))
    mains += [e for e in named if e.get("role") == "main" or _is_main_id(e.get("id"))]
    told = {e for e in mains if e.tag == "main" or e.get("role") == "main"}
    return Landmarks(_holding(mains), _holding(root.iter("h1")), _holding(told) if len(told) == 1 else frozenset())


def furniture_of(element: _Element, marks: Landmarks, inside_main: bool) -> Furniture:
    """`element` for nav, footer, aside and their roles, `word` for an id or class that says so, "" for content."""
    name = element.tag
    role = element.get("role")
    if name in _MAIN or role == "main":
        return ""
    if name == "footer" and inside_main:
        # who wrote the article, and when: the HTML standard's footer of a section
        return ""
    if name in _ELEMENTS or (role and role.lower() in _ROLES):
        return "" if element in marks.main else "element"
    if name == "header":
        return "" if inside_main or element in marks.heading or element in marks.main else "element"
    if marks.only and not inside_main and element not in marks.only and element not in marks.heading:
        return "word"
    if name not in _GUESSED:
        return ""
    label, names = element.get("id"), element.get("class")
    if not ((label and _is_guessed(label)) or (names and _is_guessed(names))):
        return ""
    # what holds the page's heading is a wrapper, whatever it is called (`column_lnavi`)
    return "" if element in marks.main or element in marks.heading else "word"


def _holding(elements: Iterable[_Element]) -> frozenset[_Element]:
    """Everything around the elements."""
    holding: set[_Element] = set()
    for element in elements:
        above = element.getparent()
        while above is not None and above not in holding:
            holding.add(above)
            above = above.getparent()
    return frozenset(holding)


@lru_cache(maxsize=8192)
def _is_guessed(label: str) -> bool:
    """Whether a class or id has one of the words, alone or joined in pairs: `globalNavi`, `side-bar`, `topic_path`."""
    for one in label.split():
        parts = [part.lower() for part in _PARTS.findall(one)]
        if not _WORDS.isdisjoint(parts) or any(first + second in _WORDS for first, second in pairwise(parts)):
            return True
    return False


def _is_main_id(label: str | None) -> bool:
    return bool(label) and _MAIN_ID.search(label or "") is not None
