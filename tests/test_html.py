"""HTML: what is shown, in which blocks, as which grid, and what is furniture."""

from __future__ import annotations

import hashlib
import time
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.driver.stages import rows_of
from pipeline.engine.load import RuleSet, load_rules
from pipeline.model import Document, Sidecar, Source
from pipeline.parsers.html import MOST_TAGS, parse_html

SHARED = Path(__file__).parents[2] / "shared"


def _source(data: bytes, content_type: str = "") -> Source:
    sidecar = Sidecar(content_type=content_type)
    return Source("a", "a.html", data, "text/html", hashlib.sha256(data).hexdigest(), sidecar)


def _parsed(page: str) -> Document:
    return parse_html(_source(page.encode()))


@cache
def _rules() -> RuleSet:
    return load_rules()


def _rows_of(kind: str, page: str, *columns: str) -> list[tuple[str, ...]]:
    source = _source(page.encode())
    return [tuple(row[c] for c in columns) for row in rows_of(source, parse_html(source), (), _rules()).rows[kind]]


def _blocks(page: str) -> list[tuple[str, str]]:
    document = _parsed(page)
    return [(block.kind, document.text[block.start : block.end]) for block in document.blocks]


def _texts(page: str) -> list[str]:
    return [text for _, text in _blocks(page)]


def _rows(page: str, table: int = 0) -> list[list[str]]:
    document = _parsed(page)
    rows: dict[int, list[str]] = {}
    for cell in document.tables[table].cells:
        mark = "*" if cell.heading else ""
        header = f"<{cell.header}" if cell.header else ""
        rows.setdefault(cell.row, []).append(f"{mark}{document.text[cell.start : cell.end]}{header}")
    return list(rows.values())


def test_blocks_have_kind_level_section_and_element() -> None:
    document = _parsed("<h1>計画</h1><div>序</div><h2>予算</h2><ul><li>道路<li>河川</ul><dl><dt>主催<dd>市</dl>")
    assert [(b.kind, b.level, b.section, b.element) for b in document.blocks] == [
        ("heading", 1, "", "html/body/h1[1]"),
        ("paragraph", 0, "計画", "html/body/div[1]"),
        ("heading", 2, "計画", "html/body/h2[1]"),
        ("list_item", 0, "計画 > 予算", "html/body/ul[1]/li[1]"),
        ("list_item", 0, "計画 > 予算", "html/body/ul[1]/li[2]"),
        ("cell", 0, "計画 > 予算", "html/body/dl[1]/dt[1]"),
        ("cell", 0, "計画 > 予算", "html/body/dl[1]/dd[1]"),
    ]


@pytest.mark.parametrize(
    "hidden",
    [
        "<script>隠す()</script>",
        "<style>隠す</style>",
        "<template><p>隠す</p></template>",
        "<noscript>隠す</noscript>",
        "<!-- 隠す -->",
        "<p hidden>隠す</p>",
        '<p style="color:red; Display : none">隠す</p>',
        '<span style="visibility:hidden">隠す</span>',
        "<select><option>隠す</select>",
        "<textarea>隠す</textarea>",
        "<head><title>隠す</title></head>",
        '<input type="hidden" value="隠す">',
        '<iframe src="https://example.jp/">隠す</iframe>',
    ],
)
def test_what_is_not_shown_is_not_text(hidden: str) -> None:
    assert "隠す" not in _parsed(f"<p>前{hidden}</p><p>後</p>").text


def test_what_only_screen_readers_pass_over_is_text() -> None:
    assert _texts('<p aria-hidden="true">令和3年</p>') == ["令和3年"]


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("<p>令和3年\n   9月</p>", "令和3年9月"),
        ("<p>Local\n  Governments</p>", "Local Governments"),
        ("<p>令和3年 \t 9月</p>", "令和3年 9月"),
        ("<p>令和3年&nbsp;9月</p>", "令和3年 9月"),
        ("<p>令和<b>3</b>年<span>9</span>月</p>", "令和3年9月"),
        ("<p>\u3000本市は\u3000</p>", "本市は"),
        ("<p>札幌\u200b市\u00ad</p>", "札幌市"),
        ("<p>&#x2460;&#12849;</p>", "①㈱"),
    ],
)
def test_white_space_collapses_as_in_a_browser(page: str, text: str) -> None:
    assert _texts(page) == [text]


