"""PDFs whose characters need care: letter-spacing, fake bold, radicals, hidden and white text, fonts that are not embedded."""

from __future__ import annotations

from pdf_maker import GOTHIC, HEIGHT, MINCHO, WIDTH, Maker
from reportlab.lib.utils import ImageReader

from troubles.trouble import Trouble


def _spread(*lines: tuple[str, float, float], size: float = 10) -> bytes:
    """Lines of single glyphs: text, step in points, baseline."""
    maker = Maker()
    for text, step, baseline in lines:
        for index, char in enumerate(text):
            maker.text(40 + step * index, baseline, char, size)
    return maker.data()


def _drawn(text: str, size: float = 10) -> bytes:
    maker = Maker()
    maker.text(50, 80, text, size)
    return maker.data()


def _lines(*lines: str) -> bytes:
    maker = Maker()
    maker.lines(50, 80, lines)
    return maker.data()


def _bound_at_the_right() -> bytes:
    """The preference Direction R2L (ISO 32000, 12.2), which files with vertical writing have."""
    maker = Maker()
    maker.canvas.setViewerPreference("Direction", "R2L")
    maker.text(50, 80, "歳入は「村税」（3.48％）が多い！")
    return maker.data()


def _spaced_with_a_number() -> bytes:
    maker = Maker()
    for x, text in ((40, "令"), (70, "和"), (100, "12"), (130, "年"), (160, "度"), (190, "予"), (220, "算")):
        maker.text(x, 80, text)
    return maker.data()


def _names() -> bytes:
    """A blank of a quarter em, and no blank but a gap of half an em."""
    maker = Maker()
    maker.text(50, 80, "見本 ")
    maker.text(72.8, 80, "一子（谷の会の会長）が話した")
    maker.text(50, 120, "見本")
    maker.text(75, 120, "花子（谷の会の書記）が書いた")
    return maker.data()


def _number_and_title() -> bytes:
    maker = Maker()
    maker.text(50, 80, "２")
    maker.text(64, 80, "窓口の時間について")
    return maker.data()


def _fake_bold() -> bytes:
    maker = Maker()
    for offset in (0, 0.25, 0.5):
        maker.text(50 + offset, 80, "大切なお知らせ", 14)
    return maker.data()


def _fake_bold_by_glyph() -> bytes:
    """Each glyph is drawn twice before the next one."""
    maker = Maker()
    for index, char in enumerate("大切なお知らせ"):
        maker.text(50 + 14 * index, 80, char, 14)
        maker.text(50.4 + 14 * index, 80, char, 14)
    return maker.data()


def _not_embedded() -> bytes:
    maker = Maker()
    maker.text(50, 80, "明朝の字", font=MINCHO)
    maker.text(50, 100, "ゴシックの字", font=GOTHIC)
    return maker.data()


def _white() -> bytes:
    """White text on white paper, and white text on a dark bar."""
    maker = Maker()
    maker.text(50, 80, "見える字です")
    maker.canvas.setFillGray(1)
    maker.text(50, 110, "見えない字です")
    maker.canvas.setFillGray(0)
    maker.canvas.rect(40, HEIGHT - 150, 200, 22, stroke=0, fill=1)
    maker.canvas.setFillGray(1)
    maker.text(50, 144, "帯の上の白い字です")
    return maker.data()


def _outside() -> bytes:
    maker = Maker()
    maker.text(50, 80, "紙の上の字です")
    maker.text(WIDTH + 20, 80, "紙の外の字です")
    maker.text(50, -20, "紙の上に外れた字です")
    return maker.data()


def _cropped() -> bytes:
    maker = Maker(crop=(30, 300, 300, 560))
    maker.text(50, 80, "窓の中の字です")
    maker.text(50, 400, "窓の下の字です")
    maker.text(320, 80, "窓の右の字です")
    return maker.data()


def _in_a_form() -> bytes:
    """A form within a form, both with matrices; the text stands where they put it, before the other line."""
    maker = Maker()
    canvas = maker.canvas
    canvas.beginForm("inner")
    canvas.setFont(MINCHO, 5)
    canvas.drawString(0, 0, "型の中の表題")
    canvas.endForm()
    canvas.beginForm("outer")
    canvas.saveState()
    canvas.transform(2, 0, 0, 2, 0, 0)
    canvas.doForm("inner")
    canvas.restoreState()
    canvas.endForm()
    maker.text(50, 120, "型の外の本文")
    canvas.saveState()
    canvas.translate(50, HEIGHT - 80)
    canvas.doForm("outer")
    canvas.restoreState()
    return maker.data()


