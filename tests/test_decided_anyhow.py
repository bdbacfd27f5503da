"""Whatever people decide: mentions of a kind do not overlap, every decision has a state, what nobody spoke of stays."""

from __future__ import annotations

import hashlib
import time
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.driver.stages import consulted, rows_of, statement_of
from pipeline.engine.find import find
from pipeline.engine.load import load_rules
from pipeline.model import Decision, Document, Sidecar, Source, Span
from pipeline.parsers import parse
from pipeline.resolve.context import Context
from pipeline.resolve.decision_columns import Known
from pipeline.resolve.decisions import decide
from pipeline.resolve.mentions import resolve
from pipeline.sources.decisions import standing
from pipeline.text.anchor import anchor_of, ground_of

RULES = load_rules()
TEXT = "工期は令和3年4月1日から5月2日まで、青森市は3億円で橋を直す。\n\n弘前市は令和3年4月1日に3億円を、札幌市は5億円を出す。\n"


def parsed(text: str) -> tuple[Source, Document]:
    data = text.encode()
    source = Source("road", "road.txt", data, "text/plain", hashlib.sha256(data).hexdigest(), Sidecar())
    return source, parse(source)


SOURCE, DOCUMENT = parsed(TEXT)
GROUND = ground_of(DOCUMENT)
KNOWN = Known(consulted(RULES), RULES.gazetteers["units"])
CONTEXT = Context(
    DOCUMENT, statement_of(SOURCE.sidecar, DOCUMENT, KNOWN.gazetteers), tuple(find(DOCUMENT, RULES)), consulted(RULES)
)
MACHINE = resolve(CONTEXT).mentions
SETS = {
    "date": {"edtf": "2021-05-02"},
    "amount": {"value": "7", "unit": "JPY"},
    "organisation": {"name": "橋の会"},
    "municipality": {"code": "022012"},
}
SPOTS = st.one_of(
    st.sampled_from([mention.span for mention in MACHINE]),
    st.tuples(st.integers(0, len(TEXT) - 2), st.integers(1, 12)).map(lambda p: Span(p[0], min(p[0] + p[1], len(TEXT)))),
).filter(lambda span: bool(span.cut(TEXT).strip()))


@st.composite
def made(draw: st.DrawFn) -> Decision:
    kind = draw(st.sampled_from(list(SETS)))
    do = draw(st.sampled_from(["accept", "replace", "add", "reject"]))
    was = draw(st.sampled_from([None, {"edtf": "2020"}, {"value": "300000000", "unit": "JPY"}]))
    day = draw(st.sampled_from(["", "2026-11-25", "2026-11-26"]))
    columns = SETS[kind] if do != "reject" else {}
    return Decision(do, kind, anchor_of(GROUND, draw(SPOTS)), columns, was, date=day)  # type: ignore[arg-type]


@given(st.lists(made(), max_size=10))
@settings(max_examples=150, deadline=None)
def test_any_decisions_give_rows_that_stand_apart(lines: list[Decision]) -> None:
    counting, _ = standing(lines)
    told = decide(CONTEXT, MACHINE, counting, (), KNOWN)
    assert told.machine == MACHINE
    for kind in SETS:
        spans = [mention.span for mention in told.mentions if mention.kind == kind]
        assert spans == sorted(spans)
        assert not any(one.overlaps(other) for one, other in pairwise(spans))
    states = {entry.decision.decision_id: entry.state for entry in told.entries}
    assert states.keys() == {decision.decision_id for decision in counting}
    assert not set(states.values()) & {"expired", "withdrawn"}
    written = {mention.decision_id: mention for mention in told.mentions if mention.decision_id}
    for decision in counting:
        holds = states[decision.decision_id] != "overruled" and decision.do != "reject"
        assert (decision.decision_id in written) == holds
        if holds:
            mention = written[decision.decision_id]
            assert mention.columns.items() >= decision.set.items()
            assert mention.status in ("accepted", "corrected", "added")
    spoken = [span for entry in told.entries if (span := entry.span) is not None]
    for mention in MACHINE:
        if not any(mention.span.overlaps(span) for span in spoken):
            assert mention in told.mentions
    rows = rows_of(SOURCE, DOCUMENT, (), RULES, counting).rows
    ids = [row["mention_id"] for name in ("dates", "amounts") for row in rows[name]]
    assert len(ids) == len(set(ids))


def test_a_thousand_decisions_about_a_long_source_take_no_time() -> None:
    lines = [f"第{number}号の橋に{number + 2}億円、令和3年{number % 12 + 1}月に着工。" for number in range(1000)]
    source, document = parsed("\n\n".join(lines))
    ground = ground_of(document)
    starts = [document.text.index(f"の橋に{number + 2}億円") + 3 for number in range(1000)]
    spans = [Span(start, document.text.index("円", start) + 1) for start in starts]
    decisions = [Decision("replace", "amount", anchor_of(ground, span), {"value": "1"}) for span in spans]
    began = time.perf_counter()
    plain = rows_of(source, document, (), RULES)
    middle = time.perf_counter()
    decided = rows_of(source, document, (), RULES, decisions)
    took, with_decisions = middle - began, time.perf_counter() - middle
    assert {row["value"] for row in decided.rows["amounts"] if row["status"] == "corrected"} == {"1"}
    assert [row["mention_id"] for row in plain.rows["amounts"]] == [
        row["mention_id"] for row in decided.rows["amounts"]
    ]
    assert with_decisions < 5 * took + 2