@pytest.mark.parametrize(
    ("page", "texts"),
    [
        ("<p>主催<br>札幌市</p>", ["主催", "札幌市"]),
        ("<p>本市の予算です。<br>次に進みます。</p>", ["本市の予算です。", "次に進みます。"]),
        ("<p>・道路<br>・河川</p>", ["・道路", "・河川"]),
        ("<p>一<br><br>二</p>", ["一", "二"]),
        (
            "<p>本市では、再生可能エネルギーの導入を進めるため、札幌<br>市と協定を結んだ。</p>",
            ["本市では、再生可能エネルギーの導入を進めるため、札幌\n市と協定を結んだ。"],
        ),
        ("<h1>令和3年度<br>予算</h1>", ["令和3年度\n予算"]),
        ("<pre>主催\n札幌市</pre>", ["主催", "札幌市"]),
    ],
)
def test_a_line_break_parts_items_and_joins_running_text(page: str, texts: list[str]) -> None:
    assert _texts(page) == texts


def test_text_beside_blocks_is_a_block_of_its_own() -> None:
    assert _texts("<div>一<p>二</p>三<div>四</div>五</div>") == ["一", "二", "三", "四", "五"]


def test_marks_tell_items_and_notes() -> None:
    assert [kind for kind, _ in _blocks("<p>・道路</p><p>※一部を除く</p><p>本文</p>")] == [
        "list_item",
        "note",
        "paragraph",
    ]


def test_a_grid_with_spans() -> None:
    page = """<table><tr><th rowspan=2>年度<th colspan=2>予算<tr><th>当初<th>補正
    <tr><th>30年度<td>25.8<td rowspan="2">1.0<tr><th>31年度<td>17.4</table>"""
    assert _rows(page) == [
        ["*年度", "*予算"],
        ["*当初", "*補正"],
        ["*30年度<年度", "25.8<予算/当初", "1.0<予算/補正"],
        ["*31年度<年度", "17.4<予算/当初"],
    ]
    merged = [cell for cell in _parsed(page).tables[0].cells if cell.row_span > 1 or cell.column_span > 1]
    assert [(cell.row, cell.column, cell.row_span, cell.column_span) for cell in merged] == [
        (0, 0, 2, 1),
        (0, 1, 1, 2),
        (2, 2, 2, 1),
    ]


def test_a_grid_without_header_cells_is_guessed() -> None:
    assert _rows("<table><tr><td>年度<td>予算額<tr><td>30年度<td>25.8</table>") == [
        ["*年度", "*予算額"],
        ["*30年度<年度", "25.8<予算額"],
    ]


@pytest.mark.parametrize("span", ["0", "-1", "x", "99999999999", "2.5", ""])
def test_a_span_that_cannot_be_is_mended(span: str) -> None:
    document = _parsed(f"<table><tr><th rowspan='{span}' colspan='{span}'>年度<td>一<tr><td>二<td>三</table>")
    assert {document.text[c.start : c.end] for c in document.tables[0].cells} == {"年度", "一", "二", "三"}
    assert all(cell.row + cell.row_span <= 2 and cell.column_span <= 1000 for cell in document.tables[0].cells)


def test_blocks_in_a_cell_are_one_cell() -> None:
    page = "<table><tr><th>取組<th>年度<tr><td><p>一</p><ul><li>二<li>三</ul><td>30</table>"
    assert _rows(page)[1] == ["一\n二\n三<取組", "30<年度"]
    assert [kind for kind, _ in _blocks(page)] == ["cell"] * 4


