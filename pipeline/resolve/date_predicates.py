"""Whether the verb that a date belongs to tells of it as past or as ahead.

Takes what stands behind a date to the end of its sentence; gives a tense. Does not know dates, or when the document was published.

A date with に or から belongs to the first verb behind it (2月に実施する調査の概要を公表しました: ahead; 3月に策定した計画を見直します: past), one that is
the sentence's topic or stands in a phrase of its own (12月の議会で, 12月には) to its last one. What only links (募集を開始し、) has the tense of what follows.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Literal, NamedTuple

from pipeline.engine.gazetteer import Gazetteer
from pipeline.segment.tokens import Token, tokenize

Tense = Literal["past", "ahead", ""]
#: places of UniDic's fields
_POS, _KIND, _FORM, _LEMMA = 0, 1, 5, 7
_OPEN, _CLOSE = "「『（(〔", "」』）)〕"
#: particles that part a verb from its date: what stands before them is the verb's own
_OWN = ("を", "が", "は", "で", "も")
#: particles inside a noun phrase
_JOINING = ("の", "や", "と")
#: verbs that say that something goes on or was done before (ている, てある), and those that turn to what comes (ていく, てまいる)
_GOES_ON, _TURNS = ("居る", "有る"), ("行く", "参る")


class _Verb(NamedTuple):
    """A verb with what is attached to it, as places in the tokens: `lemma` of its noun or stem, `form` of its last word."""

    first: int
    last: int
    lemma: str
    form: Literal["past", "present", "on", "wish", "link", ""]
    #: a noun follows that the verb tells of
    attributive: bool


def predicate_tense(text: str, words: Gazetteer) -> Tense:
    """The tense of the date before the text.

    >>> from pipeline.engine.load import load_rules
    >>> words = load_rules().gazetteers["verb_words"]
    >>> [predicate_tense(text, words) for text in ("に実施する調査の概要を公表しました", "に策定した計画を見直します", "の議会で説明した")]
    ['ahead', 'past', 'past']
    """
    tokens = _outer(tokenize(text))
    if not tokens:
        return ""
    sorts = _sorts(words)
    verbs = [verb for verb in _verbs(tokens) if not _is_empty(tokens, verb, sorts.get(verb.lemma, ""))]
    if not verbs:
        return ""
    if _is_apart(tokens):
        # 5月の総会で講演いただいた方をお迎えします
        past = verbs[0].attributive and verbs[0].form == "past" and tokens[0].surface == "の"
        return "past" if past else _told(verbs[-1], tokens, sorts)
    for verb in verbs:
        if verb.form == "link":
            if sorts.get(verb.lemma) == "facing":
                return "ahead"
            continue
        near = not any(t.surface in _OWN and _field(t, _POS) == "助詞" for t in tokens[1 : verb.first])
        if verb.form in ("present", "wish") and (verb.attributive or verb.form == "wish"):
            final = verb.form == "wish" and verb is verbs[-1]
            if not near and not final and not _is_planned(tokens, verb, sorts):
                continue
            return "ahead"
        if verb.form == "present" and any(t.surface == "は" for t in tokens[1 : verb.first]):
            return ""  # it tells of another topic
        if verb.form == "on" and not _is_planned(tokens, verb, sorts):
            # what goes on began then, or stands since
            return "past" if tokens[0].surface in ("から", "より") else ""
        return _told(verb, tokens, sorts)
    return ""


def _told(verb: _Verb, tokens: Sequence[Token], sorts: Mapping[str, str]) -> Tense:
    if verb.form == "past":
        return "past"
    if verb.form in ("present", "wish"):
        return "ahead"
    return "ahead" if verb.form == "on" and _is_planned(tokens, verb, sorts) else ""


def _is_apart(tokens: Sequence[Token]) -> bool:
    """Whether the date stands in a phrase of its own (12月の議会で, 12月には, 2月に、)."""
    first, second = tokens[0].surface, tokens[1].surface if len(tokens) > 1 else ""
    if first != "の":
        return first in ("は", "、") or second in ("は", "も", "、")
    particles = (at for at, t in enumerate(tokens) if _field(t, _POS) == "助詞" and t.surface not in _JOINING)
    at = next(particles, len(tokens))
    following = tokens[at + 1].surface if at + 1 < len(tokens) else ""
    return at == len(tokens) or tokens[at].surface in ("で", "は") or following in ("は", "も", "おい")


def _is_planned(tokens: Sequence[Token], verb: _Verb, sorts: Mapping[str, str]) -> bool:
    """Whether the verb tells of a plan (予定している), or a plan is what it tells of (開始する見込み)."""
    behind = tokens[verb.last + 1] if verb.last + 1 < len(tokens) else None
    named = [verb.lemma] if behind is None else [verb.lemma, _field(behind, _LEMMA), behind.surface]
    return any(sorts.get(name) in ("plan", "facing") for name in named)


def _is_empty(tokens: Sequence[Token], verb: _Verb, sort: str) -> bool:
    """Whether a verb is but a particle to the noun before it (計画に基づき, 実現に向けた), or tells how things are (20件である) or that
    something is thought (多かったと思います)."""
    before = tokens[verb.first - 1].surface if verb.first else ""
    if sort == "particle":
        return before in ("に", "を", "と") and verb.form in ("link", "past", "present")
    return (sort == "mind" and before == "と") or (sort == "state" and verb.form == "present")


def _verbs(tokens: Sequence[Token]) -> Iterator[_Verb]:
    at = 0
    while at < len(tokens):
        if not _begins(tokens, at):
            at += 1
            continue
        last = at
        while last + 1 < len(tokens) and _belongs(tokens[last + 1]):
            last += 1
        group = tokens[at : last + 1]
        stem = tokens[at - 1] if _field(tokens[at], _LEMMA) == "為る" and at else tokens[at]
        if stem.surface in ("を", "と") and at > 1:
            stem = tokens[at - 2]
        attributive = last + 1 < len(tokens) and _field(tokens[last + 1], _POS) in (
            "名詞",
            "接頭辞",
            "代名詞",
            "連体詞",
        )
        yield _Verb(at, last, _field(stem, _LEMMA) or stem.surface, _form(group), attributive)
        at = last + 1


def _begins(tokens: Sequence[Token], at: int) -> bool:
    """Whether a predicate begins: a verb, an adjective, or what makes a noun one in the past (中止でした)."""
    pos = _field(tokens[at], _POS)
    copula = pos == "助動詞" and at + 1 < len(tokens) and _field(tokens[at + 1], _LEMMA) == "た"
    return pos in ("動詞", "形容詞") or copula


def _belongs(token: Token) -> bool:
    """Auxiliaries, て and the verbs behind it."""
    pos, kind = _field(token, _POS), _field(token, _KIND)
    if pos == "助動詞":
        return _field(token, _LEMMA) != "だ"
    return (pos == "助詞" and kind == "接続助詞" and token.surface in ("て", "で")) or (
        pos == "動詞" and kind == "非自立可能" and _field(token, _LEMMA) in (*_GOES_ON, *_TURNS, "来る", "頂く", "致す")
    )


def _form(group: Sequence[Token]) -> Literal["past", "present", "on", "wish", "link", ""]:
    lemmas = [_field(token, _LEMMA) for token in group]
    form = _field(group[-1], _FORM)
    goes_on = "て" in lemmas and any(lemma in _GOES_ON for lemma in lemmas[lemmas.index("て") :])
    if lemmas[-1] == "た" and form.startswith(("終止形", "連体形")):
        return "past"
    if "たい" in lemmas:
        return "wish"
    if lemmas[-1] == "て" or form.startswith("連用形"):
        return "link"
    if form.startswith(("終止形", "連体形")) and _field(group[0], _POS) != "形容詞":
        return "on" if goes_on else "present"
    return ""


def _outer(tokens: Sequence[Token]) -> list[Token]:
    """Tokens outside of quotes and brackets."""
    outer: list[Token] = []
    depth = 0
    for token in tokens:
        depth += token.surface in _OPEN
        if not depth:
            outer.append(token)
        depth -= token.surface in _CLOSE and depth > 0
    return outer


@lru_cache(maxsize=1 << 12)
def _fields(feature: str) -> tuple[str, ...]:
    return tuple(feature.split(","))


def _field(token: Token, place: int) -> str:
    fields = _fields(token.feature)
    return fields[place] if place < len(fields) else ""


@lru_cache(maxsize=4)
def _sorts(words: Gazetteer) -> Mapping[str, str]:
    return {row["surface"]: row["sort"] for row in words.rows}
