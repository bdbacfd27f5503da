"""Takes a path; gives a ministry's newsletter: a cover with contents, two columns, footnotes, running heads.

The articles are written for this repository; the projects in them are invented.
"""

from __future__ import annotations

from pathlib import Path

from reportlab.pdfgen.canvas import Canvas

from tools.documents.ruled_table import Cell, Row, draw_table
from tools.documents.typesetting import GOTHIC, HEIGHT, MINCHO, WIDTH, Flow, Frame, draw_line, measure, open_canvas

TITLE = "水とまちの便り VOL. 7（見本）"

CONTENTS = [
    ("2", "特集 2050年を見すえる自治体の輪"),
    ("2", "みずべ協力プログラムの5年間"),
    ("3", "名水のふるさとを訪ねて ～秋田県美郷町～"),
    ("3", "海のごみを減らす ~大阪ブルー・オーシャン・ビジョンのその後~"),
    ("4", "数字で見る2020年度 / これからの予定"),
]

LEAD = (
    "　2020年10月26日、菅内閣総理大臣は就任後初めての所信表明演説で、2050年までに温室効果ガスの排出を全体としてゼロにすると宣言しました。12月25日には内閣官房に"
    "「国・地方脱炭素実現会議」が置かれ、地域の取組を国がどう支えるかの議論が始まっています。本号では、水とまちに関わる人々の1年を、4月から翌年3月まで振り返ります。"
)

ARTICLES: list[tuple[str, list[str]]] = [
    (
        "特集 2050年を見すえる自治体の輪",
        [
            "　二酸化炭素の排出実質ゼロを表明した自治体は、2019年9月の4から、2020年3月30日時点で87、2021年3月18日現在では329に増え、その人口は約1億人を超えました。"
            "岩手県久慈市・二戸市・葛巻町など9市町村のように、隣り合うまちがそろって表明した例もあります。",
            "　環境省は2021年3月3日（水）～5日（金）の「ゼロカーボン対話ウィーク」で、国連気候変動枠組条約（UNFCCC）事務局、一般社団法人イクレイ日本、"
            "公益財団法人地球環境戦略研究機関（IGES）とともに、18の国・地域から1,150人以上をオンラインで結びました。登壇したのは、東京都、横浜市、さいたま市、"
            "パリ市、ロサンゼルス市、クアラルンプール市など24都市です。来年度も同じ時期に開く予定です。",
            "　対話の2日目に当たる4日（木）には、企業の代表からSBT⟦*1⟧やRE100⟦*2⟧の紹介がありました。国内のRE100加盟企業は2021年2\n月末で50社となり、"
            "アメリカに次いで世界で2番目の多さです。電力の3割を再生可能エネルギーに替えた工場では、年におよそ4,200t-CO2を減らし、電気代を1割弱下げました。",
            "⟦*1⟧ 産業革命前からの気温上昇を2℃を十分に下回る水準、また1.5℃に抑えるため、企業が5年～15年先を目標に定める削減目標。",
            "⟦*2⟧ 事業で使う電力の100％を再生可能エネルギーで賄うことを目指す企業の集まり。2014年に始まった。",
        ],
    ),
    (
        "みずべ協力プログラムの5年間",
        [
            "　2016年度から2020年度まで続いた「みずべ協力プログラム」が、この3月で一区切りを迎えます。日本の浄化槽と下水の技術を、ベトナム・ハイフォン市、"
            "インドネシア・スラバヤ市、カンボジア・プノンペン都に伝える取組で、総額は12億3,400万円、うち約49％を国際協力機構（JICA）が負担しました。",
            "　始まりは2 015年12月12日、パリ協定が採択された日の夜に、北九州市上下水道局海外・広域事業部海外事業課の職員が現地の技師と交わした約束でした。"
            "2017年11月〜2018年2月の調査では、川の水の汚れを示す値（BOD）が41mg/Lに達していましたが、2020年11月には9mg/Lを下回りました。",
            "　ハイフォン市には13か所、スラバヤ市には4か所の処理施設が完成し、合わせて毎日約5,600m3をきれいにしています。運転員は延べ286人が研修を受け、"
            "9割超が今も現場で働いています。2020年度は渡航ができず、7月29日、9月8日、同月15日、11.26の4回、画面越しに指導しました。",
            "　国連工業開発機関（UNIDO）東京投資・技術移転促進事務所と日本下水道事業団は、成果を3つの言語の手引にまとめ、令和3年度第1四半期に公開します。"
            "アジア開発銀行（ADB）は最大800万米ドルの融資を検討中です。",
        ],
    ),
    (
        "名水のふるさとを訪ねて ～秋田県美郷町～",
        [
            "　秋田県美郷町の六郷湧水群は、1985年に当時の環境庁が選んだ「名水百選」の一つです。平成16年11月1日（月）に六郷町、千畑町、仙南村が合併して今の町になりました。"
            "美郷町という名の町は島根県と宮崎県にもあり、2008年からは3町の子どもたちが行き来しています。",
            "　町内には60か所以上の清水があり、水温は1年を通して12℃～15℃。扇状地の田んぼに冬も水を張る「冬みず田んぼ」を、2012年度の2.5haから2019年度には31haまで広げました。"
            "町と国立大学法人秋田大学、ＮＰＯ法人みさとの水を守る会が、毎月第2土曜日に水位を測っています。",
            "　昨年の夏は雨が少なく、8月中旬には平年より1.8m低くなりました。町は8月20日（水）に節水を呼び掛け、30日に解きました。"
            "熊本県南阿蘇村・山都町・産山村や長野県松本市、同県安曇野市との「水の里サミット」は、2021年秋に延期されています。",
        ],
    ),
    (
        "海のごみを減らす ~大阪ブルー・オーシャン・ビジョンのその後~",
        [
            "　2019年6月28日～29日のG20大阪サミットで、海に新しく流れ出るプラスチックを2050年までになくそうという「大阪ブルー・オーシャン・ビジョン」が共有されました。"
            "2021年3月時点で87の国と地域が賛同しています。プラスチックの廃棄は世界で年に約800万トンが海へ流れ出るとの推計があります。",
            "　国内では2020年7月1日からレジ袋が有料になり、使わない人の割合は3月の約3割から11月には7割を超えました。大阪湾では大阪市港区・住之江区・大正区と兵庫県芦屋市が、"
            "名古屋港では名古屋市港区が、東京湾では東京都港区が、同じ10月10日に一斉清掃を行い、計2,930人で8.4tを拾いました。",
            "　東京海洋大学と九州大学応用力学研究所は、令和元年５月〜令和３年１月に日本の周りの海75地点を調べ、1m3当たり3.74個の微小な粒を数えました。"
            "UNEPやERIAとの報告会は、令 和 ３ 年 ６ 月 ８ 日 の世界海洋デーに合わせてバンコクで開きます。",
        ],
    ),
]


