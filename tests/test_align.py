"""Lines of two versions of a text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.text.align import aligned

LINES = st.lists(st.sampled_from(["甲\n", "乙\n", "丙丙\n", "𠮷\n", "\n"]), max_size=12).map("".join)


@given(LINES, LINES)
def test_what_is_said_to_stand_elsewhere_stands_there(old: str, new: str) -> None:
    lines = aligned(old, new)
    for start in range(len(old)):
        moved = lines.moved(start, start + 1)
        if moved is not None:
            assert new[slice(*moved)] == old[start]
            assert not lines.is_new(*moved)


@given(LINES)
def test_a_text_is_aligned_with_itself_whole(text: str) -> None:
    assert all(aligned(text, text).moved(at, at + 1) == (at, at + 1) for at in range(len(text)))


@pytest.mark.parametrize(
    ("old", "new", "kept"),
    [
        ("甲\n乙\n丙\n", "題\n甲\n乙\n丙\n", "甲乙丙"),
        ("甲\n乙\n丙\n", "乙\n甲\n乙\n丙\n", "甲乙丙"),
        ("甲\n乙\n丙\n", "甲\n丁\n丙\n", "甲丙"),
        ("甲\n乙\n丙\n", "丙\n甲\n乙\n", "甲乙"),
        ("甲\n", "", ""),
    ],
)
def test_lines_stay_in_their_order(old: str, new: str, kept: str) -> None:
    lines = aligned(old, new)
    assert "".join(c for at, c in enumerate(old) if c != "\n" and lines.moved(at, at + 1)) == kept


def test_a_span_over_a_changed_line_is_nowhere() -> None:
    assert aligned("甲\n乙\n丙\n", "甲\n丁\n丙\n").moved(0, 3) is None
