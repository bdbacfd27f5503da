"""PDFs whose text lies in another order than it is read: columns, vertical lines, boxes, furniture."""

from __future__ import annotations

from collections.abc import Sequence

from pdf_maker import GOTHIC, HEIGHT, WIDTH, Maker

from troubles.trouble import Trouble

_LEFT = ("役場は四月一日から窓口の", "時間を改める。朝は八時に", "開き夕方は六時に閉じる。")
_RIGHT = ("公民館の図書室は五月から", "日曜日にも開く。本は一人", "十冊まで借りられる。")
_THIRD = ("村の診療所は水曜日の午後", "を休みにする。急ぐ人は隣", "町の病院に電話をする。")
_DOWN = ("村の橋は昭和三十二年に木で架けられ", "平成十年に鉄の橋へと改められました", "今年は床の板を張りかえています。")


def _text(lines: Sequence[str]) -> str:
    return "\n".join(lines)


def _two_columns() -> bytes:
    maker = Maker()
    maker.lines(50, 80, _LEFT)
    maker.lines(230, 80, _RIGHT)
    return maker.data()


def _three_columns() -> bytes:
    """Drawn from right to left, so that the order of the content stream is no help."""
    maker = Maker()
    for x, lines in ((270, _THIRD), (145, _RIGHT), (20, _LEFT)):
        for index, line in enumerate(lines):
            maker.text(x, 80 + 14 * index, line, 9)
    return maker.data()


def _columns_in_boxes() -> bytes:
    maker = Maker()
    for x, lines in ((40, _LEFT), (220, _RIGHT)):
        maker.grid((x, x + 150), (60, 130))
        maker.lines(x + 10, 80, lines)
    return maker.data()


def _columns_by_a_rule() -> bytes:
    """A gutter of one em with a rule in it."""
    maker = Maker()
    maker.lines(50, 80, _LEFT)
    maker.lines(182, 80, _RIGHT)
    maker.rule(176, 60, 176, 130)
    return maker.data()


def _heading_across() -> bytes:
    maker = Maker()
    maker.text(50, 50, "村のきまりが四月から変わります", 16, GOTHIC)
    maker.lines(50, 80, _LEFT)
    maker.lines(230, 80, _RIGHT)
    maker.text(50, 160, "診療所からのお知らせ", 16, GOTHIC)
    maker.lines(50, 190, _THIRD)
    return maker.data()


def _indent_beside_the_gutter() -> bytes:
    """The right column begins a paragraph on a baseline of the left one, whose line ends with a full-width bracket."""
    left = [
        "祭りの前に開かれた「谷の夕べ",
        "」では、近くの村の役場と観光",
        "の会の人たちが「谷の木ぐらし」",
        "について話し合い、次の年の秋",
        "にまた集まると決めました。",
    ]
    right = [
        "品評会の結果は次の号で知らせ",
        "ます。写真も載せます。",
        "　秋の会では、村の人が橋の先",
        "行きについて、これからも渡り",
        "続けたいと話しました。",
    ]
    maker = Maker()
    for index, (one, other) in enumerate(zip(left, right, strict=True)):
        maker.text(50, 80 + 16 * index, one)
        maker.text(210, 80 + 16 * index, other)
    return maker.data()


def _caption_and_note() -> bytes:
    maker = Maker()
    maker.lines(50, 80, _LEFT)
    maker.text(50, 300, "図2　窓口に来た人の数", 9)
    maker.text(50, 330, "※　八月は休みの日が多い。", 8)
    return maker.data()


def _side_bar() -> bytes:
    """Vertical words in a strip at the edge of a horizontal page."""
    maker = Maker()
    maker.column(400, 120, "くらしの手引き", 9)
    maker.lines(
        50,
        80,
        [
            "　村では森の手入れを進めるため、山に道をつけ",
            "木を運び出しやすくする。道は三年で二十キロに",
            "なる見込みで、来年の春から工事を始めるという",
            "ことが九月の議会で決まり、山の持ち主とも話し",
            "合いを始めた。",
        ],
    )
    return maker.data()


def _vertical() -> bytes:
    maker = Maker()
    for index, line in enumerate(_DOWN):
        maker.column(300 - 20 * index, 80, line)
    return maker.data()


def _tiers() -> bytes:
    """Two tiers (段) of vertical lines."""
    maker = Maker()
    tiers = (
        ("川の水は朝のうち澄んで見え", "昼には雪どけの水で濁り始め", "夕方には橋の杭をかくします"),
        ("山の道は五月の末に開きます", "車は役場の前に止めてくださ", "い。熊の鈴も忘れないように"),
    )
    for tier, lines in enumerate(tiers):
        for index, line in enumerate(lines):
            maker.column(300 - 20 * index, 80 + 170 * tier, line)
    return maker.data()


def _vertical_above_horizontal() -> bytes:
    maker = Maker()
    for index, line in enumerate(_DOWN):
        maker.column(300 - 20 * index, 60, line)
    maker.lines(50, 320, ["問い合わせは役場の建設係まで。電話は5-0123です。"])
    return maker.data()


