"""What a module means."""

from __future__ import annotations

import pytest

from pipeline.driver.code import code_digest

SAME = 'def f(x: int) -> str:\n    return f"# {x}"\n'


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ('"""A module."""\n\n\ndef f(x: int) -> str:\n    """What it does."""\n    return f"# {x}"  # why\n', True),
        ('def f(x: int) -> str:\n\n    # "\n    return f"# {x}"\n', True),
        ('def f(x: int) -> str:\n    return f"# {x} "\n', False),
        ('def f(x: int) -> str:\n  return f"# {x}"\n', False),
    ],
)
def test_comments_and_docstrings_are_no_code(text: str, same: bool) -> None:
    assert (code_digest(text) == code_digest(SAME)) == same


def test_a_string_inside_brackets_is_code() -> None:
    assert code_digest('X = (\n    "a"\n)\n') != code_digest('X = (\n    "b"\n)\n')
    assert code_digest('X = \\\n"a"\n') != code_digest('X = \\\n"b"\n')