def write(path: Path) -> None:
    """Writes the newsletter, four pages, to `path`."""
    canvas = open_canvas(path, TITLE, "環境省")
    flow = Flow(canvas, [Frame(60, WIDTH - 120, HEIGHT - 250, 70)], _decorate)
    _cover(canvas)
    flow.paragraph(LEAD, size=11, leading=18, after=16)
    flow.paragraph("Contents", font=GOTHIC, size=13, leading=20)
    for page, text in CONTENTS:
        flow.paragraph(f"{page}　{text}", size=10.5, leading=18, after=0)
    flow.y -= 30
    flow.paragraph(
        "編集・発行：環境省水・大気環境局水環境課　〒000-0000 東京都千代田区霞が関1-2-2　電話 00-0000-0000（内線 0000）",
        size=8.5,
        leading=13,
        after=0,
    )
    flow.paragraph(
        "※この便りは公文に付属する見本であり、環境省の公式な発行物ではない。プログラムと事業の名前、費用は架空である。",
        size=8.5,
        leading=13,
    )
    gap = 22
    width = (WIDTH - 110 - gap) / 2
    columns = [Frame(55 + i * (width + gap), width, HEIGHT - 70, 65) for i in range(2)]
    flow.next_page(columns)
    for number, (title, paragraphs) in enumerate(ARTICLES):
        if number:
            flow.next_frame()
        flow.heading(title, 12)
        for text in paragraphs:
            note = text.startswith("⟦")
            flow.paragraph(text, size=8 if note else 9.5, leading=12 if note else 16.5)
    flow.next_page([Frame(55, WIDTH - 110, HEIGHT - 70, 65)])
    _figures(flow)
    _events(flow)
    canvas.save()