def _ocr_layer() -> bytes:
    """Invisible text (mode 3) over the image of a page."""
    from PIL import Image

    maker = Maker()
    maker.canvas.drawImage(ImageReader(Image.new("L", (42, 60), 240)), 0, 0, WIDTH, HEIGHT)
    for index, line in enumerate(("村長は今年の春に道を", "直すことを決めました。")):
        maker.text(50, 80 + 16 * index, line, mode=3)
    return maker.data()


def _number_in_runs() -> bytes:
    """One figure in three text objects with a hair's breadth between them."""
    maker = Maker()
    maker.text(50, 80, "構成比は")
    for x, text in ((90, "47"), (101.3, "."), (104.3, "8")):
        maker.text(x, 80, text, font="Helvetica")
    maker.text(110, 80, "％です")
    return maker.data()


def _latin_words() -> bytes:
    maker = Maker()
    for x, text in ((50, "Tani"), (72.5, "Village"), (107, "Forest"), (139, "Plan")):
        maker.text(x, 80, text, font="Helvetica")
    return maker.data()


def _hyphenated() -> bytes:
    maker = Maker()
    for baseline, text in (
        (80, "The village plans to build a new infor-"),
        (94, "mation centre beside the bridge in May."),
    ):
        maker.text(50, baseline, text, font="Helvetica")
    return maker.data()


def _note_mark() -> bytes:
    """A mark almost as large as the text, but raised, in a gap of the line."""
    maker = Maker()
    maker.text(50, 80, "村では木の家を建てています")
    maker.text(180.5, 77, "1", 8.5, "Helvetica")
    maker.text(186, 80, "が、材木は村の山から出したも")
    maker.text(50, 96, "のを使うきまりです。")
    return maker.data()


TROUBLES = (
    Trouble("letter-spaced-title.pdf", _spread(("令和８年度予算", 14, 80)), text="令和８年度予算"),
    Trouble("letter-spaced-by-an-em.pdf", _spread(("令和８年度予算", 20, 80)), text="令和８年度予算"),
    Trouble("letter-spaced-by-two-ems.pdf", _spread(("谷の村の決算", 30, 80)), text="谷の村の決算"),
    Trouble("letter-spaced-with-a-number.pdf", _spaced_with_a_number, text="令和12年度予算"),
    Trouble("ideographic-blanks-in-a-title.pdf", _drawn("予　算　書"), text="予算書"),
    Trouble("ideographic-blank-between-words.pdf", _drawn("歳入予算　歳出予算"), text="歳入予算　歳出予算"),
    Trouble("blanks-around-a-name.pdf", _drawn("谷川 花 さんの木の箱"), text="谷川　花　さんの木の箱"),
    Trouble("gap-within-a-name.pdf", _names, order=("見本　一子（", "見本　花子（")),
    Trouble("number-that-opens-a-line.pdf", _number_and_title, text="２　窓口の時間について"),
    Trouble("fake-bold.pdf", _fake_bold, text="大切なお知らせ"),
    Trouble("fake-bold-by-glyph.pdf", _fake_bold_by_glyph, text="大切なお知らせ"),
    Trouble("radicals.pdf", _drawn("⼀⽉の⽇曜"), text="⼀⽉の⽇曜"),
    Trouble("font-not-embedded.pdf", _not_embedded, order=("明朝の字", "ゴシックの字")),
    Trouble("white-text.pdf", _white, order=("見える字です", "帯の上の白い字です"), absent=("見えない",)),
    Trouble("outside-the-page.pdf", _outside, text="紙の上の字です"),
    Trouble("outside-the-crop-box.pdf", _cropped, text="窓の中の字です"),
    Trouble("text-in-a-form.pdf", _in_a_form, order=("型の中の表題", "型の外の本文")),
    Trouble("ocr-layer.pdf", _ocr_layer, text="村長は今年の春に道を\n直すことを決めました。"),
    Trouble("bound-at-the-right.pdf", _bound_at_the_right, text="歳入は「村税」（3.48％）が多い！"),
    Trouble("number-in-runs.pdf", _number_in_runs, text="構成比は47.8％です"),
    Trouble("latin-words.pdf", _latin_words, text="Tani Village Forest Plan"),
    Trouble(
        "hyphen-at-a-line-end.pdf",
        _hyphenated,
        text="The village plans to build a new infor-\nmation centre beside the bridge in May.",
    ),
    Trouble(
        "lines-join-without-a-blank.pdf",
        _lines("　村の役場は今年の四月から窓口を", "開く時間を一時間だけ延ばすことに", "なりました。"),
        blocks=(("paragraph", "村の役場は今年の四月から窓口を\n開く時間を一時間だけ延ばすことに\nなりました。"),),
    ),
    Trouble(
        "note-mark.pdf",
        _note_mark,
        text="村では木の家を建てています1が、材木は村の山から出したも\nのを使うきまりです。",
    ),
)
