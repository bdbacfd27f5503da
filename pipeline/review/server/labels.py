"""The words of the pages in Japanese and English: lines of `labels.csv`.

Takes a request's wish; gives labels. Does not know where they are shown.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

LANGUAGES = ("en", "ja")


@cache
def labels(language: str) -> Mapping[str, str]:
    """All labels by their names; of a language that is not there the English ones."""
    with Path(__file__).with_name("labels.csv").open(encoding="utf-8", newline="") as file:
        return {row["label"]: row[language if language in LANGUAGES else "en"] for row in csv.DictReader(file)}


def language(asked: str, kept: str, accepted: str) -> str:
    """The language asked for in the address, else the one kept in a cookie, else the first that the browser accepts.

    >>> language("", "", "fr;q=0.9, ja;q=0.8, en;q=0.7"), language("en", "ja", ""), language("", "", "")
    ('ja', 'en', 'en')
    """
    for told in (asked, kept):
        if told in LANGUAGES:
            return told
    ranked: list[tuple[float, str]] = []
    for part in accepted.split(","):
        found = re.fullmatch(r"\s*([A-Za-z]{2})[-A-Za-z]*\s*(?:;\s*q=([0-9.]+))?\s*", part)
        if found and found[1].lower() in LANGUAGES:
            ranked.append((float(found[2] or 1) if (found[2] or "1").count(".") < 2 else 0.0, found[1].lower()))
    return max(ranked, key=lambda pair: pair[0])[1] if ranked else "en"