def _box_between_vertical_lines() -> bytes:
    """A horizontal box under the title; the article begins between the title and the box and goes on over a table."""
    maker = Maker()
    maker.column(350, 60, "谷の列車に乗ってみませんか", 16)
    maker.lines(240, 330, ["主催：谷の鉄道を考える会", "電話：5-0123"])
    article = [
        "谷の列車は、春と秋に遠くの町",
        "から客を運んでくる。席は十ほ",
        "どしかなく、夏の前に売り切れ",
        "てしまう。そこで村では、村の",
        "人のための列車を一日に一本だ",
        "け走らせることにした。駅で長",
        "く止まるので、弁当を買うこと",
        "もできる。",
    ]
    for index, line in enumerate(article):
        maker.column(210 - 16 * index, 60, line)
    maker.grid((60, 120, 190), (240, 280, 330))
    for x, top, text in ((150, 250, "日"), (90, 250, "人"), (150, 290, "九月"), (90, 290, "三十")):
        maker.column(x, top, text, 10)
    for index, line in enumerate(_DOWN * 6):
        maker.column(360 - 17 * index, 390, line)
    return maker.data()


def _digits_across() -> bytes:
    """縦中横: two digits side by side in a vertical line."""
    maker = Maker()
    for index, line in enumerate(
        ("村の祭りは令和６年11月23日の土曜に", "ひらき、朝の10時から夕方の４時まで", "店が並びます。")
    ):
        maker.column(300 - 20 * index, 80, line)
    return maker.data()


def _ruby_above() -> bytes:
    maker = Maker()
    maker.text(110, 92, "さるふつ", 4.5)
    maker.text(50, 100, "北の村である猿払では帆立がとれる")
    return maker.data()


def _ruby_beside() -> bytes:
    maker = Maker()
    maker.column(300, 80, "北の村である猿払では帆立がとれる")
    maker.column(280, 80, "湖も多く鳥が来るので見にくる人も")
    maker.column(310.5, 140, "さるふつ", 5)
    return maker.data()


_TURNED = {90: (0, 1, -1, 0, HEIGHT, 0), 180: (-1, 0, 0, -1, WIDTH, HEIGHT), 270: (0, -1, 1, 0, 0, WIDTH)}


def _turned(turn: int) -> bytes:
    maker = Maker(turn=turn)
    maker.canvas.transform(*_TURNED[turn])
    maker.lines(50, 80, _LEFT)
    maker.lines(230, 80, _RIGHT)
    return maker.data()


def _sideways(angle: int, beside: bool) -> bytes:
    """Lines set sideways, from the foot of the page to its head (90) or the other way (270)."""
    maker = Maker()
    if beside:
        maker.lines(50, 80, _LEFT)
    maker.canvas.translate(300, 300)
    maker.canvas.rotate(angle)
    maker.canvas.translate(-50, 80 - HEIGHT)
    maker.lines(50, 80, ("谷の村の第５次の計画", "Tani Village plan"))
    return maker.data()


def _heads_and_numbers() -> bytes:
    maker = Maker()
    for number, lines in enumerate((_LEFT, _RIGHT, _THIRD), start=1):
        maker.text(300, 30, "谷の村の総合計画", 8)
        maker.lines(50, 100, lines)
        maker.text(200, 575, f"- {number} -", 8)
        maker.page()
    return maker.data()


def _contents() -> bytes:
    maker = Maker()
    maker.text(50, 50, "目次", 14, GOTHIC)
    for index, (title, page) in enumerate((("１　計画のねらい", 3), ("２　森と川", 12), ("３　道と橋", 27))):
        maker.text(50, 80 + 16 * index, f"{title}　{'…' * (14 - len(title))}{page}")
    maker.page()
    maker.lines(50, 100, _LEFT)
    return maker.data()


def _beside_a_picture() -> bytes:
    """Lines beside a picture end earlier than those below it; the paragraph is one all the same."""
    narrow = ["編集のあとで思うことは、今年", "の雪の少なさだ。写真は役場の", "裏の畑で二月の末に撮ったもの"]
    wide = ["で、例年なら人の背よりも高い雪の山があるところに草が見え", "ている。来年はどうなるだろうか。"]
    maker = Maker()
    maker.lines(50, 80, [*narrow, *wide])
    return maker.data()


def _bold_words() -> bytes:
    """The words that are set in bold begin within one line and end within the next."""
    maker = Maker()
    maker.text(50, 80, "申し込みの期限は")
    maker.text(130, 80, "四月の末日の夕方五時までです", font=GOTHIC)
    maker.text(50, 96, "から、はやめに役場の窓口に出", font=GOTHIC)
    maker.text(190, 96, "してください。")
    return maker.data()


