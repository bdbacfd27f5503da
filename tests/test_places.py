"""Places in running text: found, told apart, linked to their codes."""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest

from pipeline.engine.find import find
from pipeline.engine.load import RuleSet, load_rules
from pipeline.model import Block, Document, Issue, Mention
from pipeline.parsers.writer import DocumentWriter, PlacedCell
from pipeline.resolve.context import Context, Statement
from pipeline.resolve.dates import resolve_dates
from pipeline.resolve.municipalities import publisher_code, resolve_municipalities
from pipeline.tables.entities import municipality_rows

ROOT = Path(__file__).parents[1]
PROBES = Path(__file__).parent / "probes" / "places.jsonl"
#: frequent surnames that are no city's name today
SURNAMES = re.findall(
    r"\S+",
    "佐藤 鈴木 高橋 田中 伊藤 渡辺 山本 中村 加藤 吉田 山田 佐々木 井上 木村 林 斎藤 清水 山崎 森 阿部 石川 山下 中島 石井 "
    "小川 前田 岡田 長谷川 藤田 後藤 近藤 遠藤 青木 坂本 斉藤 福田 西村 藤井 岡本 金子 藤原 中川 原田 松田 竹内 中山 和田 "
    "石田 森田 原 柴田 酒井 工藤 横山 宮本 内田 高木 安藤 谷口 丸山 今井 高田 藤本 武田 村田 上野 杉山 増田 平野 大塚 菅原 "
    "久保 小島 野口 菊地 木下 野村 松尾 杉本 大西 北村 渡部 安田 川村 高野 西田 古川 松井 本田 中田 久保田 辻 関口 吉村 矢野 "
    "荒井 川上 永井 大久保 五十嵐 樋口 大島 岩崎 東 星野 片山 早川 服部 水野 荒木 須藤 松岡 望月 秋山 黒田 土屋 八木 馬場 "
    "永田 西川 浅野 河野 宮田 田口 西山 内藤 松村 広瀬 堀 大谷 吉岡 奥村 石原 本間 菅 平田 北川 秋元 迫 鳩山 門川 泉房 黒岩 "
    "湯崎 谷本 平井 尾崎 後藤田 飯泉 河村 鎌田 米田 浜中 藤野 木戸 朝生 宮島 川島 大橋 関根 中西 松永 中井 榎本 三宅 神田 "
    "萩原 南 小池 新井 川本 岸本 片岡 富田 柳沢 本多 横田 堀内 大石 児玉 奥田 安部 河合 中嶋 笠原 岡村 小泉 飯島 植田 塚本 "
    "杉浦 今村 桑原 石橋 堤 荻野 川田 天野 金井 小沢 内山 大森 坂口 青山 阪本 古田 若林 ",
)


@pytest.fixture(scope="module")
def rules() -> RuleSet:
    return load_rules()


def resolved(document: Document, rules: RuleSet, publisher: str = "") -> tuple[list[Mention], list[Issue]]:
    statement = Statement(publisher, publisher_code(publisher, rules.gazetteers))
    return resolve_municipalities(
        Context(document, statement, tuple(find(document, rules)), dict(rules.gazetteers)), []
    )


def places_in(text: str, rules: RuleSet, publisher: str = "") -> list[tuple[str, str]]:
    document = Document(text, (Block(0, "paragraph", 0, len(text)),))
    return [(m.span.cut(text), m.columns["code"]) for m in resolved(document, rules, publisher)[0]]


def lines(texts: Sequence[str]) -> Document:
    """One paragraph a text."""
    writer = DocumentWriter()
    for text in texts:
        writer.block("paragraph", text)
    written = writer.finish()
    return Document(written.text, written.blocks, written.tables, written.body_end)


