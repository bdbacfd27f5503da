"""A file under raw/ and what its sidecar says about it."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class TableHint:
    """How a person reads a table that the parser cannot: page from 1, area in points (x0, top, x1, bottom)."""

    page: int
    area: tuple[float, float, float, float] | None = None
    columns: tuple[float, ...] = ()
    header_rows: int | None = None
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Sidecar:
    """`<name>.source.yml`: everything optional, every scalar read as a string, `""` where not given."""

    id: str = ""
    title: str = ""
    publisher: str = ""
    url: str = ""
    licence: str = ""
    retrieved: str = ""
    content_type: str = ""
    published: str = ""
    covers: str = ""
    series: str = ""
    supersedes: str = ""
    sha256: str = ""
    expect: dict[str, str] = field(default_factory=dict)
    tables: tuple[TableHint, ...] = ()
    present: bool = True
    #: read pages without text by optical character recognition (`ocr: true`)
    ocr: bool = False
    #: compare digits of tables between two readers (`check_digits: true`)
    check_digits: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """One file: `file` is its path below raw/ (POSIX), `media_type` what its bytes say it is.

    `media_type` is `text/html`, `application/pdf` or `text/plain`; `sha256` is the hex digest of `data`.
    """

    source_id: str
    file: str
    data: bytes
    media_type: str
    sha256: str
    sidecar: Sidecar
