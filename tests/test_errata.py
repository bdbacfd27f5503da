"""Errata: what rules see is the mended text, what they tell are spans of the text as it stands."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipeline.text.errata import Erratum, fold_mended
from pipeline.text.fold import Run, fold

PIECES = st.text(st.sampled_from("令和三3５,.円年㍻㈱ｶﾞ \n\u3000"), max_size=8)


@given(st.lists(st.tuples(PIECES, PIECES, PIECES), max_size=4), PIECES)
def test_the_view_is_that_of_the_mended_text_and_leads_back_to_the_text(
    parts: list[tuple[str, str, str]], tail: str
) -> None:
    text = mended = ""
    errata: list[Erratum] = []
    slips: list[tuple[int, int, int, int]] = []
    for middle, slip, meant in parts:
        kept = f"甲{middle}乙"
        text, mended = text + kept, mended + kept
        if slip:
            errata.append(Erratum(len(text), len(text) + len(slip), meant))
            slips.append((len(text), len(text) + len(slip), len(mended), len(mended) + len(meant)))
            text, mended = text + slip, mended + meant
    text, mended = f"{text}丙{tail}", f"{mended}丙{tail}"
    runs = [Run(0, len(text))]
    view, plain = fold_mended(text, runs, errata), fold(mended)
    assert view.text == plain.text
    assert list(view.starts) == sorted(set(view.starts))
    flat = [offset for span in view.source for offset in span]
    assert flat == sorted(flat)
    for index, character in enumerate(view.text):
        start, end = view.span(index, index + 1)
        if character in "甲乙丙" and end - start == 1:
            assert text[start] == character
    for start, end, first, last in slips:
        if last > first and plain.until(last) > plain.at(first):
            told = view.span(plain.at(first), plain.until(last))
            assert told[0] <= start
            assert told[1] >= end


def test_a_view_without_errata_is_the_view() -> None:
    text = "令和３年\nの㈱"
    assert fold_mended(text, [Run(0, len(text))], []) == fold(text)


def test_runs_keep_their_places() -> None:
    text = "予算は2.500円\n別の行は3円"
    runs = [Run(0, 9), Run(10, 16)]
    view = fold_mended(text, runs, [Erratum(3, 8, "二千五百")])
    assert view.text == "予算は二千五百円\n別の行は3円"
    assert [view.span(view.text.index(c), view.text.index(c) + 1) for c in ("千", "円", "別", "3")] == [
        (3, 8), (8, 9), (10, 11), (14, 15),
    ]  # fmt: skip
    assert view.at(14) == view.text.index("3")
    assert view.until(9) == view.text.index("\n")
