"""A value as written, as one line of text: what examples in rule files name, and the column `as_written`.

Takes a value; gives its notation. Does not know context.
"""

from __future__ import annotations

from pipeline.model import Value


def notation(value: Value) -> str:
    return ""
