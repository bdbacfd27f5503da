"""Pages: what is shown, what is furniture, grids, ruby, encodings."""

from __future__ import annotations

from troubles.trouble import Trouble


def _page(body: str, head: str = "") -> bytes:
    return f"<!doctype html><html lang=ja><head><meta charset=utf-8>{head}</head><body>{body}</body></html>".encode()


TROUBLES = (
    Trouble(
        "hidden-by-attribute.html",
        _page("<p>見える文。</p><p hidden>見えない文。</p>"),
        text="見える文。",
    ),
)
