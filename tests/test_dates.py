"""Dates: what is read, what it becomes in its context, and what is no date."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from pipeline.engine.find import find
from pipeline.engine.load import RuleSet, load_rules
from pipeline.model import Block, Cell, Document, Issue, Mention, Table
from pipeline.parsers.plain import blocks_of
from pipeline.resolve.context import Context, Statement
from pipeline.resolve.dates import resolve_dates
from pipeline.text.edtf import is_edtf

HERE = Path(__file__).parent
SHARED = HERE.parent.parent / "shared"
OWN_PROBES = HERE / "probes" / "dates.jsonl"
SHARED_PROBES = SHARED / "eval" / "date_probes.jsonl"


@dataclass(frozen=True)
class Found:
    text: str
    mentions: list[Mention]
    issues: list[Issue]

    @property
    def values(self) -> list[tuple[str, str]]:
        return [(m.span.cut(self.text), m.columns["edtf"]) for m in self.mentions]

    @property
    def codes(self) -> set[str]:
        return {issue.code for issue in self.issues}


@lru_cache(maxsize=1)
def rules() -> RuleSet:
    return load_rules()


def dates(text: str, published: str = "", covers: str = "", title: str = "") -> Found:
    blocks, tables, _ = blocks_of(text)
    return resolve(Document(text, blocks, tables, body_end=len(text)), published, covers, title)


def resolve(document: Document, published: str = "", covers: str = "", title: str = "") -> Found:
    found = tuple(find(document, rules()))
    statement = Statement(published=published, covers=covers, title=title)
    context = Context(document, statement, found, dict(rules().gazetteers))
    return Found(document.text, *resolve_dates(context))


def probes(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()] if path.exists() else []


def fails(probe: dict[str, Any]) -> str:
    """What a probe finds instead of what it wants; "" where they agree."""
    found = dates(probe["text"], probe["published"] or "", probe["covers"] or "")
    if probe["surface"] is None:
        return str([value for value in found.values if value[1]] or "")
    for mention in found.mentions:
        row = mention.columns
        if (
            mention.span.cut(probe["text"]) == probe["surface"]
            and (row["edtf"] or None) == probe["edtf"]
            and row["start_time"] == probe.get("start_time", row["start_time"])
            and row["end_time"] == probe.get("end_time", row["end_time"])
        ):
            return ""
    return f"{found.values} {found.codes}"


def test_own_probes_are_read_right() -> None:
    wrong = {p["text"]: problem for p in probes(OWN_PROBES) if (problem := fails(p))}
    assert wrong == {}


@pytest.mark.skipif(not SHARED_PROBES.exists(), reason="the shared probes are not there")
def test_shared_probes_are_read_right() -> None:
    wrong = {p["text"]: problem for p in probes(SHARED_PROBES) if (problem := fails(p))}
    assert wrong == {}


@pytest.mark.skipif(not (SHARED / "gold").exists(), reason="the shared gold is not there")
@pytest.mark.parametrize("source", ["000", "003"])
def test_gold_dates_are_found_with_their_values(source: str) -> None:
    text = (SHARED / "sources" / f"{source}.txt").read_bytes().decode()
    statement = yaml.load((SHARED / "sources" / f"{source}.source.yml").read_text(), Loader=yaml.BaseLoader)
    found = dates(text, statement.get("published", ""), statement.get("covers", ""))
    gold = [json.loads(line) for line in (SHARED / "gold" / f"{source}.jsonl").read_text().splitlines()]
    wanted = {(g["start"], g["value"]["edtf"]) for g in gold if g["type"] == "date" and not g.get("optional")}
    optional = [(g["start"], g["end"]) for g in gold if g["type"] == "date" and g.get("optional")]
    got = {
        (m.span.start, m.columns["edtf"])
        for m in found.mentions
        if not any(m.span.start < end and start < m.span.end for start, end in optional)
    }
    right = len(wanted & got)
    assert 2 * right / (len(wanted) + len(got)) >= 0.97


def test_an_era_has_no_last_year() -> None:
    assert dates("平成35年7月1日に供用開始予定").values == [("平成35年7月1日", "2023-07-01")]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("令和3年2月30日に", "impossible-date"),
        ("平成31年13月1日に", "impossible-date"),
        ("令和3年9月31日から", "impossible-date"),
        ("平成0年の", "impossible-date"),
        ("明治5年12月3日に", "lunisolar-date"),
        ("2021年4月1日から2020年3月31日まで", "end-before-start"),
        ("5月10日に", "unresolved-date"),
        ("毎年5月10日に", "recurring-date"),
    ],
)
def test_what_has_no_value_keeps_its_row_and_an_issue(text: str, code: str) -> None:
    found = dates(text)
    assert [value for _, value in found.values] == [""]
    assert found.mentions[0].columns["as_written"]
    assert found.codes == {code}


@pytest.mark.parametrize(
    ("text", "value", "code"),
    [
        ("2021年6月29日(木)に", "2021-06-29", "wrong-weekday"),
        ("令和元年3月1日に", "2019-03-01", "before-era"),
        ("令和元年度(30年度)の", "2019-04/2020-03", "labels-disagree"),
        ("2018年(平成31年)4月に", "2018-04", "labels-disagree"),
        ("2 019年12月12日に", "2019-12-12", "repaired"),
        ("令 和 ８ 年 度 施 政 方 針", "2026-04/2027-03", "repaired"),
        ("大正80年まで", "1991", "implausible-era-year"),
        ("2019年10月28日(月)～31日(火)に", "2019-10-28/2019-10-31", "wrong-weekday"),
    ],
)
def test_what_is_doubtful_has_a_value_and_an_issue(text: str, value: str, code: str) -> None:
    found = dates(text)
    assert [value for _, value in found.values] == [value]
    assert found.codes == {code}


def test_right_labels_and_weekdays_raise_no_issue() -> None:
    for text in ("令和元年度(31年度)", "令和元年(2019年)5月1日", "2021年10月22日(金)", "平成31年度（令和元年度）"):
        assert dates(text).issues == []


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("(2013年4月現在)", "as_of"),
        ("2020年3月30日の時点で", "as_of"),
        ("2050年までに実質ゼロ", "deadline"),
        ("令和3年4月から実施", "start"),
        ("2045年以降の見通し", "start"),
        ("2021年11月15日公表", "published"),
        ("令和3年3月閣議決定", "approved"),
        ("2021年4月に就任", ""),
    ],
)
def test_words_around_tell_the_role(text: str, role: str) -> None:
    assert [m.columns["role"] for m in dates(text).mentions] == [role]


@pytest.mark.parametrize(
    ("text", "precision"),
    [
        ("2021年10月22日", "day"),
        ("2021年10月27日13時", "time"),
        ("2021年10月", "month"),
        ("2021年秋", "season"),
        ("2021年", "year"),
        ("2021年度", "fiscal_year"),
        ("平成27年度~平成29年度", "fiscal_year"),
        ("令和3年度第2四半期", "month"),
        ("令和6年度末", "day"),
        ("1990年代", "decade"),
        ("21世紀", "century"),
    ],
)
def test_precision_is_that_of_the_ends(text: str, precision: str) -> None:
    assert [m.columns["precision"] for m in dates(text).mentions] == [precision]


def test_a_month_of_a_fiscal_year_may_lie_in_the_next_calendar_year() -> None:
    found = dates("平成30年度\nリレー事業の実施(7月~3月)\n会議へ加盟(1月)")
    assert found.values[1:] == [("7月~3月", "2018-07/2019-03"), ("1月", "2019-01")]
    assert [m.basis for m in found.mentions] == ["explicit", "inherited", "inherited"]
    assert found.mentions[2].antecedent == found.mentions[0].span


def test_a_deadline_far_ahead_is_no_place_in_time() -> None:
    found = dates("2050年までの脱炭素を目指し、3月に宣言した。", published="2021-05")
    assert found.values == [("2050年", "2050"), ("3月", "2021-03")]


def test_a_list_is_one_mention_an_item() -> None:
    assert dates("2021年3月17日、18日に").values == [("2021年3月17日", "2021-03-17"), ("18日", "2021-03-18")]


def test_clock_times_belong_to_a_day_or_are_none() -> None:
    found = dates("2021年7月28日(水)に開催します。緩和策=12:30〜15:05", published="2021-07-13")
    assert found.mentions[1].columns["start_time"] == "12:30"
    assert found.values[1] == ("12:30〜15:05", "2021-07-28")
    assert dates("窓口は午前9時から午後5時まで").values == []


def test_months_and_days_parted_by_a_point_are_dates_only_in_a_list_of_dates() -> None:
    events = "5.21 交流会\n9.3 国際会議\n11.9-13 フォーラム\n1.18 都市会議"
    assert [value for _, value in dates(events, covers="2020-04/2021-03").values] == [
        "2020-05-21",
        "2020-09-03",
        "2020-11-09/2020-11-13",
        "2021-01-18",
    ]
    outline = "1.1 背景\n1.2 目的\n1.3 方法\n2.1 結果\n2.2 考察"
    assert dates(outline, covers="2020-04/2021-03").values == []
    assert dates(events).values == []


@pytest.mark.parametrize(
    ("words", "year"), [("に開催しました", "2024"), ("に開催します", "2025"), ("(水)に", "2024"), ("(木)に", "2025")]
)
def test_published_anchors_backwards_unless_words_or_a_weekday_say_otherwise(words: str, year: str) -> None:
    found = dates(f"7月10日{words}", published="2025-05-01")
    assert found.values[0][1] == f"{year}-07-10"


def test_what_is_told_as_past_cannot_follow_publication() -> None:
    assert dates("2021年12月3日に開催しました", published="2021-10-22").codes == {"after-published"}
    assert dates("2021年12月3日に開催します", published="2021-10-22").codes == set()


def test_row_and_column_of_different_years_leave_a_month_without_value() -> None:
    text = "令和3年度\t令和2年度\n令和3年度\t4月"
    cells = [Cell("t1", 0, 0, 0, 5, heading=True), Cell("t1", 0, 1, 6, 11, heading=True)]
    cells += [Cell("t1", 1, 0, 12, 17, heading=True), Cell("t1", 1, 1, 18, 20)]
    blocks = tuple(Block(i, "cell", c.start, c.end, table_id="t1") for i, c in enumerate(cells))
    document = Document(text, blocks, (Table("t1", tuple(cells)),), body_end=len(text))
    found = resolve(document)
    assert found.values[-1] == ("4月", "")
    assert found.codes == {"antecedents-disagree"}


def test_every_value_is_edtf() -> None:
    for probe in probes(OWN_PROBES):
        for _, value in dates(probe["text"], probe["published"] or "", probe["covers"] or "").values:
            assert value == "" or is_edtf(value)


def test_what_is_told_as_past_takes_a_year_before_publication_even_behind_a_later_fiscal_year() -> None:
    told = dates("令和８年度から始まる。２月２１日に大篠地区で開催いたしまし\nた。", published="2026-03-01")
    assert told.values[-1] == ("２月２１日", "2026-02-21")
    announced = dates("令和８年度から始まる。5月10日に開催します。", published="2026-03-01")
    assert announced.values[-1] == ("5月10日", "2026-05-10")


def test_the_year_before_of_a_budget_is_counted_from_that_budgets_year() -> None:
    text = (
        "令和７年度一般会計予算を説明します。令和６年度に実施された減税の影響がなくなり、前年度に比べ増となりました。"
    )
    assert dates(text, published="2025-02-14").values[-1] == ("前年度", "2024-04/2025-03")


def test_where_publication_gives_another_year_than_an_earlier_paragraph_that_is_told() -> None:
    found = dates("令和6年1月1日に地震が起きた。\n\nこの章を書いたのは12月である。", published="2024-01-29")
    assert found.values[-1] == ("12月", "2024-12")
    assert found.codes == {"doubtful-year"}
    agreed = dates("令和5年4月1日に始めた。\n\nこの章を書いたのは12月である。", published="2024-01-29")
    assert agreed.values[-1] == ("12月", "2023-12")
    assert agreed.codes == set()


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("この1月1日の地震", "2024-01-01"),
        ("去る12月3日の大会", "2023-12-03"),
        ("令和5年5月に始めた助成は、12月末現在で20件", "2023-12-31"),
        ("令和4年度の助成は、12月末現在で20件", "2022-12-31"),
    ],
)
def test_a_word_may_point_from_the_day_of_the_document(text: str, value: str) -> None:
    assert dates(f"昨年発表した。{text}である。", published="2024-01-29").values[-1][1] == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2025年2月8日に音楽会を開く。\n申込みは11月15日までに役場へ。", "2024-11-15"),
        ("2025年2月8日に音楽会を開く。\n申込みは1月15日までに役場へ。", "2025-01-15"),
        ("申込みは11月15日までに役場へ。", "2024-11-15"),
    ],
)
def test_a_deadline_lies_between_publication_and_its_event(text: str, value: str) -> None:
    assert dates(text, published="2024-10-15").values[-1][1] == value


def test_two_figures_are_a_western_year_where_the_document_writes_it_out() -> None:
    assert dates("2023年度の決算です。23年度の黒字は", published="2024-10").values[-1] == ("23年度", "2023-04/2024-03")
    assert dates("2028年度を目標とする。28年度の実績は", published="2018-10").values[-1][1] == "2016-04/2017-03"


def test_sessions_open_and_close_on_the_day_of_the_minutes() -> None:
    minutes = "令和6年2月22日（木曜日）　　　午前10時開会\n" + "出席した議員\n" * 8 + "　　　午前11時4分散会\n"
    found = dates(minutes, published="2024-02-22")
    assert [m.columns["start_time"] for m in found.mentions] == ["10:00", "11:04"]
    assert {m.columns["edtf"] for m in found.mentions} == {"2024-02-22"}
    # opening hours have no day
    assert dates("図書館\n" * 12 + "午前10時から開きます。", published="2024-02-22").values == []


def test_weekdays_overrule_a_day_of_publication_that_none_of_them_fits() -> None:
    # a newsletter of February 2020 in a file that was saved in 2023
    days = [
        "1月10日（金）",
        "1月18日（土）",
        "1月22日（水）",
        "2月3日（月）",
        "2月23日（日）",
        "3月13日（金）",
        "3月20日（金）",
    ]
    text = "\n".join(f"・{day}　集会所で催し" for day in days)
    found = dates(text, published="2023-04-11")
    assert {value[:4] for _, value in found.values} == {"2020"}
    assert found.codes == {"publication-doubtful"}
    assert found.mentions[0].antecedent == "weekdays"
    # one misprint among days that fit leaves the day of publication as it is
    fitting = dates(text.replace("（水）", "（木）"), published="2020-04-11")
    assert fitting.codes == {"wrong-weekday"}
    # few weekdays say little
    assert "publication-doubtful" not in dates(text.split("・2月3日")[0], published="2023-04-11").codes


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("日時：6月22日　10時から", "2025-06-22"),
        ("日時：4月20日　10時から", "2025-04-20"),
        ("7月中旬から郵便で送付します。", "2025-07-11/2025-07-20"),
        ("相談には6月2日から応じます。", "2025-06-02"),
        # how things are announces nothing
        ("6月2日に生まれた人が多くいます。", "2024-06-02"),
        ("申請書を26年2月27日までに", "2026-02-27"),
        ("昨年度は平成26年2月27日と25年の例がある。26年2月27日に", "2014-02-27"),
    ],
)
def test_a_label_or_the_polite_present_announces_what_lies_near(text: str, value: str) -> None:
    assert dates(text, published="2025-05-15").values[-1][1] == value
