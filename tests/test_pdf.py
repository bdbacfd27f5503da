"""What the PDF parser makes of the smallest files that show one trouble each."""

from __future__ import annotations

import pypdfium2
import pytest
from pdf_maker import GOTHIC, HEIGHT, WIDTH, Maker, parsed

from pipeline.model import Document, TableHint

PROSE = ["　村は令和３年度に森林の整備を進め", "る計画を立て、四月から役場の職員と", "住民が話し合いを重ねてきた。"]


def _blocks(document: Document) -> list[tuple[str, str]]:
    return [(block.kind, document.text[block.start : block.end]) for block in document.blocks if not block.table_id]


def _grid(document: Document, table: int = 0) -> list[list[str]]:
    rows: dict[int, list[str]] = {}
    for cell in document.tables[table].cells:
        rows.setdefault(cell.row, []).append(document.text[cell.start : cell.end])
    return list(rows.values())


def _codes(document: Document) -> list[tuple[str, str]]:
    return [(issue.code, issue.severity) for issue in document.issues]


def test_lines_of_a_paragraph_are_one_block() -> None:
    maker = Maker()
    maker.lines(50, 80, [*PROSE, "　次の段落は短い。"])
    assert _blocks(parsed(maker.data())) == [
        (
            "paragraph",
            "村は令和３年度に森林の整備を進め\nる計画を立て、四月から役場の職員と\n住民が話し合いを重ねてきた。",
        ),
        ("paragraph", "次の段落は短い。"),
    ]


def test_every_character_knows_its_box() -> None:
    maker = Maker()
    maker.text(50, 100, "予算", 20)
    document = parsed(maker.data())
    assert document.glyphs is not None
    assert list(document.glyphs.page) == [1, 1]
    assert document.glyphs.box(1) == pytest.approx((70, 82.4, 90, 102.4), abs=0.1)


def test_a_font_that_is_not_embedded_is_measured_alike_on_every_machine() -> None:
    # pdfium drops a character drawn alone in a font it has no outlines for, and takes heights from the fonts it finds
    maker = Maker()
    for index, char in enumerate("日本ｶﾅ。"):
        maker.text(50 + 20 * index, 100, char, 20)
    document = parsed(maker.data())
    assert document.text == "日本ｶﾅ。"
    assert document.glyphs is not None
    boxes = [document.glyphs.box(index) for index in range(5)]
    assert [(round(x1 - x0), round(bottom - top)) for x0, top, x1, bottom in boxes] == [(20, 20)] * 2 + [
        (10, 20)
    ] * 2 + [(20, 20)]


def test_the_systems_fonts_are_back_after_reading() -> None:
    maker = Maker()
    maker.text(50, 100, "日", 200)
    data = maker.data()
    before = _ink(data)
    parsed(data)
    assert _ink(data) == before


def _ink(data: bytes) -> bytes:
    document = pypdfium2.PdfDocument(data)
    try:
        return bytes(document[0].render().buffer)
    finally:
        document.close()


def test_columns_are_read_one_after_the_other() -> None:
    left = ["左の段は一行目から始まり、紙の", "下まで続いて終わるまで読まれ、", "それから右の段に移る決まりだ。"]
    right = ["右の段は左の段が終わったあとに", "読まれるので、二つの段の文字は", "混ざることがないはずである。"]
    maker = Maker()
    maker.text(50, 60, "二段組みの見出し", 18)
    maker.lines(50, 100, left)
    maker.lines(230, 100, right)
    texts = [text for _, text in _blocks(parsed(maker.data()))]
    assert texts == ["二段組みの見出し", "\n".join(left), "\n".join(right)]


def test_a_row_never_runs_over_the_gutter() -> None:
    # one paragraph of the right column begins with a full-width blank on a baseline of the left column
    left = [
        "左の段は一行目から始まり、紙の下",
        "まで続いて、終わるまで読まれたそ",
        "のあとで、右の段に移る決まりなの",
        "だと、だれもが知っている。",
    ]
    right = [
        "右の段は左の段が終わったあとに読",
        "まれる決まりだ。",
        "　二つの段の文字は混ざることがな",
        "いはずである。",
    ]
    maker = Maker()
    for one, other, baseline in zip(left, right, (100, 116, 132, 148), strict=True):
        maker.text(40, baseline, one)
        maker.text(220, baseline, other)
    document = parsed(maker.data())
    assert document.text.replace("\n", "") == "".join(left + right).replace("　", "")


