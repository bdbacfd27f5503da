"""A build's tables for notebooks, whole: what a killed build left is settled first.

Takes an `extracted/` folder; gives pandas DataFrames. Does not read them itself.
"""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.driver.behind import told_behind
from pipeline.driver.switch import settle

if TYPE_CHECKING:
    from pipeline.tables.load import Frames


def load(folder: Path | str = "extracted") -> Frames:
    """Frames by table name (`dates`, `amounts`, …); every column text, "" for none."""
    from pipeline.tables import load as tables

    settle(Path(folder))
    if told := told_behind(Path(folder)):
        warnings.warn(told, stacklevel=2)
    return tables.load(folder)
