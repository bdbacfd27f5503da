"""Texts: encodings, line ends, tables by white space, cards, minutes."""

from __future__ import annotations

from pipeline.model import Sidecar
from troubles.trouble import Trouble

_NOTICE = "①道路課は㈱みずほ建設と契約した。\n㍻30年からの事業です。\n"
_PLAIN = "みずほ市の道路は、来年の春に直します。\n"


def _declared(charset: str) -> Sidecar:
    return Sidecar(content_type=f"text/plain; charset={charset}")


_ENCODINGS = (
    Trouble("windows-31j.txt", _NOTICE.encode("cp932"), text=_NOTICE.strip()),
    Trouble(
        "windows-31j-declared-shift-jis.txt",
        _NOTICE.encode("cp932"),
        text=_NOTICE.strip(),
        sidecar=_declared("Shift_JIS"),
    ),
    Trouble("euc-jp.txt", _PLAIN.encode("euc_jp"), text=_PLAIN.strip()),
    Trouble("iso-2022-jp.txt", _PLAIN.encode("iso2022_jp"), text=_PLAIN.strip()),
    Trouble("utf-16-with-mark.txt", ("\ufeff" + _PLAIN).encode("utf-16-le"), text=_PLAIN.strip()),
    Trouble(
        "utf-16-declared-utf-8.txt",
        ("\ufeff" + _PLAIN).encode("utf-16-be"),
        text=_PLAIN.strip(),
        sidecar=_declared("UTF-8"),
        issues=("encoding-declaration-wrong",),
    ),
    Trouble(
        "utf-8-declared-utf-16.txt",
        _PLAIN.encode(),
        text=_PLAIN.strip(),
        sidecar=_declared("UTF-16"),
        issues=("encoding-declaration-wrong",),
    ),
    Trouble(
        "utf-8-declared-shift-jis.txt",
        _PLAIN.encode(),
        text=_PLAIN.strip(),
        sidecar=_declared("Shift_JIS"),
        issues=("encoding-declaration-wrong",),
    ),
    Trouble(
        "half-width-kana.txt",
        "ｺﾐｭﾆﾃｨﾊﾞｽ運行事業\n".encode("cp932"),
        blocks=(("paragraph", "ｺﾐｭﾆﾃｨﾊﾞｽ運行事業"),),
    ),
    Trouble("nul-bytes.txt", "予算\0の\0案".encode(), status="failed", issues=("binary-file",)),
)

_LINE_ENDS = (
    Trouble(
        "carriage-returns-only.txt",
        "令和５年度の予算\r\r　村は道路を直した。\r".encode(),
        order=("令和５年度の予算", "村は道路を直した。"),
        blocks=(("paragraph", "令和５年度の予算"), ("paragraph", "村は道路を直した。")),
    ),
    Trouble(
        "mixed-line-ends.txt",
        "・道路費\r\n・河川費\n・公園費\r・下水道費\u2028・港湾費\x85・住宅費".encode(),
        blocks=tuple(("list_item", f"・{name}費") for name in ("道路", "河川", "公園", "下水道", "港湾", "住宅")),
    ),
    Trouble(
        "line-separator-inside-a-sentence.txt",
        "この計画は、市民の皆さまの声を聞きながら、\u2028三年ごとに見直します。\x85来年も同じです。".encode(),
        blocks=(
            ("paragraph", "この計画は、市民の皆さまの声を聞きながら、\u2028三年ごとに見直します。"),
            ("paragraph", "来年も同じです。"),
        ),
    ),
    Trouble(
        "form-feed-inside-a-sentence.txt",
        "橋の点検は五年に一度、専門の職員が目で見て行い、傷みの大きい橋については、\f次の年度に補修します。\n".encode(),
        blocks=(
            (
                "paragraph",
                "橋の点検は五年に一度、専門の職員が目で見て行い、傷みの大きい橋については、\f次の年度に補修します。",
            ),
        ),
    ),
    Trouble(
        "form-feed-between-pages.txt",
        "橋の点検を終えた。\n\f河川の点検を始める。\n".encode(),
        blocks=(("paragraph", "橋の点検を終えた。"), ("paragraph", "河川の点検を始める。")),
    ),
    Trouble(
        "page-number-inside-a-sentence.txt",
        (
            "　橋の点検は、五年に一度、専門の職員が目で見て行います。傷みの大きい橋については、次の年\n\n- 3 -\n\n"
            "度に補修し、その結果を市の広報でお知らせします。\n　川も同じです。\n"
        ).encode(),
        blocks=(
            (
                "paragraph",
                "橋の点検は、五年に一度、専門の職員が目で見て行います。傷みの大きい橋については、次の年\n\n- 3 -\n\n"
                "度に補修し、その結果を市の広報でお知らせします。",
            ),
            ("paragraph", "川も同じです。"),
        ),
    ),
    Trouble(
        "page-numbers-between-paragraphs.txt",
        "橋の点検を終えた。\n\n－１２－\n\n河川の点検を始める。\n― 13 ―\n\f道路の点検を待つ。\n".encode(),
        blocks=(
            ("paragraph", "橋の点検を終えた。"),
            ("paragraph", "河川の点検を始める。"),
            ("paragraph", "道路の点検を待つ。"),
        ),
        furniture=("－１２－", "― 13 ―"),
    ),
)

