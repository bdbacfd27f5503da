"""Bodies in running text: found, told apart, linked over names, forms and abbreviations."""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import pytest

from pipeline.engine.body_words import body_words
from pipeline.engine.find import find
from pipeline.engine.gazetteer import Gazetteer
from pipeline.engine.load import RuleSet, load_rules
from pipeline.model import Block, Document, Mention, PipelineError
from pipeline.parsers.writer import DocumentWriter
from pipeline.resolve.body_units import is_below, steps
from pipeline.resolve.context import Context, Statement
from pipeline.resolve.municipalities import publisher_code, resolve_municipalities
from pipeline.resolve.organisations import resolve_organisations
from pipeline.resolve.unit_words import unit_words

PROBES = Path(__file__).parent / "probes" / "bodies.jsonl"


@pytest.fixture(scope="module")
def rules() -> RuleSet:
    return load_rules()


def resolved(document: Document, rules: RuleSet, publisher: str = "") -> list[Mention]:
    statement = Statement(publisher, publisher_code(publisher, rules.gazetteers))
    context = Context(document, statement, tuple(find(document, rules)), dict(rules.gazetteers))
    places, _ = resolve_municipalities(context, [])
    return resolve_organisations(context, places)[0]


def paragraph(text: str) -> Document:
    return Document(text, (Block(0, "paragraph", 0, len(text)),))


def lines(texts: Sequence[str]) -> Document:
    writer = DocumentWriter()
    for text in texts:
        writer.block("paragraph", text)
    written = writer.finish()
    return Document(written.text, written.blocks, written.tables, written.body_end)


def bodies_in(text: str, rules: RuleSet, publisher: str = "") -> list[tuple[str, str]]:
    return [(m.span.cut(text), m.columns["organisation_id"]) for m in resolved(paragraph(text), rules, publisher)]


def test_every_probe_is_read_as_its_writer_would(rules: RuleSet) -> None:
    wrong = []
    for line in PROBES.read_text(encoding="utf-8").splitlines():
        probe = json.loads(line)
        found = [
            (m.span.cut(probe["text"]), m.columns["name"])
            for m in resolved(paragraph(probe["text"]), rules, probe.get("publisher", ""))
        ]
        if probe["surface"] is None:
            if found:
                wrong.append((probe["text"], found))
        elif (probe["surface"], probe["name"]) not in found:
            wrong.append((probe["text"], probe["surface"], probe["name"], found))
    assert not wrong


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("公益財団法人地球環境戦略研究機関が", "(公財) 地球環境戦略研究機関、"),
        ("株式会社青葉組の", "㈱青葉組は"),
        ("独立行政法人国際協力機構の", "JICAによる"),
        ("国連の", "国際連合は"),
        ("青葉建設株式会社の", "（株）青葉建設が"),
    ],
)
def test_one_body_has_one_id_whatever_its_form(rules: RuleSet, one: str, other: str) -> None:
    assert bodies_in(one, rules)[0][1] == bodies_in(other, rules)[0][1]


def test_units_of_two_cities_never_meet(rules: RuleSet) -> None:
    assert bodies_in("総務課に問い合わせる", rules, "札幌市") == [("総務課", "lg-011002/総務課")]
    assert bodies_in("総務課に問い合わせる", rules, "函館市") == [("総務課", "lg-012025/総務課")]


def test_a_citys_unit_is_not_the_ministrys_that_its_document_names(rules: RuleSet) -> None:
    text = "環境省の調査による。秘書課と総務部に照会し、地球環境局の回答を得た。"
    assert [body for _, body in bodies_in(text, rules, "函館市")] == [
        "jp-1000012110001",
        "lg-012025/秘書課",
        "lg-012025/総務部",
        "jp-1000012110001/地球環境局",
    ]
    assert [body for _, body in bodies_in("秘書課が答える。", rules, "環境省")] == ["jp-1000012110001/大臣官房/秘書課"]


def test_a_unit_is_one_body_with_and_without_its_city(rules: RuleSet) -> None:
    alone = bodies_in("環境政策局地球温暖化対策室", rules, "京都市")
    full = bodies_in("京都市環境政策局地球温暖化対策室", rules, "環境省")
    assert [body for _, body in alone] == [body for _, body in full] == ["lg-261009/環境政策局/地球温暖化対策室"]