@pytest.mark.parametrize(
    "page",
    [
        "<table><tr><td>一<tr><td>二</table>",
        "<table><tr><td>一<td>二</table>",
        "<table role=presentation><tr><td>一<td>二<tr><td>三<td>四</table>",
        "<table><tr><td><h2>一</h2><td>二<tr><td>三<td>四</table>",
        "<table><tr><td>一<td><table><tr><td>二</table><tr><td>三<td>四</table>",
    ],
    ids=["one column", "one row", "role", "heading inside", "table inside"],
)
def test_a_layout_table_is_read_as_blocks(page: str) -> None:
    document = _parsed(page)
    assert document.tables == ()
    assert [document.text[b.start : b.end] for b in document.blocks][:2] == ["一", "二"]


def test_a_data_table_inside_a_layout_table_is_found() -> None:
    page = "<table><tr><td>左<td><table><tr><th>年度<th>額<tr><td>30<td>1.5</table></table>"
    assert _rows(page)[1] == ["30<年度", "1.5<額"]


@pytest.mark.parametrize("above", ["<p>（単位：千円）</p><table>", "<table><caption>（単位：千円）</caption>"])
def test_the_line_with_the_unit_is_the_caption(above: str) -> None:
    document = _parsed(f"{above}<tr><th>年度<th>額<tr><td>30<td>1.5</table>")
    caption = document.tables[0].caption
    assert caption is not None
    assert caption.cut(document.text) == "（単位：千円）"
    assert document.blocks[0].kind == "caption"


def test_a_paragraph_above_is_no_caption() -> None:
    assert _parsed("<p>次の表のとおり</p><table><tr><th>年度<th>額<tr><td>30<td>1.5</table>").tables[0].caption is None


@pytest.mark.parametrize(
    "part",
    [
        "<nav>目次</nav>",
        "<footer>目次</footer>",
        "<header>目次</header>",
        "<aside>目次</aside>",
        "<div role=navigation>目次</div>",
        "<div id=gNavi>目次</div>",
        '<ul class="topic_path"><li>目次</ul>',
        '<div class="side-bar">目次</div>',
        '<p id="tmp_pankuzu">目次</p>',
        "<p><a href='#main'>本文へ移動</a>目次</p>".replace("</a>目次", "</a>").replace(
            "本文へ移動", "本文へ移動します"
        ),
    ],
)
def test_navigation_is_furniture_behind_a_form_feed(part: str) -> None:
    document = _parsed(f"<body>{part}<h1>令和3年度予算の概要について</h1><p>本市の予算は増えました。</p>")
    assert [block.kind for block in document.blocks] == ["heading", "paragraph", "furniture"]
    assert document.text[document.body_end] == "\f"
    assert document.blocks[-1].start == document.body_end + 1


@pytest.mark.parametrize(
    "wrapper", ["<div class=column_lnavi>", "<div id=header_and_body>", "<body class=side-menu>", "<main class=menu>"]
)
def test_what_holds_the_heading_is_no_furniture(wrapper: str) -> None:
    assert [kind for kind, _ in _blocks(f"{wrapper}<h1>予算</h1><p>本文</p>")] == ["heading", "paragraph"]


def test_a_page_that_would_be_furniture_alone_is_content() -> None:
    assert [
        kind for kind, _ in _blocks("<div class=menu><p>本市の予算は、前年度より増えました。</p></div><p>市</p>")
    ] == [
        "paragraph",
        "paragraph",
    ]


def test_ruby_readings_stand_behind_the_text() -> None:
    page = "<p><ruby>葛飾<rp>(</rp><rt>かつしか</rt><rp>)</rp></ruby>区の予算</p>"
    assert _blocks(page) == [("paragraph", "葛飾区の予算"), ("furniture", "かつしか")]


@pytest.mark.parametrize(
    ("page", "captions"),
    [
        ('<p>本文</p><img alt="令和3年度の推移の図">', ["令和3年度の推移の図"]),
        ('<p>令和3年度の推移の図です</p><img alt="令和3年度の推移の図">', []),
        ('<p>本文</p><img alt="図1">', []),
        ('<p>本文</p><img alt="graph2021.png">', []),
        ('<p>本文</p><img alt="新しいウィンドウで開きます">', []),
        ('<p>本文</p><nav><img alt="市の紋章です"></nav>', []),
        ('<p>本文</p><a href="/"><img alt="検索画面へ進む"></a>', []),
    ],
)
def test_an_image_speaks_only_where_nothing_else_does(page: str, captions: list[str]) -> None:
    assert [text for kind, text in _blocks(page) if kind == "caption"] == captions


