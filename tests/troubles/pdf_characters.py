"""PDFs whose characters need care: letter-spacing, fake bold, radicals, hidden and white text, fonts that are not embedded."""

from __future__ import annotations

from pdf_maker import Maker

from troubles.trouble import Trouble


def _letter_spaced() -> bytes:
    maker = Maker()
    for index, char in enumerate("令和８年度予算"):
        maker.text(50 + 14 * index, 80, char)
    return maker.data()


TROUBLES = (Trouble("letter-spaced-title.pdf", _letter_spaced, text="令和８年度予算"),)