def test_a_unit_without_publisher_is_of_the_city_that_the_text_speaks_of(rules: RuleSet) -> None:
    text = "令和6年函館市議会定例会。函館市の予算。説明員 財務部長"
    assert bodies_in(text, rules)[-1] == ("財務部", "lg-012025/財務部")


def test_a_chain_of_units_on_lines_below_its_body_is_one_mention(rules: RuleSet) -> None:
    document = lines(["環境省", "地球環境局 国際連携課", "〒100-8975"])
    mentions = resolved(document, rules, "環境省")
    assert [m.span.cut(document.text) for m in mentions] == ["環境省\n地球環境局 国際連携課"]
    assert mentions[0].columns["organisation_id"].endswith("/地球環境局/国際連携課")


def test_a_defined_short_name_holds_from_its_definition_on(rules: RuleSet) -> None:
    text = (
        "機構は古い。独立行政法人青葉振興機構（以下「機構」という。）が公募する。機構は審査し、当該機構の他は見ない。"
    )
    found = bodies_in(text, rules)
    assert [surface for surface, _ in found] == ["独立行政法人青葉振興機構", "機構", "機構"]
    assert len({body for _, body in found}) == 1


def test_a_defined_short_name_that_ends_like_a_body_is_the_defined_one(rules: RuleSet) -> None:
    text = "公益財団法人青葉里山財団（以下「里山財団」という。）は里山財団の森で開く。"
    assert {body for _, body in bodies_in(text, rules)} == {"n-青葉里山財団"}


def test_an_abbreviation_is_a_body_only_where_the_text_explains_it(rules: RuleSet) -> None:
    assert [s for s, _ in bodies_in("XYQZは広い。", rules)] == []
    text = "XYQZは広い。青葉気候協会(XYQZ)が来た。XYQZが話した。"
    assert [s for s, _ in bodies_in(text, rules)] == ["青葉気候協会", "XYQZ", "XYQZ"]
    text = "QGES（青葉環境研究所）の調べ。QGESは"
    assert [s for s, _ in bodies_in(text, rules)] == ["QGES", "青葉環境研究所", "QGES"]


def test_a_form_that_drops_characters_is_the_body_beside_whose_name_it_stands(rules: RuleSet) -> None:
    found = bodies_in("峠工業高等専門学校（峠高専）が、峠高専の森で測る。峠高専祭の日。", rules)
    assert found == [(s, "n-峠工業高等専門学校") for s in ("峠工業高等専門学校", "峠高専", "峠高専")]
    found = bodies_in("白樺大学（白樺）と若葉商工会議所（会頭）。白樺の会頭が", rules)
    assert [surface for surface, _ in found] == ["白樺大学", "若葉商工会議所"]


def test_a_companys_bare_name_means_it_once_its_form_is_given(rules: RuleSet) -> None:
    found = bodies_in("スズキは古い。スズキ㈱が開いた。スズキの工場、スズキ自販の店、スズキ側の話。", rules)
    assert [surface for surface, _ in found] == ["スズキ㈱", "スズキ", "スズキ"]
    for name in ("ミライ", "環境計画", "佐々木", "横浜"):
        found = bodies_in(f"株式会社{name}が受けた。{name}の話。", rules)
        assert len(found) == 1, name


def test_a_short_form_is_the_unit_named_in_full_before(rules: RuleSet) -> None:
    found = bodies_in("東アジア経済交流推進機構環境部会が開かれた。環境部会では、", rules)
    assert [body for _, body in found] == ["int-oeaed-env", "int-oeaed-env"]


def test_a_name_beside_a_known_abbreviation_is_the_known_body(rules: RuleSet) -> None:
    found = bodies_in("タイ国天然環境資源省 (MONRE)との共催。タイ国天然環境資源省は", rules)
    assert len({body for _, body in found}) == 1
    assert len(found) == 3


def test_a_name_on_two_lines_is_a_body_where_the_document_names_it_unbroken(rules: RuleSet) -> None:
    name = "若葉市民環境研究会"
    document = lines(["若葉市民環境", "研究会", f"{name}が開かれた。", "里山の案内", "研究会"])
    found = [(m.span.cut(document.text), m.columns["organisation_id"]) for m in resolved(document, rules)]
    assert [surface for surface, _ in found] == ["若葉市民環境\n研究会", name]
    assert len({body for _, body in found}) == 1


