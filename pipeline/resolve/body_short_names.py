"""Short names in their document: every mention of a body by a name that the text gives it, from where it is explained.

Takes bodies found, in order; gives mentions. Does not know how their owners were told.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.engine.body_words import BodyWords, body_words
from pipeline.model import Candidate, Mention, Span
from pipeline.model.mention import Basis
from pipeline.resolve.body_abbreviations import (
    abbreviates,
    end_of_alias,
    may_have_short_form,
    short_form_before,
    short_form_behind,
)
from pipeline.resolve.body_aliases import (
    Alias,
    is_called,
    is_defined_behind,
    is_expanded,
    names_abbreviation,
    occurrences,
)
from pipeline.resolve.body_bare_names import first_word, is_distinct
from pipeline.resolve.body_councils import meeting_councils
from pipeline.resolve.body_found import Found, closed
from pipeline.resolve.body_names import Body, bodies, own_id
from pipeline.resolve.context import Context


def with_short_names(found: list[Found], context: Context) -> list[Mention]:
    """Mentions of bodies and of the short names that the text gives them, each from where it is explained."""
    text = context.document.text
    end = context.document.body_end if context.document.body_end >= 0 else len(text)
    words, known = body_words(context.gazetteers), bodies(context.gazetteers)
    learnt: dict[str, Alias] = {}
    defined: list[tuple[Candidate, Alias]] = []
    by_name: dict[str, tuple[Candidate, Alias]] = {}
    bare: set[str] = set()
    mentions: list[Mention] = []
    last: Found | None = None
    for number, f in enumerate(found):
        if last is not None and _is_called(f, last, text, words):
            assert last.body is not None
            by_name[f.value.name] = (f.candidate, Alias(f.value.name, last.body, f.span.end, last.span))
        following = found[number + 1] if number + 1 < len(found) else None
        if following is not None and _is_short_of(f, following, text, words):
            assert following.body is not None
            by_name[f.value.name] = (f.candidate, Alias(f.value.name, following.body, f.span.end, following.span))
        given = by_name.get(f.value.name) if f.body is not None else None
        if given is not None and _is_own(f):
            mentions.append(_mention(given[0], f.span, given[1].body, "inherited", given[1].explained_by))
        elif f.body is not None:
            mentions.append(_mention(f.candidate, f.span, f.body, f.basis, f.antecedent))
            last = f
            aliases = known.aliases(f.body.organisation_id)
            for span in _short_forms(f, found, text, aliases, words):
                mentions.append(_mention(f.candidate, span, f.body, "inherited", f.span))
                defined.append((f.candidate, Alias(span.cut(text), f.body, max(span.end, f.span.end), f.span)))
            if acronym := first_word(f.value):
                learnt.setdefault(acronym, Alias(acronym, f.body, f.span.end, f.span))
            if f.value.legal_form and f.value.name not in bare and is_distinct(f.value, words):
                bare.add(f.value.name)
                defined.append((f.candidate, Alias(f.value.name, f.body, f.span.end, f.span)))
        elif f.value.kind == "alias":
            at = text.find(f.value.name, f.span.start, f.span.end)
            if (
                last is not None
                and last.body is not None
                and at >= 0
                and is_defined_behind(text, last.span.end, f.span.start)
            ):
                own = Span(at, at + len(f.value.name))
                by_name[f.value.name] = (f.candidate, Alias(f.value.name, last.body, f.span.end, last.span))
                defined.append(by_name[f.value.name])
                mentions.append(_mention(f.candidate, own, last.body, "explicit", last.span))
        elif f.value.kind == "acronym":
            explained = _explained(f, last, following, text)
            if explained is not None:
                learnt[f.value.name] = explained
            alias = learnt.get(f.value.name)
            if alias is not None:
                mentions.append(_mention(f.candidate, f.span, alias.body, "inherited", alias.explained_by))
    for span, council in meeting_councils(text, found, words):
        assert council.body is not None
        mentions.append(_mention(council.candidate, span, council.body, "inherited", council.span))
    taken = sorted([m.span for m in mentions]) if defined else []
    for candidate, short in defined:
        for span in occurrences(text, short, end, taken, words):
            mentions.append(_mention(candidate, span, short.body, "inherited", short.explained_by))
    return _disjoint(mentions)


def _is_called(f: Found, last: Found, text: str, words: BodyWords) -> bool:
    """Whether a body's name is the short name that the text gives to the body before it (会（略称：里山会）), or its short form (若葉市社協)."""
    if last.body is None or not _is_own(f):
        return False
    if is_called(text, last.span.end, f.span.start, f.span.end):
        return True
    return names_abbreviation(text, last.span.end, f.span.start, f.span.end) and any(
        abbreviates(closed(f.value.name), name, words) for name in _names(last, text, words)
    )


