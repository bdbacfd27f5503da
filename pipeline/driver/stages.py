"""What each stage makes of a source: bytes to document to candidates to mentions to rows.

Takes a source, a document or candidates, and rules; gives text and rows. Does not know where they are written, nor what is known already.
"""

from __future__ import annotations

import gc
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from pipeline.engine.find import find_on
from pipeline.engine.gazetteer import Gazetteer
from pipeline.engine.leftovers import Leftover, leftovers
from pipeline.engine.load import RuleSet
from pipeline.engine.page import Page, open_page
from pipeline.model import Candidate, Decision, Document, Issue, Mention, Sidecar, Source, Span
from pipeline.parsers import parse
from pipeline.resolve.context import Context, Statement
from pipeline.resolve.decision_columns import Known
from pipeline.resolve.decision_places import errata_of
from pipeline.resolve.decisions import decide
from pipeline.resolve.mentions import CONSULTED, resolve
from pipeline.resolve.place_names import publisher_code
from pipeline.sources.discovery import SourceFile, read_source
from pipeline.sources.sidecar import expected
from pipeline.tables.rows import Private, Rows, SourceFacts, source_rows
from pipeline.text.title_years import titled_fiscal_year


@dataclass(frozen=True, slots=True)
class Built:
    """A source's text and rows, as they are to be written."""

    text: str
    rows: Rows

    @property
    def status(self) -> str:
        return self.rows["sources"][0]["status"]


def parsed(source: Source) -> Document:
    """What parsing gives; raises what a parser does not expect."""
    return parse(source)


def crashed(found: SourceFile, error: Exception | Issue, rules: RuleSet) -> Built:
    """The row of a source that was not read to its end, with the issue that tells why."""
    source, issues = read_source(found)
    if not isinstance(error, Issue):
        import traceback

        last = traceback.extract_tb(error.__traceback__)[-1]
        place = f"{Path(last.filename).name}:{last.lineno}"
        message = f"reading stopped with {type(error).__name__} ({error}) at {place}; please report it with the file"
        error = Issue("crash", message, "error")
    return rows_of(source, Document("", status="failed"), (*issues, error), rules)


@contextmanager
def collector_at_rest() -> Iterator[None]:
    """Python's collector does not look for circles meanwhile: a document's many small things hold none, and looking takes a twentieth of the time."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def rows_of(
    source: Source,
    document: Document,
    issues: Iterable[Issue],
    rules: RuleSet,
    decisions: Sequence[Decision] = (),
    withdrawn: Sequence[Decision] = (),
) -> Built:
    """Find, resolve and write down what a document holds; `decisions` are those that count."""
    page = open_page(document, errata_of(document, decisions))
    return resolved_rows(source, page, find_on(page, rules), issues, rules, decisions, withdrawn)


def resolved_rows(
    source: Source,
    page: Page,
    candidates: Sequence[Candidate],
    issues: Iterable[Issue],
    rules: RuleSet,
    decisions: Sequence[Decision] = (),
    withdrawn: Sequence[Decision] = (),
) -> Built:
    """The same where the candidates are known. Of the source all but its bytes is asked for. `decisions` are those that count."""
    document = page.document
    known = consulted(rules)
    statement = statement_of(source.sidecar, document, known)
    context = Context(document, statement, tuple(candidates), known)
    resolved = resolve(context)
    decided = decide(context, resolved.mentions, decisions, withdrawn, Known(known, rules.gazetteers.get("units")))
    private = Private(private_spans(candidates, rules))
    facts = SourceFacts(
        source.source_id,
        source.file,
        source.sha256,
        source.media_type,
        source.sidecar.title,
        source.sidecar.url,
        source.sidecar.licence,
    )
    all_issues = {
        *issues,
        *document.issues,
        *(issue for issue in resolved.issues if Span(issue.start, issue.end) not in decided.settled),
        *decided.issues,
        *_own(source.sidecar, document, decided.mentions, statement),
    }
    rest = _unclaimed(_without(leftovers(page, candidates), private), decided.settled)
    return Built(document.text, source_rows(facts, statement, context, decided, all_issues, rest, private))


def consulted(rules: RuleSet) -> dict[str, Gazetteer]:
    """The gazetteers that resolving consults; others it does not see."""
    return {name: rules.gazetteers[name] for name in CONSULTED if name in rules.gazetteers}


def statement_of(sidecar: Sidecar, document: Document, gazetteers: Mapping[str, Gazetteer]) -> Statement:
    """What the sidecar says, else what the document says of itself."""
    publisher = sidecar.publisher or document.publisher
    code = publisher_code(publisher, gazetteers) if publisher else ""
    title = sidecar.title or document.title
    budgets = gazetteers["budget_words"].surfaces if "budget_words" in gazetteers else ()
    year = titled_fiscal_year(title) if any(word in title for word in budgets) else ""
    published = sidecar.published or document.published
    return Statement(publisher, code, published, sidecar.covers, sidecar.title, year)


def private_spans(candidates: Iterable[Candidate], rules: RuleSet) -> list[Span]:
    """Telephone numbers, mail addresses, contact persons: what an ignore rule marks with `set: {private: yes}`."""
    marked = {rule.id for rule in rules.rules if rule.settings.get("private")}
    return [candidate.span for candidate in candidates if candidate.rule_id in marked]


def _own(sidecar: Sidecar, document: Document, mentions: Iterable[Mention], statement: Statement) -> Iterator[Issue]:
    """Issues about the source as a whole: what nobody said of it, and counts outside what was expected."""
    if not sidecar.present:
        said = {"publisher": statement.publisher, "published": statement.published, "title": document.title}
        missing = [name for name, value in said.items() if not value]
        lacks = f"; it does not say its {', '.join(missing)} itself" if missing else ""
        yield Issue("no-sidecar", f"no sidecar stands beside the file{lacks}", "info")
    counts: dict[str, int] = {}
    for mention in mentions:
        counts[mention.kind] = counts.get(mention.kind, 0) + 1
    for kind, wanted in sorted(sidecar.expect.items()):
        low, high = expected(wanted)
        count = counts.get(kind, 0)
        if count < low or (high is not None and count > high):
            yield Issue("unexpected-count", f"{count} {kind} mentions, the sidecar expects {wanted}", "warning")


def _unclaimed(rest: Iterable[Leftover], settled: Iterable[Span]) -> Iterator[Leftover]:
    """Those about which nobody has decided."""
    spans = sorted(settled)
    for leftover in rest:
        at = bisect_right(spans, leftover.span) if spans else 0
        if not any(span.covers(leftover.span) for span in spans[max(0, at - 4) : at + 1]):
            yield leftover


def _without(rest: Iterable[Leftover], private: Private) -> Iterator[Leftover]:
    for leftover in rest:
        if not private.inside(leftover.span.start, leftover.span.end):
            yield leftover
