"""Text that is there but cannot be trusted: unmapped fonts, mojibake, a poor OCR layer.

Takes the characters of a page, gives what is wrong with them as an issue's code and words. Does not know boxes.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

#: shares of a page's characters: beyond these the page is not read; below, told of
UNREADABLE, DAMAGED = 0.25, 0.004
_NOISE_POOR, _NOISE_UNREADABLE = 0.05, 0.15
_PRIVATE = "\ue000-\uf8ff\U000f0000-\U0010ffff"
_BAD = re.compile(rf"[\ufffd\x00-\x08{_PRIVATE}]|\(cid:[0-9]+\)")
_GAIJI = re.compile(f"[{_PRIVATE}]")
_KANJI = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
#: UTF-8 read as Windows code page 932 or as Latin-1 leaves these behind
_HIGH = "[\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]"
_MOJIBAKE = re.compile(rf"[縺繧繝][^ぁ-ん\s]|ã{_HIGH}|[åæçèé]{_HIGH}{{2}}|ï¼")
#: characters of a code page that stand in no Japanese text, only in place of what a font could not name
_FOREIGN = re.compile(r"[\u0080-\u009f¡-¦¨-¯¸-¿À-ÖØ-öø-ÿŒœŠšŸŽžƒˆ˜™›‹‚„†‡]")
#: among them those that are no letters of a language either: three of them are no accident
_MISNAMED = re.compile(r"[\u0080-\u009fœŒšŠžŽŸƒˆ˜›‹‚„†‡\ufffd]")
_OCR_NOISE = re.compile(
    r"[~|\\^_`’‘“”»«》《〉〈』『〔〕;!*#@$<>{}■ｌ]|(?P<again>[^\s0-9０-９.．・…\-─―=＝])(?P=again){3,}"
)
#: an image is a scan's from this share of the page on; a smaller one is a mark or a logo
_COVERS, _SEEN = 0.5, 0.02
#: a page without text and with more paths than this is drawn, not blank
_OUTLINES = 40
#: letters of one page below which nothing can be told
_FEW = 12


def bad_share(text: str, unmapped: int = 0) -> float:
    """Share of replacement characters, private-use and control characters, and characters without a mapping."""
    if not text:
        return 0.0
    return max(_length(_BAD, text), unmapped) / len(text)


def _length(pattern: re.Pattern[str], text: str) -> int:
    return sum(len(found.group()) for found in pattern.finditer(text))


def verdict(text: str, unmapped: int = 0) -> tuple[str, str, bool] | None:
    """(code, words, whether the text must be left out) for a page's text, None where nothing is wrong with it.

    `unreadable-text`: glyphs without a Unicode value; `private-use-characters`: gaiji that only their own font shows;
    `mojibake`: bytes read in a wrong encoding; `wrong-character-map`: a font that names other characters than it shows;
    `damaged-text`: some of these.

    >>> verdict("令和3年度一般会計予算の概要について説明する。")
    >>> verdict("\ufffd" * 40)
    ('unreadable-text', 'most of the characters have no Unicode value', True)
    >>> verdict("ä»¤å\x92\x8cï¼\x93å¹´åº¦")[0]
    'mojibake'
    """
    share, gaiji = bad_share(text, unmapped), len(_GAIJI.findall(text))
    if share >= UNREADABLE:
        if gaiji > share * len(text) / 2 and gaiji >= unmapped:
            return "private-use-characters", "most of the characters are in the private use area (gaiji)", True
        return "unreadable-text", "most of the characters have no Unicode value", True
    if len(text) >= _FEW:
        garbled = _length(_MOJIBAKE, text) / len(text)
        if garbled >= UNREADABLE:
            return "mojibake", "the text is mojibake (its bytes were read in a wrong encoding)", True
        foreign = len(_FOREIGN.findall(text)) / len(text)
        if foreign >= UNREADABLE:
            return "wrong-character-map", "the fonts name no Japanese characters for their glyphs", True
        if _rare_share(text) >= 0.4:
            return "wrong-character-map", "the characters make no Japanese text (a font with a wrong map)", True
        share = max(share, garbled, foreign)
    if gaiji and gaiji >= share * len(text):
        return "private-use-characters", "some of the characters are in the private use area (gaiji)", False
    if share >= DAMAGED or len(_MISNAMED.findall(text)) >= 3:
        return "damaged-text", "some of the characters are unmapped or garbled", False
    return None


def ocr_verdict(text: str) -> tuple[str, str, bool] | None:
    """The same for the text behind a scanned image: `poor-ocr` where signs and repeats that no text has are frequent.

    >>> ocr_verdict("厚生労働省ホームページには、次のとおり明記されています。")
    >>> ocr_verdict("一一一一一~|約91％’‘一一一）一』一》》》岬》")[0]
    'poor-ocr'
    """
    if not text:
        return None
    noise = _length(_OCR_NOISE, text) / len(text)
    if noise < _NOISE_POOR:
        return None
    return (
        "poor-ocr",
        "the OCR layer of the scan is poor: signs and repeats that no text has are frequent",
        noise >= _NOISE_UNREADABLE,
    )


def why_empty(image_share: float, paths: int, unnamed: bool) -> tuple[str, str]:
    """Code and words for a page without characters: what is drawn on it instead.

    `image_share` is the largest image's share of the page; `unnamed` tells of text whose characters have no value.

    >>> why_empty(0.9, 60, False)[0], why_empty(0.2, 900, False)[0], why_empty(0.0, 2, False)[0]
    ('no-text-layer', 'outlined-text', 'blank-page')
    """
    if image_share >= _COVERS or (image_share > _SEEN and paths <= _OUTLINES):
        return "no-text-layer", "the page is an image without text (a scan)"
    if paths > _OUTLINES:
        return "outlined-text", "the text is drawn as outlines, not written"
    if unnamed:
        return "unreadable-text", "none of the characters has a Unicode value"
    return "blank-page", "the page is blank"


def unmapped_names(text: str) -> str:
    """`(cid:123)`, which a reader writes for a glyph it cannot name, becomes U+FFFD.

    >>> unmapped_names("第(cid:12)号")
    '第\ufffd号'
    """
    return re.sub(r"\(cid:[0-9]+\)", "\ufffd", text)


def _rare_share(text: str) -> float:
    """Share of kanji outside JIS X 0208 level 1 among kanji; real text has a few names, a shifted font has most."""
    kanji = Counter(_KANJI.findall(text))
    if kanji.total() < 30:
        return 0.0
    return sum(count for char, count in kanji.items() if not _is_level_1(char)) / kanji.total()


@cache
def _is_level_1(char: str) -> bool:
    code = char.encode("shift_jis", errors="replace")
    return len(code) == 2 and 0x889F <= code[0] << 8 | code[1] <= 0x9872
