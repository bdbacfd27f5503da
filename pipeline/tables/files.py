"""Tables as CSV files.

Takes rows; writes and reads UTF-8 without a byte order mark, LF, a fixed column order. Does not know what the columns mean.
"""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import itemgetter
from pathlib import Path

from pipeline.model import PipelineError
from pipeline.tables.schema import PER_SOURCE, TableSchema, data_package


def write_table(path: Path, table: TableSchema, rows: Iterable[Mapping[str, str]]) -> None:
    """One CSV file; a row without one of the columns, or with another one, raises ValueError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="", errors="surrogatepass") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(table.columns)
        cells = itemgetter(*table.columns)
        for row in rows:
            try:
                values = cells(row)
            except KeyError:
                raise ValueError(f"{table.name}: row lacks {sorted(set(table.columns) - set(row))}") from None
            if len(row) != len(values):
                raise ValueError(f"{table.name}: row has {sorted(set(row) - set(table.columns))} more than the table")
            writer.writerow(values)


def read_table(
    path: Path, table: TableSchema | None = None, only: Sequence[str] | None = None
) -> Iterator[dict[str, str]]:
    """Rows as dicts of text, one after the other; of the columns `only` (two or more), which is quicker. A header that is not the table's raises `PipelineError`."""
    csv.field_size_limit(1 << 30)
    with path.open(encoding="utf-8", newline="", errors="surrogatepass") as handle:
        reader = csv.reader(handle)
        columns = tuple(next(reader, ()))
        if table is not None and columns != table.columns:
            raise PipelineError(str(path), "has other columns than this version writes", "build anew")
        if only is None:
            for row in reader:
                yield dict(zip(columns, row, strict=True))
        else:
            picked = itemgetter(*map(columns.index, only))
            for row in reader:
                yield dict(zip(only, picked(row), strict=True))


def built_table(out: Path, table: TableSchema) -> Iterator[dict[str, str]]:
    """The rows of a table of the last build."""
    path = out / "tables" / f"{table.name}.csv"
    if not path.is_file():
        raise PipelineError(str(path), "is not there", "run make first")
    return read_table(path, table)


def concatenate(
    target: Path, table: TableSchema, files: Iterable[str], first: Iterable[Mapping[str, str]] = ()
) -> tuple[int, str]:
    """One table of `first` and of every source's own, in the files' order; gives the number of rows and the sha256. Holds one file at a time."""
    write_table(target, table, first)
    head = (",".join(table.columns) + "\n").encode()
    data = target.read_bytes()
    rows, digest = _rows(data) - 1, hashlib.sha256(data)
    with target.open("ab") as handle:
        for path in files:
            with open(path, "rb") as file:
                data = file.read()
            if not data.startswith(head):
                raise PipelineError(path, "has other columns than this version writes", "build anew")
            part = memoryview(data)[len(head) :]
            handle.write(part)
            digest.update(part)
            rows += _rows(data) - 1
    return rows, digest.hexdigest()


def _rows(data: bytes) -> int:
    """Rows of CSV: line ends outside quotes."""
    return data.count(b"\n") if b'"' not in data else sum(part.count(b"\n") for part in data.split(b'"')[::2])


def write_source(folder: Path, text: str, rows: Mapping[str, Sequence[Mapping[str, str]]]) -> None:
    """A source's folder: `text.txt`, to which every offset refers, and its tables."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "text.txt").write_bytes(text.encode("utf-8", "surrogatepass"))
    for table in PER_SOURCE:
        write_table(folder / f"{table.name}.csv", table, rows[table.name])


def write_data_package(path: Path) -> None:
    path.write_bytes((json.dumps(data_package(), ensure_ascii=False, indent=1) + "\n").encode())
