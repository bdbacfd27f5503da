"""One source's rows.

Takes a document, its mentions and issues; gives rows of every per-source table, as dicts of text. Does not know files.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter

from pipeline.engine.leftovers import Leftover
from pipeline.model import Block, Cell, Document, Issue, Mention, Span
from pipeline.resolve.context import Context, Statement
from pipeline.resolve.decisions import Decided, Entry
from pipeline.tables.boxes import parts
from pipeline.tables.identity import mention_ids
from pipeline.tables.schema import MENTION_TABLES

Row = dict[str, str]
#: rows by table name
Rows = dict[str, list[Row]]
QUOTE = 120
_NO_BOX = dict.fromkeys(("x0", "top", "x1", "bottom"), "")


@dataclass(frozen=True, slots=True)
class SourceFacts:
    """What `sources.csv` says beside what the document itself knows."""

    source_id: str
    file: str
    sha256: str
    media_type: str
    title: str = ""
    url: str = ""
    licence: str = ""


@dataclass(frozen=True, slots=True)
class Private:
    """Spans (telephone numbers, mail addresses, contact persons) that stay in the text and go into no other table; sorted, and apart
    from each other."""

    spans: Sequence[Span] = ()

    def cut(self, text: str, start: int, end: int) -> str:
        """`text[start:end]` with every private stretch as …."""
        if not self.spans:
            return text[start:end]
        out, at = "", start
        for span in self.inside(start, end):
            out += text[at : max(span.start, at)] + "…"
            at = min(span.end, end)
        return out + text[at:end]

    def inside(self, start: int, end: int) -> Sequence[Span]:
        """Those that share a character with a stretch of the text."""
        first = bisect_right(self.spans, start, key=_end)
        last = first
        while last < len(self.spans) and self.spans[last].start < end:
            last += 1
        return self.spans[first:last]


_end = attrgetter("end")


def source_rows(
    facts: SourceFacts,
    statement: Statement,
    context: Context,
    decided: Decided,
    issues: Iterable[Issue],
    leftovers: Iterable[Leftover],
    private: Private,
) -> Rows:
    """Rows of every per-source table, sorted as they are written."""
    document, source_id = context.document, facts.source_id
    rows: Rows = {
        "sources": [_source(facts, statement, document)],
        "blocks": [_block(source_id, block, _reader(document, block.page)) for block in document.blocks],
        "cells": [
            _cell(source_id, cell, document.text, private, _reader(document, cell.page)) for cell in document.cells()
        ],
        "issues": [issue_row(source_id, issue) for issue in sorted(issues, key=issue_order)],
        "leftovers": [
            {
                "source_id": source_id,
                "start": str(rest.span.start),
                "end": str(rest.span.end),
                "surface": rest.span.cut(document.text),
                "context": rest.context,
                "shape": rest.shape,
            }
            for rest in leftovers
        ],
        "locations": [],
    }
    for table in MENTION_TABLES.values():
        rows[table.name] = []
    ids = _ids(source_id, document, decided)
    rows["decisions"] = [_decision(source_id, entry, document, ids) for entry in decided.entries]
    dates = {mention.span: ids["date", mention.span] for mention in decided.mentions if mention.kind == "date"}
    for mention in decided.mentions:
        mention_id = ids[mention.kind, mention.span]
        row = _mention(mention, mention_id, source_id, context, private, dates)
        rows[MENTION_TABLES[mention.kind].name].append(row)
        if document.glyphs is not None:
            rows["locations"] += [
                {"mention_id": mention_id, "part": str(number), "page": str(page), **_box(box)}
                for number, (page, box) in enumerate(parts(document.glyphs, mention.span), 1)
            ]
    return rows


def _ids(source_id: str, document: Document, decided: Decided) -> dict[tuple[str, Span], str]:
    """Ids by kind and span. What the pipeline found has the id that it would have without decisions, be it corrected or taken away; what was added comes behind."""
    every = decided.machine
    if decided.mentions is not decided.machine:
        spots = {(mention.kind, mention.span) for mention in decided.machine}
        new = [mention for mention in decided.mentions if (mention.kind, mention.span) not in spots]
        every = (*decided.machine, *new)
    ids = mention_ids(source_id, document, every)
    return {(mention.kind, mention.span): mention_id for mention, mention_id in zip(every, ids, strict=True)}


def _decision(source_id: str, entry: Entry, document: Document, ids: Mapping[tuple[str, Span], str]) -> Row:
    decision, state, span, machine = entry
    spot = span if span is not None and (decision.kind, span) in ids else machine.span if machine is not None else None
    columns = {name: value for name, value in machine.columns.items() if name != "period_span"} if machine else None
    return {
        "decision_id": decision.decision_id,
        "source_id": source_id,
        "do": decision.do,
        "kind": decision.kind,
        "state": state,
        "start": str(span.start) if span is not None else "",
        "end": str(span.end) if span is not None else "",
        "surface": span.cut(document.text) if span is not None else decision.anchor.surface,
        "mention_id": ids[decision.kind, spot] if spot is not None else "",
        "set": json.dumps(dict(decision.set), ensure_ascii=False) if decision.set else "",
        "machine": json.dumps(columns, ensure_ascii=False) if columns is not None else "",
        "rule_id": decision.rule or (machine.rule_id if machine is not None else ""),
        "by": decision.by,
        "date": decision.date,
        "reason": decision.reason,
    }


def issue_order(issue: Issue) -> tuple[int, int, str, str]:
    return issue.start, issue.end, issue.code, issue.message


def issue_row(source_id: str, issue: Issue) -> Row:
    return {
        "source_id": source_id,
        "start": str(issue.start) if issue.start >= 0 else "",
        "end": str(issue.end) if issue.end >= 0 else "",
        "severity": issue.severity,
        "code": issue.code,
        "message": issue.message,
    }


def _mention(
    mention: Mention,
    mention_id: str,
    source_id: str,
    context: Context,
    private: Private,
    dates: Mapping[Span, str],
) -> Row:
    """The row of a mention; `dates` are the ids of dates, which amounts and other dates name."""
    span, document = mention.span, context.document
    block = context.block(span)
    held = context.cell(span)
    page = str(document.glyphs.page[span.start] or "") if document.glyphs is not None else ""
    row = {
        "mention_id": mention_id,
        "source_id": source_id,
        "start": str(span.start),
        "end": str(span.end),
        "surface": span.cut(document.text),
        "quote": _quote(context, span, private),
        "section": block.section if block else "",
        "basis": mention.basis,
        "rule_id": mention.rule_id,
        "status": mention.status,
        "decision_id": mention.decision_id,
        "page": page or (str(block.page) if block and block.page else ""),
        "block": block.kind if block else "",
        "element": block.element if block else "",
        "table_id": "",
        "row": "",
        "column": "",
        "header": "",
        "reader": "",
    }
    if row["page"]:
        row["reader"] = _reader(document, int(row["page"]))
    if held is not None:
        table, cell = held
        row |= {"table_id": table.table_id, "row": str(cell.row), "column": str(cell.column), "header": cell.header}
    row |= mention.columns
    if mention.kind == "amount":
        start, _, end = row.pop("period_span", "").partition(":")
        row["period_id"] = dates.get(Span(int(start), int(end)), "") if end else ""
    antecedent = mention.antecedent
    row["antecedent"] = dates.get(antecedent, "") if isinstance(antecedent, Span) else antecedent
    return row


def _quote(context: Context, span: Span, private: Private) -> str:
    """The sentence, item or cell around a span, at most 120 characters of it, breaks as spaces."""
    around = context.sentence(span)
    start, end = min(around.start, span.start), max(around.end, span.end)
    if end - start > QUOTE:
        room = max(QUOTE - (span.end - span.start), 0)
        start = max(start, min(span.start - room // 2, end - QUOTE))
        end = min(end, start + QUOTE)
    return " ".join(private.cut(context.document.text, start, end).split())[:QUOTE]


def _source(facts: SourceFacts, statement: Statement, document: Document) -> Row:
    return {
        "source_id": facts.source_id,
        "file": facts.file,
        "sha256": facts.sha256,
        "media_type": facts.media_type,
        "encoding": document.encoding,
        "title": " ".join((facts.title or document.title).split()),
        "publisher": statement.publisher,
        "publisher_code": statement.publisher_code,
        "url": facts.url,
        "licence": facts.licence,
        "published": statement.published,
        "covers": statement.covers,
        "pages": str(document.pages) if document.pages else "",
        "characters": str(len(document.text)),
        "status": document.status,
        "parser": document.parser,
        "ocr_pages": " ".join(map(str, document.ocr_pages)),
    }


def _reader(document: Document, page: int) -> str:
    """What read a page, where it was not the parser itself."""
    return "ocr" if page in document.ocr_pages else ""


def _block(source_id: str, block: Block, reader: str) -> Row:
    return {
        "source_id": source_id,
        "block_id": str(block.block_id),
        "kind": block.kind,
        "start": str(block.start),
        "end": str(block.end),
        "page": str(block.page) if block.page else "",
        "section": block.section,
        "element": block.element,
        "reader": reader,
    }


def _cell(source_id: str, cell: Cell, text: str, private: Private, reader: str) -> Row:
    return {
        "source_id": source_id,
        "table_id": cell.table_id,
        "row": str(cell.row),
        "column": str(cell.column),
        "row_span": str(cell.row_span),
        "column_span": str(cell.column_span),
        "header": cell.header,
        "text": " ".join(private.cut(text, cell.start, cell.end).split()),
        "start": str(cell.start),
        "end": str(cell.end),
        "page": str(cell.page) if cell.page else "",
        **(_box(cell.box) if cell.box else _NO_BOX),
        "reader": reader,
    }


def _box(box: Sequence[float]) -> Row:
    return dict(zip(("x0", "top", "x1", "bottom"), (f"{value:.1f}" for value in box), strict=True))