def test_a_paragraph_goes_on_in_the_next_column() -> None:
    left = ["左の段は一行目から始まり、紙の下", "まで続いて、終わるまで読まれたそ", "のあとで、右の段に移る決まりなの"]
    right = ["だと、だれもが知っている。そして", "右の段を終わりまで読む。", "　次の段落はそのあとだ。"]
    maker = Maker()
    maker.lines(40, 100, left)
    maker.lines(220, 100, right)
    texts = [text for _, text in _blocks(parsed(maker.data()))]
    assert texts == ["\n".join(left + right[:2]), right[2].strip("　")]


BROKEN_EARLY = {
    "a Latin word": ["結果は世界の国と地域からUNEPや", "ICLEIとの会議で伝えられるということだ"],
    "an opening bracket": ["結果を世界の国に伝えるのは三一年度", "（令和元年度）からということであるそう"],
}


@pytest.mark.parametrize("lines", BROKEN_EARLY.values(), ids=BROKEN_EARLY)
def test_what_did_not_fit_into_a_line_does_not_end_the_paragraph(lines: list[str]) -> None:
    maker = Maker()
    maker.lines(40, 100, ["東京の大学と九州の研究所が海を調べた。", *lines])
    assert len(parsed(maker.data()).blocks) == 1


def test_vertical_text_is_read_from_the_right() -> None:
    maker = Maker()
    maker.column(300, 80, "令和３年９月14日に開いた会議では")
    maker.column(280, 80, "来年度の予算を話し合い決めました")
    maker.column(260, 80, "以上です。")
    assert _blocks(parsed(maker.data())) == [
        ("paragraph", "令和３年９月14日に開いた会議では\n来年度の予算を話し合い決めました\n以上です。")
    ]


def test_columns_that_begin_with_punctuation_or_are_short_are_columns() -> None:
    maker = Maker()
    maker.text(50, 50, "村のたより", 20, GOTHIC)
    maker.column(300, 80, "「谷の木ぐらし計画」が始ま")
    maker.column(280, 80, "る")
    maker.column(260, 80, "（令和三年十月から五年をかけ、")
    maker.column(240, 80, "村は木を植え")
    maker.column(220, 80, "た。")
    maker.text(50, 300, "世帯数は1,652世帯である。")
    texts = [text for _, text in _blocks(parsed(maker.data()))]
    assert "".join(texts).replace("\n", "") == (
        "村のたより「谷の木ぐらし計画」が始まる（令和三年十月から五年をかけ、村は木を植えた。世帯数は1,652世帯である。"
    )


def test_letter_spacing_in_a_column_is_closed_up() -> None:
    maker = Maker()
    maker.column(300, 80, "受け付けは村の役場の住民課で行い")
    maker.column(280, 80, "令　和　三　年　十　月から始める")
    assert parsed(maker.data()).text == "受け付けは村の役場の住民課で行い\n令和三年十月から始める"


def test_a_ruled_table_keeps_merged_headers_apart() -> None:
    maker = Maker()
    xs, ys = [50, 130, 210, 290], [100, 120, 140, 160]
    maker.text(230, 92, "（単位：千円）", 8)
    for y in (100, 140, 160):
        maker.rule(50, y, 290, y)
    maker.rule(130, 120, 290, 120)
    for x in (50, 130, 290):
        maker.rule(x, 100, x, 160)
    maker.rule(210, 120, 210, 160)
    maker.text(75, 125, "年度")
    maker.text(200, 113, "予算")
    for x, text in zip(xs, ("30年度", "25,800", "△17,800"), strict=False):
        maker.text(x + 20, 153, text)
    maker.text(xs[1] + 20, 133, "当初")
    maker.text(xs[2] + 20, 133, "補正")
    document = parsed(maker.data())
    table = document.tables[0]
    assert [
        (c.row, c.column, c.row_span, c.column_span, document.text[c.start : c.end], c.header) for c in table.cells
    ] == [
        (0, 0, 2, 1, "年度", ""),
        (0, 1, 1, 2, "予算", ""),
        (1, 1, 1, 1, "当初", ""),
        (1, 2, 1, 1, "補正", ""),
        (2, 0, 1, 1, "30年度", "年度"),
        (2, 1, 1, 1, "25,800", "予算/当初"),
        (2, 2, 1, 1, "△17,800", "予算/補正"),
    ]
    assert table.caption is not None
    assert table.caption.cut(document.text) == "（単位：千円）"
    assert table.cells[-1].box == pytest.approx((210, 140, 290, 160), abs=0.6)
    assert ys[-1] == 160


