"""The tables that a build writes: columns, order, keys (Frictionless Data Package).

Takes nothing; gives the schema. Does not know rows.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

_MENTION_HEAD = ("mention_id", "source_id", "start", "end", "surface", "quote", "section")
_MENTION_TAIL = (
    "basis", "antecedent", "rule_id", "status", "decision_id",
    "page", "block", "table_id", "row", "column", "header", "element", "reader",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class TableSchema:
    """A table's columns in order, its primary key, and foreign keys as (columns, table, columns there).

    `per_source` tables lie in every source's folder and, concatenated, under `tables/`; the others are made of all sources together.
    """

    name: str
    title: str
    columns: tuple[str, ...]
    key: tuple[str, ...]
    foreign: tuple[tuple[str, str, str], ...] = (("source_id", "sources", "source_id"),)
    per_source: bool = True


def _mentions(
    name: str, title: str, columns: tuple[str, ...], foreign: tuple[tuple[str, str, str], ...] = ()
) -> TableSchema:
    return TableSchema(
        name,
        title,
        _MENTION_HEAD + columns + _MENTION_TAIL,
        ("mention_id",),
        (("source_id", "sources", "source_id"), *foreign),
    )


DATES = _mentions(
    "dates",
    "Dates as written and as understood (EDTF)",
    ("edtf", "start_date", "end_date", "start_time", "end_time", "precision", "calendar", "role", "as_written"),
)
AMOUNTS = _mentions(
    "amounts",
    "Numbers with their units (ISO 4217, UCUM)",
    ("value", "value_max", "unit", "kind", "modifier", "label", "period", "period_id"),
)
ORGANISATION_MENTIONS = _mentions(
    "organisation_mentions",
    "Named bodies where they are named",
    ("organisation_id", "name", "legal_form", "kind"),
    (("organisation_id", "organisations", "organisation_id"),),
)
MUNICIPALITY_MENTIONS = _mentions(
    "municipality_mentions",
    "Local governments where they are named (全国地方公共団体コード)",
    ("code", "code_current", "name", "prefecture", "country", "level"),
)
#: mention tables by kind
MENTION_TABLES: Mapping[str, TableSchema] = {
    "date": DATES,
    "amount": AMOUNTS,
    "organisation": ORGANISATION_MENTIONS,
    "municipality": MUNICIPALITY_MENTIONS,
}
SOURCES = TableSchema(
    "sources",
    "One row a source",
    (
        "source_id", "file", "sha256", "media_type", "encoding", "title", "publisher", "publisher_code", "url", "licence",
        "published", "covers", "pages", "characters", "status", "parser", "ocr_pages",
    ),
    ("source_id",),
    (),
)  # fmt: skip
BLOCKS = TableSchema(
    "blocks",
    "Paragraphs, headings, list items, cells, furniture",
    ("source_id", "block_id", "kind", "start", "end", "page", "section", "element", "reader"),
    ("source_id", "block_id"),
)
CELLS = TableSchema(
    "cells",
    "Table cells with their header paths; on a PDF page with their boxes (points from the top left)",
    (
        "source_id", "table_id", "row", "column", "row_span", "column_span", "header", "text", "start", "end", "page",
        "x0", "top", "x1", "bottom", "reader",
    ),
    ("source_id", "table_id", "row", "column"),
)  # fmt: skip
LOCATIONS = TableSchema(
    "locations",
    "Where on a PDF page a mention stands, a row a line (points from the top left)",
    ("mention_id", "part", "page", "x0", "top", "x1", "bottom"),
    ("mention_id", "part"),
    (),
)
ISSUES = TableSchema(
    "issues",
    "Things that a person must look at",
    ("source_id", "start", "end", "severity", "code", "message"),
    (),
)
LEFTOVERS = TableSchema(
    "leftovers",
    "Number-like runs that no rule claimed",
    ("source_id", "start", "end", "surface", "context", "shape"),
    ("source_id", "start"),
)
DECISIONS = TableSchema(
    "decisions",
    "What people decided about a source, and what came of it (set and machine as JSON)",
    (
        "decision_id", "source_id", "do", "kind", "state", "start", "end", "surface", "mention_id", "set", "machine",
        "rule_id", "by", "date", "reason",
    ),
    ("source_id", "decision_id"),
)  # fmt: skip
ORGANISATIONS = TableSchema(
    "organisations",
    "One row a body, over all sources",
    ("organisation_id", "name", "legal_form", "kind", "parent_id", "corporate_number", "aliases", "mentions"),
    ("organisation_id",),
    (),
    per_source=False,
)
MUNICIPALITIES = TableSchema(
    "municipalities",
    "One row a place, over all sources",
    ("code", "name", "kana", "prefecture", "country", "level", "valid_from", "valid_to", "mentions"),
    ("code",),
    (),
    per_source=False,
)

ORGANISATION_REDIRECTS = TableSchema(
    "organisation_redirects",
    "Ids that bodies had once, and the ids that they have now",
    ("old_id", "new_id", "reason"),
    ("old_id",),
    (),
    per_source=False,
)

PER_SOURCE = (
    SOURCES, DATES, AMOUNTS, ORGANISATION_MENTIONS, MUNICIPALITY_MENTIONS, BLOCKS, CELLS, LOCATIONS, ISSUES, LEFTOVERS,
    DECISIONS,
)  # fmt: skip
#: what a person marks in a source's folder; a build makes no such file, keeps it, and takes it away with its source
REVIEWED = "reviewed.json"
#: the files of a source's folder
SOURCE_FILES = ("text.txt", *(f"{table.name}.csv" for table in PER_SOURCE))
TABLES = (*PER_SOURCE, ORGANISATIONS, MUNICIPALITIES, ORGANISATION_REDIRECTS)


def data_package() -> dict[str, Any]:
    """`datapackage.json`: every column is a string, since codes and exact numbers are text."""
    return {
        "name": "koubun-extracted",
        "profile": "tabular-data-package",
        "resources": [
            {
                "name": table.name,
                "title": table.title,
                "path": f"tables/{table.name}.csv",
                "profile": "tabular-data-resource",
                "encoding": "utf-8",
                "dialect": {"lineTerminator": "\n"},
                "schema": {
                    "fields": [{"name": column, "type": "string"} for column in table.columns],
                    **({"primaryKey": list(table.key)} if table.key else {}),
                    **(
                        {
                            "foreignKeys": [
                                {"fields": [here], "reference": {"resource": other, "fields": [there]}}
                                for here, other, there in table.foreign
                            ]
                        }
                        if table.foreign
                        else {}
                    ),
                },
            }
            for table in TABLES
        ],
    }
