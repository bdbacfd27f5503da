"""What a writer's habits and a printer's line ends change, and a value does not: held for every probe of dates and amounts."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

from pipeline.engine.find import find
from pipeline.engine.load import RuleSet, load_rules
from pipeline.model import Block, Document
from pipeline.resolve.context import Context, Statement
from pipeline.resolve.mentions import resolve

PROBES = Path(__file__).parent / "probes"
COLUMNS = {"date": ("edtf", "start_time", "end_time"), "amount": ("value", "value_max", "unit", "modifier")}
WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
HALF = {wide: half for half, wide in WIDE.items()}
RADICALS = str.maketrans("日月一二十八金土水火木人", "⽇⽉⼀⼆⼗⼋⾦⼟⽔⽕⽊⼈")

Values = list[tuple[str, ...]]


@cache
def rules() -> RuleSet:
    return load_rules()


@cache
def probes(kind: str) -> list[dict[str, str]]:
    lines = (PROBES / f"{kind}s.jsonl").read_text(encoding="utf-8").splitlines()
    return [{key: value or "" for key, value in json.loads(line).items()} for line in lines]


def values(kind: str, text: str, probe: dict[str, str]) -> Values:
    """The values of a text that is one block: every line end in it is soft."""
    start = len(text) - len(text.lstrip())
    document = Document(text, (Block(0, "paragraph", start, len(text.rstrip())),))
    statement = Statement(
        publisher=probe.get("publisher", ""), published=probe.get("published", ""), covers=probe.get("covers", "")
    )
    context = Context(document, statement, tuple(find(document, rules())), dict(rules().gazetteers))
    found = [m for m in resolve(context).mentions if m.kind == kind]
    return [tuple(m.columns[column] for column in COLUMNS[kind]) for m in found]


def wide_ascii(text: str) -> str:
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "}" else c for c in text)


def decomposed(text: str) -> str:
    """Kana with their voicing marks apart, as some systems store file names and text."""
    return "".join(unicodedata.normalize("NFD", c) if "ぁ" <= c <= "ヿ" else c for c in text)


SPELLINGS: dict[str, Callable[[str], str]] = {
    "full-width figures": lambda text: text.translate(WIDE),
    "half-width figures": lambda text: text.translate(HALF),
    "full-width ASCII": wide_ascii,
    "radicals": lambda text: text.translate(RADICALS),
    "decomposed kana": decomposed,
    **{f"wave mark {wave}": (lambda text, wave=wave: re.sub("[〜～~]", wave, text)) for wave in "〜～~"},
}


@pytest.mark.parametrize("kind", COLUMNS)
@pytest.mark.parametrize("spelling", SPELLINGS)
def test_another_spelling_of_the_same_characters_has_the_same_values(kind: str, spelling: str) -> None:
    changed = [(probe, text) for probe in probes(kind) if (text := SPELLINGS[spelling](probe["text"])) != probe["text"]]
    assert changed
    wrong = [text for probe, text in changed if values(kind, text, probe) != values(kind, probe["text"], probe)]
    assert wrong == []


def broken(probe: dict[str, str]) -> Iterator[str]:
    """The text with a line end at each gap inside the mention, but not between figures, Latin letters or before a small figure."""
    text, surface = probe["text"], probe["surface"]
    start = text.find(surface)
    for gap in range(start + 1, start + len(surface)):
        left, right = text[gap - 1], text[gap]
        if not (left.isspace() or right.isspace() or (western(left) and western(right))):
            yield f"{text[:gap]}\n{text[gap:]}"


def western(character: str) -> bool:
    return unicodedata.normalize("NFKC", character).isascii() and character.isalnum()


@pytest.mark.parametrize("kind", COLUMNS)
def test_a_soft_line_end_inside_a_mention_changes_no_value(kind: str) -> None:
    cases = [(probe, text) for probe in probes(kind) if probe["surface"] for text in broken(probe)]
    assert len(cases) > 500
    wrong = [text for probe, text in cases if values(kind, text, probe) != values(kind, probe["text"], probe)]
    assert wrong == []


#: letter-spaced titles hold words and figures: brackets, points, range marks and Latin letters are set as they are, and two
#: characters with one gap (同 日) are no letter-spacing
_SPACED = re.compile(r"(?:[0-9０-９]|[々〇ぁ-ヿ一-龥%％℃]){3,}")


def spaced(probe: dict[str, str], figures: str) -> tuple[str, str]:
    """The text with its mention on a line of its own, as it is and letter-spaced; `figures` matches what stays together."""
    text, surface = probe["text"], probe["surface"]
    start, end = text.find(surface), text.find(surface) + len(surface)
    apart = " ".join(re.findall(figures, surface))
    return f"{text[:start]}\n{surface}\n{text[end:]}", f"{text[:start]}\n{apart}\n{text[end:]}"


@pytest.mark.parametrize("kind", COLUMNS)
@pytest.mark.parametrize("figures", ["[0-9０-９]+|.", "."], ids=["figures together", "figures apart"])
def test_letter_spacing_changes_no_value(kind: str, figures: str) -> None:
    cases = [(probe, *spaced(probe, figures)) for probe in probes(kind) if _SPACED.fullmatch(probe["surface"])]
    assert len(cases) > 60
    wrong = [apart for probe, closed, apart in cases if values(kind, apart, probe) != values(kind, closed, probe)]
    assert wrong == []


def test_a_gap_that_was_closed_is_told() -> None:
    for text in (
        "入場料は\n5 0 0 円\nです",
        "手当は 1 0 , 0 0 0 円",
        "報酬は ５ ７８ ，０ ００ 円",
        "期限は\n令 和 ８ 年 ３ 月\nです",
    ):
        document = Document(text, (Block(0, "paragraph", 0, len(text)),))
        context = Context(document, Statement(), tuple(find(document, rules())), dict(rules().gazetteers))
        assert [issue.code for issue in resolve(context).issues] == ["repaired"], text
