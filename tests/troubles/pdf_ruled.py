"""PDFs with ruled tables: merged cells, headers of several rows, units, how lines are drawn, tables over pages, what a sidecar says."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from pdf_maker import HEIGHT, Maker

from pipeline.model import Sidecar, TableHint
from troubles.trouble import Trouble

Rows = Sequence[Sequence[str]]
_XS = (50.0, 150.0, 230.0, 310.0)


def _write(maker: Maker, xs: Sequence[float], ys: Sequence[float], rows: Rows) -> None:
    """Texts into the boxes between `xs` and `ys`, at the left; "" writes nothing."""
    for row, texts in enumerate(rows):
        for column, text in enumerate(texts):
            if text:
                maker.text(xs[column] + 4, ys[row] + 14, text)


def _edges(top: float, rows: Rows) -> list[float]:
    return [top + 20 * row for row in range(len(rows) + 1)]


def _gridded(rows: Rows, xs: Sequence[float] = _XS, top: float = 60) -> Callable[[], bytes]:
    def data() -> bytes:
        maker = Maker()
        maker.grid(xs[: len(rows[0]) + 1], _edges(top, rows))
        _write(maker, xs, _edges(top, rows), rows)
        return maker.data()

    return data


def _merged_header(rows: Rows, across: Sequence[tuple[int, int, int]], down: Sequence[tuple[int, int, int]]) -> bytes:
    """A grid without the inner rules that merged cells cover: `across` are rules (edge of rows, from column, to column), `down` likewise."""
    maker = Maker()
    ys = _edges(60, rows)
    for edge, first, last in across:
        maker.rule(_XS[first], ys[edge], _XS[last], ys[edge])
    for edge, first, last in down:
        maker.rule(_XS[edge], ys[first], _XS[edge], ys[last])
    _write(maker, _XS, ys, rows)
    return maker.data()


def _over_columns() -> bytes:
    rows = (("年度", "予算", ""), ("", "当初", "補正後"), ("令和４", "510", "545"))
    return _merged_header(
        rows, ((0, 0, 3), (1, 1, 3), (2, 0, 3), (3, 0, 3)), ((0, 0, 3), (1, 0, 3), (2, 1, 3), (3, 0, 3))
    )


def _over_rows() -> bytes:
    rows = (("地区", "施設", "人数"), ("北", "公民館", "31"), ("", "集会所", "12"), ("南", "公民館", "25"))
    return _merged_header(
        rows, ((0, 0, 3), (1, 0, 3), (2, 1, 3), (3, 0, 3), (4, 0, 3)), ((0, 0, 4), (1, 0, 4), (2, 0, 4), (3, 0, 4))
    )


def _three_rows() -> bytes:
    rows = (("科目", "財源", ""), ("", "特定", ""), ("", "国", "県"), ("道路費", "700", "120"))
    return _merged_header(
        rows, ((0, 0, 3), (1, 1, 3), (2, 1, 3), (3, 0, 3), (4, 0, 3)), ((0, 0, 4), (1, 0, 4), (2, 2, 4), (3, 0, 4))
    )


def _pages(*pages: tuple[Sequence[str], Rows], xs: Sequence[float] = _XS) -> Callable[[], bytes]:
    """On each page lines of text, and a table below them."""

    def data() -> bytes:
        maker = Maker()
        for number, (lines, rows) in enumerate(pages):
            if number:
                maker.page()
            maker.lines(50, 50, lines)
            ys = _edges(60 + 16 * len(lines), rows)
            maker.grid(xs[: len(rows[0]) + 1], ys)
            _write(maker, xs, ys, rows)
        return maker.data()

    return data


_LEFT = (("目", "本年度"), ("道路費", "800"), ("河川費", "90"), ("公園費", "40"), ("港湾費", "20"))
_RIGHT = (("節", "説明"), ("工事費", "舗装"), ("委託料", "調査"), ("報酬", "植栽"), ("旅費", "視察"))


def _facing() -> bytes:
    maker = Maker()
    for xs, rows in (((60, 200, 380), _LEFT), ((40, 110, 360), _RIGHT)):
        ys = _edges(80, rows)
        maker.grid(xs, ys)
        _write(maker, xs, ys, rows)
        maker.page()
    return maker.data()


def _sheet_of_two() -> bytes:
    maker = Maker()
    for xs, rows in (((20, 100, 180), _LEFT), ((240, 310, 400), _RIGHT)):
        ys = _edges(80, rows)
        maker.grid(xs, ys)
        _write(maker, xs, ys, rows)
    maker.text(90, 580, "- 12 -")
    maker.text(310, 580, "- 13 -")
    return maker.data()


_PLAIN = (("事業", "予算額"), ("除雪", "1,200"), ("消雪", "△300"))


def _drawn(draw: Callable[[Maker, float, float, float, float], None]) -> Callable[[], bytes]:
    """A table whose rules are drawn by `draw`."""

    def data() -> bytes:
        maker = Maker()
        ys = _edges(60, _PLAIN)
        for y in ys:
            draw(maker, 50, y, 250, y)
        for x in (50, 150, 250):
            draw(maker, x, ys[0], x, ys[-1])
        _write(maker, (50, 150), ys, _PLAIN)
        return maker.data()

    return data


def _dashed(maker: Maker, x0: float, y0: float, x1: float, y1: float) -> None:
    length = int(max(x1 - x0, y1 - y0))
    for step in range(0, length, 4):
        if x1 > x0:
            maker.rule(x0 + step, y0, x0 + step + 2.2, y0)
        else:
            maker.rule(x0, y0 + step, x0, y0 + step + 2.2)


def _dotted(maker: Maker, x0: float, y0: float, x1: float, y1: float) -> None:
    """One stroke with a dash pattern of dots."""
    maker.canvas.setDash(0.5, 1.5)
    maker.rule(x0, y0, x1, y1)


def _double(maker: Maker, x0: float, y0: float, x1: float, y1: float) -> None:
    maker.rule(x0, y0, x1, y1)
    wide, high = (0.0, 1.5) if x1 > x0 else (1.5, 0.0)
    maker.rule(x0 + wide, y0 + high, x1 + wide, y1 + high)


def _bar(maker: Maker, x0: float, y0: float, x1: float, y1: float) -> None:
    maker.canvas.rect(x0, HEIGHT - y1 - 0.4, max(x1 - x0, 0.8), max(y1 - y0, 0.8), stroke=0, fill=1)


def _fill(maker: Maker, box: tuple[float, float, float, float], grey: float) -> None:
    x0, top, x1, bottom = box
    maker.canvas.setFillGray(grey)
    maker.canvas.rect(x0, HEIGHT - bottom, x1 - x0, bottom - top, stroke=0, fill=1)
    maker.canvas.setFillGray(0)


def _filled_cells() -> bytes:
    """Cells are coloured boxes with white between them; no line is drawn."""
    maker = Maker()
    rows = (("月", "来館者"), ("四月", "820"), ("五月", "1,040"))
    for row in range(3):
        for column in range(2):
            x, y = 50 + 102 * column, 60 + 22 * row
            _fill(maker, (x, y, x + 100, y + 20), 0.6 if row == 0 else 0.85)
    _write(maker, (50, 152), [60, 82, 104], rows)
    return maker.data()


def _white_on_dark() -> bytes:
    maker = Maker()
    rows = (("窓口", "電話"), ("税務課", "21-0001"), ("福祉課", "21-0002"))
    ys = _edges(60, rows)
    _fill(maker, (50, ys[0], 250, ys[1]), 0.2)
    maker.grid((50, 150, 250), ys)
    maker.canvas.setFillGray(1)
    _write(maker, (50, 150), ys, rows[:1])
    maker.canvas.setFillGray(0)
    _write(maker, (50, 150), ys[1:], rows[1:])
    return maker.data()


def _list_in_cell() -> bytes:
    maker = Maker()
    maker.grid((50, 130, 330), (60, 80, 140))
    _write(maker, (50, 130), (60, 80), (("項目", "内容"), ("持ち物", "")))
    maker.lines(134, 94, ["・印鑑", "・通帳", "・申請書"])
    return maker.data()


def _listing() -> bytes:
    """A tall cell holds items with their amounts; the cells beside it are ruled into rows of their own."""
    maker = Maker()
    maker.grid((50, 130, 190, 390), (60, 80, 180))
    maker.rule(50, 130, 190, 130)
    _write(maker, (50, 130, 190), (60, 80, 130), (("節", "金額", "説明"), ("報酬", "400", ""), ("旅費", "80", "")))
    for baseline, item, figure in ((94, "委員", "300"), (114, "助手", "100"), (144, "視察", "60"), (164, "連絡", "20")):
        maker.text(194, baseline, item)
        maker.text(370 - 5 * len(figure), baseline, figure, font="Helvetica")
    return maker.data()


def _column_of_headers() -> bytes:
    maker = Maker()
    for y in (60, 80, 150):
        maker.rule(50, y, 260, y)
    for y in (103, 126):
        maker.rule(80, y, 260, y)
    for x in (50, 80, 180, 260):
        maker.rule(x, 60, x, 150)
    for index, char in enumerate("普通会計"):
        maker.text(60, 92 + 16 * index, char)
    _write(maker, (80, 180), (60, 82, 105, 128), (("部門", "人数"), ("議会", "3"), ("総務", "11"), ("税務", "4")))
    return maker.data()


def _units_below_header() -> bytes:
    maker = Maker()
    maker.grid((50, 150, 230, 310), (60, 80, 112))
    _write(maker, (50, 150, 230), (60, 92), (("区分", "歳出", "比率"), ("令和５", "2,050", "24.6")))
    maker.text(200, 90, "千円", 7)
    maker.text(290, 90, "％", 7)
    return maker.data()


def _overflow() -> bytes:
    """A text that is too long for its cell runs over the rule into the next one."""
    maker = Maker()
    maker.grid((50, 110, 150, 250), (60, 80, 100))
    _write(maker, (50, 110, 150), (60, 80), (("名称", "番号", "住所"), ("診療所", "", "  字川上１")))
    maker.text(102, 94, "100-2345-6", font="Helvetica")
    return maker.data()


def _noted(note: tuple[float, str], rows: Rows) -> Callable[[], bytes]:
    def data() -> bytes:
        maker = Maker()
        maker.text(note[0], 52, note[1])
        ys = _edges(60, rows)
        maker.grid((50, 150, 250), ys)
        _write(maker, (50, 150), ys, rows)
        return maker.data()

    return data


def _unruled() -> bytes:
    maker = Maker()
    for index, (name, place, figure) in enumerate(
        (("品名", "置き場", "数"), ("机", "二階", "14"), ("椅子", "二階", "52"))
    ):
        maker.text(50, 80 + 16 * index, name)
        maker.text(78, 80 + 16 * index, place)
        maker.text(180, 80 + 16 * index, figure)
    return maker.data()


_BODY = (("除雪", "1,200"), ("消雪", "△300"))
_HEAD = ("事業", "予算額")

TROUBLES = (
    Trouble(
        "header-over-columns.pdf",
        _over_columns,
        grids=((("年度", "予算", "予算"), ("年度", "当初", "補正後"), ("令和４", "510", "545")),),
        headers={"510": "予算/当初", "545": "予算/補正後"},
    ),
    Trouble(
        "cell-over-rows.pdf",
        _over_rows,
        grids=((("地区", "施設", "人数"), ("北", "公民館", "31"), ("北", "集会所", "12"), ("南", "公民館", "25")),),
        headers={"12": "人数"},
    ),
    Trouble("header-of-three-rows.pdf", _three_rows, headers={"700": "財源/特定/国", "120": "財源/特定/県"}),
    Trouble(
        "unit-note-above.pdf",
        _noted((200, "（単位：千円）"), (_HEAD, *_BODY)),
        blocks=(("caption", "（単位：千円）"),),
        headers={"1,200": "予算額"},
    ),
    Trouble(
        "unit-in-caption.pdf",
        _noted((50, "表１　冬の事業（単位：千円）"), (_HEAD, *_BODY)),
        blocks=(("caption", "表１　冬の事業（単位：千円）"),),
    ),
    Trouble("unit-in-header.pdf", _gridded((("事業", "予算額（千円）"), *_BODY)), headers={"1,200": "予算額（千円）"}),
    Trouble(
        "units-above-figures.pdf",
        _units_below_header,
        grids=((("区分", "歳出", "比率"), ("", "千円", "％"), ("令和５", "2,050", "24.6")),),
        headers={"2,050": "歳出/千円", "24.6": "比率/％"},
    ),
    Trouble(
        "header-repeated-over-pages.pdf",
        _pages(((), (_HEAD, *_BODY)), ((), (_HEAD, ("排雪", "80")))),
        grids=((_HEAD, *_BODY, ("排雪", "80")),),
        headers={"80": "予算額"},
    ),
    Trouble(
        "table-over-pages-without-header.pdf",
        _pages(((), (_HEAD, *_BODY)), ((), (("排雪", "80"), ("融雪", "△5")))),
        grids=((_HEAD, *_BODY, ("排雪", "80"), ("融雪", "△5")),),
        headers={"△5": "予算額"},
    ),
    Trouble(
        "addresses-over-pages.pdf",
        _pages(
            (
                (),
                (
                    ("名称", "番号", "電話"),
                    ("あさひ", "〒100-1", "1-22"),
                    ("ひので", "〒100-2", "1-33"),
                    ("みなと", "〒100-3", "1-44"),
                ),
            ),
            ((), (("ゆうひ", "〒100-4", "1-55"), ("やま", "〒100-5", "1-66"))),
        ),
        headers={"1-66": "電話"},
    ),
    Trouble(
        "table-continued-by-name.pdf",
        _pages((("冬の事業",), (_HEAD, *_BODY)), (("冬の事業（つづき）",), (_HEAD, ("排雪", "80")))),
        grids=((_HEAD, *_BODY, ("排雪", "80")),),
        blocks=(("paragraph", "冬の事業"),),
        furniture=("冬の事業（つづき）",),
    ),
    Trouble(
        "another-table-on-the-next-page.pdf",
        _pages((("冬の事業",), (_HEAD, *_BODY)), (("夏の事業",), (_HEAD, ("草刈", "80")))),
        grids=((_HEAD, *_BODY), (_HEAD, ("草刈", "80"))),
    ),
    Trouble(
        "facing-pages.pdf",
        _facing,
        grids=(tuple((*left, *right) for left, right in zip(_LEFT, _RIGHT, strict=True)),),
        headers={"舗装": "説明", "800": "本年度"},
    ),
    Trouble(
        "two-pages-on-a-sheet.pdf",
        _sheet_of_two,
        grids=(tuple((*left, *right) for left, right in zip(_LEFT, _RIGHT, strict=True)),),
    ),
    Trouble("dashed-rules.pdf", _drawn(_dashed), grids=(_PLAIN,)),
    Trouble("dotted-rules.pdf", _drawn(_dotted), grids=(_PLAIN,)),
    Trouble("double-rules.pdf", _drawn(_double), grids=(_PLAIN,)),
    Trouble("rules-of-thin-boxes.pdf", _drawn(_bar), grids=(_PLAIN,)),
    Trouble(
        "fills-instead-of-rules.pdf",
        _filled_cells,
        grids=((("月", "来館者"), ("四月", "820"), ("五月", "1,040")),),
        headers={"820": "来館者"},
    ),
    Trouble(
        "white-on-dark-header.pdf",
        _white_on_dark,
        grids=((("窓口", "電話"), ("税務課", "21-0001"), ("福祉課", "21-0002")),),
        headers={"21-0002": "電話"},
    ),
    Trouble(
        "list-in-cell.pdf",
        _list_in_cell,
        grids=((("項目", "内容"), ("持ち物", "・印鑑\n・通帳\n・申請書")),),
    ),
    Trouble(
        "items-line-by-line.pdf",
        _listing,
        grids=(
            (
                ("節", "金額", "説明", "説明"),
                ("報酬", "400", "委員", "300"),
                ("報酬", "400", "助手", "100"),
                ("旅費", "80", "視察", "60"),
                ("旅費", "80", "連絡", "20"),
            ),
        ),
        headers={"300": "説明"},
    ),
    Trouble(
        "vertical-header-in-cell.pdf",
        _column_of_headers,
        grids=(
            (("", "部門", "人数"), ("普通会計", "議会", "3"), ("普通会計", "総務", "11"), ("普通会計", "税務", "4")),
        ),
    ),
    Trouble(
        "text-over-its-cell.pdf",
        _overflow,
        grids=((("名称", "番号", "住所"), ("診療所", "100-2345-6", "字川上１")),),
    ),
    Trouble(
        "empty-cell-marks.pdf",
        _gridded((("路線", "延長", "橋"), ("一号", "－", "―"), ("二号", "…", "3"))),
        grids=((("路線", "延長", "橋"), ("一号", "－", "―"), ("二号", "…", "3")),),
    ),
    Trouble(
        "triangles-as-minus.pdf",
        _gridded((("会計", "増減", "累計"), ("水道", "△ 45", "▲1,020"), ("下水", "30", "△0.5"))),
        grids=((("会計", "増減", "累計"), ("水道", "△ 45", "▲1,020"), ("下水", "30", "△0.5")),),
        headers={"▲1,020": "累計"},
    ),
    Trouble(
        "columns-by-sidecar.pdf",
        _gridded((("事業", "予算額"), ("除雪 4月", "1,200"), ("消雪 5月", "300")), (50, 150, 250)),
        grids=((("事業", "", "予算額"), ("除雪", "4月", "1,200"), ("消雪", "5月", "300")),),
        unit="千円",
        sidecar=Sidecar(tables=(TableHint(1, (45, 55, 255, 125), (76.5, 150.0), 1, "千円"),)),
    ),
    Trouble(
        "unruled-table-by-sidecar.pdf",
        _unruled,
        grids=((("品名", "置き場", "数"), ("机", "二階", "14"), ("椅子", "二階", "52")),),
        headers={"52": "数"},
        unit="個",
        sidecar=Sidecar(tables=(TableHint(1, (45, 65, 230, 120), (74.0, 150.0), 1, "個"),)),
    ),
)