def test_a_table_goes_on_over_the_page_without_its_header() -> None:
    maker = Maker()
    for rows in ((("区分", "金額"), ("市税", "6,538")), (("県税", "1,204"), ("国税", "2,377"))):
        maker.grid([50, 150, 250], [80, 100, 120])
        for index, row in enumerate(rows):
            maker.text(60, 93 + 20 * index, row[0])
            maker.text(210, 93 + 20 * index, row[1])
        maker.page()
    document = parsed(maker.data())
    assert _grid(document) == [["区分", "金額"], ["市税", "6,538"], ["県税", "1,204"], ["国税", "2,377"]]
    last = document.tables[0].cells[-1]
    assert (last.page, last.header) == (2, "金額")


def test_a_frame_round_a_paragraph_is_no_table() -> None:
    maker = Maker()
    maker.grid([40, 240], [60, 130])
    maker.lines(50, 80, PROSE)
    document = parsed(maker.data())
    assert document.tables == ()
    assert len(document.blocks) == 1


def test_cards_in_round_frames_are_read_one_by_one() -> None:
    maker = Maker()
    cards = [("5.21", "木かげの会", "札幌市", "仙台市"), ("7.2", "雨庭の会", "京都市"), ("7.29", "屋上の会", "川崎市")]
    for index, card in enumerate(cards):
        maker.canvas.roundRect(30 + 120 * index, HEIGHT - 160, 110, 80, 8)
        maker.lines(40 + 120 * index, 100, card)
    assert parsed(maker.data()).text.split("\n") == [line for card in cards for line in card]


def test_what_no_rule_parts_is_read_together() -> None:
    maker = Maker()
    # a frame with a label box in its corner leaves a bent room, in which the lines run on below the label
    maker.grid([40, 380], [60, 200])
    maker.grid([310, 380], [60, 90])
    for index, text in enumerate(
        ("冬の気象災害の代表である大雪は", "しばしば停電をもたらします", "また備えも大切です")
    ):
        maker.column(280 - 20 * index, 65, text, 8)
    document = parsed(maker.data())
    assert (
        document.text.replace("\n", "") == "冬の気象災害の代表である大雪はしばしば停電をもたらしますまた備えも大切です"
    )


def test_figures_line_by_line_in_tall_cells_are_rows() -> None:
    maker = Maker()
    maker.grid([50, 150, 250], [80, 100, 160])
    maker.text(80, 93, "区分")
    maker.text(180, 93, "金額")
    maker.text(225, 111, "千円", 7)
    for index, (name, figure) in enumerate((("市民税", "1,200"), ("固定資産税", "3,400"), ("計", "4,600"))):
        maker.text(60, 125 + 14 * index, name)
        maker.text(210, 125 + 14 * index, figure)
    assert _grid(parsed(maker.data())) == [
        ["区分", "金額"],
        ["", "千円"],
        ["市民税", "1,200"],
        ["固定資産税", "3,400"],
        ["計", "4,600"],
    ]


def test_figures_of_neighbouring_columns_never_fuse() -> None:
    maker = Maker()
    rows = [("区分", "当初", "構成比"), ("市税", "6,538", "47.8"), ("県税", "1,204", "46.1"), ("国税", "2,377", "6.1")]
    for index, row in enumerate(rows):
        for x, text in zip((50, 110, 144), row, strict=True):
            maker.text(x, 100 + 16 * index, text)
    assert _grid(parsed(maker.data())) == [list(row) for row in rows]


def test_letter_spacing_is_closed_up() -> None:
    maker = Maker()
    for index, char in enumerate("お知らせ"):
        maker.text(100 + 40 * index, 100, char, 20)
    assert _blocks(parsed(maker.data()))[0][1] == "お知らせ"


def test_a_gap_between_latin_words_is_a_blank_and_between_kanji_none() -> None:
    maker = Maker()
    maker.text(50, 100, "Public", 10, "Helvetica")
    maker.text(82, 100, "Works", 10, "Helvetica")
    maker.text(50, 130, "公共")
    maker.text(71, 130, "工事")
    assert [text for _, text in _blocks(parsed(maker.data()))] == ["Public Works", "公共工事"]


