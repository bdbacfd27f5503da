"""What of the rules is another one than in an earlier build: lines of gazetteers, fragments, rules.

Takes the rule files of two states; gives edits in order, and the rules as they are after so many of them. Does not know sources.

Gazetteers come first, of them those that parsers know, then fragments, then rules: a rule that only differs because a unit was added to a gazetteer was not edited. Where the old files
are not to be had, or are not those that were built with, edits are known by name only: from the store, or from the receipts.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from pipeline.driver.made import load_meaning
from pipeline.engine.load import RuleSet, rules_of
from pipeline.engine.meaning import Meaning, changed_lines, meaning_of
from pipeline.engine.touched import naming, touching
from pipeline.engine.written import Written, read_written
from pipeline.model import PipelineError
from pipeline.review.cause import Cause
from pipeline.review.files import Files, FolderFiles
from pipeline.review.state import State
from pipeline.text.fold import folded_names
from pipeline.text.shipped import PARSED_WITH

#: gazetteers of which a line can matter only where a name of it stands in the text
_BY_NAME = frozenset(("foreign", "former", "organisations"))
_REFERENCE = re.compile(r"\{[@:]?([a-z_][a-z0-9_]*)(?::[a-z0-9_]+)?\}")


@dataclass(frozen=True, slots=True)
class RuleEdit:
    """`made` makes it to rules as they are written. `parsed_with`: parsers know the gazetteer too."""

    cause: Cause
    concerns: Callable[[bytes], bool]
    made: Callable[[Written], Written]
    parsed_with: bool = False


class RuleEdits:
    """`known`: the edits can be made one after the other."""

    def __init__(self, old: State, new: State, cache: Path) -> None:
        self._old, self._new, self._cache = old, new, cache

    @cached_property
    def edits(self) -> Sequence[RuleEdit]:
        if self._same:
            return ()
        if self._written is None:
            return [RuleEdit(cause, _anywhere, _as_it_is) for cause in _named(self._old, self._new, self._cache)]
        before, after = self._written
        edits = [*_lines(before, after), *_fragments(before, after), *_rules(before, after)]
        return sorted(edits, key=lambda edit: not edit.parsed_with)

    @cached_property
    def known(self) -> bool:
        return self._same or self._written is not None

    def after(self, number: int) -> RuleSet | None:
        """The rules when so many edits, from the first on, are made; None where they cannot be compiled so."""
        if not self.known:
            return None
        if self._same:
            written = _read(self._new)
        else:
            assert self._written is not None
            written = self._written[0]
            for edit in self.edits[:number]:
                written = edit.made(written)
        try:
            return rules_of(written, strict=False) if written is not None else None
        except PipelineError:
            return None

    @cached_property
    def _same(self) -> bool:
        meaning = self._old.receipt.get("meaning")
        return meaning is not None and meaning == self._new.receipt.get("meaning")

    @cached_property
    def _written(self) -> tuple[Written, Written] | None:
        """The rules as they were written and as they are, both as they were built with."""
        old, new = _read(self._old), _read(self._new)
        if old is None or new is None or not _built_with(new, self._new):
            return None
        same_code = self._old.receipt.get("code") == self._new.receipt.get("code")
        if not _built_with(old, self._old) and (same_code or self._old.own == self._new.own):
            return None
        old, new = _effective(old), _effective(new)
        return replace(old, fragments={**new.fragments, **old.fragments}), new


def _read(state: State) -> Written | None:
    """None where the files are not to be had, or no rules."""
    if state.own is None or state.shipped is None:
        return None
    with tempfile.TemporaryDirectory() as temporary:
        base = Path(temporary)
        shipped = _folder(state.shipped, base / "shipped")
        own = shipped if state.own == state.shipped else _folder(state.own, base / "own")
        folders = [(shipped, "rules"), *([(own, "own")] if own != shipped else [])]
        try:
            return read_written(folders, shipped)
        except PipelineError:
            return None


def _folder(files: Files, beside: Path) -> Path:
    """The rule files in a folder."""
    if isinstance(files, FolderFiles):
        return files.folder
    beside.mkdir()
    for name in files.names():
        if name.endswith((".yml", ".csv")):
            (beside / name).parent.mkdir(parents=True, exist_ok=True)
            (beside / name).write_bytes(files.read(name) or b"")
    return beside


def _built_with(written: Written, state: State) -> bool:
    try:
        return meaning_of(rules_of(written)).digest == state.receipt.get("meaning")
    except PipelineError:
        return False


def _effective(written: Written) -> Written:
    rules = {rule_id: rule for rule_id, rule in written.rules.items() if rule_id not in written.disabled}
    unchecked = {rule_id: replace(rule, checked=False, path="") for rule_id, rule in rules.items()}
    return replace(written, rules=unchecked, disabled={})


def _lines(old: Written, new: Written) -> Iterator[RuleEdit]:
    for name in sorted(old.gazetteers.keys() | new.gazetteers.keys()):
        before, after = old.gazetteers.get(name, {}), new.gazetteers.get(name, {})
        order = _order(before, after)
        for key in sorted(before.keys() | after.keys()):
            one, other = before.get(key), after.get(key)
            if one != other:
                cause = Cause("gazetteer", f"{name}:{key}", _how(one, other))
                words = [word for row in (one, other) if row for word in _words(row)] if name in _BY_NAME else None
                yield RuleEdit(cause, _named_in(words), _line_put(name, key, other, order), name in PARSED_WITH)
        if [key for key in order if key in after] != list(after):
            cause = Cause("gazetteer", name, "its lines stand in another order")
            yield RuleEdit(cause, _anywhere, _table_put(name, after), name in PARSED_WITH)


def _order(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[str]:
    """All first columns, those that are gone where they stood."""
    keys: list[str] = []
    gone: list[str] = []
    place: dict[str, list[str]] = {}
    for key in old:
        if key in new:
            place[key] = gone
            gone = []
        else:
            gone.append(key)
    if [key for key in new if key in old] != [key for key in old if key in new]:
        return [*old, *(key for key in new if key not in old)]
    for key in new:
        keys += [*place.get(key, ()), key]
    return keys + gone


def _line_put(name: str, key: str, row: Mapping[str, str] | None, order: Sequence[str]) -> Callable[[Written], Written]:
    def made(written: Written) -> Written:
        rows = dict(written.gazetteers.get(name, {}))
        rows.pop(key, None)
        if row is not None:
            rows[key] = row
        return replace(written, gazetteers={**written.gazetteers, name: {k: rows[k] for k in order if k in rows}})

    return made


def _table_put(name: str, rows: Mapping[str, Mapping[str, str]]) -> Callable[[Written], Written]:
    return lambda written: replace(written, gazetteers={**written.gazetteers, name: rows})


def _words(row: Mapping[str, str]) -> Iterator[str]:
    for column in ("surface", "name", "latin", "aliases"):
        yield from (word for word in row.get(column, "").split("|") if word)


def _named_in(words: Iterable[str] | None) -> Callable[[bytes], bool]:
    if words is None:
        return _anywhere
    found = naming(sorted(set(folded_names([*words]))))
    return lambda text: found(text.decode("utf-8", "surrogatepass"))


def _fragments(old: Written, new: Written) -> Iterator[RuleEdit]:
    for name in sorted(new.fragments):
        if old.fragments[name] != new.fragments[name]:
            cause = Cause("rule", f"fragments.yml {{{name}}}", "edited")
            yield RuleEdit(cause, _anywhere, _fragment_put(name, new.fragments[name]))


def _fragment_put(name: str, text: str) -> Callable[[Written], Written]:
    return lambda written: replace(written, fragments={**written.fragments, name: text})


def _rules(old: Written, new: Written) -> Iterator[RuleEdit]:
    ids = [
        rule_id
        for rule_id in sorted(old.rules.keys() | new.rules.keys())
        if rule_id not in old.rules or rule_id not in new.rules or not old.rules[rule_id].same(new.rules[rule_id])
    ]
    if not ids:
        return
    compiled = [rules_of(written, strict=False).by_id for written in (old, new)]
    for rule_id in ids:
        cause = Cause("rule", rule_id, _how(old.rules.get(rule_id), new.rules.get(rule_id)))
        concerns = touching([by_id[rule_id] for by_id in compiled if rule_id in by_id])
        yield RuleEdit(cause, concerns, _rule_put(rule_id, new))


def _rule_put(rule_id: str, new: Written) -> Callable[[Written], Written]:
    def made(written: Written) -> Written:
        rules = {name: rule for name, rule in written.rules.items() if name != rule_id}
        if rule_id in new.rules:
            rules[rule_id] = new.rules[rule_id]
        return replace(written, rules=rules)

    return made


def _named(old: State, new: State, cache: Path) -> Iterator[Cause]:
    """Edits by name alone."""
    before, after = _meaning(old, cache), _meaning(new, cache)
    if before is not None and after is not None:
        for name in sorted(before.orders.keys() | after.orders.keys()):
            if before.orders.get(name) != after.orders.get(name):
                for key in changed_lines(before, after, name):
                    one, other = (of.gazetteers.get(name, {}).get(key) for of in (before, after))
                    yield Cause("gazetteer", f"{name}:{key}", _how(one, other))
        yield from _differing("rule", before.rules, after.rules)
        return
    for kind, part in (("gazetteer", "gazetteers"), ("rule", "each_rule")):
        yield from _differing(kind, old.receipt.get(part, {}), new.receipt.get(part, {}))


def _differing(kind: Any, before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Cause]:
    for name in sorted(before.keys() | after.keys()):
        if before.get(name) != after.get(name):
            yield Cause(kind, name, _how(before.get(name), after.get(name)))


def _meaning(state: State, cache: Path) -> Meaning | None:
    digest = state.receipt.get("meaning")
    return load_meaning(cache, digest) if isinstance(digest, str) and digest.isalnum() else None


def _how(old: object, new: object) -> str:
    return "new" if old is None else "gone" if new is None else "edited"


def _anywhere(text: bytes) -> bool:
    return True


def _as_it_is(written: Written) -> Written:
    return written
