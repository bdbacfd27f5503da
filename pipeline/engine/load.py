"""Rule files to compiled rules.

Takes one or more rules folders, the shipped one first, or what is written there; gives a `RuleSet`. Does not run rules.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import Any, cast, get_args

from pipeline.engine.fragments import expand, resolve_fragments
from pipeline.engine.gazetteer import Gazetteer, gazetteers_of
from pipeline.engine.readers import CONSULTED, READERS
from pipeline.engine.rule import Example, Extension, Rule, TokenCondition
from pipeline.engine.search import Pattern
from pipeline.engine.written import Written, WrittenRule, read_written
from pipeline.engine.yaml_text import LINE, known_keys
from pipeline.model import PipelineError
from pipeline.model.candidate import Kind
from pipeline.text.shipped import shipped_rules

_RULE_KEYS = {
    "id", "description", "pattern", "gazetteer", "value", "set", "before", "after", "not_before", "not_after",
    "tokens", "extend", "blocks", "not_blocks", "against", "beats", "across", "examples", "counterexamples", LINE,
}  # fmt: skip
_MARK = re.compile("[«»]")


@dataclass(frozen=True, eq=False)
class RuleSet:
    """All rules in order of id, with their gazetteers."""

    rules: tuple[Rule, ...]
    gazetteers: Mapping[str, Gazetteer] = field(repr=False)

    def rule(self, rule_id: str) -> Rule:
        return self.by_id[rule_id]

    @cached_property
    def by_id(self) -> Mapping[str, Rule]:
        return {rule.id: rule for rule in self.rules}

    @cached_property
    def consulted(self) -> Mapping[str, Mapping[str, Gazetteer]]:
        """What each reader may look up; what is not named there it does not see."""
        return {
            reader: {name: self.gazetteers[name] for name in names if name in self.gazetteers}
            for reader, names in CONSULTED.items()
        }


def load_rules(own: Path | None = None) -> RuleSet:
    """The shipped rules, with a project's own laid over them: it adds, replaces by id, and `disable: [ids]` takes away.

    A pattern of its own that RE2 refuses raises `PipelineError`; the shipped ones are compiled when they are searched for, or all by
    `compile_all`.
    """
    shipped = shipped_rules()
    folders = [(shipped, "rules")]
    if own is not None:
        if not own.is_dir():
            raise PipelineError(str(own), "is no folder of rules", "give --rules a folder, or leave it out")
        if own.resolve() != shipped.resolve():
            folders.append((own, own.name))
    return load_folders(folders)


def compile_all(rules: Iterable[Rule]) -> None:
    """Compile every pattern; one that RE2 refuses raises `PipelineError` with its rule's place."""
    import re2

    for rule in rules:
        for pattern in rule.patterns():
            try:
                _ = pattern.compiled
            except re2.error as error:
                reason = error.args[0].decode() if error.args and isinstance(error.args[0], bytes) else str(error)
                raise PipelineError(
                    rule.where,
                    f"RE2 refuses the pattern: {reason}",
                    "RE2 has no look-around and no back-references",
                ) from None


def load_folders(folders: Sequence[tuple[Path, str]]) -> RuleSet:
    return rules_of(read_written(folders, shipped_rules()))


def rules_of(written: Written, strict: bool = True) -> RuleSet:
    """Compiled rules. What is wrong with them raises `PipelineError`; without `strict` a rule may name another one that is not there."""
    gazetteers = gazetteers_of(written.gazetteers)
    fragments = dict(written.fragments)
    _from_gazetteers(fragments, gazetteers)
    resolved = resolve_fragments(fragments, "rules/fragments.yml")
    rules: dict[str, Rule] = {}
    for rule_id, told in written.rules.items():
        rule = rules[rule_id] = _rule(told, resolved, gazetteers)
        if told.checked:
            compile_all([rule])
    for rule_id, shown in written.disabled.items():
        if rule_id not in rules and ":" not in rule_id and strict:
            near = difflib.get_close_matches(rule_id, rules, 1)
            raise PipelineError(
                shown, f"disables {rule_id}, which is no rule", f"did you mean {near[0]}?" if near else ""
            )
        rules.pop(rule_id, None)
    if strict:
        _check_beats(rules)
    return RuleSet(tuple(rules[key] for key in sorted(rules)), gazetteers)


def _from_gazetteers(fragments: dict[str, str], gazetteers: Mapping[str, Gazetteer]) -> None:
    """A fragment `<gazetteer:units>` or `<gazetteer:units:kind=money>` is the alternation of its surfaces, longest first."""
    for name, value in fragments.items():
        match = re.fullmatch(r"<gazetteer:([a-z_]+)(?::([a-z_]+)=([^>]*))?>", value)
        if not match:
            continue
        gazetteer = gazetteers.get(match[1])
        if gazetteer is None:
            raise PipelineError("rules/fragments.yml", f"{name}: there is no gazetteer {match[1]}", "")
        wanted = set(match[3].split("|")) if match[2] else set()
        surfaces = list(gazetteer.surfaces)
        if match[2]:
            fitting = {id(row) for row in gazetteer.rows if row.get(match[2], "") in wanted}
            surfaces = [s for s, rows in gazetteer.surfaces.items() if not fitting.isdisjoint(map(id, rows))]
        longest_first = sorted(sorted(surfaces), key=len, reverse=True)
        fragments[name] = "|".join(map(_escaped, longest_first)) or r"[^\x00-\x{10FFFF}]"


@cache
def _escaped(surface: str) -> str:
    if surface.isalnum():
        return surface
    return re.sub(r"([\\.+*?()|\[\]{}^$])", r"\\\1", surface).replace(" ", "[ ]")


