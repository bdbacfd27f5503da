"""Where a body's name begins, when MeCab cuts it wrongly: inside a word in kana, or in the surname of a unit's head.

Takes a candidate's span in its text; gives the span that the name has. Does not know bodies.
"""

from __future__ import annotations

import re
from collections.abc import Set

from pipeline.model import OrganisationValue, Span
from pipeline.resolve.body_found import closed
from pipeline.resolve.body_names import Bodies, normalised
from pipeline.segment.tokens import tokenize
from pipeline.text.patterns import late

_KANA_BEFORE = late(r"(?:^|[\s「『(（【、。・:：])([ぁ-ん]{1,3})\Z")
_KATAKANA_BEFORE = re.compile(r"[ァ-ヴー]{1,4}\Z")
_HIRAGANA = re.compile("[ぁ-ん]")
#: what MeCab takes a surname for
_NAME = re.compile(r"固有名詞-(?:地名-一般|人名-姓)")
#: how much of the text before a name is looked at
_REACH = 4
#: a bureau's name so long is known behind any word (土居水・大気環境局長)
_LEAST_BUREAU = 6
_SUFFIXES = frozenset("都道府県市区町村郡")


def mended(
    text: str, span: Span, value: OrganisationValue, known: Bodies, place_ends: Set[int] = frozenset()
) -> tuple[Span, OrganisationValue]:
    """The span and value of a name that begins some kana or a part of the country earlier, or one surname or the last character of a place later.

    `place_ends` holds where the names of places end.

    >>> from pipeline.engine.load import load_rules
    >>> from pipeline.resolve.body_names import bodies
    >>> known, value = bodies(load_rules().gazetteers), OrganisationValue("つぎ市民会議", kind="assembly")
    >>> mended("「あつぎ市民会議」", Span(2, 8), value, known)[0]
    Span(start=1, end=8)
    """
    if value.kind == "unit" and (skip := _line_before(text, span, known)):
        return Span(span.start + skip, span.end), _renamed(value, closed(text[span.start + skip : span.end]))
    first, before = text[span.start], text[max(0, span.start - _REACH) : span.start]
    more = ""
    if "ぁ" <= first <= "ん" and (kana := _KANA_BEFORE.search(before)):
        more = kana[1]
    elif ("ぁ" <= first <= "ん" and (honorific := _honorific(text, span))) or (
        value.kind == "unit" and before[-1:] == "お" and (honorific := _honorific(text, span))
    ):
        more = honorific
    elif "ァ" <= first <= "ヴ" and (kana := _KATAKANA_BEFORE.search(before)):
        more = kana[0]
    elif value.kind in ("unit", "government") and known.words.region.match(before[-2:]):
        more = before[-2:]
    if more:
        return Span(span.start - len(more), span.end), _renamed(value, more + value.name)
    if span.start + 1 in place_ends and len(value.name) > 2:
        return Span(span.start + 1, span.end), _renamed(value, value.name[1:])
    if value.kind == "unit" and (skip := _surname(text, span, known)):
        return Span(span.start + skip, span.end), _renamed(value, value.name[skip:])
    return span, value


def _line_before(text: str, span: Span, known: Bodies) -> int:
    """How many characters at the beginning are the end of the line above, where the unit is one that nearly all administrations have (…の環境, then 総務課);
    0 where that line ends with a unit or body too."""
    head, broken, tail = text[span.start : span.end].rpartition("\n")
    if not broken or known.words.common_unit.match(closed(tail)) is None or known.words.part.search(closed(head)):
        return 0
    return len(head) + len(broken) + len(tail) - len(tail.lstrip())


def _honorific(text: str, span: Span) -> str:
    """The お that MeCab parts from the word that a name begins with (おひさま, お客さまサービス課)."""
    start = max(0, span.start - _REACH)
    before = next((t for t in tokenize(text[start : span.end]) if start + t.end == span.start), None)
    return before.surface if before is not None and "接頭辞" in before.pos and _HIRAGANA.match(before.surface) else ""


def _renamed(value: OrganisationValue, name: str) -> OrganisationValue:
    return OrganisationValue(name, value.legal_form, value.kind, value.organisation_id)


def _surname(text: str, span: Span, known: Bodies) -> int:
    """How many characters at the beginning of a unit's name are the surname of its head, which may read as a place (河北財政課長).

    So is a place without its suffix before a division, where a post stands behind it: a branch would be named 支店 or 事務所.
    """
    name = span.cut(text)
    if known.forms.company.search(name) or known.words.placed.search(name):
        return 0
    if not known.words.head_post.match(text[span.end : span.end + 4]):
        return 0
    tokens = tokenize(name)
    length, rest = len(tokens[0].surface), normalised(name[tokens[0].end :])
    if not known.words.headed.search(name):
        # a bureau may bear the name of its place or field (広島国税局, 市民健康局): only what a ministry's bureau is called is told from it
        is_bureau = known.by_name(name) is None and rest in known.units
        is_told = len(rest) >= _LEAST_BUREAU or _NAME.search(tokens[0].pos) is not None
        return tokens[0].end if is_bureau and is_told and length in (2, 3) else 0
    if len(tokens) < 3 or not _NAME.search(tokens[0].pos) or tokens[1].surface[0] in _SUFFIXES:
        return 0
    if known.words.region.match(tokens[0].surface) or known.longest_prefix(name) is not None:
        return 0
    return tokens[0].end if length in (2, 3) else 0
