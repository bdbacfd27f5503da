"""Anchors: a span is found again by the text around it, in the same text and in edited ones."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model import Anchor, Span
from pipeline.tables.files import read_table
from pipeline.tables.schema import MENTION_TABLES
from pipeline.text.anchor import Ground, anchor_of, ground_of_rows, place_of

SOURCES = Path(__file__).parent.parent / "extracted" / "sources"
Blocks = list[str]


def ground(blocks: Blocks, heads: dict[int, str] | None = None) -> Ground:
    """Blocks joined by line breaks; those named in `heads` are cells with that header path."""
    starts = [0, *accumulate(len(block) + 1 for block in blocks)]
    spans = tuple((start, start + len(block)) for start, block in zip(starts, blocks, strict=False))
    return Ground("\n".join(blocks), spans, tuple((*spans[at], head) for at, head in (heads or {}).items()))


def at(blocks: Blocks, number: int, start: int, end: int) -> Span:
    """A span of a block, in the whole."""
    first = sum(len(block) + 1 for block in blocks[:number])
    return Span(first + start, first + end)


def find(blocks: Blocks, number: int, surface: str) -> Span:
    start = blocks[number].index(surface)
    return at(blocks, number, start, start + len(surface))


def built() -> Iterator[tuple[str, Ground, list[Span]]]:
    for table in sorted(SOURCES.rglob("blocks.csv")):
        folder = table.parent
        text = (folder / "text.txt").read_bytes().decode("utf-8", "surrogatepass")
        known = ground_of_rows(text, read_table(table), read_table(folder / "cells.csv"))
        rows = [row for kind in MENTION_TABLES.values() for row in read_table(folder / f"{kind.name}.csv")]
        yield folder.name, known, [Span(int(row["start"]), int(row["end"])) for row in rows]


BUILT = list(built())


@pytest.mark.parametrize(("name", "known", "spans"), BUILT, ids=[name for name, _, _ in BUILT])
def test_every_mention_is_found_again(name: str, known: Ground, spans: list[Span]) -> None:
    assert spans
    assert [place_of(known, anchor_of(known, span)) for span in spans] == spans


@pytest.mark.parametrize(("name", "known", "spans"), BUILT, ids=[name for name, _, _ in BUILT])
def test_a_paragraph_on_top_moves_every_mention(name: str, known: Ground, spans: list[Span]) -> None:
    top = "本書は令和8年3月に5億円で札幌市が改めた。\n\n"
    moved = Ground(
        top + known.text,
        ((0, len(top) - 2), *((a + len(top), b + len(top)) for a, b in known.blocks)),
        tuple((a + len(top), b + len(top), head) for a, b, head in known.cells),
    )
    wanted = [Span(start + len(top), end + len(top)) for start, end in spans]
    assert [place_of(moved, anchor_of(known, span)) for span in spans] == wanted


@pytest.mark.parametrize(("name", "known", "spans"), BUILT, ids=[name for name, _, _ in BUILT])
def test_a_mention_whose_block_is_gone_is_found_nowhere_else(name: str, known: Ground, spans: list[Span]) -> None:
    starts = [start for start, _ in known.blocks]
    for span in spans[:: max(1, len(spans) // 40)]:
        number = bisect_right(starts, span.start) - 1
        start, end = known.blocks[number]
        if span.end > end:
            continue
        cut = end - start + 1

        def left(offset: int, end: int = end, cut: int = cut) -> int:
            return offset if offset < end else offset - cut

        without = Ground(
            known.text[:start] + known.text[start + cut :],
            tuple((left(a), left(b)) for a, b in known.blocks if a != start),
            tuple((left(a), left(b), head) for a, b, head in known.cells if not a <= start < b),
        )
        found = place_of(without, anchor_of(known, span))
        assert not isinstance(found, Span), (span.cut(known.text), known.text[start:end])


LETTERS = st.text(st.sampled_from("一二年月3のは。"), min_size=1, max_size=12)
PAGES = st.lists(LETTERS, min_size=1, max_size=8)


@given(PAGES, st.data())
def test_any_span_is_found_again_among_the_most_alike(blocks: Blocks, data: st.DataObject) -> None:
    number = data.draw(st.integers(0, len(blocks) - 1))
    start = data.draw(st.integers(0, len(blocks[number]) - 1))
    end = data.draw(st.integers(start + 1, len(blocks[number])))
    known, span = ground(blocks), at(blocks, number, start, end)
    assert place_of(known, anchor_of(known, span)) == span


@given(PAGES, st.data())
def test_soft_line_breaks_change_nothing(blocks: Blocks, data: st.DataObject) -> None:
    number = data.draw(st.integers(0, len(blocks) - 1))
    start = data.draw(st.integers(0, len(blocks[number]) - 1))
    end = data.draw(st.integers(start + 1, len(blocks[number])))
    broken = ["".join(c + data.draw(st.sampled_from(["", "\n", "\r\n", " \u3000"])) for c in b).strip() for b in blocks]
    found = place_of(ground(broken), anchor_of(ground(blocks), at(blocks, number, start, end)))
    assert isinstance(found, Span)
    assert "".join(found.cut("\n".join(broken)).split()) == blocks[number][start:end]
    assert "".join("\n".join(broken)[: found.start].split()) == "".join(blocks[:number]) + blocks[number][:start]


ITEMS = [f"{place}地区の改修に{number}億円を充てる。" for number, place in enumerate("東西南北中", 3)]


@given(st.integers(0, 4), st.data())
def test_edits_in_other_blocks_change_nothing(number: int, data: st.DataObject) -> None:
    edited = [item if at == number else data.draw(LETTERS) for at, item in enumerate(ITEMS)]
    surface = f"{number + 3}億円"
    found = place_of(ground(edited), anchor_of(ground(ITEMS), find(ITEMS, number, surface)))
    assert found == find(edited, number, surface)


@pytest.mark.parametrize("number", range(1, 5))
def test_a_copy_of_an_item_far_before_the_original_steals_nothing(number: int) -> None:
    surface = f"{number + 3}億円"
    copied = ["再び掲げる。", ITEMS[number], "以上である。", *ITEMS]
    found = place_of(ground(copied), anchor_of(ground(ITEMS), find(ITEMS, number, surface)))
    assert found == find(copied, number + 3, surface)


def test_beside_its_copy_an_item_is_told_by_its_number() -> None:
    anchor = anchor_of(ground(ITEMS), find(ITEMS, 2, "5億円"))
    copied = [*ITEMS[:2], ITEMS[2], *ITEMS[2:]]
    assert place_of(ground(copied), anchor) == find(copied, 2, "5億円")
    again = anchor_of(ground(copied), find(copied, 3, "5億円"))
    assert (again.number, again.among) == (2, 2)
    assert place_of(ground(copied), again) == find(copied, 3, "5億円")


TWICE = "東棟の工事費は5億円である。西棟の工事費は5億円である。北棟は未定である。"


@pytest.mark.parametrize(
    ("before", "surface", "number", "after", "lost"),
    [
        (["版を改めた。", "10.7 版以降", "終わり。"], "10.7", 0, ["版を改めた。", "終わり。"], "gone"),
        ([TWICE], "5億円", 1, ["東棟の工事費は5億円である。北棟は未定である。"], "gone"),
        ([TWICE], "5億円", 0, ["西棟の工事費は5億円である。北棟は未定である。"], "gone"),
        (["同じ。", "5億円", "違う。", "5億円", "終わり。"], "5億円", 1, ["同じ。", "5億円", "違う。終わり。"], "gone"),
        (["令和3年に着工。", "別の段落。"], "令和3年", 0, ["別の段落。", "令和3年に竣工した。"], "gone"),
    ],
)
def test_a_sentence_that_is_deleted_leaves_no_place(
    before: Blocks, surface: str, number: int, after: Blocks, lost: str
) -> None:
    text = "\n".join(before)
    start = -1
    for _ in range(number + 1):
        start = text.index(surface, start + 1)
    assert place_of(ground(after), anchor_of(ground(before), Span(start, start + len(surface)))) == lost


def test_a_row_that_is_deleted_is_not_the_row_above_it() -> None:
    cells = ["年度", "予算額", "令和3年度", "0", "令和4年度", "0", "令和5年度", "8"]
    heads = {3: "予算額", 5: "予算額", 7: "予算額"}
    anchor = anchor_of(ground(cells, heads), at(cells, 5, 0, 1))
    assert (anchor.where, anchor.number, anchor.among) == ("予算額", 2, 2)
    without = [*cells[:4], *cells[6:]]
    assert place_of(ground(without, {3: "予算額", 5: "予算額"}), anchor) == "gone"
    more = [*cells[:2], "令和2年度", "0", *cells[2:]]
    assert place_of(ground(more, dict.fromkeys((3, 5, 7, 9), "予算額")), anchor) == at(more, 7, 0, 1)


OLD = ["本市の計画では令和8年度までの総額は5億円と見込まれ、その半分に国の補助金を充てる。", "終わり。"]


@pytest.mark.parametrize(
    ("edited", "is_found"),
    [
        ("このうち総額は5億円と見込まれ、その半分に国の補助金を充てる。", True),
        ("本市の計画では令和8年度までの総額は5億円に増える。", True),
        ("このうち総額は5億円に増える。", False),
        ("本市の計画では令和8年度までの総額は6億円と見込まれ、その半分に国の補助金を充てる。", False),
    ],
)
def test_an_edited_sentence_is_found_where_one_side_of_it_stands(edited: str, is_found: bool) -> None:
    new = [edited, "終わり。"]
    found = place_of(ground(new), anchor_of(ground(OLD), find(OLD, 0, "5億円")))
    assert found == (find(new, 0, "5億円") if is_found else "gone")


def test_a_header_that_is_renamed_and_blocks_that_are_joined_keep_the_place() -> None:
    cells = ["年度", "予算額", "令和3年度", "1,200", "令和4年度", "1,300"]
    anchor = anchor_of(ground(cells, {3: "予算額", 5: "予算額"}), at(cells, 3, 0, 5))
    assert place_of(ground(cells, {3: "当初予算額", 5: "当初予算額"}), anchor) == at(cells, 3, 0, 5)
    lines = ["工期は令和3年度から", "令和5年度まで、青森市が直す。"]
    joined = ["".join(lines)]
    assert place_of(ground(joined), anchor_of(ground(lines), find(lines, 1, "令和5年度"))) == find(
        joined, 0, "令和5年度"
    )


@pytest.mark.parametrize("span", [(0, 0), (2, 3), (3, 2), (-1, 1), (0, 9)])
def test_a_span_without_text_has_no_anchor(span: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="holds no text"):
        anchor_of(ground(["一二", "三"]), Span(*span))


def test_a_hand_written_anchor_needs_its_surface_alone() -> None:
    blocks = ["令和3年に着工。"]
    assert place_of(ground(blocks), Anchor("令和3年")) == "gone"
    assert place_of(ground(["令和3年"]), Anchor("令和3年")) == Span(0, 4)


def test_ten_thousand_equal_cells_are_told_apart_in_no_time() -> None:
    cells = [cell for number in range(10_000) for cell in (f"第{number}号", "0")]
    heads = dict.fromkeys(range(1, 20_000, 2), "予算額")
    known = ground(cells, heads)
    first = sum(len(cell) + 1 for cell in cells[:12_001])
    anchor = anchor_of(known, Span(first, first + 1))
    assert (anchor.number, anchor.among) == (6001, 10_000)
    assert place_of(known, anchor) == Span(first, first + 1)
