"""The tree of a page's markup: lxml's for HTML, and for XHTML where it is well-formed; BeautifulSoup's where lxml's shows nothing.

Takes decoded text; gives a tree without comments. Opens no URL, loads no DTD. Does not know what is visible.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

from bs4 import BeautifulSoup, Tag, XMLParsedAsHTMLWarning
from bs4.element import NavigableString, PageElement
from lxml import etree
from lxml.etree import _Element

#: what stands behind these end tags belongs to the body (HTML standard, "after after body"); libxml2 begins a second tree there
_LAST_ENDS = re.compile(r"</(?:body|html)\s*>", re.IGNORECASE)
_ENTITY = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)[A-Za-z][A-Za-z0-9]{1,31};")
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")
_NO_XML = re.compile("[\x00-\x08\x0b\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
#: elements within each other; libxml2 reads 2,000, and lxml's time grows with number times depth
DEEPEST = 1_000
#: elements whose content is no markup: one that is never closed swallows the page
_RAW = ("title", "textarea", "style", "script", "xmp", "noframes", "noembed", "iframe")


@dataclass(frozen=True, slots=True)
class Tree:
    """`root` is its topmost element; `xml` tells a document of other elements than HTML's: there each is a block.

    `too_deep` tells of elements deeper than `DEEPEST`, which lie beside each other here."""

    root: _Element
    xml: bool = False
    too_deep: bool = False


def tree_of(text: str) -> Tree | None:
    """The tree of a page, None where it has no element and no text.

    >>> tree = tree_of("<p>札幌市</html>の予算")
    >>> tree.root.xpath("string()")
    '札幌市の予算'
    """
    text = text.replace("\0", "")
    if text.lstrip("\ufeff \r\n\t").startswith("<?xml") and (tree := _well_formed(text)) is not None:
        return tree
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(_bytes(_LAST_ENDS.sub("", text)), parser)
    except etree.XMLSyntaxError:
        return None
    if len(parser.error_log.filter_from_fatals()) or (root is not None and _deep(root)):
        # nested deeper than libxml2's tree may be, and cut off there
        return second_tree(text)
    return None if root is None else Tree(root)


def _deep(root: _Element) -> bool:
    """Whether elements lie deeper than `DEEPEST` where the page ends: as they do where none of them is closed."""
    depth, element = 0, root
    while len(element) and depth <= DEEPEST:
        depth, element = depth + 1, element[-1]
    return depth > DEEPEST


def second_tree(text: str) -> Tree:
    """BeautifulSoup's tree of a broken page, elements that swallow the rest opened.

    >>> second_tree("<title>予算<body><p>札幌市").root.findtext(".//p")
    '札幌市'
    """
    for name in _RAW:
        begins = list(re.finditer(rf"<{name}\b[^<>]*>", text, re.IGNORECASE))
        if begins and not re.search(rf"</{name}\b", text[begins[-1].end() :], re.IGNORECASE):
            text = f"{text[: begins[-1].start()]}{text[begins[-1].end() :]}"
    if (comment := text.rfind("<!--")) > text.rfind("-->"):
        text = f"{text[:comment]}{text[comment + 4 :]}"
    root = etree.Element("html")
    stack: list[tuple[_Element, Iterator[PageElement]]] = [(root, iter(_soup(text.replace("\0", "")).contents))]
    # what the next text stands behind: an element that is closed already, or none
    before: _Element | None = None
    deepest = 0
    while stack:
        deepest = max(deepest, len(stack))
        parent, children = stack[-1]
        child = next(children, None)
        if child is None:
            stack.pop()
            before = parent
        elif isinstance(child, Tag):
            attributes = {name: str(value) for name, value in child.attrs.items() if _NAME.fullmatch(name)}
            name = child.name if _NAME.fullmatch(child.name) else "span"
            # deeper elements stand beside each other, as in browsers: lxml's time grows with the depth
            inner = etree.SubElement(stack[min(len(stack), DEEPEST) - 1][0], name, attributes)
            stack.append((inner, iter(child.contents)))
            before = None
        elif type(child) is NavigableString:
            shown = _NO_XML.sub("", child)
            if before is None:
                parent.text = (parent.text or "") + shown
            else:
                before.tail = (before.tail or "") + shown
    return Tree(root[0] if len(root) == 1 and root[0].tag == "html" else root, too_deep=deepest > DEEPEST)


def _soup(text: str) -> BeautifulSoup:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", XMLParsedAsHTMLWarning)
        return BeautifulSoup(text, "lxml", multi_valued_attributes=None)


def text_of(element: _Element) -> str:
    """All text in an element, shown or not."""
    return etree.tostring(element, method="text", encoding="unicode", with_tail=False)


def _well_formed(text: str) -> Tree | None:
    """The tree of XML, names in lower case and without namespace; None where it is none or declares entities of its own."""
    if "<!ENTITY" in text:
        return None
    parser = etree.XMLParser(
        encoding="utf-8", resolve_entities=False, load_dtd=False, no_network=True, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(_bytes(_ENTITY.sub(lambda found: unescape(found[0]), text.lstrip("\ufeff"))), parser)
    except etree.XMLSyntaxError:
        return None
    for element in root.iter(etree.Element):
        element.tag = element.tag.rpartition("}")[2].lower()
    return Tree(root, xml=root.tag != "html")


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "replace")
