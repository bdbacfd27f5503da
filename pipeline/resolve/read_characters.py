"""The characters of a sentence that are read: without what soft line ends and letter-spacing put in.

Takes a text and a sentence's span; gives the offsets of its characters. Does not know words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.model import Span
from pipeline.text.fold import fold
from pipeline.text.patterns import late

_BLANK = re.compile(r"\s")
#: a soft line end; none where the next line begins with a label of its own (定員　20名, 費用：無料)
_SOFT = re.compile(
    r"[ \t\u3000]*[\r\n\f][\s\u3000]*+(?!(?:[一-龥ァ-ヺー]{2,8}|[一-龥]\u3000[一-龥])(?:[（(][^（()）]{1,10}[）)])?[\u3000：:])"
)
#: what letter-spacing looks like
_SPREAD = re.compile(r"\S[ \u3000]\S[ \u3000]\S")
#: letter-spacing of a word of two: 定　員
_SPACED = late(r"(?<![^\s・○◆●■◎□◇(（【〔])[一-龥]([ \u3000]{1,3})[一-龥](?=[\s：:】)）〕]|$)")
#: the blank beside a letter that stands alone: 限 度額, 経 験 年数
_PIECES = late(
    r"(?:(?<=[^一-龥ァ-ヺー][一-龥])[ ](?=[一-龥ァ-ヺー])|(?<=[一-龥ァ-ヺー])[ ](?=[一-龥](?![一-龥ァ-ヺー])))"
)


def read_places(text: str, sentence: Span) -> Sequence[int]:
    """The characters of a sentence that are read: its folded view without what letter-spacing and soft line ends put in."""
    cut = sentence.cut(text)
    if not _BLANK.search(cut):
        return range(sentence.start, sentence.end)
    if not _SPREAD.search(cut):
        gone = {
            i
            for m in (*_SOFT.finditer(cut), *_SPACED.finditer(cut))
            for i in range(m.start(m.re.groups), m.end(m.re.groups))
        }
        if not gone:
            return range(sentence.start, sentence.end)
        return [sentence.start + i for i in range(len(cut)) if i not in gone]
    view = fold(cut)
    bounds = (*view.starts, len(view.text))
    places: list[int] = []
    for k, (start, end) in enumerate(view.source):
        begin, as_long = sentence.start + start, bounds[k + 1] - bounds[k] == end - start
        places += range(begin, sentence.start + end) if as_long else [begin] * (bounds[k + 1] > bounds[k])
    seen = "".join([text[p] for p in places])
    gone = {places[i] for m in _SPACED.finditer(seen) for i in range(*m.span(1))}
    gone |= {places[m.start()] for m in _PIECES.finditer(seen)}
    return tuple([place for place in places if place not in gone and text[place] not in "\r\n\f"])