def test_every_probe_is_read_as_its_writer_would(rules: RuleSet) -> None:
    wrong = []
    for line in PROBES.read_text(encoding="utf-8").splitlines():
        probe = json.loads(line)
        found = places_in(probe["text"], rules, probe.get("publisher", ""))
        if probe["surface"] is None:
            if found:
                wrong.append((probe["text"], found))
        elif (probe["surface"], probe["code"]) not in found:
            wrong.append((probe["text"], probe["surface"], probe["code"], found))
    assert not wrong


def test_every_name_alone_is_its_place_or_an_open_question_with_all_candidates(rules: RuleSet) -> None:
    rows = [row for row in rules.gazetteers["municipalities"].rows if row["level"] != "prefecture"]
    bearers: dict[str, set[str]] = {}
    for row in rows:
        bearers.setdefault(row["name"], set()).add(row["code"])
    for name in sorted(bearers):
        codes = {r["code"] for r in rules.gazetteers["municipalities"].surfaces[name]}
        text = f"「{name}」について"
        mentions, issues = resolved(Document(text, (Block(0, "paragraph", 0, len(text)),)), rules)
        assert [m.span.cut(text) for m in mentions] == [name]
        if len(codes) == 1:
            assert {mentions[0].columns["code"]} == codes
            assert not issues
        else:
            assert mentions[0].columns["code"] == ""
            assert [issue.code for issue in issues] == ["ambiguous-place"]
            assert all(code in issues[0].message for code in codes)


def test_a_prefecture_in_front_tells_every_municipality(rules: RuleSet) -> None:
    rows = [row for row in rules.gazetteers["municipalities"].rows if row["level"] == "municipality"]
    wrong = []
    for start in range(0, len(rows), 100):
        part = rows[start : start + 100]
        text = "。".join(f"会場は{row['prefecture']}{row['district']}{row['name']}です" for row in part)
        found = [code for _, code in places_in(text, rules) if code[2:5] != "000"]
        wrong += [row["name"] for row, code in zip(part, found, strict=True) if row["code"] != code]
    assert not wrong


def test_a_surname_is_no_place(rules: RuleSet) -> None:
    assert len(set(SURNAMES)) >= 200
    text = "".join(f"{name}市長、{name}氏、{name}さん、" for name in SURNAMES)
    assert [surface for surface, _ in places_in(text, rules)] == []


@pytest.mark.parametrize(
    ("text", "publisher", "code"),
    [
        ("港区の倉庫", "名古屋市", "231118"),
        ("港区の倉庫", "東京都", "131032"),
        ("港区の倉庫", "", ""),
        ("府中市の工場", "広島県", "342084"),
        ("府中市の工場", "東京都多摩市", "132063"),
        ("中央区（神戸市）の店", "", "281107"),
    ],
)
def test_the_publisher_or_brackets_tell_places_of_one_name_apart(
    rules: RuleSet, text: str, publisher: str, code: str
) -> None:
    assert places_in(text, rules, publisher)[0][1] == code


def test_a_heading_tells_places_of_one_name_apart(rules: RuleSet) -> None:
    writer = DocumentWriter()
    writer.block("heading", "愛知県の動き", level=1)
    writer.block("paragraph", "美浜町と南知多町が合意した。")
    written = writer.finish()
    document = Document(written.text, written.blocks, written.tables, written.body_end)
    codes = [m.columns["code"] for m in resolved(document, rules)[0]]
    assert codes == ["230006", "234460", "234451"]


def test_the_prefecture_column_of_a_table_tells_its_row(rules: RuleSet) -> None:
    writer = DocumentWriter()
    grid = [["都道府県", "団体"], ["福島県", "伊達市"], ["北海道", "伊達市"], ["東京都", "府中市"]]
    writer.table([PlacedCell(r, c, text) for r, row in enumerate(grid) for c, text in enumerate(row)])
    written = writer.finish()
    document = Document(written.text, written.blocks, written.tables, written.body_end)
    codes = [m.columns["code"] for m in resolved(document, rules)[0]]
    assert codes == ["070009", "072133", "010006", "012335", "130001", "132063"]


