"""A trouble: the smallest file that shows it, and what a careful reader makes of it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import PurePath

from pipeline.model import Document, Sidecar, Source
from pipeline.model.document import Table
from pipeline.parsers import parse

_MEDIA = {".pdf": "application/pdf", ".html": "text/html", ".txt": "text/plain", ".md": "text/markdown"}


@dataclass(frozen=True, slots=True)
class Trouble:
    """What must come out of a file; what is left empty is not asked, but the issues always are, all of them.

    `file` names the trouble (`narrow-gutter.pdf`). `text` is the whole body, `order` are passages that stand in it
    one after the other, `absent` what must not be in it. `blocks` are the blocks outside tables, (kind, text), `furniture`
    the blocks behind the body. `grids` are the tables: rows of cells, a merged cell's text in all places that it covers.
    `headers` are header paths of cells, by the cell's text.
    """

    file: str
    data: bytes | Callable[[], bytes]
    text: str | None = None
    order: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    blocks: tuple[tuple[str, str], ...] = ()
    furniture: tuple[str, ...] = ()
    grids: tuple[tuple[tuple[str, ...], ...], ...] | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    unit: str | None = None
    issues: tuple[str, ...] = ()
    status: str = "ok"
    sidecar: Sidecar = field(default_factory=Sidecar)

    def content(self) -> bytes:
        return self.data if isinstance(self.data, bytes) else self.data()

    def document(self) -> Document:
        data = self.content()
        path = PurePath(self.file)
        return parse(
            Source(path.stem, self.file, data, _MEDIA[path.suffix], hashlib.sha256(data).hexdigest(), self.sidecar)
        )


def differences(trouble: Trouble) -> list[str]:
    """What a file's document has other than it must, one line each; none where all is right."""
    document = trouble.document()
    body = document.text[: document.body_end] if document.body_end >= 0 else document.text
    found: list[str] = []
    _compare(found, "issues", sorted(issue.code for issue in document.issues), sorted(trouble.issues))
    _compare(found, "status", document.status, trouble.status)
    if trouble.text is not None:
        _compare(found, "text", body.strip("\n\f"), trouble.text)
    offset = 0
    for passage in trouble.order:
        at = body.find(passage, offset)
        if at < 0:
            found.append(f"order: {passage!r} does not follow in {body[offset:]!r}")
            break
        offset = at + len(passage)
    found += [f"absent: {passage!r} stands in {body!r}" for passage in trouble.absent if passage in body]
    if trouble.blocks:
        _compare(found, "blocks", _blocks(document), list(trouble.blocks))
    if trouble.furniture:
        behind = [document.text[b.start : b.end] for b in document.blocks if b.kind == "furniture"]
        _compare(found, "furniture", behind, list(trouble.furniture))
    if trouble.grids is not None:
        _compare(found, "grids", [grid(document, table) for table in document.tables], [*map(list, trouble.grids)])
    paths = {document.text[cell.start : cell.end]: cell.header for cell in document.cells()}
    for cell, path in trouble.headers.items():
        _compare(found, f"header of {cell}", paths.get(cell), path)
    if trouble.unit is not None:
        _compare(found, "unit", [table.unit for table in document.tables], [trouble.unit])
    return found


def grid(document: Document, table: Table) -> list[tuple[str, ...]]:
    """Rows of a table; places that no cell covers are ""."""
    width = max((cell.columns.stop for cell in table.cells), default=0)
    height = max((cell.rows.stop for cell in table.cells), default=0)
    rows = [[""] * width for _ in range(height)]
    for cell in table.cells:
        for row in cell.rows:
            for column in cell.columns:
                rows[row][column] = document.text[cell.start : cell.end]
    return [tuple(row) for row in rows]


def _blocks(document: Document) -> list[tuple[str, str]]:
    return [
        (block.kind, document.text[block.start : block.end])
        for block in document.blocks
        if not block.table_id and block.kind != "furniture"
    ]


def _compare(found: list[str], what: str, got: object, wanted: object) -> None:
    if got != wanted:
        found.append(f"{what}: {got!r} instead of {wanted!r}")
