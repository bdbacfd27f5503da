"""What may and may not stand around a match.

Takes a rule, a line and a span of it; says what is lacking, or nothing. Does not know values.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import Any

from pipeline.engine.page import Line
from pipeline.engine.rule import Extension, Rule, TokenCondition
from pipeline.segment.tokens import Token

#: how far conditions look to either side, in characters
REACH = 64


def lacking(rule: Rule, line: Line, start: int, end: int) -> str:
    """The first condition of the rule that the span does not meet, in words; "" where it meets all."""
    kind = line.block.kind
    if rule.blocks and kind not in rule.blocks:
        return f"stands in a {kind}, not in a {' or '.join(sorted(rule.blocks))}"
    if kind in rule.not_blocks:
        return f"stands in a {kind}"
    return _around(rule, line.text, start, end) or (_tokens(rule.tokens, line, start, end) if rule.tokens else "")


def _around(rule: Rule, text: str, start: int, end: int) -> str:
    if rule.before is not None or rule.not_before is not None:
        left = text[:start] if start <= REACH else "\x00" + text[start - REACH : start]
        if rule.before is not None and not rule.before.search(left):
            return f"before it stands {left[-8:]!r}, which `before` does not allow"
        if rule.not_before is not None and rule.not_before.search(left):
            return f"before it stands {left[-8:]!r}, which `not_before` forbids"
    if rule.after is not None or rule.not_after is not None:
        right = text[end : end + REACH] + ("\x00" if len(text) > end + REACH else "")
        if rule.after is not None and not rule.after.search(right):
            return f"behind it stands {right[:8]!r}, which `after` does not allow"
        if rule.not_after is not None and rule.not_after.search(right):
            return f"behind it stands {right[:8]!r}, which `not_after` forbids"
    return ""


def _tokens(condition: TokenCondition, line: Line, start: int, end: int) -> str:
    tokens = line.tokens
    starts = line.token_starts
    first = max(bisect_left(starts, start + 1) - 1, 0)
    last = max(bisect_left(starts, end) - 1, 0)
    if not tokens:
        return "MeCab sees no token there"
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
        if wanted is not None and not wanted.search(described):
            return f"{name} is {described!r}"
        if forbidden is not None and described and forbidden.search(described):
            return f"{name} is {described!r}"
    return ""


def describe(token: Token) -> str:
    """What token conditions are searched in: `surface<TAB>part-of-speech`."""
    return f"{token.surface}\t{token.pos}"


def extended(extension: Extension, line: Line, start: int, end: int) -> int | None:
    """Where the span begins once it has grown to the left; None where it grew by fewer tokens than it must.

    A space ends the growth, except between two western words."""
    tokens = line.tokens
    index = bisect_left(line.token_ends, start + 1)
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
        if not extension.left.search(describe(token)):
            break
        begin, grown, index = token.start, grown + 1, index - 1
    return begin if grown >= extension.least else None


def _western(character: str) -> bool:
    return character.isascii() and character.isalnum()


def _stops(extension: Extension, token: Token) -> bool:
    stop: Any = extension.stop
    return stop is not None and bool(stop.search(describe(token)))