def _cover(canvas: Canvas) -> None:
    draw_line(canvas, 60, HEIGHT - 110, "水とまちの便り", GOTHIC, 34)
    draw_line(canvas, 60, HEIGHT - 140, "WATER AND CITIES NEWSLETTER（見本）", GOTHIC, 12)
    draw_line(canvas, 60, HEIGHT - 180, "MARCH 2021", GOTHIC, 16)
    draw_line(canvas, 180, HEIGHT - 180, "VOL. 7", GOTHIC, 16)
    draw_line(canvas, 60, HEIGHT - 205, "環境省　2021年3月31日（水）発行", MINCHO, 11)
    canvas.setLineWidth(2)
    canvas.line(60, HEIGHT - 220, WIDTH - 60, HEIGHT - 220)


def _decorate(canvas: Canvas, page: int) -> None:
    if page == 1:
        return
    draw_line(canvas, 55, HEIGHT - 45, "水とまちの便り VOL. 7", GOTHIC, 8)
    head = "MARCH 2021"
    draw_line(canvas, WIDTH - 55 - measure(head, GOTHIC, 8), HEIGHT - 45, head, GOTHIC, 8)
    draw_line(canvas, WIDTH / 2 - 6, 38, f"- {page} -", MINCHO, 9)


def _figures(flow: Flow) -> None:
    flow.heading("数字で見る2020年度")
    flow.paragraph(
        "　水環境に関わる国の主な事業の予算と、対象になったまちの数をまとめました。2年度の決算額は見込みです。"
    )
    rows: list[Row] = [
        [
            Cell("事業", rows=2, align="centre"),
            Cell("予算額（百万円）", columns=3, align="centre"),
            Cell("対象", columns=2, align="centre"),
        ],
        [
            *(Cell(text, align="centre") for text in ("30年度", "令和元年度\n(31年度)", "2年度")),
            Cell("国・地域", align="centre"),
            Cell("都市", align="centre"),
        ],
    ]
    figures = [
        ("みずべ協力プログラム", "262.5", "241.0", "198.4", "3", "3"),
        ("浄化槽の海外展開", "48.0", "55.5", "61.2", "12", "31"),
        ("海のごみ見守り事業", "－", "120.0", "395.7", "9", "46"),
        ("合計", "310.5", "416.5", "655.3", "24", "80"),
    ]
    rows += [[label, *(Cell(value, align="right") for value in values)] for label, *values in figures]
    flow.y = draw_table(flow.canvas, flow.frame.left, flow.y, [165, 64, 64, 64, 64, 64], rows, size=9) - 10
    flow.paragraph(
        "（注）海のごみ見守り事業は令和元年10月に始まった。3年度の予算は前年度比△12.5％の346.2百万円。",
        size=8.5,
        leading=13,
    )


def _events(flow: Flow) -> None:
    flow.heading("これからの予定")
    rows: list[Row] = [
        ["日程", "行事", "会場"],
        ["2021年4月16日（金）\n13:30〜15:00", "第4回 水とまちの勉強会（VOL. 8の読者会を兼ねる）", "オンライン"],
        ["4月22日(木)~23日(金)", "気候サミット（主催：アメリカ合衆国政府）", "オンライン"],
        ["5月中旬", "「みずべ協力プログラム」終了報告書の公表", "環境省のウェブサイト"],
        ["6月5日（土）から\n7月末まで", "環境の日の写真募集。1人3点まで、入賞30点に図書カード（5,000円）", "－"],
        ["10月11日～24日", "生物多様性条約COP15（第1部）", "中国・昆明市"],
        ["11月1日〜12日", "気候変動枠組条約COP26", "イギリス・グラスゴー市"],
    ]
    flow.y = draw_table(flow.canvas, flow.frame.left, flow.y, [130, 245, 110], rows, size=9) - 10
    flow.paragraph(
        "　次号（VOL. 8）は9月下旬に発行します。読者アンケート（全12問、約5分）は2021年5月10日まで。抽選で50名様に記念品を差し上げます。"
    )
