"""Whose a body is that is named without its owner, and where its name begins and ends."""

from __future__ import annotations

import re

import pytest

from pipeline.engine.load import RuleSet, load_rules
from pipeline.model import Block, Document, Sidecar, Source
from pipeline.parsers.html import parse_html
from pipeline.tables.entities import organisation_rows
from tests.test_bodies import bodies_in, lines, resolved


@pytest.fixture(scope="module")
def rules() -> RuleSet:
    return load_rules()


@pytest.mark.parametrize(
    ("name", "publisher", "body"),
    [
        ("県環境部", "南国市", "lg-390003/環境部"),
        ("市教育委員会", "延岡市", "lg-452033/教育委員会"),
        ("町建設課", "大樹町", "lg-016411/建設課"),
        ("都福祉局", "墨田区", "lg-130001/福祉局"),
        ("県計量協会", "厚木市", "n-神奈川県計量協会"),
        ("県民生活課", "厚木市", "lg-142123/県民生活課"),
        ("市立函館高等学校", "函館市", "lg-012025/函館高等学校"),
        ("県立若葉高等学校", "厚木市", "lg-140007/若葉高等学校"),
    ],
)
def test_the_kind_of_government_before_a_body_tells_whose_it_is(
    rules: RuleSet, name: str, publisher: str, body: str
) -> None:
    assert bodies_in(f"また、{name}に照会する。", rules, publisher) == [(name, body)]


def test_a_kind_that_is_not_the_publishers_means_the_one_named_last(rules: RuleSet) -> None:
    text = "函館市の発表では、市環境部が調べた。"
    assert bodies_in(text, rules, "北海道") == [("市環境部", "lg-012025/環境部")]
    assert bodies_in("市環境部が調べた。", rules, "北海道") == [("市環境部", "n-市環境部")]


@pytest.mark.parametrize("name", ["社会福祉協議会", "地域公共交通会議", "スポーツ協会"])
def test_a_body_that_every_town_has_is_one_with_and_without_the_towns_name(rules: RuleSet, name: str) -> None:
    alone = bodies_in(f"また、{name}が開く。", rules, "南国市")
    assert alone == [(name, f"n-南国市{name}")]
    assert bodies_in(f"南国市{name}が開く。", rules, "高知県")[0][1] == alone[0][1]
    assert bodies_in(f"また、全国{name}が開く。", rules, "南国市") != [(f"全国{name}", f"n-南国市全国{name}")]


def test_an_office_of_the_state_is_not_the_prefectures_whose_name_it_begins_with(rules: RuleSet) -> None:
    found = bodies_in("北海道運輸局若葉運輸支局長、北海道後志総合振興局長", rules)
    assert [body.split("/")[0] for _, body in found] == ["jp-2000012100001", "lg-010006"]


def test_a_division_beside_a_council_is_not_part_of_it(rules: RuleSet) -> None:
    found = bodies_in("若葉市防災審議会　危機管理課　条例", rules, "函館市")
    assert [surface for surface, _ in found] == ["若葉市防災審議会", "危機管理課"]


def test_a_hospital_on_the_line_below_the_body_that_runs_it_is_one_mention(rules: RuleSet) -> None:
    document = lines(["医療法人峠会", "若葉クリニック", "南国市医師会", "中央若葉病院"])
    surfaces = [m.span.cut(document.text) for m in resolved(document, rules)]
    assert surfaces == ["医療法人峠会\n若葉クリニック", "南国市医師会", "中央若葉病院"]


def test_the_surname_of_a_divisions_head_is_not_part_of_its_name(rules: RuleSet) -> None:
    assert [s for s, _ in bodies_in("河北財政課長、島田市民活動推進課長", rules, "函館市")] == [
        "財政課",
        "市民活動推進課",
    ]


def test_an_organ_of_a_body_that_no_gazetteer_knows_belongs_to_it(rules: RuleSet) -> None:
    found = bodies_in("若葉商工会議所青年部と青葉組株式会社 峠南工場", rules, "函館市")
    assert found == [
        ("若葉商工会議所青年部", "n-若葉商工会議所/青年部"),
        ("青葉組株式会社 峠南工場", "n-青葉組/峠南工場"),
    ]


def test_a_branch_belongs_to_the_body_that_the_document_names(rules: RuleSet) -> None:
    found = bodies_in("若葉信用金庫と結ぶ。若葉信用金庫峠支店が担う。", rules)
    assert [body for _, body in found] == ["n-若葉信用金庫", "n-若葉信用金庫/峠支店"]


