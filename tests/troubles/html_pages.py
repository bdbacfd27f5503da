"""Pages: what is shown, what is furniture, grids, ruby, encodings."""

from __future__ import annotations

from troubles.trouble import Trouble


def _page(body: str, head: str = "") -> bytes:
    return f"<!doctype html><html lang=ja><head><meta charset=utf-8>{head}</head><body>{body}</body></html>".encode()


TROUBLES = (
    Trouble(
        "hidden-by-attribute.html",
        _page("<p>見える文。</p><p hidden>見えない文。</p>"),
        text="見える文。",
    ),
    Trouble(
        "hidden-by-style-or-kind.html",
        _page(
            "<p>受付は<span style='display : NONE'>四月</span>五月から。<!-- 六月 --></p>"
            "<div style=visibility:hidden>七月</div><template><p>八月</p></template><noscript>九月</noscript>"
            "<script>document.write('十月')</script><style>p::after{content:'十一月'}</style><dialog>十二月</dialog>"
            "<iframe src='https://example.jp/'>一月</iframe><p aria-hidden=true>読み上げないだけの文。</p>"
        ),
        text="受付は五月から。\n読み上げないだけの文。",
    ),
    Trouble(
        "navigation-by-element.html",
        _page(
            "<header><p>みずほ市役所</p></header><nav><a href=/kurashi>くらし</a></nav><main><h1>道路の予算</h1>"
            "<p>市道の改良に三千万円を充てる。</p></main><aside>関連情報</aside><footer>代表 000-000-0000</footer>"
        ),
        text="道路の予算\n市道の改良に三千万円を充てる。",
        furniture=("みずほ市役所", "くらし", "関連情報", "代表 000-000-0000"),
    ),
    Trouble(
        "header-and-footer-of-an-article.html",
        _page(
            "<header><p>みずほ市役所</p></header><article><header><h2>橋の点検</h2><p>令和6年5月10日</p></header><p>橋を点検した。</p>"
            "<footer>担当は道路課</footer></article><footer>無断転載を禁じます</footer>"
        ),
        text="橋の点検\n令和6年5月10日\n橋を点検した。\n担当は道路課",
        furniture=("みずほ市役所", "無断転載を禁じます"),
    ),
    Trouble(
        "menu-above-heading-without-names.html",
        _page(
            "<ul><li><a href=/>トップ</a> &gt;<li><a href=/k>くらし</a> &gt;<li><a href=/d>道路</a> &gt;<li>道路の予算</ul>"
            "<p>令和6年5月10日</p><h1>道路の予算</h1><p>市道の改良に三千万円を充てる。</p>",
            "<title>道路の予算 - みずほ市</title>",
        ),
        blocks=(
            ("paragraph", "令和6年5月10日"),
            ("heading", "道路の予算"),
            ("paragraph", "市道の改良に三千万円を充てる。"),
        ),
        furniture=("トップ >", "くらし >", "道路 >", "道路の予算"),
    ),
    Trouble(
        "outside-of-the-only-main.html",
        _page(
            "<div>お気に入りに登録</div><div><main><h1>道路の予算</h1><p>市道の改良に三千万円を充てる。</p></main>"
            "<div>よく見られる頁</div></div>"
        ),
        text="道路の予算\n市道の改良に三千万円を充てる。",
        furniture=("お気に入りに登録", "よく見られる頁"),
    ),
    Trouble(
        "links-within-the-page.html",
        _page(
            "<h1>川の計画</h1><ul><li><a href=#a>堤防</a><li><a href=#b>水門</a></ul><h2 id=a>堤防</h2><p>嵩上げする。</p>"
            "<h2 id=b>水門</h2><p>取り替える。</p><ul><li><a href=plan.pdf>計画書（PDF）</a></ul>"
        ),
        text="川の計画\n堤防\n嵩上げする。\n水門\n取り替える。\n計画書（PDF）",
        furniture=("堤防", "水門"),
    ),
    Trouble(
        "layout-table-around-a-table.html",
        _page(
            "<table><tr><td><p>左の欄</p><td><table><tr><th>年度<th>戸数<tr><td>令和4年度<td>12<tr><td>令和5年度<td>15"
            "</table></table>"
        ),
        blocks=(("paragraph", "左の欄"),),
        grids=((("年度", "戸数"), ("令和4年度", "12"), ("令和5年度", "15")),),
        headers={"12": "戸数", "令和5年度": "年度"},
    ),
    Trouble(
        "table-in-a-cell.html",
        _page(
            "<table><tr><th>事業<th>内容<tr><th>橋<td>架け替え<table><tr><td>延長<tr><td>幅員</table><tr><th>道<td>舗装</table>"
        ),
        grids=((("事業", "内容"), ("橋", "架け替え\n延長\n幅員"), ("道", "舗装")),),
    ),
    Trouble(
        "list-in-a-cell.html",
        _page(
            "<table><tr><th>区分<th>対象<tr><td>一般<td><ul><li>市民<li>事業者</ul><tr><td>特別<td><ol><li>学校</ol></table>"
        ),
        grids=((("区分", "対象"), ("一般", "市民\n事業者"), ("特別", "学校")),),
        headers={"市民\n事業者": "対象"},
    ),
    Trouble(
        "ruby-apart-from-its-base.html",
        _page("<p><ruby>匝瑳<rp>（</rp><rt>そうさ</rt><rp>）</rp></ruby>の橋を<ruby>架<rt>か</ruby>ける。</p>"),
        text="匝瑳の橋を架ける。",
        furniture=("そうさ か",),
    ),
    Trouble(
        "break-in-name-and-address.html",
        _page(
            "<h1>みずほ市<br>総合計画</h1><table><tr><th>名称<th>所在地<tr><td>ひがし<br>公民館<td>みずほ市東町<br>一丁目2番3号</table>"
            "<p>〒000-0000<br>みずほ市本町4番5号<br>市役所3階</p>"
        ),
        order=("みずほ市\n総合計画", "ひがし\n公民館", "みずほ市東町\n一丁目2番3号"),
        blocks=(
            ("heading", "みずほ市\n総合計画"),
            ("paragraph", "〒000-0000"),
            ("paragraph", "みずほ市本町4番5号"),
            ("paragraph", "市役所3階"),
        ),
    ),
    Trouble(
        "definition-list-of-labels.html",
        _page(
            "<dl><dt>予算額</dt><dd>1,200千円</dd><div><dt>担当</dt><dd>道路課</dd><dd>河川課</dd></div><dt>起工</dt><dt>完成</dt>"
            "<dd>令和6年度</dd></dl>"
        ),
        grids=(
            (
                ("予算額", "1,200千円"),
                ("担当", "道路課"),
                ("担当", "河川課"),
                ("起工", "令和6年度"),
                ("完成", "令和6年度"),
            ),
        ),
    ),
    Trouble(
        "definition-list-of-questions.html",
        _page(
            "<dl><dt>申請は本人が窓口に出向かなければならないのでしょうか。家族でも足りますか。また郵送ではどうですか。"
            "</dt><dd>家族でも足ります。</dd></dl>"
        ),
        grids=(),
        blocks=(
            (
                "list_item",
                "申請は本人が窓口に出向かなければならないのでしょうか。家族でも足りますか。また郵送ではどうですか。",
            ),
            ("list_item", "家族でも足ります。"),
        ),
    ),
    Trouble(
        "details-are-text.html",
        _page("<details><summary>申請の手順</summary><p>窓口に書類を出す。</p></details>"),
        text="申請の手順\n窓口に書類を出す。",
    ),
    Trouble(
        "image-that-carries-text.html",
        _page(
            "<h1><img src=t.png alt='みずほ市の橋'></h1><p>橋を架ける。</p><img src=g.png alt='橋の通行台数は年々増えている'>"
            "<img src=i.png alt='PDFアイコン'><a href=/><img src=b.png alt='表紙へもどる道'></a>"
        ),
        blocks=(
            ("heading", "みずほ市の橋"),
            ("paragraph", "橋を架ける。"),
            ("caption", "橋の通行台数は年々増えている"),
        ),
    ),
    Trouble(
        "time-element-against-its-text.html",
        _page(
            "<p><time datetime=2024-05-10>5月10日</time>に起工し、<time datetime=2024-09-01>令和6年9月11日</time>に終える。</p>"
        ),
        text="5月10日に起工し、令和6年9月11日に終える。",
        issues=("time-element-disagrees",),
    ),
    Trouble(
        "struck-out-text.html",
        _page(
            "<p>工期は<del>五月</del><ins>六月</ins>まで。</p><p style='text-decoration: line-through'>中止した工事</p>"
        ),
        text="工期は六月まで。",
        furniture=("五月", "中止した工事"),
        issues=("struck-out-text",),
    ),
    Trouble(
        "footnote-mark-behind-a-number.html",
        _page("<p>延長は25.8<sup>1</sup>km、面積は1,000m<sup>2</sup>、排出は10<sup>3</sup>トンのCO<sub>2</sub>。</p>"),
        text="延長は25.8km、面積は1,000m²、排出は10³トンのCO2。",
        furniture=("1",),
    ),
    Trouble(
        "caption-below-the-table.html",
        _page(
            "<figure><table><tr><th>費目<th>金額<tr><td>橋りょう費<td>120<tr><td>河川費<td>95</table>"
            "<figcaption>土木費の内訳（単位：千円）</figcaption></figure>"
        ),
        blocks=(("caption", "土木費の内訳（単位：千円）"),),
        grids=((("費目", "金額"), ("橋りょう費", "120"), ("河川費", "95")),),
    ),
    Trouble(
        "headers-by-background.html",
        _page(
            "<table><tr style='background:#dde'><td>令和4年度<td>令和5年度<tr><td>12<td>15<tr><td>20<td>21</table>"
            "<table><tr><td><b>所管</b><td>道路課<tr><td><b>工期</b><td>六月まで</table>"
        ),
        grids=(
            (("令和4年度", "令和5年度"), ("12", "15"), ("20", "21")),
            (("所管", "道路課"), ("工期", "六月まで")),
        ),
        headers={"15": "令和5年度", "20": "令和4年度", "道路課": "", "六月まで": ""},
    ),
    Trouble(
        "record-without-headers.html",
        _page(
            "<table><tr><td>名称<td>ひがし橋<tr><td>延長<td>25.8m<tr><td>管理者<td>道路課<tr><td>架設<td>昭和50年</table>"
        ),
        headers={"ひがし橋": "", "延長": "", "25.8m": ""},
    ),
    Trouble(
        "title-row-above-the-headers.html",
        _page(
            "<table><tr><th colspan=2>橋の点検<tr><td>橋の名<td>判定<tr><td>ひがし橋<td>二<tr><td>にし橋<td>三</table>"
        ),
        headers={"二": "橋の点検/判定", "にし橋": "橋の点検/橋の名"},
    ),
    Trouble(
        "foot-written-before-the-body.html",
        _page(
            "<table><tfoot><tr><td>計<td>215</tfoot><thead><tr><td>費目<td>千円</thead><tr><td>橋りょう費<td>120<tr><td>河川費<td>95"
            "</table>"
        ),
        grids=((("費目", "千円"), ("橋りょう費", "120"), ("河川費", "95"), ("計", "215")),),
        headers={"215": "千円"},
    ),
    Trouble(
        "spans-that-reach-too-far.html",
        _page("<table><tr><th rowspan=0>道<th colspan=2>橋<tr><td rowspan=9>一<td>二<tr><td colspan=1>三</table>"),
        grids=((("道", "橋", "橋"), ("道", "一", "二"), ("道", "一", "三")),),
    ),
    Trouble(
        "form-between-table-and-rows.html",
        _page("<table><form action=x><tr><td>区分<td>箇所<tr><td>市道<td>12<tr><td>農道<td>9</form></table>"),
        grids=((("区分", "箇所"), ("市道", "12"), ("農道", "9")),),
    ),
    Trouble(
        "table-in-preformatted-text.html",
        _page(
            "<pre>橋の<b>数</b>\n\n年度       数   判定\n令和4年度  12   良\n令和5年度  15   可</pre><pre>東の橋\n西の橋</pre>"
        ),
        blocks=(("paragraph", "橋の数"), ("paragraph", "東の橋"), ("paragraph", "西の橋")),
        grids=((("年度", "数", "判定"), ("令和4年度", "12", "良"), ("令和5年度", "15", "可")),),
        headers={"15": "数", "可": "判定"},
    ),
    Trouble(
        "text-behind-the-end.html",
        _page("<p>前の文。</p>") + "<p>後の文。</p>".encode(),
        text="前の文。\n後の文。",
    ),
    Trouble(
        "title-never-closed.html",
        "<meta charset=utf-8><title>橋の計画<body><p>橋を架け替える。</p>".encode(),
        text="橋の計画\n橋を架け替える。",
        issues=("page-broken",),
    ),
    Trouble(
        "frames-are-not-opened.html",
        b"<meta charset=utf-8><frameset cols=20,80><frame src=menu.html><frame src=main.html><noframes>x</noframes></frameset>",
        text="",
        issues=("no-text",),
        status="failed",
    ),
    Trouble(
        "xhtml-with-closed-script.html",
        (
            '<?xml version="1.0" encoding="Shift_JIS"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "x.dtd">'
            '<html xmlns="http://www.w3.org/1999/xhtml"><head><title/><script src="a.js"/></head><body>'
            "<p>橋&nbsp;①の<br/>計画</p></body></html>"
        ).encode("cp932"),
        blocks=(("paragraph", "橋 ①の\n計画"),),
    ),
    Trouble(
        "law-in-xml.html",
        (
            '<?xml version="1.0" encoding="UTF-8"?><Law><LawTitle>橋の管理に関する規程</LawTitle><Article Num="1">'
            "<ArticleTitle>第一条</ArticleTitle><Sentence><Ruby>橋<Rt>はし</Rt></Ruby>を守る。</Sentence></Article></Law>"
        ).encode(),
        text="橋の管理に関する規程\n第一条\n橋を守る。",
        furniture=("はし",),
    ),
    Trouble(
        "entities-and-what-shows-nothing.html",
        _page("<p>み&#x305A;&#12411;&shy;市&#8203;の&nbsp;&nbsp;橋&lt;東&gt;&amp;&hearts;</p>"),
        text="みずほ市の 橋<東>&♥",
    ),
    Trouble(
        "mark-against-declaration.html",
        "<meta charset=shift_jis><p>①の橋とﾄﾝﾈﾙを直す。</p>".encode("utf-8-sig"),
        text="①の橋とﾄﾝﾈﾙを直す。",
        issues=("encoding-declaration-wrong",),
    ),
    Trouble(
        "two-declarations.html",
        (
            "<meta charset=euc-jp><meta http-equiv=content-type content='text/html; charset=shift_jis'>"
            "<p>①の橋は㈱東の国が平成の世に架けた。</p>"
        ).encode("cp932"),
        text="①の橋は㈱東の国が平成の世に架けた。",
        issues=("encoding-declaration-wrong",),
    ),
    Trouble(
        "escapes-without-declaration.html",
        "<p>平成の世に橋を架けた。</p>".encode("iso2022_jp"),
        text="平成の世に橋を架けた。",
    ),
    Trouble(
        "euc-with-half-width-kana.html",
        "<meta charset=euc-jp><p>橋とﾄﾝﾈﾙを直した。</p>".encode("euc_jp"),
        text="橋とﾄﾝﾈﾙを直した。",
    ),
)
