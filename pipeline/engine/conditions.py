"""What may and may not stand around a match.

Takes a rule, a line and a span of it; says what is lacking, or nothing. Does not know values.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from functools import lru_cache
from operator import attrgetter
from typing import Any

from pipeline.engine.page import Line
from pipeline.engine.rule import Extension, Rule, TokenCondition
from pipeline.segment.tokens import Token

#: marks behind which a word always begins
_PARTING = frozenset("、。，．,.・:：;；「」『』（）()【】〔〕[]［］<>〈〉《》 \"'“”!?！？※●○◎■□◆◇→／/|｜")
#: how far conditions look to either side, in characters
REACH = 64


def lacking(rule: Rule, line: Line, start: int, end: int) -> str:
    """The first condition of the rule that the span does not meet, in words; "" where it meets all."""
    kind = line.block.kind
    if rule.blocks and kind not in rule.blocks:
        return f"stands in a {kind}, not in a {' or '.join(sorted(rule.blocks))}"
    if kind in rule.not_blocks:
        return f"stands in a {kind}"
    return _around(rule, line, start, end) or (_tokens(rule.tokens, line, start, end) if rule.tokens else "")


def _around(rule: Rule, line: Line, start: int, end: int) -> str:
    if rule.before is not None and not _found_left(rule.before, line, start):
        return f"before it stands {line.text[:start][-8:]!r}, which `before` does not allow"
    if rule.not_before is not None and _found_left(rule.not_before, line, start):
        return f"before it stands {line.text[:start][-8:]!r}, which `not_before` forbids"
    if rule.after is not None and not _found_right(rule.after, line, end):
        return f"behind it stands {line.text[end:][:8]!r}, which `after` does not allow"
    if rule.not_after is not None and _found_right(rule.not_after, line, end):
        return f"behind it stands {line.text[end:][:8]!r}, which `not_after` forbids"
    return ""


def _found_left(pattern: Any, line: Line, start: int) -> bool:
    """Asked once a pattern and place: rules about numbers share what may not stand before one."""
    key = id(pattern), start
    known = line.asked.get(key)
    if known is None:
        text = line.text
        left = text[:start] if start <= REACH else "\x00" + text[start - REACH : start]
        known = line.asked[key] = pattern.search(left.encode()) is not None
    return known


def _found_right(pattern: Any, line: Line, end: int) -> bool:
    key = id(pattern), -end - 1
    known = line.asked.get(key)
    if known is None:
        text = line.text
        right = text[end : end + REACH] + ("\x00" if len(text) > end + REACH else "")
        known = line.asked[key] = pattern.search(right.encode()) is not None
    return known


def _tokens(condition: TokenCondition, line: Line, start: int, end: int) -> str:
    if condition.start_only and (start == 0 or line.text[start - 1] in _PARTING):
        return ""
    tokens = line.tokens(start, end)
    if not tokens:
        return "MeCab sees no token there"
    first = max(bisect_right(tokens, start, key=_start) - 1, 0)
    last = max(bisect_left(tokens, end, key=_start) - 1, 0)
    if condition.start and tokens[first].start != start:
        return f"MeCab sees no word begin there ({tokens[first].surface})"
    if condition.end and tokens[last].end != end:
        return f"MeCab sees no word end there ({tokens[last].surface})"
    for name, wanted, forbidden, index in (
        ("the first token", condition.first, condition.not_first, first),
        ("the last token", condition.last, condition.not_last, last),
        ("the token before", condition.before, condition.not_before, first - 1),
        ("the token behind", condition.after, condition.not_after, last + 1),
    ):
        described = describe(tokens[index]) if 0 <= index < len(tokens) else ""
        if wanted is not None and not _told(wanted, described):
            return f"{name} is {described!r}"
        if forbidden is not None and described and _told(forbidden, described):
            return f"{name} is {described!r}"
    return ""


@lru_cache(maxsize=1 << 16)
def _told(pattern: Any, described: str) -> bool:
    """Whether a token is of the kind that a condition speaks of; words come back often."""
    return pattern.search(described) is not None


_start, _end = attrgetter("start"), attrgetter("end")


def describe(token: Token) -> str:
    """What token conditions are searched in: `surface<TAB>part-of-speech`."""
    return f"{token.surface}\t{token.pos}"


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
        if not _told(extension.left, describe(token)):
            break
        begin, grown, index = token.start, grown + 1, index - 1
    return begin if grown >= extension.least else None


def _western(character: str) -> bool:
    return character.isascii() and character.isalnum()


def _stops(extension: Extension, token: Token) -> bool:
    stop: Any = extension.stop
    return stop is not None and _told(stop, describe(token))
