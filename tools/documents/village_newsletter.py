"""Takes a path; gives a village's newsletter in vertical writing, with a small horizontal table of its people.

The events and the programme in it are invented.
"""

from __future__ import annotations

from pathlib import Path

from tools.documents.ruled_table import Cell, Row, draw_table, number_cell
from tools.documents.typesetting import GOTHIC, HEIGHT, MINCHO, WIDTH, Frame, draw_line, open_canvas
from tools.documents.vertical import Tiers, register_vertical_font

TITLE = "谷の風だより 第214号（見本）"

STORIES: list[tuple[str, list[str]]] = [
    (
        "百三十二年目の秋に",
        [
            "　明治二十二年八月十八日から二十日にかけての大雨で、本村では山が崩れ、百六十八人が亡くなった。家を失った二千四百八十九人は北海道へ渡り、今の新十津川町をひらいた。"
            "奈良県十津川村と北海道新十津川町は、名前に「新」が付くかどうかの違いだが、今も「母村」と「子の村」として行き来している。",
            "　平成二十三年九月二日〜四日の紀伊半島大水害から、今年で十年になる。去る九月四日（日）、役場前の広場で式を開き、約百二十名が花を手向けた。"
            "奈良県五條市・天川村・野迫川村からも代表が訪れ、和歌山県田辺市長の手紙が読まれた。式の様子は翌五日の村の放送で流した。",
        ],
    ),
    (
        "「谷の木ぐらし計画」始まる",
        [
            "　面積六百七十二・三八平方キロメートルと日本一広い村の九割六分は森だ。村は平成三十一年度（令和元年度）に「谷の木ぐらし計画」をつくり、二年度から木を使う家への補助を行ってきた。"
            "補助は一戸あたり百万円以内で、費用の三分の一。2年度は11戸に八百四十万円、3年度は8月末までに7戸に五百六十万円を出した。",
            "　4年度からは、国連食糧農業機関（ＦＡＯ）が世界農業遺産で示す考え方にならい、焼畑と林業の知恵を子どもに伝える。先生役は奈良県森林技術センター、"
            "国立大学法人奈良女子大学、十津川村森林組合の七人。ＪＩＣＡの研修生も受け入れる。",
            "　計画の期間は令和元年度～令和十年度の十年間、総額は四億二千万円を見込む。本村から出る木は年に約一万立方メートル、令和十年度には一・五倍を超える量にしたい。",
        ],
    ),
    (
        "つり橋を渡る人",
        [
            "　谷瀬のつり橋は、長さ二百九十七メートル、高さ五十四メートル。昭和二十九年に、村の人がおよそ八百万円を出し合って架けた。一度に渡れるのは二十人までである。"
            "訪れる人は平成三十年に約十七万人だったが、令和二年は四割弱減った。村は令和三年十\n月九日から十一月末まで、土曜と日曜に見張りを置く。",
            "　下北山村・上北山村・川上村と組む「奥大和の橋めぐり」は十月二十三日（土）から。参加費は一人五百円、定員は各回三十名程度。令　和　三　年　十　月　十　五　日までに教育委員会事務局生涯学習課へ。",
        ],
    ),
    (
        "新十津川町から便り",
        [
            "　北海道の新十津川町から、開町百三十年の記念式が七月二十日に開かれたとの手紙が届いた。村からは村長ら六人が行く予定だったが、感染症のため昨年六月に続いて見送り、"
            "木の時計三つと、村の小学生四十三人の寄せ書きを贈った。同町の人口は六千六百人余りで、本村の二倍強に当たる。来年八月には中学生十名程度を迎える。",
            "　滝川市・砂川市・雨竜町など近くのまちを含む「空知の旅」は令和四年度に組み直す。旅費の半額、一人あたり四万五千円までを国際協力機構（ＪＩＣＡ）北海道センターと村が補う案もある。"
            "また、国連教育科学文化機関（ＵＮＥＳＣＯ）の世界遺産に、熊野参詣道小辺路が平成十六年七月七日に加わってから十八年目を迎える。",
        ],
    ),
    (
        "診療の灯を守る",
        [
            "　村の医師は三人。医療法人も大きな病院もない谷で、年に延べ九千八百人余を診る。奈良県立医科大学附属病院、南奈良総合医療センターとは、令和二年十二月から画面で結んだ。"
            "ヘリコプターで運ばれた人は元年度二十一人、二年度十七人。国道百六十八号の五條新宮道路が延び、五條市まで約七十分、平成の初めに比べ三割ほど短くなった。",
        ],
    ),
    (
        "お知らせ",
        [
            "◇村議会　九月定例会は二十二日に閉会した。令和二年度の決算の認定など議案第三十一号から第四十四号までの十四件を可決。一般会計の歳出は五十六億八千万円だった。",
            "◇国保診療所　小原診療所の内科は、10月から月曜と木曜の九時〜十二時。十月十三日（水）は休診。電話〇〇－〇〇〇〇－〇〇〇〇。",
            "◇住宅　玉置川の村営住宅を二戸募集。家賃は月一万八千円～二万四千円。締切りは翌月五日。",
            "◇催し　11月3日に十津川村体育文化会館で第四十二回文化祭。新宮市（和歌山県）、尾鷲市（三重県）、北海道新十津川町の物産も並ぶ。台湾・南投県信義郷の踊りは映像で。",
            "◇訂正　八月号で「紀宝町（和歌山県）」としたのは三重県の誤り。また、十津川高校の生徒数は五十一人が正しい。",
        ],
    ),
]