def test_a_list_shares_its_prefecture_until_the_next_one(rules: RuleSet) -> None:
    text = "青森県横浜町、岩手県久慈市・二戸市・一戸町、鳥取県日野町及び南部町"
    mentions, _ = resolved(Document(text, (Block(0, "paragraph", 0, len(text)),)), rules)
    assert [m.columns["prefecture"] for m in mentions] == ["青森県"] * 2 + ["岩手県"] * 4 + ["鳥取県"] * 3
    assert mentions[-1].columns["code"] == "313891"
    assert mentions[-1].basis == "inherited"


def test_a_quarter_behind_its_city_is_no_town(rules: RuleSet) -> None:
    assert [surface for surface, _ in places_in("新座市栄町の市道、千葉県栄町の町道", rules)] == [
        "新座市",
        "千葉県",
        "栄町",
    ]


def test_a_ward_behind_a_city_abroad_is_none_of_japan(rules: RuleSet) -> None:
    assert [surface for surface, _ in places_in("ソウル市江南区と新潟市江南区", rules)] == [
        "ソウル市",
        "新潟市",
        "江南区",
    ]


def test_a_town_on_the_line_below_another_is_no_quarter_of_it(rules: RuleSet) -> None:
    document = lines(["横浜市", "葉山町", "二宮町", "川崎市"])
    found = [m.span.cut(document.text) for m in resolved(document, rules)[0]]
    assert found == ["横浜市", "葉山町", "二宮町", "川崎市"]


def test_the_publisher_is_meant_by_its_own_word_only_if_it_is_of_that_kind(rules: RuleSet) -> None:
    assert places_in("本市と本県の役割", rules, "札幌市") == [("本市", "011002")]
    assert places_in("本市と本県の役割", rules, "愛知県") == [("本県", "230006")]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("札幌市", "011002"),
        ("東京都府中市", "132063"),
        ("府中市", ""),
        ("南国市（高知県）", "392049"),
        ("京都市環境政策局", "261009"),
        ("小平市議会", "132110"),
        ("環境省", ""),
        ("公益財団法人東京市町村自治調査会", ""),
        ("北海道", "010006"),
        ("清水市", "222046"),
        ("静岡県由比町", "223832"),
        ("長野県由比町", ""),
        ("東京都公園協会", ""),
    ],
)
def test_a_publisher_that_is_a_local_government_has_its_code(rules: RuleSet, name: str, code: str) -> None:
    assert publisher_code(name, rules.gazetteers) == code


def test_rows_carry_what_their_columns_promise(rules: RuleSet) -> None:
    text = "東京都墨田区とラオス・ビエンチャン特別市"
    mentions, _ = resolved(Document(text, (Block(0, "paragraph", 0, len(text)),)), rules)
    rows = [
        (m.columns["level"], m.columns["prefecture"], m.columns["country"], m.columns["code_current"]) for m in mentions
    ]
    assert rows == [
        ("prefecture", "東京都", "JP", "130001"),
        ("ward", "東京都", "JP", "131075"),
        ("foreign", "", "LA", "geonames:1651944"),
    ]


def test_a_name_broken_by_a_line_or_a_blank_is_one_name(rules: RuleSet) -> None:
    assert places_in("会場は長野\n市と札幌 市です", rules) == [("長野\n市", "202011"), ("札幌 市", "011002")]


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("竜ヶ崎市", "082082"), ("龍が崎市", "082082"), ("塩釜市", "042030"), ("梼原町", "394050"), ("茅が崎市", "142077"),
        ("桧原村", "133078"), ("鎌ヶ谷市", "122246"), ("鳩ケ谷市", "112267"), ("長 野 市", "202011"), ("軽 米 町", "035017"),
    ],
)  # fmt: skip
def test_a_spelling_variant_and_a_spaced_name_are_the_place(rules: RuleSet, written: str, code: str) -> None:
    assert places_in(f"会場は{written}です", rules) == [(written, code)]


