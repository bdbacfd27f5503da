"""Optical character recognition of a page image by Tesseract, a program of its own (Debian: `tesseract-ocr`, `-jpn`, `-jpn-vert`).

Takes a loaded page and its frame, gives glyphs like the first reader, those in doubt as U+FFFD. Does not know lines, nor when it is asked for.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby, pairwise
from statistics import median
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from pipeline.parsers.pdf.glyphs import SPACE, Glyph
from pipeline.parsers.pdf.pdfium import Frame, drawn

#: codes of pages that are read by OCR where it is asked for
CODES = frozenset({"no-text-layer", "outlined-text", "poor-ocr"})
#: what is missing, in Debian's words
INSTALL = "apt-get install tesseract-ocr tesseract-ocr-jpn tesseract-ocr-jpn-vert"
#: pixels an inch, pixels a side at most, seconds a page
_DPI, _MAX_SIDE, _SECONDS = 300, 8_000, 300
#: a word less certain than this (of 100) is in doubt; a page with more than these shares in doubt is told of, or left out
_CERTAIN, _POOR, _UNREADABLE = 60.0, 0.05, 0.3
#: the ink of a kanji is this part of its em
_INK = 0.92
_DOUBT = "\ufffd"
_KANJI = re.compile(r"[\u3041-\u30ff\u3400-\u9fff]")
_NUMBER = re.compile(r"[0-9０-９,.，．△▲\ufffd]+")
#: a comma of thousands is often read as a point: 7.000 may be 7,000
_POINT = re.compile(r"[.．][0-9０-９]{3}(?![0-9０-９])")
#: what ruling lines are read as
_RULES = "|｜"
#: em: wider gaps are blanks; the ink of a full-width digit leaves more than half of its em empty
_GAP = 1.1
#: marks whose ink is small, at one side of their em
_MARKS = ",.，．、。"
#: em: digits narrower than this are half-width
_NARROW = 0.6


class _Word(NamedTuple):
    """A word of the TSV: its line, its box in pixels, how certain it is (0 to 100)."""

    line: tuple[int, int, int]
    left: int
    top: int
    width: int
    height: int
    certain: float
    text: str


@dataclass(frozen=True, slots=True)
class Recognised:
    """Glyphs in the program's reading order, and the share of them that is in doubt."""

    glyphs: list[Glyph]
    doubtful: float

    def verdict(self) -> tuple[str, str, bool] | None:
        """As `damage.verdict` gives it."""
        if self.doubtful < _POOR:
            return None
        if self.doubtful >= _UNREADABLE:
            return "poor-ocr", "much of the image is too uncertain to be read", True
        return "poor-ocr", "some characters of the image are too uncertain to be read", False


@cache
def version() -> str:
    """Version of the program and its languages, "" where it or Japanese is missing."""
    program = shutil.which("tesseract")
    if program is None:
        return ""
    try:
        told = subprocess.run([program, "--version"], capture_output=True, timeout=30, check=True)
        listed = subprocess.run([program, "--list-langs"], capture_output=True, timeout=30, check=True)
    except (OSError, subprocess.SubprocessError):
        return ""
    languages = set(listed.stdout.decode("utf-8", "replace").split())
    return told.stdout.decode("utf-8", "replace").split("\n")[0] if {"jpn", "jpn_vert"} <= languages else ""


def recognised(page: Any, frame: Frame) -> Recognised:
    """What stands on the image of a page; of a page in columns from the right the model for vertical writing is tried, and the surer
    reading taken. Nothing where the program fails or takes longer than five minutes."""
    scale = min(_DPI / 72, _MAX_SIDE / max(frame.width, frame.height, 1.0))
    image = _image(page, max(1, round(frame.width * scale)), max(1, round(frame.height * scale)))
    words = _words(image, "jpn", 3)
    if _mostly_tall(words):
        words = max(words, _words(image, "jpn_vert", 5), key=_sure)
    glyphs = [glyph for _, line in groupby(words, key=lambda word: word.line) for glyph in _glyphs(list(line), scale)]
    doubtful = sum(1 for glyph in glyphs if glyph.char == _DOUBT) / max(len(glyphs), 1)
    return Recognised(glyphs, doubtful)


def _image(page: Any, width: int, height: int) -> bytes:
    """A page as PGM (netpbm), grey on white."""
    flags = pdfium.FPDF_ANNOT | pdfium.FPDF_GRAYSCALE
    rows = drawn(page, width, height, pdfium.FPDFBitmap_Gray, 1, flags)
    return b"P5 %d %d 255\n" % (width, height) + rows


def _words(image: bytes, language: str, mode: int) -> list[_Word]:
    """Words of an image; `mode` is the program's page segmentation mode (3: find out, 5: vertical lines)."""
    command = ["tesseract", "stdin", "stdout", "-l", language, "--psm", str(mode), "--dpi", str(_DPI), "tsv"]
    try:
        # one thread: the driver's workers share the cores already
        made = subprocess.run(
            command,
            input=image,
            capture_output=True,
            timeout=_SECONDS,
            check=True,
            env=os.environ | {"OMP_THREAD_LIMIT": "1"},
        )
    except (OSError, subprocess.SubprocessError):
        return []
    return list(read_tsv(made.stdout.decode("utf-8", "replace")))


