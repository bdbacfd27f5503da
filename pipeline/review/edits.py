"""What was edited between two states of a project.

Takes both states; gives, for each source, the edits that its rows may have changed by, in the order in which they are tried. Does not try them.

A line of a gazetteer, a fragment, a rule, a key of a sidecar and a decision are an edit each. Code and packages are one, since a program cannot be mixed of two.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from functools import cached_property, partial
from typing import Any

from pipeline.model import Sidecar
from pipeline.review.cause import Cause
from pipeline.review.edited_code import CodeEdit
from pipeline.review.edited_decisions import decision_edits
from pipeline.review.edited_rules import RuleEdits
from pipeline.review.made_of import Inputs
from pipeline.review.state import State, Told

#: what a sidecar says that no row of a mention, no issue and no leftover hangs on
_SILENT = frozenset(("id", "title", "url", "licence", "retrieved", "series", "supersedes"))
Apply = Callable[[Inputs], Inputs]


@dataclass(frozen=True, slots=True)
class Edit:
    """One edit. `applied` makes it to inputs; None where it cannot be made by itself. `concerns` tells of a folded text whether it can matter there. `by_table`
    names what of it can have changed a table's rows; only a change of the program has it."""

    cause: Cause
    applied: Apply | None = None
    concerns: Callable[[bytes], bool] = lambda text: True
    by_table: Callable[[str], Cause] | None = None


class Edits:
    """All edits between two states, `old` and `new`."""

    def __init__(self, old: State, new: State, rules: RuleEdits) -> None:
        self.old, self.new, self.rules = old, new, rules

    def of(self, old_id: str, new_id: str) -> list[Edit]:
        """Those that concern a source that both states have, under one id or two."""
        before, after = self.old.sources[old_id], self.new.sources[new_id]
        found: list[Edit] = []
        if self.code is not None:
            found.append(Edit(self.code.cause(after.file), _as_they_are, by_table=partial(self.code.cause, after.file)))
        parsers: list[Edit] = []
        others: list[Edit] = []
        for number, edited in enumerate(self.rules.edits, 1):
            applied = partial(replace, rules=number) if self.rules.known else None
            (parsers if edited.parsed_with else others).append(Edit(edited.cause, applied, edited.concerns))
        found += parsers
        if before.sha256 != after.sha256:
            data = self.new.file(new_id)
            edit = partial(replace, file=after.file, data=data) if data is not None else None
            found.append(Edit(Cause("file", after.file, "edited"), edit))
        found += self._sidecar(old_id, new_id, before, after)
        return [*found, *others, *self._decisions(old_id, new_id)]

    @cached_property
    def code(self) -> CodeEdit | None:
        edit = CodeEdit.between(self.old.receipt, self.new.receipt)
        return edit if edit.modules or edit.packages or edit.unknown else None

    def inputs(self, source_id: str) -> Inputs:
        """What a source was made of before."""
        told, rules = self.old.sources[source_id], 0 if self.rules.known else None
        decisions = self.lines(self.old, source_id)
        return Inputs(source_id, told.file, self.old.file(source_id), self.old.sidecar(source_id), rules, decisions)

    def _sidecar(self, old_id: str, new_id: str, before: Told, after: Told) -> Iterator[Edit]:
        if (before.sidecar, before.asked) == (after.sidecar, after.asked):
            return
        one, other = self.old.sidecar(old_id), self.new.sidecar(new_id)
        if one is None or other is None:
            yield Edit(Cause("sidecar", new_id, "edited"))
            return
        for name in (of.name for of in fields(Sidecar)):
            was, now = getattr(one, name), getattr(other, name)
            if was != now and name not in _SILENT:
                cause = Cause("sidecar", f"{new_id}: {_key(name)}", f"{_value(was)} → {_value(now)}")
                yield Edit(cause, partial(_with, name=name, value=now))

    def _decisions(self, old_id: str, new_id: str) -> Iterator[Edit]:
        """One for all lines of one cause that follow each other."""
        was, now = self.lines(self.old, old_id), self.lines(self.new, new_id)
        edits = decision_edits(was, now, new_id) if was != now else []
        for number, edit in enumerate(edits, 1):
            if number == len(edits) or edits[number].cause != edit.cause:
                yield Edit(edit.cause, partial(replace, decisions=edit.lines))

    def lines(self, state: State, source_id: str) -> bytes:
        """A source's file of decisions."""
        return (state.own.read(f"decisions/{source_id}.jsonl") if state.own is not None else None) or b""


def _as_they_are(inputs: Inputs) -> Inputs:
    return inputs


def _with(inputs: Inputs, name: str, value: Any) -> Inputs:
    if inputs.sidecar is None:
        return inputs
    changed: Mapping[str, Any] = {name: value}
    return replace(inputs, sidecar=replace(inputs.sidecar, **changed))


def _key(name: str) -> str:
    return "the sidecar itself" if name == "present" else name


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return f"{len(value)} tables" if value else "none"
    if isinstance(value, Mapping):
        return ", ".join(f"{key}: {text}" for key, text in value.items()) or "none"
    return str(value) or "none"
