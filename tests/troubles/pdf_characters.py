"""PDFs whose characters need care: letter-spacing, fake bold, radicals, hidden and white text, fonts that are not embedded."""

from __future__ import annotations

from pdf_maker import Maker

from troubles.trouble import Trouble


def _letter_spaced() -> bytes:
    maker = Maker()
    for index, char in enumerate("令和８年度予算"):
        maker.text(50 + 14 * index, 80, char)
    return maker.data()


def _bound_at_the_right() -> bytes:
    """The preference Direction R2L (ISO 32000, 12.2), which files with vertical writing have."""
    maker = Maker()
    maker.canvas.setViewerPreference("Direction", "R2L")
    maker.text(50, 80, "歳入は「村税」（3.48％）が多い！")
    return maker.data()


TROUBLES = (
    Trouble("letter-spaced-title.pdf", _letter_spaced, text="令和８年度予算"),
    Trouble("bound-at-the-right.pdf", _bound_at_the_right, text="歳入は「村税」（3.48％）が多い！"),
)