TROUBLES = (
    Trouble("two-columns.pdf", _two_columns, order=(_text(_LEFT), _text(_RIGHT))),
    Trouble("three-columns.pdf", _three_columns, order=(_text(_LEFT), _text(_RIGHT), _text(_THIRD))),
    Trouble("columns-in-boxes.pdf", _columns_in_boxes, order=(_text(_LEFT), _text(_RIGHT)), grids=()),
    Trouble("columns-by-a-rule.pdf", _columns_by_a_rule, order=(_text(_LEFT), _text(_RIGHT)), grids=()),
    Trouble(
        "heading-across-columns.pdf",
        _heading_across,
        blocks=(
            ("heading", "村のきまりが四月から変わります"),
            ("paragraph", _text(_LEFT)),
            ("paragraph", _text(_RIGHT)),
            ("heading", "診療所からのお知らせ"),
            ("paragraph", _text(_THIRD)),
        ),
    ),
    Trouble(
        "indent-beside-the-gutter.pdf",
        _indent_beside_the_gutter,
        blocks=(
            (
                "paragraph",
                "祭りの前に開かれた「谷の夕べ\n」では、近くの村の役場と観光\nの会の人たちが「谷の木ぐらし」\nについて話し合い、次の年の秋\nにまた集まると決めました。",
            ),
            ("paragraph", "品評会の結果は次の号で知らせ\nます。写真も載せます。"),
            ("paragraph", "秋の会では、村の人が橋の先\n行きについて、これからも渡り\n続けたいと話しました。"),
        ),
    ),
    Trouble(
        "caption-and-note.pdf",
        _caption_and_note,
        blocks=(
            ("paragraph", _text(_LEFT)),
            ("caption", "図2　窓口に来た人の数"),
            ("note", "※　八月は休みの日が多い。"),
        ),
    ),
    Trouble(
        "side-bar.pdf",
        _side_bar,
        text="村では森の手入れを進めるため、山に道をつけ\n木を運び出しやすくする。道は三年で二十キロに\nなる見込みで、来年の春から工事を始めるという\nことが九月の議会で決まり、山の持ち主とも話し\n合いを始めた。\nくらしの手引き",
    ),
    Trouble("vertical-page.pdf", _vertical, blocks=(("paragraph", _text(_DOWN)),)),
    Trouble(
        "vertical-tiers.pdf",
        _tiers,
        text="川の水は朝のうち澄んで見え\n昼には雪どけの水で濁り始め\n夕方には橋の杭をかくします\n山の道は五月の末に開きます\n車は役場の前に止めてくださ\nい。熊の鈴も忘れないように",
    ),
    Trouble(
        "vertical-above-horizontal.pdf",
        _vertical_above_horizontal,
        text=_text(_DOWN) + "\n問い合わせは役場の建設係まで。電話は5-0123です。",
    ),
    Trouble(
        "box-between-vertical-lines.pdf",
        _box_between_vertical_lines,
        order=(
            "谷の列車に乗ってみませんか",
            "主催：谷の鉄道を考える会",
            "電話：5-0123",
            "谷の列車は、春と秋に遠くの町",
            "から客を運んでくる。席は十ほ\nどしかなく、夏の前に売り切れ",
            "もできる。",
            "日",
            *_DOWN,
        ),
    ),
    Trouble(
        "digits-across.pdf",
        _digits_across,
        text="村の祭りは令和６年11月23日の土曜に\nひらき、朝の10時から夕方の４時まで\n店が並びます。",
    ),
    Trouble("ruby-above.pdf", _ruby_above, text="北の村である猿払では帆立がとれる", furniture=("さるふつ",)),
    Trouble(
        "ruby-beside.pdf",
        _ruby_beside,
        text="北の村である猿払では帆立がとれる\n湖も多く鳥が来るので見にくる人も",
        furniture=("さるふつ",),
    ),
    *(Trouble(f"turned-{turn}.pdf", _turned(turn), order=(_text(_LEFT), _text(_RIGHT))) for turn in sorted(_TURNED)),
    *(
        Trouble(
            f"sideways-{angle}{'-beside-lines' if beside else ''}.pdf",
            _sideways(angle, beside),
            order=(*((_text(_LEFT),) if beside else ()), "谷の村の第５次の計画\nTani Village plan"),
        )
        for angle in (90, 270)
        for beside in (False, True)
    ),
    Trouble(
        "running-heads-and-page-numbers.pdf",
        _heads_and_numbers,
        text=f"{_text(_LEFT)}\n{_text(_RIGHT)}\n{_text(_THIRD)}",
        furniture=("谷の村の総合計画", "- 1 -", "谷の村の総合計画", "- 2 -", "谷の村の総合計画", "- 3 -"),
    ),
    Trouble(
        "contents-leaders.pdf",
        _contents,
        text=f"目次\n{_text(_LEFT)}",
        furniture=("１　計画のねらい　………………3", "２　森と川　………………………12", "３　道と橋　………………………27"),
    ),
    Trouble(
        "lines-beside-a-picture.pdf",
        _beside_a_picture,
        blocks=(
            (
                "paragraph",
                "編集のあとで思うことは、今年\nの雪の少なさだ。写真は役場の\n裏の畑で二月の末に撮ったもの\nで、例年なら人の背よりも高い雪の山があるところに草が見え\nている。来年はどうなるだろうか。",
            ),
        ),
    ),
    Trouble(
        "bold-words-in-a-paragraph.pdf",
        _bold_words,
        blocks=(
            ("paragraph", "申し込みの期限は四月の末日の夕方五時までです\nから、はやめに役場の窓口に出してください。"),
        ),
    ),
)