def _is_short_of(f: Found, following: Found, text: str, words: BodyWords) -> bool:
    """Whether a body's name is the short form of the one in the brackets behind it (峠高専（峠工業高等専門学校）)."""
    if following.body is None or not _is_own(f):
        return False
    if not is_expanded(text, f.span.end, following.span.start, following.span.end):
        return False
    return any(abbreviates(closed(f.value.name), name, words) for name in _names(following, text, words))


def _is_own(f: Found) -> bool:
    """Whether a body is known by nothing but the name that it is given here, and at most whose it may be."""
    if f.body is None:
        return False
    return f.body.organisation_id == own_id(f.value.name) or f.antecedent == "sidecar:publisher"


def _names(f: Found, text: str, words: BodyWords) -> tuple[str, ...]:
    """A body's name as it is known, as the text writes it, and in full; each also without its founder (若葉県立峠高等学校)."""
    names = (closed(f.value.name), closed(f.span.cut(text)), f.body.name if f.body is not None else "")
    return tuple(dict.fromkeys(name for n in names if n for name in (n, words.founded.sub("", n, count=1)) if name))


def _short_forms(f: Found, found: list[Found], text: str, aliases: Sequence[str], words: BodyWords) -> Iterator[Span]:
    """Short forms in brackets beside a body's name, outside of what was found otherwise."""
    if not may_have_short_form(text, f.span):
        return
    spans = {end_of_alias(text, f.span, aliases)}
    for name in _names(f, text, words):
        spans |= {short_form_behind(text, f.span, name, words), short_form_before(text, f.span, name, words)}
    for span in sorted(span for span in spans if span is not None):
        if not any(o.span.start < span.end and span.start < o.span.end for o in found):
            yield span


def _explained(f: Found, last: Found | None, following: Found | None, text: str) -> Alias | None:
    """The body that an abbreviation stands for, where its name stands beside it: 国際気候開発協会(ICDI), ICDI(国際気候開発協会)."""
    if last is not None and last.body is not None and names_abbreviation(text, last.span.end, f.span.start, f.span.end):
        return Alias(f.value.name, last.body, f.span.start, last.span)
    if following is None or following.body is None:
        return None
    if not is_expanded(text, f.span.end, following.span.start, following.span.end):
        return None
    return Alias(f.value.name, following.body, f.span.start, following.span)


def _disjoint(mentions: list[Mention]) -> list[Mention]:
    kept: list[Mention] = []
    for mention in sorted(mentions, key=lambda m: (m.span.start, -m.span.end)):
        if not kept or kept[-1].span.end <= mention.span.start:
            kept.append(mention)
    return kept


def _mention(candidate: Candidate, span: Span, body: Body, basis: Basis, antecedent: Span | str) -> Mention:
    columns = {
        "organisation_id": body.organisation_id,
        "name": body.name,
        "legal_form": body.legal_form,
        "kind": body.kind or "other",
    }
    return Mention("organisation", span, candidate.rule_id, columns, basis, antecedent)
