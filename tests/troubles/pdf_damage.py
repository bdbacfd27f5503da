"""PDFs that cannot be read, or only in part: each is named exactly, and no wrong text comes out."""

from __future__ import annotations

import io

from pdf_maker import HEIGHT, MINCHO, WIDTH, Maker
from pdf_objects import mapped_font, page, stream, words
from PIL import Image
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from pipeline.model import Sidecar
from troubles.trouble import Trouble

_SENTENCE = "村は橋の工事に四百万円を使い、来年の三月までに終える。"


def _written_as(shown: str, told: str) -> bytes:
    """A page whose font tells other characters than it shows."""
    codes = {ord(char): ord(other) for char, other in zip(shown, told, strict=True)}
    text = b"".join(b"%04x" % ord(char) for char in shown)
    font, *more = mapped_font(codes)
    return page(stream(words(text)), font, more)


def _unmapped() -> bytes:
    return _written_as(_SENTENCE, "\ufffd" * len(_SENTENCE))


def _private() -> bytes:
    return _written_as(_SENTENCE, "".join(chr(0xE000 + index) for index in range(len(_SENTENCE))))


def _one_gaiji() -> bytes:
    return _written_as("村長の吉田が式に出て、橋を渡った。", "村長の\ue123田が式に出て、橋を渡った。")


def _some_unmapped() -> bytes:
    return _written_as(
        "この橋は平成九年に架けた。長さは十八間である。", "この橋は平成\ufffd年に架けた。長さは\ufffd八間である。"
    )


_ROWS = (("年度", "世帯"), ("七年度", "1208"), ("八年度", "3471"))