def _rule(told: WrittenRule, fragments: Mapping[str, str], gazetteers: Mapping[str, Gazetteer]) -> Rule:
    rule_id, where, kind, raw = told.id, told.where, told.kind, told.raw
    known_keys(raw, _RULE_KEYS, where)
    if kind not in get_args(Kind):
        shown = where.split(":")[0]
        raise PipelineError(
            f"{shown}:1", f"kind {kind or '(none)'} is not known", f"one of {', '.join(get_args(Kind))}"
        )
    path_id = told.path.removesuffix(".yml").replace("/", ".")
    if told.path and not rule_id.startswith(path_id + "."):
        raise PipelineError(where, "an id begins with its file's path", f"call it {path_id}.…")
    for needed in ("description", "value"):
        if not raw.get(needed) and not (needed == "value" and kind in ("ignore", "title")):
            raise PipelineError(where, f"{needed} is missing", "")
    if bool(raw.get("pattern")) == bool(raw.get("gazetteer")):
        raise PipelineError(where, "needs either a pattern or a gazetteer", "")
    if raw.get("gazetteer") and raw["gazetteer"] not in gazetteers:
        raise PipelineError(where, f"there is no gazetteer {raw['gazetteer']}", f"one of {', '.join(gazetteers)}")
    if raw.get("value") and raw["value"] not in READERS:
        near = difflib.get_close_matches(raw["value"], READERS, 1)
        raise PipelineError(
            where,
            f"value {raw['value']} is not known",
            f"did you mean {near[0]}?" if near else f"one of {', '.join(READERS)}",
        )

    def pattern(key: str, form: str = "{}") -> Pattern | None:
        return _pattern(form.format(expand(str(raw[key]), fragments, where))) if raw.get(key) else None

    asked = pattern("pattern")
    examples, counterexamples = _examples(raw, where)
    anchors = tuple(expand(a, fragments, where) if "{" in a else _escaped(a) for a in told.anchor)
    return Rule(
        id=rule_id,
        kind=cast(Kind, kind),
        where=where,
        description=str(raw["description"]),
        value=str(raw.get("value", "")),
        pattern=asked,
        source=asked.pattern if asked is not None else "",
        gazetteer=str(raw.get("gazetteer", "")),
        composed="{@" in str(raw.get("pattern", "")),
        across=raw.get("across") == "true",
        settings={key: str(value) for key, value in raw.get("set", {}).items() if key != LINE},
        before=pattern("before", "(?:{})$"),
        after=pattern("after", "(?:{})"),
        not_before=pattern("not_before", "(?:{})$"),
        not_after=pattern("not_after", "(?:{})"),
        tokens=_tokens(raw["tokens"], fragments, where) if raw.get("tokens") else None,
        extend=_extension(raw["extend"], fragments, where) if raw.get("extend") else None,
        blocks=frozenset(raw.get("blocks", [])),
        not_blocks=frozenset(raw.get("not_blocks", [])),
        against=frozenset(raw.get("against", [])),
        beats=frozenset(raw.get("beats", [])),
        anchors=anchors,
        examples=examples,
        counterexamples=counterexamples,
    )


@cache
def _pattern(pattern: str) -> Pattern:
    """One object a pattern: what many rules ask alike is asked once a place."""
    return Pattern(pattern)


def _tokens(raw: dict[str, Any], fragments: Mapping[str, str], where: str) -> TokenCondition:
    names = {"first", "last", "before", "after", "not_first", "not_last", "not_before", "not_after"}
    known_keys(raw, names | {"start", "end", LINE}, where)
    patterns = {key: _pattern(expand(raw[key], fragments, where)) for key in names & set(raw)}
    start, end = raw.get("start") == "boundary", raw.get("end") == "boundary"
    return TokenCondition(start=start, end=end, start_only=start and not end and not patterns, **patterns)


def _extension(raw: dict[str, Any], fragments: Mapping[str, str], where: str) -> Extension:
    known_keys(raw, {"left", "stop", "least", "most", LINE}, where)
    return Extension(
        left=_pattern(expand(raw["left"], fragments, where)),
        stop=_pattern(expand(raw["stop"], fragments, where)) if raw.get("stop") else None,
        least=int(raw.get("least", "1")),
        most=int(raw.get("most", "40")),
    )


def _examples(raw: Mapping[str, Any], where: str) -> tuple[tuple[Example, ...], tuple[Example, ...]]:
    examples = []
    for value, texts in raw.get("examples", {}).items():
        if value != LINE:
            examples += [_marked(text, where, value=value) for text in ([texts] if isinstance(texts, str) else texts)]
    counter = []
    for item in raw.get("counterexamples", []):
        if not isinstance(item, dict) or not item.get("text") or not item.get("why"):
            raise PipelineError(where, "a counterexample is {text: …, why: …}", "say why it is none")
        counter.append(_marked(item["text"], where, why=item["why"]))
    return tuple(examples), tuple(counter)


def _marked(text: str, where: str, value: str = "", why: str = "") -> Example:
    parts = _MARK.split(text)
    if len(parts) % 2 == 0 or (value and len(parts) == 1):
        raise PipelineError(where, f"example {text} does not mark its span", "put «» round it")
    spans, at = [], 0
    for number, part in enumerate(parts):
        if number % 2:
            spans.append((at, at + len(part)))
        at += len(part)
    return Example("".join(parts), tuple(spans), value, why)


def _check_beats(rules: Mapping[str, Rule]) -> None:
    for rule in rules.values():
        for other in rule.beats:
            if other not in rules and not any(known.startswith(other + ".") for known in rules):
                near = difflib.get_close_matches(other, rules, 1)
                raise PipelineError(
                    rule.where, f"beats {other}, which is no rule", f"did you mean {near[0]}?" if near else ""
                )