def test_a_part_of_the_country_belongs_to_the_name_of_a_state_office(rules: RuleSet) -> None:
    found = bodies_in("委員 関東経済産業局総務企画部長", rules, "群馬県")
    assert found == [("関東経済産業局総務企画部", "jp-4000012090001/関東経済産業局/総務企画部")]


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("峠里山協会（以下、協会という。）は、協会の規約による。", "協会"),
        ("峠川流域連携協議会（略称：峠川協議会）が開く。峠川協議会は", "峠川協議会"),
    ],
)
def test_a_short_name_given_in_brackets_is_the_body_before_them(rules: RuleSet, text: str, short: str) -> None:
    found = bodies_in(text, rules)
    assert [surface for surface, _ in found] == [text[: text.index("（")], short, short]
    assert len({body for _, body in found}) == 1


@pytest.mark.parametrize(
    ("text", "others"),
    [
        (
            "峠気候都市連合（Touge Climate Cities Union: TCCU）に入る。TCCUは",
            ["Touge Climate Cities Union", "TCCU", "TCCU"],
        ),
        ("里山財団 (Satoyama Foundation for Nature)の助成", ["Satoyama Foundation for Nature"]),
        ("峠湿地学会（Wetland Society）の会員", ["Wetland Society"]),
        ("峠湿地学会（Web Meeting）の会員", []),
        ("国際連合人間居住計画（ハビタット）の職員", ["ハビタット"]),
        ("国際連合人間居住計画（オンライン）の職員", []),
    ],
)
def test_a_name_in_english_or_the_end_of_another_name_in_brackets_is_the_body_before_them(
    rules: RuleSet, text: str, others: list[str]
) -> None:
    found = bodies_in(text, rules)
    name = re.split(" ?[（(]", text)[0]
    assert [surface for surface, _ in found] == [name, *others]
    assert len({body for _, body in found}) == 1


@pytest.mark.parametrize(
    ("text", "branch", "owner"),
    [
        ("国際里山研究機構（KSK）九州センターが後援", "九州センター", "n-国際里山研究機構"),
        ("国際里山研究機構（サトヤマ）福岡本部、", "福岡本部", "n-国際里山研究機構"),
    ],
)
def test_an_office_behind_an_abbreviation_belongs_to_the_body_before_the_brackets(
    rules: RuleSet, text: str, branch: str, owner: str
) -> None:
    assert (branch, f"{owner}/{branch}") in bodies_in(text, rules)


@pytest.mark.parametrize(
    ("text", "span", "unit"),
    [
        ("高知市役所 市民部 環境課が受け付ける", "高知市役所 市民部 環境課", "lg-392014/市民部/環境課"),
        ("高知市役所\u3000環境課", "高知市役所\u3000環境課", "lg-392014/環境課"),
        ("南国市篠原1-2-33環境課まで", "環境課", "lg-392014/環境課"),
        ("（環境省）三谷水・大気環境局長が", "水・大気環境局", "jp-1000012110001/水・大気環境局"),
        ("（財務省）広島国税局長が", "広島国税局", "jp-7000012050002/広島国税局"),
        ("日本国環境省と署名", "日本国環境省", "jp-1000012110001"),
        ("・高知市教育委員会\u3000後援", "高知市教育委員会", "lg-392014/教育委員会"),
        ("四峰建設㈱高知支店", "四峰建設㈱高知支店", "n-四峰建設/高知支店"),
        ("NPO法人「こうち里山ネット」と", "NPO法人「こうち里山ネット」", "n-こうち里山ネット"),
        ("定住対策・暮らし支援課が窓口", "定住対策・暮らし支援課", "lg-392014/定住対策・暮らし支援課"),
        ("高知電機㈱中央研究所の所長", "高知電機㈱中央研究所", "n-高知電機/中央研究所"),
        (
            "高知市上下水道部お客さまサービス課",
            "高知市上下水道部お客さまサービス課",
            "lg-392014/上下水道部/お客さまサービス課",
        ),
        ("・(株)高知産業センター", "(株)高知産業センター", "n-高知産業センター"),
        ("・-高知商工会議所", "高知商工会議所", "n-高知商工会議所"),
        ("（公財）里山保全協会助成30万円", "（公財）里山保全協会", "n-里山保全協会"),
        (
            "国立研究開発法人里山研究機構水産研究所統括主幹",
            "国立研究開発法人里山研究機構水産研究所",
            "n-里山研究機構水産研究所",
        ),
    ],
)
def test_a_body_ends_and_begins_where_its_name_does(rules: RuleSet, text: str, span: str, unit: str) -> None:
    assert (span, unit) in bodies_in(text, rules, "高知県高知市")