def test_characters_drawn_twice_are_told_once() -> None:
    maker = Maker()
    for offset in (0, 0.3):
        maker.text(50 + offset, 100, "予算の概要", 14)
    assert parsed(maker.data()).text == "予算の概要"


def test_ruby_is_no_part_of_the_line() -> None:
    maker = Maker()
    maker.text(60, 89, "おといねっぷ", 5)
    maker.text(50, 100, "音威子府村の計画")
    document = parsed(maker.data())
    assert document.text[: document.body_end] == "音威子府村の計画"
    assert _blocks(document)[-1] == ("furniture", "おといねっぷ")


def test_running_heads_and_page_numbers_do_not_cut_a_sentence() -> None:
    pages = [
        ["森林の整備について村は次の方針で", "臨むこととし、来年度の予算に必要"],
        ["な額を計上する予定である。", "　以上。"],
    ]
    maker = Maker()
    for number, lines in enumerate(pages, start=1):
        maker.text(300, 30, "音威子府村森林計画", 8)
        maker.lines(50, 100, lines)
        maker.text(200, 575, f"- {number} -", 8)
        maker.page()
    document = parsed(maker.data())
    assert document.text[: document.body_end].split("\n")[:3] == [*pages[0], pages[1][0]]
    assert document.blocks[0].end == len("\n".join([*pages[0], pages[1][0]]))
    assert [text for kind, text in _blocks(document) if kind == "furniture"] == [
        "音威子府村森林計画",
        "- 1 -",
        "音威子府村森林計画",
        "- 2 -",
    ]
    assert document.glyphs is not None
    assert document.glyphs.page[document.blocks[0].end - 1] == 2


def test_an_entry_beside_its_label_goes_on_below_itself() -> None:
    maker = Maker()
    for baseline, label, entry in (
        (100, "主催", "みどりの都市ネットワー"),
        (112, "", "ク日本"),
        (130, "協力", "札幌市"),
    ):
        maker.text(40, baseline, label, 7, GOTHIC)
        maker.text(100, baseline, entry, 9)
    assert [text for _, text in _blocks(parsed(maker.data()))] == [
        "主催  みどりの都市ネットワー\nク日本",
        "協力  札幌市",
    ]


def test_a_date_broken_by_a_line_end_is_one() -> None:
    lines = ["土曜と日曜の朝にはここに集まる。この先の", "予定は令和３年12", "月１日に村の役場で決めるということになる"]
    maker = Maker()
    maker.lines(40, 100, lines)
    document = parsed(maker.data())
    assert (document.text, len(document.blocks)) == ("\n".join(lines), 1)


def test_what_comes_back_at_the_side_of_the_pages_is_furniture() -> None:
    maker = Maker()
    for number in range(1, 4):
        maker.column(8, 200, "森林の計画", 8)
        maker.lines(60, 100, [f"{number}頁目の本文はここから始まり、", "ここで終わる。"])
        maker.page()
    assert [text for kind, text in _blocks(parsed(maker.data())) if kind == "furniture"] == ["森林の計画"] * 3


def test_kinds_of_blocks() -> None:
    maker = Maker()
    maker.text(50, 60, "第１章　総則", 16, GOTHIC)
    maker.lines(50, 90, PROSE)
    maker.text(50, 150, "・ 一つ目の項目")
    maker.text(50, 170, "（2）　二つ目の項目")
    maker.text(50, 190, "※　端数は切り捨てた。")
    maker.text(50, 210, "図1　人口の推移")
    assert [kind for kind, _ in _blocks(parsed(maker.data()))] == [
        "heading",
        "paragraph",
        "list_item",
        "list_item",
        "note",
        "caption",
    ]


TURNED = {0: (1, 0, 0, 1, 0, 0), 90: (0, 1, -1, 0, HEIGHT, 0), 180: (-1, 0, 0, -1, WIDTH, HEIGHT)}
TURNED[270] = (0, -1, 1, 0, 0, WIDTH)


@pytest.mark.parametrize("turn", sorted(TURNED))
def test_a_turned_page_is_read_as_shown(turn: int) -> None:
    maker = Maker(turn=turn)
    maker.canvas.transform(*TURNED[turn])
    maker.text(50, 100, "横に置いた頁の表題", 12)
    document = parsed(maker.data())
    assert document.text == "横に置いた頁の表題"
    assert document.glyphs is not None
    x0, top, x1, bottom = document.glyphs.box(0)
    assert (x0, x1) == pytest.approx((50, 62), abs=0.5)
    assert top < 95 < bottom < 105


