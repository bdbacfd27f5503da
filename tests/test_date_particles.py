"""The words between dates and behind them are lines of a gazetteer."""

from pathlib import Path

import pytest

from pipeline.engine.gazetteer import load_gazetteers
from pipeline.engine.load import load_rules
from pipeline.resolve.date_particles import Particles, particles


def shipped() -> Particles:
    return particles(load_rules().gazetteers["date_particles"])


@pytest.mark.parametrize(
    ("between", "listed", "listed_days", "joined"),
    [
        ("、", True, True, True), ("及び", True, True, True), ("(月)、", True, True, False), ("〜", False, True, True),
        ("から", False, False, True), ("、及び", True, True, False), ("の", False, False, False), ("", False, False, False),
    ],
)  # fmt: skip
def test_what_stands_between_dates_tells_a_list_from_a_range(
    between: str, listed: bool, listed_days: bool, joined: bool
) -> None:
    known = shipped()
    found = [pattern.fullmatch(between) is not None for pattern in (known.listed, known.listed_days, known.joined)]
    assert found == [listed, listed_days, joined]


@pytest.mark.parametrize(
    ("behind", "goes_on"),
    [
        ("には終える", True),
        ("、市は", True),
        ("の活動", False),
        ("の活動について市民に知らせるもの", True),
        ("活動", False),
    ],
)
def test_a_sentence_goes_on_and_a_title_does_not(behind: str, goes_on: bool) -> None:
    assert (shipped().goes_on.match(behind) is not None) == goes_on


def test_an_own_line_adds_a_conjunction(tmp_path: Path) -> None:
    (tmp_path / "gazetteer").mkdir()
    own = "surface,place,rest\n若しくは,list,\n"
    (tmp_path / "gazetteer" / "date_particles.csv").write_text(own, encoding="utf-8")
    known = particles(load_gazetteers([(tmp_path, "rules")])["date_particles"])
    assert known.listed.fullmatch("若しくは")
    assert not shipped().listed.fullmatch("若しくは")
    assert not known.listed.fullmatch("及び")
    assert known.before_role.fullmatch("）")