def test_documents_of_lines_know_the_city_of_the_line_before(rules: RuleSet) -> None:
    mentions, _ = resolved(lines(["広島市の各区", "南区の取組"]), rules)
    assert [m.columns["code"] for m in mentions] == ["341002", "341037"]


def read(
    text: str, rules: RuleSet, publisher: str = "", published: str = ""
) -> tuple[list[tuple[str, str, str]], list[str]]:
    """Surface, code and code of today of each place, with the messages of issues; dates are read too."""
    document = Document(text, (Block(0, "paragraph", 0, len(text)),))
    statement = Statement(publisher, publisher_code(publisher, rules.gazetteers), published)
    context = Context(document, statement, tuple(find(document, rules)), dict(rules.gazetteers))
    mentions, issues = resolve_municipalities(context, resolve_dates(context)[0])
    return [(m.span.cut(text), m.columns["code"], m.columns["code_current"]) for m in mentions], [
        issue.message for issue in issues
    ]


@pytest.mark.parametrize(
    ("text", "publisher", "published", "expected"),
    [
        ("旧清水市の区域", "", "", ("清水市", "222046", "221007")),
        ("清水市役所の跡地", "", "", ("清水市", "222046", "221007")),
        ("静岡県清水市と由比町", "", "", ("由比町", "223832", "221007")),
        ("庵原郡由比町を編入した", "", "", ("由比町", "223832", "221007")),
        ("南アルプス市と白根町", "", "", ("白根町", "193879", "192082")),
        ("篠山市は2018年に条例を定めた", "", "", ("篠山市", "282219", "282219")),
        ("富谷町は2016年に市制を施行した", "", "", ("富谷町", "044237", "042161")),
        ("上九一色村は分けて編入された", "山梨県", "", ("上九一色村", "193411", "")),
        ("広報によれば、白根町の人口は", "山梨県", "1999-05-01", ("白根町", "193879", "192082")),
        ("佐賀県大和町の歴史", "", "", ("大和町", "413054", "412015")),
        ("大和町の歴史", "", "", ("大和町", "044211", "044211")),
        ("平成15年に那珂川町が", "", "", ("那珂川町", "403059", "402311")),
        ("那珂川町が", "", "", ("那珂川町", "094111", "094111")),
        ("茨城県鹿島郡鹿島町", "", "", ("鹿島町", "084051", "082228")),
        ("奈良県北葛城郡當麻町", "", "", ("當麻町", "294225", "292117")),
        ("静岡市の計画", "", "1999-05-01", ("静岡市", "222011", "221007")),
        ("静岡市の計画", "", "2010-05-01", ("静岡市", "221007", "221007")),
        ("1995年に静岡市で開かれた", "", "2022-03-01", ("静岡市", "222011", "221007")),
        ("1995年から2010年まで静岡市で開かれた", "", "2022-03-01", ("静岡市", "221007", "221007")),
        ("浜松市浜北区", "", "", ("浜北区", "221368", "221392")),
        ("浜松市北区", "", "", ("北区", "221350", "")),
        ("浜松市天竜区", "", "2020-03-01", ("天竜区", "221376", "221406")),
        ("浜松市天竜区", "", "2024-03-01", ("天竜区", "221406", "221406")),
        ("中央区の取組", "浜松市", "2025-01-01", ("中央区", "221384", "221384")),
        ("南区の取組", "浜松市", "2020-01-01", ("南区", "221341", "221384")),
        ("大阪市大淀区", "", "", ("大淀区", "271128", "271276")),
        ("北九州市八幡区", "", "", ("八幡区", "401048", "")),
        ("清水\n市の旧市街", "", "", ("清水\n市", "222046", "221007")),
        ("旧3町（白根町、八田村、若草町）の区域", "山梨県", "", ("若草町", "193895", "192082")),
        ("旧武生市・今立町", "", "", ("今立町", "183814", "182095")),
        ("八日市場市で", "", "", ("八日市場市", "122149", "122351")),
        ("四万十市（旧中村市）", "", "", ("中村市", "392073", "392103")),
        ("昭和55年の大宮市の人口", "", "", ("大宮市", "112054", "111007")),
        ("碇ケ関村と平賀町の合併", "青森県", "", ("碇ケ関村", "023680", "022101")),
    ],
)
def test_a_former_name_has_the_code_it_had_and_that_of_today(
    rules: RuleSet, text: str, publisher: str, published: str, expected: tuple[str, str, str]
) -> None:
    assert expected in read(text, rules, publisher, published)[0]


