"""koubun (公文): Japanese public documents to normalised tables, each cell traceable to its source.

`extract` gives the mentions of a string, `build` builds a folder, `load` gives the tables as DataFrames. What they need is imported when they are first
asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pipeline.driver.build import build
    from pipeline.driver.extract import extract
    from pipeline.driver.load import load

__all__ = ["build", "extract", "load"]
__version__ = "0.1.0"

_HOMES = {"build": "pipeline.driver.build", "extract": "pipeline.driver.extract", "load": "pipeline.driver.load"}


def __getattr__(name: str) -> Any:
    import importlib

    if name not in _HOMES:
        raise AttributeError(f"module 'pipeline' has no attribute {name!r}")
    return getattr(importlib.import_module(_HOMES[name]), name)
