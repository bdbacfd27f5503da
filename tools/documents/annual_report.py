"""Takes a path; gives an association's annual report: members, officers, cards of events, accounts.

The association is invented; its members are real local governments, so that their names are met.
"""

from __future__ import annotations

from pathlib import Path

from reportlab.pdfgen.canvas import Canvas

from tools.documents.ruled_table import Cell, Row, draw_table, number_cell
from tools.documents.typesetting import (
    GOTHIC,
    HEIGHT,
    MINCHO,
    WIDTH,
    Flow,
    Frame,
    break_lines,
    draw_line,
    open_canvas,
)

TITLE = "みどりの都市ネットワーク日本 活動報告2020（見本）"
_WIDE = [Frame(56, WIDTH - 112, HEIGHT - 72, 60)]

OFFICERS = [
    ("理事長", "見本 一子", "国立大学法人東京大学未来ビジョン研究センター"),
    ("副理事長", "見本 二郎", "名古屋市環境局環境企画部環境企画課"),
    ("専務理事", "例示 三枝", "(一社)みどりの都市ネットワーク日本"),
    ("理事", "例示 四郎", "横浜市温暖化対策統括本部調整課"),
    ("理事", "雛形 五月", "認定NPO法人森と街をつなぐ会"),
    ("理事", "雛形 六助", "株式会社みどり総合計画"),
    ("監事", "仮名 七海", "公益社団法人日本都市計画学会"),
]

# date as printed, title, organiser, local governments that took part, what the association did
EVENTS = [
    ("5.21", "緑の街路樹サロン", "みどりの都市ネットワーク日本", "札幌市、仙台市", "企画、運営"),
    ("7.2", "木かげの科学セミナー", "国立研究開発法人\n森林総合研究所", "つくば市", "講演"),
    ("7.29", "屋上緑化オンライン見学会", "東京都港区、名古屋市港区", "港区(東京)、港区(名古屋)", "支援"),
    ("9.8-10", "アジアの緑と大気を考える会", "国連ハビタット(UN-Habitat)\n福岡本部", "福岡市、北九州市", "モデレータ"),
    ("10.7-28", "みどりの大胆都市2020", "ボン市、MTN", "川崎市、さいたま市、\n豊田市、長野県", "企画、運営"),
    ("11.9-13", "森と街の国際ウィーク2020", "IGES\n(MTN後援)", "横浜市", "ブース設置"),
    ("11.30", "緑の回廊シンポジウム", "府中市(東京都)", "府中市、国分寺市、小金井市", "講演"),
    ("12.8", "日EU緑化ラウンドテーブル", "駐日欧州連合代表部", "京都市", "支援"),
    ("1.18", "アジア・スマート緑化会議", "横浜市", "横浜市", "モデレータ"),
    ("2.3", "「都市の木フォーラム」準備会", "国土交通省", "京都府、富山市、広島市", "講演"),
    ("2.17", "緑の回復を語る夕べ", "東京都", "東京都", "モデレータ"),
    ("3.17-18", "都市の木フォーラム", "国土交通省、環境省", "東京都、北九州市、京都市", "支援、講演"),
]

# heading, budget, settled amount, settled amount of the year before; thousands of yen
INCOME = [
    ("会費", 12_400, 12_250, 11_900),
    ("受託事業", 38_000, 35_640, 41_180),
    ("寄附金", 1_500, 2_315, 960),
    ("雑収入", 100, 42, 85),
]
OUTLAY = [("事業費", 41_000, 36_720, 42_650), ("管理費", 9_800, 9_415, 9_730), ("予備費", 1_200, 0, 0)]


def write(path: Path) -> None:
    """Writes the report, four pages, to `path`."""
    canvas = open_canvas(path, TITLE, "一般社団法人みどりの都市ネットワーク日本")
    flow = Flow(canvas, _WIDE, _decorate)
    _about(flow)
    flow.next_page()
    _members(flow)
    flow.next_page()
    _events(flow)
    flow.next_page()
    _accounts(flow)
    canvas.save()


def _decorate(canvas: Canvas, page: int) -> None:
    draw_line(canvas, 56, HEIGHT - 45, "みどりの都市ネットワーク日本 活動報告2020", GOTHIC, 8)
    draw_line(canvas, WIDTH - 70, 35, f"{page} ", MINCHO, 9)


