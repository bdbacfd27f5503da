"""What may and may not stand around a match.

Takes a rule, a line and a span of it; says what is lacking, or nothing. Does not know values.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from functools import lru_cache
from operator import attrgetter
from typing import Literal

from pipeline.engine.page import Line
from pipeline.engine.rule import Extension, Rule, TokenCondition
from pipeline.engine.search import Pattern
from pipeline.segment.tokens import Token, pos_of
from pipeline.text.patterns import late

#: the condition that is not met, by its key in the rule file; "" where all are
Lack = Literal[
    "", "blocks", "not_blocks", "before", "not_before", "after", "not_after", "tokens", "start", "end",
    "first token", "last token", "token before", "token behind",
]  # fmt: skip
#: marks behind which a word always begins
_PARTING = frozenset("、。，．,.・:：;；「」『』（）()【】〔〕[]［］<>〈〉《》 \"'“”!?！？※●○◎■□◆◇→／/|｜")
#: the mark of a list's item; the number of a house or heading (1-11) or the rest of it
_ITEM = late(r"[・‐-]+")
_HOUSE, _HYPHENED = late("[－−‐-]?[0-9]{1,4}(?:[－−‐-][0-9]{1,4})*"), late("[0-9][－−‐-][0-9]")
#: how far conditions look to the left, in bytes
REACH = 192


def lacking(rule: Rule, line: Line, start: int, end: int, first: int, last: int) -> Lack:
    """The first condition of the rule that a span does not meet: `start` to `end` in the line's text, `first` to `last` in its data."""
    kind = line.block.kind
    if rule.blocks and kind not in rule.blocks:
        return "blocks"
    if kind in rule.not_blocks:
        return "not_blocks"
    if rule.before is not None or rule.not_before is not None:
        left = line.data[:first] if first <= REACH else b"\0" + line.data[first - REACH : first]
        if rule.before is not None and rule.before.search(left, 0, len(left))[0][0] < 0:
            return "before"
        if rule.not_before is not None and rule.not_before.search(left, 0, len(left))[0][0] >= 0:
            return "not_before"
    if rule.after is not None and rule.after.begin(line.data, last, len(line.data))[0][0] < 0:
        return "after"
    if rule.not_after is not None and rule.not_after.begin(line.data, last, len(line.data))[0][0] >= 0:
        return "not_after"
    return _tokens(rule.tokens, line, start, end) if rule.tokens is not None else ""


def described(lack: Lack, rule: Rule, line: Line, start: int, end: int) -> str:
    """What `lacking` found, as a sentence."""
    left, right = line.text[:start][-8:], line.text[end:][:8]
    tokens = line.tokens(start, end)
    first, last = _around(tokens, start, end)
    match lack:
        case "blocks":
            return f"stands in a {line.block.kind}, not in a {' or '.join(sorted(rule.blocks))}"
        case "not_blocks":
            return f"stands in a {line.block.kind}"
        case "before" | "not_before":
            return f"before it stands {left!r}, which `{lack}` {'forbids' if 'not' in lack else 'does not allow'}"
        case "after" | "not_after":
            return f"behind it stands {right!r}, which `{lack}` {'forbids' if 'not' in lack else 'does not allow'}"
        case "tokens":
            return "MeCab sees no token there"
        case "start":
            return f"MeCab sees no word begin there ({tokens[first].surface})"
        case "end":
            return f"MeCab sees no word end there ({tokens[last].surface})"
        case _:
            index = {"first token": first, "last token": last, "token before": first - 1}.get(lack, last + 1)
            there = f"{tokens[index].surface}\t{tokens[index].pos}" if 0 <= index < len(tokens) else ""
            return f"the {lack} is {there!r}"


def _tokens(condition: TokenCondition, line: Line, start: int, end: int) -> Lack:
    if condition.start_only and (start == 0 or line.text[start - 1] in _PARTING):
        return ""
    tokens = line.tokens(start, end)
    if not tokens:
        return "tokens"
    first, last = _around(tokens, start, end)
    if condition.start and tokens[first].start != start:
        return "start"
    if condition.end and tokens[last].end != end:
        return "end"
    if condition.start_only:
        return ""
    if not _allowed(tokens, first, condition.first, condition.not_first):
        return "first token"
    if not _allowed(tokens, last, condition.last, condition.not_last):
        return "last token"
    if not _allowed(tokens, first - 1, condition.before, condition.not_before):
        return "token before"
    if not _allowed(tokens, last + 1, condition.after, condition.not_after):
        return "token behind"
    return ""


def _around(tokens: tuple[Token, ...], start: int, end: int) -> tuple[int, int]:
    """The tokens that a span begins and ends in. Tokens are tuples, in order of their beginnings."""
    return max(bisect_left(tokens, (start + 1,)) - 1, 0), max(bisect_left(tokens, (end,)) - 1, 0)


def _allowed(tokens: tuple[Token, ...], index: int, wanted: Pattern | None, forbidden: Pattern | None) -> bool:
    if wanted is None and forbidden is None:
        return True
    if not 0 <= index < len(tokens):
        return wanted is None or wanted.occurs("")
    token = tokens[index]
    return (wanted is None or _told(wanted, token.surface, token.feature)) and not (
        forbidden is not None and _told(forbidden, token.surface, token.feature)
    )


@lru_cache(maxsize=1 << 16)
def _told(pattern: Pattern, surface: str, feature: str) -> bool:
    """Whether a token is of the kind that a condition speaks of, searched in `surface<TAB>part-of-speech`; words come back often."""
    return pattern.occurs(f"{surface}\t{pos_of(feature)}")


_end = attrgetter("end")


def extended(extension: Extension, line: Line, start: int, end: int) -> int | None:
    """Where the span begins once it has grown to the left; None where it grew by fewer tokens than it must.

    A space ends the growth, except between two western words."""
    tokens = line.tokens(start, end)
    index = bisect_right(tokens, start, key=_end)
    if index < len(tokens) and tokens[index].start < start:
        # The head word begins inside a token: the token's own beginning is the first step.
        if end - tokens[index].start > extension.most or _stops(extension, tokens[index]):
            return None
        begin, grown = tokens[index].start, 1
    else:
        begin, grown = start, 0
    while index > 0:
        token = tokens[index - 1]
        apart = line.text[token.end : begin]
        if apart and not (apart == " " and _western(line.text[token.end - 1]) and _western(line.text[begin])):
            break
        if end - token.start > extension.most or _stops(extension, token):
            break
        if not _told(extension.left, token.surface, token.feature):
            break
        begin, grown, index = token.start, grown + 1, index - 1
    first = _past_mark(line.text, begin, start)
    grown -= sum(begin <= token.start < first for token in tokens[index:])
    return first if grown >= extension.least else None


def _past_mark(text: str, begin: int, end: int) -> int:
    """Where a name begins behind the mark of a list's item, or behind the number of the house that the line above ends with (1-11-16 / 環境課)."""
    mark = _ITEM.match(text, begin, end)
    if mark and (begin == 0 or text[begin - 1] in _PARTING):
        return mark.end()
    number = _HOUSE.match(text, begin, end)
    is_house = number is not None and _HYPHENED.search(text, max(0, begin - 2), number.end())
    return number.end() if number is not None and is_house else begin


def _western(character: str) -> bool:
    return character.isascii() and character.isalnum()


def _stops(extension: Extension, token: Token) -> bool:
    return extension.stop is not None and _told(extension.stop, token.surface, token.feature)
