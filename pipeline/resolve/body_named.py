"""The bodies that a document names in full, to be looked up by how their names end or begin.

Takes spans and bodies in order of span; gives those whose name a shorter one ends, or that begin a longer one. Does not know owners.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from typing import TypeVar

from pipeline.model import Span
from pipeline.resolve.body_names import Body, normalised

#: so many characters at the end of a name are what it is found by
LEAST_ENDING = 2

T = TypeVar("T")


class NamedBodies:
    """Every naming of a body, in order of span.

    >>> named = NamedBodies([(Span(0, 7), Body("lg-401005/環境局", "北九州市環境局", "", "unit"))])
    >>> found = named.ending("環境局", 20, lambda body: True)
    >>> found[0], found[1].name, named.ending("総務局", 20, lambda body: True)
    (Span(start=0, end=7), '北九州市環境局', None)
    """

    def __init__(self, named: Sequence[tuple[Span, Body]]) -> None:
        self._named = named

    def ending(
        self, name: str, at: int, fits: Callable[[Body], bool], only_before: bool = False
    ) -> tuple[Span, Body] | None:
        """Of the bodies that fit and whose longer name ends with this one: the last named before an offset, else the only one behind it."""
        short = normalised(name)
        namings = self._by_ending.get(short[-LEAST_ENDING:], ())

        def is_it(body: Body) -> bool:
            full = normalised(body.name)
            return full.endswith(short) and len(full) > len(short) and body.name[-1:] == name[-1:] and fits(body)

        last = bisect_left(namings, at, key=_start)
        for span, body in reversed(namings[:last]):
            if is_it(body):
                return span, body
        if only_before:
            return None
        firsts: dict[str, tuple[Span, Body]] = {}
        for span, body in namings[last:]:
            if body.organisation_id not in firsts and is_it(body):
                firsts[body.organisation_id] = span, body
        return next(iter(firsts.values())) if len(firsts) == 1 else None

    def exactly(self, name: str, at: int) -> tuple[Span, Body] | None:
        """The body named before an offset by this very name, the last time (公益財団法人いわて産業振興センター)."""
        short = normalised(name)
        namings = self._by_ending.get(short[-LEAST_ENDING:], ())
        for span, body in reversed(namings[: bisect_left(namings, at, key=_start)]):
            if normalised(body.name) == short:
                return span, body
        return None

    def beginning(self, name: str) -> Iterator[Body]:
        """The bodies whose name a longer one begins with, each once, in the order in which they are first named."""
        return (
            body for body in self._by_beginning.get(name[:1], ()) if name.startswith(body.name) and name != body.name
        )

    @cached_property
    def _by_ending(self) -> dict[str, list[tuple[Span, Body]]]:
        return _grouped((normalised(body.name)[-LEAST_ENDING:], (span, body)) for span, body in self._named)

    @cached_property
    def _by_beginning(self) -> dict[str, list[Body]]:
        return _grouped((body.name[:1], body) for body in dict.fromkeys(body for _, body in self._named))


def _grouped(pairs: Iterable[tuple[str, T]]) -> dict[str, list[T]]:
    groups: dict[str, list[T]] = {}
    for key, value in pairs:
        groups.setdefault(key, []).append(value)
    return groups


def _start(naming: tuple[Span, Body]) -> int:
    return naming[0].start
