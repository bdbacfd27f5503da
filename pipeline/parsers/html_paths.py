"""Where an element stands: its path from the root, `html/body/div[2]/p[1]`.

Takes elements; gives paths that XPath finds them by. Does not know what they hold.
"""

from __future__ import annotations

from lxml.etree import _Element

#: below a depth that no page needs, the path of what is above
_LONGEST = 400
_ONLY = frozenset(("html", "body"))


class ElementPaths:
    """Paths of one tree's elements; each parent's children are numbered once, when one of them is first asked for.

    >>> from lxml.etree import fromstring
    >>> root = fromstring("<html><body><p/><div/><p><b/></p></body></html>")
    >>> ElementPaths().of(root[0][2][0])
    'html/body/p[2]/b[1]'
    """

    def __init__(self) -> None:
        self._paths: dict[_Element, str] = {}

    def of(self, element: _Element) -> str:
        missing: list[_Element] = []
        parent: _Element | None = element
        while parent is not None and parent not in self._paths:
            missing.append(parent)
            parent = parent.getparent()
        for one in reversed(missing):
            if one not in self._paths:
                self._number(one)
        return self._paths[element]

    def _number(self, element: _Element) -> None:
        """Paths of an element and all its siblings."""
        parent = element.getparent()
        if parent is None:
            self._paths[element] = str(element.tag)
            return
        above = self._paths[parent]
        numbers: dict[str, int] = {}
        for child in parent:
            name = child.tag
            numbers[name] = number = numbers.get(name, 0) + 1
            if len(above) > _LONGEST:
                self._paths[child] = above
            else:
                self._paths[child] = f"{above}/{name}" if name in _ONLY else f"{above}/{name}[{number}]"