def test_what_lies_outside_the_crop_box_is_not_read() -> None:
    maker = Maker(crop=(40, 40, 300, 560))
    maker.text(50, 100, "見える文字")
    maker.text(320, 100, "切られた文字")
    document = parsed(maker.data())
    assert document.text == "見える文字"
    assert document.glyphs is not None
    assert document.glyphs.box(0)[0] == pytest.approx(10, abs=0.2)


def test_a_hint_tells_the_columns_of_a_table() -> None:
    maker = Maker()
    for index, row in enumerate((("種別", "件数"), ("道路", "12件"), ("河川", "3件"))):
        for x, text in zip((50, 80), row, strict=True):
            maker.text(x, 100 + 16 * index, text)
    hint = TableHint(1, (40, 80, 200, 150), (75,), header_rows=1, unit="件")
    document = parsed(maker.data(), (hint,))
    assert _grid(document) == [["種別", "件数"], ["道路", "12件"], ["河川", "3件"]]
    assert (document.tables[0].unit, document.tables[0].cells[-1].header) == ("件", "件数")


FAILURES = [
    ("nothing", b"", "empty"),
    ("zeros only", b"\x00" * 64, "empty"),
    ("an HTML page", "<!DOCTYPE html><html><body>404 見つかりません</body></html>".encode(), "not-a-pdf"),
    ("a header and no more", b"%PDF-1.4\nnothing follows\n%%EOF", "pdf-broken"),
]


@pytest.mark.parametrize(("name", "data", "code"), FAILURES, ids=[case[0] for case in FAILURES])
def test_what_is_no_pdf_fails_with_one_issue(name: str, data: bytes, code: str) -> None:
    document = parsed(data)
    assert (document.status, document.text, _codes(document)) == ("failed", "", [(code, "error")])


def test_a_password_is_told() -> None:
    maker = Maker(password="himitsu")
    maker.text(50, 100, "秘密")
    document = parsed(maker.data())
    assert (document.status, _codes(document)) == ("failed", [("pdf-password", "error")])


def test_a_file_cut_off_is_read_as_far_as_it_goes() -> None:
    maker = Maker()
    maker.text(50, 100, "残った文字")
    data = maker.data()
    document = parsed(data[: data.rindex(b"xref")])
    assert ("pdf-broken", "error") in _codes(document)
    assert document.status in {"partial", "failed"}
    assert parsed(data[: len(data) // 3]).status == "failed"


def test_a_file_that_lacks_only_its_end_mark_is_whole() -> None:
    maker = Maker()
    maker.text(50, 100, "終わりまである")
    data = maker.data()
    document = parsed(data[: data.rindex(b"%%EOF")])
    assert (document.status, _codes(document)) == ("ok", [("pdf-no-end-mark", "info")])
    assert document.text == "終わりまである"


def test_a_title_over_two_lines_makes_a_section_without_a_blank() -> None:
    maker = Maker()
    maker.lines(50, 60, ["森林を育てて水を守る", "村の計画"], 24, 18)
    maker.lines(50, 130, PROSE)
    assert parsed(maker.data()).blocks[-1].section == "森林を育てて水を守る村の計画"


def test_a_blank_page_is_no_loss_unless_all_are_blank() -> None:
    maker = Maker()
    maker.page()
    assert _codes(parsed(maker.data())) == [("blank-page", "error")]
    maker = Maker()
    maker.page()
    maker.text(50, 100, "次の頁")
    document = parsed(maker.data())
    assert (document.status, document.pages, _codes(document)) == ("ok", 2, [("blank-page", "info")])
    assert document.issues[0].message == "page 1: the page is blank"


def test_a_page_without_character_values_is_left_out() -> None:
    maker = Maker()
    maker.text(50, 100, "読める頁の文字である")
    maker.page()
    maker.text(50, 100, "\ufffd" * 30)
    document = parsed(maker.data())
    assert (document.status, _codes(document)) == ("partial", [("unreadable-text", "error")])
    assert document.text == "読める頁の文字である"


def test_a_poor_ocr_layer_is_told() -> None:
    maker = Maker()
    maker.text(50, 100, "一一一一~|約91％’‘（経費内訳）小計5,200円）一』備考欄", 10, mode=3)
    document = parsed(maker.data())
    assert ("poor-ocr", "warning") in _codes(document) or ("poor-ocr", "error") in _codes(document)
