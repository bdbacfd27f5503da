"""Takes a path; gives the budget of a city's special account, with tables in thousands of yen.

Every total is computed from the rows above it.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

from reportlab.pdfgen.canvas import Canvas

from tools.documents.ruled_table import Cell, Row, draw_table, number_cell
from tools.documents.typesetting import GOTHIC, HEIGHT, MINCHO, WIDTH, Flow, Frame, draw_line, measure, open_canvas

TITLE = "令和4年度 清流みらい特別会計当初予算の概要（見本）"

# name, fiscal 2022, fiscal 2021 (initial), fiscal 2021 (after the June supplement); thousands of yen
REVENUE = [
    ("使用料及び手数料", 18_420, 19_105, 19_105),
    ("国庫支出金", 64_500, 48_000, 72_250),
    ("県支出金", 12_300, 15_800, 15_800),
    ("寄附金", 9_000, 0, 4_200),
    ("繰入金", 88_610, 90_215, 81_640),
    ("諸収入", 0, 1_350, 1_350),
    ("市債", 42_700, 55_900, 66_300),
]
EXPENDITURE = [
    ("総務費", 31_280, 32_940, 32_940),
    ("清流保全費", 74_650, 70_130, 76_845),
    ("森林づくり費", 58_900, 61_200, 66_460),
    ("再生可能エネルギー費", 52_200, 48_600, 66_900),
    ("公債費", 16_500, 15_500, 15_500),
    ("予備費", 2_000, 2_000, 2_000),
]


def write(path: Path) -> None:
    """Writes the document, two pages, to `path`."""
    canvas = open_canvas(path, TITLE, "四万十市")
    flow = Flow(canvas, [Frame(56, WIDTH - 112, HEIGHT - 70, 60)], _decorate)
    flow.paragraph("令和4年度　清流みらい特別会計当初予算の概要（見本）", font=GOTHIC, size=15, leading=22, after=2)
    flow.paragraph("令 和 ４ 年 ２ 月 ２ ５ 日　　四万十市財政課・環境生活課", size=9.5, after=6)
    flow.heading("1　予算の規模")
    flow.paragraph(
        "　清流みらい特別会計は、四万十川の水と森を守り、その恵みを地域の電気や仕事に生かすため、平成31年度（令和元年度）に設けた。4年度の総額は、歳入歳出とも"
        "2億3,553万円で、前年度の当初予算に比べ2.2％の増となる。28～30年度に一般会計で行った「清流みらい構想」の経費（3年間の合計で1億4,120万円）を引き継ぐものである。"
    )
    flow.paragraph(
        "　市の人口は令和4年1月末現在で32,694人、面積は632.29km2、川の長さは196kmに及ぶ。高知県四万十町・梼原町・津野町・中土佐町とともに流域の5市町で条例をつくり、"
        "地域活性化総合研究所などの助言を受けている。四万十町は平成18年3月20日（月）に窪川町など3町村が合併してできた町で、平成17年4月10日（日）に生まれた当市とは別である。"
    )
    flow.heading("2　歳入")
    _balance(flow, REVENUE, "款")
    flow.heading("3　歳出")
    _balance(flow, EXPENDITURE, "款")
    flow.next_page()
    flow.heading("4　主な事業")
    _projects(flow)
    flow.heading("5　債務負担行為と基金")
    flow.paragraph(
        "　「川べりの小水力発電」の設計と施工は、令和4年度〜令和6年度の3か年で1億2,000万円を限度に契約する。出力は49.9kW、発電量は年に約31万kWhで、一般家庭およそ80世帯分に当たる。"
        "固定価格買取制度による売電は令和7年4月から20年間を予定する。"
    )
    flow.paragraph(
        "　清流みらい基金の残高は令和3年度末で3億4,210万円（見込み）となり、ピークの平成29年度末から2割弱減った。2年度の取崩しは8,050万円、3年度は8,164万円である。"
        "4年度は8,861万円を取り崩すが、令和8年度末にも2億円以上を保つ。"
    )
    flow.heading("6　日程")
    flow.paragraph(
        "　予算案は第1号議案として2月25日（金）に議会へ送り、3月市議会定例会で審議する。予算決算常任委員会は3月10日（水）～11日（金）、採決は3月18日（金）の予定。"
        "6月補正では国の交付決定（5月下旬頃）に合わせ、令和4年\n6月14日までに追加の案を出す。交付金の申請は環境省四国事務所が4月1日から5月13日17時まで受け付ける。"
    )
    flow.paragraph(
        "　国際協力機構（JICA）四国センターと高知大学農林海洋科学部は、7月~9月にラオス・ルアンパバーン市の職員6人を招く研修を開く。費用1,250万円のうち9割をJICAが、1割を市が負う。"
        "COP15やSDGsに関する展示は、西土佐総合支所で11月に行う。"
    )
    flow.paragraph(
        "問合せ　四万十市財政課財政係　電話00-0000-0000　〒000-0000 四万十市中村大橋通4丁目10番地", size=8.5, after=2
    )
    flow.paragraph(
        "※この資料は公文に付属する見本であり、四万十市の予算ではない。会計の名前、事業、金額は架空である。", size=8.5
    )
    canvas.save()


def _decorate(canvas: Canvas, page: int) -> None:
    draw_line(canvas, 56, HEIGHT - 45, "四万十市　令和4年度予算資料7（見本）", GOTHIC, 8)
    number = f"- {page} -"
    draw_line(canvas, (WIDTH - measure(number, MINCHO, 9)) / 2, 35, number, MINCHO, 9)


def _unit(flow: Flow, text: str) -> None:
    flow.need(40)
    draw_line(
        flow.canvas, flow.frame.left + flow.frame.width - measure(text, MINCHO, 8.5), flow.y - 8.5, text, MINCHO, 8.5
    )
    flow.y -= 14


def _balance(flow: Flow, figures: list[tuple[str, int, int, int]], name: str) -> None:
    rows: list[Row] = [
        [
            Cell(name, rows=2, align="centre"),
            Cell("令和4年度\n当初予算額\n(A)", rows=2, align="centre"),
            Cell("令和3年度", columns=2, align="centre"),
            Cell("比較", columns=2, align="centre"),
        ],
        [
            Cell("当初予算額\n(B)", align="centre"),
            Cell("6月補正後\n予算現額", align="centre"),
            Cell("増減額\n(A)－(B)", align="centre"),
            Cell("増減率\n(％)", align="centre"),
        ],
    ]
    total = ("合計", sum(f[1] for f in figures), sum(f[2] for f in figures), sum(f[3] for f in figures))
    for label, now, before, revised in [*figures, total]:
        rows.append(
            [
                label,
                number_cell(now) if now else _dash(),
                number_cell(before) if before else _dash(),
                number_cell(revised),
                number_cell(now - before),
                _change(now, before),
            ]
        )
    _unit(flow, "（単位：千円）")
    flow.y = draw_table(flow.canvas, flow.frame.left, flow.y, [113, 76, 76, 76, 76, 66], rows) - 8


def _dash() -> Cell:
    return Cell("－", align="right")


def _change(now: int, before: int) -> Cell:
    if not before:
        return Cell("皆増", align="right")
    if not now:
        return Cell("皆減", align="right")
    percent = (Decimal(100) * (now - before) / before).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return Cell(f"△{-percent}" if percent < 0 else str(percent), align="right")


def _projects(flow: Flow) -> None:
    rows: list[Row] = [
        [
            Cell("事業", rows=2, align="centre"),
            Cell("期間", rows=2, align="centre"),
            Cell("事業費", rows=2, align="centre"),
            Cell("財源の内訳", columns=4, align="centre"),
        ],
        [Cell(name, align="centre") for name in ("国庫", "県", "市債", "その他")],
    ]
    projects = [
        ("天然あゆの産卵場づくり（3か所、延べ1.2ha）", "R3～R7年度", 14_800, 7_400, 2_400, 0, 5_000),
        ("間伐の補助（約180ha、1ha当たり上限25万円）", "4年度", 45_000, 22_500, 9_900, 0, 12_600),
        ("川べりの小水力発電（1基）", "令和4年度〜6年度", 38_000, 19_000, 0, 17_100, 1_900),
        ("避難所の太陽光と蓄電池（西土佐の2施設、60kWh）", "4月～翌年3月", 31_200, 15_600, 0, 15_600, 0),
    ]
    for label, period, *amounts in projects:
        rows.append([label, period, *(number_cell(a) if a else _dash() for a in amounts)])
    sums = [sum(p[i] for p in projects) for i in range(2, 7)]  # type: ignore[misc]
    rows.append([Cell("小計", columns=2, align="centre"), *(number_cell(s) for s in sums)])
    _unit(flow, "（単位：千円）")
    flow.y = draw_table(flow.canvas, flow.frame.left, flow.y, [150, 83, 50, 50, 50, 50, 50], rows) - 8
