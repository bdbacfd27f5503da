"""Bytes to text: byte order mark, declaration, then a strict decision between the encodings of Japanese documents.

Takes bytes and a declared charset; gives text, the codec and issues. Does not know what the text says.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from pipeline.model import Issue

#: mark, and the codec that drops it; UTF-32 first, because its mark begins with UTF-16's
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
#: what is declared as Shift_JIS is Windows code page 932 (①, ㈱, ㍻); the WHATWG standard says so too
_LABELS = dict.fromkeys(
    ("shift_jis", "shift-jis", "sjis", "x-sjis", "ms_kanji", "windows-31j", "cswindows31j", "ms932", "cp932"), "cp932"
)
#: a codec and its wider sisters, tried in turn: EUC with the NEC row (①), ISO-2022-JP with half-width katakana
_WIDER = {"euc_jp": ("euc_jis_2004",), "iso2022_jp": ("iso2022_jp_ext",)}
_META = re.compile(rb"""<meta\b[^>]{0,300}?charset\s*=\s*["']?\s*([A-Za-z0-9_.:\-]+)""", re.IGNORECASE)
_XML = re.compile(rb"""^\s*<\?xml\b[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9_.:\-]+)""")
_CHARSET = re.compile(r"""charset\s*=\s*["']?([A-Za-z0-9_.:\-]+)""", re.IGNORECASE)
_GAIJI = re.compile("[\ue000-\uf8ff]")
#: what Python's cp932 makes of bytes that are no characters there (0x80, 0xA0, 0xFD to 0xFF)
_NO_CP932 = re.compile("[\x80\xa0\uf8f0-\uf8f3]")
_KANA = re.compile("[ぁ-んァ-ヶ]{2}")
_TELLING = re.compile("[^\t\n\r\f -~]+")
_SAMPLE = 100_000
#: a declaration is overruled only by a reading that is better by this much (scores lie between -3 and 1)
_MARGIN = 0.3
#: below the first a reading with replaced bytes is compared, below the second there is no text at all
_DOUBTFUL, _HOPELESS = 0.5, -0.5
#: above this a declared legacy encoding is believed at once
_SURE = 0.8


@dataclass(frozen=True, slots=True)
class Decoded:
    """`encoding` is Python's codec name: `data.decode(encoding) == text` unless `damaged`, the number of U+FFFD written
    for bytes that no codec reads. `readable` is False where the result is no text (binary data, mojibake)."""

    text: str
    encoding: str
    issues: tuple[Issue, ...] = ()
    damaged: int = 0
    readable: bool = True


def decode(data: bytes, declared: str = "") -> Decoded:
    """The text of `data`; `declared` is a charset label (`Shift_JIS`), "" for none.

    >>> decode("令和3年①".encode("cp932")).encoding
    'cp932'
    >>> decode("地方公共団体".encode("euc_jp"), "Shift_JIS").text
    '地方公共団体'
    """
    marked = next((codec for mark, codec in _MARKS if data.startswith(mark)), "")
    label = codec_of(declared)
    candidates = list(dict.fromkeys(name for name in (marked, label, *_likely(data)) if name))
    if not marked and (label or b"\x1b" not in data):
        # the common case by far; the other codecs are tried only where this reading looks odd
        plain = _strict(data, label or "utf-8")
        if plain is not None and _is_plain(plain[0], label in ("", "utf-8")):
            unheard = Issue("encoding-declaration-wrong", f"declared {declared}, but the bytes are {plain[1]}")
            return _decoded(*plain, (unheard,) if declared and not label and not data.isascii() else ())
    readings = {name: reading for name in candidates if (reading := _strict(data, name)) is not None}
    if not readings:
        return _damaged(data, candidates)
    scores = {name: plausibility(text) for name, (text, _) in readings.items()}
    # what reads strictly as UTF-8 is hardly ever anything else: kana never, and few kanji, have such bytes elsewhere
    best = max(scores, key=lambda name: scores[name] + (name == "utf-8" and scores[name] > 0))
    for told in (marked, label):
        if told in scores and scores[told] >= scores[best] - _MARGIN:
            best = told
            break
    # UTF-16 reads almost any bytes: without a mark, a declaration or a NUL (an ASCII character) it must read very well
    unmarked = best.startswith("utf-16") and best not in (marked, label)
    guessed = unmarked and b"\0" not in data and scores[best] < _SURE
    if guessed or scores[best] < _DOUBTFUL:
        # one broken byte makes the right codec fail
        repaired = _damaged(data, candidates)
        if repaired.readable and (guessed or plausibility(repaired.text) > scores[best] + _MARGIN):
            return repaired
    text, codec = readings[best]
    readable = scores[best] > (_DOUBTFUL if unmarked else _HOPELESS)
    # a mark is stronger than a declaration, which stays wrong; an unknown label beside a mark is no trouble
    wrong = declared and (label or not marked) and _bare(label) != _bare(best) and not text.isascii()
    overruled = Issue("encoding-declaration-wrong", f"declared {declared}, but the bytes are {codec}")
    return _decoded(text, codec, (overruled,) if wrong else (), readable)


