"""Tables as CSV files.

Takes rows; writes and reads UTF-8 without a byte order mark, LF, a fixed column order. Does not know what the columns mean.
"""

from __future__ import annotations

import csv
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


def read_table(path: Path, table: TableSchema | None = None) -> Iterator[dict[str, str]]:
    """Rows as dicts of text. A header that is not the table's raises `PipelineError`."""
    csv.field_size_limit(1 << 30)
    with path.open(encoding="utf-8", newline="", errors="surrogatepass") as handle:
        reader = csv.DictReader(handle)
        if table is not None and tuple(reader.fieldnames or ()) != table.columns:
            raise PipelineError(str(path), "has other columns than this version writes", "build anew")
        yield from reader


def concatenate(out: Path, table: TableSchema, folders: Sequence[Path]) -> None:
    """`tables/<name>.csv` from every source's own, in the folders' order, without reading rows."""
    target = out / f"{table.name}.csv"
    target.parent.mkdir(parents=True, exist_ok=True)
    head = (",".join(table.columns) + "\n").encode()
    with target.open("wb") as handle:
        handle.write(head)
        for folder in folders:
            data = (folder / f"{table.name}.csv").read_bytes()
            if not data.startswith(head):
                raise PipelineError(
                    str(folder / f"{table.name}.csv"), "has other columns than this version writes", "build anew"
                )
            handle.write(data[len(head) :])


def write_source(folder: Path, text: str, rows: Mapping[str, Sequence[Mapping[str, str]]]) -> None:
    """A source's folder: `text.txt`, to which every offset refers, and its tables."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "text.txt").write_bytes(text.encode("utf-8", "surrogatepass"))
    for table in PER_SOURCE:
        write_table(folder / f"{table.name}.csv", table, rows[table.name])


def write_data_package(path: Path) -> None:
    path.write_bytes((json.dumps(data_package(), ensure_ascii=False, indent=1) + "\n").encode())
