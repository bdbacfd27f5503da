r"""A rule's pattern together with what must stand around it, as one pattern.

Takes a rule; gives the source of a pattern that matches wherever the rule can. Does not search: it may match too often, never too seldom.

RE2 has no look-around, so what must not stand beside a match is told by what may stand there: a character that none of the forbidden
endings has last. White space at a match's ends is cut off later and may stand between.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.engine.rule import Rule

_SET = r"\[(?!\^)(?:\\x\{[0-9A-Fa-f]+\}|\\.|[^\]\\])+\]"
_LETTER = r"\\[^A-Za-z0-9]|[^\\\[\](){}|*+?.^$]"
_BLANK = r"(?:\[ \]\?\??)?"
#: one character, or two, of which each may have a blank behind it; or one that another may follow
_ENDING = re.compile(
    rf"(?:(?P<before>{_SET}|{_LETTER}){_BLANK})?(?P<last>{_SET}|{_LETTER}){_BLANK}(?:(?<=\])(?P<maybe>{_SET})\?)?"
)
_BEGINNING = re.compile(rf"(?P<first>{_SET}|{_LETTER})")
_PIECE = re.compile(rf"{_SET}|\\.|.", re.DOTALL)


def surrounded(rule: Rule) -> str:
    """The rule's pattern with its surroundings."""
    before = after = ""
    if rule.extend is None:
        if rule.before is not None:
            before = rule.before.pattern.removesuffix("$") + "[ ]*"
        elif rule.not_before is not None:
            before = not_behind(rule.not_before.pattern)
    if rule.after is not None:
        after = "[ ]*" + rule.after.pattern
    elif rule.not_after is not None:
        after = not_ahead(rule.not_after.pattern)
    return f"{before}(?:{rule.source}){after}"


def not_behind(forbidden: str) -> str:
    r"""What may stand before a match, where an ending of it is forbidden; "" where that says too little.

    >>> not_behind("(?:[0-9]|[元0-9][ ]??年[ ]??|その年)$")
    '(?:^|[^0-9年]|(?:^|[^元0-9])[年])'
    >>> not_behind("(?:[0-9][-.]?|令和|昭和)$")
    '(?:^|[^0-9\\-.和]|(?:^|[^0-9])[\\-.]|(?:^|[^令昭])[和])'
    >>> not_behind("(?:毎年|.+度)$")
    '(?:^|[^年]|(?:^|[^毎])[年])'
    """
    last: list[str] = []
    pairs: dict[str, str] = {}
    for alternative in _alternatives(forbidden.removesuffix("$")):
        ending = _ENDING.fullmatch(alternative)
        if ending is None:
            continue
        letters = _letters(ending["last"])
        if ending["maybe"]:
            last.append(letters)
            letters, before = _letters(ending["maybe"]), letters
        else:
            before = _letters(ending["before"] or "")
        last.append(letters)
        if before:
            pairs[letters] = pairs.get(letters, "") + before
    told = "".join(f"|(?:^|[^{before}])[{letters}]" for letters, before in pairs.items())
    return f"(?:^|[^{''.join(dict.fromkeys(last))}]{told})" if last else ""


def not_ahead(forbidden: str) -> str:
    """What may stand behind a match, where a beginning of that is forbidden; "" where that says too little.

    >>> not_ahead("(?:[目番]|号|年度)"), not_ahead("(?:年度)")
    ('(?:[^目番号]|$)', '')
    """
    first = [_letters(b["first"]) for a in _alternatives(forbidden) if (b := _BEGINNING.fullmatch(a)) is not None]
    return f"(?:[^{''.join(first)}]|$)" if first else ""


def _letters(atom: str) -> str:
    """A set's inside, or a letter as it stands in one; a hyphen that is no range is marked as none, for more may come on either side."""
    inside = atom[1:-1] if atom.startswith("[") else atom.replace("^", "\\^")
    return re.sub(r"^-|(?<!\\)-$", r"\\-", inside)


def _alternatives(pattern: str) -> Iterator[str]:
    """What `(?:a|b|c)` is a choice of; groups that are all of an alternative are opened too."""
    inside = pattern.removeprefix("(?:").removesuffix(")") if _is_one_group(pattern) else pattern
    depth, part = 0, ""
    for piece in [match[0] for match in _PIECE.finditer(inside)] + ["|"]:
        if piece == "|" and not depth:
            if _is_one_group(part):
                yield from _alternatives(part)
            else:
                yield part
            part = ""
            continue
        depth += (piece == "(") - (piece == ")")
        part += piece


def _is_one_group(pattern: str) -> bool:
    """Whether a pattern is one group that captures nothing, from end to end."""
    if not pattern.startswith("(?:") or not pattern.endswith(")"):
        return False
    depth = 0
    for match in _PIECE.finditer(pattern):
        depth += (match[0] == "(") - (match[0] == ")")
        if not depth and match.end() < len(pattern):
            return False
    return not depth
