"""Dates in hard contexts: how many are wrong, how many of the wrong ones are told by an issue, and how many of the right ones are."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from pathlib import Path

from tests.test_dates import dates

PROBES = Path(__file__).parent / "probes" / "contexts.jsonl"
#: «surface|EDTF»; nothing behind the stroke where no value is right, ? where two readers may differ
_MARK = re.compile("«([^«»|]*)\\|([^»]*)»")
_ANY = "?"


@dataclass
class Tally:
    right: int = 0
    wrong: list[str] = field(default_factory=list)
    told_right: list[str] = field(default_factory=list)
    silent: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)


def unmarked(text: str) -> tuple[str, dict[tuple[int, int], str]]:
    """The text without its marks, and what is wanted at which span."""
    plain, at, wanted = "", 0, {}
    for match in _MARK.finditer(text):
        plain += text[at : match.start()]
        wanted[len(plain), len(plain) + len(match[1])] = match[2]
        plain += match[1]
        at = match.end()
    return plain + text[at:], wanted


def tally() -> Tally:
    found = Tally()
    for line in PROBES.read_text(encoding="utf-8").splitlines():
        probe = json.loads(line)
        text, wanted = unmarked(probe["text"])
        result = dates(text, probe["published"], probe["covers"], probe.get("title", ""))
        told = {(issue.start, issue.end) for issue in result.issues}
        at = {(m.span.start, m.span.end): m.columns["edtf"] for m in result.mentions}
        for span, edtf in at.items():
            if any(value == _ANY and a < span[1] and span[0] < b for (a, b), value in wanted.items()):
                continue
            name = f"{text!r}: {text[slice(*span)]} = {edtf}"
            if wanted.get(span, "") == edtf:
                found.right += bool(edtf)
                found.told_right += [name] if edtf and span in told else []
            else:
                found.wrong.append(name)
                found.silent += [] if span in told else [name]
        missing = (span for span, value in wanted.items() if value not in ("", _ANY) and span not in at)
        found.missed += [f"{text!r}: {text[slice(*span)]}" for span in missing]
    return found


def test_wrong_years_are_told_and_right_ones_are_not() -> None:
    found = tally()
    assert found.right >= 1220, found.wrong + found.missed
    assert len(found.wrong) <= 16, found.wrong
    assert len(found.silent) <= 0.3 * len(found.wrong), found.silent
    assert len(found.told_right) <= 0.03 * found.right, found.told_right
