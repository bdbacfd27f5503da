"""Texts: encodings, line ends, tables by white space, cards, minutes."""

from __future__ import annotations

from troubles.trouble import Trouble

TROUBLES = (
    Trouble(
        "carriage-returns-only.txt",
        "令和５年度の予算\r\r　村は道路を直した。\r".encode(),
        order=("令和５年度の予算", "村は道路を直した。"),
    ),
)