_PARAGRAPHS = (
    Trouble(
        "paragraphs-set-in.txt",
        (
            "　みずほ市は、老朽化した水道管を十年かけて取り替える計画を立て、今年の四月から\n工事に入りました。\n"
            "　工事の間は、交通の規制があります。\n"
        ).encode(),
        blocks=(
            (
                "paragraph",
                "みずほ市は、老朽化した水道管を十年かけて取り替える計画を立て、今年の四月から\n工事に入りました。",
            ),
            ("paragraph", "工事の間は、交通の規制があります。"),
        ),
    ),
    Trouble(
        "lists-with-hanging-lines.txt",
        (
            "・市道の舗装について、傷みの大きいものから順に\n　直していくこと\n○橋の点検を五年に一度行い、その結果を\n　公表すること\n"
            "（１）堤防の嵩上げに要する費用の一部を\n　　　負担すること\n①水門の取替え\nア　排水ポンプの増設\nイ　監視装置の設置\n"
        ).encode(),
        blocks=(
            ("list_item", "・市道の舗装について、傷みの大きいものから順に\n　直していくこと"),
            ("list_item", "○橋の点検を五年に一度行い、その結果を\n　公表すること"),
            ("list_item", "（１）堤防の嵩上げに要する費用の一部を\n　　　負担すること"),
            ("list_item", "①水門の取替え"),
            ("list_item", "ア　排水ポンプの増設"),
            ("list_item", "イ　監視装置の設置"),
        ),
    ),
    Trouble(
        "title-letter-spaced.txt",
        "橋　り　ょ　う　点　検　計　画\n\nこの計画は、市が管理する橋の点検の時期と方法を定めるものです。\n".encode(),
        blocks=(
            ("heading", "橋　り　ょ　う　点　検　計　画"),
            ("paragraph", "この計画は、市が管理する橋の点検の時期と方法を定めるものです。"),
        ),
        grids=(),
    ),
    Trouble(
        "minutes-with-speakers.txt",
        (
            "○議長（山田太郎君）　本日の会議を開きます。\n　日程第１を議題とします。\n◯３番（鈴木花子君）　道路について伺います。\n"
            "○市長（佐藤一郎君）　お答えします。\n〔「異議なし」と呼ぶ者あり〕\n"
        ).encode(),
        blocks=(
            ("paragraph", "○議長（山田太郎君）　本日の会議を開きます。"),
            ("paragraph", "日程第１を議題とします。"),
            ("paragraph", "◯３番（鈴木花子君）　道路について伺います。"),
            ("paragraph", "○市長（佐藤一郎君）　お答えします。"),
            ("paragraph", "〔「異議なし」と呼ぶ者あり〕"),
        ),
        grids=(),
    ),
    Trouble(
        "lines-that-cannot-begin.txt",
        (
            "補助の対象は次のとおりです。\n従業員の数が二十人\n以上の事業所\n費用が百万円\nを超える工事\n受付は令和\n５年４月から\n面積が３００\n㎡\n"
        ).encode(),
        blocks=(
            ("paragraph", "補助の対象は次のとおりです。"),
            ("paragraph", "従業員の数が二十人\n以上の事業所"),
            ("paragraph", "費用が百万円\nを超える工事"),
            ("paragraph", "受付は令和\n５年４月から"),
            ("paragraph", "面積が３００\n㎡"),
        ),
    ),
)

