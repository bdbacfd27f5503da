"""The words of the review page: in both languages, each of them used."""

from __future__ import annotations

import re
from pathlib import Path

from pipeline.review.cause import Kind
from pipeline.review.server.decisions import columns_of
from pipeline.review.server.labels import LANGUAGES, labels
from pipeline.tables.schema import MENTION_TABLES

SERVER = Path(__file__).parent.parent / "pipeline" / "review" / "server"
WRITTEN = "".join(
    path.read_text(encoding="utf-8") for path in [*SERVER.glob("static/*.js"), *SERVER.glob("templates/*")]
)


def test_every_label_is_there_in_both_languages() -> None:
    english, japanese = (labels(language) for language in LANGUAGES)
    assert english.keys() == japanese.keys()
    assert not [name for name in english if not english[name].strip() or not japanese[name].strip()]
    for name, told in english.items():
        assert set(re.findall(r"\{\w+\}", told)) >= set(re.findall(r"\{\w+\}", japanese[name]))


def test_every_label_that_is_asked_for_is_there() -> None:
    asked = set(re.findall(r'word\("(\w+)"', WRITTEN)) | set(re.findall(r"\bt\.(\w+)", WRITTEN))
    asked |= {f"column_{column}" for kind in MENTION_TABLES for column in columns_of(kind)}
    asked |= {f"cause_{kind}" for kind in Kind.__args__}  # type: ignore[attr-defined]
    assert not asked - labels("en").keys()
    assert len(asked) > 100


def test_no_label_is_left_over() -> None:
    made = ("column_", "cause_", "side_", "status_", "state_", "do_", "told_", "accept_", "reject_", "review_")
    assert not [name for name in labels("en") if not name.startswith(made) and not re.search(rf"\b{name}\b", WRITTEN)]