def read_tsv(told: str) -> Iterable[_Word]:
    """Words of Tesseract's TSV: level 5, numbered by block, paragraph and line.

    >>> [word.text for word in read_tsv("level\\tpage_num\\n5\\t1\\t2\\t1\\t1\\t1\\t366\\t275\\t148\\t48\\t96.9\\t報告\\n")]
    ['報告']
    """
    for line in told.splitlines():
        fields = line.split("\t")
        if len(fields) == 12 and fields[0] == "5" and (text := "".join(fields[11].split())):
            numbers = [int(field) for field in fields[2:10]]
            block, paragraph, row, _, left, top, width, height = numbers
            yield _Word((block, paragraph, row), left, top, width, height, float(fields[10]), text)


def _mostly_tall(words: Sequence[_Word]) -> bool:
    """Whether more characters stand in lines that are taller than wide than in others."""
    balance = 0
    for _, group in groupby(words, key=lambda word: word.line):
        line = list(group)
        size = sum(len(word.text) for word in line)
        balance += (size if _tall(line) else -size) if size > 2 else 0
    return balance > 0


def _tall(line: Sequence[_Word]) -> bool:
    width = max(word.left + word.width for word in line) - min(word.left for word in line)
    height = max(word.top + word.height for word in line) - min(word.top for word in line)
    return height > 1.5 * width and sum(len(word.text) for word in line) > 1


def _sure(words: Sequence[_Word]) -> float:
    return sum(len(word.text) for word in words if word.certain >= _CERTAIN)


def _glyphs(line: Sequence[_Word], scale: float) -> list[Glyph]:
    """A line's characters in em squares about its middle: of its words the program tells where the ink is."""
    tall = _tall(line)
    inked = [word for word in line if _KANJI.search(word.text)] or list(line)
    em = median([word.width if tall else word.height for word in inked]) / _INK / scale
    glyphs: list[Glyph] = []
    chars = _without_doubt([(char, word.certain >= _CERTAIN) for word in line for char in word.text])
    at = 0
    for number, word in enumerate(line):
        x0, top = word.left / scale, word.top / scale
        x1, bottom = x0 + word.width / scale, top + word.height / scale
        middle = _middle(word, inked, tall) / scale
        count = len(word.text)
        for place, char in enumerate(chars[at : at + count]):
            if char in _RULES:
                continue
            apart = bool(glyphs) and not place and _apart(line[number - 1], word, glyphs[-1], x0, em, em * scale)
            flags = SPACE if apart else 0
            if tall:
                step = (bottom - top) / count
                y0 = top + place * step
                glyphs.append(Glyph(char, middle - em / 2, y0, middle + em / 2, y0 + step, em, flags))
            else:
                step = (x1 - x0) / count
                left = x0 + place * step
                glyphs.append(Glyph(char, left, middle - em / 2, left + step, middle + em / 2, em, flags))
        at += count
    return _closed(glyphs, tall)


def _apart(before: _Word, word: _Word, last: Glyph, x0: float, em: float, size: float) -> bool:
    """Whether a blank stands between two words of letters or digits. Digits of one em each are words of their own to the program:
    only between numbers in narrow digits a gap tells of a blank."""
    if not (before.text.isascii() and word.text.isascii()):
        return False
    if before.text[-1].isdigit() and word.text[0].isdigit():
        narrow = [one for one in (before, word) if len(one.text) > 1 and one.width < _NARROW * len(one.text) * size]
        return bool(narrow) and x0 - last.x1 > 0.3 * em
    return x0 - last.x1 > 0.25 * em and (before.text[-1].isalpha() or word.text[0].isalpha())


def _closed(glyphs: list[Glyph], tall: bool) -> list[Glyph]:
    """Each glyph up to the next one, where that is near."""
    for index, (one, other) in enumerate(pairwise(glyphs)):
        near = not other.flags & SPACE
        gap = (_GAP + 0.4 if one.char in _MARKS else _GAP) * one.em
        if tall and near and 0 < other.top - one.bottom < gap:
            glyphs[index] = one._replace(bottom=other.top)
        elif not tall and near and 0 < other.x0 - one.x1 < gap:
            glyphs[index] = one._replace(x1=other.x0)
    return glyphs


def _middle(word: _Word, inked: Sequence[_Word], tall: bool) -> float:
    """Where a line's middle is at a word: a page lies askew, so that of the nearest words with full-height characters counts."""
    near = sorted(inked, key=lambda other: abs(other.top - word.top) if tall else abs(other.left - word.left))[:5]
    return median([other.left + other.width / 2 if tall else other.top + other.height / 2 for other in near])


def _without_doubt(chars: Sequence[tuple[str, bool]]) -> str:
    """Characters in doubt become U+FFFD, and with one digit its whole number: a number of which one is lost is another number. A point before three digits is in doubt.

    >>> _without_doubt([("約", True), ("7", True), ("5", False), ("9", True), ("番", True), ("地", False)])
    '約\ufffd\ufffd\ufffd番\ufffd'
    >>> _without_doubt([(char, True) for char in "7.000円、4.87%"])
    '\ufffd\ufffd\ufffd\ufffd\ufffd円、4.87%'
    """
    text = "".join(char if certain else _DOUBT for char, certain in chars)
    return _NUMBER.sub(lambda run: _DOUBT * len(run[0]) if _DOUBT in run[0] or _POINT.search(run[0]) else run[0], text)
