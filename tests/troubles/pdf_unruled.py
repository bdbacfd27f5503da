"""PDFs with tables that no rules part, or horizontal ones alone, and with what looks like one and is none."""

from __future__ import annotations

from collections.abc import Sequence

from pdf_maker import MINCHO, Maker
from reportlab.pdfbase.pdfmetrics import stringWidth

from troubles.trouble import Trouble


def _right(maker: Maker, edge: float, baseline: float, text: str) -> None:
    maker.text(edge - stringWidth(text, MINCHO, 10), baseline, text)


def _rows(rows: Sequence[tuple[float, str, str, str]], top: float = 80, leading: float = 16) -> Maker:
    """Labels at an x, figures that end at 270 and 360."""
    maker = Maker()
    for number, (x, label, inner, outer) in enumerate(rows):
        baseline = top + number * leading
        maker.text(x, baseline, label)
        for edge, figure in ((270, inner), (360, outer)):
            if figure:
                _right(maker, edge, baseline, figure)
    return maker


def _statement() -> bytes:
    maker = _rows(
        (
            (50, "１．流動資産", "", ""),
            (65, "現金及び預金", "1,204,500", ""),
            (65, "未収金", "0", ""),
            (110, "流動資産合計", "", "1,204,500"),
            (50, "２．固定資産", "", ""),
            (65, "土地", "△ 300", ""),
            (150, "資産合計", "", "1,204,200"),
        )
    )
    maker.text(150, 40, "貸借対照表", 14)
    _right(maker, 360, 60, "（単位：円）")
    return maker.data()


def _spread_labels() -> bytes:
    maker = Maker()
    for number, (label, figure) in enumerate((("仮払金", "0"), ("短期借入金", "42,000"), ("代行用地", "7,500"))):
        baseline = 80 + 16 * number
        maker.text(50, baseline, f"（{'１２３'[number]}）")
        step = 80 / (len(label) - 1)
        for place, letter in enumerate(label):
            maker.text(120 + place * step, baseline, letter)
        _right(maker, 330, baseline, figure)
    return maker.data()


def _header_above() -> bytes:
    maker = _rows(((50, "繰越金", "6,948", "7,000"), (50, "雑収入", "85", "90"), (50, "計", "7,033", "7,090")), 100)
    for x, text in ((50, "科目"), (240, "予算額"), (330, "決算額")):
        maker.text(x, 82, text)
    return maker.data()


def _three_columns() -> bytes:
    maker = Maker()
    rows = (("区分", "人口", "世帯数"), ("本村", "1,204", "512"), ("北部", "318", "140"), ("南部", "96", "41"))
    for number, row in enumerate(rows):
        for x, text in zip((60, 160, 260), row, strict=True):
            maker.text(x, 80 + 18 * number, text)
    return maker.data()


def _contents() -> bytes:
    maker = Maker()
    maker.text(180, 60, "目次", 14)
    for number, (title, page) in enumerate(
        (("計画の趣旨", "1"), ("村の現状", "4"), ("基本方針", "12"), ("資料", "30"))
    ):
        maker.text(50, 90 + 18 * number, title)
        _right(maker, 360, 90 + 18 * number, page)
    return maker.data()


def _dotted_contents() -> bytes:
    maker = Maker()
    for number, (title, page) in enumerate((("第１章　趣旨", "3"), ("第２章　現状", "12"), ("第３章　方針", "8"))):
        maker.text(50, 90 + 18 * number, title + "…" * 12)
        _right(maker, 360, 90 + 18 * number, page)
    return maker.data()


def _address() -> bytes:
    maker = Maker()
    maker.lines(50, 80, ("問い合わせ先", "〒789-0000　谷川村本町1番地", "谷川村役場総務課", "電話　0880-00-0000"))
    return maker.data()


def _downward_words() -> bytes:
    maker = Maker()
    for x, word in ((60, "２０～２３"), (100, "２４～２７"), (140, "２８～３１")):
        for number, letter in enumerate(word):
            maker.text(x, 80 + 12 * number, letter)
    return maker.data()


UNRULED = (
    Trouble(
        "statement-of-indented-labels.pdf",
        _statement,
        grids=(
            (
                ("１．流動資産", "", ""),
                ("現金及び預金", "1,204,500", ""),
                ("未収金", "0", ""),
                ("流動資産合計", "", "1,204,500"),
                ("２．固定資産", "", ""),
                ("土地", "△ 300", ""),
                ("資産合計", "", "1,204,200"),
            ),
        ),
        headers={"△ 300": "", "1,204,200": ""},
    ),
    Trouble(
        "statement-with-spread-labels.pdf",
        _spread_labels,
        grids=((("（１）　仮払金", "0"), ("（２）　短期借入金", "42,000"), ("（３）　代行用地", "7,500")),),
    ),
    Trouble(
        "statement-with-its-header-above.pdf",
        _header_above,
        grids=(
            (
                ("科目", "予算額", "決算額"),
                ("繰越金", "6,948", "7,000"),
                ("雑収入", "85", "90"),
                ("計", "7,033", "7,090"),
            ),
        ),
        headers={"6,948": "予算額", "90": "決算額"},
    ),
    Trouble(
        "columns-by-white-space.pdf",
        _three_columns,
        grids=((("区分", "人口", "世帯数"), ("本村", "1,204", "512"), ("北部", "318", "140"), ("南部", "96", "41")),),
        headers={"318": "人口", "41": "世帯数"},
    ),
    Trouble("contents-are-no-table.pdf", _contents, grids=()),
    Trouble("contents-with-leaders-are-no-table.pdf", _dotted_contents, grids=()),
    Trouble("an-address-is-no-table.pdf", _address, grids=()),
    Trouble("words-set-downwards-are-no-table.pdf", _downward_words, grids=()),
)