def _about(flow: Flow) -> None:
    flow.paragraph("みどりの都市ネットワーク日本\n活動報告 2020（見本）", font=GOTHIC, size=20, leading=30, after=10)
    flow.paragraph("Contents", font=GOTHIC, size=11)
    for number, title, page in (
        ("1", "団体について", 1),
        ("2", "会員と役員", 2),
        ("3", "2020年度の活動", 3),
        ("4", "収支と今後の予定", 4),
    ):
        leader = "—" * 24
        flow.paragraph(f"{number}. {title} {leader} {page}", leading=15, after=0)
    flow.y -= 12
    flow.heading("1 団体について")
    flow.paragraph(
        "　一般社団法人みどりの都市ネットワーク日本（MTN）は、街の緑を増やして暑さと水害に備えようと、2009年6月5日(金)に6つの自治体と3つの大学が作った集まりです。"
        "2013年４月１日に法人となり、2021年3月31日現在で、会員は24自治体と38の団体・企業になりました。会員の自治体に住む人は約4,030万人、日本の総人口の32％に当たります。"
    )
    flow.paragraph(
        "　世界の仲間である国際みどり都市連合（架空）には、世界62か国、1,300以上の様々な規模の自治体が加わっています。2018年6月にモントリオール市（カナダ）、"
        "2021年4月にマルメ市（スウェーデン）で世界会議が開かれ、日本からは延べ57人が出席しました。設立10周年の記念誌を2019年11月~2020年1月に3,000部配りました。"
    )
    flow.heading("2020年度のハイライト", 11)
    flow.paragraph(
        "　新型コロナウイルス感染症の広がりを受け、予定していた会合の約7割をオンラインに切り替えました。10月7日から28日まで3週間続いた「みどりの大胆都市2020」では、"
        "98のセッションに150か国以上から4,600人を超える人々が集い、当団体は2つのセッションを受け持ちました。"
    )
    flow.paragraph(
        "10月21日　「木かげとグリーン・リカバリー」　登壇：横浜市、環境省\n22日　「ゼロへの道と街の木」　登壇：川崎市、さいたま市、豊田市\n"
        "27日(火)　「雨庭を広げる」　登壇：京都市、世田谷区、UNDRR",
        leading=16,
    )
    flow.paragraph(
        "　2021年2月1日には新しい標章を公表しました。また、4月～6月期に延期となった「緑の指標」の調査は、令 和 ２ 年 １ ２ 月 に30自治体、のべ1,260か所で行い、"
        "街路樹1本当たりの木かげは平均18.5m2、真夏日の路面温度を最大11.3℃下げると分かりました。調査費は2,350万円で、その3分の2を環境省の補助金で賄っています。"
    )


def _members(flow: Flow) -> None:
    flow.heading("2 会員と役員")
    flow.paragraph("正会員（24自治体、五十音順、2021年3月31日現在）", font=GOTHIC, size=10)
    flow.paragraph(
        "愛知県、飯田市、板橋区、岡山市、川崎市、北九州市、京都市、京都府、さいたま市、札幌市、仙台市、世田谷区、つくば市、東京都、富山市、豊田市、"
        "長野県、名古屋市、広島市、福岡市、府中市（東京都）、府中市（広島県）、松山市、横浜市"
    )
    flow.paragraph("準会員（2021年度から正会員）", font=GOTHIC, size=10)
    flow.paragraph(
        "北海道下川町・東川町・美瑛町、宮城県美里町、埼玉県美里町、熊本県美里町、伊達市（福島県）、港区（東京都）"
    )
    flow.paragraph("団体・企業会員（抜粋）", font=GOTHIC, size=10)
    flow.paragraph(
        "(公財)都市緑化機構、(独)都市再生機構、(国研)建築研究所、学校法人東京農業大学、国立大学法人千葉大学大学院園芸学研究院、日本製紙㈱、積水ハウス株式会社、"
        "㈱三井住友銀行、生活協同組合コープこうべ、一般財団法人日本緑化センター、NPO法人雨水市民の会"
    )
    flow.heading("役員（任期：2020年6月～2022年6月）", 11)
    rows: list[Row] = [["役職", "氏名", "所属"], *([role, name, body] for role, name, body in OFFICERS)]
    flow.y = draw_table(flow.canvas, flow.frame.left, flow.y, [80, 110, 290], rows, size=9) - 12
    flow.paragraph(
        "役員は無報酬で、2020年度の理事会は年4回、総会は6月26日（金）に書面で行った。氏名は架空である。",
        size=8.5,
        leading=13,
    )
    flow.heading("会員数の動き", 11)
    rows = [
        [
            Cell("年度", rows=2, align="centre"),
            Cell("自治体", columns=2, align="centre"),
            Cell("団体・企業", columns=2, align="centre"),
        ],
        [Cell(text, align="centre") for text in ("入会", "年度末", "入会", "年度末")],
        ["29年度", *_right("3", "19", "4", "31")],
        ["30年度", *_right("2", "21", "3", "33")],
        ["令和元年度（31年度）", *_right("1", "22", "5", "36")],
        ["2年度", *_right("2", "24", "4", "38")],
    ]
    flow.paragraph("（単位：会員）", size=8.5, leading=12, after=0)
    flow.y = draw_table(flow.canvas, flow.frame.left, flow.y, [140, 85, 85, 85, 85], rows, size=9) - 10
    flow.paragraph(
        "2021年度は９月〜１１月に説明会を3回開き、正会員を30自治体以上、団体・企業を45者程度に増やすことを目指す。"
    )


def _right(*values: str) -> list[Cell]:
    return [Cell(value, align="right") for value in values]


