"""Each trouble of a real document: the smallest file that shows it, read as a careful reader would."""

from __future__ import annotations

import pytest
from troubles import TROUBLES
from troubles.trouble import Trouble, differences


@pytest.mark.parametrize("trouble", TROUBLES, ids=lambda trouble: trouble.file)
def test_a_trouble_is_read(trouble: Trouble) -> None:
    assert differences(trouble) == []


def test_no_two_troubles_have_one_name() -> None:
    assert len({trouble.file for trouble in TROUBLES}) == len(TROUBLES) >= 200