_TABLES = (
    Trouble(
        "columns-by-half-width-blanks.txt",
        (
            "区分        前年度      本年度\n道路費       1,200       1,350\n河川費         800         750\n公園費          90         100\n"
        ).encode(),
        grids=(
            (
                ("区分", "前年度", "本年度"),
                ("道路費", "1,200", "1,350"),
                ("河川費", "800", "750"),
                ("公園費", "90", "100"),
            ),
        ),
        headers={"1,350": "本年度", "90": "前年度"},
    ),
    Trouble(
        "columns-by-full-width-blanks.txt",
        (
            "地区名　　　開催日　　　　会場\n東地区　　　５月１０日　　東公民館\n西地区　　　５月１７日　　西小学校\n"
        ).encode(),
        grids=(
            (("地区名", "開催日", "会場"), ("東地区", "５月１０日", "東公民館"), ("西地区", "５月１７日", "西小学校")),
        ),
        headers={"５月１７日": "開催日", "東公民館": "会場"},
    ),
    Trouble(
        "blanks-in-prose.txt",
        (
            "市では、道路の傷みを見つけた方からの知らせを  お待ちしております。\n電話のほか、電子の申請でも受け付けますので、ご利用ください。\n"
        ).encode(),
        grids=(),
    ),
    Trouble(
        "cards-of-key-and-value.txt",
        (
            "日時　　令和６年５月１０日\n場所　　東公民館\n定員　　３０名\n\n日時　　令和６年６月１４日\n場所　　西小学校\n定員　　２０名\n"
        ).encode(),
        grids=(
            (("日時", "令和６年５月１０日"), ("場所", "東公民館"), ("定員", "３０名")),
            (("日時", "令和６年６月１４日"), ("場所", "西小学校"), ("定員", "２０名")),
        ),
    ),
    Trouble(
        "cards-by-one-blank.txt",
        (
            "日時 令和６年５月１０日\n場所 東公民館\n定員 ３０名\n\n日時 令和６年６月１４日\n場所 西小学校\n定員 ２０名\n"
        ).encode(),
        grids=(
            (("日時", "令和６年５月１０日"), ("場所", "東公民館"), ("定員", "３０名")),
            (("日時", "令和６年６月１４日"), ("場所", "西小学校"), ("定員", "２０名")),
        ),
    ),
    Trouble(
        "collapsed-table.txt",
        (
            "年度\n予算額\n（千円）\n事業の内容\n令和３年度\n1,200\n・歩道の整備\n令和４年度\n1,500\n・街灯の設置\n"
        ).encode(),
        grids=(
            (
                ("年度", "予算額\n（千円）", "事業の内容"),
                ("令和３年度", "1,200", "・歩道の整備"),
                ("令和４年度", "1,500", "・街灯の設置"),
            ),
        ),
        headers={"1,500": "予算額 （千円）"},
    ),
    Trouble(
        "collapsed-table-incomplete.txt",
        (
            "年度\n予算額\n（千円）\n決算額\n（千円）\n令和３年度\n1,200\n1,100\n令和４年度\n1,500\n令和５年度\n1,600\n1,400\n"
        ).encode(),
        issues=("collapsed-table-incomplete",),
    ),
    Trouble(
        "collapsed-schedule.txt",
        (
            "行事 日程 会場 内 容\n春の清掃\n4月20日(土) 東公園\n○ごみ拾い\n○花の植替え\n夏の見学会\n7月27日(土)\n9:30〜11:00\n浄水場\n"
            "○水の話\n秋の訓練 10月5日(土) 西小学校\n○放水の体験\n○炊出し\n"
        ).encode(),
        grids=(
            (
                ("行事", "日程", "会場", "内 容"),
                ("春の清掃", "4月20日(土)", "東公園", "○ごみ拾い\n○花の植替え"),
                ("夏の見学会", "7月27日(土)\n9:30〜11:00", "浄水場", "○水の話"),
                ("秋の訓練", "10月5日(土)", "西小学校", "○放水の体験\n○炊出し"),
            ),
        ),
        headers={"7月27日(土)\n9:30〜11:00": "日程", "浄水場": "会場"},
    ),
    Trouble(
        "collapsed-schedule-incomplete.txt",
        (
            "行事 日程 会場 内 容\n春の清掃\n4月20日(土)\n○ごみ拾い\n○花の植替え\n夏の見学会\n7月27日(土) 浄水場\n○水の話\n"
        ).encode(),
        headers={"4月20日(土)": "日程", "浄水場": "会場"},
        issues=("collapsed-table-incomplete",),
    ),
)

_MARKDOWN = (
    Trouble(
        "table.md",
        (
            "## 工事の予定\n\n| 路線 | 延長 | 費用 |\n|:-----|-----:|:----:|\n| 東１号線 | 120m | 3,000千円 |\n| 西２号線 |  | 1,500千円 |\n\n以上です。\n"
        ).encode(),
        blocks=(("heading", "工事の予定"), ("paragraph", "以上です。")),
        grids=((("路線", "延長", "費用"), ("東１号線", "120m", "3,000千円"), ("西２号線", "", "1,500千円")),),
        headers={"120m": "延長", "1,500千円": "費用"},
    ),
    Trouble(
        "table-without-outer-bars.md",
        "項目 | 数\n--- | ---\n橋 | 12\n水門 | 3\n".encode(),
        grids=((("項目", "数"), ("橋", "12"), ("水門", "3")),),
        headers={"12": "数"},
    ),
    Trouble(
        "table-by-bars.txt",
        "|区分|額|\n|---|---|\n|歳入|10億円|\n|歳出|9億円|\n".encode(),
        grids=((("区分", "額"), ("歳入", "10億円"), ("歳出", "9億円")),),
        headers={"9億円": "額"},
    ),
    Trouble(
        "headings-lists-emphasis.md",
        (
            "# 橋の計画\n\n**みずほ市**は、橋を *五年* ごとに点検します。\n\n## 対象\n\n- 市道の橋\n* 農道の橋\n1. 林道の橋\n\n橋の管理\n========\n\n費用\n----\n"
        ).encode(),
        blocks=(
            ("heading", "橋の計画"),
            ("paragraph", "**みずほ市**は、橋を *五年* ごとに点検します。"),
            ("heading", "対象"),
            ("list_item", "- 市道の橋"),
            ("list_item", "* 農道の橋"),
            ("list_item", "1. 林道の橋"),
            ("heading", "橋の管理"),
            ("heading", "費用"),
        ),
    ),
)

TROUBLES = (*_ENCODINGS, *_LINE_ENDS, *_PARAGRAPHS, *_TABLES, *_MARKDOWN)