PEOPLE = [("総数", 2975, -9, -102), ("男", 1436, -4, -51), ("女", 1539, -5, -51)]


def write(path: Path) -> None:
    """Writes the newsletter, two pages, to `path`."""
    canvas = open_canvas(path, TITLE, "十津川村")
    register_vertical_font()

    def new_page(page: int) -> list[Frame]:
        canvas.showPage()
        draw_line(canvas, 50, 30, f"{page} ", MINCHO, 9)
        draw_line(canvas, 390, HEIGHT - 38, "谷の風だより　2021年10月1日号", GOTHIC, 8)
        return _tiers(HEIGHT - 62, 2)

    draw_line(canvas, 50, HEIGHT - 78, "谷の風だより（見本）", GOTHIC, 26)
    draw_line(
        canvas, 50, HEIGHT - 100, "令和3年10月1日（金）　第214号　発行：十津川村総務課　配布：10月1日~8日", GOTHIC, 9
    )
    tiers = Tiers(canvas, _tiers(HEIGHT - 122, 3), new_page)
    for title, paragraphs in STORIES:
        tiers.write(title, size=15, leading=30, before=6)
        for paragraph in paragraphs:
            tiers.write(paragraph)
    draw_line(canvas, 50, 296, "人のうごき（令和3年9月1日現在、単位：人）", GOTHIC, 9)
    rows: list[Row] = [
        [
            Cell("区分", rows=2, align="centre"),
            Cell("人口", rows=2, align="centre"),
            Cell("増減", columns=2, align="centre"),
        ],
        [Cell("前月比", align="centre"), Cell("前年同月比", align="centre")],
        *(_people(*row) for row in PEOPLE),
    ]
    bottom = draw_table(canvas, 50, 290, [90, 90, 90, 90], rows)
    draw_line(
        canvas,
        50,
        bottom - 14,
        "世帯数は1,652世帯（前月より3世帯の減）。8月中の転入は4人、転出は10人、出生は1人、死亡は4人。",
        MINCHO,
        8.5,
    )
    draw_line(
        canvas,
        50,
        bottom - 27,
        "※この便りは公文に付属する見本であり、十津川村の広報ではない。計画、催し、数値は架空のものを含む。",
        MINCHO,
        8.5,
    )
    canvas.save()


def _people(name: str, *numbers: int) -> Row:
    return [name, *(number_cell(count) for count in numbers)]


def _tiers(top: float, count: int) -> list[Frame]:
    height, gap = 205.0, 22.0
    return [Frame(50, WIDTH - 100, top - i * (height + gap), top - i * (height + gap) - height) for i in range(count)]
