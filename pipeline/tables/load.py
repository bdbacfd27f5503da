"""A build's tables as pandas DataFrames, for notebooks.

Takes an `extracted/` folder; gives a frame a table, codes and values as text. Does not convert: `261009` stays text, no float holds an amount.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.model import PipelineError
from pipeline.tables.schema import TABLES

if TYPE_CHECKING:
    import pandas

    Frames = dict[str, pandas.DataFrame]


def load(folder: Path | str = "extracted") -> Frames:
    """Frames by table name (`dates`, `amounts`, …); every column text, "" for none."""
    import pandas

    base = Path(folder)
    tables = base / "tables" if (base / "tables").is_dir() else base
    if not (tables / "sources.csv").is_file():
        raise PipelineError(str(folder), "holds no tables", "run make (or koubun build) first")
    return {
        table.name: pandas.read_csv(tables / f"{table.name}.csv", dtype=str, keep_default_na=False, encoding="utf-8")
        for table in TABLES
        if (tables / f"{table.name}.csv").is_file()
    }