def _told_otherwise(households: str = "世帯") -> bytes:
    """A table in which one number is replaced by its `ActualText` (ISO 32000, 14.9.4), which only pdfium heeds."""
    content = b"".join(b"50 %d m 350 %d l S\n" % (y, y) for y in (440, 470, 500, 530))
    content += b"".join(b"%d 440 m %d 530 l S\n" % (x, x) for x in (50, 200, 350))
    shown = [cell for row in _ROWS for cell in row]
    for number, cell in enumerate(shown):
        line = words(b"".join(b"%04x" % ord(char) for char in cell), 60 + 150 * (number % 2), 510 - 30 * (number // 2))
        content += b"/Span <</ActualText (3411)>> BDC " + line + b" EMC\n" if cell == "3471" else line
    codes = {ord(char): ord(char) for char in "".join(shown)}
    codes |= {ord(char): ord(other) for char, other in zip("世帯", households, strict=True)}
    font, *more = mapped_font(codes)
    return page(stream(content), font, more)


def _mojibake() -> bytes:
    garbled = "村の予算は四千万円で、橋を直す。".encode().decode("latin-1")
    return _written_as("".join(chr(0x4E00 + index) for index in range(len(garbled))), garbled)


def _shifted_map() -> bytes:
    shown = "村道橋梁河川学校図書館役場議会予算決算歳入歳出税金国庫県費負担補助"
    rare = "亰亳亶从仍仄仆仂仗仞仭仟价伉佚估佛佝佗佇佶侈侏侘佻佩佰侑佯來侖儘俔俟"
    return _written_as(shown, rare[: len(shown)])


def _scanned(maker: Maker, width: float = WIDTH, height: float = HEIGHT) -> None:
    buffer = io.BytesIO()
    Image.new("L", (64, 90), 240).save(buffer, "PNG")
    maker.canvas.drawImage(ImageReader(buffer), 0, 0, width, height)


def _scan() -> bytes:
    maker = Maker()
    _scanned(maker)
    return maker.data()


def _scan_among_pages() -> bytes:
    maker = Maker()
    maker.text(50, 80, "一頁目には字がある。")
    maker.page()
    _scanned(maker)
    maker.page()
    maker.text(50, 80, "三頁目にも字がある。")
    return maker.data()


def _outlined() -> bytes:
    """Letters as filled curves, with a small picture beside them."""
    maker = Maker()
    for row in range(8):
        for column in range(12):
            path = maker.canvas.beginPath()
            x, y = 50 + 16 * column, HEIGHT - 80 - 20 * row
            path.moveTo(x, y)
            path.curveTo(x + 4, y + 12, x + 8, y + 12, x + 12, y)
            path.curveTo(x + 8, y + 4, x + 4, y + 4, x, y)
            maker.canvas.drawPath(path, stroke=0, fill=1)
    maker.canvas.saveState()
    maker.canvas.translate(300, 50)
    _scanned(maker, 60, 80)
    maker.canvas.restoreState()
    return maker.data()


def _poor_ocr() -> bytes:
    maker = Maker()
    _scanned(maker)
    maker.text(50, 80, "エ事費~|一一一一一3,l40,O00』■ｌｌｌｌ》》*備考^", 10, mode=3)
    return maker.data()


def _good_ocr() -> bytes:
    maker = Maker()
    _scanned(maker)
    maker.text(50, 80, "橋の工事費は三百万円である。", 10, mode=3)
    return maker.data()


def _owner_password() -> bytes:
    buffer = io.BytesIO()
    encrypt = StandardEncryption("", "kagi", canCopy=0)
    canvas = Canvas(buffer, pagesize=(WIDTH, HEIGHT), encrypt=encrypt, invariant=1)
    canvas.setFont(MINCHO, 10)
    canvas.drawString(50, 500, "写しを禁じた文書も読める。")
    canvas.save()
    return buffer.getvalue()


def _user_password() -> bytes:
    maker = Maker(password="kagi")
    maker.text(50, 80, "鍵のかかった文書")
    return maker.data()


def _plain() -> bytes:
    maker = Maker()
    maker.text(50, 80, "終わりまで届かなかった文書")
    return maker.data()


def _cut_off() -> bytes:
    data = _plain()
    return data[: data.rindex(b"xref")]


def _cut_in_the_middle() -> bytes:
    data = _plain()
    return data[: len(data) // 3]


def _blank() -> bytes:
    maker = Maker()
    maker.page()
    maker.page()
    return maker.data()


def _blank_between() -> bytes:
    maker = Maker()
    maker.text(50, 80, "表の頁")
    maker.page()
    maker.page()
    maker.text(50, 80, "裏の頁")
    return maker.data()


TROUBLES = (
    Trouble("no-bytes.pdf", b"", text="", issues=("empty",), status="failed"),
    Trouble("zeros.pdf", bytes(4096), text="", issues=("empty",), status="failed"),
    Trouble(
        "page-named-pdf.pdf",
        "<!doctype html><title>404</title><p>頁がありません".encode(),
        text="",
        issues=("not-a-pdf",),
        status="failed",
    ),
    Trouble("office-named-pdf.pdf", b"PK\x03\x04" + bytes(60), text="", issues=("not-a-pdf",), status="failed"),
    Trouble("owner-password.pdf", _owner_password, text="写しを禁じた文書も読める。"),
    Trouble("user-password.pdf", _user_password, text="", issues=("pdf-password",), status="failed"),
    Trouble("end-cut-off.pdf", _cut_off, text="終わりまで届かなかった文書", issues=("pdf-broken",), status="partial"),
    Trouble("cut-in-the-middle.pdf", _cut_in_the_middle, text="", issues=("pdf-broken",), status="failed"),
    Trouble("all-blank.pdf", _blank, text="", issues=("blank-page",), status="failed"),
    Trouble("blank-between.pdf", _blank_between, order=("表の頁", "裏の頁"), issues=("blank-page",)),
    Trouble("no-unicode-values.pdf", _unmapped, text="", issues=("unreadable-text",), status="failed"),
    Trouble("private-use-only.pdf", _private, text="", issues=("private-use-characters",), status="failed"),
    Trouble(
        "one-gaiji.pdf", _one_gaiji, text="村長の\ue123田が式に出て、橋を渡った。", issues=("private-use-characters",)
    ),
    Trouble(
        "some-unmapped.pdf", _some_unmapped, order=("年に架けた。",), absent=("平成九年",), issues=("damaged-text",)
    ),
    Trouble(
        "digits-in-doubt.pdf", lambda: _told_otherwise("3\ue123"), issues=("digits-differ", "private-use-characters")
    ),
    Trouble(
        "digits-asked-for.pdf",
        _told_otherwise,
        grids=((*_ROWS[:2], ("八年度", "3411")),),
        issues=("digits-differ",),
        sidecar=Sidecar(check_digits=True),
    ),
    Trouble("digits-not-asked-for.pdf", _told_otherwise, grids=((*_ROWS[:2], ("八年度", "3411")),)),
    Trouble("mojibake.pdf", _mojibake, text="", issues=("mojibake",), status="failed"),
    Trouble("shifted-map.pdf", _shifted_map, text="", issues=("wrong-character-map",), status="failed"),
    Trouble("scan.pdf", _scan, text="", issues=("no-text-layer",), status="failed"),
    Trouble(
        "scan-among-pages.pdf",
        _scan_among_pages,
        order=("一頁目には字がある。", "三頁目にも字がある。"),
        issues=("no-text-layer",),
        status="partial",
    ),
    Trouble("outlined.pdf", _outlined, text="", issues=("outlined-text",), status="failed"),
    Trouble("scan-with-poor-ocr.pdf", _poor_ocr, text="", issues=("poor-ocr",), status="failed"),
    Trouble("scan-with-good-ocr.pdf", _good_ocr, text="橋の工事費は三百万円である。"),
)