def _events(flow: Flow) -> None:
    flow.heading("3 2020年度の活動")
    flow.paragraph("会員自治体が出席した主な催し（日付は2020年度）", font=GOTHIC, size=10)
    canvas, top = flow.canvas, flow.y
    width, height, gap = 154.0, 142.0, 9.0
    for index, (date, title, organiser, members, part) in enumerate(EVENTS):
        x = flow.frame.left + (index % 3) * (width + gap)
        y = top - (index // 3) * (height + gap)
        canvas.setLineWidth(0.8)
        canvas.roundRect(x, y - height, width, height, 6)
        draw_line(canvas, x + 8, y - 20, date, GOTHIC, 14)
        baseline = y - 38
        for line in break_lines(title, GOTHIC, 9.5, width - 16):
            draw_line(canvas, x + 8, baseline, line, GOTHIC, 9.5)
            baseline -= 13
        for label, value in (("主催", organiser), ("参加自治体", members), ("活動内容", part)):
            baseline -= 3
            draw_line(canvas, x + 8, baseline, label, GOTHIC, 7)
            for line in break_lines(value, MINCHO, 8.5, width - 66):
                draw_line(canvas, x + 58, baseline, line, MINCHO, 8.5)
                baseline -= 12
    flow.y = top - (len(EVENTS) + 2) // 3 * (height + gap) - 4
    flow.paragraph(
        "このほか、COP15に向けた「エジンバラ・プロセス」に2020年4月上旬から協力し、国内53の自治体の署名を集めた（2021年3月末現在）。",
        size=8.5,
        leading=13,
    )


def _accounts(flow: Flow) -> None:
    flow.heading("4 収支と今後の予定")
    flow.paragraph(
        "　2020年度（2020年4月1日～2021年3月31日）の収支は次のとおりです。会計監査は2021年5月14日(木)に終わりました。"
    )
    flow.paragraph("収支計算書（単位：千円）", font=GOTHIC, size=10)
    rows: list[Row] = [
        [
            Cell("科目", columns=2, rows=2, align="centre"),
            Cell("2020年度", columns=3, align="centre"),
            Cell("2019年度\n決算額", rows=2, align="centre"),
        ],
        [Cell(text, align="centre") for text in ("予算額", "決算額", "差異")],
    ]
    totals = []
    for group, figures in (("収入", INCOME), ("支出", OUTLAY)):
        for index, (label, budget, settled, before) in enumerate(figures):
            head: Row = [Cell(group, rows=len(figures) + 1, align="centre")] if index == 0 else []
            rows.append(
                [
                    *head,
                    label,
                    number_cell(budget),
                    number_cell(settled),
                    number_cell(settled - budget),
                    number_cell(before),
                ]
            )
        total = [sum(f[1] for f in figures), sum(f[2] for f in figures), sum(f[3] for f in figures)]
        totals.append(total)
        rows.append(
            [
                "合計",
                number_cell(total[0]),
                number_cell(total[1]),
                number_cell(total[1] - total[0]),
                number_cell(total[2]),
            ]
        )
    gap = [income - outlay for income, outlay in zip(*totals, strict=True)]
    rows.append(
        [
            Cell("収支差額", columns=2),
            number_cell(gap[0]),
            number_cell(gap[1]),
            number_cell(gap[1] - gap[0]),
            number_cell(gap[2]),
        ]
    )
    flow.y = draw_table(flow.canvas, flow.frame.left, flow.y, [50, 110, 80, 80, 80, 80], rows, size=9) - 12
    flow.paragraph(
        "　受託事業は、環境省からの「都市の木かげ調査」（2,350万円）と、愛知県・名古屋市・豊田市からの「矢作川みどりの帯」（1,214万円）の2件です。寄附は個人74人と法人9社から頂き、"
        "前年度の2倍強に増えました。正味財産は2021年3月末で1,876万円となり、うち約4割を2030年までの「木かげ百万本」基金に積み立てています。"
    )
    flow.heading("今後の予定", 11)
    flow.paragraph(
        "・2021年6月25日(金)14:00〜16:00　第9回通常総会（東京都千代田区、定員80名）\n・7月～9月　「緑の指標」第2次調査（福島県伊達市と北海道伊達市ほか12市町）\n"
        "・2021年\n10月頃　会員のつどい（富山県朝日町、山形県朝日町とオンラインで結ぶ）\n・11月　COP26に合わせた配信（グラスゴー市）\n・2022年1月〜3月　次期中期計画（2022年度～2026年度）の策定"
    )
    flow.paragraph(
        "　会費は2022年度から年50,000円を45,000円に1割引き下げます。入会の申込みは2022年2月28日(月)までに事務局へ。定款第7条により、翌月の理事会で承認します。"
        "UNCRDとCDPの調査票（Ver. 2.0）も受け付けています。"
    )
    flow.paragraph(
        "事務局　〒000-0000 東京都港区西新橋0-0-0 見本ビル4階　TEL 00-0000-0000　FAX 00-0000-0001",
        size=8.5,
        leading=13,
        after=0,
    )
    flow.paragraph(
        "※この報告は公文に付属する見本であり、団体、役員、催し、金額は架空である。会員の名前は地名の例として挙げた。",
        size=8.5,
        leading=13,
    )
