"""PDFs with rules that make no table: a framed article, an article beside its heading, the bars of a chart."""

from __future__ import annotations

import itertools

from pdf_maker import Maker

from troubles.trouble import Trouble

_ARTICLE = "村の図書室では秋の読書週間にあわせて"
_LINES = tuple(f"{number}日目は{_ARTICLE}" for number in "一二三四五六七八九十")


def _framed_article() -> bytes:
    """One frame: an article above, captions in boxes below."""
    maker = Maker()
    maker.grid((50, 350), (60, 280))
    maker.grid((50, 200, 350), (280, 300))
    maker.lines(60, 80, _LINES, leading=18)
    maker.text(60, 294, "会場のようす")
    maker.text(210, 294, "朗読の会")
    return maker.data()


def _downward_article() -> bytes:
    """Columns of an article with a heading, parted by a rule in a frame."""
    maker = Maker()
    maker.grid((50, 300, 350), (60, 300))
    maker.column(318, 70, "読書週間のお知らせ")
    for number, line in enumerate(_LINES):
        maker.column(280 - 20 * number, 70, line)
    return maker.data()


def _bars() -> bytes:
    """Stacked bars that stand apart before the lines of their scale."""
    maker = Maker()
    for y in (60, 120, 180, 240):
        maker.rule(50, y, 350, y)
    for x in (50, 350):
        maker.rule(x, 60, x, 240)
    for x, edges in ((90, (60, 95, 150, 240)), (180, (60, 110, 170, 240)), (270, (60, 85, 140, 240))):
        maker.grid((x, x + 50), edges)
        for grade, (top, foot) in zip(("三級", "二級", "一級"), itertools.pairwise(edges), strict=True):
            maker.text(x + 15, (top + foot) / 2 + 4, grade, 8)
    return maker.data()


FALSE_TABLES = (
    Trouble("a-framed-article-is-no-table.pdf", _framed_article, grids=(), order=("一日目", "十日目", "会場のようす")),
    Trouble("an-article-beside-its-heading-is-no-table.pdf", _downward_article, grids=(), order=("一日目", "十日目")),
    Trouble("bars-of-a-chart-are-no-table.pdf", _bars, grids=()),
)
