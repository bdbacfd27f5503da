"""Definition lists whose terms are labels (dt) and whose descriptions are values (dd): a table of two columns.

Takes a dl element; tells whether it is one, and gives places of its cells. Does not know the cells' text.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from lxml.etree import _Element

from pipeline.parsers.html_emphasis import is_hidden
from pipeline.parsers.html_tables import CellPlace
from pipeline.parsers.html_tree import text_of

_LAYOUT_INSIDE = ("h1", "h2", "h3", "h4", "h5", "h6", "form", "nav")
#: a longer term is a question or a sentence, a longer description an article
_LONGEST_TERM, _LONGEST_DESCRIPTION = 40, 300


def is_pairs(dl: _Element) -> bool:
    """Whether every term is short and has a description that is not long; other lists are read as items."""
    if any(element is not dl for element in islice(dl.iter("table", "dl"), 2)):
        return False
    groups = list(_groups(dl))
    if not groups or next(dl.iter(*_LAYOUT_INSIDE), None) is not None:
        return False
    return all(
        terms
        and descriptions
        and all(0 < _length(term) <= _LONGEST_TERM for term in terms)
        and all(_length(description) <= _LONGEST_DESCRIPTION for description in descriptions)
        for terms, descriptions in groups
    )


def pair_places(dl: _Element) -> list[CellPlace]:
    """A row for each term or description of a group, whichever are more; the last of the fewer reaches down to its end."""
    places: list[CellPlace] = []
    row = 0
    for terms, descriptions in _groups(dl):
        height = max(len(terms), len(descriptions))
        for column, elements in enumerate((terms, descriptions)):
            for number, element in enumerate(elements):
                down = height - number if number == len(elements) - 1 else 1
                places.append(CellPlace(element, row + number, column, down, 1, column == 0))
        row += height
    return places


def _groups(dl: _Element) -> Iterator[tuple[list[_Element], list[_Element]]]:
    terms: list[_Element] = []
    descriptions: list[_Element] = []
    for element in _parts(dl):
        if element.tag == "dt":
            if descriptions:
                yield terms, descriptions
                terms, descriptions = [], []
            terms.append(element)
        else:
            descriptions.append(element)
    if terms or descriptions:
        yield terms, descriptions


def _parts(dl: _Element) -> Iterator[_Element]:
    for child in dl:
        for element in child if child.tag == "div" else (child,):
            if element.tag in ("dt", "dd") and not is_hidden(element):
                yield element


def _length(element: _Element) -> int:
    return len("".join(text_of(element).split()))