def test_the_publishers_kind_of_government_belongs_to_its_staffs_committee(rules: RuleSet) -> None:
    text = "村職員衛生委員会に報告する。職員衛生委員会は"
    assert bodies_in(text, rules, "音威子府村") == [
        ("村職員衛生委員会", "lg-014702/職員衛生委員会"),
        ("職員衛生委員会", "lg-014702/職員衛生委員会"),
    ]


def test_a_post_gives_its_body_and_a_post_in_charge_none(rules: RuleSet) -> None:
    assert [s for s, _ in bodies_in("世界銀行総裁、環境大臣、国際連携担当課長", rules)] == ["世界銀行"]


@pytest.mark.parametrize(
    ("chain", "parts"),
    [
        ("環境局環境国際部環境国際戦略課", ["環境局", "環境国際部", "環境国際戦略課"]),
        ("教育委員会事務局学校教育課", ["教育委員会", "事務局", "学校教育課"]),
        ("総合政策部会", ["総合政策部会"]),
        ("内部統制課", ["内部統制課"]),
        ("議会", ["議会"]),
    ],
)
def test_a_chain_is_cut_at_its_units(rules: RuleSet, chain: str, parts: list[str]) -> None:
    assert steps(chain, unit_words(rules.gazetteers)) == parts


def test_a_unit_lies_only_in_one_of_higher_rank(rules: RuleSet) -> None:
    words = unit_words(rules.gazetteers)
    assert is_below("環境局", "環境部", words)
    assert not is_below("環境部", "環境局", words)
    assert not is_below("総務課", "財政課", words)
    assert is_below("生活衛生課", "動物管理センター", words)
    assert not is_below("南支所", "北支所", words)


def test_mentions_do_not_overlap_and_are_the_text(rules: RuleSet) -> None:
    text = "国連工業開発機関(UNIDO)と北九州市環境局総務課、㈱青葉、JICA（国際協力機構）、環境省総務課長"
    mentions = resolved(paragraph(text), rules)
    assert all(a.span.end <= b.span.start for a, b in pairwise(mentions))
    assert {m.columns["kind"] for m in mentions} <= {
        "government", "unit", "assembly", "company", "university", "school", "nonprofit", "international", "network", "other",
    }  # fmt: skip


def test_a_body_word_counts_at_a_beginning_or_as_a_whole_word(rules: RuleSet) -> None:
    words = body_words(rules.gazetteers)
    assert words.post.match("代表")
    assert not words.post.match("代表選手")
    assert words.lone.match("同市民係")
    assert not words.lone.match("同志社大学")
    assert words.own_kind.match("市環境局")
    assert not words.own_kind.match("市民局")
    assert words.head_only.match("協会")
    assert not words.head_only.match("協会員")
    assert body_words({}).last.match("等") is None


def test_a_body_word_with_a_broken_pattern_is_told_of() -> None:
    row = {"surface": "市", "role": "lone", "not_before": "["}
    with pytest.raises(PipelineError, match="市"):
        body_words({"body_words": Gazetteer("body_words", (row,), {"市": (row,)})})


@pytest.mark.parametrize(
    "column",
    [
        ("厚生労働省医政局医事課", "厚生労働省健康局健康課", "厚生労働省子ども家庭局母子保健課"),
        ("札幌市総務局総務課", "函館市総務部総務課", "青森県環境生活部環境政策課"),
        ("環境省地球環境局総務課", "札幌市環境局環境計画課", "環境省水・大気環境局総務課"),
        ("総務省自治行政局市町村課", "経済産業省資源エネルギー庁省エネルギー部政策課"),
    ],
)
@pytest.mark.parametrize("post", ["", "長", "長殿"])
def test_a_column_of_addressees_is_as_many_bodies_as_lines(rules: RuleSet, column: Sequence[str], post: str) -> None:
    text = "\n".join(line + post for line in column)
    found = bodies_in(text, rules)
    assert [surface for surface, _ in found] == list(column)
    assert [body.count("/") for _, body in found] == [2] * len(column)


def test_a_place_in_a_units_own_name_does_not_part_it(rules: RuleSet) -> None:
    assert [s for s, _ in bodies_in("福島県土木部会津坂下町事務所", rules)] == ["福島県土木部会津坂下町事務所"]
