"""What a value reader is given and what it answers."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from pipeline.engine.gazetteer import Gazetteer, Row
from pipeline.model import Candidate, Value


class Match(NamedTuple):
    """A pattern's match in the folded view.

    `groups` holds the named groups that took part (folded text, trimmed) and the rule's `set:` constants; `surface` the whole match; `rows` the gazetteer's rows of a
    gazetteer rule; `inner` the candidates that a composed pattern's `{@date}` stood for, by group name (`date`, `date_end`);
    `gazetteers` all gazetteers, for looking a group up.
    """

    surface: str
    groups: Mapping[str, str]
    rows: tuple[Row, ...] = ()
    inner: Mapping[str, Candidate] = MappingProxyType({})
    gazetteers: Mapping[str, Gazetteer] = MappingProxyType({})


class Reading(NamedTuple):
    """A value as written, and what is doubtful about it: (issue code, message) pairs.

    `length` is how many characters of the surface belong to the mention where a pattern reaches further than it (a counting noun
    whose end only tokens tell); 0 means all. `skip` is how many characters at its beginning do not belong to it (the first of two
    names joined by ・).
    """

    value: Value
    problems: tuple[tuple[str, str], ...] = ()
    length: int = 0
    skip: int = 0