def test_a_heading_that_is_an_image_is_its_alternative_text() -> None:
    assert _blocks('<h1><a href="/"><img alt="札幌市の予算"></a></h1><p>本文') == [
        ("heading", "札幌市の予算"),
        ("paragraph", "本文"),
    ]


@pytest.mark.parametrize(
    ("page", "title", "publisher", "published"),
    [
        ("<title>予算の概要 - 札幌市</title><h1>予算の概要</h1>", "予算の概要", "", ""),
        ("<title>札幌市</title><h1>予算の概要</h1>", "札幌市", "", ""),
        ("<h1>予算の\n概要</h1>", "予算の概要", "", ""),
        ("<meta property=og:site_name content=広島市公式ウェブサイト><p>文", "", "広島市", ""),
        ("<meta name=author content=札幌市><meta property=og:site_name content=別の名><p>文", "", "札幌市", ""),
        ("<meta name=author content=ようこそ。ここは札幌市です><p>文", "", "", ""),
        ("<p>更新日：2025年11月13日", "", "", "2025-11-13"),
        ("<p>掲載日：令和元年5月7日<p>更新日：2021年1月1日", "", "", "2019-05-07"),
        ("<p>最終更新 ２０２１／４／１", "", "", "2021-04-01"),
        ("<p>更新日：2025年11月13日<p>更新日：2025年11月14日", "", "", ""),
        ("<p>更新日：2025年11月31日", "", "", ""),
        ("<p>更新日：5月7日", "", "", ""),
        ("<meta property=article:published_time content=2024-10-01T09:00:00+09:00><p>文", "", "", "2024-10-01"),
    ],
)
def test_what_a_page_says_of_itself(page: str, title: str, publisher: str, published: str) -> None:
    document = _parsed(page)
    assert (document.title, document.publisher, document.published) == (title, publisher, published)


def test_a_page_that_lies_about_its_encoding_is_read() -> None:
    document = parse_html(_source("<meta charset=Shift_JIS><p>本市の予算は増えました。</p>".encode()))
    assert document.text == "本市の予算は増えました。"
    assert [issue.code for issue in document.issues] == ["encoding-declaration-wrong"]


def test_the_sidecar_tells_the_charset() -> None:
    page = "<meta charset=utf-8><p>①令和3年度の予算</p>".encode("cp932")
    document = parse_html(_source(page, "text/html; charset=Shift_JIS"))
    assert (document.text, document.encoding, document.issues) == ("①令和3年度の予算", "cp932", ())


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "no-text"),
        (b"<html><body><script>draw()</script></body></html>", "no-text"),
        (b"\0\1\2\3" * 500, "binary-file"),
        (b"<b>" * (MOST_TAGS + 1), "too-large"),
    ],
)
def test_a_page_without_text_fails(data: bytes, code: str) -> None:
    document = parse_html(_source(data))
    assert (document.status, [issue.code for issue in document.issues]) == ("failed", [code])


@pytest.mark.parametrize(
    ("page", "dates"),
    [
        (
            "<p><time datetime=2019-05-10T09:00+09:00>5月10日</time>に始める。",
            [("5月10日", "2019-05-10", "inherited", "element:0")],
        ),
        ("<p>工期は<time datetime=2019-09>9月</time>まで。", [("9月", "2019-09", "inherited", "element:3")]),
        (
            "<table><tr><th>名<th>日<tr><td>起工<td><time datetime=2019-05-10>5月10日</time></table>",
            [("5月10日", "2019-05-10", "inherited", "element:7")],
        ),
        # a datetime that is another day is no evidence
        ("<p><time datetime=2019-05-11>5月10日</time>に始める。", [("5月10日", "", "explicit", "")]),
    ],
)
def test_a_time_element_tells_the_year(page: str, dates: list[tuple[str, ...]]) -> None:
    assert _rows_of("dates", page, "surface", "edtf", "basis", "antecedent") == dates