def _is_plain(text: str, is_utf8: bool) -> bool:
    """Whether a reading needs no second look; what reads strictly as UTF-8 and has kana hardly ever is anything else."""
    if is_utf8 and _KANA.search(text, 0, _SAMPLE):
        return True
    return plausibility(text) > (_DOUBTFUL if is_utf8 else _SURE)


def _bare(codec: str) -> str:
    """A codec's name without byte order."""
    return codec.removesuffix("-sig").removesuffix("-le").removesuffix("-be")


def _decoded(text: str, codec: str, issues: tuple[Issue, ...], readable: bool = True) -> Decoded:
    if gaiji := len(_GAIJI.findall(text)):
        issues += (Issue("private-use-characters", f"{gaiji} characters are in the private use area (gaiji)"),)
    return Decoded(text, codec, issues, 0, readable)


def codec_of(label: str) -> str:
    """Python's name of a declared charset, "" if it is unknown or no text encoding.

    >>> codec_of("Shift_JIS"), codec_of("x-euc-jp"), codec_of("UTF8"), codec_of("nonsense")
    ('cp932', 'euc_jp', 'utf-8', '')
    """
    name = label.strip().lower()
    if name in _LABELS:
        return _LABELS[name]
    try:
        found = codecs.lookup(name.removeprefix("x-"))
        "".encode(found.name)
    except (LookupError, ValueError):
        return ""
    return _LABELS.get(found.name, found.name)


def declared_charset(data: bytes, content_type: str = "") -> str:
    """Charset label that an HTTP content type tells, else a page's own `meta` or XML declaration, else ""."""
    if match := _CHARSET.search(content_type):
        return match[1]
    head = data[:8192]
    if (found := _XML.search(head[:300]) or _META.search(head)) is None:
        return ""
    label = found[1].decode("ascii")
    # a declaration that could be read byte by byte cannot be UTF-16: browsers take it for UTF-8
    return "utf-8" if label.lower().startswith("utf-16") else label


def plausibility(text: str) -> float:
    """How much `text` looks like a Japanese document: 1 for kana and common kanji or plain ASCII, below 0 for debris.

    >>> plausibility("札幌市の予算") > 0.9, plausibility("ｻDﾋﾎﾔ") < 0.4, plausibility("\\x1b$B") < 0
    (True, True, True)
    """
    # plain ASCII has no weight, and there is most of it in a page
    counts = Counter("".join(_TELLING.findall(text[:_SAMPLE])))
    total = weight = 0.0
    for character, count in counts.items():
        if (one := _weight(character)) is not None:
            total += count
            weight += one * count
    return weight / total if total else 1.0


@lru_cache(maxsize=4096)
def _weight(character: str) -> float | None:
    code = ord(character)
    if character in "\t\n\r\f" or 0x20 <= code < 0x7F or code in (0xA0, 0x85, 0x2028, 0xFEFF):
        return None
    if 0x3000 <= code <= 0x30FF or 0xFF01 <= code <= 0xFF5E:
        return 1.0
    if 0xFF61 <= code <= 0xFF9F:
        return 0.25
    if character == "\ufffd" or unicodedata.category(character) in ("Cc", "Co", "Cn", "Cs"):
        return -3.0
    try:
        lead = character.encode("euc_jp")[0]
    except UnicodeEncodeError:
        return 0.1 if not unicodedata.name(character, "").startswith("CJK UNIFIED") else -0.3
    if 0xB0 <= lead <= 0xCF:  # JIS X 0208 level 1: the common kanji
        return 0.9
    return 0.2 if lead >= 0xD0 or lead == 0x8F else 0.6


def _likely(data: bytes) -> list[str]:
    names = ["utf-8"]
    if b"\x1b" in data:
        names.insert(0, "iso2022_jp")
    names += ["cp932", "euc_jp"]
    if len(data) % 2 == 0:
        names += ["utf-16-le", "utf-16-be"]
    return names


def _strict(data: bytes, name: str) -> tuple[str, str] | None:
    for codec in (name, *_WIDER.get(name, ())):
        try:
            text = data.decode(codec)
        except UnicodeError:
            continue
        if codec != "cp932" or not _NO_CP932.search(text):
            return text, codec
    return None


def _damaged(data: bytes, candidates: list[str]) -> Decoded:
    texts = {name: data.decode(name, "replace") for name in candidates if not name.startswith("utf-16")}
    texts = texts or {"utf-8": data.decode("utf-8", "replace")}
    if "cp932" in texts:
        texts["cp932"] = _NO_CP932.sub("\ufffd", texts["cp932"])
    best = max(texts, key=lambda name: plausibility(texts[name]))
    text = texts[best]
    count = text.count("\ufffd")
    readable = plausibility(text) > 0 and count * 20 <= max(len(text), 20)
    issue = Issue("undecodable-bytes", f"{count} places are no {best} and were read as U+FFFD", "error")
    return Decoded(text, best, (issue,), count, readable)