def test_bodies_of_one_town_on_lines_and_a_known_body_before_a_dot_are_bodies_of_their_own(rules: RuleSet) -> None:
    found = bodies_in("音威子府村議会\n音威子府村教育委員会", rules)
    assert [surface for surface, _ in found] == ["音威子府村議会", "音威子府村教育委員会"]
    assert [surface for surface, _ in bodies_in("産総研・若葉工業大学", rules)] == ["産総研", "若葉工業大学"]


def test_a_post_office_is_not_the_towns_unit(rules: RuleSet) -> None:
    assert bodies_in("また、久礼田郵便局で", rules, "南国市") == [("久礼田郵便局", "n-久礼田郵便局")]


def test_a_branch_stands_behind_or_below_its_office_and_several_on_lines_are_a_list(rules: RuleSet) -> None:
    texts = ["動物愛護センター", "峠支所", "峠市峠町1番地", "保健福祉センター", "南支所", "西支所"]
    document = lines(texts)
    surfaces = [m.span.cut(document.text) for m in resolved(document, rules, "札幌市")]
    assert surfaces == ["動物愛護センター\n峠支所", "保健福祉センター", "南支所", "西支所"]


def test_a_seat_alone_on_its_line_is_that_of_the_body_that_the_document_names(rules: RuleSet) -> None:
    found = resolved(lines(["札幌市動物愛護センター 本所", "収容場所", "本所"]), rules, "札幌市")
    assert [m.columns["organisation_id"] for m in found] == ["lg-011002/動物愛護センター/本所"] * 2
    assert resolved(lines(["収容場所", "本所"]), rules, "札幌市") == []


def test_a_branch_behind_a_form_in_one_character_is_found_as_behind_one_in_brackets(rules: RuleSet) -> None:
    one, other = (bodies_in(f"若葉電話{form}北海道支店が", rules) for form in ("㈱", "(株)"))
    assert (one[0][0], other[0][0]) == ("若葉電話㈱北海道支店", "若葉電話(株)北海道支店")
    assert one[0][1] == other[0][1]


@pytest.mark.parametrize(
    ("above", "below", "name"),
    [
        ("医療法人社団わかば女性", "クリニック", "わかば女性クリニック"),
        ("医療法人峠田レディースクリ", "ニック 000-0000", "峠田レディースクリニック"),
        ("医療法人社団若会　峠中", "央病院 000-0000", "峠中央病院"),
        ("医療法人若葉会", "峠病院", "峠病院"),
    ],
)
def test_a_hospitals_name_may_be_broken_behind_its_corporation(
    rules: RuleSet, above: str, below: str, name: str
) -> None:
    document = lines(["施設名", above, below, "若葉市"])
    found = [(m.span.cut(document.text), m.columns["name"]) for m in resolved(document, rules)]
    assert found == [(f"{above}\n{below.partition(' ')[0]}", name)]


def test_a_corporation_above_a_line_of_other_words_is_left_alone(rules: RuleSet) -> None:
    document = lines(["医療法人社団若葉会", "理事長", "峠病院"])
    assert [m.span.cut(document.text) for m in resolved(document, rules)] == ["医療法人社団若葉会", "峠病院"]


def test_kana_at_the_end_of_the_line_above_belongs_to_no_name(rules: RuleSet) -> None:
    document = lines(["駅前のパーラー", "スミレクリニック"])
    assert [m.span.cut(document.text) for m in resolved(document, rules)] == ["スミレクリニック"]


def test_a_public_hospital_is_of_the_town_that_its_name_begins_with(rules: RuleSet) -> None:
    document = lines(["留萌市立病院", "市立稚内病院", "町立中標津病院"])
    assert [m.columns["organisation_id"] for m in resolved(document, rules)] == [
        "lg-012122/病院",
        "lg-012149/稚内病院",
        "lg-016926/中標津病院",
    ]


