"""Hostile files: each costs bounded time and memory, and is told by its limit. No file or address outside is opened."""

from __future__ import annotations

from pathlib import Path

from pdf_objects import page, pdf, stream, words

from troubles.trouble import Trouble

#: a file that each hostile one tries to have read: this module
_HERE = Path(__file__).resolve().as_uri().encode()
_A = words(b"61")


def _grown(content: bytes, times: int, rounds: int = 1) -> bytes:
    return page(stream(content * times, rounds=rounds))


def _forms(depth: int) -> bytes:
    """Forms, each in the one before it; the innermost writes a letter."""
    more = []
    for level in range(depth):
        inner = b"" if level == depth - 1 else b"/XObject<</N %d 0 R>>" % (7 + level)
        box = b"/Type/XObject/Subtype/Form/BBox[0 0 420 595]/Resources<</Font<</F 5 0 R>>" + inner + b">>"
        more.append(stream(words(b"62") if level == depth - 1 else b"/N Do", box))
    return page(stream(_A + b"/N Do"), more=more, resources=b"/XObject<</N 6 0 R>>")


def _many_pages() -> bytes:
    kids = b"4 0 R " * 5_100
    return pdf(
        [
            b"<</Type/Pages/Parent 2 0 R/Count 5100/Kids[" + kids + b"]>>",
            b"<</Type/Page/Parent 3 0 R/MediaBox[0 0 420 595]/Contents 5 0 R/Resources<</Font<</F 6 0 R>>>>>>",
            stream(_A),
            b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        ],
        pages=5_100,
    )


def _leads_out() -> bytes:
    """Content in another file, links, actions on opening, an attached file, an XFA form: none is followed."""
    content = b"[4 0 R 6 0 R]"
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
    link = b"<</Type/Annot/Subtype/Link/Rect[0 0 99 99]/A<</S/URI/URI(http://127.0.0.1:9/)>>>>"
    own = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 420 595]/Contents " + content
    own += b"/Resources<</Font<</F 5 0 R>>>>/Annots[7 0 R]/AA<</O<</S/GoToR/F(" + _HERE + b")/D[0/Fit]>>>>>>"
    outside = b"<</Length 0/F<</Type/Filespec/FS/URL/F(" + _HERE + b")>>>>\nstream\n\nendstream"
    attached = b"<</Type/Filespec/F(a.txt)/EF<</F 9 0 R>>>>"
    inside = stream("添付の本文は読まない".encode(), b"/Type/EmbeddedFile")
    xfa = stream(b"<?xml version='1.0'?><!DOCTYPE x [<!ENTITY e SYSTEM '" + _HERE + b"'>]><x>&e;</x>")
    catalog = b"/OpenAction<</S/Launch/F(" + _HERE + b")>>/Names<</EmbeddedFiles<</Names[(a.txt)8 0 R]>>>>"
    catalog += b"/AcroForm<</Fields[]/XFA 10 0 R>>"
    return pdf([own, stream(_A), font, outside, link, attached, inside, xfa], catalog)


def _html(body: bytes) -> bytes:
    return b"<!doctype html><html lang=ja><meta charset=utf-8><body>" + body + b"</body></html>"


_FRAMES = (
    b"<iframe src='" + _HERE + b"'></iframe><object data='" + _HERE + b"'></object><embed src='" + _HERE + b"'>"
    b"<link rel=stylesheet href='" + _HERE + b"'><img src='http://127.0.0.1:9/x.png'>"
)
_LAUGHS = b"".join(b"<!ENTITY l%d '%s'>" % (n, b"&l%d;" % (n - 1) * 10) for n in range(1, 12))
_ENTITIES = (
    b"<?xml version='1.0'?><!DOCTYPE html [<!ENTITY l0 'laugh'>" + _LAUGHS + b"<!ENTITY x SYSTEM '" + _HERE + b"'>]>"
    b"<html xmlns='http://www.w3.org/1999/xhtml'><body><p>A &l11; B &x; C</p></body></html>"
)

TROUBLES = (
    Trouble(
        "stream-of-blanks.pdf",
        lambda: _grown(b" " * 1_000, 70_000),
        text="",
        issues=("too-large-stream",),
        status="failed",
    ),
    Trouble(
        "deflated-twice.pdf",
        lambda: _grown(b" " * 1_000, 70_000, rounds=2),
        text="",
        issues=("too-large-stream",),
        status="failed",
    ),
    Trouble("many-texts.pdf", lambda: _grown(_A, 60_000), text="", issues=("too-many-texts",), status="failed"),
    Trouble(
        "many-objects.pdf",
        lambda: _grown(b"0 0 m 9 9 l S ", 1_000_100),
        text="",
        issues=("too-many-objects",),
        status="failed",
    ),
    Trouble(
        "many-rules.pdf",
        lambda: page(stream(_A + b"5 5 m 90 5 l S " * 40_000, rounds=1)),
        order=("a",),
        issues=("too-many-objects",),
    ),
    Trouble("deep-forms.pdf", lambda: _forms(20), order=("a",), issues=("too-deep",)),
    Trouble("forms-without-end.pdf", lambda: _forms(400), text="a", issues=("too-deep",)),
    Trouble("many-pages.pdf", _many_pages, order=("a",), issues=("too-many-pages",), status="partial"),
    Trouble("leads-out.pdf", _leads_out, text="a"),
    Trouble(
        "deep-elements.html",
        lambda: _html(b"<div>" * 50_000 + "深い所の文。".encode()),
        text="深い所の文。",
        issues=("too-deep",),
    ),
    Trouble(
        "endless-spans.html",
        _html(b"<table><tr><th colspan=1000000000>A<tr><td rowspan=1000000000>1<td>2</table>"),
        order=("A", "1", "2"),
    ),
    Trouble(
        "million-cells.html",
        lambda: _html(b"<table>" + (b"<tr>" + b"<td>1" * 1_000) * 1_000 + b"</table>"),
        text="",
        issues=("too-large",),
        status="failed",
    ),
    Trouble("leads-out.html", _html(_FRAMES + "<p>本文。</p>".encode()), text="本文。"),
    Trouble("entities-lead-out.html", _ENTITIES, order=("A", "B", "C"), absent=("laughlaugh", "Hostile files")),
    Trouble("one-line.txt", lambda: "橋の費用は三百円。".encode() * 200_000, order=("橋の費用は三百円。",)),
    Trouble("endless-line.txt", lambda: b"(" * 7_000_000, text="", issues=("too-large",), status="failed"),
    Trouble("endless-lines.txt", lambda: b"1\n" * 300_000, text="", issues=("too-large",), status="failed"),
)