@pytest.mark.parametrize(
    "text",
    [
        "中町の公民館と本町の商店街", "中村と大村と西村が話した", "清水市長が述べた", "古川市議と前原市民", "泉市長の講演",
        "町田市中町と泉町", "上野市場を移す", "旭町3丁目", "富士山麓の上九一色村", "2003年に中央町で祭りがあった", "豊町会長",
    ],
)  # fmt: skip
def test_a_former_name_without_evidence_is_none(rules: RuleSet, text: str) -> None:
    assert [place for place in read(text, rules, "東京都")[0] if place[0] != "町田市"] == []


def test_a_former_name_of_many_places_is_open_with_all_of_them(rules: RuleSet) -> None:
    found, messages = read("旧大和町の区域", rules)
    assert found == [("大和町", "", "")]
    assert "413054 佐賀県" in messages[0]
    assert "353426 山口県" in messages[0]
    assert "044211" not in messages[0]
    assert read("旧大和町の区域", rules, "佐賀県")[0] == [("大和町", "413054", "412015")]


def test_a_prefecture_in_front_tells_every_former_name(rules: RuleSet) -> None:
    today = {(row["prefecture"], row["name"]) for row in rules.gazetteers["municipalities"].rows}
    rows = [
        row
        for row in rules.gazetteers["former"].rows
        if row["level"] == "municipality" and (row["prefecture"], row["name"]) not in today
    ]
    wrong = []
    for start in range(0, len(rows), 100):
        part = rows[start : start + 100]
        text = "。".join(f"会場は{row['prefecture']}{row['district']}{row['name']}です" for row in part)
        found = [code for _, code in places_in(text, rules) if code[2:5] != "000"]
        wrong += [row["name"] for row, code in zip(part, found, strict=True) if row["code"] != code]
    assert len(rows) == 2208
    assert wrong == []


def test_the_table_of_places_tells_since_when_and_until_when_a_code_was_valid(rules: RuleSet) -> None:
    mentions = [
        {"code": code, "name": "", "prefecture": "静岡県", "country": "JP", "level": "municipality"}
        for code in ("222011", "221007", "222046")
    ]
    rows = municipality_rows(mentions, rules.gazetteers)
    assert [(row["name"], row["valid_from"], row["valid_to"]) for row in rows] == [
        ("静岡市", "2005-04-01", ""),
        ("静岡市", "1889-04-01", "2005-04-01"),
        ("清水市", "", "2003-04-01"),
    ]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("府中市のごみ。gomi@city.fuchu.tokyo.jp", "132063"),
        ("府中市。https://www.city.fuchu.hiroshima.jp/", "342084"),
        ("伊達市。https://www.city.date.fukushima.jp/", "072133"),
        ("伊達市。https://www.pref.hokkaido.lg.jp/", "012335"),
        ("港区。https://www.city.nagoya.lg.jp/", "231118"),
        ("港区。https://www.city.minato.tokyo.jp/", "131032"),
        ("府中市。https://www.city.fuchu.example.jp/", ""),
    ],
)
def test_the_name_of_a_host_tells_places_of_one_name_apart(rules: RuleSet, text: str, code: str) -> None:
    assert places_in(text, rules)[0][1] == code


