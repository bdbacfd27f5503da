"""PDFs whose text lies in another order than it is read: columns, vertical lines, boxes, furniture."""

from __future__ import annotations

from pdf_maker import Maker

from troubles.trouble import Trouble


def _two_columns() -> bytes:
    maker = Maker()
    for index, line in enumerate(
        ["役場は四月一日から窓口の", "時間を改める。朝は八時に", "開き、夕方は六時に閉じる。"]
    ):
        maker.text(50, 80 + 16 * index, line)
    for index, line in enumerate(["公民館の図書室は五月から", "日曜日にも開く。本は一人", "十冊まで借りられる。"]):
        maker.text(230, 80 + 16 * index, line)
    return maker.data()


TROUBLES = (
    Trouble(
        "two-columns.pdf",
        _two_columns,
        order=(
            "役場は四月一日から窓口の\n時間を改める。朝は八時に\n開き、夕方は六時に閉じる。",
            "公民館の図書室は五月から\n日曜日にも開く。本は一人\n十冊まで借りられる。",
        ),
    ),
)