def test_a_place_within_another_bodys_name_owns_no_unit_of_its_row(rules: RuleSet) -> None:
    rows = (
        "<tr><td>公益財団法人宮城県対がん協会</td><td>健康推進課</td></tr><tr><td>宮城県</td><td>健康推進課</td></tr>"
    )
    page = f"<meta charset=utf-8><table><tr><th>相手方</th><th>担当課</th></tr>{rows}</table>".encode()
    document = parse_html(Source("a", "a.html", page, "text/html", "", Sidecar()))
    units = [m.columns["organisation_id"] for m in resolved(document, rules, "栗原市") if m.columns["kind"] == "unit"]
    assert units == ["lg-042137/健康推進課", "lg-040002/健康推進課"]


def test_a_particle_gives_a_unit_to_the_body_or_government_before_it(rules: RuleSet) -> None:
    assert bodies_in("弘前市の企画部企画課が務める。", rules, "総務省") == [("企画部企画課", "lg-022021/企画部/企画課")]
    assert bodies_in("弘前市が企画部企画課に置く。", rules, "黒石市") == [("企画部企画課", "lg-022047/企画部/企画課")]
    found = bodies_in("計画は県の地域医療構想調整会議で、町は総務課で扱う。", rules, "金ケ崎町")
    assert found == [("地域医療構想調整会議", "n-岩手県地域医療構想調整会議"), ("総務課", "lg-033812/総務課")]


def test_the_branch_of_a_company_whose_form_stands_first_lies_in_it(rules: RuleSet) -> None:
    assert bodies_in("保守は株式会社若葉情報東日本支社に", rules) == [
        ("株式会社若葉情報東日本支社", "n-若葉情報/東日本支社")
    ]


def test_a_chain_of_units_on_lines_set_far_in_is_one_mention(rules: RuleSet) -> None:
    text = "　　　　　　環境省環境再生・資源循環局\n　　　　　　　　　廃棄物適正処理推進課長"
    document = Document(text, (Block(0, "paragraph", 0, 19), Block(1, "paragraph", 20, len(text))))
    surfaces = ["".join(m.span.cut(text).split()) for m in resolved(document, rules)]
    assert surfaces == ["環境省環境再生・資源循環局廃棄物適正処理推進課"]


def test_a_kind_of_offices_above_a_column_of_them_is_none(rules: RuleSet) -> None:
    page = "<table><tr><th>保健所</th><th>件数</th></tr><tr><td>若狭保健所</td><td>3</td></tr><tr><td>土佐保健所</td><td>4</td></tr></table>"
    document = parse_html(Source("a", "a.html", page.encode(), "text/html", "", Sidecar()))
    found = [m.span.cut(document.text) for m in resolved(document, rules, "高知県")]
    assert found == ["若狭保健所", "土佐保健所"]


def test_the_place_of_an_office_is_no_surname_of_its_head(rules: RuleSet) -> None:
    assert [surface for surface, _ in bodies_in("高知警察署警備課長、", rules)] == ["高知警察署警備課"]


@pytest.mark.parametrize("text", ["・信用金庫・銀行との連携", "1-1推進協議会の設置", "・推進本部と・協議会"])
def test_a_kind_of_bodies_behind_a_mark_or_a_number_is_none(rules: RuleSet, text: str) -> None:
    assert bodies_in(text, rules, "高知県高知市") == []


def test_units_in_the_rows_of_a_table_belong_to_the_town_of_their_row(rules: RuleSet) -> None:
    page = "<table><tr><th>市町村</th><th>課</th></tr><tr><td>高知県いの町</td><td>林業課</td></tr><tr><td>高知県土佐町</td><td>林業課</td></tr></table>"
    document = parse_html(Source("a", "a.html", page.encode(), "text/html", "", Sidecar()))
    found = [
        (m.span.cut(document.text), m.columns["organisation_id"]) for m in resolved(document, rules, "高知県高知市")
    ]
    assert found == [("林業課", "lg-393860/林業課"), ("林業課", "lg-393631/林業課")]


def test_a_body_keeps_the_legal_form_that_its_text_gives_it_once() -> None:
    body = {"organisation_id": "n-里山財団", "name": "里山財団", "kind": "nonprofit", "surface": "里山財団"}
    rows = organisation_rows([{**body, "legal_form": ""}] * 2 + [{**body, "legal_form": "公益財団法人"}], [], {})
    assert [(row["legal_form"], row["mentions"]) for row in rows] == [("公益財団法人", "3")]
