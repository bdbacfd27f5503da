"""One source through its stages, each only if the store lacks what it gave for the same.

Takes a source file, what is known of its last build, rules and the store; gives what it is made of now, and which stages ran. Does not know
other sources.

*Reading* hangs on the file's bytes, what the sidecar says to the parser and the parsers; *finding*, kind by kind, on the document and what
the rules of the kind mean; *resolving* on the candidates, the sidecar, decisions and what is consulted there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from pipeline.driver.keys import Plan, Task, errata_digest, finding_key, made_of, reading_key, rows_key
from pipeline.driver.made import Made
from pipeline.driver.page_ranges import drop_ranges, parsed_apart
from pipeline.driver.plain import document_of, plain_document
from pipeline.driver.refound import Refound, all_candidates, found_entry, reopened_page
from pipeline.driver.stages import Built, crashed, parsed, resolved_rows
from pipeline.driver.store import Entry, entry_path, has_rows, open_entry, packed, unpacked, write_entry
from pipeline.engine.find import gather
from pipeline.engine.page import Page, open_page
from pipeline.engine.select import select
from pipeline.model import Candidate, Decision, Document, Issue, Source
from pipeline.parsers import ManyPages
from pipeline.resolve.decision_places import errata_of
from pipeline.sources.discovery import read_source


@dataclass(frozen=True, slots=True)
class Done:
    """`built` is None where the rows are in the store already; `ran` names the stages that ran: `reading`, `finding date`, `resolving`."""

    made: Made
    built: Built | None
    ran: tuple[str, ...]


def staged(task: Task, plan: Plan) -> Done:
    """Never raises for what the source holds; what crashes has no key, so that the next build tries again. Raises `ManyPages` where the task
    tells how many a PDF may have."""
    try:
        return _Source(task, plan).done()
    except ManyPages:
        raise
    except _Other as other:
        return staged(replace(task, before=None, sha256=other.sha256, stat=()), plan)
    except MemoryError:
        issue = Issue("too-much-memory", "reading asked for more memory than a source may take", "error")
    except Exception as error:  # a document never stops the build
        return unkeyed_source(task, plan, crashed(task.found, error, plan.rules))
    # behind the handler, where nothing holds what has filled the memory
    return unkeyed_source(task, plan, crashed(task.found, issue, plan.rules))


def unkeyed_source(task: Task, plan: Plan, built: Built) -> Done:
    """The rows of a source that was not built to its end."""
    empty: dict[str, str] = {}
    made = made_of(task, plan, "", "", empty, "")
    return Done(replace(made, key=""), built, ("reading",))


class _Other(Exception):
    """A file has other bytes than a moment before, or the document read from it again is another one."""

    def __init__(self, sha256: str) -> None:
        self.sha256 = sha256


class _Source:
    """The stages of one source."""

    def __init__(self, task: Task, plan: Plan) -> None:
        self.task, self.plan, self.found = task, plan, task.found
        self.ran: list[str] = []
        self.page: Page | None = None
        self.gathered: list[Candidate] | None = None
        self.read_again = self.media_type = ""

    def done(self) -> Done:
        source, issues = self.refused
        if source is not None:
            digests: dict[str, str] = {}
            key = self._key("refused", digests, repr(issues))
            made = made_of(self.task, self.plan, "", "refused", digests, key)
            if has_rows(self.plan.cache, key):
                return Done(made, None, ())
            document = Document("", status="failed")
            rows = resolved_rows(source, open_page(document), [], issues, self.plan.rules)
            return Done(made, rows, ("reading",))
        document_digest = self._digest()
        digests = self._found(document_digest)
        key = self._key(document_digest, digests)
        made = made_of(self.task, self.plan, self.reading, document_digest, digests, key)
        if has_rows(self.plan.cache, key):
            return Done(made, None, tuple(self.ran))
        return Done(made, self._resolved(document_digest), (*self.ran, "resolving"))

    @cached_property
    def refused(self) -> tuple[Source | None, tuple[Issue, ...]]:
        """The source and why it must not be read; (None, ()) where it may."""
        expected = self.found.sidecar.sha256
        if not self.found.issues and self.task.sha256 and expected in ("", self.task.sha256):
            return None, ()
        source, issues = read_source(self.found)
        return (source, issues) if any(issue.severity == "error" for issue in issues) else (None, ())

    @cached_property
    def decisions(self) -> tuple[tuple[Decision, ...], tuple[Decision, ...]]:
        return self.task.decisions_made

    @cached_property
    def errata(self) -> str:
        return errata_digest(self.decisions[0])

    @cached_property
    def reading(self) -> str:
        return reading_key(self.found, self.task.sha256)

    @cached_property
    def read_entry(self) -> Entry | None:
        return open_entry(entry_path(self.plan.cache, "read", self.reading))

    @cached_property
    def document(self) -> Document:
        """From the store, else read."""
        known = unpacked(self.read_entry.section("document")) if self.read_entry is not None else None
        if known is not None and self.read_entry is not None:
            self.media_type = str(self.read_entry.about["media_type"])
            return document_of(known)
        source, _ = read_source(self.found)
        if source.sha256 != self.task.sha256:
            raise _Other(source.sha256)
        self.ran.append("reading")
        apart = source.media_type == "application/pdf" and (self.task.most or self.task.parts)
        document = parsed_apart(source, self.task, self.plan.cache) if apart else parsed(source)
        self.media_type = source.media_type
        about = {"file": self.found.file, "media_type": source.media_type}
        path = entry_path(self.plan.cache, "read", self.reading)
        self.read_again = write_entry(path, about, {"document": packed(plain_document(document))})["document"]
        drop_ranges(self.task, self.plan.cache)
        return document

    def _digest(self) -> str:
        """The document's digest, which is known without it where nothing that it hangs on has changed."""
        before = self.task.before
        if before is not None and before.reading == self.reading:
            return before.document
        if self.read_entry is not None and "document" in self.read_entry.digests:
            return self.read_entry.digests["document"]
        _ = self.document
        return self.read_again

    def _same(self, digest: str) -> Document:
        document = self.document
        if self.read_again and self.read_again != digest:
            raise _Other(self.task.sha256)
        return document

    def _found(self, digest: str) -> dict[str, str]:
        """Digests of every kind's candidates."""
        plan = self.plan
        self.path = entry_path(plan.cache, "found", finding_key(digest, self.errata))
        entry = open_entry(self.path)
        wanted = plan.meaning.kinds
        if entry is None or not {"rules", "kinds", "found_by"} <= entry.about.keys():
            return self._found_anew(digest)
        kinds: Mapping[str, str] = entry.about["kinds"]
        stale = [kind for kind in wanted if kinds.get(kind) != wanted[kind]]
        if not stale and kinds.keys() == wanted.keys():
            self.entry = entry
            return {kind: entry.digests[kind] for kind in wanted}
        if entry.sections().keys() != entry.digests.keys():
            return self._found_anew(digest)
        again = Refound(entry, plan)
        asked = [kind for kind in stale if again.asked(kind)]
        self.ran += [f"finding {kind}" for kind in asked]
        if not asked and kinds.keys() == wanted.keys():
            self.entry = entry  # as long as nobody asks, it need not be written for new rules
            return {kind: entry.digests[kind] for kind in wanted}
        return self._kept(again.sections(), again.found_by)

    def _found_anew(self, digest: str) -> dict[str, str]:
        plan, document = self.plan, self._same(digest)
        self.page = page = open_page(document, errata_of(document, self.decisions[0]))
        self.gathered = gathered = gather(page, plan.rules)
        self.ran += [f"finding {kind}" for kind in sorted(plan.meaning.kinds)]
        return self._kept(*found_entry(page, gathered, plan))

    def _kept(self, sections: dict[str, bytes], ids: Mapping[str, Sequence[str]]) -> dict[str, str]:
        meaning = self.plan.meaning
        about = {"rules": meaning.digest, "kinds": meaning.kinds, "found_by": ids}
        digests = write_entry(self.path, about, sections)
        self.entry = Entry(about, digests, sections)
        return {kind: digests[kind] for kind in self.plan.meaning.kinds}

    def _resolved(self, digest: str) -> Built:
        plan, document = self.plan, self._same(digest)
        candidates = self.gathered
        page = self.page
        if candidates is None or page is None:
            page = reopened_page(self.entry, document)
            candidates = all_candidates(self.entry, plan.meaning.kinds)
            if page is None or candidates is None:
                self._found_anew(digest)
                return self._resolved(digest)
        found = self.found
        source = Source(found.source_id, found.file, b"", self.media_type, self.task.sha256, found.sidecar)
        chosen = select(candidates, plan.rules.by_id)
        return resolved_rows(source, page, chosen, (), plan.rules, *self.decisions)

    def _key(self, document: str, digests: Mapping[str, str], more: str = "") -> str:
        if self.task.decisions:
            more += self.plan.meaning.orders.get("units", "")  # which the columns of decisions are held against
        return rows_key(self.task, document, digests, self.plan.consulted, more)
