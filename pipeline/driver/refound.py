"""Candidates as the store keeps them, and found again after an edit of rules.

Takes an entry, and what the rules mean now; gives the entry's sections as they would be found anew. Only the rules that were edited are asked,
and only where their words stand in the text. Does not know files.

An entry holds the page (`text`, `page`) and a section for each kind: all candidates before any is chosen. It says what the rules meant
that found them (`rules`, `kinds`), and which of them did (`found_by`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from pipeline.driver.keys import Plan
from pipeline.driver.made import load_meaning
from pipeline.driver.plain import candidate_of, plain_candidate
from pipeline.driver.store import Entry, packed, unpacked
from pipeline.engine.find import gather_again
from pipeline.engine.kept_page import KeptPage, kept, reopened
from pipeline.engine.load import RuleSet
from pipeline.engine.meaning import Meaning, edits
from pipeline.engine.page import Page
from pipeline.engine.touched import naming, touching
from pipeline.model import Candidate, Document

#: the sections of a page beside a kind's candidates
_TEXT, _PAGE = "text", "page"


class Damaged(Exception):
    """A page in the store cannot be opened."""


class Refound:
    """Candidates found again after an edit of rules: only by the rules that were edited, and only where their words stand in the text."""

    def __init__(self, entry: Entry, plan: Plan) -> None:
        self.entry, self.plan = entry, plan
        self.old = earlier(plan.cache, str(entry.about["rules"]))
        self.found_by: dict[str, Sequence[str]] = {
            kind: ids for kind, ids in entry.about["found_by"].items() if kind in plan.meaning.kinds
        }
        self.new: dict[str, bytes] = {}
        self.found: dict[str, list[Candidate]] = {}

    def asked(self, kind: str) -> bool:
        """Find a kind again; False where no rule had to be asked."""
        plan = self.plan
        test = _test(plan, self.old.digest if self.old is not None else "", kind)
        everything = kind not in self.entry.about["kinds"] or test.everything(self.text)
        if not everything and test.ids.isdisjoint(self.found_by[kind]) and not test.touched(self.data):
            return False
        known = None if everything else unpack_candidates(self.entry.section(kind))
        everything = known is None
        ids = [rule.id for rule in plan.rules.rules if rule.kind == kind] if everything else test.ids
        found = sorted(gather_again(self.page, plan.rules, kind, known or [], ids), key=_place)
        self.found_by[kind] = ids_of(found)
        self.found[kind] = found
        if found != known or _choices(found, plan.rules) != unpacked(self.entry.section(kind))[1]:
            self.new[kind] = pack_candidates(found, plan.rules)
        return True

    def candidates(self) -> list[Candidate] | None:
        """Those of all kinds; None where one of them is missing or damaged."""
        found: list[Candidate] = []
        for kind in self.plan.meaning.kinds:
            known = self.found[kind] if kind in self.found else unpack_candidates(self.entry.section(kind))
            if known is None:
                return None
            found += known
        return found

    def sections(self) -> dict[str, bytes]:
        """All that is to be kept."""
        names = (_TEXT, _PAGE, *self.plan.meaning.kinds)
        return {name: self.new[name] if name in self.new else self.entry.section(name) or b"" for name in names}

    @cached_property
    def data(self) -> bytes:
        data = self.entry.section(_TEXT)
        if data is None:
            raise Damaged
        return data

    @cached_property
    def text(self) -> str:
        return self.data.decode("utf-8", "surrogatepass")

    @cached_property
    def page(self) -> Page:
        numbers = unpacked(self.entry.section(_PAGE))
        if numbers is None:
            raise Damaged
        return reopened(self.text, KeptPage(*numbers))


@dataclass(frozen=True, slots=True)
class _Test:
    """What an edit concerns: rules, whether they can match in a text, and whether all rules of the kind must be asked."""

    ids: frozenset[str]
    touched: Callable[[bytes], bool]
    everything: Callable[[str], bool]


@lru_cache(maxsize=64)
def _test(plan: Plan, old: str, kind: str) -> _Test:
    before = earlier(plan.cache, old)
    if before is None:
        return _Test(frozenset(), _always, _always)
    edited = edits(before, plan.meaning, kind)
    rules = [rule for rule in plan.rules.rules if rule.id in edited.rules]
    touched = touching(rules) if rules else _never
    named = naming(sorted(edited.names)) if edited.names else _never
    return _Test(edited.rules, touched, _always if edited.whole else named)


def _always(_: object) -> bool:
    return True


def _never(_: object) -> bool:
    return False


@lru_cache(maxsize=8)
def earlier(cache: Path, digest: str) -> Meaning | None:
    """What rules meant in an earlier build."""
    return load_meaning(cache, digest)


def found_entry(
    page: Page, gathered: Sequence[Candidate], plan: Plan
) -> tuple[dict[str, bytes], dict[str, Sequence[str]]]:
    """The sections of an entry, and what found the candidates of each kind."""
    by_kind: dict[str, list[Candidate]] = {kind: [] for kind in plan.meaning.kinds}
    for candidate in gathered:
        by_kind[candidate.kind].append(candidate)
    sections = {_TEXT: page.view.text.encode("utf-8", "surrogatepass"), _PAGE: packed(tuple(kept(page)))}
    sections |= {kind: pack_candidates(found, plan.rules) for kind, found in by_kind.items()}
    return sections, {kind: ids_of(found) for kind, found in by_kind.items()}


def all_candidates(entry: Entry, kinds: Iterable[str]) -> list[Candidate] | None:
    """None where one of the kinds is missing or damaged."""
    found: list[Candidate] = []
    for kind in kinds:
        known = unpack_candidates(entry.section(kind))
        if known is None:
            return None
        found += known
    return found


def reopened_page(entry: Entry, document: Document) -> Page | None:
    """The page of an entry, None where it is damaged."""
    text, numbers = entry.section(_TEXT), unpacked(entry.section(_PAGE))
    if text is None or numbers is None:
        return None
    return reopened(text.decode("utf-8", "surrogatepass"), KeptPage(*numbers), document)


def pack_candidates(found: Sequence[Candidate], rules: RuleSet) -> bytes:
    """Candidates of a kind in the order of their places, with what the choice between them hangs on."""
    return packed(([*map(plain_candidate, sorted(found, key=_place))], _choices(found, rules)))


def unpack_candidates(data: bytes | None) -> list[Candidate] | None:
    """None where they are missing or damaged."""
    known = unpacked(data)
    return [*map(candidate_of, known[0])] if known is not None else None


def ids_of(found: Sequence[Candidate]) -> list[str]:
    """The rules that found some candidates."""
    return sorted({candidate.rule_id for candidate in found})


def _choices(
    found: Sequence[Candidate], rules: RuleSet
) -> tuple[tuple[str, tuple[str, ...], tuple[str, ...], str], ...]:
    """Of every rule that found one: what it beats, what it is against, whether it is private."""
    of = (rules.by_id[rule_id] for rule_id in sorted({candidate.rule_id for candidate in found}))
    return tuple((r.id, tuple(sorted(r.beats)), tuple(sorted(r.against)), r.settings.get("private", "")) for r in of)


def _place(candidate: Candidate) -> tuple[int, int, str]:
    return candidate.span.start, candidate.span.end, candidate.rule_id