def test_an_amount_in_a_definition_list_has_its_label() -> None:
    page = "<dl><dt>予算額</dt><dd>1,200千円</dd><dt>延長</dt><dd>25.8<sup>1</sup>km</dd></dl>"
    assert _rows_of("amounts", page, "value", "unit", "label") == [("1200000", "JPY", "予算額"), ("25.8", "km", "延長")]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("令和6年9月11日", []),
        ("2024/9/11（水）", []),
        ("9月12日", []),
        ("令和6年9月12日", ["time-element-disagrees"]),
    ],
)
def test_a_time_element_that_contradicts_its_text_is_an_issue(text: str, codes: list[str]) -> None:
    assert [i.code for i in _parsed(f"<p>期限は<time datetime=2024-09-11>{text}</time>まで").issues] == codes


@pytest.mark.parametrize(
    "hostile",
    ["<dl>", "<table><tr><td>", "<table><tr><th>", "<a href=#a>", "<time datetime=2024-01-01>", "<sup>", "<s>", "<div class=nav>",
     "<dl><dt>a<dd>", "<ruby>", "<main>", "<ul><li><a href=x>", "<b><table>", "<!-- ", "<title>", "<td rowspan=65534 colspan=1000>"],
)  # fmt: skip
def test_a_hostile_page_costs_seconds_not_minutes(hostile: str) -> None:
    start = time.process_time()  # a busy machine is no slow parser
    parse_html(_source(f"{hostile}".encode() * 20_000 + "<p>令和3年の予算".encode()))
    assert time.process_time() - start < 10


@pytest.mark.parametrize("tag", ["div", "span", "ul", "table", "blockquote", "b"])
def test_deep_nesting_is_no_harm(tag: str) -> None:
    page = f"<{tag}>" * 3000 + "<p>令和3年</p>" + f"</{tag}>" * 3000 + "<p>後</p>"
    assert _texts(page) == ["令和3年", "後"]


_TAGS = st.sampled_from(
    ["<p>", "</p>", "<div>", "</div>", "<br>", "<table>", "<tr>", "<td>", "<th rowspan=2>", "</table>", "<li>", "<ul>", "</ul>",
     "<h2>", "</h2>", "<nav>", "</nav>", "<ruby>", "<rt>", "</ruby>", "<pre>", "</pre>", "<b>", "</b>", "<img alt='表の説明文'>", "<caption>",
     "&nbsp;", "&#0;", "\n", " ", "令和3年度", "・項目", "\u3000", "<!-- -->", "<body>", "<td colspan=3>", "<thead>", "単位：千円"]
)  # fmt: skip


@given(st.lists(st.one_of(_TAGS, st.text(max_size=5)), max_size=40).map("".join))
def test_blocks_are_sorted_disjoint_and_tight(page: str) -> None:
    document = parse_html(_source(page.encode("utf-8", "replace")))
    text, end = document.text, 0
    for number, block in enumerate(document.blocks):
        assert block.block_id == number
        assert end <= block.start < block.end <= len(text)
        assert text[block.start : block.end] == text[block.start : block.end].strip()
        assert (block.kind == "furniture") == (block.start > document.body_end)
        end = block.end
    for table in document.tables:
        places = [(row, column) for cell in table.cells for row in cell.rows for column in cell.columns]
        assert len(places) == len(set(places))


@pytest.mark.skipif(not (SHARED / "corpus" / "html").is_dir(), reason="the shared corpus is not beside the project")
def test_every_page_of_the_corpus_has_text() -> None:
    pages = sorted((SHARED / "corpus" / "html").glob("*.html"))
    documents = [parse_html(_source(page.read_bytes())) for page in pages]
    assert [page.name for page, document in zip(pages, documents, strict=True) if document.status != "ok"] == []
    assert all(document.body_end > 0 for document in documents)
