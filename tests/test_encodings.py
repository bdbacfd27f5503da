"""Bytes to text: which encoding a Japanese document is in, whatever it declares."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.sources.encoding import declared_charset, decode

CODECS = ("utf-8", "cp932", "euc_jp", "iso2022_jp", "utf-16", "utf-16-le", "utf-16-be", "utf-8-sig")
#: short texts decide: long ones are easy
TEXTS = (
    "札幌市\n",
    "令和3年9月14日（火）公表",
    "予算額\n12億円",
    "お知らせ\r\n",
    "第２回",
    "釧路町、葛飾区 2020",
    "サーバーの賃貸借",
    "北九州市環境局環境国際部\n",
)


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("codec", CODECS)
def test_a_short_text_is_read_in_its_own_encoding(text: str, codec: str) -> None:
    data = text.encode(codec)
    if codec.startswith("utf-16-") and b"\0" not in data:
        pytest.skip("no mark and no ASCII character: nothing tells UTF-16")
    found = decode(data)
    assert (found.text, found.issues, found.readable) == (text, (), True)


@pytest.mark.parametrize("codec", ["cp932", "euc_jp", "utf-8", "iso2022_jp"])
@pytest.mark.parametrize(
    "declared", ["Shift_JIS", "EUC-JP", "UTF-8", "ISO-2022-JP", "iso-8859-1", "us-ascii", "x-unheard"]
)
def test_a_wrong_declaration_is_overruled_and_reported(codec: str, declared: str) -> None:
    text = "本市の予算は、前年度より増えました。地方公共団体"
    found = decode(text.encode(codec), declared)
    right = {"cp932": "Shift_JIS", "euc_jp": "EUC-JP", "utf-8": "UTF-8", "iso2022_jp": "ISO-2022-JP"}[codec]
    assert found.text == text
    assert [issue.code for issue in found.issues] == ([] if declared == right else ["encoding-declaration-wrong"])


def test_shift_jis_means_windows_code_page_932() -> None:
    found = decode("①㈱㍻～－".encode("cp932"), "Shift_JIS")
    assert (found.text, found.encoding) == ("①㈱㍻～－", "cp932")


def test_euc_with_the_nec_row_is_read() -> None:
    assert decode("①本市の事業".encode("euc_jis_2004")).text == "①本市の事業"


def test_a_declaration_that_reads_well_is_believed() -> None:
    assert decode("café, déjà vu".encode("latin-1"), "iso-8859-1").text == "café, déjà vu"


@pytest.mark.parametrize("codec", ["utf-8", "cp932", "euc_jp"])
def test_a_file_cut_inside_a_character_keeps_the_rest(codec: str) -> None:
    text = "令和3年度の予算額は、12億円です。" * 5
    found = decode(text.encode(codec)[:-1])
    assert found.text.startswith(text[:-1])
    assert found.damaged == 1
    assert [(issue.code, issue.severity) for issue in found.issues] == [("undecodable-bytes", "error")]
    assert found.readable


def test_a_byte_that_is_no_character_of_code_page_932_is_damage() -> None:
    found = decode("本市の予算".encode("cp932") + b"\xff\n")
    assert (found.text, found.damaged) == ("本市の予算\ufffd\n", 1)


def test_characters_of_private_use_are_reported() -> None:
    found = decode("外字\ue000の氏名です。".encode())
    assert [issue.code for issue in found.issues] == ["private-use-characters"]


@pytest.mark.parametrize(
    "data", [b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)) * 4, bytes(1000), b"\x80\x81\xfe\xff" * 99]
)
def test_binary_data_is_no_text(data: bytes) -> None:
    assert not decode(data).readable


@pytest.mark.parametrize(
    ("data", "content_type", "label"),
    [
        (b'<meta charset="euc-jp">', "text/html; charset=Shift_JIS", "Shift_JIS"),
        (b'<meta http-equiv="Content-Type" content="text/html; charset=x-sjis">', "text/html", "x-sjis"),
        (b'<?xml version="1.0" encoding="Shift_JIS"?><meta charset=utf-8>', "", "Shift_JIS"),
        (b"<META CHARSET=utf-8>", "", "utf-8"),
        (b'<meta charset="utf-16">', "", "utf-8"),
        (b"plain", "", ""),
    ],
)
def test_the_http_header_beats_the_page(data: bytes, content_type: str, label: str) -> None:
    assert declared_charset(data, content_type) == label


@given(st.binary(max_size=200))
def test_what_is_read_is_what_the_codec_says(data: bytes) -> None:
    found = decode(data)
    if not found.damaged:
        assert data.decode(found.encoding) == found.text
