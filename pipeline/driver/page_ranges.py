"""A large PDF's pages: read in ranges, by several workers, and joined by one.

Takes a task and the store; puts the pages of a range there, or takes those of all ranges from there. Does not know who reads what.

What a range's reader cannot read it leaves: whoever joins the ranges reads what the store lacks, as if there were no ranges. So what a page does to its
reader, if that lives on, is told in the same words.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.driver.keys import Task, reading_key
from pipeline.driver.store import entry_path, open_entry, packed, unpacked, write_entry
from pipeline.engine.meaning import digest_of
from pipeline.model import Document, Source
from pipeline.sources.discovery import read_source

if TYPE_CHECKING:
    from pipeline.parsers.pdf.drafts import PageDraft

#: pages of a range at least: a worker must begin, and open the file, to read them. Two workers were no quicker than one with 44 pages, and were with 82;
#: by OCR a single page takes longer than that
LEAST, LEAST_BY_OCR = 24, 1
#: ranges for each worker, since some pages take longer than others: the last range is read while others wait
_EACH = 6


@dataclass(frozen=True, slots=True)
class Apart:
    """What a worker answers about a PDF that is too large for one: it has so many pages, and none was read."""

    pages: int


@dataclass(frozen=True, slots=True)
class RangeRead:
    """What a worker answers about a range that it has read, in so many seconds."""

    seconds: float


def least_pages(task: Task, least: int = LEAST) -> int:
    return min(least, LEAST_BY_OCR) if task.found.sidecar.ocr else least


def ranges(pages: int, workers: int, least: int) -> tuple[range, ...]:
    """Page numbers from 1, parted among workers; one range where there is nothing to part.

    >>> ranges(10, 2, 3), ranges(10, 1, 3)
    ((range(1, 4), range(4, 7), range(7, 11)), (range(1, 11),))
    """
    number = max(1, min(pages // least, workers * _EACH)) if workers > 1 else 1
    return tuple(range(*both) for both in pairwise(1 + pages * edge // number for edge in range(number + 1)))


def read_range(task: Task, cache: Path) -> RangeRead:
    """Put the pages of a task's range into the store."""
    began = time.monotonic()
    assert task.pages is not None
    data = _read(task, task.pages)
    if data is not None:
        write_entry(_path(task, task.pages, cache), {}, {"pages": data})
    return RangeRead(time.monotonic() - began)


def parsed_apart(source: Source, task: Task, cache: Path) -> Document:
    """The document of a PDF, of the ranges that were read; `ManyPages` where there are none, and it has more pages than one worker is to read."""
    from pipeline.driver.plain_pages import page_of
    from pipeline.parsers.pdf import parse_pdf

    known: dict[int, PageDraft] = {}
    for part in task.parts:
        entry = open_entry(_path(task, part, cache))
        pages = unpacked(entry.section("pages")) if entry is not None else None
        if pages is not None:
            known |= dict(zip(part, map(page_of, pages), strict=True))
    return parse_pdf(source, known, task.most or None)


def drop_ranges(task: Task, cache: Path) -> None:
    """They are not needed any more: the document is in the store."""
    for part in task.parts:
        _path(task, part, cache).unlink(missing_ok=True)


def _read(task: Task, pages: range) -> bytes | None:
    """None where something is wrong: it is told where the ranges are joined."""
    from pipeline.driver.plain_pages import plain_page
    from pipeline.parsers.pdf.reading import read_range as read

    try:
        source, _ = read_source(task.found)
        return packed([*map(plain_page, read(source, pages))]) if source.sha256 == task.sha256 else None
    except Exception:
        return None


def _path(task: Task, pages: range, cache: Path) -> Path:
    return entry_path(cache, "pages", digest_of([reading_key(task.found, task.sha256), repr(pages)]))
