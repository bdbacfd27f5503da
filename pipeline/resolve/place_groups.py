"""Groups of local governments told by their number: 62市区町村, 東北3県, 県内全19市町.

Takes a text and the places found in it; gives an issue a group, with its members where they can be told. Does not know amounts: the number is one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.model import Candidate, Issue, Span
from pipeline.resolve.context import Context
from pipeline.resolve.place_names import Places
from pipeline.text.patterns import late

_GROUP = re.compile(
    r"(?P<number>[0-9０-９][0-9０-９]{0,3})の?(?P<kind>市区町村|区市町村|市町村|市町|町村|都道府県|道府県|都府県|都県|府県|市区|[市町村区県])"
    r"(?![一-龥]*[0-9０-９]|[場街域分間画道立営民内外長議税債])"
)
_LIST_BEHIND = late(r"^(?:の[0-9０-９]+[市区町村]+)?\s*[(（](?P<list>[^()（）]{2,400})[)）]")
_BETWEEN = re.compile(r"^[\s、,，・及び並と]*$")


def group_issues(context: Context, chosen: Sequence[tuple[Candidate, str]], known: Places) -> list[Issue]:
    """`place-group`, info: the members by their list behind or before the number, or since a prefecture has as many of that kind."""
    text = context.document.text
    issues = []
    for match in _GROUP.finditer(text):
        if (count := int(match["number"])) < 2:
            continue
        front = _in_front(text, match.start(), known)
        start = match.start() - len(front[0])
        span = Span(start + (text[start] == "の"), match.end())
        members = (
            _behind(text, span, chosen, match["kind"], known)
            or _before(text, span, chosen, match["kind"], known, count)
            or _all_of(text, span, chosen, context, known, match["kind"], bool(front["inside"]))
        )
        surface = "".join(span.cut(text).split())
        if len(members) == count:
            issues.append(_issue(f"{surface}: {'・'.join(known.rows[code]['name'] for code in members)}", span))
        elif match["kind"] == "都道府県":
            continue
        elif front["inside"] or front["region"] or front["all"]:
            issues.append(_issue(f"{surface}: the members cannot be told", span))
    return issues


def _in_front(text: str, end: int, known: Places) -> re.Match[str]:
    found = known.words.in_front.search(text, max(0, end - 12), end)
    assert found is not None  # all of it may be missing
    return found


def _issue(message: str, span: Span) -> Issue:
    return Issue("place-group", message, "info", span.start, span.end)


def _is_of(code: str, kind: str, known: Places) -> bool:
    row = known.rows.get(code, {})
    return bool(code) and row.get("name", "")[-1:] in kind and known.level(code) != "foreign"


def _behind(text: str, span: Span, chosen: Sequence[tuple[Candidate, str]], kind: str, known: Places) -> list[str]:
    listed = _LIST_BEHIND.match(text[span.end : span.end + 420])
    if not listed:
        return []
    inside = Span(span.end + listed.start("list"), span.end + listed.end("list"))
    listed_codes = [code for before, code in chosen if inside.covers(before.span) and _is_of(code, kind, known)]
    return list(dict.fromkeys(listed_codes))


def _before(
    text: str, span: Span, chosen: Sequence[tuple[Candidate, str]], kind: str, known: Places, count: int
) -> list[str]:
    earlier = [(c.span, code) for c, code in chosen if c.span.end <= span.start][-count:]
    if len(earlier) != count:
        return []
    ends = [*(s.start for s, _ in earlier[1:]), span.start]
    gaps = [text[s.end : end] for (s, _), end in zip(earlier, ends, strict=True)]
    if gaps[-1].strip() not in ("の", "") or not all(_BETWEEN.match(gap) for gap in gaps[:-1]):
        return []
    return [code for _, code in earlier if _is_of(code, kind, known)]


def _all_of(
    text: str,
    span: Span,
    chosen: Sequence[tuple[Candidate, str]],
    context: Context,
    known: Places,
    kind: str,
    inside: bool,
) -> list[str]:
    """All of the kind in the prefecture right before (東京都の62市区町村), or in the publisher's for 県内."""
    right = [code for c, code in chosen if 0 <= span.start - c.span.end <= 2 and known.level(code) == "prefecture"]
    if right and text[span.start - 1 : span.start + 1].strip():
        prefecture = known.prefecture(right[-1])
    elif inside or context.statement.publisher_code[2:5] == "000":
        prefecture = known.prefecture(context.statement.publisher_code)
    else:
        return []
    return known.all_in(prefecture, kind)
