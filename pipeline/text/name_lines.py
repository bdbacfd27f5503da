"""Lines of a cell or address that hold a name each, told from one name broken over two lines.

Takes a text and a line's end in it; says whether names are parted there. Does not know bodies; the words are those of `layout_words.csv`.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from pipeline.text.orthography import words

_ENDS = re.compile(r"[\n\r\f\u2028\u0085\v]")
_STOP = re.compile(r"[、。，,]|[^\s][はがをに]$")
_MARKS = "◎○●・■□◆◇※①②③④⑤⑥⑦⑧⑨⑩- \t\u3000"
#: the longest line that is a name, and how far a form is looked for before a line's end
_LONGEST, _REACH = 30, 16
_NAME = "一-龥々ァ-ヴーA-Za-zＡ-Ｚａ-ｚ"


class _Words(NamedTuple):
    """`form_begins` matches a legal form and the name behind it, `form_ends` a name and the form behind it, `ends_like` how the name of a body ends, `place` the name of a
    local government as the whole of a line, `no_name` what stands behind a form or a name and begins none, `hint` what a line with a name has, `companies` a form that stands before or behind a name, `alone` the name of a body that lies in no other."""

    form_begins: re.Pattern[str]
    form_ends: re.Pattern[str]
    ends_like: re.Pattern[str]
    place: re.Pattern[str]
    no_name: re.Pattern[str]
    forms: re.Pattern[str]
    hint: re.Pattern[str]
    companies: re.Pattern[str]
    alone: re.Pattern[str]


def parts_names(text: str, start: int, end: int, first: int, last: int) -> bool:
    """Whether a name ends at `start` and another one begins at `end`, in the run of the text from `first` to `last`.

    >>> [parts_names(t, t.index("\\n"), t.index("\\n") + 1, 0, len(t)) for t in ("株式会社青葉\\n国立大学法人峠大学", "峠大学\\n里大学", "青葉(株)\\n峠市")]
    [True, True, True]
    >>> [parts_names(t, t.index("\\n"), t.index("\\n") + 1, 0, len(t)) for t in ("青葉エナジー\\n株式会社", "青葉(株)\\n峠支店", "峠環境\\n保全協会")]
    [False, False, False]
    """
    known = _words()
    begun = known.form_begins.match(text, end, last)
    tail = text[max(first, start - _REACH) : start]
    if begun and not known.no_name.match(text, begun.end("form"), last) and not _is_broken(tail, begun["form"], known):
        if not tail.strip(_MARKS) or known.forms.fullmatch(tail.strip(_MARKS)):
            return False
        if not known.companies.fullmatch(begun["form"]):
            return True
        # a company's form may stand behind the name that the line above ends with
        upper, lower = _line(text, start, first, -1), _line(text, end, last, 1)
        return not _is_sentence(upper) and not _is_sentence(lower) and known.no_name.search(lower) is None
    ended = known.form_ends.search(tail)
    if ended is None and not known.hint.search(text, max(first, start - 2 * _LONGEST), min(last, end + _LONGEST)):
        return False
    upper, lower = _line(text, start, first, -1), _line(text, end, last, 1)
    if ended is not None and re.match(f"[{_NAME}]", lower):
        return known.no_name.search(lower) is None and known.forms.match(upper) is None
    if _is_sentence(upper) or _is_sentence(lower):
        return False
    if known.place.fullmatch(lower):
        return known.hint.search(upper) is not None
    if known.form_ends.search(lower):
        return known.form_begins.match(upper) is not None or known.place.fullmatch(upper) is not None
    left, right = known.ends_like.search(upper), known.ends_like.search(lower)
    if left is None or right is None:
        return False
    return left["kind"] == right["kind"] or known.alone.search(lower) is not None


def _is_sentence(line: str) -> bool:
    """Whether a line is more than a name."""
    return len(line) > _LONGEST or _STOP.search(line) is not None


def _is_broken(tail: str, form: str, known: _Words) -> bool:
    """Whether a longer form is broken by the line's end (一般 / 社団法人)."""
    return any(
        known.forms.fullmatch(tail[-length:] + form) is not None for length in range(1, min(len(tail), _REACH) + 1)
    )


def _line(text: str, at: int, limit: int, step: int) -> str:
    """The line before (`step` -1) or behind (1) an offset, without marks and blanks at its ends."""
    if step < 0:
        return _ENDS.split(text[max(limit, at - 2 * _LONGEST) : at])[-1].strip(_MARKS)
    return _ENDS.split(text[at : min(limit, at + 2 * _LONGEST)])[0].strip(_MARKS)


@lru_cache(maxsize=1)
def _words() -> _Words:
    form, end = words("legal_form"), words("body_end")
    return _Words(
        form_begins=re.compile(
            rf"[{re.escape(_MARKS)}]*(?P<form>{form})[ \u3000]?(?=[{_NAME}]{{2}}|[{_NAME}](?:\s|$))"
        ),
        form_ends=re.compile(rf"[{_NAME}]{{2}}[ \u3000]?{words('company_form')}$"),
        ends_like=re.compile(rf"[{_NAME}ぁ-ん](?P<kind>{end})$"),
        place=re.compile(rf"[一-龥々ぁ-んァ-ヴー]{{1,6}}{words('government_end')}(?=\s|$)"),
        no_name=re.compile(words("behind_name")),
        forms=re.compile(form),
        companies=re.compile(words("company_form")),
        alone=re.compile(rf"[{_NAME}ぁ-ん]{{2}}{words('body_alone')}$"),
        hint=re.compile(rf"{form}|{end}"),
    )