@pytest.mark.parametrize(
    ("text", "publisher", "message"),
    [
        ("東北3県（岩手県、宮城県、福島県）の取組", "横浜市", "東北3県: 岩手県・宮城県・福島県"),
        ("青森県、秋田県の2県で", "", "2県: 青森県・秋田県"),
        ("県内全18市町で実施", "滋賀県", "県内全18市町: the members cannot be told"),
        ("中部の3市町（愛知県豊田市、岐阜県養老町、三重県津市）", "", "中部の3市町: 豊田市・養老町・津市"),
        ("東北3県の4市町村（青森県横浜町、岩手県久慈市・野田村、福島県郡山市）", "", "東北3県: 青森県・岩手県・福島県"),
        (
            "東北3県の4市町村（青森県横浜町、岩手県久慈市・野田村、福島県郡山市）",
            "",
            "4市町村: 横浜町・久慈市・野田村・郡山市",
        ),
    ],
)
def test_a_group_is_told_with_its_members(rules: RuleSet, text: str, publisher: str, message: str) -> None:
    document = Document(text, (Block(0, "paragraph", 0, len(text)),))
    issues = [issue for issue in resolved(document, rules, publisher)[1] if issue.code == "place-group"]
    assert message in [issue.message for issue in issues]
    assert {issue.severity for issue in issues} == {"info"}
    assert all(message.split(":")[0] in text for message in [issue.message for issue in issues])


@pytest.mark.parametrize(
    ("text", "publisher", "members"),
    [
        ("県内全19市町で実施", "滋賀県", 19),
        ("東京都の62市区町村", "", 62),
        ("都内62市区町村の調査", "東京都", 62),
        ("府内26市町村", "京都府", 26),
    ],
)
def test_a_number_that_is_all_of_a_prefecture_names_all(
    rules: RuleSet, text: str, publisher: str, members: int
) -> None:
    document = Document(text, (Block(0, "paragraph", 0, len(text)),))
    (issue,) = resolved(document, rules, publisher)[1]
    assert len(issue.message.split(": ")[1].split("・")) == members


@pytest.mark.parametrize("text", ["12市町村が参加した", "全国1,741市区町村", "3市場と2区間", "23区内", "全47都道府県"])
def test_a_number_of_places_alone_is_no_group(rules: RuleSet, text: str) -> None:
    document = Document(text, (Block(0, "paragraph", 0, len(text)),))
    assert resolved(document, rules, "横浜市")[1] == []


def ambiguous_names() -> list[str]:
    with (ROOT / "rules" / "gazetteer" / "municipalities.csv").open(encoding="utf-8", newline="") as file:
        names = Counter(row["name"] for row in csv.DictReader(file))
    return sorted(name for name, count in names.items() if count > 1)


@pytest.mark.parametrize("name", ambiguous_names())
def test_each_bearer_of_a_shared_name_is_told_by_prefecture_publisher_or_city(rules: RuleSet, name: str) -> None:
    known = {row["code"]: row for row in rules.gazetteers["municipalities"].rows}
    bearers = [row for row in known.values() if row["name"] == name]
    for row in bearers:
        above = known[row["parent"]]
        place = f"{above['name']}{row['district']}{name}"
        assert (name, row["code"]) in places_in(f"会場は{place}です", rules), place
        same = [r for r in bearers if r["prefecture"] == row["prefecture"]]
        if len(same) == 1:
            assert places_in(f"{name}の取組", rules, row["prefecture"]) == [(name, row["code"])]
        if row["level"] == "ward":
            assert places_in(f"{name}の取組", rules, above["name"])[0] == (name, row["code"])


def test_a_city_abroad_that_no_gazetteer_has_keeps_its_name_and_an_issue(rules: RuleSet) -> None:
    text = "姉妹都市のミナモリア市(フィンランド)を訪ね、クラフト市を見た。"
    mentions, issues = resolved(Document(text, (Block(0, "paragraph", 0, len(text)),)), rules)
    assert [(m.span.cut(text), m.columns["code"], m.columns["country"]) for m in mentions] == [
        ("ミナモリア市", "", "FI")
    ]
    assert [issue.code for issue in issues] == ["unknown-place"]
